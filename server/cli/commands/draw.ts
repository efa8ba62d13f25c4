/** `initlens draw`: the values that a tensor gets from torch's generator, on the processor or on a graphics card. */
import { CudaGenerator, cudaDeviceOf, cudaDevices } from '../../../core/cuda/index.js';
import { Mt19937 } from '../../../core/index.js';
import type { Terminal } from '../../host.js';
import { samplerOf } from '../../sampler.js';
import { type Command, exitCode } from '../command.js';
import { type Arguments, closest, UsageError } from '../options.js';

export const drawCommand: Command = {
  name: 'draw',
  usage: 'SHAPE',
  summary: 'Print what torch.randn(SHAPE) or torch.rand(SHAPE) gives for a seed',
  options: [
    { name: 'seed', value: 'N', description: 'The seed; 0 by default' },
    {
      name: 'distribution',
      value: 'NAME',
      choices: ['normal', 'uniform'],
      description: 'normal as torch.randn, uniform as torch.rand',
    },
    { name: 'gpu', value: 'NAME', description: "The graphics card of device='cuda', for example T4 or A100" },
    { name: 'most', value: 'N', description: 'How many values to print; 100 by default' },
  ],
  positionals: [1, 1],
  run: draw,
};

/** More would not fit into memory beside what is printed. */
const MOST_VALUES = 2 ** 28;

async function draw(given: Arguments, terminal: Terminal): Promise<number> {
  const shape = shapeOf(given.positionals[0]!);
  const count = shape.reduce((product, size) => product * size, 1);
  if (count > MOST_VALUES) throw new UsageError(`${given.positionals[0]} has more than ${MOST_VALUES} values`);
  const seed = integerOf(given, 'seed', 0);
  const values = valuesOf(given, terminal, seed, count);
  const most = integerOf(given, 'most', 100);
  const shown = [...values.subarray(0, most)].map(it => it.toFixed(4).padStart(8));
  for (let at = 0; at < shown.length; at += 10) terminal.output.write(`${shown.slice(at, at + 10).join(' ')}\n`);
  if (count > most) terminal.output.write(`and ${count - most} more\n`);
  return exitCode.clean;
}

function valuesOf(given: Arguments, terminal: Terminal, seed: number, count: number): Float32Array {
  const isUniform = given.value('distribution') === 'uniform';
  const gpu = given.value('gpu');
  if (gpu !== undefined) {
    const generator = new CudaGenerator(seed, deviceOf(gpu));
    return isUniform ? generator.uniform(count) : generator.normal(count);
  }
  const request = isUniform
    ? ({ kind: 'uniform', low: 0, high: 1, count } as const)
    : ({ kind: 'normal', mean: 0, std: 1, count } as const);
  return samplerOf(terminal).draw(new Mt19937(seed), request, 'plain') as Float32Array;
}

function deviceOf(name: string) {
  const device = cudaDeviceOf(name);
  if (device !== undefined) return device;
  const names = cudaDevices.map(it => it.name);
  const nearest = closest(name, names);
  throw new UsageError(`there is no ${name} in the table of graphics cards; ${hint(nearest, names)}`);
}

function hint(nearest: string | undefined, names: readonly string[]): string {
  return nearest === undefined ? `it has ${names.join(', ')}` : `is ${nearest} meant?`;
}

function shapeOf(written: string): readonly number[] {
  if (!/^\d+([,x]\d+)*$/.test(written)) throw new UsageError(`a shape is written as 64,3,7,7, not ${written}`);
  return written.split(/[,x]/).map(Number);
}

function integerOf(given: Arguments, name: string, otherwise: number): number {
  const written = given.value(name) ?? `${otherwise}`;
  const value = Number(written);
  if (!/^\d+$/.test(written) || !Number.isSafeInteger(value)) {
    throw new UsageError(`--${name} is a whole number, not ${written}`);
  }
  return value;
}
