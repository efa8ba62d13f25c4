/** The simulation's steps: the same on every sampler, gradients as finite differences give them, narrow versions alike. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Mt19937, scalarSampler } from '../../core/index.js';
import {
  monteCarlo,
  type Program,
  planFor,
  type Step,
  type StepOperation,
  simulate,
} from '../../core/propagation/simulation/index.js';
import { type CellName, NO_SHORTFALL } from '../../core/propagation/simulation/program.js';
import { type Computed, ruleOf } from '../../core/propagation/simulation/rules.js';
import { samplers } from './samplers.js';

/** One of everything, with branches that meet again. */
const everything = programOf(net => {
  const image = net.push({ kind: 'input' }, [2, 4, 9, 7]);
  const kernels = net.parameter([8, 2, 3, 3]);
  const bias = net.parameter([8]);
  const conv = { kind: 'convolution', stride: [2, 1], padding: [1, 2], dilation: [1, 2], groups: 2 } as const;
  const map = net.push(conv, [2, 8, 5, 7], image, kernels, bias);
  const norm = net.push({ kind: 'norm', axes: [0, 2, 3], over: 'variance', eps: 1e-5 }, [2, 8, 5, 7], map);
  const scale = net.push({ kind: 'reshape' }, [1, 8, 1, 1], net.parameter([8]));
  const scaled = net.push({ kind: 'multiply' }, [2, 8, 5, 7], norm, scale);
  const relu = net.push({ kind: 'nonlinearity', name: 'gelu' }, [2, 8, 5, 7], scaled);
  const windows = [
    undefined,
    undefined,
    [
      [0, 2],
      [1, 4],
      [3, 5],
    ],
    [
      [0, 3],
      [2, 7],
    ],
  ] as const;
  const largest = net.push({ kind: 'pool', over: 'max', windows }, [2, 8, 3, 2], relu);
  const mean = net.push({ kind: 'pool', over: 'average', windows, divisor: 6 }, [2, 8, 3, 2], relu);
  const joined = net.push({ kind: 'concatenate', axis: 1 }, [2, 16, 3, 2], largest, mean);
  const rows = net.push({ kind: 'reshape' }, [2, 16, 6], joined);
  const tokens = net.push({ kind: 'permute', order: [0, 2, 1] }, [2, 6, 16], rows);
  const square = net.push({ kind: 'norm', axes: [2], over: 'square', eps: 1e-6 }, [2, 6, 16], tokens);
  const query = net.push({ kind: 'linear' }, [2, 6, 8], square, net.parameter([8, 16]), net.parameter([8]));
  const key = net.push({ kind: 'linear', isTransposed: true }, [2, 6, 8], square, net.parameter([16, 8]));
  const turned = net.push({ kind: 'permute', order: [0, 2, 1] }, [2, 8, 6], key);
  const scores = net.push({ kind: 'product' }, [2, 6, 6], query, turned);
  const half = net.push({ kind: 'scale', factor: 0.5 }, [2, 6, 6], scores);
  const weights = net.push({ kind: 'softmax', axis: 2 }, [2, 6, 6], half);
  const met = net.push({ kind: 'product' }, [2, 6, 8], weights, query);
  const first = net.push({ kind: 'slice', axis: 1, start: 1, stride: 2 }, [2, 3, 8], met);
  const wide = net.push({ kind: 'expand' }, [2, 3, 8], net.parameter([1, 1, 8]));
  const gated = net.push({ kind: 'multiply' }, [2, 3, 8], first, net.push({ kind: 'add' }, [2, 3, 8], first, wide));
  return net.push({ kind: 'dropout', probability: 0.25 }, [2, 3, 8], gated);
});

test('every sampler gives the same figures', () => {
  const [[, scalar], ...others] = samplers as [(typeof samplers)[number], ...typeof samplers];
  const figures = run(everything, scalar);
  for (const [name, sampler] of others) {
    run(everything, sampler).forEach(({ std, gradient }, step) => {
      assertRatio(std, figures[step]!.std, 1e-5, `${name}, step ${step}`);
      assertRatio(gradient, figures[step]!.gradient, 1e-5, `${name}, gradient at step ${step}`);
    });
  }
});

