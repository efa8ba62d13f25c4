/** Where a None was read that something is now asked of, so that `m.bias` can be told from other Nones. */
import type { Node } from '../syntax/tree.js';
import type { Site } from '../text/span.js';
import { evaluate } from './expressions.js';
import { type Frame, siteOf } from './frame.js';
import type { Machine } from './machine.js';
import type { Value } from './values.js';

export interface NoneRead {
  /** What the attribute was read from, and its name. */
  readonly object: Value;
  readonly name: string;
  /** `m.bias`, as written. */
  readonly expression: string;
  /** What is asked of it: the place of the finding. */
  readonly site: Site;
}

/** Undefined where the None was not read as an attribute. */
export function noneReadAt(m: Machine, frame: Frame, read: Node, asked: Node): NoneRead | undefined {
  if (read.kind !== 'Attribute') return undefined;
  const { node } = frame;
  const object = m.journal.rehearse(() => evaluate(m, frame, read.value));
  frame.node = node;
  return {
    object,
    name: read.attribute.name,
    expression: frame.module.text.slice(read.start, read.end),
    site: siteOf(frame.module, asked),
  };
}

/** Of the first argument of the call that a native was reached by, or of the one with that keyword. */
export function noneReadByArgument(m: Machine, keyword: string): NoneRead | undefined {
  const { directCall: call, frame } = m;
  const argument = call?.keywords.find(it => it.name?.name === keyword)?.value ?? call?.args[0];
  if (call === undefined || frame === undefined || argument === undefined) return undefined;
  const read = noneReadAt(m, frame, argument, argument);
  m.directCall = call;
  return read;
}
