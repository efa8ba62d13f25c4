/** Where a tensor of a network is reached from its constructor, whatever the network is constructed with. */
import type { NamedStart } from '../../../model/intent.js';
import type { Call, Expression } from '../../../syntax/tree.js';
import type { File } from './file.js';
import { spellLayer } from './imports.js';
import type { ClassWriter } from './method.js';

export type OfOne = Extract<NamedStart, { readonly path: string }>;

/**
 * `self.body[2].weight`; undefined where another construction may have something else there, or nothing: behind a condition,
 * and where another class decides.
 */
export function placeOf(
  file: File,
  { path, lastOf }: OfOne,
  { self, constructorBody }: ClassWriter,
): string | undefined {
  const [first = '', ...rest] = path.split('.');
  const value = constructorBody
    .flatMap(it => (it.kind === 'Assign' && it.targets.some(isFirst) ? [it.value] : []))
    .at(-1);
  if (value?.kind !== 'Call') return undefined;
  const numbers = rest.filter(isNumber);
  if (rest.length - numbers.length > 1 || numbers.length > 1) return undefined;
  if (numbers.length === 1 && !listsInPlace(value, rest)) return lastOf && lastIn(value, lastOf);
  return [self, `.${first}`, ...rest.map(it => (isNumber(it) ? `[${it}]` : `.${it}`))].join('');

  function lastIn(list: Call, layer: string): string | undefined {
    if (nameOf(list.callee) !== 'Sequential' || rest.length !== 2) return undefined;
    const { text, edits } = spellLayer(file, layer);
    return edits.length > 0 ? undefined : `[it for it in ${self}.${first} if isinstance(it, ${text})][-1].${rest[1]}`;
  }

  function isFirst(target: Expression): boolean {
    if (target.kind !== 'Attribute' || target.attribute.name !== first) return false;
    return target.value.kind === 'Name' && target.value.name === self;
  }
}

const isNumber = (step: string) => /^\d+$/.test(step);

/** `nn.Sequential(a, b, c)`: one by one, so that a number is always the same layer. */
function listsInPlace({ callee, args }: Call, [index = '']: readonly string[]): boolean {
  const isList = nameOf(callee) === 'Sequential' && args.every(it => it.kind === 'Call');
  return isList && isNumber(index) && Number(index) < args.length;
}

function nameOf(callee: Expression): string | undefined {
  if (callee.kind === 'Attribute') return callee.attribute.name;
  return callee.kind === 'Name' ? callee.name : undefined;
}
