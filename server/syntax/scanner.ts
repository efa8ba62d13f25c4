/** Reads the tokens of a line: the current one lies in the scanner's fields. */
import {
  afterLineBreak,
  Char,
  CLASSES,
  DIGIT,
  isLineBreak,
  LETTER,
  LINE_BREAK,
  lineEnd,
  NON_ASCII,
  SPACE,
  startsUnicodeWord,
  WORD,
  wordEnd,
} from './characters.js';
import { numberEnd } from './numbers.js';
import { holdsDefinition, startsStatement } from './recovery.js';
import { closingQuote, FORMATTED, isTripleAt, NO_PREFIX, stringPrefix, TEMPLATE, UNCLOSED } from './string-tokens.js';
import { DOUBLED, keywordOrName, openerOf, SINGLE, Token, WITH_EQUAL } from './tokens.js';
import type { Comment, SyntaxProblem } from './tree.js';

export class Scanner {
  kind = Token.Newline;
  start = 0;
  end = 0;

  /** Of a name: whether it is ASCII, and thus already what NFKC makes of it. */
  isAscii = true;

  // Of a string: what its prefix says, its quote, and what lies between the quotes.
  prefix = NO_PREFIX;
  quote = 0;
  isTripleQuoted = false;
  contentStart = 0;
  contentEnd = 0;

  /** Whether a string of three quotes had no end. */
  hasUnclosedString = false;

  /** The first token of the statement that is being read. */
  head = Token.Newline;
  /** The column of the block that is being read. */
  indentation = 0;

  readonly length: number;
  /** The text's code units, with zeros behind so that nothing needs to look where the end is. */
  readonly codes: Uint16Array;
  readonly comments: Comment[] = [];
  readonly problems: SyntaxProblem[] = [];
  /** The end of what is wrong, listed or not. */
  faultyUpTo = 0;
  /** The brackets that are open, outermost first. */
  protected brackets: number[] = [];
  protected atLineStart = true;
  /** One problem a line is enough: what follows in it mostly follows from it. */
  protected isLineFaulty = false;

  /**
   * `isDoubtful`: the text is known to have a string that is never closed, so one of three quotes that seems to hold a
   * definition is taken for it.
   */
  constructor(
    readonly text: string,
    private readonly isDoubtful = false,
    codes = codesOf(text),
  ) {
    this.length = text.length;
    this.codes = codes;
    if (this.codes[0] === Char.ByteOrderMark) this.end = 1;
  }

  report(message: string, start = this.start, end = this.end): void {
    this.faultyUpTo = Math.max(this.faultyUpTo, end);
    if (this.isLineFaulty) return;
    this.isLineFaulty = true;
    this.problems.push({ start, end, message });
  }

  /** How many brackets are open. */
  get depth(): number {
    return this.brackets.length;
  }

  protected emit(kind: Token, start: number, end: number): void {
    this.kind = kind;
    this.start = start;
    this.end = end;
  }

  /** Makes what stands behind the current token, in its line or its brackets, the current one. */
  protected scan(): void {
    do this.readToken(this.skipBlanks(this.end));
    while (this.kind === Token.Unknown);
  }

  /** Skips spaces, comments and joined lines, and inside brackets line breaks as well. */
  private skipBlanks(offset: number): number {
    let at = offset;
    for (;;) {
      const code = this.codes[at]!;
      if ((CLASSES[code]! & SPACE) !== 0) at++;
      else if (code === Char.Hash) at = this.readComment(at);
      else if (code === Char.Backslash && this.joinsLines(at)) at = afterLineBreak(this.codes, at + 1);
      else if ((CLASSES[code]! & LINE_BREAK) !== 0 && this.brackets.length > 0) {
        const next = afterLineBreak(this.codes, at);
        if (startsStatement(this, next)) this.brackets.length = 0;
        else at = next;
      } else return at;
    }
  }

  protected joinsLines(offset: number): boolean {
    return this.codes[offset] === Char.Backslash && isLineBreak(this.codes[offset + 1]!);
  }

  protected readComment(start: number): number {
    const end = lineEnd(this.codes, this.length, start);
    this.comments.push({ start, end, text: this.text.slice(start, end) });
    return end;
  }

  private readToken(offset: number): void {
    const code = this.codes[offset]!;
    const characterClass = CLASSES[code]!;
    if ((characterClass & LETTER) !== 0) this.readWord(offset);
    else if ((characterClass & DIGIT) !== 0) this.emit(Token.Number, offset, numberEnd(this.codes, offset));
    else if ((characterClass & LINE_BREAK) !== 0) this.endLine(offset);
    else if (code === Char.SingleQuote || code === Char.DoubleQuote) this.readString(offset, offset, NO_PREFIX);
    else if ((characterClass & NON_ASCII) !== 0) this.readNonAscii(offset);
    else if (offset >= this.length) this.endLine(this.length);
    else this.readOperator(offset, code);
  }

