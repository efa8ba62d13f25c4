/** Words that a text may have: never a no where a regular expression finds one, and seldom a yes where it does not. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Words } from '../../server/text/words.js';

const programs = new URL('../interpreter/programs/', import.meta.url);
const texts = readdirSync(programs).map(it => readFileSync(new URL(it, programs), 'utf8'));

test('every word is found', () => {
  for (const text of [...texts, '', 'last', '.last', 'a.b', 'größe = gr\n']) {
    const words = Words.of(text);
    for (const [word] of text.matchAll(/\b\w+\b/g)) assert.ok(words.mayHave(word), word);
    for (const [, word] of text.matchAll(/\.(\w+)/g)) assert.ok(words.mayHaveAttribute(word!), word);
  }
});

test('few words are found that are not there', () => {
  const absent = Array.from({ length: 1000 }, (_, i) => `absent_${i}`);
  for (const text of texts) {
    const words = Words.of(text);
    assert.ok(absent.filter(it => words.mayHave(it)).length < 100);
    assert.ok(absent.filter(it => words.mayHaveAttribute(it)).length < 100);
  }
});

test('a name with letters beyond ASCII may be anywhere', () => {
  assert.ok(Words.of('größe = 1').mayHave('größe'));
  assert.ok(Words.of('').mayHaveAttribute('größe'));
});

test('a word is not an attribute', () => {
  const words = Words.of('weight = layer.bias');
  assert.ok(!words.mayHaveAttribute('weight'));
  assert.ok(words.mayHave('bias') && words.mayHaveAttribute('bias'));
});

test('bytes tell what their text tells', () => {
  const words = new Words(new TextEncoder().encode('größe = layer.bias'));
  assert.ok(words.mayHaveAttribute('bias') && words.mayHave('gr') && !words.mayHave('weight'));
});
