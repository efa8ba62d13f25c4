/** A text with its name: what is parsed, and what offsets refer to. */
import { LineMap } from './lines.js';

export class Source {
  private map: LineMap | undefined;

  constructor(
    /** An absolute path, or a URI for documents that have none. */
    readonly path: string,
    readonly text: string,
    /** The editor's, which grows with every change. */
    readonly version?: number,
  ) {}

  get lines(): LineMap {
    this.map ??= new LineMap(this.text);
    return this.map;
  }
}
