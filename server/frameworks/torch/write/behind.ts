/** Adds an initializer's call behind a statement. */
import type { Intent } from '../../../model/intent.js';
import type { Statement } from '../../../syntax/tree.js';
import type { Span } from '../../../text/span.js';
import type { Edit } from '../../framework.js';
import type { File } from './file.js';
import { aliasesOf, spell } from './imports.js';
import { statementAt } from './statements.js';
import { wordsFor } from './words.js';

/** `self.w = nn.Parameter(torch.empty(…))` is followed by `init.xavier_uniform_(self.w)`. */
export function initializeBehind(
  file: File,
  intent: Intent & { kind: 'initialize-behind' },
): readonly Edit[] | undefined {
  const statement = statementAt(file, intent.site)?.statement;
  const tensor = statement && tensorOf(file, statement, intent.tensor);
  if (statement === undefined || tensor === undefined) return undefined;
  const words = wordsFor(file, { spec: intent.spec }, tensor);
  const indent = ownIndent(file, statement);
  if (words === undefined || indent === undefined) return undefined;
  const { text, edits } = spell(file, words.name);
  const subject = intent.index === undefined ? tensor : `${tensor}[${intent.index}]`;
  const call = `${text}(${[subject, ...words.args].join(', ')})`;
  return [...edits, { start: statement.end, end: statement.end, text: `${file.lineBreak}${indent}${call}` }];
}

/** A list that is assigned is gone through behind the statement; one that is returned gets a name first. */
export function resetLayersBehind(file: File, site: Span): readonly Edit[] | undefined {
  const statement = statementAt(file, site)?.statement;
  const indent = statement && ownIndent(file, statement);
  if (statement === undefined || indent === undefined) return undefined;
  const { start, end } = statement;
  if (statement.kind !== 'Return') {
    const list = tensorOf(file, statement, undefined);
    return list === undefined ? undefined : [{ start: end, end, text: resetting(file, list, indent) }];
  }
  if (statement.value === undefined) return undefined;
  const list = freeName(file, 'layers', 'copies', 'new_layers');
  return [
    { start, end: statement.value.start, text: `${list} = ` },
    { start: end, end, text: `${resetting(file, list, indent)}${file.lineBreak}${indent}return ${list}` },
  ];
}

function resetting(file: File, list: string, indent: string): string {
  const unit = file.indentUnit;
  const layer = freeName(file, 'layer', 'module', 'each_layer');
  const lines = [
    `for ${layer} in ${list}.modules():`,
    `${unit}if hasattr(${layer}, ${file.quote('reset_parameters')}):`,
    `${unit}${unit}${layer}.reset_parameters()`,
  ];
  return lines.map(it => `${file.lineBreak}${indent}${it}`).join('');
}

/** A name that the file does not use for anything yet. */
function freeName(file: File, ...names: readonly string[]): string {
  const isUsed = (it: string) => new RegExp(`\\b${it}\\b`).test(file.text);
  return names.find(it => !isUsed(it)) ?? `_${names[0]}`;
}

/** The tensor that is named, or what the statement assigns to. */
function tensorOf(file: File, statement: Statement, given: Span | undefined): string | undefined {
  if (given !== undefined) return file.textOf(given);
  if (statement.kind === 'AnnotatedAssign') return nameIn(file, statement.target);
  return statement.kind === 'Assign' && statement.targets.length === 1
    ? nameIn(file, statement.targets[0]!)
    : undefined;
}

function nameIn(file: File, target: Span & { readonly kind: string }): string | undefined {
  return target.kind === 'Attribute' || target.kind === 'Name' ? file.textOf(target) : undefined;
}

/** Undefined for a statement that shares its line. */
function ownIndent(file: File, { start, end }: Span): string | undefined {
  const indent = file.indentAt(start);
  const isFirst = file.text.slice(file.lineStart(start), start) === indent;
  const isLast = /^\s*(#.*)?$/.test(file.text.slice(end, file.lineEnd(end)));
  return isFirst && isLast ? indent : undefined;
}

/** `fc.weight = t` becomes `fc.weight = nn.Parameter(t)`. */
export function wrapInParameter(file: File, site: Span): readonly Edit[] | undefined {
  const statement = statementAt(file, site)?.statement;
  if (statement?.kind !== 'Assign' || statement.targets.length !== 1) return undefined;
  const name = aliasesOf(file, 'torch.nn.Parameter')[0];
  if (name === undefined) return undefined;
  const { start, end } = statement.value;
  return [
    { start, end: start, text: `${name}(` },
    { start: end, end, text: ')' },
  ];
}
