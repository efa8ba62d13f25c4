/** How a suite in a served VS Code ends, and what it prints meanwhile. */
import { format } from 'node:util';

/** Milliseconds for all tests of a suite together. */
const patience = 540_000;
/** And for the first page, which a machine that does much else takes long to show. */
const patienceForPage = 120_000;

/** What VS Code itself says on a machine without network. */
const noise =
  /socket|connection token|AgentHost|AccountPolicy|grace-time|ChatModel|Service Worker|open-vsx|spdlog|native-watchdog|ENOTFOUND|CodeExpectedError|authentication provider|builtin extensions cache/;

/** The exit status, by way of the functions that VS Code calls in an automated page; ask before the page is loaded. */
export async function outcomeOf(page) {
  page.setDefaultNavigationTimeout(patienceForPage);
  const exit = new Promise(resolve => void page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', print);
  return { exit: Promise.race([exit, timeout()]) };
}

function print(type, values) {
  const text = format(...values);
  if (noise.test(text)) return;
  if (type === 'error') console.error(text);
  else console.log(text);
}

function timeout() {
  return new Promise(resolve => {
    setTimeout(() => {
      console.error(`no result after ${patience / 1000} seconds`);
      resolve(3);
    }, patience).unref();
  });
}
