/** The kinds of Python's tokens, and the tables that tell keywords and operators. */
import { Char } from './characters.js';
import type { BinaryOperator } from './tree.js';

export enum Token {
  // What the layout of lines makes; the tokenizer counts on these being the first four.
  EndOfFile,
  Newline,
  Indent,
  Dedent,
  Name,
  Number,
  String,
  /** The opening of an f-string or t-string; what follows is read as `strings.ts` asks for it. */
  FormatString,
  /** A character that is not Python, or a bracket that closes nothing: reported and dropped. */
  Unknown,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Comma,
  Colon,
  Semicolon,
  Dot,
  Ellipsis,
  Equal,
  Arrow,
  ColonEqual,
  Exclamation,
  AugmentedAssign,
  Plus,
  Minus,
  Star,
  DoubleStar,
  Slash,
  DoubleSlash,
  Percent,
  At,
  LeftShift,
  RightShift,
  Ampersand,
  Bar,
  Caret,
  Tilde,
  Less,
  Greater,
  LessEqual,
  GreaterEqual,
  EqualEqual,
  NotEqual,
  // Keywords, `False` being the first.
  False,
  None,
  True,
  And,
  As,
  Assert,
  Async,
  Await,
  Break,
  Class,
  Continue,
  Def,
  Del,
  Elif,
  Else,
  Except,
  Finally,
  For,
  From,
  Global,
  If,
  Import,
  In,
  Is,
  Lambda,
  Nonlocal,
  Not,
  Or,
  Pass,
  Raise,
  Return,
  Try,
  While,
  With,
  Yield,
}

const TOKEN_COUNT = Token.Yield + 1;

/** A table by token: 1 for the given ones. */
export function setOf(...tokens: readonly Token[]): Uint8Array {
  const table = new Uint8Array(TOKEN_COUNT);
  for (const token of tokens) table[token] = 1;
  return table;
}

export function isKeyword(token: Token): boolean {
  return token >= Token.False;
}

const KEYWORDS: Readonly<Record<string, Token>> = {
  False: Token.False,
  None: Token.None,
  True: Token.True,
  and: Token.And,
  as: Token.As,
  assert: Token.Assert,
  async: Token.Async,
  await: Token.Await,
  break: Token.Break,
  class: Token.Class,
  continue: Token.Continue,
  def: Token.Def,
  del: Token.Del,
  elif: Token.Elif,
  else: Token.Else,
  except: Token.Except,
  finally: Token.Finally,
  for: Token.For,
  from: Token.From,
  global: Token.Global,
  if: Token.If,
  import: Token.Import,
  in: Token.In,
  is: Token.Is,
  lambda: Token.Lambda,
  nonlocal: Token.Nonlocal,
  not: Token.Not,
  or: Token.Or,
  pass: Token.Pass,
  raise: Token.Raise,
  return: Token.Return,
  try: Token.Try,
  while: Token.While,
  with: Token.With,
  yield: Token.Yield,
};

const LONGEST_KEYWORD = 8;
const KEYWORDS_BY_FIRST = keywordsByFirst();

/** The keyword between the two offsets, or `Token.Name`. */
export function keywordOrName(codes: Uint16Array, start: number, end: number): Token {
  const length = end - start;
  if (length < 2 || length > LONGEST_KEYWORD) return Token.Name;
  const candidates = KEYWORDS_BY_FIRST[codes[start]!];
  if (candidates === undefined) return Token.Name;
  for (const { word, token } of candidates) {
    if (word.length === length && spells(codes, start, word)) return token;
  }
  return Token.Name;
}

/** Whether the codes from `start` on spell the word. */
export function spells(codes: Uint16Array, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    if (codes[start + i] !== word.charCodeAt(i)) return false;
  }
  return true;
}

function keywordsByFirst(): { word: string; token: Token }[][] {
  const table: { word: string; token: Token }[][] = [];
  for (const [word, token] of Object.entries(KEYWORDS)) {
    const first = word.charCodeAt(0);
    const bucket = table[first] ?? [];
    bucket.push({ word, token });
    table[first] = bucket;
  }
  return table;
}

