/** Neovim, configured as `docs/other-editors.md` says, shows findings; skipped where it is not installed. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { xavierRelu } from '../lsp/samples.js';
import { temporaryFolder } from '../temporary.js';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const page = fileURLToPath(new URL('../../docs/other-editors.md', import.meta.url));

/** What the page tells people to write, with the place of the program that is under test. */
function configuration(): string {
  const [, lua] = /```lua\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8'))!;
  return lua!.replace("{ 'initlens', ", `{ '${process.execPath}', '${program}', `);
}

const report = `
local isThere = vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, it in ipairs(vim.diagnostic.get(0)) do io.stdout:write(it.lnum .. ':' .. it.col .. ' ' .. it.source .. '\\n') end
if not isThere then io.stdout:write('nothing came\\n') end
vim.cmd('qall!')
`;

const folder = temporaryFolder({ 'net.py': xavierRelu, 'init.lua': configuration(), 'report.lua': report });
after(() => folder.remove());

const skip = isInstalled() ? false : 'needs Neovim';

test('Neovim shows a finding where it is', { skip }, () => {
  const args = [
    '--headless',
    '--clean',
    '-u',
    'init.lua',
    'net.py',
    '-c',
    'set filetype=python',
    '-c',
    'luafile report.lua',
  ];
  const { stdout, stderr } = spawnSync('nvim', args, { cwd: folder.path, encoding: 'utf8', timeout: 90_000 });
  assert.match(stdout, /^10:20 initlens$/m, stderr);
});

function isInstalled(): boolean {
  try {
    execFileSync('nvim', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
