/** An instance of a layer of which nothing but the class is known, for `isinstance` on an unknown module. */
import type { Machine } from '../../../interpreter/machine.js';
import { signatureOf } from '../../../interpreter/native.js';
import { type ClassValue, Union, Unknown, type Value } from '../../../interpreter/values.js';
import { layers } from '../layers.js';
import { layersOf } from './classes.js';
import { constructedIn } from './constructed.js';
import { assignmentsOf, evaluate, type Names, shapeOf } from './expression.js';
import { ModuleInstance, put, slotOf } from './instance.js';
import { frameworkClass, rowOf } from './layer-row.js';
import { initializeModule } from './module.js';
import { newParameter } from './parameter.js';
import type { LayerRow, ParameterRow } from './row.js';
import { ntuple, product } from './words.js';

/** What a network lists as parameters is never a layer, whatever the test asks. */
const TENSORS: ReadonlySet<string | undefined> = new Set([
  'parameters',
  'named_parameters',
  'buffers',
  'named_buffers',
]);

/** Layers whose names match, one for each base: those for one, two and three dimensions are initialized alike. */
export function classesNamed(machine: Machine, matches: (name: string) => boolean): readonly ClassValue[] {
  const rows = layers.filter(it => it.parameters !== undefined && !it.name.startsWith('_') && matches(it.name));
  const names = new Set<string | undefined>(rows.map(it => it.name));
  const kinds = new Map<string, string>();
  for (const { name, base = name } of rows) {
    if (!names.has(base) || base === name) kinds.set(base, name.endsWith('3d') ? (kinds.get(base) ?? name) : name);
  }
  return [...kinds.values()].flatMap(it => layersOf(machine).named(it) ?? []);
}

export function abstractInstance(machine: Machine, cls: ClassValue, { origin }: Unknown): Value | undefined {
  const row = rowOf(cls);
  if (TENSORS.has(origin) || frameworkClass(cls) === undefined || row === undefined) return undefined;
  const instance = new ModuleInstance(cls);
  initializeModule(machine, instance);
  constructedIn(machine).delete(instance);
  const names = unknownNames(machine, row);
  for (const { name } of assignmentsOf(row.attributes ?? '')) instance.attributes.set(name, names(name) ?? null);
  for (const parameter of row.parameters ?? [])
    addParameter(machine, instance, parameter, { names, isHandedIn: origin === undefined });
  return instance;
}

/** Arguments by their names; sizes become symbols of the same name. */
function unknownNames(machine: Machine, row: LayerRow): Names {
  const parameters = new Set(signatureOf(row.signature).parameters.map(it => it.name));
  return name => {
    if (name === 'ntuple') return ntuple;
    if (name === 'product') return product;
    const symbol = parameters.has(name) ? name : undefined;
    return new Unknown(`\`${name}\` of the layer is not known`, machine.site(), symbol);
  };
}

interface Given {
  readonly names: Names;
  readonly isHandedIn: boolean;
}

/** What may be switched off is a parameter or None. */
function addParameter(
  machine: Machine,
  instance: ModuleInstance,
  row: ParameterRow,
  { names, isHandedIn }: Given,
): void {
  const tensor = newParameter(machine, shapeOf(machine, evaluate(machine, row.shape, names)));
  tensor.storage.isRaw = false;
  tensor.storage.ofUnseen = { kind: row.kind, isHandedIn };
  put(machine, slotOf(instance, '_parameters')!, row.name, row.when === undefined ? tensor : new Union([tensor, null]));
}
