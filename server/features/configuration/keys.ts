/** The keys of `[tool.initlens]` and `initlens.toml`: what each may be, and where it goes. */
import type { Severity } from '../../rules/rule.js';
import { allRules, type Configuration } from './configuration.js';

/** A wrong value, with the keys that lead to it and, in a list, its index. */
export class Complaint {
  constructor(
    readonly message: string,
    readonly at: readonly (string | number)[] = [],
  ) {}
}

export interface Key {
  readonly name: string;
  readonly description: string;
  /** As a JSON schema has it; `schema.ts` defines what is referred to. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** What the value contributes; complaints go to `complain`, and what is right of it still counts. */
  read(value: unknown, context: Context): Configuration;
}

export interface Context {
  readonly folder: string;
  readonly rules: ReadonlySet<string>;
  complain(complaint: Complaint): void;
}

const ruleList = { $ref: '#/definitions/rules' };
export const severities: readonly string[] = ['error', 'warning', 'information', 'hint', 'off'];

export const keys: readonly Key[] = [
  {
    name: 'select',
    description: 'The rules to check, `ALL` for every one.',
    schema: ruleList,
    read: (value, context) => rulesIn(value, context, select => ({ select })),
  },
  {
    name: 'extend-select',
    description: 'Rules to check besides those of `select`.',
    schema: ruleList,
    read: (value, context) => rulesIn(value, context, extendSelect => ({ extendSelect })),
  },
  {
    name: 'ignore',
    description: 'Rules not to check.',
    schema: ruleList,
    read: (value, context) => rulesIn(value, context, ignore => ({ ignore })),
  },
  {
    name: 'per-file-ignores',
    description: 'Rules not to check in files that match a pattern, written as in .gitignore.',
    schema: { type: 'object', additionalProperties: ruleList },
    read: readFileIgnores,
  },
  {
    name: 'severity',
    description: 'How severe a rule is: `error`, `warning`, `information`, `hint`, or `off`.',
    schema: { $ref: '#/definitions/severities' },
    read: readSeverities,
  },
  {
    name: 'exclude',
    description: 'Files and folders to leave out, written as in .gitignore.',
    schema: { type: 'array', items: { type: 'string' } },
    read: readExclusions,
  },
  {
    name: 'torch-version',
    description: 'The version of torch that the code runs with, such as `"2.4"`.',
    schema: { type: 'string', pattern: '^\\d+(\\.\\d+)*' },
    read: (value, context) => versionIn(value, context, torchVersion => ({ torchVersion })),
  },
  {
    name: 'transformers-version',
    description: 'The version of transformers that the code runs with.',
    schema: { type: 'string', pattern: '^\\d+(\\.\\d+)*' },
    read: (value, context) => versionIn(value, context, transformersVersion => ({ transformersVersion })),
  },
];

/** Keys and indexes below the key that is being read. */
type Trail = readonly (string | number)[];

function rulesIn(value: unknown, context: Context, give: (rules: readonly string[]) => Configuration): Configuration {
  const rules = knownRules(value, context, []);
  return rules ? give(rules) : {};
}

function knownRules(value: unknown, context: Context, at: Trail): readonly string[] | undefined {
  return textsIn(value, context, at)?.filter((rule, index) => isRule(rule, context, [...at, index]));
}

function textsIn(value: unknown, context: Context, at: Trail): readonly string[] | undefined {
  if (!Array.isArray(value)) {
    context.complain(new Complaint('expected a list of strings', at));
    return undefined;
  }
  return value.filter((item, index) => {
    if (typeof item === 'string') return true;
    context.complain(new Complaint('expected a string', [...at, index]));
    return false;
  });
}

function isRule(rule: string, context: Context, at: Trail): boolean {
  if (rule === allRules || context.rules.has(rule)) return true;
  context.complain(new Complaint(`there is no rule \`${rule}\``, at));
  return false;
}

function readFileIgnores(value: unknown, context: Context): Configuration {
  const perFileIgnores = Object.entries(tableIn(value, context)).map(([pattern, rules]) => ({
    folder: context.folder,
    pattern,
    rules: knownRules(rules, context, [pattern]) ?? [],
  }));
  return { perFileIgnores };
}

function readExclusions(value: unknown, context: Context): Configuration {
  const patterns = textsIn(value, context, []);
  return patterns ? { exclude: patterns.map(pattern => ({ folder: context.folder, pattern })) } : {};
}

function readSeverities(value: unknown, context: Context): Configuration {
  const severity = new Map<string, Severity | 'off'>();
  for (const [rule, grade] of Object.entries(tableIn(value, context))) {
    if (!isRule(rule, context, [rule])) continue;
    if (isSeverity(grade)) severity.set(rule, grade);
    else context.complain(new Complaint(`expected one of ${severities.join(', ')}`, [rule]));
  }
  return { severity };
}

function isSeverity(value: unknown): value is Severity | 'off' {
  return typeof value === 'string' && severities.includes(value);
}

function tableIn(value: unknown, context: Context): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  context.complain(new Complaint('expected a table'));
  return {};
}

function versionIn(value: unknown, context: Context, give: (version: string) => Configuration): Configuration {
  if (typeof value === 'string' && /^\d+(\.\d+)*/.test(value)) return give(value);
  context.complain(new Complaint('expected a version such as "2.4"'));
  return {};
}
