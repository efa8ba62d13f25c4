/**
 * Packs the extension into `initlens-VERSION.vsix`, which works everywhere, and says how large it came out.
 * With `--target linux-x64` and the like, into one for that platform, which brings Dawn to draw on its graphics card.
 */
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bringDawn, targets } from './dawn.mjs';
import { pack } from './pack.mjs';

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const { target } = parseArgs({ options: { target: { type: 'string' } }, strict: false }).values;
if (target !== undefined && !targets.includes(target)) throw new Error(`--target is one of ${targets.join(', ')}`);

const packagePath = `${[name, target, version].filter(it => it !== undefined).join('-')}.vsix`;

await import('../../esbuild.mjs');
if (target !== undefined) bringDawn(target, 'dist/webgpu');
await pack(packagePath, target === undefined ? {} : { target });
console.log(`${packagePath}: ${Math.round(statSync(packagePath).size / 1000)} kB`);
