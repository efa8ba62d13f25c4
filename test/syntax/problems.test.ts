/** What is not Python: one problem, and where it lies. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { parse } from '../../server/syntax/parse.js';

/** The marked part is what the problem points at. */
const PROBLEMS: readonly [marked: string, message: RegExp][] = [
  ['«f()» = 1', /assigned/],
  ['(a, «1») = b', /assigned/],
  ['«a + b» += 1', /assigned/],
  ['«a, b» += 1', /assigned/],
  ['«a, b»: int', /assigned/],
  ['for «f()» in x: pass', /assigned/],
  ['[a for «1» in x]', /assigned/],
  ['with a as «None»: pass', /assigned/],
  ['(«a.b» := 1)', /name/],
  ['del a, «f()»', /deleted/],
  ['def f(a=1, «b»): pass', /default/],
  ['def f(*a=1): pass', /default/],
  ['def f(**a, «b»): pass', /behind/],
  ['def f(*a, *«,» b): pass', /second/],
  ['def f(«/», a): pass', /place/],
  ['f(a=1, «b»)', /before/],
  ['f(**a, «*b»)', /before/],
  ['f(«a for b in c», 1)', /parentheses/],
  ['f(a, «b for c in d»)', /parentheses/],
  ['«(»a', /never closed/],
  ['(a«]»)', /could close/],
  ['x = «"a»', /never closed/],
  ['x = «0777»', /number/],
  ['a = «?»1', /not Python/],
  ['a «b»', /end of the statement/],
  ['a == «not» b', /parentheses/],
  ['  «»a', /indentation/],
  ['if a:\n    b\n  «»c', /outer level/],
  ['if a:\n«b»', /indented block/],
  ["f'{a!«x»}'", /s, r or a/],
  ["f'a«}»'", /twice/],
];

for (const [marked, message] of PROBLEMS) {
  test(JSON.stringify(marked), () => {
    const { problems } = parse(marked.replace(/[«»]/g, ''));
    assert.equal(problems.length, 1);
    const [problem] = problems;
    assert.match(problem!.message, message);
    if (!marked.includes('«')) return;
    const start = marked.indexOf('«');
    assert.deepEqual([problem!.start, problem!.end], [start, marked.indexOf('»') - 1]);
  });
}

test('one problem a line is enough', () => {
  assert.equal(parse('a b c ) ? d =\nx = ! ?\n').problems.length, 2);
});

test('a mistake explains what it does to the next line', () => {
  assert.equal(parse('a b:\n    c\nd = 1\n').problems.length, 1);
  assert.equal(parse('else\n    c\nd = 1\n').problems.length, 1);
});
