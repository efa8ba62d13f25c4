/** Repairs files: in place, or as a diff. */
import type { Finding } from '../../analyze.js';
import { encodeLike } from '../../features/encode.js';
import { fixAll, isSafe } from '../../features/fixes.js';
import { FileFault } from '../../host.js';
import { writeNotebook } from '../../notebook.js';
import { isNotebook } from '../../text/cells.js';
import { decode } from '../../text/encoding.js';
import type { ReportedError } from '../report.js';
import type { CheckSession } from './session.js';

export interface Repair {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly applied: number;
}

/** What fixes make of a file's text; nothing is written. Undefined where nothing changes. */
export function repair(path: string, session: CheckSession): Repair | undefined {
  const before = session.sourceOf(path)?.text;
  if (before === undefined) return undefined;
  const mayApply = session.given.has('unsafe-fixes') ? () => true : isSafe;
  const { text, applied } = fixAll(before, candidate => findingsOf(path, candidate, session), mayApply);
  session.restore(path);
  return text === before ? undefined : { path, before, after: text, applied };
}

/** Writes beside and renames, in the encoding of the file; answers what went wrong. */
export function writeRepair({ path, after }: Repair, session: CheckSession): ReportedError | undefined {
  const { terminal } = session;
  const bytes = terminal.readFile(path);
  if (bytes instanceof FileFault) return session.error(path, bytes.message);
  const decoded = decode(bytes, it => terminal.decodeUtf8(it));
  if ('error' in decoded) return session.error(path, decoded.error);
  const written = isNotebook(path) ? writeNotebook(decoded.text, after) : after;
  if (written === undefined) return session.error(path, 'cannot be fixed: it is not written as Jupyter writes it');
  const encoded = encodeLike({ bytes, ...decoded }, written, it => terminal.encodeUtf8(it));
  if (encoded === undefined) return session.error(path, `the fixed text cannot be written as ${decoded.encoding}`);
  const fault = terminal.writeFile(path, encoded);
  return fault && session.error(path, `cannot be fixed: ${fault.message}`);
}

function findingsOf(path: string, text: string, session: CheckSession): readonly Finding[] {
  session.projectOf(path).openDocument(path, text);
  const found = session.analyze(path);
  return 'message' in found ? [] : session.curate(path, found);
}
