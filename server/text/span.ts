/** A place in a text: offsets, and the file they belong to. */

/** A half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a named file: an absolute path, or a URI for documents that have none. */
export interface Site extends Span {
  readonly path: string;
}
