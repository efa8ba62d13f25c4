/** A node as CPython's `ast` has it, and how `ast_dump.py` prints it. */
import type * as tree from '../../server/syntax/tree.js';

export interface PythonNode {
  readonly kind: string;
  readonly at?: tree.Located;
  readonly fields: readonly Field[];
}

/** A string is printed as it is; null is an absent child, or a hole in a list. */
export type Field = readonly [name: string, value: string | PythonNode | null | readonly (PythonNode | null)[]];

export interface Waiting {
  readonly node: PythonNode | null;
  readonly depth: number;
  readonly isLocated: boolean;
}

export function print({ node, depth, isLocated }: Waiting, isFormattedLocated: boolean, waiting: Waiting[]): string {
  if (node === null) return `${depth} None`;
  const children: (PythonNode | null)[] = [];
  const fields = node.fields.map(field => printField(field, children));
  const isLocatedBelow = isLocated && (isFormattedLocated || node.kind !== 'JoinedStr');
  for (const child of children.toReversed()) waiting.push({ node: child, depth: depth + 1, isLocated: isLocatedBelow });
  const span = node.at !== undefined && isLocated ? `${node.at.start}-${node.at.end}` : '?';
  return [depth, node.kind, span, ...fields].join(' ');
}

export function printField([name, value]: Field, children: (PythonNode | null)[]): string {
  if (typeof value === 'string') return `${name}=${value}`;
  if (value === null) return `${name}=-`;
  if ('kind' in value) {
    children.push(value);
    return `${name}=+`;
  }
  children.push(...value);
  return `${name}=${value.length}`;
}

// ── scalars ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export function text(value: string): string {
  return `s${quoted(value)}`;
}

export function quoted(value: string): string {
  return JSON.stringify(value).replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function float(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

export function optionalText(identifier: tree.Identifier | undefined): string | null {
  return identifier === undefined ? null : text(identifier.name);
}

export function texts(identifiers: readonly tree.Identifier[]): string | [] {
  return identifiers.length === 0 ? [] : `[${identifiers.map(({ name }) => text(name)).join(',')}]`;
}

export function constant(value: true | false | null): string {
  return value === null ? 'None' : value ? 'True' : 'False';
}

export const OPERATORS: Readonly<Record<string, string>> = {
  '+': 'Add',
  '-': 'Sub',
  '*': 'Mult',
  '/': 'Div',
  '//': 'FloorDiv',
  '%': 'Mod',
  '**': 'Pow',
  '@': 'MatMult',
  '&': 'BitAnd',
  '|': 'BitOr',
  '^': 'BitXor',
  '<<': 'LShift',
  '>>': 'RShift',
};

export const UNARY = { '+': 'UAdd', '-': 'USub', '~': 'Invert', not: 'Not' };

export const COMPARISONS = {
  '==': 'Eq',
  '!=': 'NotEq',
  '<': 'Lt',
  '<=': 'LtE',
  '>': 'Gt',
  '>=': 'GtE',
  is: 'Is',
  'is not': 'IsNot',
  in: 'In',
  'not in': 'NotIn',
};
