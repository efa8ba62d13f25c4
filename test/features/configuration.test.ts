/** Configuration files: what they say, what is wrong in them and where, which of them holds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEnabled, mergeConfigurations } from '../../server/features/configuration/configuration.js';
import { keys } from '../../server/features/configuration/keys.js';
import { ConfigurationLookup } from '../../server/features/configuration/lookup.js';
import { ignoredRulesOf, isExcluded } from '../../server/features/configuration/patterns.js';
import { readConfiguration } from '../../server/features/configuration/read.js';
import { configurationSchema, pyprojectSchema } from '../../server/features/configuration/schema.js';
import { allRules, ruleNames } from '../../server/features/rulebook.js';
import { memoryFiles } from './memory-files.js';

const rules = new Set(['zero-weight', 'gain-mismatch', 'scale-drift']);

function read(text: string, path = '/project/initlens.toml') {
  return readConfiguration(path, text, rules);
}

/** Each problem with the text that it points at. */
function problemsOf(text: string, path?: string): readonly string[] {
  return read(text, path).problems.map(({ message, span }) => `${text.slice(span.start, span.end)} → ${message}`);
}

test('every key is read', () => {
  const { configuration, problems } = read(`
    select = ["ALL"]
    ignore = ["zero-weight"]
    extend-select = ["scale-drift"]
    exclude = ["legacy/"]
    torch-version = "2.4"
    transformers-version = "4.40.1"
    [severity]
    gain-mismatch = "hint"
    [per-file-ignores]
    "tests/*" = ["gain-mismatch"]
  `);
  assert.deepEqual(problems, []);
  assert.deepEqual(configuration?.select, ['ALL']);
  assert.deepEqual(configuration?.ignore, ['zero-weight']);
  assert.deepEqual(configuration?.extendSelect, ['scale-drift']);
  assert.equal(configuration?.torchVersion, '2.4');
  assert.equal(configuration?.transformersVersion, '4.40.1');
  assert.equal(configuration?.severity?.get('gain-mismatch'), 'hint');
  assert.ok(isExcluded('/project/legacy/a.py', configuration!));
  assert.ok(!isExcluded('/project/new/a.py', configuration!));
  assert.deepEqual([...ignoredRulesOf('/project/tests/a.py', configuration!)], ['gain-mismatch']);
  assert.deepEqual([...ignoredRulesOf('/project/a.py', configuration!)], []);
});

test('of pyproject.toml only the own table counts', () => {
  assert.equal(read('[tool.ruff]\nselect = ["E"]\n', '/p/pyproject.toml').configuration, undefined);
  const { configuration } = read('[tool.initlens]\nignore = ["zero-weight"]\n', '/p/pyproject.toml');
  assert.deepEqual(configuration?.ignore, ['zero-weight']);
});

test('wrong keys and values are placed, and what is right still counts', () => {
  const text = '[tool.initlens]\nselekt = []\nignore = ["zero-weight", "zero-wait"]\ntorch-version = 2\n';
  assert.deepEqual(
    problemsOf(text, '/p/pyproject.toml').map(it => it.split(';')[0]),
    [
      'selekt → `selekt`: unknown key',
      '"zero-wait" → `ignore`: there is no rule `zero-wait`',
      'torch-version → `torch-version`: expected a version such as "2.4"',
    ],
  );
  assert.deepEqual(read(text, '/p/pyproject.toml').configuration?.ignore, ['zero-weight']);
  assert.deepEqual(problemsOf('[severity]\nzero-weight = "loud"\n'), [
    'zero-weight → `severity`: expected one of error, warning, information, hint, off',
  ]);
  assert.deepEqual(problemsOf('select = "zero-weight"\n'), ['select → `select`: expected a list of strings']);
  assert.equal(read('select = "zero-weight"\n').configuration?.select, undefined);
});

test('a broken file is named with its line', () => {
  const [problem] = read('ignore = [\n"zero-weight"\nx = 1\n').problems;
  assert.ok(problem?.isBroken);
  assert.ok(problem.span.start > 0);
});

test('rules are on unless something says otherwise', () => {
  assert.ok(isEnabled('zero-weight', {}));
  assert.ok(!isEnabled('zero-weight', { select: ['scale-drift'] }));
  assert.ok(isEnabled('zero-weight', { select: ['scale-drift'], extendSelect: ['zero-weight'] }));
  assert.ok(!isEnabled('zero-weight', { ignore: ['ALL'] }));
  assert.ok(!isEnabled('zero-weight', { severity: new Map([['zero-weight', 'off']]) }));
  assert.deepEqual(mergeConfigurations([{ select: ['a'] }, { select: ['b'], ignore: ['c'] }]), {
    select: ['a'],
    ignore: ['c'],
  });
});

test('the nearest file wins, key by key; flags before all, the editor behind all', () => {
  const files = memoryFiles({
    '/w/pyproject.toml': '[tool.initlens]\nignore = ["zero-weight"]\ntorch-version = "1.13"\n',
    '/w/inner/initlens.toml': 'ignore = ["scale-drift"]\n',
    '/w/inner/pyproject.toml': '[tool.initlens]\nignore = ["gain-mismatch"]\n',
  });
  const outer = { torchVersion: '2.0', transformersVersion: '4.0' };
  const lookup = new ConfigurationLookup({ files, rules, inner: { select: ['scale-drift'] }, outer });
  assert.deepEqual(lookup.of('/w/inner/a.py'), {
    select: ['scale-drift'],
    ignore: ['scale-drift'],
    torchVersion: '1.13',
    transformersVersion: '4.0',
  });
  assert.deepEqual(lookup.of('/w/a.py').ignore, ['zero-weight']);
  assert.deepEqual(lookup.of('/elsewhere/a.py').torchVersion, '2.0');
});

test('the schemas of both files know every key and every rule', () => {
  const schema = configurationSchema(allRules);
  const inPyproject = pyprojectSchema(allRules);
  const names = keys.map(it => it.name);
  assert.deepEqual(Object.keys(schema.properties as object), names);
  // biome-ignore lint/suspicious/noExplicitAny: a schema is plain data
  assert.deepEqual(Object.keys((inPyproject.properties as any).tool.properties.initlens.properties), names);
  // biome-ignore lint/suspicious/noExplicitAny: a schema is plain data
  const { rule } = schema.definitions as any;
  assert.deepEqual(rule.enum, ['ALL', ...ruleNames]);
});
