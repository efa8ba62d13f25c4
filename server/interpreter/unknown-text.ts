/** Text of which parts are not known, such as `f'fc{i}'`: what is put under it is found again under the same. */
import { Unknown, type Value } from './values.js';

export class UnknownText extends Unknown {
  constructor(
    of: Unknown,
    /** With `?` for each part that is not known. */
    readonly pattern: string,
  ) {
    super(of.reason, of.site, undefined, of.inputs, undefined, of.foreign, of.origin);
  }
}

/** The text as far as it is known. */
export function patternOf(value: Value): string {
  if (typeof value === 'string') return value;
  return value instanceof UnknownText ? value.pattern : '?';
}

const isText = (value: Value): boolean => typeof value === 'string' || value instanceof UnknownText;

/** `'fc' + i` where one of both is not known; undefined where nothing tells that it is text. */
export function unknownSum(unknown: Unknown, a: Value, b: Value): Unknown | undefined {
  return isText(a) || isText(b) ? new UnknownText(unknown, patternOf(a) + patternOf(b)) : undefined;
}

/** What a template comes to whose values are not all known; `fields` matches the places that they fill. */
export const unknownFilled = (unknown: Unknown, template: string, fields: RegExp): Unknown =>
  new UnknownText(unknown, template.replace(fields, '?'));
