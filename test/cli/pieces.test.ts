/** The pieces of the command line that need no analysis: arguments, differences, widths, formats. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plain } from '../../server/cli/colour.js';
import { unifiedDiff } from '../../server/cli/diff.js';
import { githubReport } from '../../server/cli/formats/github.js';
import { sarifReport } from '../../server/cli/formats/sarif.js';
import { statisticsOf } from '../../server/cli/formats/statistics.js';
import { textReport } from '../../server/cli/formats/text.js';
import { displayWidth, printable } from '../../server/cli/formats/width.js';
import { closest, type Option, readArguments, UsageError } from '../../server/cli/options.js';
import type { ReportedFinding } from '../../server/cli/report.js';

const options: readonly Option[] = [
  { name: 'format', short: 'f', value: 'FORMAT', choices: ['text', 'json'], description: '' },
  { name: 'fix', description: '' },
  { name: 'select', value: 'RULES', description: '' },
];

test('arguments: flags, values, lists, and names behind --', () => {
  const given = readArguments(
    ['a.py', '--fix', '--format=json', '--select', 'x,y', '--select', 'z', '--', '--b'],
    options,
  );
  assert.deepEqual(given.positionals, ['a.py', '--b']);
  assert.ok(given.has('fix'));
  assert.equal(given.value('format'), 'json');
  assert.deepEqual(given.list('select'), ['x', 'y', 'z']);
  assert.deepEqual(readArguments(['-', '-f', 'text'], options).positionals, ['-']);
});

test('arguments that make no sense are named', () => {
  const failing = (args: string[]) => () => readArguments(args, options);
  assert.throws(failing(['--fixx']), new UsageError('there is no option --fixx; is --fix meant?'));
  assert.throws(failing(['--format', 'xml']), new UsageError('--format is one of text, json, not xml'));
  assert.throws(failing(['--format']), new UsageError('--format needs a value: --format FORMAT'));
  assert.throws(failing(['--fix=yes']), new UsageError('--fix takes no value'));
  assert.equal(closest('gain-mismach', ['zero-weight', 'gain-mismatch']), 'gain-mismatch');
  assert.equal(closest('xyz', ['zero-weight']), undefined);
});

test('a difference is what `patch` reads', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n';
  const after = 'a\nb\nC\nd\ne\nf\ng\nh\ni\nj\nk';
  assert.equal(
    unifiedDiff('x.py', before, after, plain),
    [
      '--- x.py',
      '+++ x.py',
      '@@ -1,6 +1,6 @@',
      ' a',
      ' b',
      '-c',
      '+C',
      ' d',
      ' e',
      ' f',
      '@@ -8,3 +8,4 @@',
      ' h',
      ' i',
      ' j',
      '+k',
      '\\ No newline at end of file',
      '',
    ].join('\n'),
  );
  assert.equal(unifiedDiff('x.py', before, before, plain), '');
});

test('widths of what a terminal shows', () => {
  assert.equal(displayWidth('ab'), 2);
  assert.equal(displayWidth('学习'), 4);
  assert.equal(displayWidth('😀'), 2);
  assert.equal(displayWidth('e\u0301'), 1);
  assert.equal(printable('a\u001b[31mb'), 'a\u241b[31mb');
});

const finding: ReportedFinding = {
  rule: 'zero-weight',
  severity: 'warning',
  path: 'models/net 1.py',
  start: { line: 2, column: 3 },
  end: { line: 2, column: 5 },
  message: '100% zero, or not',
  fix: {
    title: 'Use Kaiming',
    safe: false,
    edits: [{ start: { line: 2, column: 3 }, end: { line: 2, column: 5 }, text: 'x' }],
  },
  related: [{ path: 'b.py', start: { line: 1, column: 1 }, end: { line: 1, column: 2 }, message: 'here' }],
};

test('text: place, rule, message, the line with carets, the summary', () => {
  const report = { findings: [finding], files: 1, errors: [] };
  assert.equal(
    textReport(report, () => '\t😀ab = 1', plain),
    [
      'models/net 1.py:2:3 warning[zero-weight] 100% zero, or not',
      '    2 | \t😀ab = 1',
      '      | \t  ^^',
      '      = b.py:1:1 here',
      '      = fix: Use Kaiming (changes how training starts)',
      '',
      '1 warning in 1 file; 1 with --fix --unsafe-fixes.',
      '',
    ].join('\n'),
  );
});

test('GitHub: one line each, with its own escapes', () => {
  const text = githubReport({ findings: [finding], files: 1, errors: [{ path: 'a,b.py', message: 'no\nfile' }] });
  assert.deepEqual(text.split('\n'), [
    '::warning title=InitLens (zero-weight),file=models/net 1.py,line=2,col=3,endLine=2,endColumn=5::models/net 1.py:2:3: 100%25 zero, or not',
    '::error file=a%2Cb.py::no%0Afile',
    '',
  ]);
});

test('SARIF: places, related places, fixes', () => {
  const report = { findings: [finding], files: 1, errors: [] };
  const log = JSON.parse(sarifReport(report, { version: '1.2.3', rules: [], folder: '/w' }));
  const [run] = log.runs;
  assert.equal(log.version, '2.1.0');
  assert.equal(run.columnKind, 'unicodeCodePoints');
  const [result] = run.results;
  const place = result.locations[0].physicalLocation;
  assert.deepEqual(place.region, { startLine: 2, startColumn: 3, endLine: 2, endColumn: 5 });
  assert.equal(place.artifactLocation.uri, 'models/net%201.py');
  assert.equal(result.relatedLocations[0].message.text, 'here');
  assert.equal(result.fixes[0].artifactChanges[0].replacements[0].insertedContent.text, 'x');
  assert.equal(run.originalUriBaseIds.STARTED.uri, 'file:///w/');
  const onWindows = sarifReport(report, { version: '1.2.3', rules: [], folder: 'C:/my nets' });
  assert.equal(JSON.parse(onWindows).runs[0].originalUriBaseIds.STARTED.uri, 'file:///C:/my%20nets/');
});

test('statistics: most frequent first, the most severe grade of each', () => {
  const hint = { ...finding, severity: 'hint' as const, fix: null };
  const other = { ...finding, rule: 'scale-drift' };
  assert.deepEqual(statisticsOf([hint, other, finding]), [
    { rule: 'zero-weight', count: 2, severity: 'warning', fixable: 1 },
    { rule: 'scale-drift', count: 1, severity: 'warning', fixable: 1 },
  ]);
});
