/** Reads a configuration file; what is wrong in it becomes problems, and the rest counts. */
import { parse, TomlError } from 'smol-toml';
import { nameOf } from '../../text/paths.js';
import type { Span } from '../../text/span.js';
import { type Configuration, mergeConfigurations } from './configuration.js';
import { Complaint, type Context, keys } from './keys.js';
import { locateKey } from './locate.js';

export interface Problem {
  readonly message: string;
  readonly span: Span;
  /** True when the file as a whole could not be read. */
  readonly isBroken: boolean;
}

export interface ConfigurationFile {
  /** Undefined when the file says nothing to InitLens. */
  readonly configuration: Configuration | undefined;
  readonly text: string;
  readonly problems: readonly Problem[];
}

export const configurationNames: readonly string[] = ['initlens.toml', 'pyproject.toml'];

export function isConfiguration(path: string): boolean {
  return configurationNames.includes(nameOf(path));
}

export function readConfiguration(path: string, text: string, rules: ReadonlySet<string>): ConfigurationFile {
  const document = parseToml(text);
  if (document instanceof TomlError) return broken(document, text);
  const prefix = nameOf(path) === 'pyproject.toml' ? ['tool', 'initlens'] : [];
  const table = tableAt(document, prefix);
  if (table === undefined) return { configuration: undefined, text, problems: [] };
  return readTable(table, prefix, text, path.slice(0, -nameOf(path).length - 1) || '/', rules);
}

function readTable(
  table: Readonly<Record<string, unknown>>,
  prefix: readonly string[],
  text: string,
  folder: string,
  rules: ReadonlySet<string>,
): ConfigurationFile {
  const problems: Problem[] = [];
  const parts: Configuration[] = [];
  for (const [name, value] of Object.entries(table)) {
    const complain = (complaint: Complaint) => {
      const span = locateKey(text, [...prefix, name, ...complaint.at]);
      problems.push({ message: `\`${name}\`: ${complaint.message}`, span, isBroken: false });
    };
    parts.push(readKey(name, value, { folder, rules, complain }));
  }
  return { configuration: mergeConfigurations(parts), text, problems };
}

function readKey(name: string, value: unknown, context: Context): Configuration {
  const key = keys.find(it => it.name === name);
  if (key !== undefined) return key.read(value, context);
  context.complain(new Complaint(`unknown key; there are ${keys.map(it => `\`${it.name}\``).join(', ')}`));
  return {};
}

function parseToml(text: string): unknown | TomlError {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof TomlError) return error;
    throw error;
  }
}

function broken(error: TomlError, text: string): ConfigurationFile {
  const [message = error.message] = error.message.split('\n');
  const problem = { message, span: lineSpan(text, error.line), isBroken: true };
  return { configuration: undefined, text, problems: [problem] };
}

/** The line's span, counted from 1. */
function lineSpan(text: string, line: number): Span {
  const lines = text.split('\n').slice(0, line);
  const end = lines.join('\n').length;
  return { start: end - (lines.at(-1)?.length ?? 0), end };
}

function tableAt(document: unknown, path: readonly string[]): Readonly<Record<string, unknown>> | undefined {
  let at = document;
  for (const key of path) at = (at as Record<string, unknown> | undefined)?.[key];
  return typeof at === 'object' && at !== null ? (at as Record<string, unknown>) : undefined;
}
