/** Packs the extension into `initlens-VERSION.vsix`, and says how large it came out. */
import { readFileSync, statSync } from 'node:fs';
import { createVSIX } from '@vscode/vsce';

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const packagePath = `${name}-${version}.vsix`;

await import('../../esbuild.mjs');
await createVSIX({ packagePath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
console.log(`${packagePath}: ${Math.round(statSync(packagePath).size / 1000)} kB`);
