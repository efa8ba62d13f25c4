#!/usr/bin/env node
/** The command line, in Node. */
import { main } from '../cli/main.js';
import { createHost } from './host.js';
import { installation } from './installation.js';

process.exitCode = await main(process.argv.slice(2), createHost(installation));
