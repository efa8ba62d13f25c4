/** The weights view: a table of all parameters, sorted and filtered as asked, and one of them looked at closely. */
import type { WeightResult, WeightsResult } from '../../../server/lsp/protocol.js';
import { classChoice, element, makeRow, show, tell } from './dom.js';

type Spectrum = NonNullable<WeightResult['spectrum']>;
type Row = WeightsResult['rows'][number];
type Key = 'name' | 'shape' | 'initializer' | 'std' | 'gain' | 'findings';

const columns: readonly (readonly [key: Key, title: string])[] = [
  ['name', 'Name'],
  ['shape', 'Shape'],
  ['initializer', 'Initializer'],
  ['std', 'Std'],
  ['gain', 'Gain'],
  ['findings', 'Findings'],
];
const numbers: ReadonlySet<Key> = new Set(['std', 'gain']);

let current: WeightsResult | null = null;
let order: { readonly key: Key; readonly isDescending: boolean } | undefined;
let filter = '';
let selected: string | undefined;
const details = element('section', { class: 'details', 'aria-live': 'polite', 'aria-label': 'The selected parameter' });

export function showWeights(weights: WeightsResult | null): void {
  current = weights;
  if (weights === null) {
    show(element('p', { role: 'status' }, 'No network with parameters is in this file.'));
    return;
  }
  show(headerOf(weights), element('div', { class: 'table', id: 'table' }), details);
  fillTable();
}

export function showWeight(weight: WeightResult | null): void {
  if (weight === null) return;
  const { name, summary, unseen, histogram, spectrum, isOfBlock } = weight;
  details.replaceChildren(
    element('div', {}, element('strong', {}, name), ` ${summary ?? 'its values are not known before it runs'}`),
    ...(unseen === undefined ? [] : [measuring(name, unseen)]),
    ...(histogram === undefined
      ? []
      : [element('img', { src: histogram, alt: `histogram of ${name} with the ideal curve` })]),
    ...(spectrum === undefined ? [] : [spectrumOf(spectrum, isOfBlock)]),
  );
}

export function showProgress(percentage: number): void {
  const bar = details.querySelector('progress');
  if (bar !== null) bar.value = percentage;
}

/** Of a sample: all values on request, which a second click gives up. */
function measuring(name: string, count: string): HTMLElement {
  const button = element('button', { type: 'button' }, `Measure all ${count} values`);
  button.addEventListener('click', () => {
    const stop = element('button', { type: 'button' }, 'Stop');
    stop.addEventListener('click', () => tell({ kind: 'weight', name }));
    const bar = element('progress', { max: '100', value: '0', 'aria-label': 'Share of the values that is measured' });
    button.replaceWith(bar, ' ', stop);
    stop.focus();
    tell({ kind: 'weight', name, whole: true });
  });
  return element('div', { class: 'note' }, button);
}

function headerOf({ className, networks }: WeightsResult): HTMLElement {
  const search = element('input', {
    type: 'search',
    placeholder: 'Filter',
    'aria-label': 'Filter parameters',
    value: filter,
  });
  search.addEventListener('input', () => {
    filter = search.value;
    fillTable();
  });
  const save = (text: string, run: () => void) => {
    const button = element('button', { type: 'button' }, text);
    button.addEventListener('click', run);
    return button;
  };
  return element(
    'header',
    {},
    classChoice(className, networks),
    search,
    save('CSV', () => tell({ kind: 'export', as: 'csv', csv: csvOf(shownRows()) })),
    save('safetensors', () => tell({ kind: 'export', as: 'safetensors' })),
    element('span', { class: 'note', role: 'status', id: 'count' }),
  );
}

function fillTable(): void {
  const shown = shownRows();
  const table = element('table', { 'aria-label': 'Parameters' });
  table.append(
    element('thead', {}, element('tr', {}, ...columns.map(headOf))),
    element('tbody', {}, ...shown.map(rowOf)),
  );
  document.getElementById('table')!.replaceChildren(table);
  document.getElementById('count')!.textContent = `${shown.length} of ${current!.rows.length} parameters`;
}

