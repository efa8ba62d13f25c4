/** Who wrote a parameter last, and who called them. */
import type { Analysis } from '../../analyze.js';
import type { Write } from '../../model/parameters.js';
import { cellAt } from '../../text/cells.js';
import { nameOf } from '../../text/paths.js';
import type { Site } from '../../text/span.js';

export function provenance(write: Write, analysis: Analysis): string {
  const place = placeText(write.site, analysis);
  if (write.origin === 'loaded') return `from a checkpoint, ${place}`;
  if (write.origin === 'default') return `by default, built ${place}`;
  const callers = write.chain.map(it => placeText(it, analysis));
  const context = write.context === 'apply' ? ' through `apply`' : '';
  const distinct = [...new Set(callers)].filter(it => it !== place);
  return `${place}${context}${distinct.length === 0 ? '' : `, called ${distinct.slice(0, 3).join(', ')}`}`;
}

/** `line 12`; in a notebook the cell and the line in it; the file where it is another one. */
function placeText({ path, start }: Site, { path: here, source }: Analysis): string {
  if (path !== here) return `in ${nameOf(path)}`;
  const { line } = source.lines.locationAt(start);
  const cell = cellAt(source, start);
  return cell === undefined ? `line ${line}` : `cell ${cell.number}, line ${line - source.lines.lineAt(cell.start)}`;
}
