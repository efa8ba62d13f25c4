/** How the file speaks of torch: aliases that it imports, and the import that is missing. */
import type { Import, ImportAlias, ImportFrom, Statement } from '../../../syntax/tree.js';
import { walk } from '../../../syntax/walk.js';
import type { Span } from '../../../text/span.js';
import type { Edit } from '../../framework.js';
import type { File } from './file.js';

/** A name of torch.nn.init as this file writes it, with the import that it needs. */
export interface Spelling {
  readonly text: string;
  readonly edits: readonly Edit[];
}

const INIT = 'torch.nn.init';

/** Spells an initializer the way that stands at hand: the call's own prefix, an alias of the file, or a new import. */
export function spell(file: File, name: string, calleeText?: string): Spelling {
  const prefix = calleeText === undefined ? undefined : prefixOf(file, calleeText);
  if (prefix !== undefined) return { text: prefix + name, edits: [] };
  const direct = namesFrom(file, INIT).find(it => it.name.name === name);
  if (direct !== undefined) return { text: (direct.alias ?? direct.name).name, edits: [] };
  const alias = aliasesOf(file, INIT)[0];
  if (alias !== undefined) return { text: `${alias}.${name}`, edits: [] };
  const importing = importFrom(file, INIT);
  if (importing !== undefined) return { text: name, edits: [addName(importing, name)] };
  return { text: `init.${name}`, edits: [newImport(file)] };
}

/** The package itself, imported where the file does not. */
export function spellTorch(file: File): Spelling {
  const alias = aliasesOf(file, 'torch')[0];
  return alias === undefined ? { text: 'torch', edits: [newImport(file, 'import torch')] } : { text: alias, edits: [] };
}

/** `nn.init.` of `nn.init.xavier_uniform_`, where that is a name of the init module in this file. */
function prefixOf(file: File, callee: string): string | undefined {
  const dot = callee.lastIndexOf('.');
  if (dot < 0) return undefined;
  const path = callee.slice(0, dot);
  return aliasesOf(file, INIT).includes(path) ? `${path}.` : undefined;
}

/** Every dotted path under which the file reaches the module: `nn.init`, `init`, `torch.nn.init`. */
export function aliasesOf(file: File, module: string): readonly string[] {
  const paths: string[] = [];
  for (const statement of importsOf(file)) {
    if (statement.kind === 'Import') paths.push(...statement.names.flatMap(it => pathThrough(it, module)));
    else paths.push(...statement.names.flatMap(it => pathFrom(statement, it, module)));
  }
  return paths.sort((a, b) => a.length - b.length);
}

function pathThrough({ name, alias }: ImportAlias, module: string): readonly string[] {
  if (name.name !== module && !module.startsWith(`${name.name}.`)) return [];
  const rest = module.slice(name.name.length);
  return [alias === undefined ? module : alias.name + rest];
}

function pathFrom(statement: ImportFrom, { name, alias }: ImportAlias, module: string): readonly string[] {
  const full = `${statement.module?.name ?? ''}.${name.name}`;
  if (statement.level > 0 || (full !== module && !module.startsWith(`${full}.`))) return [];
  return [(alias ?? name).name + module.slice(full.length)];
}

function importsOf(file: File): readonly (Import | ImportFrom)[] {
  const found: (Import | ImportFrom)[] = [];
  walk(file.tree, node => {
    if (node.kind === 'Import' || node.kind === 'ImportFrom') found.push(node);
    return true;
  });
  return found;
}

const importFrom = (file: File, module: string): ImportFrom | undefined =>
  importsOf(file).find(
    (it): it is ImportFrom =>
      it.kind === 'ImportFrom' && it.level === 0 && it.module?.name === module && it.names[0]?.name.name !== '*',
  );

const namesFrom = (file: File, module: string): readonly ImportAlias[] => importFrom(file, module)?.names ?? [];

/** Spells a class of torch.nn, or of a module below it: `nn.Linear`, `Linear` where that is imported, else with the import that is missing. */
export function spellLayer(file: File, layer: string): Spelling {
  const name = PUBLIC.get(layer) ?? layer;
  const direct = namesFrom(file, LAYERS).find(it => it.name.name === name);
  if (direct !== undefined) return { text: (direct.alias ?? direct.name).name, edits: [] };
  const alias = aliasesOf(file, LAYERS)[0];
  if (alias !== undefined) return { text: `${alias}.${name}`, edits: [] };
  const importing = importFrom(file, LAYERS);
  if (importing !== undefined && !name.includes('.')) return { text: name, edits: [addName(importing, name)] };
  return { text: `nn.${name}`, edits: [newImport(file, 'from torch import nn')] };
}

const LAYERS = 'torch.nn';

/** Layers that torch makes and does not show, by the class that they extend. */
const PUBLIC: ReadonlyMap<string, string> = new Map([['NonDynamicallyQuantizableLinear', 'Linear']]);

function addName(statement: ImportFrom, name: string): Edit {
  const at = statement.names.at(-1)!.end;
  return { start: at, end: at, text: `, ${name}` };
}

/** Below the imports of the file's head, or at its top. */
function newImport(file: File, statement = 'from torch.nn import init'): Edit {
  const head = file.tree.body.filter(isHead);
  const last = head.findLast(it => it.kind === 'Import' || it.kind === 'ImportFrom') ?? head.at(-1);
  const at = last === undefined ? 0 : file.lineEnd(last.end);
  return { start: at, end: at, text: `${statement}${file.lineBreak}` };
}

const isHead = (statement: Statement, index: number): boolean =>
  statement.kind === 'Import' ||
  statement.kind === 'ImportFrom' ||
  (index === 0 && statement.kind === 'Expression' && statement.value.kind === 'String');

/** A name without a dot, as a `from torch.nn.init import …` gives it. */
export function isBareName(file: File, site: Span): boolean {
  return (
    file.text[site.start - 1] !== '.' &&
    namesFrom(file, INIT).some(it => (it.alias ?? it.name).name === file.textOf(site))
  );
}

/** The import and every use change together. */
export function renameImported(file: File, site: Span, name: string): readonly Edit[] {
  const old = file.textOf(site);
  const imported = namesFrom(file, INIT).find(it => (it.alias ?? it.name).name === old)!;
  const { start, end } = imported.name;
  if (imported.alias !== undefined) return [{ start, end, text: name }];
  const edits: Edit[] = [{ start, end, text: name }];
  walk(file.tree, node => {
    if (node.kind === 'Name' && node.name === old) edits.push({ start: node.start, end: node.end, text: name });
    return true;
  });
  return edits;
}
