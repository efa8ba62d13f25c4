/** `weights`' table as a person reads it. */
import { number } from '../../../core/describe-spec.js';
import type { Colours } from '../colour.js';
import { type Column, left, right, tableLines } from '../columns.js';
import { countText, placeText, shapeText } from '../model/cells.js';
import type { WeightRow, WeightsTable } from './rows.js';

/** So much of a hash tells two parameters apart. */
const DIGITS = 12;

const columns: readonly Column<WeightRow>[] = [
  left('name', it => it.name),
  left('shape', it => shapeText(it.shape)),
  right('mean', it => statisticText(it.mean)),
  right('std', it => statisticText(it.std)),
  right('min', it => statisticText(it.min)),
  right('max', it => statisticText(it.max)),
  left('sha256', it => it.sha256?.slice(0, DIGITS) ?? 'not known'),
  left('where', it => placeText(it.site)),
];

const statisticText = (value: number | null): string => (value === null ? '?' : number(value));

export function weightsText(table: WeightsTable, colours: Colours): string {
  return [...tableLines(columns, table.parameters, colours), '', ...summary(table), ''].join('\n');
}

function summary({ parameters, seed, exact, reason, sha256 }: WeightsTable): readonly string[] {
  return [
    countText(parameters),
    exact ? `exactly what torch.manual_seed(${seed}) gives` : `not exact for seed ${seed}: ${reason}`,
    ...(sha256 === null ? [] : [`sha256 ${sha256}`]),
  ];
}
