/** A step of the build: does what most runs do, then keeps the bytecode of all that took part. */
import { writeFileSync } from 'node:fs';
import { bytecodePath, launch } from './launch.js';

const PRACTICE = 'test/tools/practice';
/** Code as libraries of models have it, which a run reads as installed. */
const LIBRARIES = `${PRACTICE}/site-packages`;

const { program, script } = launch();
await program.commandLine(['check', 'examples']);
await evaluate('examples/convolutional.py::ConvNet()');
await evaluate('zoo.models::net(weights=None)', '--python-path', LIBRARIES);
for (const file of [`${LIBRARIES}/zoo/models.py`, `${LIBRARIES}/zoo/registry.py`, `${PRACTICE}/detector.py`])
  await program.commandLine(['check', file, '--python-path', LIBRARIES]);
writeFileSync(bytecodePath, script.createCachedData());

/** A network that cannot be evaluated would leave a start that is slower, and nobody would notice. */
async function evaluate(...target: readonly string[]): Promise<void> {
  if ((await program.commandLine(['model', ...target])) !== 0) throw new Error(`${target[0]} cannot be evaluated`);
}
