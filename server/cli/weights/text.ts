/** `weights`' table as a person reads it. */
import { number } from '../../../core/describe-spec.js';
import { thousands } from '../../text/thousands.js';
import type { Colours } from '../colour.js';
import { counted } from '../report.js';
import type { WeightRow, WeightsTable } from './rows.js';

const columns = ['name', 'shape', 'mean', 'std', 'min', 'max', 'sha256', 'where'] as const;
/** So much of a hash tells two parameters apart. */
const DIGITS = 12;

export function weightsText(table: WeightsTable, colours: Colours): string {
  const rows = [columns, ...table.parameters.map(cellsOf)];
  const widths = columns.map((_, at) => Math.max(...rows.map(it => it[at]!.length)));
  const [head = '', ...body] = rows.map(row =>
    row
      .map((cell, at) => (isNumber(at) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd(),
  );
  return [colours.bold(head), ...body, '', ...summary(table), ''].join('\n');
}

/** From mean to max. */
const isNumber = (column: number) => column >= 2 && column <= 5;

function cellsOf({ name, shape, mean, std, min, max, sha256, site }: WeightRow): readonly string[] {
  return [
    name,
    `[${shape.join(', ')}]`,
    ...[mean, std, min, max].map(it => (it === null ? '?' : number(it))),
    sha256 === null ? 'not known' : sha256.slice(0, DIGITS),
    site === null ? '' : `${site.path}:${site.line}`,
  ];
}

function summary({ parameters, seed, exact, reason, sha256 }: WeightsTable): readonly string[] {
  const total = parameters.map(it => it.shape.reduce((a, b) => a * b, 1)).reduce((a, b) => a + b, 0);
  return [
    `${counted(parameters.length, 'parameter')}, ${thousands(total)} values`,
    exact ? `exactly what torch.manual_seed(${seed}) gives` : `not exact for seed ${seed}: ${reason}`,
    ...(sha256 === null ? [] : [`sha256 ${sha256}`]),
  ];
}
