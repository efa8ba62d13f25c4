/** `npm run check`, the one word that continuous integration runs: format and lint, types, generated files, tests. */
import { installEditor } from '../editor/install.mjs';
import { installPackages } from './install.mjs';
import { need } from './run.mjs';

await installPackages();
installEditor();
await need('npx', ['biome', 'ci', '--error-on-warnings', '.']);
await need('npx', ['tsc', '-b', '.', 'test/editor']);
await need('npx', ['tsx', 'test/tools/generate.ts', '--check']);
await import('./test.mjs');
