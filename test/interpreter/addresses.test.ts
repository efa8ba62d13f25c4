/** `id` and the hash of an object: numbers of which only is known that no two objects have the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Symbolic, Unknown } from '../../server/interpreter/values.js';
import { evaluateText } from './evaluate.js';

const { variables } = evaluateText(
  `
class Thing: pass
a, b = Thing(), Thing()

same = id(a) == id(a) and hash(a) == hash(a)
other = id(a) == id(b)
seen = {id(a): 'a', (id(b), 1): 'b'}
found = seen[id(a)] + seen[id(b), 1]
missing = id(b) in seen
ids = {id(it) for it in (a, b, a)}
count = len(ids)
among = id(b) in [id(a), id(b)]
absent = id(b) in [id(a)]
ids.discard(id(a))
left = len(ids)

odd = id(a) % 2
ahead = id(a) < id(b)
digits = len(str(id(a)))
known = id(a) == 7
`,
  { strict: false },
);

test('addresses tell objects apart', () => {
  const expected = {
    same: true,
    other: false,
    found: 'ab',
    missing: false,
    count: 2,
    among: true,
    absent: false,
    left: 1,
  };
  for (const [name, value] of Object.entries(expected)) assert.equal(variables.get(name), value, name);
});

test('nothing else is known of them', () => {
  for (const name of ['odd', 'ahead', 'digits', 'known']) {
    const value = variables.get(name);
    assert.ok(value instanceof Unknown || value instanceof Symbolic, `${name} is ${value}`);
  }
});
