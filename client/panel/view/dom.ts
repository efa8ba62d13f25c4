/** Elements in one call, and the way to the extension. */
import type { NetworkPlace } from '../../../server/lsp/protocol.js';
import type { FromView } from '../messages.js';

type Child = Node | string;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

declare function acquireVsCodeApi(): { postMessage(message: FromView): void };

const editor = acquireVsCodeApi();

export function tell(message: FromView): void {
  editor.postMessage(message);
}

/** A choice among the networks of the file; nothing where there is one. */
export function classChoice(shown: string, networks: readonly NetworkPlace[]): HTMLElement {
  if (networks.length < 2) return element('h1', {}, shown);
  const options = networks.map(({ className }) =>
    element('option', className === shown ? { selected: '' } : {}, className),
  );
  const choice = element('select', { 'aria-label': 'Network' }, ...options);
  choice.addEventListener('change', () => tell({ kind: 'class', className: choice.value }));
  return choice;
}

/** A click, Enter and the space bar all activate; arrows go from row to row. */
export function makeRow(row: HTMLTableRowElement, activate: () => void): void {
  row.tabIndex = 0;
  row.addEventListener('click', activate);
  row.addEventListener('keydown', event => {
    const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
    if (next instanceof HTMLElement) next.focus();
    else if (event.key === 'Enter' || event.key === ' ') activate();
    else return;
    event.preventDefault();
  });
}

export function show(...children: readonly Child[]): void {
  const main = document.getElementById('main')!;
  main.replaceChildren(...children);
  main.setAttribute('aria-busy', 'false');
}
