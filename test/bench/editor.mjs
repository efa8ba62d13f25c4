/**
 * What the real editor waits for: activation, the extension's own work and by the editor's account, which counts what it waits
 * for too, beside a built-in extension with a server; panels and hovers on ResNet-50.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installEditor } from '../editor/install.mjs';
import { openSession, skip } from '../editor/session.mjs';
import { temporaryFolder } from '../temporary.ts';
import { pack } from '../tools/pack.mjs';
import { median, show } from './common/figures.ts';

const rounds = 3;

if (skip) console.log(`left out: ${skip}`);
else {
  installEditor();
  const folder = temporaryFolder();
  const packagePath = join(folder.path, 'initlens.vsix');
  await pack(packagePath);
  const printed = suite('holds the editor up|draws a panel|answers hovers');
  const told = what => Number(new RegExp(`${what} in ([\\d.]+) ms`).exec(printed)?.[1]);
  show({ name: "activation's own work", value: told('loaded and activated'), unit: 'ms', atMost: 30 });
  const network = 'of ResNet-50 in the editor';
  show({ name: `panel ${network}, from ready to drawn`, value: told('panel drawn'), unit: 'ms', atMost: 300 });
  show({ name: `signal ${network}, from an edit to drawn, best of 7`, value: told('after an edit'), unit: 'ms' });
  show({ name: `first hover ${network}, just opened`, value: told('first hover of a file'), unit: 'ms' });
  show({ name: `hover ${network}, cold, slowest`, value: told('hover, cold'), unit: 'ms', atMost: 150 });
  show({ name: `hover ${network}, cached, slowest`, value: told('hover, cached'), unit: 'ms', atMost: 50 });
  const times = { ours: [], peer: [] };
  for (let round = 0; round < rounds; round++) await measure(packagePath, times);
  folder.remove();
  const peer = { name: 'JSON Language Features', value: median(times.peer) };
  show({ name: 'activation as the editor counts it', value: median(times.ours), unit: 'ms', peer });
}

/** The tests in the editor print what they measure. */
function suite(tests) {
  const env = { ...process.env, EDITOR_TESTS: tests };
  return spawnSync(process.execPath, ['test/editor/run-suite.mjs'], { encoding: 'utf8', env }).stdout;
}

async function measure(extension, { ours, peer }) {
  const files = { 'a.json': '{}\n' };
  const { workbench, close } = await openSession('light', 'Default Light Modern', files, extension);
  try {
    await workbench.openFile('a.json');
    await workbench.openFile('deep_relu.py');
    await workbench.squiggles('warning').or(workbench.page.locator('.codelens-decoration')).first().waitFor();
    await workbench.runCommand('Developer: Show Running Extensions');
    ours.push(await activationOf(workbench, 'InitLens'));
    peer.push(await activationOf(workbench, 'JSON Language Features'));
  } finally {
    await close();
  }
}

/** The list keeps filling itself, and shows what fits. */
async function activationOf({ page }, name) {
  const row = page.locator('.runtime-extensions-editor .monaco-list-row').filter({
    has: page.locator('.name', { hasText: new RegExp(`^${name}$`) }),
  });
  const text = await row.locator('.activation-time').filter({ hasText: /\d/ }).first().textContent();
  return Number(/(\d+) ?ms/.exec(text)[1]);
}
