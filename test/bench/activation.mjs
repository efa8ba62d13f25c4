/** What activation costs the editor, by its own account: code loaded and `activate` run, beside a built-in extension with a server. */
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
  const times = { ours: [], peer: [] };
  for (let round = 0; round < rounds; round++) await measure(packagePath, times);
  folder.remove();
  const peer = { name: 'JSON Language Features', value: median(times.peer) };
  show({ name: 'activation', value: median(times.ours), unit: 'ms', atMost: 30, peer });
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
