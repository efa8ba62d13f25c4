/** Compares numpy's own numbers with numpy, expression by expression: their types as well as their values. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { testAgainstCPython } from './oracle.js';

const prelude = path.join(import.meta.dirname, '../oracle/scalars_prelude.py');
testAgainstCPython('scalars', { prelude: readFileSync(prelude, 'utf8'), wrap: 'typed', python: '/usr/bin/python3' });
