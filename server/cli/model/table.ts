/** `model`'s table as a person reads it. */
import { number } from '../../../core/describe-spec.js';
import { thousands } from '../../text/thousands.js';
import type { Colours } from '../colour.js';
import { counted } from '../report.js';
import type { ModelTable, ParameterRow } from './rows.js';

const columns = ['name', 'shape', 'initializer', 'values', 'fan_in', 'fan_out', 'gain', 'std', 'where'] as const;
const rightAligned: ReadonlySet<string> = new Set(['fan_in', 'fan_out', 'gain', 'std']);

export function tableText(table: ModelTable, colours: Colours): string {
  const rows = table.parameters.map(cellsOf);
  const widths = columns.map((title, at) => Math.max(title.length, ...rows.map(it => it[at]!.length)));
  const lines = [columns, ...rows].map(row =>
    row
      .map((cell, at) => aligned(cell, at, widths[at]!))
      .join('  ')
      .trimEnd(),
  );
  const [head = '', ...body] = lines;
  return [colours.bold(head), ...body, '', summary(table), ...reasons(table), ''].join('\n');
}

function cellsOf(row: ParameterRow): readonly string[] {
  return [
    row.name,
    row.shape === null ? '?' : `[${row.shape.join(', ')}]`,
    row.initializer,
    row.reason === undefined ? (row.distribution ?? '?') : `unknown: ${row.reason}`,
    String(row.fan_in ?? ''),
    String(row.fan_out ?? ''),
    row.gain === null ? '' : number(row.gain),
    row.std === null ? '' : number(row.std),
    row.site === null ? '' : `${row.site.path}:${row.site.line}`,
  ];
}

function aligned(cell: string, column: number, width: number): string {
  return rightAligned.has(columns[column]!) ? cell.padStart(width) : cell.padEnd(width);
}

function summary({ parameters }: ModelTable): string {
  const sizes = parameters.map(it => it.shape?.reduce<number>((product, size) => product * Number(size), 1));
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? Number.NaN), 0);
  const values = Number.isNaN(total) ? 'some sizes are symbols' : `${thousands(total)} values`;
  return `${counted(parameters.length, 'parameter')}, ${values}`;
}

function reasons({ unknowns }: ModelTable): readonly string[] {
  return unknowns.map(({ message, site }) => {
    const place = site === null ? '' : ` (${site.path}:${site.line})`;
    return `unknown: ${message}${place}`;
  });
}
