#!/usr/bin/env node
/** The command line, in Node. */
import { optimizeLater } from './engine.js';
import { launch } from './launch.js';

const args = process.argv.slice(2);
const { program } = launch();
if (args[0] === 'check') optimizeLater();
process.exitCode = await program.commandLine(args);