  private endLine(offset: number): void {
    this.brackets.length = 0;
    this.atLineStart = true;
    this.emit(Token.Newline, offset, afterLineBreak(this.codes, offset));
  }

  private readWord(start: number): void {
    let end = start + 1;
    while ((CLASSES[this.codes[end]!]! & WORD) !== 0) end++;
    const follower = this.codes[end]!;
    this.isAscii = follower < 128;
    if (!this.isAscii) end = wordEnd(this.codes, end);
    else if (follower === Char.SingleQuote || follower === Char.DoubleQuote) {
      const prefix = stringPrefix(this.codes, start, end);
      if (prefix !== NO_PREFIX) {
        this.readString(start, end, prefix);
        return;
      }
    }
    this.emit(keywordOrName(this.codes, start, end), start, end);
  }

  private readNonAscii(start: number): void {
    this.isAscii = false;
    if (startsUnicodeWord(this.codes, start)) this.emit(Token.Name, start, wordEnd(this.codes, start));
    else this.readUnknown(start);
  }

  private readUnknown(start: number): void {
    this.emit(Token.Unknown, start, start + 1);
    this.dropStray('this character is not Python');
  }

  private readOperator(start: number, code: number): void {
    const second = this.codes[start + 1]!;
    if (second === Char.Equal && WITH_EQUAL[code] !== 0) this.emit(WITH_EQUAL[code]!, start, start + 2);
    else if (second === code && DOUBLED[code] !== 0) this.readDoubled(start, code);
    else if (code === Char.Dot && second !== Char.LeftParen) this.readDot(start, second);
    else if (code === Char.Minus && second === Char.Greater) this.emit(Token.Arrow, start, start + 2);
    else this.readSingle(start, code);
  }

  private readDoubled(start: number, code: number): void {
    if (this.codes[start + 2] === Char.Equal) this.emit(Token.AugmentedAssign, start, start + 3);
    else this.emit(DOUBLED[code]!, start, start + 2);
  }

  private readDot(start: number, second: number): void {
    const isEllipsis = second === Char.Dot && this.codes[start + 2] === Char.Dot;
    if (isEllipsis) this.emit(Token.Ellipsis, start, start + 3);
    else if ((CLASSES[second]! & DIGIT) !== 0) this.emit(Token.Number, start, numberEnd(this.codes, start));
    else this.emit(Token.Dot, start, start + 1);
  }

  private readSingle(start: number, code: number): void {
    const token = SINGLE[code]!;
    if (token === 0) {
      this.readUnknown(start);
      return;
    }
    this.emit(token, start, start + 1);
    if (token < Token.LeftParen || token > Token.RightBrace) return;
    const isOpening = code === Char.LeftParen || code === Char.LeftBracket || code === Char.LeftBrace;
    if (isOpening) this.brackets.push(code);
    else if (!this.closeBracket(code)) this.dropStray('nothing is open here that this bracket could close');
  }

  /** Closes the innermost bracket of that kind and all that were left open in it; false where none is open. */
  protected closeBracket(closer: number): boolean {
    const depth = this.brackets.lastIndexOf(openerOf(closer));
    if (depth < 0) return false;
    this.brackets.length = depth;
    return true;
  }

  /** Reports what the parser shall not see. */
  private dropStray(message: string): void {
    this.kind = Token.Unknown;
    this.report(message);
  }

  // ── strings ───────────────────────────────────────────────────────────────────────────────────────────────────────

  private readString(start: number, quoteAt: number, prefix: number): void {
    const quote = this.codes[quoteAt]!;
    this.prefix = prefix;
    this.quote = quote;
    this.isTripleQuoted = isTripleAt(this.codes, quoteAt);
    this.contentStart = quoteAt + (this.isTripleQuoted ? 3 : 1);
    const isFormatted = (prefix & (FORMATTED | TEMPLATE)) !== 0;
    this.emit(isFormatted ? Token.FormatString : Token.String, start, this.contentStart);
    if (!isFormatted) this.readContent();
  }

  /** A string that is still being typed ends with its first line, so that the code below it stays code. */
  private readContent(): void {
    const closing = closingQuote(this.codes, this.length, this.contentStart, this.quote, this.isTripleQuoted);
    if (closing !== UNCLOSED && !this.isTakenForUnclosed(closing)) {
      this.contentEnd = closing;
      this.end = closing + (this.isTripleQuoted ? 3 : 1);
      return;
    }
    this.contentEnd = lineEnd(this.codes, this.length, this.contentStart);
    this.end = this.contentEnd;
    this.hasUnclosedString ||= this.isTripleQuoted;
    this.report('this string is never closed');
  }

  private isTakenForUnclosed(closing: number): boolean {
    return this.isDoubtful && this.isTripleQuoted && holdsDefinition(this, this.contentStart, closing);
  }
}

export function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length + 4);
  for (let offset = 0; offset < text.length; offset++) codes[offset] = text.charCodeAt(offset);
  return codes;
}
