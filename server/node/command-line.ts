#!/usr/bin/env node
/** The command line, in Node. */
import { hurry } from './engine.js';
import { launch } from './launch.js';

const args = process.argv.slice(2);
const { program } = launch();
if (args[0] !== 'server') hurry();
process.exitCode = await program.commandLine(args);
