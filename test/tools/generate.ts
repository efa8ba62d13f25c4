/** Writes what follows from the rules' own words: registry, catalogue, page headers, schemas. `--check` fails where one is stale. */
import { writeFileSync } from 'node:fs';
import type { Rule, RuleInfo } from '../../server/rules/rule.js';
import { camelCase, readText, root, ruleIds, rulesFolder } from './rule-files.js';

const isCheck = process.argv.includes('--check');
const stale: string[] = [];

async function main(): Promise<void> {
  const ids = ruleIds();
  put(`${rulesFolder}registry.ts`, registryOf(ids));
  await Promise.all(ids.map(load));
  const { allRules: rules } = await import('../../server/features/rulebook.js');
  const { configurationSchema, pyprojectSchema } = await import('../../server/features/configuration/schema.js');
  put(`${root}docs/schemas/initlens.json`, json(configurationSchema(rules)));
  put(`${root}docs/schemas/pyproject.json`, json(pyprojectSchema(rules)));
  for (const rule of rules) putHeader(rule);
  put(`${rulesFolder}README.md`, catalogueOf(rules));
  for (const path of stale) console.error(`${path.slice(root.length)} is stale: run npm run generate`);
  process.exitCode = stale.length > 0 ? 1 : 0;
}

async function load(id: string): Promise<Rule> {
  const module = await import(`${rulesFolder}${id}.ts`);
  const rule: Rule | undefined = module[camelCase(id)];
  if (rule?.id !== id) throw new Error(`server/rules/${id}.ts must export ${camelCase(id)}, a rule of that id`);
  return rule;
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

function put(path: string, text: string): void {
  if (readText(path) === text) return;
  if (isCheck) stale.push(path);
  else writeFileSync(path, text);
}

function registryOf(ids: readonly string[]): string {
  const imports = [
    ...ids.map(it => `import { ${camelCase(it)} } from './${it}.js';`),
    "import type { Rule } from './rule.js';",
  ];
  return [
    '/** Every rule, by name. Generated from the files beside it: do not edit. */',
    ...imports.sort((a, b) => (pathIn(a) < pathIn(b) ? -1 : 1)),
    '',
    'export const rules: readonly Rule[] = [',
    ...ids.map(it => `  ${camelCase(it)},`),
    '];',
    '',
  ].join('\n');
}

const pathIn = (line: string) => line.slice(line.indexOf("'") + 1, line.lastIndexOf('.js'));

/** The page's own text begins at its first heading of the second level. */
function putHeader(rule: RuleInfo): void {
  const path = `${rulesFolder}${rule.id}.md`;
  const body = readText(path).replace(/^[\s\S]*?(?=^## )/m, '');
  put(path, headerOf(rule) + body);
}

function headerOf({ id, summary, severity, fix, since }: RuleInfo): string {
  return `# ${id}\n\n> ${summary}.\n>\n> Severity: **${severity}** · Fix: **${fix}** · Since ${since}\n\n`;
}

function catalogueOf(rules: readonly RuleInfo[]): string {
  const rows = rules.map(
    ({ id, summary, severity, fix }) => `| [${id}](${id}.md) | ${summary} | ${severity} | ${fix} |`,
  );
  return `${CATALOGUE_HEAD}${rows.join('\n')}\n`;
}

const CATALOGUE_HEAD = `# Rules

A safe fix is applied by fix-all: the code raises, does nothing, or uses an old name. An unsafe one changes how training
starts and is offered, never applied unasked. The grade follows the evidence: a rule that has the numbers raises or lowers it.

| Rule | What it finds | Severity | Fix |
| --- | --- | --- | --- |
`;

await main();
