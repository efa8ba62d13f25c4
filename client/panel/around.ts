/** Which network of those that can be shown the cursor is in. */
import type { Place, SignalResult, WeightsResult } from '../../server/lsp/protocol.js';

type Shown = SignalResult | WeightsResult;

export interface Cursor {
  readonly uri: string;
  readonly line: number;
}

/** The one whose class is around the cursor. */
export function networkAround({ networks }: Shown, cursor: Cursor): string | undefined {
  return networks.find(({ place }) => place !== undefined && holds(place, cursor))?.className;
}

/** Whether what is shown is made in that class, as by a base class: a cursor there is where it should be. */
export function isMadeIn(shown: Shown, className: string): boolean {
  const around = shown.networks.find(it => it.className === className)?.place;
  const parts = 'layers' in shown ? shown.layers : shown.rows;
  return parts.some(({ place }) => {
    if (place === undefined || around === undefined) return false;
    return holds(around, { uri: place.uri, line: place.range.start.line });
  });
}

function holds({ uri, range: { start, end } }: Place, cursor: Cursor): boolean {
  return uri === cursor.uri && start.line <= cursor.line && cursor.line <= end.line;
}
