/** The `__init__` that `attrs` writes. */
import type { Machine } from '../machine.js';
import { absent } from '../native.js';
import { Instance, NativeFunction, type NativeParameter, type Value } from '../values.js';
import type { AttrsWords } from './attrs.js';
import type { DeclaredAttribute } from './attrs-fields.js';
import type { Entry } from './define.js';

export function attrsInitializer(fields: readonly DeclaredAttribute[], words: AttrsWords): Entry {
  const given = fields.filter(it => it.init);
  const order = [...given.filter(it => !it.keywordOnly), ...given.filter(it => it.keywordOnly)];
  const parameters: NativeParameter[] = [
    { name: 'self', passing: 'positionalOnly' },
    ...order.map((it): NativeParameter => {
      const hasDefault = it.value.attributes.get('default') !== words.nothing;
      const passing = it.keywordOnly ? 'keywordOnly' : 'any';
      return { name: it.argument, passing, ...(hasDefault && { default: absent }) };
    }),
  ];
  const signature = { text: order.map(it => it.argument).join(', '), parameters };
  const run = (m: Machine, self: Value, args: readonly Value[]): null => {
    const values = new Map(order.map((it, i) => [it.name, args[i]!] as const));
    callIfThere(m, self, '__attrs_pre_init__');
    for (const field of fields) initialize(m, self, field, values.get(field.name), words);
    callIfThere(m, self, '__attrs_post_init__');
    return null;
  };
  return ['__init__', new NativeFunction('__init__', signature, (m, _, [self, ...args]) => run(m, self!, args))];
}

function callIfThere(m: Machine, self: Value, name: string): void {
  const method = m.findMethod(self, name);
  if (method !== undefined) m.call(method, [self]);
}

function initialize(
  m: Machine,
  self: Value,
  { name, value: { attributes } }: DeclaredAttribute,
  given: Value | undefined,
  words: AttrsWords,
): void {
  const fallback = attributes.get('default')!;
  const isMissing = given === undefined || given === absent;
  if (isMissing && fallback === words.nothing) return;
  const value = isMissing ? made(m, self, fallback, words) : given;
  const converter = attributes.get('converter') ?? null;
  m.setAttribute(self, name, converter === null ? value : m.call(converter, [value]));
}

function made(m: Machine, self: Value, fallback: Value, { factory }: AttrsWords): Value {
  if (!(fallback instanceof Instance) || fallback.cls !== factory) return fallback;
  const takesSelf = m.truth(fallback.attributes.get('takes_self') ?? false) === true;
  return m.call(fallback.attributes.get('factory')!, takesSelf ? [self] : []);
}
