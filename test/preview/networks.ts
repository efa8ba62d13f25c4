/** The networks that test/oracle/signals.py measured in real torch, and how InitLens evaluates them. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createProject, type EvaluatedTarget, evaluateTarget, type Project } from '../../server/analyze.js';
import type { Operation } from '../../server/model/graph.js';
import { nodeFiles } from '../../server/node/files.js';

export interface Measured {
  readonly name: string;
  readonly std: number;
  readonly stdSpread: number;
  readonly stdFirst: number;
  readonly gradient: number;
  readonly gradientSpread: number;
  readonly gradientFirst: number;
}

export interface Network {
  readonly name: string;
  readonly module: string;
  readonly call: string;
  readonly input: readonly number[];
  /** How many were measured. */
  readonly seeds: number;
  readonly layers: readonly Measured[];
}

export const oracle = fileURLToPath(new URL('../oracle', import.meta.url));
export const python = '/usr/bin/python3';
export const hasTorchvision = spawnSync(python, ['-c', 'import torchvision']).status === 0;

export const networks: readonly Network[] = JSON.parse(readFileSync(`${oracle}/golden/signals.json`, 'utf8')).networks;

/** Why it cannot be evaluated here, for the test runner. */
export const skipped = ({ module }: Network): string | false =>
  module.startsWith('torchvision') && !hasTorchvision ? 'needs torchvision' : false;

export function evaluated({ module, call, input }: Pick<Network, 'module' | 'call' | 'input'>): EvaluatedTarget {
  const result = evaluateTarget(project(), `${module}::${call}`, { inputs: [input] });
  if ('error' in result) throw new Error(result.error);
  return result;
}

/** What was measured beside the operation that it was measured at: the last one in each call of a module. */
export function* comparable(network: Network, operations: readonly Operation[]): Generator<[Measured, Operation]> {
  const calls = new Map<string, Operation[]>();
  for (const operation of operations) {
    const name = operation.module?.path;
    if (name === undefined || operation.kind === 'shape' || isFurtherResult(operation)) continue;
    calls.set(name, [...(calls.get(name) ?? []), operation]);
  }
  for (const layer of network.layers) {
    const operation = calls.get(layer.name)?.shift();
    if (operation !== undefined) yield [layer, operation];
  }
}

/** Of a recurrent layer's results, the first is what was measured. */
function isFurtherResult({ name, settings }: Operation): boolean {
  const result = settings.get('result');
  return result === 'cell' || (result === 'hidden' && !name.endsWith('Cell'));
}

function project(): Project {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decodeUtf8 = (bytes: Uint8Array) => decoder.decode(bytes);
  return createProject({
    files: { ...nodeFiles, decodeUtf8 },
    roots: [oracle],
    pythonPath: ['/usr/lib/python3/dist-packages'],
  });
}
