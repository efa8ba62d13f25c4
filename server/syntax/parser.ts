/** The state that all parts of the parser share: the tokens, and what recovering from a mistake needs. */
import { Tokenizer } from './tokenizer.js';
import { setOf, Token } from './tokens.js';
import type { Expression, Identifier, Missing } from './tree.js';

/** CPython stops at 200 brackets and 100 blocks; what lies deeper is skipped, so that the stack holds. */
const DEEPEST_NESTING = 300;

/** For `skipTo`: skips all that the brackets hold. */
export const NOTHING = setOf();

export const NO_NODES: readonly never[] = [];

export class Parser extends Tokenizer {
  nesting = 0;
  /** Whether a `yield` was met in the function that is being read. */
  isGenerator = false;
  /** Whether the bodies of functions are left for later. */
  isLazy = false;

  accept(kind: Token): boolean {
    if (this.kind !== kind) return false;
    this.next();
    return true;
  }

  expect(kind: Token, message: string): boolean {
    if (this.accept(kind)) return true;
    this.report(message);
    return false;
  }

  /** Takes the bracket that closes the one at `opener`. */
  close(kind: Token, opener: number): void {
    if (this.accept(kind)) return;
    if (this.kind === Token.Newline || this.kind === Token.EndOfFile) {
      this.report('this bracket is never closed', opener, opener + 1);
    } else {
      this.report('expected a closing bracket');
    }
  }

  /** Whether the line, or what a bracket holds, ends here. */
  isAtEnd(): boolean {
    return this.kind <= Token.Dedent;
  }

  missing(message = 'expected an expression'): Missing {
    this.report(message);
    return { kind: 'Missing', start: this.previousEnd, end: this.previousEnd };
  }

  isDeep(): boolean {
    return this.nesting > DEEPEST_NESTING;
  }

  /** Skips the expression at hand, its brackets included. */
  skipDeep(): Expression {
    this.report('this is nested too deeply');
    this.skipTo(NOTHING);
    return this.missing();
  }

  /** Skips to one of the tokens inside the same brackets; false where brackets or the line end before. */
  skipTo(stops: Uint8Array): boolean {
    if (this.isClosing()) return false;
    const depth = this.outerDepth();
    while (!this.isAtEnd() && this.depth >= depth) {
      if (stops[this.kind] === 1 && this.outerDepth() === depth) return true;
      this.next();
    }
    return false;
  }

  skipLine(): void {
    while (!this.isAtEnd()) this.next();
  }

  /** The name at hand, in NFKC as Python compares names. */
  takeName(): string {
    const name = this.text.slice(this.start, this.end);
    const isNormal = this.isAscii;
    this.next();
    return isNormal ? name : name.normalize('NFKC');
  }

  takeIdentifier(): Identifier {
    const { start, end } = this;
    return { start, end, name: this.takeName() };
  }

  /** The identifier at hand, or an empty one where it is missing. */
  expectIdentifier(): Identifier {
    if (this.kind === Token.Name) return this.takeIdentifier();
    this.report('expected a name');
    return { start: this.previousEnd, end: this.previousEnd, name: '' };
  }

  /** Whether the name at hand is this word: a soft keyword. */
  isWord(word: string): boolean {
    return this.kind === Token.Name && this.end - this.start === word.length && this.text.startsWith(word, this.start);
  }

  /** The kind of the token behind the one at hand. */
  peek(): Token {
    return this.attempt(() => {
      this.next();
      return { result: this.kind, isKept: false };
    });
  }

  /** Reads ahead and, unless what was read is to be kept, comes back. */
  attempt<Result>(read: () => { readonly result: Result; readonly isKept: boolean }): Result {
    const mark = this.mark();
    const { result, isKept } = read();
    if (!isKept) this.reset(mark);
    return result;
  }

  /** How many brackets are open around the token at hand. */
  private outerDepth(): number {
    return this.isOpening() ? this.depth - 1 : this.depth;
  }

  private isOpening(): boolean {
    return this.kind === Token.LeftParen || this.kind === Token.LeftBracket || this.kind === Token.LeftBrace;
  }

  private isClosing(): boolean {
    return this.kind === Token.RightParen || this.kind === Token.RightBracket || this.kind === Token.RightBrace;
  }
}
