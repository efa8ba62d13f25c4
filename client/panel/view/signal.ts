/** The signal view: the picture along the network, a row per layer, and the weights of the layer that is pointed at. */
import type { SignalLayer, SignalResult } from '../../../server/lsp/protocol.js';
import { classChoice, element, makeRow, show, tell } from './dom.js';

let rows: readonly HTMLTableRowElement[] = [];
let layers: readonly SignalLayer[] = [];
let cursor: { readonly uri: string; readonly line: number } | undefined;

export function showSignal(signal: SignalResult | null): void {
  if (signal === null) {
    rows = [];
    layers = [];
    show(element('p', { role: 'status' }, 'No network whose forward could be followed is in this file.'));
    return;
  }
  const focused = rows.indexOf(document.activeElement as HTMLTableRowElement);
  const details = element('section', { class: 'details', 'aria-live': 'polite', 'aria-label': 'Weights of the layer' });
  layers = signal.layers;
  rows = layers.map(layer => rowOf(layer, signal.hasFixed, details));
  show(headerOf(signal), pictureOf(signal.picture), tableOf(signal), details);
  rows[focused]?.focus();
  markCursor();
}

export function showCursor(at: { readonly uri: string; readonly line: number }): void {
  cursor = at;
  markCursor();
}

function headerOf({ className, classNames, assumptions, hasFixed }: SignalResult): HTMLElement {
  const notes = [
    'Gradients are relative to those at the output.',
    ...(assumptions.length === 0 ? [] : [`Taken for granted: ${assumptions.join(', ')}.`]),
    ...(hasFixed ? ['Dashed and in grey: with all fixes applied.'] : []),
  ];
  return element('header', {}, classChoice(className, classNames), element('span', { class: 'note' }, notes.join(' ')));
}

/** The server's own drawing; names in it are not the user's. */
function pictureOf(svg: string): HTMLElement {
  const frame = element('div', { class: 'picture' });
  frame.innerHTML = svg;
  frame.addEventListener('click', event => {
    const drawing = frame.querySelector('svg')!;
    const { left, width } = drawing.getBoundingClientRect();
    const share = ((event.clientX - left) / width) * drawing.viewBox.baseVal.width;
    const { from, to } = PLOT;
    const end = drawing.viewBox.baseVal.width - to;
    const index = Math.round(((share - from) / (end - from)) * (rows.length - 1));
    rows[Math.min(rows.length - 1, Math.max(0, index))]?.click();
  });
  return frame;
}

/** Margins of the drawing. */
const PLOT = { from: 44, to: 10 };

function tableOf({ hasFixed }: SignalResult): HTMLElement {
  const titles = [
    'Layer',
    'Operation',
    'Std',
    ...(hasFixed ? ['fixed'] : []),
    'Gradient',
    ...(hasFixed ? ['fixed'] : []),
    '',
    'Figures',
  ];
  const head = element('tr', {}, ...titles.map(title => element('th', { scope: 'col', ...numeric(title) }, title)));
  const table = element('table', { 'aria-label': 'Signal by layer' });
  table.append(element('thead', {}, head), element('tbody', {}, ...rows));
  return element('div', { class: 'table' }, table);
}

const numeric = (title: string): Record<string, string> =>
  ['Std', 'Gradient', 'fixed'].includes(title) ? { class: 'number' } : {};

function rowOf(layer: SignalLayer, hasFixed: boolean, details: HTMLElement): HTMLTableRowElement {
  const { name, operation, std, gradient, state, source, place } = layer;
  const number = (text: string, kind = '') => element('td', { class: `number ${kind}` }, text);
  const row = element(
    'tr',
    { class: state === undefined ? '' : 'extreme' },
    element('td', {}, name),
    element('td', {}, operation),
    number(std),
    ...(hasFixed ? [number(layer.fixedStd ?? '', 'fixed')] : []),
    number(gradient),
    ...(hasFixed ? [number(layer.fixedGradient ?? '', 'fixed')] : []),
    element('td', state === undefined ? {} : { class: state }, state ?? ''),
    element('td', { class: 'note' }, source),
  );
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
