/** Ways through a tree. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { parse } from '../../server/syntax/parse.js';
import type { Node } from '../../server/syntax/tree.js';
import { childrenOf, nodeAt, walk } from '../../server/syntax/walk.js';

const EVERYTHING = readFileSync(new URL('everything.py', import.meta.url), 'utf8');

function kindsAt(text: string): string[] {
  const offset = text.indexOf('|');
  const place = nodeAt(parse(text.replace('|', '')), offset);
  return place === undefined ? [] : [...place.ancestors, place.node].map(({ kind }) => kind);
}

test('a place is told with what it lies in', () => {
  assert.deepEqual(kindsAt('x = nn.Lin|ear(3)'), ['Assign', 'Call', 'Attribute']);
  assert.deepEqual(kindsAt('x = n|n.Linear(3)'), ['Assign', 'Call', 'Attribute', 'Name']);
  assert.deepEqual(kindsAt('f(a=1, *b|)'), ['Expression', 'Call', 'Starred', 'Name']);
  assert.deepEqual(kindsAt('def f(a: in|t): pass'), ['FunctionDefinition', 'Name']);
});

test('the end of a node belongs to it, and the later of two that touch is meant', () => {
  assert.deepEqual(kindsAt('x|'), ['Expression', 'Name']);
  assert.deepEqual(kindsAt('-|x'), ['Expression', 'UnaryOperation', 'Name']);
});

test('decorators belong to their definition', () => {
  assert.deepEqual(kindsAt('@a.b|\ndef f(): pass'), ['FunctionDefinition', 'Attribute']);
});

test('nothing is at an empty place', () => {
  assert.equal(nodeAt(parse('x\n\n\ny'), 3), undefined);
});

test('a walk goes through every node once, in source order', () => {
  const starts: number[] = [];
  const seen = new Set<Node>();
  walk(parse('f(a, b=c)[d:e] + {g: h for i in j}'), node => {
    assert.ok(!seen.has(node));
    seen.add(node);
    if (node.kind === 'Name') starts.push(node.start);
    return true;
  });
  assert.deepEqual(
    starts,
    starts.toSorted((a, b) => a - b),
  );
  assert.equal(starts.length, 9);
});

test('a walk leaves out what it is told to', () => {
  const names: string[] = [];
  walk(parse('a\ndef f(): b\nc'), node => {
    if (node.kind === 'Name') names.push(node.name);
    return node.kind !== 'FunctionDefinition';
  });
  assert.deepEqual(names, ['a', 'c']);
});

/** All nodes of a tree, found without knowing what nodes hold. */
function nodesIn(value: unknown, found: Set<unknown>): Set<unknown> {
  if (typeof value !== 'object' || value === null) return found;
  if ('kind' in value) found.add(value);
  for (const part of Object.values(value)) nodesIn(part, found);
  return found;
}

test('a walk visits every node', () => {
  const tree = parse(EVERYTHING);
  assert.deepEqual(tree.problems, []);
  const walked = new Set<unknown>();
  walk(tree, node => {
    walked.add(node);
    return true;
  });
  assert.deepEqual(
    [...nodesIn(tree.body, new Set())].filter(node => !walked.has(node)),
    [],
  );
});

test('children lie in their parent, one behind the other', () => {
  walk(parse(EVERYTHING), node => {
    const decorators = 'decorators' in node ? node.decorators.length : 0;
    let end = node.start;
    for (const child of childrenOf(node).slice(decorators)) {
      assert.ok(child.start >= end && child.end <= node.end, `${child.kind} in ${node.kind} at ${node.start}`);
      // The text that `{x=}` prints lies inside the interpolation, as in CPython.
      if (node.kind !== 'JoinedString') end = child.start;
    }
    return true;
  });
});
