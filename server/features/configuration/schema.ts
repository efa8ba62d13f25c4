/** JSON schemas of the configuration files, for editors that complete and check TOML by them. */
import type { RuleInfo } from '../../rules/rule.js';
import { allRules } from './configuration.js';
import { keys, severities } from './keys.js';

type Schema = Readonly<Record<string, unknown>>;

/** Of `initlens.toml`. */
export function configurationSchema(rules: readonly RuleInfo[]): Schema {
  return { $schema: dialect, title: 'Configuration of InitLens', ...tableSchema(), definitions: definitionsOf(rules) };
}

/** Of `pyproject.toml`: nothing is said of other tables than `[tool.initlens]`. */
export function pyprojectSchema(rules: readonly RuleInfo[]): Schema {
  const tool = { type: 'object', properties: { initlens: tableSchema() } };
  return {
    $schema: dialect,
    title: 'Configuration of InitLens in pyproject.toml',
    type: 'object',
    properties: { tool },
    definitions: definitionsOf(rules),
  };
}

/** The newest that TOML language servers know. */
const dialect = 'http://json-schema.org/draft-04/schema#';

function tableSchema(): Schema {
  const properties = keys.map(({ name, description, schema }) => [name, { description, ...schema }]);
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) };
}

function definitionsOf(rules: readonly RuleInfo[]): Schema {
  const graded = rules.map(({ id, summary }) => [id, { description: summary, enum: severities }]);
  return {
    rule: { enum: [allRules, ...rules.map(it => it.id)] },
    rules: { type: 'array', items: { $ref: '#/definitions/rule' } },
    severities: { type: 'object', additionalProperties: false, properties: Object.fromEntries(graded) },
  };
}
