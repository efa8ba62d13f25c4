/** Symbolic sizes: canonical form, Python's floor division, comparison, spelling. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  add,
  compare,
  equalSizes,
  floorDivide,
  format,
  modulo,
  multiply,
  negate,
  product,
  type Size,
  substitute,
  subtract,
  symbol,
  symbolsOf,
} from '../../core/size.js';

const dim = symbol('dim');
const heads = symbol('heads');

test('numbers stay numbers and divide as Python divides', () => {
  assert.equal(multiply(6, 7), 42);
  assert.equal(floorDivide(-7, 2), -4);
  assert.equal(floorDivide(7, -2), -4);
  assert.equal(modulo(-7, 3), 2);
  assert.equal(modulo(7, -3), -2);
  assert.ok(Object.is(modulo(-6, 3), 0));
  assert.ok(Number.isNaN(floorDivide(1, 0)));
  assert.ok(Number.isNaN(modulo(1, 0)));
  assert.ok(Number.isNaN(floorDivide(dim, 0)));
});

test('equal polynomials are equal however they came about', () => {
  const left = multiply(add(dim, 1), subtract(dim, 1));
  const right = subtract(multiply(dim, dim), 1);
  assert.ok(equalSizes(left, right));
  assert.equal(subtract(left, right), 0);
  assert.ok(!equalSizes(left, add(right, 1)));
  assert.equal(add(dim, negate(dim)), 0);
  assert.ok(!equalSizes(dim, heads));
});

test('a division that comes out even leaves no floor', () => {
  assert.ok(equalSizes(floorDivide(multiply(8, dim), 8), dim));
  assert.ok(equalSizes(floorDivide(multiply(dim, heads), heads), dim));
  assert.equal(floorDivide(product([4, dim, heads]), multiply(dim, heads)), 4);
  const sum = multiply(add(dim, heads), add(dim, 3));
  assert.ok(equalSizes(floorDivide(sum, add(dim, heads)), add(dim, 3)));
  assert.equal(modulo(multiply(6, dim), 3), 0);
});

test('what does not come out even stays opaque, in one form', () => {
  assert.equal(format(floorDivide(dim, 8)), 'dim // 8');
  assert.equal(format(multiply(8, floorDivide(dim, 8))), '8·(dim // 8)');
  assert.ok(equalSizes(floorDivide(add(multiply(8, dim), heads), 8), add(dim, floorDivide(heads, 8))));
  assert.ok(equalSizes(floorDivide(floorDivide(dim, 2), 2), floorDivide(dim, 4)));
  assert.equal(floorDivide(add(multiply(4, dim), 3), multiply(4, dim)), 1);
});

test('evaluation agrees with Python for every small value', () => {
  const formulas: readonly ((x: Size, y: Size) => Size)[] = [
    (x, y) => floorDivide(add(multiply(7, x), subtract(y, 3)), 3),
    (x, y) => modulo(subtract(multiply(x, y), 5), add(x, 2)),
    (x, y) => floorDivide(add(floorDivide(subtract(x, 1), 2), y), 3),
    (x, y) => floorDivide(subtract(1, multiply(3, x)), add(y, 1)),
    x => floorDivide(add(floorDivide(add(x, -1), 2), 1), 2),
    (x, y) => floorDivide(5, multiply(x, y)),
  ];
  for (const formula of formulas) {
    const general = formula(dim, heads);
    for (let x = 1; x <= 12; x++) {
      for (let y = 1; y <= 12; y++) {
        const value = substitute(general, name => (name === 'dim' ? x : y));
        assert.equal(value, formula(x, y), `${format(general)} at ${x}, ${y}`);
      }
    }
  }
});

test('comparison answers only what holds for all positive integers', () => {
  assert.equal(compare(dim, 0), 1);
  assert.equal(compare(multiply(4, dim), dim), 1);
  assert.equal(compare(dim, dim), 0);
  assert.equal(compare(dim, 1), undefined);
  assert.equal(compare(dim, heads), undefined);
  assert.equal(compare(negate(dim), 0), -1);
  assert.equal(compare(3, 5), -1);
  assert.equal(compare(add(floorDivide(dim, 2), 1), 0), 1);
});

test('formulas read as one would write them', () => {
  assert.equal(format(multiply(4, dim)), '4·dim');
  assert.equal(format(add(multiply(3, dim), 1)), '3·dim + 1');
  assert.equal(format(subtract(multiply(dim, dim), multiply(2, heads))), 'dim² − 2·heads');
  assert.equal(format(floorDivide(add(dim, 1), heads)), '(dim + 1) // heads');
  assert.equal(format(-3), '−3');
  assert.deepEqual([...symbolsOf(floorDivide(add(dim, 1), heads))], ['dim', 'heads']);
});

test('a formula that grows without end becomes a symbol of its own', () => {
  let size: Size = add(dim, heads);
  for (let i = 0; i < 200; i++) size = multiply(add(size, floorDivide(size, 3)), size);
  assert.ok(format(size).length < 2000);
  let other: Size = add(dim, heads);
  for (let i = 0; i < 8; i++) other = multiply(other, add(other, 1));
  assert.ok(!equalSizes(size, other));
});
