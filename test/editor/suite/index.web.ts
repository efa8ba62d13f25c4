/** Runs the suite inside the editor's extension host, in a web worker. */
import 'mocha/mocha.js';
import { define } from './define.js';

export function run(): Promise<void> {
  mocha.setup({ ui: 'bdd', reporter: 'spec', timeout: 60_000 });
  define();
  return new Promise((resolve, reject) => {
    mocha.run(failures => (failures === 0 ? resolve() : reject(new Error(`${failures} tests failed`))));
  });
}
