/** A step of the build: does what most runs do, then keeps the bytecode of all that took part. */
import { writeFileSync } from 'node:fs';
import { bytecodePath, launch } from './launch.js';

const { program, script } = launch();
await program.commandLine(['check', 'examples']);
await program.commandLine(['model', 'examples/convolutional.py::ConvNet()']);
writeFileSync(bytecodePath, script.createCachedData());
