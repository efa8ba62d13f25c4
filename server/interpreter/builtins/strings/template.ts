/** `str.format`: fills replacement fields with attributes, items, conversions and nested specifications. */
import type { Machine } from '../../machine.js';
import { formatValue } from '../../text.js';
import type { Value } from '../../values.js';
import { asciiRepr } from '../quoting.js';

export interface Fields {
  readonly positional: readonly Value[];
  readonly named: (name: string) => Value | undefined;
}

/** Undefined when a value that it prints is not known. */
export function fillTemplate(m: Machine, template: string, fields: Fields): string | undefined {
  return new Filler(m, fields).fill(template, 2);
}

class Filler {
  private nextIndex = 0;

  constructor(
    private readonly m: Machine,
    private readonly fields: Fields,
  ) {}

  fill(template: string, depth: number): string | undefined {
    if (depth < 0) return this.refuse('Max string recursion exceeded');
    let text = '';
    for (let at = 0; at < template.length; at++) {
      const character = template[at]!;
      if (character !== '{' && character !== '}') {
        text += character;
      } else if (template[at + 1] === character) {
        text += character;
        at++;
      } else if (character === '}') {
        return this.refuse("Single '}' encountered in format string");
      } else {
        const end = endOfField(template, at);
        if (end < 0) return this.refuse("expected '}' before end of string");
        const field = this.field(template.slice(at + 1, end), depth);
        if (field === undefined) return undefined;
        text += field;
        at = end;
      }
    }
    return text;
  }

  private field(text: string, depth: number): string | undefined {
    const match = /^((?:[^[\]!:]|\[[^\]]*\])*)(?:!(.))?(?::(.*))?$/su.exec(text);
    if (match === null) return this.refuse("expected ':' after conversion specifier");
    const [, name, conversion, nested] = match;
    const value = this.converted(this.lookUp(name!), conversion);
    const spec = this.fill(nested ?? '', depth - 1);
    return value === undefined || spec === undefined ? undefined : formatValue(this.m, value, spec);
  }

  private lookUp(name: string): Value {
    const [, first = '', path = ''] = /^([^.[]*)(.*)$/su.exec(name)!;
    let value = this.first(first);
    for (const [, attribute, item] of path.matchAll(/\.([^.[]+)|\[([^\]]+)\]/gsu)) {
      if (attribute !== undefined) value = this.m.getAttribute(value, attribute);
      else value = this.m.getItem(value, /^\d+$/.test(item!) ? Number(item) : item!);
    }
    return value;
  }

  private first(name: string): Value {
    if (name !== '' && !/^\d+$/.test(name)) return this.named(name);
    const index = name === '' ? this.nextIndex++ : Number(name);
    const value = this.fields.positional[index];
    if (value !== undefined) return value;
    return this.m.raise('IndexError', `Replacement index ${index} out of range for positional args tuple`);
  }

  private named(name: string): Value {
    const value = this.fields.named(name);
    return value === undefined ? this.m.raise('KeyError', name) : value;
  }

  private converted(value: Value, conversion: string | undefined): Value | undefined {
    switch (conversion) {
      case undefined:
        return value;
      case 's':
        return this.m.toText(value);
      case 'r':
        return this.m.repr(value);
      case 'a': {
        const text = this.m.repr(value);
        return text === undefined ? undefined : asciiRepr(text);
      }
      default:
        return this.refuse(`Unknown conversion specifier '${conversion}'`);
    }
  }

  private refuse(message: string): never {
    return this.m.raise('ValueError', message);
  }
}

function endOfField(template: string, start: number): number {
  let depth = 0;
  for (let at = start; at < template.length; at++) {
    if (template[at] === '{') depth++;
    if (template[at] === '}') depth--;
    if (depth === 0) return at;
  }
  return -1;
}
