/** A layer's arguments as plain values, and the fans that its arithmetic really has. */
import type { Fans } from '../../../../core/initializer.js';
import type { Machine } from '../../../interpreter/machine.js';
import { sizeOf } from '../../../interpreter/machine.js';
import { Raised } from '../../../interpreter/raised.js';
import { Tuple, type Value } from '../../../interpreter/values.js';
import { evaluate } from './expression.js';
import { plainValue } from './init-arguments.js';
import { inSlot, type ModuleInstance } from './instance.js';
import { parameterNamed } from './kinds.js';
import { attributesOf } from './layer-forward.js';
import { rowOf } from './layer-row.js';
import { stackedParameters } from './recurrent.js';

type Setting = number | string | boolean | null;

type Settings = ReadonlyMap<string, Setting>;

export function settingsOf(module: ModuleInstance): Settings {
  const bias = inSlot(module, '_parameters', 'bias');
  const hasBias = bias === undefined ? undefined : bias[1] !== null;
  const { shared } = module;
  if (shared === undefined) return settingsIn(module.attributes, hasBias);
  return (
    settingsOfAlike.known(shared, String(hasBias)) ??
    settingsOfAlike.keep(shared, String(hasBias), settingsIn(shared, hasBias))
  );
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

/** A tuple of equal values is that value: a kernel of (3, 3) is 3. */
function plainSetting(value: Value): Setting | undefined {
  if (!(value instanceof Tuple)) return plainValue(value);
  const { items } = value;
  const first = plainValue(items[0]);
  for (let i = 1; i < items.length; i++) if (plainValue(items[i]) !== first) return undefined;
  return first;
}

/** Undefined for a parameter that its layer does not multiply an input by. */
export function layerFans(machine: Machine, module: ModuleInstance, name: string): Fans | undefined {
  const row = rowOf(module.cls);
  if (row === undefined) return undefined;
  const rows = row.stacked ? stackedParameters(machine, module) : (row.parameters ?? []);
  const expression = parameterNamed(rows, name)?.fans;
  if (expression === undefined) return undefined;
  const { shared } = module;
  if (shared === undefined) return fansFrom(machine, expression, module);
  const known = fansInCommon.known(shared, expression);
  if (known !== undefined) return known.fans;
  return fansInCommon.keep(shared, expression, { fans: fansFrom(machine, expression, module) }).fans;
}

/** What was computed for layers that are made alike, by their attributes and a word. */
class InCommon<T> {
  readonly #known = new WeakMap<ReadonlyMap<string, Value>, Map<string, T>>();

  known(attributes: ReadonlyMap<string, Value>, word: string): T | undefined {
    return this.#known.get(attributes)?.get(word);
  }

  keep(attributes: ReadonlyMap<string, Value>, word: string, value: T): T {
    const ofAttributes = this.#known.get(attributes) ?? new Map<string, T>();
    this.#known.set(attributes, ofAttributes.set(word, value));
    return value;
  }
}

const settingsOfAlike = new InCommon<Settings>();
const fansInCommon = new InCommon<{ readonly fans: Fans | undefined }>();

/** Attributes are anybody's to change, and then their arithmetic may raise: the fans are unknown. */
function fansFrom(machine: Machine, expression: string, module: ModuleInstance): Fans | undefined {
  const pair = pairFrom(machine, expression, module);
  const [fanIn, fanOut] = pair instanceof Tuple ? pair.items.map(sizeOf) : [];
  return fanIn === undefined || fanOut === undefined ? undefined : { fanIn, fanOut };
}

function pairFrom(machine: Machine, expression: string, module: ModuleInstance): Value | undefined {
  try {
    return evaluate(machine, `(${expression})`, attributesOf(module));
  } catch (error) {
    if (error instanceof Raised) return undefined;
    throw error;
  }
}
