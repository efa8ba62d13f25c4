/** Gives a class a `reset_parameters` that computes again what its constructor computes, and calls it where values are given up. */
import type { Intent } from '../../../model/intent.js';
import type * as tree from '../../../syntax/tree.js';
import { nodeAt, walk } from '../../../syntax/walk.js';
import type { Edit } from '../../framework.js';
import type { File } from './file.js';
import { spellTorch } from './imports.js';
import { ClassWriter } from './method.js';

const METHOD = 'reset_parameters';

/** Undefined where a value is computed from what only the constructor knows and does not keep. */
export function remake(file: File, { sites, forgotten }: Intent & { kind: 'remake' }): readonly Edit[] | undefined {
  const [first] = sites;
  const owner = first && nodeAt(file.tree, first.start)?.ancestors.findLast(it => it.kind === 'ClassDefinition');
  const made = owner && sites.map(it => madeAt(owner, it.start));
  const release = releaseAt(file, forgotten.start, owner);
  const writer = owner && ClassWriter.for(file, owner.name, METHOD);
  if (writer === undefined || release === undefined || made === undefined) return undefined;
  const values = new Values(file, owner!, writer.self);
  const lines = made.map(it => it && values.remade(it));
  if (lines.length === 0 || lines.some(it => it === undefined)) return undefined;
  const { text, edits } = spellTorch(file);
  writer.imports.push(...edits);
  const body = [`with ${text}.no_grad():`, ...lines.map(it => writer.unit + it)];
  return [...writer.edits(values.kept, `${METHOD}(${writer.self})`, body), release];
}

interface Made {
  readonly target: tree.Attribute;
  readonly value: tree.Expression;
}

/** `self.scale = nn.Parameter(value)`, for itself in the constructor. */
function madeAt({ body }: tree.ClassDefinition, start: number): Made | undefined {
  const initializer = constructorIn(body);
  for (const it of initializer?.body ?? []) {
    if (it.kind !== 'Assign' || it.value.kind !== 'Call' || it.value.start !== start) continue;
    const [target, ...others] = it.targets;
    const [value] = it.value.args;
    if (target?.kind === 'Attribute' && others.length === 0 && value !== undefined) return { target, value };
  }
  return undefined;
}

const constructorIn = (body: readonly tree.Statement[]) =>
  body.find((it): it is tree.FunctionDefinition => it.kind === 'FunctionDefinition' && it.name.name === '__init__');

/** What values are computed from: names of the module as they are, arguments of the constructor once they are kept. */
class Values {
  /** Statements that keep arguments. */
  readonly kept: string[] = [];
  readonly #arguments: ReadonlySet<string>;
  readonly #bound: ReadonlySet<string>;

  constructor(
    readonly file: File,
    readonly owner: tree.ClassDefinition,
    readonly self: string,
  ) {
    const initializer = constructorIn(owner.body)!;
    this.#arguments = new Set(initializer.parameters.list.slice(1).map(it => it.name.name));
    this.#bound = boundIn(initializer);
  }

  remade({ target, value }: Made): string | undefined {
    const names: tree.Name[] = [];
    walk(value, node => {
      if (node.kind === 'Name' && node.name !== this.self) names.push(node);
      return true;
    });
    if (names.some(it => this.#bound.has(it.name))) return undefined;
    let text = this.file.textOf(value);
    for (const { name, start, end } of names.toReversed()) {
      if (!this.#arguments.has(name)) continue;
      if (!this.#keep(name)) return undefined;
      text = `${text.slice(0, start - value.start)}${this.self}.${name}${text.slice(end - value.start)}`;
    }
    return `${this.file.textOf(target)}.copy_(${text})`;
  }

  /** Under its own name, unless the class uses that for something else. */
  #keep(name: string): boolean {
    const statement = `${this.self}.${name} = ${name}`;
    const text = this.file.textOf(this.owner);
    if (this.kept.includes(statement) || new RegExp(`^\\s*${statement}$`, 'm').test(text)) return true;
    if (new RegExp(`\\b${this.self}\\.${name}\\b`).test(text)) return false;
    this.kept.push(statement);
    return true;
  }
}

/** Variables of the constructor. */
function boundIn({ body }: tree.FunctionDefinition): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of body) {
    walk(statement, node => {
      if (node.kind === 'Assign') for (const it of node.targets) if (it.kind === 'Name') names.add(it.name);
      if (node.kind === 'For' && node.target.kind === 'Name') names.add(node.target.name);
      return true;
    });
  }
  return names;
}

/** Behind the statement that gives the values up: every module of the class makes its own again. */
function releaseAt(file: File, start: number, owner: tree.ClassDefinition | undefined): Edit | undefined {
  const call = nodeAt(file.tree, start)?.ancestors.findLast(it => it.kind === 'Call');
  const statement = nodeAt(file.tree, start)?.ancestors.findLast(it => it.kind === 'Expression');
  if (call?.callee.kind !== 'Attribute' || statement === undefined || owner === undefined) return undefined;
  const indent = file.indentAt(statement.start);
  if (file.text.slice(file.lineStart(statement.start), statement.start) !== indent) return undefined;
  const lines = [
    `for module in ${file.textOf(call.callee.value)}.modules():`,
    `${file.indentUnit}if isinstance(module, ${owner.name.name}):`,
    `${file.indentUnit}${file.indentUnit}module.${METHOD}()`,
  ];
  return { start: statement.end, end: statement.end, text: lines.map(it => file.lineBreak + indent + it).join('') };
}
