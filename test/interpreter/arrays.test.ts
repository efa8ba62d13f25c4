/** Compares numpy's arrays with numpy, expression by expression. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { testAgainstCPython } from './oracle.js';

const prelude = path.join(import.meta.dirname, '../oracle/arrays_prelude.py');
testAgainstCPython('arrays', { prelude: readFileSync(prelude, 'utf8'), wrap: 'plain', python: '/usr/bin/python3' });
