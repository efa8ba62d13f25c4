/** What the value of a name at the top of a file was made from, in few letters: an edit that leaves them leaves the value. */
import type { ParsedSource } from '../project.js';
import { firstOf } from '../syntax/shift.js';
import type * as tree from '../syntax/tree.js';

/** Of a name; `reads` are the names that each top-level statement read when it ran. */
export function fingerprintsOf(
  { text, tree }: ParsedSource,
  reads: ReadonlyMap<tree.Statement, ReadonlySet<string>>,
): (name: string) => string {
  const statements = statementsByName(tree);
  const known = new Map<string, string>();
  const fingerprintOf = (name: string): string => {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, '');
    const parts: string[] = [];
    for (const statement of statements.get(name) ?? []) {
      parts.push(digestOf(statement, text));
      for (const used of [...(reads.get(statement) ?? [])].sort()) parts.push(fingerprintOf(used));
    }
    const fingerprint = digest(parts);
    known.set(name, fingerprint);
    return fingerprint;
  };
  return fingerprintOf;
}

/** Decorators belong to what they decorate. */
export const startOf = (statement: tree.Statement): number =>
  'decorators' in statement && statement.decorators.length > 0 ? statement.decorators[0]!.start : statement.start;

/** A statement that binds no name, or names out of sight, may change anything: it belongs to every name. */
function statementsByName(tree: ParsedSource['tree']): ReadonlyMap<string, readonly tree.Statement[]> {
  const byName = new Map<string, tree.Statement[]>();
  const everywhere = tree.body.filter(it => namesBoundBy(it) === undefined);
  for (const statement of tree.body) {
    for (const name of namesBoundBy(statement) ?? []) byName.set(name, [...(byName.get(name) ?? []), statement]);
  }
  for (const statements of byName.values()) statements.push(...everywhere);
  return byName;
}

function namesBoundBy(statement: tree.Statement): readonly string[] | undefined {
  switch (statement.kind) {
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return [statement.name.name];
    case 'Import':
      return statement.names.map(it => it.alias?.name ?? it.name.name.split('.')[0]!);
    case 'ImportFrom':
      return statement.names.some(it => it.name.name === '*')
        ? undefined
        : statement.names.map(it => (it.alias ?? it.name).name);
    case 'Assign':
      return statement.targets.every(it => it.kind === 'Name')
        ? statement.targets.map(it => (it as tree.Name).name)
        : undefined;
    case 'Expression':
      return statement.value.kind === 'String' ? [] : undefined;
    case 'If':
      return statement.test.kind === 'Comparison' &&
        statement.test.left.kind === 'Name' &&
        statement.test.left.name === '__name__'
        ? []
        : undefined;
    default:
      return undefined;
  }
}

/** Statements that an edit does not reach are the same objects in the next version, or copies that only moved. */
const digests = new WeakMap<tree.Statement, string>();

function digestOf(statement: tree.Statement, text: string): string {
  const first = firstOf(statement);
  let known = digests.get(first);
  if (known === undefined) {
    known = digest([text.slice(startOf(statement), statement.end)]);
    digests.set(first, known);
  }
  return known;
}

/** Two 32-bit FNV-1a hashes side by side: only equality within one file's history is asked of it. */
function digest(parts: readonly string[]): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      a = Math.imul(a ^ part.charCodeAt(i), 0x01000193);
      b = Math.imul(b ^ part.charCodeAt(i), 0x85ebca6b);
    }
    a = Math.imul(a ^ 0xff, 0x01000193);
    b = Math.imul(b ^ 0xff, 0x85ebca6b);
  }
  return `${a >>> 0}:${b >>> 0}`;
}
