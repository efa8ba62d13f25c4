/** What is wrong in configuration files, as findings and errors of the report. */
import type { ConfigurationFile } from '../../features/configuration/read.js';
import { relativePath } from '../../text/paths.js';
import { Source } from '../../text/source.js';
import type { ReportedError, ReportedFinding } from '../report.js';
import { locateSite } from './places.js';
import type { CheckSession } from './session.js';

/** The name under which wrong keys and values are reported. */
const rule = 'configuration';

export function configurationFindings(session: CheckSession): readonly ReportedFinding[] {
  return filesOf(session).flatMap(([path, { problems, text }]) => {
    const source = new Source(path, text);
    return problems
      .filter(it => !it.isBroken)
      .map(({ span, message }) => ({
        rule,
        severity: 'warning' as const,
        ...locateSite({ path, ...span }, session.folder, () => source),
        message,
        fix: null,
        related: [],
      }));
  });
}

/** Files that could not be read at all. */
export function configurationErrors(session: CheckSession): readonly ReportedError[] {
  return filesOf(session).flatMap(([path, { problems }]) =>
    problems.filter(it => it.isBroken).map(({ message }) => ({ path: relativePath(session.folder, path), message })),
  );
}

function filesOf(session: CheckSession): readonly (readonly [string, ConfigurationFile])[] {
  return [...session.configurations.files];
}
