/** Python's tokens, made one at a time and on demand: the scanner's, and those that lines and indentation make. */
import { afterLineBreak, Char, CLASSES, LINE_BREAK } from './characters.js';
import { Scanner } from './scanner.js';
import { Token } from './tokens.js';

const TAB_SIZE = 8;

interface Mark {
  readonly kind: Token;
  readonly start: number;
  readonly end: number;
  readonly previousEnd: number;
  readonly brackets: number[];
  readonly comments: number;
  readonly problems: number;
  readonly isLineFaulty: boolean;
}

/** The end of a line that opens a block, and what it takes to go on from there. */
export interface Opening {
  readonly codes: Uint16Array;
  readonly start: number;
  readonly end: number;
  readonly indentation: number;
  readonly outerIndentations: readonly number[];
}

export class Tokenizer extends Scanner {
  /** The end of the token before, those of the layout aside: where CPython lets a node end. */
  previousEnd = 0;
  private pendingDedents = 0;
  /** The columns of the blocks around the one that is being read, outermost first. */
  private readonly outerIndentations: number[] = [];
  private isLastLineFaulty = false;

  constructor(text: string, isDoubtful = false, opening?: Opening) {
    super(text, isDoubtful, opening?.codes);
    if (opening === undefined) this.next();
    else this.openAt(opening);
  }

  next(): void {
    if (this.kind > Token.Dedent) this.previousEnd = this.end;
    if (this.pendingDedents > 0) this.dedent();
    else if (!this.atLineStart || !this.beginLine()) this.scan();
  }

  /** For what a mistake in the line above mostly explains. */
  reportUnlessExplained(message: string): void {
    if (this.isLastLineFaulty) this.isLineFaulty = true;
    this.report(message);
  }

  /** Reads on as if the current token were this one. */
  placeAt(kind: Token, start: number, end: number): void {
    this.emit(kind, start, end);
    this.next();
  }

  /** Reads on behind the brace that opens an interpolation. */
  openInterpolation(brace: number): void {
    this.brackets.push(Char.LeftBrace);
    this.placeAt(Token.LeftBrace, brace, brace + 1);
  }

  /** Makes what ends an interpolation the current token. */
  closeInterpolation(brace: number): void {
    this.closeBracket(Char.RightBrace);
    this.emit(Token.RightBrace, brace, brace + 1);
  }

  /** The line's end at hand, for another tokenizer of the same text. */
  opening(): Opening {
    const { codes, start, end, indentation, outerIndentations } = this;
    return { codes, start, end, indentation, outerIndentations: outerIndentations.slice() };
  }

  /** Goes on at the start of a line, behind a block of which the last token ends there. */
  goOnAt(line: number, previousEnd: number): void {
    this.atLineStart = true;
    this.emit(Token.Newline, line, line);
    this.next();
    this.previousEnd = previousEnd;
  }

  private openAt({ start, end, indentation, outerIndentations }: Opening): void {
    this.indentation = indentation;
    this.outerIndentations.push(...outerIndentations);
    this.atLineStart = true;
    this.emit(Token.Newline, start, end);
  }

  /** All that `reset` needs to come back here; not across lines. */
  mark(): Mark {
    return {
      kind: this.kind,
      start: this.start,
      end: this.end,
      previousEnd: this.previousEnd,
      brackets: this.brackets.slice(),
      comments: this.comments.length,
      problems: this.problems.length,
      isLineFaulty: this.isLineFaulty,
    };
  }

  reset(mark: Mark): void {
    this.emit(mark.kind, mark.start, mark.end);
    this.previousEnd = mark.previousEnd;
    this.brackets = mark.brackets;
    this.comments.length = mark.comments;
    this.problems.length = mark.problems;
    this.isLineFaulty = mark.isLineFaulty;
    this.atLineStart = false;
  }

  // ── lines ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Compares the indentation of the next line that has code; whether that made a token. */
  private beginLine(): boolean {
    const column = this.skipBlankLines();
    this.isLastLineFaulty = this.isLineFaulty;
    this.isLineFaulty = false;
    if (this.end >= this.length) return this.endFile();
    this.atLineStart = false;
    if (column > this.indentation) {
      this.openBlock(column);
      this.emit(Token.Indent, this.end, this.end);
      return true;
    }
    this.pendingDedents = this.closeBlocks(column);
    if (this.pendingDedents === 0) return false;
    this.dedent();
    return true;
  }

  /** Moves to the first character of the next line that has code, and returns its column. */
  private skipBlankLines(): number {
    for (;;) {
      const lineStart = this.end;
      const column = this.skipJoinedLines(this.skipIndentation());
      const code = this.codes[this.end]!;
      if (code === Char.Hash) this.end = this.readComment(this.end);
      else if ((CLASSES[code]! & LINE_BREAK) === 0) return column;
      this.end = afterLineBreak(this.codes, this.end);
      if (this.end === lineStart || this.end >= this.length) return 0;
    }
  }

  private skipIndentation(): number {
    let column = 0;
    for (; ; this.end++) {
      const code = this.codes[this.end];
      if (code === Char.Space) column++;
      else if (code === Char.Tab) column = (Math.floor(column / TAB_SIZE) + 1) * TAB_SIZE;
      else if (code === Char.FormFeed) column = 0;
      else return column;
    }
  }

  /** A line that holds nothing but a backslash gives its own indentation to the next one, if it has any. */
  private skipJoinedLines(column: number): number {
    let first = column;
    while (this.joinsLines(this.end)) {
      this.end = afterLineBreak(this.codes, this.end + 1);
      const next = this.skipIndentation();
      if (first === 0) first = next;
    }
    return first;
  }

  private endFile(): boolean {
    this.end = this.length;
    this.pendingDedents = this.outerIndentations.length;
    this.outerIndentations.length = 0;
    if (this.pendingDedents > 0) this.dedent();
    else this.emit(Token.EndOfFile, this.length, this.length);
    return true;
  }

  private openBlock(column: number): void {
    this.outerIndentations.push(this.indentation);
    this.indentation = column;
  }

  /** Leaves the blocks that are indented more than `column`, and returns how many. */
  private closeBlocks(column: number): number {
    let count = 0;
    while (this.indentation > column) {
      this.indentation = this.outerIndentations.pop() ?? 0;
      count++;
    }
    if (this.indentation === column) return count;
    this.report('unindent matches no outer level', this.end, this.end);
    this.openBlock(column);
    return count - 1;
  }

  private dedent(): void {
    this.pendingDedents--;
    this.emit(Token.Dedent, this.end, this.end);
  }
}
