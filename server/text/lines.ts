/** The lines of a text, and positions in it as the language server protocol and as terminals count them. */

/** From 0, in UTF-16 code units, as in the language server protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** From 1, in code points, as people and other programs count. */
export interface Location {
  readonly line: number;
  readonly column: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = 0xfeff;

/** Positions outside the text, or outside their line, are moved to the nearest one inside. */
export class LineMap {
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    this.starts = startsOf(text);
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** The number of the line, from 0, that holds the offset; a line break belongs to the line that it ends. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Where a line, counted from 0, begins. */
  startOf(line: number): number {
    return this.starts[clamp(line, 0, this.starts.length - 1)]!;
  }

  /** Where a line ends, before its line break. */
  endOf(line: number): number {
    if (line >= this.starts.length - 1) return this.text.length;
    const next = this.startOf(line + 1);
    const isPair = this.text.charCodeAt(next - 1) === LINE_FEED && this.text.charCodeAt(next - 2) === CARRIAGE_RETURN;
    return Math.max(this.startOf(line), next - (isPair ? 2 : 1));
  }

  textOf(line: number): string {
    return this.text.slice(this.startOf(line), this.endOf(line));
  }

  positionAt(offset: number): Position {
    const inside = clamp(offset, 0, this.text.length);
    const line = this.lineAt(inside);
    return { line, character: Math.min(inside, this.endOf(line)) - this.startOf(line) };
  }

  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    if (line >= this.starts.length) return this.text.length;
    const start = this.startOf(line);
    return clamp(start + character, start, this.endOf(line));
  }

  locationAt(offset: number): Location {
    const { line, character } = this.positionAt(offset);
    const start = this.firstColumn(line);
    const column = codePoints(this.text.slice(start, this.startOf(line) + character)) + 1;
    return { line: line + 1, column };
  }

  offsetOf({ line, column }: Location): number {
    if (line < 1) return 0;
    if (line > this.starts.length) return this.text.length;
    const start = this.firstColumn(line - 1);
    return start + unitsOf(this.text.slice(start, this.endOf(line - 1)), column - 1);
  }

  /** A byte order mark is no column. */
  private firstColumn(line: number): number {
    return line === 0 && this.text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : this.startOf(line);
  }
}

/** Lines end with `\n`, `\r\n` and `\r`, and with nothing else that Unicode calls a separator: as in the protocol. */
function startsOf(text: string): number[] {
  return text.includes('\r') ? startsOfAnyKind(text) : startsBehindLineFeeds(text);
}

function startsBehindLineFeeds(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function startsOfAnyKind(text: string): number[] {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code > CARRIAGE_RETURN) continue;
    const isPairStart = code === CARRIAGE_RETURN && text.charCodeAt(offset + 1) === LINE_FEED;
    if ((code === LINE_FEED || code === CARRIAGE_RETURN) && !isPairStart) starts.push(offset + 1);
  }
  return starts;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** How many code units the first `count` code points have. */
function unitsOf(text: string, count: number): number {
  let units = 0;
  let left = count;
  for (const character of text) {
    if (left <= 0) break;
    units += character.length;
    left--;
  }
  return units;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
