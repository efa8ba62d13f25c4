/** Every builtin and every function of the library copes with arguments of which nothing is known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { symbol } from '../../core/size.js';
import { standardLibrary } from '../../server/interpreter/library/index.js';
import type { Machine } from '../../server/interpreter/machine.js';
import { Raised } from '../../server/interpreter/raised.js';
import {
  Bytes,
  ClassValue,
  Descriptor,
  Dict,
  Float,
  List,
  NativeFunction,
  Range,
  SetValue,
  Symbolic,
  Tuple,
  Unknown,
  type Value,
} from '../../server/interpreter/values.js';
import { evaluateText } from './evaluate.js';

/** An integer that is not known is still no list: operators of containers refuse it, as Python does. */
const takesIntegers = (name: string): boolean => !/^(str|bytes|list|tuple|dict|set)\./.test(name);

/** They end the program, or are meant to raise. */
const raising = new Set(['exit', 'quit', 'raise']);

const samples: Readonly<Record<string, () => Value>> = {
  str: () => 'a b',
  int: () => 5,
  bool: () => true,
  float: () => new Float(1.5),
  bytes: () => new Bytes('ab'),
  list: () => new List([1, 2]),
  tuple: () => new Tuple([1, 2]),
  dict: () => Dict.of([['a', 1]]),
  set: () => new SetValue(new Map([[1, 1]])),
  range: () => new Range(0, 3, 1),
};

test('builtin functions and methods answer when arguments are unknown or symbolic', () => {
  const { machine } = evaluateText('', { strict: false });
  const failures: string[] = [];
  for (const [name, value] of machine.builtins.names) {
    if (raising.has(name)) continue;
    if (value instanceof NativeFunction) failures.push(...failuresOf(machine, name, value, []));
    if (!(value instanceof ClassValue) || samples[name] === undefined) continue;
    for (const [method, callee] of value.attributes) {
      const plain = callee instanceof Descriptor ? callee.get : callee;
      if (!(plain instanceof NativeFunction)) continue;
      const isClassMethod = method === '__new__' || (callee instanceof Descriptor && callee.kind === 'classmethod');
      failures.push(...failuresOf(machine, `${name}.${method}`, plain, [isClassMethod ? value : samples[name]()]));
    }
  }
  assert.deepEqual(failures, []);
});

test('functions of the library answer when arguments are unknown or symbolic', () => {
  const { machine } = evaluateText('', { strict: false });
  const library = standardLibrary();
  const failures: string[] = [];
  const modules = [
    'math',
    'functools',
    'itertools',
    'operator',
    'copy',
    'collections',
    'inspect',
    're',
    'os',
    'os.path',
  ];
  const others = ['json', 'numpy', 'numpy.random', 'random', 'bisect', 'string', 'textwrap', 'typing', 'contextlib'];
  for (const module of [...modules, ...others, 'importlib', 'dataclasses', 'enum', 'packaging.version', 'einops']) {
    for (const [name, value] of library.module(module, machine)!.attributes) {
      if (value instanceof NativeFunction) failures.push(...failuresOf(machine, `${module}.${name}`, value, []));
    }
  }
  assert.deepEqual(failures, []);
});

/** Calls with every parameter unknown, then symbolic. */
function failuresOf(m: Machine, name: string, callee: NativeFunction, receiver: readonly Value[]): string[] {
  const parameters = callee.signature?.parameters ?? [];
  const positional = parameters.filter(it => it.passing === 'any' || it.passing === 'positionalOnly');
  const count = Math.max(positional.length - receiver.length, parameters.some(it => it.passing === 'variadic') ? 1 : 0);
  const unknown = () => m.unknown('it is not known', { symbol: 'x' });
  const vague = takesIntegers(name) ? [unknown, () => new Symbolic(symbol('n'))] : [unknown];
  return vague.flatMap((make: () => Value): string[] => {
    try {
      m.call(callee, [...receiver, ...Array.from({ length: count }, () => make())]);
      return [];
    } catch (error) {
      if (error instanceof Raised) return [`${name} raises ${m.repr(error.exception)}`];
      return [`${name}: ${(error as Error).stack?.slice(0, 300) ?? String(error)}`];
    }
  });
}

test('copies of arrays are arrays, and arrays of which nothing is known have no numbers', () => {
  const { machine } = evaluateText(
    'import copy\nimport numpy as np\na = copy.deepcopy(np.arange(3)).ravel()\nb = np.ndarray.__new__(np.ndarray).ravel()',
    { strict: false },
  );
  assert.deepEqual(machine.faults, []);
});

test('a full signature that is not known answers nothing', () => {
  const { variables } = evaluateText('import inspect\nspec = inspect.getfullargspec(3)\nnames = spec.args\n');
  assert.ok(variables.get('names') instanceof Unknown);
});

test('a filter that asks itself for its next item has none', () => {
  const { variables } = evaluateText('kept = filter(lambda it: it in kept, [1, 2])\nfound = list(kept)\n', {
    strict: false,
  });
  assert.ok(variables.has('found'));
});
