/** The attributes of a class of `attrs`: those of its bases, then its own, declared in its body or annotated there. */
import type { Machine } from '../machine.js';
import { type ClassValue, Dict, Instance, Tuple, type Value } from '../values.js';
import type { AttrsWords } from './attrs.js';
import { kindOf } from './dataclasses.js';
import type { Field } from './fields.js';

export interface DeclaredAttribute extends Field {
  /** The name of the argument. */
  readonly argument: string;
}

/** How a class is decorated. */
export interface Request {
  readonly options: ReadonlyMap<string, Value>;
  readonly words: AttrsWords;
  readonly style: 'declared' | 'annotated';
}

export function attributesOf(m: Machine, cls: ClassValue, request: Request): DeclaredAttribute[] {
  const own = ownAttributes(m, cls, request).map(([name, value]) => finished(m, name, value, request));
  const names = new Set(own.map(it => it.name));
  return [...inherited(cls).filter(it => !names.has(it.name)), ...own];
}

function inherited(cls: ClassValue): DeclaredAttribute[] {
  const known = new Map<string, DeclaredAttribute>();
  for (const base of [...cls.mro.slice(1)].reverse()) {
    const fields = base.attributes.get('__attrs_attrs__');
    if (!(fields instanceof Tuple)) continue;
    for (const field of fields.items) {
      const described = describe(field as Instance);
      known.set(described.name, described);
    }
  }
  return [...known.values()];
}

/** What is declared by a call, or by an annotation alone: its default is the value beside it. */
function ownAttributes(m: Machine, cls: ClassValue, { options, words, style }: Request): [string, Value | undefined][] {
  const isDeclared = (value: Value | undefined): boolean => value instanceof Instance && value.cls === words.declared;
  const declared = [...cls.attributes].filter(([, value]) => isDeclared(value));
  const annotations = cls.attributes.get('__annotations__');
  const annotated = annotations instanceof Dict ? [...annotations.entries.values()] : [];
  const byAnnotation = options.get('auto_attribs') ?? style === 'annotated';
  const hasOthers = declared.some(([name]) => !annotated.some(([key]) => key === name));
  if (byAnnotation === false || byAnnotation === null || (hasOthers && !options.has('auto_attribs'))) return declared;
  const fields = annotated.filter(([, type]) => kindOf(m, type) !== 'class');
  return fields.map(([name]) => [name as string, cls.attributes.get(name as string)]);
}

function finished(m: Machine, name: string, value: Value | undefined, { options, words }: Request): DeclaredAttribute {
  const isDeclared = value instanceof Instance && value.cls === words.declared;
  const said = (key: string): Value | undefined => (isDeclared ? value.attributes.get(`_${key}`) : undefined);
  const fallback = isDeclared ? said('default') : value;
  const attribute = new Instance(words.attribute);
  const isKeyword = m.truth(said('kw_only') ?? options.get('kw_only') ?? false) === true;
  attribute.attributes
    .set('name', name)
    .set('alias', said('alias') ?? name.replace(/^_+/, ''))
    .set('default', fallback === undefined ? words.nothing : fallback)
    .set('converter', said('converter') ?? null)
    .set('metadata', said('metadata') ?? new Dict())
    .set('type', said('type') ?? null)
    .set('init', said('init') ?? true)
    .set('repr', said('repr') ?? true)
    .set('compare', said('eq') ?? true)
    .set('kw_only', isKeyword);
  return describe(attribute);
}

function describe(value: Instance): DeclaredAttribute {
  const { attributes } = value;
  return {
    name: attributes.get('name') as string,
    argument: attributes.get('alias') as string,
    value,
    init: attributes.get('init') !== false,
    keywordOnly: attributes.get('kw_only') === true,
  };
}
