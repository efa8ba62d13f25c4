/** Comments that suppress findings: where they reach, and what is said of those that do nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../server/analyze.js';
import { applyEdits } from '../../server/features/fixes.js';
import { suppressionEdit } from '../../server/features/suppressions/insert.js';
import { suppress } from '../../server/features/suppressions/suppressions.js';
import { parse } from '../../server/syntax/parse.js';
import { Source } from '../../server/text/source.js';

const rules = { isKnown: (rule: string) => rule.includes('-'), isEnabled: (rule: string) => rule !== 'off-rule' };

/** A finding of `zero-weight` wherever the text says BAD. */
function findingsIn(text: string): readonly Finding[] {
  return [...text.matchAll(/BAD/g)].map(({ index }) => ({
    rule: 'zero-weight',
    severity: 'warning' as const,
    path: '/a.py',
    span: { start: index, end: index + 3 },
    message: 'bad',
    fixes: [],
    related: [],
    tags: [],
  }));
}

function suppressIn(text: string) {
  return suppress({ path: '/a.py', text, tree: parse(text) }, findingsIn(text), rules);
}

const silent = (text: string) => suppressIn(text).kept.length === 0;

test('a comment behind code covers its line', () => {
  assert.ok(silent('BAD()  # initlens: ignore[zero-weight]\n'));
  assert.ok(silent('BAD()  # initlens: ignore\n'));
  assert.ok(silent('BAD()  # type: ignore # initlens: ignore[other-rule, zero-weight]\n'));
  assert.ok(!silent('BAD()  # initlens: ignore[other-rule]\n'));
  assert.ok(!silent('BAD()\nx = 1  # initlens: ignore\n'));
  assert.ok(!silent('x = 1  # initlens: ignore\nBAD()\n'));
});

test('a comment covers the statement that begins or ends on its line', () => {
  assert.ok(silent('f(\n    BAD,\n)  # initlens: ignore\n'));
  assert.ok(silent('f(  # initlens: ignore\n    BAD,\n)\n'));
  assert.ok(!silent('f(\n    x,  # initlens: ignore\n    BAD,\n)\n'));
});

test('a comment behind the head of a block leaves the block alone', () => {
  assert.ok(!silent('def f():  # initlens: ignore\n    BAD()\n'));
});

test('a comment alone on its line covers the statement that follows, with its body', () => {
  assert.ok(silent('# initlens: ignore[zero-weight]\ndef f():\n    x = 1\n    BAD()\n'));
  assert.ok(silent('def f():\n    # initlens: ignore\n    BAD()\n'));
  assert.ok(silent('# initlens: ignore\n@decorator(BAD)\ndef f():\n    pass\n'));
  assert.ok(!silent('# initlens: ignore\nx = 1\nBAD()\n'));
  assert.ok(silent('f(\n    # initlens: ignore\n    BAD,\n)\n'));
  assert.ok(!silent('f(\n    # initlens: ignore\n    x,\n    BAD,\n)\n'));
});

test('a comment with ignore-file covers the whole file', () => {
  assert.ok(silent('BAD()\n# initlens: ignore-file[zero-weight]\nBAD()\n'));
  assert.ok(silent('# initlens: ignore-file\nBAD()\n'));
  assert.ok(!silent('# initlens: ignore-file[other-rule]\nBAD()\n'));
});

test('noqa is respected, and never called unused', () => {
  assert.ok(silent('BAD()  # noqa\n'));
  assert.ok(silent('BAD()  # noqa: E501, zero-weight\n'));
  assert.ok(!silent('BAD()  # noqa: E501\n'));
  assert.deepEqual(suppressIn('x = 1  # noqa\n').unused, []);
});

/** The text after all unused suppressions are removed. */
function withoutUnused(text: string): string {
  const edits = suppressIn(text).unused.flatMap(it => it.fixes.flatMap(fix => fix.edits));
  return applyEdits(text, edits);
}

test('an unused suppression is reported, and its fix removes just it', () => {
  assert.equal(withoutUnused('x = 1  # initlens: ignore[zero-weight]\n'), 'x = 1\n');
  assert.equal(withoutUnused('x = 1  # why # initlens: ignore\n'), 'x = 1  # why\n');
  assert.equal(withoutUnused('x = 1  # initlens: ignore # why\n'), 'x = 1  # why\n');
  assert.equal(withoutUnused('if x:\r\n    # initlens: ignore\r\n    y = 1\r\n'), 'if x:\r\n    y = 1\r\n');
  assert.equal(
    withoutUnused('BAD()  # initlens: ignore[zero-weight, other-rule]\n'),
    'BAD()  # initlens: ignore[zero-weight]\n',
  );
  assert.equal(withoutUnused('BAD()  # initlens: ignore[zero-weight]\n'), 'BAD()  # initlens: ignore[zero-weight]\n');
});

test('a suppression of a rule that is off is left alone, one of no rule is named', () => {
  assert.deepEqual(suppressIn('x = 1  # initlens: ignore[off-rule]\n').unused, []);
  const [unknown] = suppressIn('x = 1  # initlens: ignore[zeroweight]\n').unused;
  assert.equal(unknown?.message, 'there is no rule `zeroweight`');
});

/** The text after every finding is suppressed by the action that an editor offers. */
function suppressed(text: string): string {
  const source = new Source('/a.py', text);
  return applyEdits(
    text,
    findingsIn(text).map(it => suppressionEdit(it, { source, tree: parse(text) })),
  );
}

test('the inserted suppression does suppress', () => {
  const texts = [
    'BAD()\n',
    '    \nif x:\n    BAD()  # why\n',
    'BAD()  # initlens: ignore[other-rule]\n',
    'x = BAD + \\\n    1\n',
    'x = BAD, """\n"""\n',
    'f(\r\n    BAD,\r\n    1,\r\n)\r\n',
    'BAD()',
  ];
  for (const text of texts) assert.ok(silent(suppressed(text)), suppressed(text));
  assert.equal(suppressed('BAD()\n'), 'BAD()  # initlens: ignore[zero-weight]\n');
  assert.equal(suppressed(texts[2]!), 'BAD()  # initlens: ignore[other-rule, zero-weight]\n');
});
