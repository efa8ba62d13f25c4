/** `str` methods that change letters and those that ask what the letters are. */
import type { Table } from '../define.js';
import { isPrintable } from '../quoting.js';
import { space, str } from './receiver.js';

const ask = (name: string, test: (text: string) => boolean) => str.strict(name, '', (_, self) => test(self));
const change = (name: string, to: (text: string) => string) => str.strict(name, '', (_, self) => to(self));

const allSpace = new RegExp(`^${space}+$`);

export const caseMethods: Table = [
  change('upper', it => it.toUpperCase()),
  change('lower', it => it.toLowerCase()),
  change('casefold', it => it.toLowerCase().replace(/ß/g, 'ss').replace(/ς/g, 'σ')),
  change('capitalize', it => titleFirst(it)),
  change('title', it => it.replace(/\p{Cased}+/gu, titleFirst)),
  change('swapcase', it => Array.from(it, swapped).join('')),
  ask('isalpha', it => /^\p{L}+$/u.test(it)),
  ask('isalnum', it => /^[\p{L}\p{N}]+$/u.test(it)),
  ask('isascii', it => !/\P{ASCII}/u.test(it)),
  ask('isdecimal', it => /^\p{Nd}+$/u.test(it)),
  ask('isdigit', it => /^[\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐]+$/u.test(it)),
  ask('isnumeric', it => /^\p{N}+$/u.test(it)),
  ask('isidentifier', it => /^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(it)),
  ask('islower', it => /\p{Cased}/u.test(it) && !/[\p{Lu}\p{Lt}]/u.test(it)),
  ask('isupper', it => /\p{Cased}/u.test(it) && !/[\p{Lowercase}\p{Lt}]/u.test(it)),
  ask('istitle', isTitle),
  ask('isspace', it => allSpace.test(it)),
  ask('isprintable', it => Array.from(it).every(isPrintable)),
];

function titleFirst(text: string): string {
  const first = String.fromCodePoint(...(text === '' ? [] : [text.codePointAt(0)!]));
  return titleCase(first) + text.slice(first.length).toLowerCase();
}

/** `ß` becomes `Ss`, not `SS`. */
function titleCase(letter: string): string {
  const [first = '', ...rest] = Array.from(letter.toUpperCase());
  return first + rest.join('').toLowerCase();
}

function swapped(letter: string): string {
  const lower = letter.toLowerCase();
  return lower === letter ? letter.toUpperCase() : lower;
}

function isTitle(text: string): boolean {
  const words = text.match(/\p{Cased}+/gu) ?? [];
  return words.length > 0 && words.every(it => /^[\p{Lu}\p{Lt}][^\p{Lu}\p{Lt}]*$/u.test(it));
}
