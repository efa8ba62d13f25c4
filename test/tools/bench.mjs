/** `npm run bench`: builds, and measures everything in `test/bench`; with words behind it, only files whose names contain one. */
import { existsSync, readdirSync } from 'node:fs';
import { installPackages } from './install.mjs';
import { need, run } from './run.mjs';

const words = process.argv.slice(2);

await installPackages();
if (existsSync('test/bench/package.json')) await installPackages('test/bench');
await need(process.execPath, ['esbuild.mjs']);
const benches = readdirSync('test/bench').filter(it => it.endsWith('.ts') || it.endsWith('.mjs'));
for (const bench of benches.filter(it => words.length === 0 || words.some(word => it.includes(word)))) {
  console.log(`\n${bench}`);
  const { status } = await run(process.execPath, ['--import', 'tsx', `test/bench/${bench}`]);
  if (status !== 0) process.exitCode = 1;
}
