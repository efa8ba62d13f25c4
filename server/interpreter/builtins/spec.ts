/** The format mini-language: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */

export interface Spec {
  readonly fill: string;
  readonly align: '<' | '>' | '^' | '=' | undefined;
  readonly sign: '+' | '-' | ' ';
  /** `z`: negative zero loses its sign. */
  readonly isZeroPositive: boolean;
  /** `#`. */
  readonly isAlternate: boolean;
  readonly width: number;
  readonly grouping: ',' | '_' | '';
  readonly precision: number | undefined;
  /** Empty when there is none. */
  readonly type: string;
}

const pattern = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

/** Undefined for what is not a format specification. */
export function parseSpec(text: string): Spec | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, fill, align, sign, z, alternate, zero, width, grouping, precision, type] = match;
  const isPadded = zero !== undefined && align === undefined;
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: isPadded ? '=' : (align as Spec['align']),
    sign: (sign as Spec['sign'] | undefined) ?? '-',
    isZeroPositive: z !== undefined,
    isAlternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping: (grouping as Spec['grouping'] | undefined) ?? '',
    precision: precision === undefined ? undefined : Number(precision),
    type: type ?? '',
  };
}
