/** Compares every builtin with CPython, expression by expression. */
import { testAgainstCPython } from './oracle.js';

testAgainstCPython('builtins');
