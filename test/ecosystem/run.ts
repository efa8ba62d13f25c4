/**
 * `npm run ecosystem -- DIR [--fixes] [--starts]`: checks every repository below a folder as an editor would. Prints findings of each rule,
 * crashes, time and the slowest files, and what is different from the last run over the same folder, which it keeps.
 * `--fixes` also applies every fix, one at a time and in memory, and checks what must hold of it. `--starts` leaves out files
 * that name no initializer.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Checked, checkRepository, repositoriesIn } from './repositories.js';
import { differences, type Run, summaryOf } from './summary.js';

const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('-')) {
  console.error('Usage: npm run ecosystem -- DIR [--fixes] [--starts]');
  process.exit(2);
}

const root = resolve(folder);
const kept = fileURLToPath(new URL(`runs/${basename(root)}.json`, import.meta.url));
const began = performance.now();
const checked: Checked[] = [];
for (const repository of repositoriesIn(root)) {
  const result = checkRepository(repository, root, {
    fixes: flags.includes('--fixes'),
    starts: flags.includes('--starts'),
  });
  checked.push(result);
  process.stderr.write(`${result.repository}: ${result.files.length} files, ${result.findings.length} findings\n`);
}

const run: Run = { folder: root, seconds: (performance.now() - began) / 1000, checked };
const before = lastRun();
console.log(summaryOf(run));
if (before !== undefined) console.log(differences(before, run));
mkdirSync(fileURLToPath(new URL('runs', import.meta.url)), { recursive: true });
writeFileSync(kept, JSON.stringify(run));
process.exitCode = checked.some(it => it.crashes.length > 0 || it.faults.length > 0) ? 1 : 0;

function lastRun(): Run | undefined {
  try {
    return JSON.parse(readFileSync(kept, 'utf8')) as Run;
  } catch {
    return undefined;
  }
}
