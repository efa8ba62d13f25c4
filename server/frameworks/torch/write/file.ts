/** A file that is to be changed: its text, its tree, and the habits of its author. */
import type { Call, Node, Tree } from '../../../syntax/tree.js';
import { walk } from '../../../syntax/walk.js';
import type { Span } from '../../../text/span.js';

export class File {
  constructor(
    readonly text: string,
    readonly tree: Tree,
  ) {}

  /** The call that covers exactly this span. */
  callAt({ start, end }: Span): Call | undefined {
    let found: Call | undefined;
    walk(this.tree, node => {
      if (node.kind === 'Call' && node.start === start && node.end === end) found = node;
      return found === undefined && mayHold(node, start, end);
    });
    return found;
  }

  textOf({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  /** A string literal in the quotes that the file uses most. */
  quote(value: string): string {
    const mark = this.quoteMark();
    return mark + value.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark;
  }

  private quoteMark(): string {
    let single = 0;
    let double = 0;
    walk(this.tree, node => {
      if (node.kind === 'String') {
        const first = this.text.slice(node.start, node.end).replace(/^\w+/, '');
        if (first.startsWith("'")) single++;
        else if (!first.startsWith('"""')) double++;
      }
      return true;
    });
    return double > single ? '"' : "'";
  }

  /** The white space that the line of this offset begins with. */
  indentAt(offset: number): string {
    const line = this.text.slice(this.lineStart(offset));
    return /^[ \t]*/.exec(line)![0];
  }

  lineStart(offset: number): number {
    return Math.max(this.text.lastIndexOf('\n', offset - 1), this.text.lastIndexOf('\r', offset - 1)) + 1;
  }

  /** Behind the line break, or the end of the text. */
  lineEnd(offset: number): number {
    const match = /\r\n|\n|\r/.exec(this.text.slice(offset));
    return match === null ? this.text.length : offset + match.index + match[0].length;
  }

  get lineBreak(): string {
    return /\r\n|\n|\r/.exec(this.text)?.[0] ?? '\n';
  }

  /** One level of the file's indentation. */
  get indentUnit(): string {
    return /^(\t| +)\S/m.exec(this.text)?.[1] ?? '    ';
  }
}

/** Decorators lie outside of their definition's span. */
function mayHold(node: Node, start: number, end: number): boolean {
  if (node.kind === 'FunctionDefinition' || node.kind === 'ClassDefinition') return end <= node.end;
  return node.start <= start && end <= node.end;
}
