/** The language server, in Node. */
import { launch } from './launch.js';

await launch().program.languageServer();
