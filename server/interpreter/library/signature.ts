/** `inspect.Signature`: the parameters of a callable, and arguments bound to them. */
import type { Machine } from '../machine.js';
import { absent } from '../native.js';
import {
  BoundMethod,
  ClassValue,
  Dict,
  Func,
  Instance,
  NativeFunction,
  type NativeParameter,
  Tuple,
  Unknown,
  type Value,
} from '../values.js';

/** `Parameter.kind`, in the order of its values. */
export const kinds = [
  'POSITIONAL_ONLY',
  'POSITIONAL_OR_KEYWORD',
  'VAR_POSITIONAL',
  'KEYWORD_ONLY',
  'VAR_KEYWORD',
] as const;

const kindOfPassing: Readonly<Record<NativeParameter['passing'], (typeof kinds)[number]>> = {
  positionalOnly: 'POSITIONAL_ONLY',
  any: 'POSITIONAL_OR_KEYWORD',
  variadic: 'VAR_POSITIONAL',
  keywordOnly: 'KEYWORD_ONLY',
  keywords: 'VAR_KEYWORD',
};

export class Signature extends Instance {
  constructor(
    cls: ClassValue,
    readonly parameters: readonly Instance[],
    /** The function that they are of, where it was written in Python. */
    readonly func?: Func,
  ) {
    super(cls);
    const byName = Dict.of(parameters.map(it => [it.attributes.get('name') as string, it] as const));
    this.attributes.set('parameters', byName);
  }
}

export interface SignatureClasses {
  readonly signature: ClassValue;
  readonly parameter: ClassValue;
  readonly empty: ClassValue;
}

/** `inspect.signature(callee)`; Unknown for callables without a declared one. */
export function parametersOf(m: Machine, callee: Value, classes: SignatureClasses): Signature | Unknown {
  const inner = unwrapped(m, callee);
  const listed = listOf(m, inner);
  if (listed === undefined) return m.unknown('the signature is not known');
  const func = writtenIn(m, inner);
  const parameters = listed.map(it => parameterOf(it, func, classes));
  return new Signature(classes.signature, parameters, func);
}

function writtenIn(m: Machine, callee: Value): Func | undefined {
  if (callee instanceof Func) return callee;
  if (callee instanceof BoundMethod) return writtenIn(m, callee.callee);
  return callee instanceof ClassValue ? writtenIn(m, m.getAttribute(callee, '__init__')) : undefined;
}

/** The function behind its wrappers. */
export function unwrapped(m: Machine, callee: Value): Value {
  const inner = callee instanceof ClassValue ? undefined : m.findAttribute(callee, '__wrapped__');
  return inner === undefined || inner instanceof Unknown ? callee : unwrapped(m, inner);
}

interface Listed {
  readonly name: string;
  readonly passing: NativeParameter['passing'];
  readonly default?: Value;
}

function listOf(m: Machine, callee: Value): readonly Listed[] | undefined {
  if (callee instanceof Func) return ofFunction(callee);
  if (callee instanceof NativeFunction) return callee.signature?.parameters;
  if (callee instanceof BoundMethod) return listOf(m, callee.callee)?.slice(1);
  if (callee instanceof ClassValue) return listOf(m, m.getAttribute(callee, '__init__'))?.slice(1);
  return callee instanceof Instance ? ofInstance(m, callee) : undefined;
}

function ofFunction({ definition, defaults }: Func): readonly Listed[] {
  return definition.parameters.list.map(({ name: { name }, passing }) => {
    const value = defaults.get(name);
    return { name, passing, ...(value !== undefined && { default: value }) };
  });
}

/** Of a `partial` what is left to give. */
function ofInstance(m: Machine, callee: Instance): readonly Listed[] | undefined {
  const inner = callee.attributes.get('func');
  const args = callee.attributes.get('args');
  const keywords = callee.attributes.get('keywords');
  if (inner !== undefined && args instanceof Tuple && keywords instanceof Dict) {
    return listOf(m, unwrapped(m, inner))
      ?.slice(args.items.length)
      .map(it => (keywords.entries.has(it.name) ? { ...it, default: keywords.entries.get(it.name)![1] } : it));
  }
  const method = m.findMethod(callee, '__call__');
  return method === undefined ? undefined : listOf(m, method)?.slice(1);
}

/** A parameter with the function that it is of, for its annotation. */
export class Parameter extends Instance {
  constructor(
    cls: ClassValue,
    readonly func: Func | undefined,
  ) {
    super(cls);
  }
}

function parameterOf(listed: Listed, func: Func | undefined, { parameter, empty }: SignatureClasses): Instance {
  const instance = new Parameter(parameter, func);
  const value = listed.default === undefined || listed.default === absent ? empty : listed.default;
  instance.attributes.set('name', listed.name).set('kind', kinds.indexOf(kindOfPassing[listed.passing]));
  instance.attributes.set('default', value);
  return instance;
}

/** `Signature.bind`: arguments by the names of their parameters. */
export function bindArguments(m: Machine, signature: Signature, args: Tuple, keywords: Dict, cls: ClassValue): Value {
  const named = keywords.byName();
  const bound = new Dict();
  let next = 0;
  for (const parameter of signature.parameters) {
    const name = parameter.attributes.get('name') as string;
    const kind = kinds[parameter.attributes.get('kind') as number]!;
    if (kind === 'VAR_POSITIONAL') {
      if (next < args.items.length) m.setItem(bound, name, new Tuple(args.items.slice(next)));
      next = args.items.length;
    } else if (kind === 'VAR_KEYWORD') {
      if (named.size > 0) m.setItem(bound, name, Dict.of(named));
      named.clear();
    } else if (kind !== 'KEYWORD_ONLY' && next < args.items.length) {
      m.setItem(bound, name, args.items[next++]!);
    } else if (named.has(name)) {
      m.setItem(bound, name, named.get(name)!);
      named.delete(name);
    }
  }
  if (next < args.items.length || named.size > 0) return m.raise('TypeError', 'too many arguments');
  return boundArguments(signature, bound, cls);
}

function boundArguments(signature: Signature, values: Dict, cls: ClassValue): Instance {
  const instance = new Instance(cls);
  const positional: Value[] = [];
  const keywords = new Dict();
  for (const parameter of signature.parameters) {
    const name = parameter.attributes.get('name') as string;
    const pair = values.entries.get(name);
    if (pair === undefined) continue;
    const kind = kinds[parameter.attributes.get('kind') as number]!;
    if (kind === 'VAR_POSITIONAL') positional.push(...(pair[1] as Tuple).items);
    else if (kind === 'VAR_KEYWORD') for (const [key, it] of (pair[1] as Dict).entries) keywords.entries.set(key, it);
    else if (kind === 'KEYWORD_ONLY') keywords.entries.set(name, pair);
    else positional.push(pair[1]);
  }
  instance.attributes.set('signature', signature).set('arguments', values);
  instance.attributes.set('args', new Tuple(positional)).set('kwargs', keywords);
  return instance;
}
