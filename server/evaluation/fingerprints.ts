/** What the value of a name at the top of a file was made from, as one number: an edit that leaves it leaves the value. */
import type { ParsedSource } from '../project.js';
import { remembered } from '../syntax/shift.js';
import type * as tree from '../syntax/tree.js';

/** Of a name; `reads` are the names that each top-level statement read when it ran. */
export function fingerprintsOf(
  { text, tree }: ParsedSource,
  reads: ReadonlyMap<tree.Statement, ReadonlySet<string>>,
): (name: string) => Fingerprint {
  const statements = statementsByName(tree);
  const known = new Map<string, Fingerprint>();
  const fingerprintOf = (name: string): Fingerprint => {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, 0);
    const parts: Fingerprint[] = [];
    for (const statement of statements.get(name) ?? []) {
      parts.push(fingerprintOfText(statement, text));
      for (const used of reads.get(statement) ?? []) parts.push(fingerprintOf(used));
    }
    const fingerprint = joined(parts);
    known.set(name, fingerprint);
    return fingerprint;
  };
  return fingerprintOf;
}

/** A hash of 53 bits: only equality within one file's history is asked of it. */
export type Fingerprint = number;

/** Decorators belong to what they decorate. */
export const startOf = (statement: tree.Statement): number =>
  'decorators' in statement && statement.decorators.length > 0 ? statement.decorators[0]!.start : statement.start;

/** A statement that binds no name, or names out of sight, may change anything: it belongs to every name. */
function statementsByName(tree: ParsedSource['tree']): ReadonlyMap<string, readonly tree.Statement[]> {
  const byName = new Map<string, tree.Statement[]>();
  const everywhere = tree.body.filter(it => namesBoundBy(it) === undefined);
  for (const statement of tree.body) {
    for (const name of namesBoundBy(statement) ?? []) {
      const others = byName.get(name);
      if (others === undefined) byName.set(name, [statement]);
      else others.push(statement);
    }
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

/** Of all that is written there; a copy that only moved has that of its original. */
export const fingerprintOfText = remembered((statement: tree.Statement, text): Fingerprint => {
  const hash = new Hash();
  for (let at = startOf(statement); at < statement.end; at++) hash.add(text.charCodeAt(at));
  return hash.value;
});

function joined(parts: readonly Fingerprint[]): Fingerprint {
  const hash = new Hash();
  for (const part of parts) {
    hash.add(part >>> 0);
    hash.add(part / 2 ** 32);
  }
  return hash.value;
}

/** Two 32-bit FNV-1a hashes side by side. */
class Hash {
  #a = 0x811c9dc5;
  #b = 0x01000193;

  add(unit: number): void {
    this.#a = Math.imul(this.#a ^ unit, 0x01000193);
    this.#b = Math.imul(this.#b ^ unit, 0x85ebca6b);
  }

  get value(): Fingerprint {
    return (this.#a >>> 0) * 2 ** 21 + (this.#b >>> 11);
  }
}
