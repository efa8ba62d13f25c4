/** Draws against real PyTorch: hashes of every value, recorded by test/oracle/draws.py and, where torch is installed, live. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Sampler } from '../../core/backends/sampler.js';
import { bytesOf, type DrawRequest, draw, isExact, Mt19937 } from '../../core/random/index.js';
import { randomIntegers } from '../../core/random/permutation.js';
import { samplers } from './samplers.js';

type Recorded = DrawRequest & { readonly sha256: string; readonly values: readonly number[] };

interface Case {
  readonly name: string;
  readonly seed: number;
  readonly draws: readonly Recorded[];
  /** The generator's next word below 2³² − 1. */
  readonly after: number;
}

const script = new URL('../oracle/draws.py', import.meta.url);
const golden = JSON.parse(readFileSync(new URL('../oracle/golden/draws.json', import.meta.url), 'utf8'));

const fresh: readonly Case[] = whyNoTorch() ? [] : JSON.parse(python([script.pathname, '--large']).stdout).cases;

for (const [name, sampler] of samplers) {
  for (const recorded of golden.cases as Case[]) {
    test(`${name}: ${recorded.name}`, () => replay(recorded, sampler));

    test(`${name}: ${recorded.name}: skipped`, () => {
      const generator = new Mt19937(recorded.seed);
      for (const request of recorded.draws) sampler.skip(generator, request);
      assert.equal(nextWord(generator), recorded.after);
    });
  }

  test(`${name}: a fresh draw of a million values`, { skip: whyNoTorch() }, () => {
    for (const recorded of fresh) replay(recorded, sampler, it => sampler.name === 'scalar' || isOfKernel(it));
  });
}

test('a build with MKL differs from a plain one by the last bits of erfinv', () => {
  const request: DrawRequest = { kind: 'truncated_normal', count: 20_000, mean: 0, std: 1, low: -2, high: 2 };
  const plain = [...draw(new Mt19937(5), request, 'plain')];
  const mkl = draw(new Mt19937(5), request, 'mkl');
  const differing = plain.filter((value, i) => value !== mkl[i]).length / plain.length;
  const worst = plain.reduce((most, value, i) => Math.max(most, Math.abs(value / mkl[i]! - 1)), 0);
  assert.ok(differing > 0.1 && differing < 0.3, `${differing} differ`);
  assert.ok(worst < 71 * 2 ** -23, `by ${worst}`);
});

for (const [name, sampler] of samplers.slice(1)) {
  test(`${name}: the erfinv of a build with MKL is plain JavaScript's`, () => {
    const request: DrawRequest = { kind: 'truncated_normal', count: 100_000, mean: 0.1, std: 1, low: -9, high: 5 };
    const found = sampler.draw(new Mt19937(6), request, 'mkl');
    const differing = [...draw(new Mt19937(6), request, 'mkl')].filter((value, i) => value !== found[i]);
    assert.ok(differing.length <= 2, `${differing.length} differ`);
  });
}

function replay(recorded: Case, sampler: Sampler, isWanted: (request: Recorded) => boolean = () => true): void {
  const generator = new Mt19937(recorded.seed);
  for (const request of recorded.draws) {
    if (isWanted(request)) assertDraw(sampler.draw(generator, request, 'plain'), request);
    else sampler.skip(generator, request);
  }
  assert.equal(nextWord(generator), recorded.after);
}

/** The kernel hands all other draws on to plain JavaScript. */
function isOfKernel(request: Recorded): boolean {
  return !('dtype' in request) || request.dtype === 'float32';
}

function assertDraw(values: ReturnType<typeof draw>, request: Recorded): void {
  const label = JSON.stringify({ ...request, values: undefined, sha256: undefined });
  if (isBitwise(request)) assert.equal(hashOf(values, request), request.sha256, label);
  const shown = request.kind === 'orthogonal' ? [...values] : [...values.slice(0, 2), ...values.slice(-1)];
  for (const [i, value] of shown.entries()) {
    const expected = request.values[i]!;
    const tolerance = request.kind === 'orthogonal' ? 3e-6 : 1e-14 * Math.abs(expected);
    assert.ok(Math.abs(value - expected) <= tolerance, `${label}: ${value} ≉ ${expected}`);
  }
}

/** Float64 draws that go through the engine's own functions are compared value by value. */
function isBitwise(request: DrawRequest): boolean {
  return isExact(request, 'plain');
}

function hashOf(values: ReturnType<typeof draw>, request: DrawRequest): string {
  const dtype = 'dtype' in request ? (request.dtype ?? 'float32') : 'float32';
  const isInteger = request.kind === 'randperm' || request.kind === 'randint';
  const integers = isInteger ? BigInt64Array.from([...values], value => BigInt(value)) : undefined;
  const bytes = integers ?? bytesOf(values as Float32Array, dtype);
  return createHash('sha256').update(bytes).digest('hex');
}

function nextWord(generator: Mt19937): number {
  return randomIntegers(generator, 1, 0, 2 ** 32 - 1)[0]!;
}

function python(args: readonly string[]) {
  return spawnSync('/usr/bin/python3', args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

function whyNoTorch(): string | false {
  const version = python(['-c', 'import torch; print(torch.__version__)']).stdout ?? '';
  return version.startsWith('1.13') ? false : 'torch 1.13 is not installed';
}
