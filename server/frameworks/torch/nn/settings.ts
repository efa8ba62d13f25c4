/** A layer's arguments as plain values, and the fans that its arithmetic really has. */
import type { Fans } from '../../../../core/initializer.js';
import type { Machine } from '../../../interpreter/machine.js';
import { sizeOf } from '../../../interpreter/machine.js';
import { Raised } from '../../../interpreter/raised.js';
import { Tuple, type Value } from '../../../interpreter/values.js';
import { evaluate } from './expression.js';
import { plainValue } from './init-arguments.js';
import { inSlot, type ModuleInstance } from './instance.js';
import { attributesOf } from './layer-forward.js';
import { rowOf } from './layer-row.js';
import { stackedParameters } from './recurrent.js';

type Setting = number | string | boolean | null;

type Settings = ReadonlyMap<string, Setting>;

export function settingsOf(module: ModuleInstance): Settings {
  const bias = inSlot(module, '_parameters', 'bias');
  const hasBias = bias === undefined ? undefined : bias[1] !== null;
  return module.shared === undefined
    ? settingsIn(module.attributes, hasBias)
    : settingsInCommon(module.shared, String(hasBias), () => settingsIn(module.shared!, hasBias));
}

function settingsIn(attributes: ReadonlyMap<string, Value>, hasBias: boolean | undefined): Settings {
  const settings = new Map<string, Setting>();
  for (const [name, value] of attributes) {
    const plain = name.startsWith('_') ? undefined : plainSetting(value);
    if (plain !== undefined) settings.set(name, plain);
  }
  if (hasBias !== undefined) settings.set('bias', hasBias);
  return settings;
}

const inCommon = new WeakMap<ReadonlyMap<string, Value>, Map<string, Settings>>();

function settingsInCommon(attributes: ReadonlyMap<string, Value>, kind: string, compute: () => Settings): Settings {
  const known = inCommon.get(attributes) ?? new Map<string, Settings>();
  inCommon.set(attributes, known);
  const settings = known.get(kind) ?? compute();
  known.set(kind, settings);
  return settings;
}

/** A tuple of equal values is that value: a kernel of (3, 3) is 3. */
function plainSetting(value: Value): Setting | undefined {
  if (!(value instanceof Tuple)) return plainValue(value);
  const [first, ...rest] = value.items.map(plainValue);
  return rest.every(it => it === first) ? first : undefined;
}

/** Undefined for a parameter that its layer does not multiply an input by. */
export function layerFans(machine: Machine, module: ModuleInstance, name: string): Fans | undefined {
  const row = rowOf(module.cls);
  if (row === undefined) return undefined;
  const rows = row.stacked ? stackedParameters(machine, module) : (row.parameters ?? []);
  const plain = name.replace(/_orig$|_v$/, '');
  const expression = rows.find(it => it.name === plain)?.fans;
  if (expression === undefined) return undefined;
  const pair = fansFrom(machine, expression, module);
  const [fanIn, fanOut] = pair instanceof Tuple ? pair.items.map(sizeOf) : [];
  return fanIn === undefined || fanOut === undefined ? undefined : { fanIn, fanOut };
}

/** Attributes are anybody's to change, and then their arithmetic may raise: the fans are unknown. */
function fansFrom(machine: Machine, expression: string, module: ModuleInstance): Value | undefined {
  try {
    return evaluate(machine, `(${expression})`, attributesOf(module));
  } catch (error) {
    if (error instanceof Raised) return undefined;
    throw error;
  }
}
