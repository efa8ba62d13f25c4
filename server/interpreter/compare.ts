/** Equality, order, membership and hashing, as Python has them. */
import { compare as compareSizes, equalSizes, symbol } from '../../core/size.js';
import type { ComparisonOperator } from '../syntax/tree.js';
import type { Machine } from './machine.js';
import { numberOf, sizeOf } from './numbers.js';
import { ownKey } from './own-keys.js';
import { completeRegistry, isBroughtLate } from './registries.js';
import {
  Address,
  Bytes,
  Dict,
  Float,
  Instance,
  Iterator,
  type Key,
  List,
  Range,
  SetValue,
  Symbolic,
  Tuple,
  Union,
  Unknown,
  type Value,
} from './values.js';

/** What a dictionary looks a value up by: equal for values that Python finds equal. Undefined for what cannot be known. */
export function keyOf(value: Value): Key {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || value === null)
    return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Float) return value.value;
  if (value instanceof Tuple) return `\0tuple(${value.items.map(tupleKey).join('\0,')})`;
  if (value instanceof SetValue) return `\0set(${[...value.items.keys()].map(tupleKeyOf).sort().join('\0,')})`;
  if (value instanceof Bytes) return `\0bytes(${value.value})`;
  if (value instanceof Instance && value.payload !== undefined) return keyOf(value.payload);
  if (value instanceof Range) return rangeKey(value);
  return value;
}

/** Ranges are equal when their items are. */
function rangeKey({ start, step, length }: Range): string {
  return `\0range(${length > 0 ? start : 0},${length > 1 ? step : 0},${length})`;
}

const identities = new WeakMap<object, number>();
let identity = 0;

/** A number that stays with the object. */
function identityOf(object: object): number {
  let id = identities.get(object);
  if (id === undefined) {
    id = ++identity;
    identities.set(object, id);
  }
  return id;
}

const addresses = new WeakMap<object, Address>();

/** Python's `id`: the same one each time for an object. */
export function addressOf(object: object): Address {
  let address = addresses.get(object);
  if (address === undefined) {
    address = new Address(symbol(`id${identityOf(object)}`));
    addresses.set(object, address);
  }
  return address;
}

const tupleKey = (value: Value): string => tupleKeyOf(keyOf(value));

function tupleKeyOf(key: Key): string {
  if (typeof key === 'string') return `s${key}`;
  if (typeof key === 'object' && key !== null) return `#${identityOf(key)}`;
  return `${typeof key === 'bigint' ? 'number' : typeof key}${String(key)}`;
}

/** One of Python's comparison operators; undefined when the answer is not known. */
export function compareValues(m: Machine, operator: ComparisonOperator, a: Value, b: Value): boolean | undefined {
  switch (operator) {
    case 'is':
      return identical(a, b);
    case 'is not':
      return negate(identical(a, b));
    case '==':
      return equal(m, a, b);
    case '!=':
      return negate(equal(m, a, b));
    case 'in':
      return contains(m, b, a);
    case 'not in':
      return negate(contains(m, b, a));
    default:
      return ordered(m, operator, a, b);
  }
}

const negate = (answer: boolean | undefined) => (answer === undefined ? undefined : !answer);

function identical(a: Value, b: Value): boolean | undefined {
  if (a === b) return true;
  if (a instanceof Unknown || b instanceof Unknown) return undefined;
  if (a instanceof Union) return identicalToAll(b, a);
  return b instanceof Union ? identicalToAll(a, b) : false;
}

const identicalToAll = (value: Value, { alternatives }: Union) =>
  unanimous(alternatives.map(it => identical(value, it)));

function unanimous(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.every(it => it === answers[0]) ? answers[0] : undefined;
}

export function equal(m: Machine, a: Value, b: Value): boolean | undefined {
  if (a === b && !(a instanceof Unknown)) return true;
  if (a instanceof Unknown || b instanceof Unknown) return undefined;
  if (a instanceof Union) return equalEach(m, a, b);
  if (b instanceof Union) return equalToEach(m, a, b);
  if (a instanceof Symbolic || b instanceof Symbolic) return equalSymbols(a, b);
  if (!(a instanceof Instance || b instanceof Instance)) return equalPlain(m, a, b);
  const custom = customEqual(m, a, b);
  if (custom !== 'none') return custom;
  return equalPlain(m, payloadOf(a), payloadOf(b));
}

