/** The report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), for code scanning. */
import type {
  ArtifactLocation,
  Fix,
  Location,
  Log,
  Notification,
  Region,
  ReportingDescriptor,
  Result,
  Run,
} from 'sarif';
import type { RuleInfo, Severity } from '../../finding.js';
import { isAbsolute } from '../../text/paths.js';
import type { Place, Report, ReportedError, ReportedFinding, ReportedFix, ReportedRelation } from '../report.js';

export interface Producer {
  readonly version: string;
  readonly rules: readonly RuleInfo[];
  /** Where the program was started; paths are relative to it. */
  readonly folder: string;
}

export function sarifReport(report: Report, producer: Producer): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(report, producer)],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function runOf(report: Report, { version, rules, folder }: Producer): Run {
  return {
    tool: { driver: { name: 'InitLens', version, rules: rules.map(ruleOf) } },
    columnKind: 'unicodeCodePoints',
    originalUriBaseIds: { [base]: { uri: `${fileUri(folder).replace(/\/$/, '')}/` } },
    invocations: [
      { executionSuccessful: report.errors.length === 0, toolExecutionNotifications: report.errors.map(notification) },
    ],
    results: report.findings.map(it => resultOf(it, rules)),
  };
}

const base = 'STARTED';
const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

function ruleOf({ id, summary, severity }: RuleInfo): ReportingDescriptor {
  return { id, shortDescription: { text: summary }, defaultConfiguration: { level: levels[severity] } };
}

function resultOf(finding: ReportedFinding, rules: readonly RuleInfo[]): Result {
  const ruleIndex = rules.findIndex(it => it.id === finding.rule);
  return {
    ruleId: finding.rule,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [locationOf(finding)],
    relatedLocations: finding.related.map((it, id) => ({ id, ...locationOf(it), message: { text: it.message } })),
    ...(finding.fix && { fixes: [fixOf(finding.path, finding.fix)] }),
  };
}

/** In a notebook the region counts from its cell, which the logical location names. */
function locationOf({ path, cell, start, end }: ReportedRelation | ReportedFinding): Location {
  return {
    physicalLocation: { artifactLocation: artifactOf(path), region: regionOf(start, end) },
    ...(cell !== undefined && { logicalLocations: [{ name: `cell ${cell}`, kind: 'module' }] }),
  };
}

function fixOf(path: string, { title, edits }: ReportedFix): Fix {
  const replacements = edits.map(it => ({
    deletedRegion: regionOf(it.start, it.end),
    insertedContent: { text: it.text },
  }));
  return { description: { text: title }, artifactChanges: [{ artifactLocation: artifactOf(path), replacements }] };
}

function notification({ path, message }: ReportedError): Notification {
  return {
    level: 'error',
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: artifactOf(path) } }],
  };
}

function artifactOf(path: string): ArtifactLocation {
  if (isAbsolute(path)) return { uri: fileUri(path) };
  return { uri: encodePath(path), uriBaseId: base };
}

function regionOf(start: Place, end: Place): Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** `C:/x` is `file:///C:/x`. */
function fileUri(path: string): string {
  const [drive = ''] = /^[A-Za-z]:/.exec(path) ?? [];
  return drive === '' ? `file://${encodePath(path)}` : `file:///${drive}${encodePath(path.slice(drive.length))}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