test('no figure is missing, and parameters have none', () => {
  run(everything, samplers[0]![1]).forEach(({ std, gradient }, step) => {
    const { operation, inputs } = everything.steps[step]!;
    const isOfParameters =
      operation.kind === 'parameter' ||
      (inputs.length === 1 && everything.steps[inputs[0]!]!.operation.kind === 'parameter');
    assert.equal(std === undefined, isOfParameters, `${operation.kind} ${step}`);
    assert.equal(gradient === undefined, isOfParameters, `gradient of ${operation.kind} ${step}`);
  });
});

const operations: readonly (readonly [
  StepOperation,
  inputs: readonly (readonly number[])[],
  shape: readonly number[],
])[] = [
  [{ kind: 'linear' }, [[3, 5], [4, 5], [4]], [3, 4]],
  [
    { kind: 'linear', isTransposed: true },
    [
      [3, 5],
      [5, 4],
    ],
    [3, 4],
  ],
  [
    { kind: 'convolution', stride: [2, 1], padding: [1, 2], dilation: [1, 2], groups: 2 },
    [[2, 4, 9, 7], [6, 2, 3, 3], [6]],
    [2, 6, 5, 7],
  ],
  [
    { kind: 'convolution', stride: [2], padding: [0], dilation: [1], groups: 4 },
    [
      [2, 4, 9],
      [4, 1, 3],
    ],
    [2, 4, 4],
  ],
  [
    { kind: 'convolution', stride: [2, 1], padding: [1, 0], dilation: [1, 2], groups: 2, isTransposed: true },
    [[2, 4, 5, 4], [4, 3, 3, 3], [6]],
    [2, 6, 10, 8],
  ],
  [{ kind: 'rows' }, [[3, 4]], [7, 4]],
  [{ kind: 'nonlinearity', name: 'tanh' }, [[3, 5]], [3, 5]],
  [{ kind: 'norm', axes: [0, 2], over: 'variance', eps: 1e-5 }, [[3, 4, 5]], [3, 4, 5]],
  [{ kind: 'norm', axes: [2], over: 'square', eps: 1e-5 }, [[3, 4, 5]], [3, 4, 5]],
  [
    { kind: 'add' },
    [
      [3, 4, 5],
      [4, 1],
      [3, 4, 5],
    ],
    [3, 4, 5],
  ],
  [
    { kind: 'multiply' },
    [
      [3, 4, 5],
      [4, 1],
      [3, 1, 5],
    ],
    [3, 4, 5],
  ],
  [{ kind: 'scale', factor: -0.5 }, [[3, 5]], [3, 5]],
  [
    {
      kind: 'pool',
      over: 'max',
      windows: [
        undefined,
        [
          [0, 2],
          [1, 4],
          [3, 5],
        ],
        [[0, 3]],
      ],
    },
    [[3, 5, 3]],
    [3, 3, 1],
  ],
  [
    {
      kind: 'pool',
      over: 'average',
      windows: [
        undefined,
        [
          [0, 2],
          [1, 4],
        ],
      ],
      divisor: 3,
    },
    [[3, 4]],
    [3, 2],
  ],
  [
    { kind: 'concatenate', axis: 1 },
    [
      [2, 3, 2],
      [2, 1, 2],
    ],
    [2, 4, 2],
  ],
  [{ kind: 'reshape' }, [[3, 4]], [2, 6]],
  [{ kind: 'permute', order: [2, 0, 1] }, [[3, 4, 5]], [5, 3, 4]],
  [{ kind: 'slice', axis: 1, start: 1, stride: 2 }, [[3, 6, 2]], [3, 2, 2]],
  [{ kind: 'expand' }, [[1, 4, 1]], [3, 4, 2]],
  [
    { kind: 'product' },
    [
      [2, 3, 4],
      [2, 4, 5],
    ],
    [2, 3, 5],
  ],
  [
    { kind: 'product' },
    [
      [2, 3, 4],
      [4, 5],
    ],
    [2, 3, 5],
  ],
  [{ kind: 'softmax', axis: 1 }, [[2, 5, 3]], [2, 5, 3]],
  [{ kind: 'take', places: [undefined, [-1, 2, 0, 0]] }, [[3, 4]], [3, 4]],
  [{ kind: 'function', name: 'exp' }, [[3, 5]], [3, 5]],
  [{ kind: 'function', name: 'square' }, [[3, 5]], [3, 5]],
  [{ kind: 'function', name: 'power', parameters: [3] }, [[3, 5]], [3, 5]],
  [{ kind: 'function', name: 'clamp', parameters: [-0.6, 0.9] }, [[3, 5]], [3, 5]],
  ...(['lstm', 'gru', 'tanh', 'relu'] as const).flatMap(cell => [recurrence(cell, false), recurrence(cell, true)]),
];

