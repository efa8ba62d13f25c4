/** What evaluation makes of conditions that it cannot decide, and of code without end. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BudgetExceeded, Raised } from '../../server/interpreter/raised.js';
import { Union, Unknown, type Value } from '../../server/interpreter/values.js';
import { evaluateText } from './evaluate.js';

/** The values of the names after evaluation that goes on where Python would stop; `input()` is what nobody knows. */
function namesAfter(text: string): ReadonlyMap<string, Value> {
  return evaluateText(text, { strict: false }).variables;
}

const alternatives = (value: Value | undefined) => (value instanceof Union ? value.alternatives : [value]);

test('branches that agree leave a known value, others a union', () => {
  const names = namesAfter('if input():\n    a, b = 1, 2\nelse:\n    a, b = 1, 3\n');
  assert.equal(names.get('a'), 1);
  assert.deepEqual(alternatives(names.get('b')), [2, 3]);
});

test('each branch starts from the same state', () => {
  const names = namesAfter('x = [0]\nif input():\n    x.append(1)\nelse:\n    n = len(x)\n');
  assert.equal(names.get('n'), 1);
});

test('a return on one branch is joined with what the other comes to', () => {
  const names = namesAfter('def f(x):\n    if x:\n        return 1\n    y = 2\n    return y\nr = f(input())\n');
  assert.deepEqual(alternatives(names.get('r')), [1, 2]);
});

test('a branch that raises is dead', () => {
  const names = namesAfter('def f(x):\n    if x:\n        raise ValueError(x)\n    return 2\nr = f(input())\n');
  assert.equal(names.get('r'), 2);
});

test('a test for None decides what the branch sees', () => {
  const names = namesAfter('x = 1 if input() else None\nif x is not None:\n    y = x\nelse:\n    y = 5\n');
  assert.deepEqual(alternatives(names.get('y')), [1, 5]);
});

test('an unknown loop has one turn', () => {
  const names = namesAfter('items = []\nfor x in input():\n    items.append(1)\nn = len(items)\n');
  assert.equal(names.get('n'), 1);
});

test('a statement that fails leaves unknowns, and evaluation goes on', () => {
  const names = namesAfter('a = {}["key"]\nb = 1\n');
  assert.ok(names.get('a') instanceof Unknown);
  assert.equal(names.get('b'), 1);
});

test('what would not fit into memory is unknown', () => {
  for (const text of ['[0] * 10**12', '2 ** 10**9', '"x" * 10**15', '1 << 10**9', '(1,) * 10**13']) {
    assert.ok(namesAfter(`x = ${text}\n`).get('x') instanceof Unknown, text);
  }
});

test('code without end ends with the budget', () => {
  const endless = [
    'while True:\n    pass',
    'x = [1]\nwhile True:\n    x = x + x',
    'x = []\nfor i in iter(int, 1):\n    x.append(i)',
  ];
  for (const text of endless) {
    assert.throws(() => evaluateText(text, { maximumSteps: 100_000 }), BudgetExceeded, text);
  }
});

test('recursion without end is an exception of Python', () => {
  const programs = [
    'def f(n):\n    return f(n + 1)\nf(0)',
    'def f():\n    yield from f()\nlist(f())',
    'class A:\n    def __getattr__(self, name):\n        return self.other\nA().x',
    'f = lambda: [f() for _ in range(1)]\nf()',
  ];
  for (const text of programs) assert.throws(() => evaluateText(text), isRaised('RecursionError'), text);
});

test('a class that inherits from itself and nesting without measure are survived', () => {
  assert.ok(namesAfter('class A(A):\n    pass\n').has('A'));
  assert.equal(namesAfter(`x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\ny = 2\n`).get('y'), 2);
  assert.equal(namesAfter(`x = ${'1+'.repeat(50_000)}1\ny = 2\n`).get('y'), 2);
});

const isRaised = (name: string) => (error: unknown) => error instanceof Raised && error.exception.cls.name === name;

test('what only one branch puts into a collection may be there, and what both leave stays', () => {
  const text = [
    'known, names, order = {"a": 1, "b": 2}, {"a"}, [1, 2]',
    'if input():',
    '    known["c"] = 3',
    '    names.add("c")',
    '    order.append(3)',
    'else:',
    '    known["a"] = 4',
    'a, b, c, size = known["a"], known["b"], known["c"], len(order)',
    'has = "a" in names',
  ];
  const names = namesAfter(`${text.join('\n')}\n`);
  assert.deepEqual(alternatives(names.get('a')), [1, 4]);
  assert.deepEqual([names.get('b'), names.get('c'), names.get('has'), names.get('size')], [2, 3, true, 3]);
});

test('a branch that has gone leaves a collection as the next one found it', () => {
  const names = namesAfter(
    'd = {"a": 1}\nfor i in range(2):\n    if input():\n        d[i] = i\n        d["a"] = 5\n    else:\n        before = d["a"]\nn = len(d)\n',
  );
  assert.deepEqual(alternatives(names.get('before')), [1, 5]);
  assert.equal(names.get('n'), 3);
});