function headOf([key, title]: readonly [Key, string]): HTMLElement {
  const isSorted = order?.key === key;
  const arrow = isSorted ? (order!.isDescending ? ' ▾' : ' ▴') : '';
  const button = element('button', { type: 'button' }, title + arrow);
  button.addEventListener('click', () => {
    order = { key, isDescending: isSorted && !order!.isDescending };
    fillTable();
    document.querySelector<HTMLElement>(`th[data-key=${key}] button`)!.focus();
  });
  const sort = isSorted ? (order!.isDescending ? 'descending' : 'ascending') : 'none';
  return element(
    'th',
    { scope: 'col', 'data-key': key, 'aria-sort': sort, ...(numbers.has(key) && { class: 'number' }) },
    button,
  );
}

function rowOf(row: Row): HTMLTableRowElement {
  const cells = columns.map(([key]) => element('td', numbers.has(key) ? { class: 'number' } : {}, textOf(row, key)));
  const made = element('tr', { 'aria-selected': String(row.name === selected) }, ...cells);
  made.title = row.values;
  makeRow(made, () => {
    selected = row.name;
    for (const other of made.parentElement!.children) other.setAttribute('aria-selected', String(other === made));
    tell({ kind: 'weight', name: row.name });
  });
  made.addEventListener('dblclick', () => {
    if (row.place !== undefined) tell({ kind: 'open', place: row.place });
  });
  return made;
}

function shownRows(): readonly Row[] {
  const wanted = filter.toLowerCase();
  const rows = current!.rows.filter(row => columns.some(([key]) => textOf(row, key).toLowerCase().includes(wanted)));
  if (order === undefined) return rows;
  const { key, isDescending } = order;
  const sorted = rows.toSorted((a, b) => compare(a, b, key));
  return isDescending ? sorted.reverse() : sorted;
}

function compare(a: Row, b: Row, key: Key): number {
  if (key === 'std' || key === 'gain') return (a[key] ?? -1) - (b[key] ?? -1);
  return textOf(a, key).localeCompare(textOf(b, key), 'en', { numeric: true });
}

function textOf(row: Row, key: Key): string {
  const value = row[key];
  if (value === undefined) return '';
  return typeof value === 'number'
    ? String(Number(value.toPrecision(3)))
    : typeof value === 'string'
      ? value
      : value.join(', ');
}

function csvOf(rows: readonly Row[]): string {
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map(row =>
    columns.map(([key]) => quoted(String(key === 'findings' ? row.findings.join(' ') : (row[key] ?? '')))),
  );
  return [columns.map(([key]) => key), ...lines]
    .map(it => it.join(','))
    .join('\n')
    .concat('\n');
}

function spectrumOf({ values, condition, edges }: Spectrum, isOfBlock: boolean): Node {
  const [width, height] = [320, 96];
  const top = Math.max(values[0] ?? 1, edges.high);
  const step = width / values.length;
  const y = (value: number) => height - 4 - (value / top) * (height - 20);
  const bars = values.map((value, index) => {
    const at = y(value);
    return `<rect class="bar" x="${(index * step).toFixed(1)}" y="${at.toFixed(1)}" width="${Math.max(0.5, step - 0.3).toFixed(1)}" height="${(height - 4 - at).toFixed(1)}"/>`;
  });
  const lines = [edges.low, edges.high].map(it => `<path class="edge" d="M0 ${y(it).toFixed(1)}H${width}"/>`);
  const text = spectrumText(values, condition, isOfBlock);
  const frame = element('figure', {}, element('figcaption', { class: 'note' }, text, element('br'), edgesText(edges)));
  frame.insertAdjacentHTML(
    'afterbegin',
    `<svg width="${width}" height="${height}" role="img" aria-label="${text}">${[...bars, ...lines].join('')}</svg>`,
  );
  return frame;
}

function spectrumText(values: readonly number[], condition: number | null, isOfBlock: boolean): string {
  const range = `singular values ${number(values[0] ?? 0)} … ${number(values.at(-1) ?? 0)}`;
  const ratio = condition === null ? 'some directions are lost' : `condition ${number(condition)}`;
  return `${range}, ${ratio}${isOfBlock ? ' (of a block)' : ''}`;
}

const edgesText = ({ low, high }: Spectrum['edges']): string =>
  `lines: where those of independent values end (Marchenko–Pastur), ${number(high)} and ${number(low)}`;

const number = (value: number) => String(Number(value.toPrecision(3)));