/** With biases and states to start from, or with neither. */
function recurrence(cell: CellName, isReversed: boolean): (typeof operations)[number] {
  const gates = 3 * { lstm: 4, gru: 3, tanh: 1, relu: 1 }[cell];
  const weights = [
    [gates, 5],
    [gates, 3],
  ];
  const states =
    cell === 'lstm'
      ? [
          [2, 3],
          [2, 3],
        ]
      : [[2, 3]];
  const others = isReversed ? [] : [[gates], [gates], ...states];
  const shape = [cell === 'lstm' ? 5 : 4, 2, 3];
  return [{ kind: 'recurrent', cell, hasBias: !isReversed, isReversed }, [[4, 2, 5], ...weights, ...others], shape];
}

test('what a mask covers is filled in', () => {
  const run = { multiplier: scalarSampler.multiplier(), generator: new Mt19937(0), shortfall: NO_SHORTFALL };
  const [shape, data] = [[1, 2, 3], Float32Array.of(1, 2, 3, 4, 5, 6)];
  const mask = { kind: 'mask', value: -Infinity } as const;
  const inputs = [
    { shape, data },
    { shape: [3], data: Float32Array.of(0, 1, 0) },
  ];
  const { data: masked } = finish(ruleOf(mask).forward(mask, { ...run, inputs, shape }))!;
  assert.deepEqual([...masked], [1, -Infinity, 3, 4, -Infinity, 6]);
});

for (const [operation, shapes, shape] of operations) {
  test(`the gradient of ${JSON.stringify(operation)} is that of finite differences`, () => {
    const inputs = shapes.map((of, at) => ({ shape: of, data: randomNumbers(at + 1, sizeOf(of)) }));
    const cotangent = randomNumbers(90, sizeOf(shape));
    const forward = (moved: typeof inputs) => finish(rule.forward(operation as Computed, { ...given, inputs: moved }))!;
    const rule = ruleOf(operation as Computed);
    const given = { shape, multiplier: scalarSampler.multiplier(), generator: new Mt19937(0), shortfall: NO_SHORTFALL };
    const { data, kept } = forward(inputs);
    const wanted = inputs.map((_, at) => at === 0 || !isWeight(operation, at));
    const back = { ...given, inputs, output: { shape, data }, gradient: cotangent, wanted, kept };
    const gradients = finish(rule.backward(operation as Computed, back));
    inputs.forEach(({ data: values, shape: of }, at) => {
      if (!wanted[at]) return;
      const direction = randomNumbers(91, values.length);
      const at1 = (step: number) =>
        dot(
          cotangent,
          forward(inputs.with(at, { shape: of, data: values.map((x, i) => x + step * direction[i]!) })).data,
        );
      const difference = (at1(STEP) - at1(-STEP)) / (2 * STEP);
      const promised = dot(gradients[at]!, direction);
      assert.ok(
        Math.abs(difference - promised) < 0.01 * Math.max(1, Math.abs(promised)),
        `input ${at}: ${promised} for ${difference}`,
      );
    });
  });
}

/** Nobody waits for the gradient of what is learned. */
function isWeight(operation: StepOperation, at: number): boolean {
  if (operation.kind === 'recurrent') return at < (operation.hasBias ? 5 : 3);
  return operation.kind === 'linear' || operation.kind === 'convolution';
}

const STEP = 5e-3;

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

function randomNumbers(seed: number, count: number): Float32Array {
  return scalarSampler.draw(new Mt19937(seed), { kind: 'normal', mean: 0, std: 1, count }, 'plain') as Float32Array;
}

