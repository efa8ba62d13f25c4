/** `npm start`: installs, builds, shows what InitLens says of the examples, and opens an editor with it. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installDebianPackages, installPackages } from './install.mjs';
import { need, run } from './run.mjs';

const isAttended = process.stdout.isTTY === true;
const previews = ['examples/deep_relu.py::Xavier()', 'examples/transformer.py::Transformer(depth=1)'];

await installPackages();
await need(process.execPath, ['test/tools/package.mjs']);
await show('check', 'examples');
for (const target of previews) await show('model', target);
if (isAttended && isOnPath('code')) await openDesktop();
else await openServed();

async function show(...args) {
  console.log(`\n$ initlens ${args.join(' ')}`);
  const colour = isAttended ? { FORCE_COLOR: '1' } : {};
  await run(process.execPath, ['dist/cli.js', ...args], { env: colour });
}

function isOnPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some(folder => existsSync(join(folder, name)) || existsSync(join(folder, `${name}.cmd`)));
}

/** A window of its own that leaves the person's extensions as they are. */
async function openDesktop() {
  const root = process.cwd();
  await run('code', ['--new-window', `--extensionDevelopmentPath=${root}`, 'examples', 'examples/deep_relu.py']);
}

async function openServed() {
  const { installEditor } = await import('../editor/install.mjs');
  installEditor();
  if (!isAttended) await installDebianPackages(['chromium']);
  const { serveExamples, takeScreenshot } = await import('../editor/serve.mjs');
  if (isAttended) await serveExamples();
  else await takeScreenshot('out/editor.png');
}
