/** Python's regular expressions as JavaScript's. */

export const flagBits = {
  IGNORECASE: 2,
  LOCALE: 4,
  MULTILINE: 8,
  DOTALL: 16,
  UNICODE: 32,
  VERBOSE: 64,
  ASCII: 256,
} as const;

const letters: Readonly<Record<string, number>> = { i: 2, L: 4, m: 8, s: 16, u: 32, x: 64, a: 256 };

export interface Translated {
  readonly source: string;
  readonly flags: string;
}

const translations = new Map<string, Translated | undefined>();
/** As many as Python keeps. */
const MOST_TRANSLATIONS = 512;

/** Undefined for what JavaScript has no words for: conditions, atomic groups, possessive quantifiers. */
export function translate(pattern: string, flags: number): Translated | undefined {
  const key = `${flags} ${pattern}`;
  if (!translations.has(key)) {
    if (translations.size >= MOST_TRANSLATIONS) translations.clear();
    translations.set(key, translateAnew(pattern, flags));
  }
  return translations.get(key);
}

function translateAnew(pattern: string, flags: number): Translated | undefined {
  const inline = /^\(\?([iLmsuxa]+)\)/.exec(pattern);
  const all = [...(inline?.[1] ?? '')].reduce((bits, it) => bits | letters[it]!, flags);
  const source = new Translator(pattern.slice(inline?.[0].length ?? 0), all).translate();
  if (source === undefined || !isValid(source)) return undefined;
  const names = [
    [flagBits.IGNORECASE, 'i'],
    [flagBits.MULTILINE, 'm'],
    [flagBits.DOTALL, 's'],
  ] as const;
  return { source, flags: names.map(([bit, letter]) => (all & bit ? letter : '')).join('') };
}

function isValid(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

const END = '(?![\\s\\S])';

class Translator {
  private at = 0;
  private result = '';

  constructor(
    private readonly pattern: string,
    private readonly flags: number,
  ) {}

  translate(): string | undefined {
    while (this.at < this.pattern.length) {
      const piece = this.piece();
      if (piece === undefined) return undefined;
      this.result += piece;
    }
    return this.result;
  }

  private piece(): string | undefined {
    const rest = this.pattern.slice(this.at);
    switch (rest[0]) {
      case '\\':
        return this.escape(rest);
      case '[':
        return this.characterClass();
      case '(':
        return this.group(rest);
      case '$':
        return this.take(1, this.flags & flagBits.MULTILINE ? '$' : `(?=\\n?${END})`);
      case '{':
        return this.quantifier(rest);
      case '#':
        return this.flags & flagBits.VERBOSE ? this.take(/^[^\n]*/.exec(rest)![0].length, '') : this.take(1, '#');
      default:
        return this.plain(rest);
    }
  }

  private take(length: number, translated: string): string {
    this.at += length;
    return translated;
  }

  private plain(rest: string): string | undefined {
    if (this.flags & flagBits.VERBOSE && /^\s/.test(rest)) return this.take(1, '');
    if (/^[*+?]\+/.test(rest)) return undefined;
    return this.take(1, rest[0]!);
  }

  private escape(rest: string): string {
    const letter = rest[1] ?? '';
    if (letter === 'A') return this.take(2, '(?<![\\s\\S])');
    if (letter === 'Z') return this.take(2, END);
    if (letter === 'a') return this.take(2, '\\x07');
    const long = /^\\U([0-9a-fA-F]{8})/.exec(rest);
    if (long !== null) return this.take(10, String.fromCodePoint(Number.parseInt(long[1]!, 16)));
    return this.take(2, /[_ "'#%&,:;<=>@`~!]/.test(letter) ? letter : rest.slice(0, 2));
  }

  private quantifier(rest: string): string {
    const open = /^\{,(\d+)\}/.exec(rest);
    if (open !== null) return this.take(open[0].length, `{0,${open[1]}}`);
    return this.take(1, /^\{\d+(,\d*)?\}/.test(rest) ? '{' : '\\{');
  }

  /** A bracket that comes first is a literal in Python. */
  private characterClass(): string {
    const match = /^\[(\^?)(\]?)((?:\\[\s\S]|[^\]\\])*)\]/.exec(this.pattern.slice(this.at));
    if (match === null) return this.take(1, '\\[');
    const [whole, negation, bracket, body] = match;
    const inner = body!.replace(/\\A|\\Z/g, it => it[1]!);
    return this.take(whole.length, `[${negation}${bracket === '' ? '' : '\\]'}${inner}]`);
  }

  private group(rest: string): string | undefined {
    const named = /^\(\?P<(\w+)>/.exec(rest);
    if (named !== null) return this.take(named[0].length, `(?<${named[1]}>`);
    const reference = /^\(\?P=(\w+)\)/.exec(rest);
    if (reference !== null) return this.take(reference[0].length, `\\k<${reference[1]}>`);
    const comment = /^\(\?#[^)]*\)/.exec(rest);
    if (comment !== null) return this.take(comment[0].length, '');
    if (/^\(\?(\(|>|[a-zA-Z-]+[:)])/.test(rest)) return undefined;
    return this.take(1, '(');
  }
}
