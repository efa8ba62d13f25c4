/** Notebooks that are open: each is one document inside, and as many as it has cells of Python for the client. */
import type {
  DidChangeNotebookDocumentParams,
  DidOpenNotebookDocumentParams,
  NotebookCell,
  Position,
  Range,
  TextDocumentItem,
} from 'vscode-languageserver';
import { cellsOf, joinCells } from '../text/cells.js';
import { LineMap } from '../text/lines.js';
import { Source } from '../text/source.js';
import { applyChanges } from './changes.js';

export interface CellPlace {
  readonly uri: string;
  readonly notebook: string;
  /** In the lines of the joined document: the first, and the one behind the last. */
  readonly from: number;
  readonly to: number;
}

interface Notebook {
  readonly uri: string;
  version: number;
  cells: NotebookCell[];
  readonly texts: Map<string, string>;
  places: readonly CellPlace[];
}

export class Notebooks {
  readonly #notebooks = new Map<string, Notebook>();
  readonly #cells = new Map<string, CellPlace>();

  /** The joined document. */
  open({ notebookDocument, cellTextDocuments }: DidOpenNotebookDocumentParams): TextDocumentItem {
    const { uri, version, cells } = notebookDocument;
    const texts = new Map(cellTextDocuments.map(it => [it.uri, it.text]));
    const notebook: Notebook = { uri, version, cells: [...cells], texts, places: [] };
    this.#notebooks.set(uri, notebook);
    return this.#join(notebook);
  }

  change({ notebookDocument, change }: DidChangeNotebookDocumentParams): TextDocumentItem {
    const notebook = this.#notebooks.get(notebookDocument.uri);
    if (notebook === undefined) throw new Error(`${notebookDocument.uri} is not open`);
    notebook.version = notebookDocument.version;
    const { structure, textContent } = change.cells ?? {};
    if (structure !== undefined) {
      const { start, deleteCount, cells } = structure.array;
      notebook.cells.splice(start, deleteCount, ...(cells ?? []));
      for (const { uri, text } of structure.didOpen ?? []) notebook.texts.set(uri, text);
      for (const { uri } of structure.didClose ?? []) notebook.texts.delete(uri);
    }
    for (const { document, changes } of textContent ?? []) {
      const before = new Source(document.uri, notebook.texts.get(document.uri) ?? '');
      notebook.texts.set(document.uri, applyChanges(before, changes));
    }
    return this.#join(notebook);
  }

  /** Answers the cells that it had. */
  close(uri: string): readonly CellPlace[] {
    const places = this.#notebooks.get(uri)?.places ?? [];
    for (const place of places) this.#cells.delete(place.uri);
    this.#notebooks.delete(uri);
    return places;
  }

  placeOf(cell: string): CellPlace | undefined {
    return this.#cells.get(cell);
  }

  /** Of the lines in the joined document; undefined where the URI is no notebook's. */
  placeAt(notebook: string, line: number): CellPlace | undefined {
    return this.#notebooks.get(notebook)?.places.findLast(it => it.from <= line);
  }

  /** Undefined where the URI is no notebook's. */
  placesIn(notebook: string): readonly CellPlace[] | undefined {
    return this.#notebooks.get(notebook)?.places;
  }

  #join(notebook: Notebook): TextDocumentItem {
    const { uri, version, cells, texts } = notebook;
    const synced = cells.flatMap(({ document }, index) => {
      const text = texts.get(document);
      return text === undefined ? [] : [{ uri: document, number: index + 1, text: text.replaceAll('\r\n', '\n') }];
    });
    const text = joinCells(synced);
    const lines = new LineMap(text);
    for (const place of notebook.places) this.#cells.delete(place.uri);
    notebook.places = cellsOf(text).map((cell, index) => {
      const from = lines.lineAt(cell.start);
      return { uri: synced[index]!.uri, notebook: uri, from, to: from + cell.text.split('\n').length };
    });
    for (const place of notebook.places) this.#cells.set(place.uri, place);
    return { uri, version, text, languageId: 'python' };
  }
}

export function contains({ from, to }: CellPlace, { line }: Position): boolean {
  return from <= line && line < to;
}

export function shifted({ start, end }: Range, by: number): Range {
  return { start: { ...start, line: start.line + by }, end: { ...end, line: end.line + by } };
}

/** Of the Interactive window, and of editors that know no notebooks: nothing tells which program they belong to. */
export function isLooseCell(uri: string): boolean {
  return /^vscode-(notebook-cell|interactive)/.test(uri);
}