test('a narrow version has the same mean squares', () => {
  const wide = programOf(net => {
    let x = net.push({ kind: 'input' }, [64, 256]);
    for (let layer = 0; layer < 4; layer++) {
      const dense = net.push({ kind: 'linear' }, [64, 256], x, net.parameter([256, 256]));
      const relu = net.push({ kind: 'nonlinearity', name: 'relu' }, [64, 256], dense);
      x = net.push({ kind: 'add' }, [64, 256], x, relu);
    }
    return x;
  });
  const [, sampler] = samplers.at(-1)!;
  const estimate = (multiplications: number) => {
    const plan = planFor(wide, { multiplications, bytes: 2 ** 30 })!;
    const sourceOf = (seed: number) => ({ valuesOf: weights(seed, 256), generator: new Mt19937(seed) });
    return { plan, found: finish(monteCarlo(plan, sourceOf, sampler.multiplier())) };
  };
  const [whole, narrow] = [estimate(1e12), estimate(2e8)];
  assert.equal(whole.plan.divisor, 1);
  assert.ok(narrow.plan.divisor > 1);
  whole.found.forEach(({ std, band = 0, gradient, gradientBand = 0 }, step) => {
    const other = narrow.found[step]!;
    if (std === undefined) return;
    assertRatio(other.std, std, band + other.band!, `std at step ${step}`);
    assertRatio(other.gradient, gradient, gradientBand + other.gradientBand!, `gradient at step ${step}`);
  });
});

test('a mean over features is one over those that a narrow version has', () => {
  const wide = programOf(net => {
    const x = net.push({ kind: 'input' }, [64, 256]);
    const dense = net.push({ kind: 'linear' }, [64, 256], x, net.parameter([256, 256]));
    const square = net.push({ kind: 'function', name: 'square' }, [64, 256], dense);
    return net.push({ kind: 'pool', over: 'average', windows: [undefined, [[0, 256]]] }, [64, 1], square);
  });
  const [, sampler] = samplers.at(-1)!;
  const plan = planFor(wide, { multiplications: 8e7, bytes: 2 ** 30 })!;
  assert.ok(plan.divisor > 1);
  const sourceOf = (seed: number) => ({ valuesOf: weights(seed, 256), generator: new Mt19937(seed) });
  const found = finish(monteCarlo(plan, sourceOf, sampler.multiplier()));
  for (const { std } of found) assert.ok(std === undefined || Number.isFinite(std));
});

test('what does not fit the limits is not planned', () => {
  assert.equal(planFor(everything, { multiplications: 10, bytes: 2 ** 30 }), undefined);
  assert.equal(planFor(everything, { multiplications: 1e12, bytes: 10 }), undefined);
});

interface Building {
  push(operation: StepOperation, shape: readonly number[], ...inputs: readonly number[]): number;
  parameter(shape: readonly number[]): number;
}

function programOf(build: (net: Building) => number): Program {
  const steps: Step[] = [];
  let parameters = 0;
  const push = (operation: StepOperation, shape: readonly number[], ...inputs: readonly number[]) =>
    steps.push({ operation, inputs, shape }) - 1;
  const parameter = (shape: readonly number[]) => push({ kind: 'parameter', index: parameters++ }, shape);
  const output = build({ push, parameter });
  return { steps, outputs: [output] };
}

/** As wide as what they are summed over in the whole network asks for, whatever is left of it. */
function weights(seed: number, fan?: number) {
  return (index: number, shape: readonly number[]) => {
    const count = shape.reduce((a, b) => a * b, 1);
    const std = 1 / Math.sqrt(fan ?? count / shape[0]!);
    const generator = new Mt19937(1000 * seed + index + 1);
    return samplers[0]![1].draw(generator, { kind: 'normal', mean: 0, std, count }, 'plain') as Float32Array;
  };
}

function run(program: Program, sampler: (typeof samplers)[number][1]) {
  return finish(
    simulate(program, { valuesOf: weights(0), generator: new Mt19937(5), multiplier: sampler.multiplier() }),
  );
}

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function assertRatio(found: number | undefined, expected: number | undefined, tolerance: number, what: string): void {
  const isNear = found === expected || Math.abs(found! / expected! - 1) <= tolerance;
  assert.ok(isNear, `${what}: ${found} for ${expected}`);
}
