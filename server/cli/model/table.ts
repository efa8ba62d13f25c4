/** `model`'s table as a person reads it. */
import { number } from '../../../core/describe-spec.js';
import type { Colours } from '../colour.js';
import { type Column, left, right, tableLines } from '../columns.js';
import { countText, placeText, shapeText } from './cells.js';
import type { ModelTable, ParameterRow } from './rows.js';

const columns: readonly Column<ParameterRow>[] = [
  left('name', it => it.name),
  left('shape', it => shapeText(it.shape)),
  left('initializer', it => it.initializer),
  left('values', it => (it.reason === undefined ? (it.distribution ?? '?') : `unknown: ${it.reason}`)),
  right('fan_in', it => String(it.fan_in ?? '')),
  right('fan_out', it => String(it.fan_out ?? '')),
  right('gain', it => (it.gain === null ? '' : number(it.gain))),
  right('std', it => (it.std === null ? '' : number(it.std))),
  left('where', it => placeText(it.site)),
];

export function tableText(table: ModelTable, colours: Colours): string {
  const { parameters } = table;
  return [...tableLines(columns, parameters, colours), '', countText(parameters), ...reasons(table), ''].join('\n');
}

function reasons({ unknowns }: ModelTable): readonly string[] {
  return unknowns.map(({ message, site }) => {
    const place = site === null ? '' : ` (${placeText(site)})`;
    return `unknown: ${message}${place}`;
  });
}