const equalEach = (m: Machine, a: Union, b: Value) => unanimous(a.alternatives.map(it => equal(m, it, b)));
const equalToEach = (m: Machine, a: Value, b: Union) => unanimous(b.alternatives.map(it => equal(m, a, it)));

function equalSymbols(a: Value, b: Value): boolean | undefined {
  if (a instanceof Address && b instanceof Address) return a === b;
  const left = sizeOf(a);
  const right = sizeOf(b);
  if (left === undefined || right === undefined) return false;
  if (equalSizes(left, right)) return true;
  return compareSizes(left, right) === undefined ? undefined : false;
}

function customEqual(m: Machine, a: Value, b: Value): boolean | undefined | 'none' {
  for (const [self, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (!(self instanceof Instance)) continue;
    const method = m.findMethod(self, '__eq__');
    if (method === undefined) continue;
    const answer = m.call(method, [self, other]);
    if (answer instanceof Unknown) return undefined;
    if (answer !== m.builtins.notImplemented) return m.truth(answer);
  }
  return 'none';
}

const payloadOf = (value: Value): Value =>
  value instanceof Instance && value.payload !== undefined ? value.payload : value;

function equalPlain(m: Machine, a: Value, b: Value): boolean | undefined {
  if (a === b) return true;
  const left = realOf(a);
  const right = realOf(b);
  // biome-ignore lint/suspicious/noDoubleEquals: 1 == 1n holds in Python too
  if (left !== undefined && right !== undefined) return left == right;
  if (a instanceof Tuple && b instanceof Tuple) return equalItems(m, a.items, b.items);
  if (a instanceof List && b instanceof List) return equalItems(m, a.items, b.items);
  if (a instanceof Dict && b instanceof Dict) return equalDicts(m, a, b);
  if (a instanceof Bytes && b instanceof Bytes) return a.value === b.value;
  if ((a instanceof SetValue && b instanceof SetValue) || (a instanceof Range && b instanceof Range)) {
    return keyOf(a) === keyOf(b);
  }
  return false;
}

const realOf = (value: Value): number | bigint | undefined =>
  typeof value === 'bigint' ? value : typeof value === 'number' ? value : numberOf(value);

function equalItems(m: Machine, a: readonly Value[], b: readonly Value[]): boolean | undefined {
  if (a.length !== b.length) return false;
  let answer: boolean | undefined = true;
  for (let i = 0; i < a.length; i++) {
    const same = equal(m, a[i]!, b[i]!);
    if (same === false) return false;
    if (same === undefined) answer = undefined;
  }
  return answer;
}

function equalDicts(m: Machine, a: Dict, b: Dict): boolean | undefined {
  if (a.more !== undefined || b.more !== undefined) return undefined;
  if (a.entries.size !== b.entries.size) return false;
  const keys = [...a.entries.keys()];
  if (!keys.every(it => b.entries.has(it))) return false;
  return equalItems(
    m,
    keys.map(it => a.entries.get(it)![1]),
    keys.map(it => b.entries.get(it)![1]),
  );
}

function contains(m: Machine, container: Value, item: Value): boolean | undefined {
  if (container instanceof Unknown || item instanceof Unknown) return undefined;
  if (container instanceof Union) return containsEach(m, container, item);
  if (container instanceof Instance) {
    const method = m.findMethod(container, '__contains__');
    if (method !== undefined) return m.truth(m.call(method, [container, item]));
  }
  const plain = payloadOf(container);
  if (plain instanceof Dict) return item instanceof Union ? undefined : isKeyOf(m, plain, item);
  if (plain instanceof SetValue || plain instanceof List) completeRegistry(m, plain);
  if (plain instanceof SetValue)
    return item instanceof Union
      ? undefined
      : plain.items.has(ownKey(m, item) ?? keyOf(item)) || (plain.more ? undefined : false);
  if (typeof plain === 'string') return typeof item === 'string' ? plain.includes(item) : undefined;
  if (plain instanceof Range) return inRange(plain, item);
  return containsByEquality(m, plain, item);
}

function isKeyOf(m: Machine, dict: Dict, item: Value): boolean | undefined {
  const at = ownKey(m, item) ?? keyOf(item);
  return dict.entries.has(at) || isBroughtLate(m, dict, item, at) || (dict.more ? undefined : false);
}

const containsEach = (m: Machine, { alternatives }: Union, item: Value) =>
  unanimous(alternatives.map(it => contains(m, it, item)));

function inRange(range: Range, item: Value): boolean | undefined {
  const value = numberOf(item);
  if (value === undefined) return item instanceof Symbolic ? undefined : false;
  const index = (value - range.start) / range.step;
  return Number.isInteger(index) && index >= 0 && index < range.length;
}

function containsByEquality(m: Machine, container: Value, item: Value): boolean | undefined {
  let answer: boolean | undefined = container instanceof List && container.more !== undefined ? undefined : false;
  const items = container instanceof List || container instanceof Tuple ? container.items : m.iterate(container);
  for (const candidate of items) {
    m.step();
    const same = candidate === item ? true : equal(m, candidate, item);
    if (same === true) return true;
    if (same === undefined) answer = undefined;
  }
  return answer;
}

type Order = '<' | '<=' | '>' | '>=';
const reflected = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
const methods = { '<': '__lt__', '<=': '__le__', '>': '__gt__', '>=': '__ge__' } as const;

function ordered(m: Machine, operator: Order, a: Value, b: Value): boolean | undefined {
  if (a instanceof Unknown || b instanceof Unknown) {
    const [left, right] = [sizeOf(a), sizeOf(b)];
    return left !== undefined && right !== undefined ? decide(operator, compareSizes(left, right)) : undefined;
  }
  if (a instanceof Union) return orderedEach(m, operator, a, b);
  if (b instanceof Union) return orderedToEach(m, operator, a, b);
  if (a instanceof Symbolic || b instanceof Symbolic) return orderedSymbols(operator, a, b);
  const custom = customOrder(m, operator, a, b) ?? customOrder(m, reflected[operator], b, a);
  if (custom !== undefined) return m.truth(custom);
  return orderedPlain(m, operator, payloadOf(a), payloadOf(b));
}

const orderedEach = (m: Machine, operator: Order, a: Union, b: Value) =>
  unanimous(a.alternatives.map(it => ordered(m, operator, it, b)));
const orderedToEach = (m: Machine, operator: Order, a: Value, b: Union) =>
  unanimous(b.alternatives.map(it => ordered(m, operator, a, it)));

function customOrder(m: Machine, operator: Order, a: Value, b: Value): Value | undefined {
  if (!(a instanceof Instance)) return undefined;
  const method = m.findMethod(a, methods[operator]);
  if (method === undefined) return undefined;
  const answer = m.call(method, [a, b]);
  return answer === m.builtins.notImplemented ? undefined : answer;
}

function orderedSymbols(operator: Order, a: Value, b: Value): boolean | undefined {
  const left = sizeOf(a);
  const right = sizeOf(b);
  return left === undefined || right === undefined ? undefined : decide(operator, compareSizes(left, right));
}

function decide(operator: Order, order: -1 | 0 | 1 | undefined): boolean | undefined {
  if (order === undefined) return undefined;
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function orderedPlain(m: Machine, operator: Order, a: Value, b: Value): boolean | undefined {
  const left = realOf(a);
  const right = realOf(b);
  if (left !== undefined && right !== undefined) return decideNumbers(operator, left, right);
  if (typeof a === 'string' && typeof b === 'string') return decide(operator, a < b ? -1 : a > b ? 1 : 0);
  if (a instanceof Bytes && b instanceof Bytes) return orderedPlain(m, operator, a.value, b.value);
  if ((a instanceof Tuple && b instanceof Tuple) || (a instanceof List && b instanceof List)) {
    return orderedItems(m, operator, a.items, b.items);
  }
  if (a instanceof SetValue && b instanceof SetValue) return orderedSets(operator, a, b);
  if (a instanceof Iterator || b instanceof Iterator) return undefined;
  return m.raise(
    'TypeError',
    `'${operator}' not supported between instances of '${m.classOf(a).name}' and '${m.classOf(b).name}'`,
  );
}

/** NaN compares false, whatever the operator. */
function decideNumbers(operator: Order, a: number | bigint, b: number | bigint): boolean {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

function orderedItems(m: Machine, operator: Order, a: readonly Value[], b: readonly Value[]): boolean | undefined {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const same = equal(m, a[i]!, b[i]!);
    if (same === undefined) return undefined;
    if (!same) return ordered(m, operator, a[i]!, b[i]!);
  }
  return decideNumbers(operator, a.length, b.length);
}

function orderedSets(operator: Order, a: SetValue, b: SetValue): boolean {
  if (operator === '>' || operator === '>=') return orderedSets(reflected[operator], b, a);
  const inside = [...a.items.keys()].every(it => b.items.has(it));
  return inside && (operator === '<=' || a.items.size < b.items.size);
}
