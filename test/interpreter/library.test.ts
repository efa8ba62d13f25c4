/** Compares the standard library with CPython, expression by expression. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { testAgainstCPython } from './oracle.js';

const prelude = path.join(import.meta.dirname, '../oracle/library_prelude.py');
testAgainstCPython('library', { prelude: readFileSync(prelude, 'utf8') });
