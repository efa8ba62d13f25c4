/** The histogram of a hover: a valid picture, small, with the curve where the ideal is known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBase64 } from '../../server/features/hover/base64.js';
import { drawHistogram } from '../../server/features/hover/picture.js';

test('base64 is what Node makes of it', () => {
  for (const text of ['', 'a', 'ab', 'abc', 'abcd', '<svg xmlns="x"/>']) {
    assert.equal(toBase64(text), Buffer.from(text).toString('base64'));
  }
});

function svgOf(uri: string): string {
  assert.ok(uri.startsWith('data:image/svg+xml;base64,'));
  return Buffer.from(uri.slice('data:image/svg+xml;base64,'.length), 'base64').toString();
}

test('a histogram has bars, a curve and an axis', () => {
  const histogram = { low: -1, high: 1, counts: [1, 2, 4, 2, 1] };
  const { uri, width, height } = drawHistogram(histogram, { kind: 'normal', mean: 0, std: 0.5 });
  const svg = svgOf(uri);
  assert.match(svg, new RegExp(`width="${width}" height="${height}"`));
  assert.match(svg, /<polyline/);
  assert.match(svg, />&#8722;1<.*>0<.*>1</);
  assert.ok(uri.length < 10_000, `${uri.length} characters`);
});

test('the highest bar reaches the top, and no bar goes beyond', () => {
  const svg = svgOf(drawHistogram({ low: 0, high: 1, counts: [1, 3] }, undefined).uri);
  const heights = [...svg.matchAll(/L[\d.]+ ([\d.]+)h/g)].map(it => Number(it[1]));
  assert.equal(heights[1], 3);
  assert.ok(heights[0]! > heights[1]!);
});

test('without an ideal there is no curve', () => {
  const svg = svgOf(drawHistogram({ low: 0, high: 1, counts: [1] }, { kind: 'orthogonal', gain: 1 }).uri);
  assert.doesNotMatch(svg, /<polyline/);
});
