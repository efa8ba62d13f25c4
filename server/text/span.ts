/** Places in a text: offsets, the file they belong to, and how two of them lie. */

/** A half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a named file: an absolute path, or a URI for documents that have none. */
export interface Site extends Span {
  readonly path: string;
}

/** Whether the offset lies in the span or right behind it, where a cursor still touches it. */
export function touches({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** Whether the first span is a part of the second, or all of it. */
export function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function isSameSite(a: Site, b: Site): boolean {
  return a.path === b.path && a.start === b.start && a.end === b.end;
}

/** Whether `inner` is a part of `outer`, or all of it. */
export function contains(outer: Site, inner: Site): boolean {
  return outer.path === inner.path && isWithin(inner, outer);
}
