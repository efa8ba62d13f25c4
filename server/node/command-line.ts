#!/usr/bin/env node
/** The command line, in Node. */
import { launch } from './launch.js';

process.exitCode = await launch().program.commandLine(process.argv.slice(2));
