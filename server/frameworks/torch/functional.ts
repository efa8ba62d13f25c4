/** The module `torch.nn.functional`. */
import { nativeModule } from '../../interpreter/native.js';
import { type ModuleValue, type NativeFunction, unseenCode, type Value } from '../../interpreter/values.js';
import { activationFunctionals } from './activations.js';
import { dropoutFunctionals } from './functional/dropout.js';
import { layerFunctionals } from './functional/layers.js';
import { lossFunctionals } from './functional/losses.js';
import { softmaxFunctionals } from './functional/softmax.js';
import { spatialFunctionals } from './functional/spatial.js';
import { windowFunctionals } from './functional/windows.js';
import { isBefore } from './nn/versions.js';

const natives: readonly NativeFunction[] = [
  ...windowFunctionals,
  ...layerFunctionals,
  ...softmaxFunctionals,
  ...dropoutFunctionals,
  ...spatialFunctionals,
  ...lossFunctionals,
];

/** Versions that brought functions which libraries ask for by `hasattr`. */
const since: Readonly<Record<string, string>> = {
  scaled_dot_product_attention: '2.0.0',
  rms_norm: '2.4.0',
  dropout1d: '1.12.0',
};

export const functionals: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...natives.map((it): [string, Value] => [it.name, it]),
  ...activationFunctionals,
]);

export function functionalModule(version: string): ModuleValue {
  const there = [...functionals].filter(([name]) => !isBefore(version, since[name] ?? '0.0'));
  return nativeModule('torch.nn.functional', there, name =>
    name.startsWith('_') || since[name] !== undefined
      ? undefined
      : unseenCode(`\`torch.nn.functional.${name}\` is not known here`),
  );
}
