/** What the grammar's shape allows and Python does not: reported, while the tree stays as it was read. */
import type { Parser } from './parser.js';
import type { Expression, Keyword, Parameter } from './tree.js';

/** For `=`, `for`, `with` and comprehensions. */
export function checkTarget(parser: Parser, target: Expression): void {
  if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const element of target.elements) checkTarget(parser, element);
  } else if (target.kind === 'Starred') checkTarget(parser, target.value);
  else checkSingleTarget(parser, target);
}

/** For `+=` and annotations, which take no tuples. */
export function checkSingleTarget(parser: Parser, target: Expression): void {
  if (!SINGLE_TARGETS.has(target.kind)) parser.report('this cannot be assigned to', target.start, target.end);
}

export function checkDeleted(parser: Parser, target: Expression): void {
  if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const element of target.elements) checkDeleted(parser, element);
  } else if (!SINGLE_TARGETS.has(target.kind)) parser.report('this cannot be deleted', target.start, target.end);
}

const SINGLE_TARGETS: ReadonlySet<Expression['kind']> = new Set(['Name', 'Attribute', 'Subscript', 'Missing']);

/** Behind a keyword argument only others and `*values` may follow, behind `**values` not even these. */
export function checkArgument(parser: Parser, argument: Expression, keywords: readonly Keyword[]): void {
  if (keywords.length === 0 || argument.kind === 'Missing') return;
  const isAllowed = argument.kind === 'Starred' && keywords.every(({ name }) => name !== undefined);
  if (!isAllowed) parser.report('a positional argument comes before keyword arguments', argument.start, argument.end);
}

export function checkParameter(parser: Parser, parameter: Parameter, before: readonly Parameter[]): void {
  const fault = faultOf(parameter, before);
  if (fault !== undefined) parser.report(fault, parameter.start, parameter.end);
}

function faultOf({ passing, default: initial }: Parameter, before: readonly Parameter[]): string | undefined {
  const last = before.at(-1);
  if (last?.passing === 'keywords') return 'no parameter comes behind `**`';
  if (passing === 'variadic' || passing === 'keywords') {
    return initial === undefined ? undefined : 'a starred parameter has no default';
  }
  const isBehindDefault = last?.default !== undefined && last.passing !== 'keywordOnly';
  return passing === 'any' && initial === undefined && isBehindDefault ? 'expected a default' : undefined;
}
