/** PEP 263, and UTF-8 that is none. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { decode } from '../../server/text/encoding.js';
import { invalidUtf8At } from '../../server/text/utf8.js';

function bytes(...parts: readonly (string | number)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap(part => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])));
}

function decodeUtf8(input: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input);
  } catch {
    return undefined;
  }
}

const TEXTS: readonly [title: string, input: Uint8Array, text: string, encoding: string][] = [
  ['UTF-8 by default', bytes('x = "', 0xc3, 0xa9, '"'), 'x = "é"', 'utf-8'],
  ['a byte order mark stays', bytes(0xef, 0xbb, 0xbf, 'x'), '\ufeffx', 'utf-8'],
  ['a mark and its declaration', bytes(0xef, 0xbb, 0xbf, '# coding: utf-8\n'), '\ufeff# coding: utf-8\n', 'utf-8'],
  ['what editors write', bytes('# -*- coding: UTF_8-unix -*-\n'), '# -*- coding: UTF_8-unix -*-\n', 'utf-8'],
  ['latin-1', bytes('# coding: latin-1\n', 0xe9, 0x80), '# coding: latin-1\né\x80', 'latin-1'],
  [
    'iso-8859-1',
    bytes('# vim: set fileencoding=iso-8859-1 :\n', 0xe9),
    '# vim: set fileencoding=iso-8859-1 :\né',
    'latin-1',
  ],
  ['Windows-1252', bytes('# coding=cp1252\n', 0x80, 0xe9), '# coding=cp1252\n€é', 'cp1252'],
  [
    'the second line',
    bytes('#!/usr/bin/python\r\n# coding: latin1\r\n', 0xe9),
    '#!/usr/bin/python\r\n# coding: latin1\r\né',
    'latin-1',
  ],
  ['not the second line behind code', bytes('x\n# coding: nonsense\n'), 'x\n# coding: nonsense\n', 'utf-8'],
  ['not the third line', bytes('#\n#\n# coding: nonsense\n'), '#\n#\n# coding: nonsense\n', 'utf-8'],
  ['not in a string', bytes('"# coding: nonsense"\n'), '"# coding: nonsense"\n', 'utf-8'],
  ['nothing', bytes(), '', 'utf-8'],
];

for (const [title, input, text, encoding] of TEXTS) {
  test(title, () => assert.deepEqual(decode(input, decodeUtf8), { text, encoding }));
}

const ERRORS: readonly [title: string, input: Uint8Array, error: RegExp][] = [
  ['an unknown encoding is named', bytes('# coding: klingon\n'), /klingon/],
  ['a mark and another encoding', bytes(0xef, 0xbb, 0xbf, '# coding: latin-1\n'), /latin-1/],
  ['a null byte', bytes('abc', 0), /null byte at byte 3/],
  ['broken UTF-8', bytes('abcd', 0xff), /not UTF-8 at byte 4/],
  ['ASCII that is none', bytes('# coding: ascii\n', 0x80), /not ascii at byte 16/],
  ['Windows-1252 that is none', bytes('# coding: cp1252\n', 0x81), /not cp1252 at byte 17/],
];

for (const [title, input, error] of ERRORS) {
  test(title, () => {
    const decoded = decode(input, decodeUtf8);
    assert.match('error' in decoded ? decoded.error : 'no error', error);
  });
}

test('UTF-8 breaks off where the standard decoder stops', () => {
  const samples = [
    [0xc3],
    [0xc0, 0x80],
    [0xe0, 0x80, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe2, 0x82],
    [0x80],
  ];
  for (const sample of samples) {
    assert.equal(invalidUtf8At(bytes('ab', ...sample)), 2, sample.join());
    assert.equal(decodeUtf8(bytes(...sample)), undefined);
  }
  assert.equal(invalidUtf8At(new TextEncoder().encode('aé€😀\uffff')), -1);
});

test('long texts of one byte a character', () => {
  const input = new Uint8Array(100_000).fill(0xe9);
  input.set(bytes('# coding: latin-1\n'));
  const decoded = decode(input, decodeUtf8);
  assert.equal('text' in decoded && decoded.text.length, 100_000);
});
