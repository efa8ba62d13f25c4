/** Requests about cells become requests about their notebook, and answers become answers about cells. */
import type { Position, PublishDiagnosticsParams, Range, TextEdit } from 'vscode-languageserver';
import { type CellPlace, contains, type Notebooks, shifted } from './notebooks.js';

type Fields = Readonly<Record<string, unknown>>;

export class CellTranslation {
  readonly #notebooks: Notebooks;

  constructor(notebooks: Notebooks) {
    this.#notebooks = notebooks;
  }

  /** The cell that a request is about. */
  cellOf(params: unknown): CellPlace | undefined {
    const uri = (params as { textDocument?: { uri?: unknown } } | null)?.textDocument?.uri;
    return typeof uri === 'string' ? this.#notebooks.placeOf(uri) : undefined;
  }

  /** The same request about the joined document. */
  inward<P>(params: P, cell: CellPlace): P {
    const { position, range } = params as { position?: Position; range?: Range };
    return {
      ...params,
      textDocument: { uri: cell.notebook },
      ...(position && { position: { ...position, line: position.line + cell.from } }),
      ...(range && { range: shifted(range, cell.from) }),
    };
  }

  /** What lies in other cells is left out of lists, and moved to its cell in edits and places. */
  outward<R>(result: R, cell: CellPlace): R {
    return this.#translate(result, cell) as R;
  }

  /** One message for each cell; others go out as they are. */
  split(params: PublishDiagnosticsParams): readonly PublishDiagnosticsParams[] {
    const places = this.#notebooks.placesIn(params.uri) ?? [];
    const parts = places.map(it => ({ uri: it.uri, diagnostics: this.outward(params.diagnostics, it) }));
    return parts.length > 0 ? parts : [params];
  }

  #translate(value: unknown, cell: CellPlace): unknown {
    if (Array.isArray(value)) return value.filter(it => isOf(it, cell)).map(it => this.#translate(it, cell));
    if (typeof value !== 'object' || value === null) return value;
    if (isRange(value)) return shifted(value, -this.#place(value, cell).from);
    const fields = value as Fields;
    if (typeof fields.uri === 'string' && isRange(fields.range)) return this.#location(fields, fields.range);
    return Object.fromEntries(Object.entries(fields).map(([name, it]) => [name, this.#field(name, it, cell)]));
  }

  #field(name: string, value: unknown, cell: CellPlace): unknown {
    if (name === 'changes') return this.#changes(value as Readonly<Record<string, TextEdit[]>>);
    if (name === 'documentChanges') return (value as DocumentEdit[]).flatMap(it => this.#documentEdits(it));
    if (name === 'arguments') return (value as unknown[]).map(it => (it === cell.notebook ? cell.uri : it));
    if (name === 'position') {
      const position = value as Position;
      return { ...position, line: position.line - cell.from };
    }
    return this.#translate(value, cell);
  }

  #location(fields: Fields, range: Range): Fields {
    const place = this.#notebooks.placeAt(String(fields.uri), range.start.line);
    return place === undefined ? fields : { ...fields, uri: place.uri, range: shifted(range, -place.from) };
  }

  #changes(changes: Readonly<Record<string, TextEdit[]>>): Record<string, TextEdit[]> {
    const result: Record<string, TextEdit[]> = {};
    for (const [uri, edits] of Object.entries(changes)) {
      for (const edit of edits) {
        const { uri: to, range } = this.#location({ uri, range: edit.range }, edit.range) as {
          uri: string;
          range: Range;
        };
        result[to] = [...(result[to] ?? []), { ...edit, range }];
      }
    }
    return result;
  }

  #documentEdits({ textDocument, edits }: DocumentEdit): readonly DocumentEdit[] {
    const { uri } = textDocument;
    if (this.#notebooks.placeAt(uri, Number.MAX_SAFE_INTEGER) === undefined) return [{ textDocument, edits }];
    const parts = Object.entries(this.#changes({ [uri]: [...edits] }));
    return parts.map(([cell, changed]) => ({ textDocument: { uri: cell, version: null }, edits: changed }));
  }

  #place(range: Range, cell: CellPlace): CellPlace {
    return this.#notebooks.placeAt(cell.notebook, range.start.line) ?? cell;
  }
}

interface DocumentEdit {
  readonly textDocument: { readonly uri: string; readonly version: number | null };
  readonly edits: readonly TextEdit[];
}

/** Entries without a place of their own, and those of other documents, are of every cell. */
function isOf(entry: unknown, cell: CellPlace): boolean {
  const { uri, location, range, position } = (entry ?? {}) as Fields;
  if (uri !== undefined || location !== undefined) return true;
  if (isRange(range)) return contains(cell, range.start);
  return position === undefined || contains(cell, position as Position);
}

function isRange(value: unknown): value is Range {
  const { start, end } = (value ?? {}) as Partial<Range>;
  return typeof start?.line === 'number' && typeof end?.line === 'number';
}
