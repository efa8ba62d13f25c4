/** The signal view: the picture along the network, a row per layer, and the weights of the layer that is pointed at. */
import type { SignalLayer, SignalResult } from '../../../server/lsp/protocol.js';
import { classChoice, element, makeRow, show, tell } from './dom.js';

let rows: readonly HTMLTableRowElement[] = [];
let layers: readonly SignalLayer[] = [];
let cursor: { readonly uri: string; readonly line: number } | undefined;

/** It stays through drawings, so that what is being typed does. */
const inputField = makeInputField();

export function showSignal(signal: SignalResult | null, inputShape: readonly number[] | undefined): void {
  if (signal === null) {
    rows = [];
    layers = [];
    show(element('p', { role: 'status' }, 'No network whose forward could be followed is in this file.'));
    return;
  }
  const focused = rows.indexOf(document.activeElement as HTMLTableRowElement);
  const details = element('section', { class: 'details', 'aria-live': 'polite', 'aria-label': 'Weights of the layer' });
  layers = signal.layers;
  const isTyping = document.activeElement === inputField;
  if (!isTyping) inputField.value = inputShape?.join('×') ?? '';
  rows = layers.map(layer => rowOf(layer, signal, details));
  show(headerOf(signal), pictureOf(signal.picture), tableOf(signal), details);
  rows[focused]?.focus();
  if (isTyping) inputField.focus();
  markCursor();
}

export function showCursor(at: { readonly uri: string; readonly line: number }): void {
  cursor = at;
  markCursor();
}

function headerOf(signal: SignalResult): HTMLElement {
  const { className, networks, assumptions, hasFixed, seed, layers: all } = signal;
  const source = commonSource(all);
  const notes = [
    ...(source === undefined ? [] : [`Figures by ${source}.`]),
    'Gradients are relative to those at the output.',
    ...(assumptions.length === 0 ? [] : [`Taken for granted: ${assumptions.join(', ')}.`]),
    ...(hasFixed ? ['Dashed, and under “fixed”: with all fixes applied.'] : []),
    ...(seed === undefined ? [] : [`Seed ${seed}: by exact simulation, with the weights that it gives.`]),
  ];
  const note = element('span', { class: 'note' }, notes.join(' '));
  const problem =
    signal.problem === undefined ? [] : [element('span', { class: 'problem', role: 'alert' }, signal.problem)];
  return element('header', {}, classChoice(className, networks), inputField, ...problem, note);
}

/** The shape of the input, batch first, with anything between its sizes; empty for what the code or the settings say. */
function makeInputField(): HTMLInputElement {
  const field = element('input', {
    type: 'text',
    size: '14',
    placeholder: 'input: 8×3×64×64',
    'aria-label': 'Shape of the input, batch first',
    title:
      'Shape of the input, batch first: with sizes, figures are sharper. Empty: as the code or the settings have it.',
  });
  field.addEventListener('change', () => {
    const sizes = [...field.value.matchAll(/\d+/g)].map(Number).filter(it => it > 0);
    tell({ kind: 'input', ...(sizes.length > 0 && { shape: sizes }) });
  });
  return field;
}

/** The server's own drawing; names in it are not the user's. */
function pictureOf(svg: string): HTMLElement {
  const frame = element('div', { class: 'picture' });
  frame.innerHTML = svg;
  frame.addEventListener('click', event => {
    const drawing = frame.querySelector('svg')!;
    const { left, width } = drawing.getBoundingClientRect();
    const x = ((event.clientX - left) / width) * drawing.viewBox.baseVal.width;
    const [from, to] = [Number(drawing.dataset.from), Number(drawing.dataset.to)];
    const index = Math.round(((x - from) / (to - from)) * (rows.length - 1));
    rows[Math.min(rows.length - 1, Math.max(0, index))]?.click();
  });
  return frame;
}

