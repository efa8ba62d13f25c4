/** Runs the suite inside the editor's extension host, on Node; only the tests that `EDITOR_TESTS` names, where it is set. */
import Mocha from 'mocha';
import { define } from './define.js';

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

export function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 60_000 });
  if (process.env.EDITOR_TESTS !== undefined) mocha.grep(process.env.EDITOR_TESTS);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  define();
  return new Promise((resolve, reject) => {
    mocha.run(failures => (failures === 0 ? resolve() : reject(new Error(`${failures} tests failed`))));
  });
}