/** Operators and delimiters of one character, by its code; 0 for other characters. */
export const SINGLE = byCode({
  '(': Token.LeftParen,
  ')': Token.RightParen,
  '[': Token.LeftBracket,
  ']': Token.RightBracket,
  '{': Token.LeftBrace,
  '}': Token.RightBrace,
  ',': Token.Comma,
  ':': Token.Colon,
  ';': Token.Semicolon,
  '.': Token.Dot,
  '=': Token.Equal,
  '!': Token.Exclamation,
  '+': Token.Plus,
  '-': Token.Minus,
  '*': Token.Star,
  '/': Token.Slash,
  '%': Token.Percent,
  '@': Token.At,
  '&': Token.Ampersand,
  '|': Token.Bar,
  '^': Token.Caret,
  '~': Token.Tilde,
  '<': Token.Less,
  '>': Token.Greater,
});

/** What a character followed by `=` is. */
export const WITH_EQUAL = byCode({
  '=': Token.EqualEqual,
  '!': Token.NotEqual,
  '<': Token.LessEqual,
  '>': Token.GreaterEqual,
  ':': Token.ColonEqual,
  '+': Token.AugmentedAssign,
  '-': Token.AugmentedAssign,
  '*': Token.AugmentedAssign,
  '/': Token.AugmentedAssign,
  '%': Token.AugmentedAssign,
  '@': Token.AugmentedAssign,
  '&': Token.AugmentedAssign,
  '|': Token.AugmentedAssign,
  '^': Token.AugmentedAssign,
});

/** What a character followed by itself is. */
export const DOUBLED = byCode({
  '*': Token.DoubleStar,
  '/': Token.DoubleSlash,
  '<': Token.LeftShift,
  '>': Token.RightShift,
});

function byCode(tokens: Readonly<Record<string, Token>>): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [character, token] of Object.entries(tokens)) table[character.charCodeAt(0)] = token;
  return table;
}

/** The bracket that a closing one closes. */
export function openerOf(closer: number): number {
  return closer === Char.RightParen ? Char.LeftParen : closer - 2;
}

/** How tightly operators bind, from `or` to `*`; 0 for what is no infix operator. */
export const PRECEDENCE = precedences();

export enum Precedence {
  None,
  Or,
  And,
  Not,
  Comparison,
  BitOr,
  BitXor,
  BitAnd,
  Shift,
  Sum,
  Product,
}

function precedences(): Uint8Array {
  const levels: readonly (readonly Token[])[] = [
    [Token.Or],
    [Token.And],
    [],
    [Token.Less, Token.Greater, Token.LessEqual, Token.GreaterEqual, Token.EqualEqual, Token.NotEqual],
    [Token.Bar],
    [Token.Caret],
    [Token.Ampersand],
    [Token.LeftShift, Token.RightShift],
    [Token.Plus, Token.Minus],
    [Token.Star, Token.Slash, Token.DoubleSlash, Token.Percent, Token.At],
  ];
  const table = new Uint8Array(TOKEN_COUNT);
  levels.forEach((tokens, level) => {
    for (const token of tokens) table[token] = level + 1;
  });
  for (const token of [Token.In, Token.Is, Token.Not]) table[token] = 4;
  return table;
}

/** How a binary operator is written. */
export const OPERATOR_TEXT: Readonly<Partial<Record<Token, BinaryOperator>>> = {
  [Token.Plus]: '+',
  [Token.Minus]: '-',
  [Token.Star]: '*',
  [Token.DoubleStar]: '**',
  [Token.Slash]: '/',
  [Token.DoubleSlash]: '//',
  [Token.Percent]: '%',
  [Token.At]: '@',
  [Token.LeftShift]: '<<',
  [Token.RightShift]: '>>',
  [Token.Ampersand]: '&',
  [Token.Bar]: '|',
  [Token.Caret]: '^',
};

const EXPRESSION_STARTS = [
  Token.Name,
  Token.Number,
  Token.String,
  Token.FormatString,
  Token.LeftParen,
  Token.LeftBracket,
  Token.LeftBrace,
  Token.Minus,
  Token.Plus,
  Token.Tilde,
  Token.Star,
  Token.Ellipsis,
  Token.False,
  Token.None,
  Token.True,
  Token.Not,
  Token.Lambda,
  Token.Await,
  Token.Yield,
];
const STARTS_EXPRESSION = setOf(...EXPRESSION_STARTS);

/** Where a list of elements can go on. */
export const ARGUMENT_STARTS = setOf(Token.Comma, ...EXPRESSION_STARTS);

export function startsExpression(token: Token): boolean {
  return STARTS_EXPRESSION[token] === 1;
}
