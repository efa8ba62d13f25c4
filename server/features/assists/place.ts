/** Where in a call of an initializer the cursor is, read from the text: what is being typed has no tree yet. */
import { framework } from '../../analyze.js';
import type { InitializerSignature } from '../../frameworks/framework.js';
import type { Tree } from '../../syntax/tree.js';
import type { Source } from '../../text/source.js';
import type { Span } from '../../text/span.js';

/** `typed` is what stands before the cursor of the word that is being completed. */
export type Place = { readonly typed: Span; readonly tensor?: string } & (
  | { readonly kind: 'name' }
  | {
      readonly kind: 'argument';
      readonly initializer: InitializerSignature;
      /** From 0, of the argument that the cursor is in. */
      readonly index: number;
      /** `nonlinearity` behind `nonlinearity=`. */
      readonly keyword?: string;
      /** The quote that is open before the cursor. */
      readonly quote?: string;
      /** Keywords that are given elsewhere in the call. */
      readonly given: ReadonlySet<string>;
    }
);

/** Arguments of a call that is further away are those of another one. */
const farthest = 600;

export function placeAt(source: Source, tree: Tree, offset: number): Place | undefined {
  const { text, lines } = source;
  const line = text.slice(lines.startOf(lines.lineAt(offset)), offset);
  if (/^\s*(#|import\b|from\b)/.test(line)) return undefined;
  const paths = framework.initializerPaths(source, tree);
  return placeOfName(text, offset, paths) ?? placeOfArgument(text, offset, paths);
}

function placeOfName(text: string, offset: number, paths: readonly string[]): Place | undefined {
  const before = text.slice(Math.max(0, offset - farthest), offset);
  const match = /([A-Za-z_][\w.]*)\.(\w*)$/.exec(before);
  if (match === null || !paths.includes(match[1]!)) return undefined;
  const tensor = /^\w*\(\s*([\w.[\]]+)/.exec(text.slice(offset, offset + farthest))?.[1];
  return { kind: 'name', typed: typedBefore(offset, match[2]!), ...(tensor !== undefined && { tensor }) };
}

const typedBefore = (offset: number, word: string): Span => ({ start: offset - word.length, end: offset });

function placeOfArgument(text: string, offset: number, paths: readonly string[]): Place | undefined {
  const open = openBracket(text, offset);
  const callee =
    open === undefined ? undefined : /[A-Za-z_][\w.]*$/.exec(text.slice(Math.max(0, open - 200), open))?.[0];
  const initializer = callee === undefined ? undefined : initializerOf(callee, paths);
  if (open === undefined || initializer === undefined) return undefined;
  const args = splitArguments(text.slice(open + 1, offset));
  const current = args.at(-1)!;
  const keyword = /^\s*(\w+)\s*=/.exec(current)?.[1];
  const value = keyword === undefined ? current : current.slice(current.indexOf('=') + 1);
  const quote = /^\s*(['"])[^'"]*$/.exec(value)?.[1];
  const behind = splitArguments(text.slice(offset, closingBracket(text, offset)));
  const tensor = (args.length > 1 ? args[0]! : current + behind[0]!).trim() || undefined;
  const given = [...args.slice(0, -1), ...behind.slice(1)].flatMap(it => /^\s*(\w+)\s*=/.exec(it)?.[1] ?? []);
  return {
    kind: 'argument',
    initializer,
    index: args.length - 1,
    typed: typedBefore(offset, /\w*$/.exec(value)![0]),
    given: new Set(given),
    ...(tensor !== undefined && { tensor }),
    ...(keyword !== undefined && { keyword }),
    ...(quote !== undefined && { quote }),
  };
}

function initializerOf(callee: string, paths: readonly string[]): InitializerSignature | undefined {
  const dot = callee.lastIndexOf('.');
  if (dot >= 0 && !paths.includes(callee.slice(0, dot))) return undefined;
  return framework.initializers.find(it => it.name === callee.slice(dot + 1));
}

/** The bracket that is open at the offset and was opened last. */
function openBracket(text: string, offset: number): number | undefined {
  let depth = 0;
  for (let at = offset - 1; at >= Math.max(0, offset - farthest); at--) {
    const character = text[at]!;
    if (')]}'.includes(character)) depth++;
    else if ('([{'.includes(character) && depth-- === 0) return character === '(' ? at : undefined;
  }
  return undefined;
}

function closingBracket(text: string, offset: number): number {
  let depth = 0;
  for (let at = offset; at < Math.min(text.length, offset + farthest); at++) {
    const character = text[at]!;
    if (character === '\n' && depth === 0) return at;
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && depth-- === 0) return at;
  }
  return offset;
}

function splitArguments(text: string): readonly string[] {
  const args = [''];
  let depth = 0;
  for (const character of text) {
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    if (character === ',' && depth === 0) args.push('');
    else args[args.length - 1] += character;
  }
  return args;
}
