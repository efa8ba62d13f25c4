/** What builtins answer when some of what they are given is not known: silence, sizes, and the entries that are known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format } from '../../core/size.js';
import type { Machine } from '../../server/interpreter/machine.js';
import { type Tuple, Union, Unknown, type Value } from '../../server/interpreter/values.js';
import { evaluateText } from './evaluate.js';

test('entries merged in from an unknown mapping may be there, known ones stay known', () => {
  const [known, missing, isIn, length] = called("x = dict(a=1, **u); return x['a'], x.get('z'), 'z' in x, len(x)");
  assert.equal(known, 1);
  for (const value of [missing, isIn, length]) assert.ok(value instanceof Unknown);
  assert.deepEqual(called("x = {'a': 1}; x.update(u); return x['a'], x['z'] is None")[0], 1);
  assert.equal(called("x = {'z': 0, **u, 'a': 2}; return x['a'], 0")[0], 2);
  assert.equal(called("x = {'a': 1}; x.update(u); x.clear(); return 'a' in x, 0")[0], false);
});

test('keywords of which not all are known keep the known ones', () => {
  const source = "def f(**kw): return kw['a'], kw.pop('b', 3)\n  return f(a=1, **u)";
  const [first, second] = called(source);
  assert.equal(first, 1);
  assert.ok(second instanceof Unknown);
});

test('sizes go through int, len, max, round and arithmetic under names', () => {
  assert.deepEqual(named('return int(u * 4), len(u), max(u, 8), round(u), sum(u)'), [
    '4·u',
    'len(u)',
    'max(u, 8)',
    'round(u)',
    'sum(u)',
  ]);
});

test('an answer that does not depend on what is unknown is given', () => {
  assert.deepEqual(
    called('return any([u, True]), all([u, False]), 5 in [u, 5], [u, 1].index(1) if 0 else 1, max([3])'),
    [true, false, true, 1, 3],
  );
});

test('a hidden order is noted and keeps the items', () => {
  for (const source of ['sorted([u, 1])', "[it for it in {'a', 'b'}]", "list({'a', 'b'})"]) {
    const { machine, result } = run(`return ${source}`);
    assert.equal(machine.listOf(result)?.length, 2, source);
    assert.equal(machine.reasons.length, 1, source);
  }
  for (const source of ["sorted({'b', 'a'})", "[max({'a', 'b'}), 1]", "list({'a'}) * 2"]) {
    const { machine, result } = run(`return ${source}`);
    assert.equal(machine.listOf(result)?.length, 2, source);
    assert.deepEqual(machine.reasons, [], source);
  }
});

test('huge sequences, numbers and texts cost nothing', () => {
  const sources = [
    "'a'.ljust(10 ** 9)",
    "'%1000000000d' % 1",
    'bytes(10 ** 9)',
    'math.factorial(10 ** 9)',
    "f'{1:>1000000000}'",
  ];
  for (const source of sources) assert.ok(run(`import math; return ${source}`).result instanceof Unknown, source);
});

test("Python's and numpy's generators give unknown numbers and leave torch's alone", () => {
  const { machine, result } = run('import random, numpy; return random.random() + numpy.random.rand()');
  assert.ok(result instanceof Unknown);
  assert.equal(machine.whyInexact, undefined);
});

test('globals and __dict__ write through', () => {
  const text = 'globals()["made"] = 1\nclass A: pass\na = A()\na.__dict__["b"] = 2\nc = a.b + made\n';
  assert.equal(evaluateText(text).variables.get('c'), 3);
});

test('what one branch writes through __dict__ may be there afterwards', () => {
  const body = 'import types; a = types.SimpleNamespace(b=2); d = a.__dict__\n  if u: d["b"] = 5\n  return a.b';
  const { result } = run(body);
  assert.ok(result instanceof Union);
  assert.deepEqual([...result.alternatives].sort(), [2, 5]);
});

/** What a function body gives for one parameter `u` of which nothing is known. */
function run(body: string): { machine: Machine; result: Value } {
  const { machine, variables } = evaluateText(`def f(u):\n  ${body}\n`, { strict: false });
  machine.beginAudit();
  const result = machine.call(variables.get('f')!, [machine.unknown('it is not known', { symbol: 'u' })]);
  assert.deepEqual(
    machine.faults.map(it => it.message),
    [],
  );
  return { machine, result };
}

const called = (body: string): readonly Value[] => (run(body).result as Tuple).items;

const named = (body: string): (string | undefined)[] =>
  called(body).map(it =>
    it instanceof Unknown ? it.symbol : format((it as { size: Parameters<typeof format>[0] }).size),
  );