function tableOf(signal: SignalResult): HTMLElement {
  const headings = columnsOf(signal).map(({ title, kind = '' }) =>
    element('th', { scope: 'col', class: `${numeric(title).class ?? ''} ${kind}`.trim() }, title),
  );
  const head = element('tr', {}, ...headings);
  const table = element('table', { 'aria-label': 'Signal by layer' });
  table.append(element('thead', {}, head), element('tbody', {}, ...rows));
  return element('div', { class: 'table' }, table);
}

interface Column {
  readonly title: string;
  readonly kind?: string;
  textOf(layer: SignalLayer): string | undefined;
}

/** What is wrong first, for panels are narrow; then figures as written, as fixed, and as the seed has them, side by side. */
function columnsOf({ hasFixed, seed, layers: all }: SignalResult): readonly Column[] {
  const fixed = (textOf: Column['textOf']): readonly Column[] =>
    hasFixed ? [{ title: 'fixed', kind: 'fixed', textOf }] : [];
  const exact = (textOf: Column['textOf']): readonly Column[] =>
    seed === undefined ? [] : [{ title: `seed ${seed}`, textOf }];
  return [
    { title: 'Layer', textOf: it => it.name },
    { title: 'Operation', kind: 'operation', textOf: it => it.operation },
    ...(all.some(it => it.state !== undefined) ? [{ title: STATE, textOf: (it: SignalLayer) => it.state }] : []),
    { title: 'Std', textOf: it => it.std },
    ...fixed(it => it.fixedStd),
    ...exact(it => it.seedStd),
    { title: 'Gradient', textOf: it => it.gradient },
    ...fixed(it => it.fixedGradient),
    ...exact(it => it.seedGradient),
    ...(commonSource(all) === undefined ? [{ title: 'Figures', kind: 'note', textOf: sourceOf }] : []),
  ];
}

const sourceOf = ({ source }: SignalLayer) => source;

/** What all figures come from, which is said once; undefined where they differ. */
function commonSource(layers: readonly SignalLayer[]): string | undefined {
  const [source, ...others] = new Set(layers.map(sourceOf));
  return others.length === 0 ? source : undefined;
}

const STATE = 'State';

const numeric = (title: string): Record<string, string> =>
  /^(Std|Gradient|fixed|seed .*)$/.test(title) ? { class: 'number' } : {};

function rowOf(layer: SignalLayer, signal: SignalResult, details: HTMLElement): HTMLTableRowElement {
  const { state, place } = layer;
  const cells = columnsOf(signal).map(({ title, kind = '', textOf }) => {
    const number = numeric(title).class ?? '';
    return element(
      'td',
      { class: `${number} ${kind} ${title === STATE ? (state ?? '') : ''}`.trim() },
      textOf(layer) ?? '',
    );
  });
  const row = element('tr', { class: state === undefined ? '' : 'extreme' }, ...cells);
  makeRow(row, () => {
    if (place !== undefined) tell({ kind: 'open', place });
  });
  const showDetails = () => details.replaceChildren(...detailsOf(layer));
  row.addEventListener('mouseenter', showDetails);
  row.addEventListener('focus', showDetails);
  return row;
}

function detailsOf({ name, operation, shape, weights }: SignalLayer): readonly Node[] {
  const size = shape === undefined ? '' : ` [${shape.map(it => it ?? '?').join(', ')}]`;
  const lines = weights.length === 0 ? ['no weights'] : weights;
  return [
    element('strong', {}, `${name} `),
    document.createTextNode(`${operation}${size}`),
    ...lines.map(it => element('div', {}, it)),
  ];
}

function markCursor(): void {
  layers.forEach(({ place }, index) => {
    const isThere =
      cursor !== undefined &&
      place?.uri === cursor.uri &&
      place.range.start.line <= cursor.line &&
      cursor.line <= place.range.end.line;
    rows[index]?.classList.toggle('current', isThere);
    if (isThere) rows[index]?.setAttribute('aria-current', 'true');
    else rows[index]?.removeAttribute('aria-current');
  });
}
