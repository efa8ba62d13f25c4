/** Adds a method behind a class's constructor, with what the constructor is to do at its end. */
import type { ClassDefinition, FunctionDefinition, Statement } from '../../../syntax/tree.js';
import { walk } from '../../../syntax/walk.js';
import type { Span } from '../../../text/span.js';
import type { Edit } from '../../framework.js';
import type { File } from './file.js';
import { spell } from './imports.js';
import { type Wanted, wordsFor } from './words.js';

/** Where code for a class is written, and the imports that the code needs. */
export class ClassWriter {
  readonly imports: Edit[] = [];
  readonly self: string;
  readonly #file: File;
  readonly #initializer: FunctionDefinition;

  private constructor(file: File, initializer: FunctionDefinition, self: string) {
    this.#file = file;
    this.#initializer = initializer;
    this.self = self;
  }

  /** Undefined where there is no constructor to write behind, or a method of that name. */
  static for(file: File, className: Span, method: string): ClassWriter | undefined {
    const owner = classAt(file, className);
    const initializer = owner && methodOf(owner, '__init__');
    const last = initializer?.body.at(-1);
    const self = initializer?.parameters.list[0]?.name.name;
    if (owner === undefined || initializer === undefined || last === undefined || self === undefined) return undefined;
    const before = file.text.slice(file.lineStart(last.start), last.start);
    if (/\S/.test(before) || methodOf(owner, method) !== undefined) return undefined;
    return new ClassWriter(file, initializer, self);
  }

  /** What the constructor does in any case, in order. */
  get constructorBody(): readonly Statement[] {
    return this.#initializer.body;
  }

  /** One level of indentation within a method. */
  get unit(): string {
    return this.#file.indentUnit;
  }

  quoted(text: string): string {
    return this.#file.quote(text);
  }

  /** `nn.init.zeros_(module.bias)`; undefined for what has no words. */
  call(wanted: Wanted, tensor: string): string | undefined {
    const words = wordsFor(this.#file, wanted, tensor);
    if (words === undefined) return undefined;
    const { text, edits } = spell(this.#file, words.name);
    this.imports.push(...edits);
    return `${text}(${[tensor, ...words.args].join(', ')})`;
  }

  /** Lines are indented as within a method. */
  edits(atEnd: readonly string[], signature: string, body: readonly string[]): readonly Edit[] {
    const file = this.#file;
    const last = this.#initializer.body.at(-1)!;
    const at = file.lineEnd(last.end);
    const member = file.indentAt(this.#initializer.start);
    const within = file.indentAt(this.#initializer.body[0]!.start);
    const textOf = (lines: readonly string[]) => lines.map(it => it + file.lineBreak).join('');
    const calls = textOf(atEnd.map(it => within + it));
    const method = textOf(['', `${member}def ${signature}:`, ...body.map(it => (it === '' ? '' : within + it))]);
    const lineBreak = /[\r\n]$/.test(file.text.slice(0, at)) ? '' : file.lineBreak;
    const imports = distinct(this.imports);
    if (last.kind !== 'Return') return [...imports, { start: at, end: at, text: lineBreak + calls + method }];
    const early = file.lineStart(last.start);
    return [...imports, { start: early, end: early, text: calls }, { start: at, end: at, text: lineBreak + method }];
  }
}

function classAt(file: File, name: Span): ClassDefinition | undefined {
  let found: ClassDefinition | undefined;
  walk(file.tree, node => {
    if (node.kind === 'ClassDefinition' && node.name.start === name.start) found = node;
    return found === undefined;
  });
  return found;
}

function methodOf({ body }: ClassDefinition, name: string): FunctionDefinition | undefined {
  return body.find((it): it is FunctionDefinition => it.kind === 'FunctionDefinition' && it.name.name === name);
}

function distinct(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map(it => [`${it.start} ${it.end} ${it.text}`, it])).values()];
}
