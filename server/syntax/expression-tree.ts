/** The part of the syntax tree that has values: expressions, their arguments and parameters. */

export interface Located {
  readonly start: number;
  readonly end: number;
}

/** A name with its place: of a definition, an attribute, a parameter, a keyword argument, an import. */
export interface Identifier extends Located {
  readonly name: string;
}

export type Expression =
  | Name
  | IntLiteral
  | FloatLiteral
  | ImaginaryLiteral
  | StringLiteral
  | BytesLiteral
  | NameConstant
  | EllipsisLiteral
  | JoinedString
  | TemplateString
  | Attribute
  | Subscript
  | Slice
  | Call
  | Starred
  | UnaryOperation
  | BinaryOperation
  | BooleanOperation
  | Comparison
  | Conditional
  | Lambda
  | Tuple
  | List
  | SetDisplay
  | Dictionary
  | Comprehension
  | DictComprehension
  | NamedExpression
  | Await
  | Yield
  | YieldFrom
  | Missing;

export interface Name extends Located {
  readonly kind: 'Name';
  readonly name: string;
}
export interface IntLiteral extends Located {
  readonly kind: 'Int';
  /** A bigint beyond the safe integers. */
  readonly value: number | bigint;
}
export interface FloatLiteral extends Located {
  readonly kind: 'Float';
  readonly value: number;
}
export interface ImaginaryLiteral extends Located {
  readonly kind: 'Imaginary';
  readonly value: number;
}
/** One string after implicit concatenation, escapes resolved. */
export interface StringLiteral extends Located {
  readonly kind: 'String';
  readonly value: string;
}
/** One char code per byte. */
export interface BytesLiteral extends Located {
  readonly kind: 'Bytes';
  readonly value: string;
}
export interface NameConstant extends Located {
  readonly kind: 'Constant';
  readonly value: true | false | null;
}
export interface EllipsisLiteral extends Located {
  readonly kind: 'Ellipsis';
}
/** An f-string, possibly concatenated with others: literal parts and interpolations in order. */
export interface JoinedString extends Located {
  readonly kind: 'JoinedString';
  readonly parts: readonly (StringLiteral | Interpolation)[];
}
/** A t-string (PEP 750). */
export interface TemplateString extends Located {
  readonly kind: 'TemplateString';
  readonly parts: readonly (StringLiteral | Interpolation)[];
}
export interface Interpolation extends Located {
  readonly kind: 'Interpolation';
  readonly value: Expression;
  /** `s`, `r`, `a`; absent when there is none. `{x=}` without a conversion or format has `r`, as in CPython. */
  readonly conversion?: 's' | 'r' | 'a';
  readonly format?: JoinedString;
}
export interface Attribute extends Located {
  readonly kind: 'Attribute';
  readonly value: Expression;
  /** Length zero after a trailing dot. */
  readonly attribute: Identifier;
}
export interface Subscript extends Located {
  readonly kind: 'Subscript';
  readonly value: Expression;
  readonly index: Expression;
}
export interface Slice extends Located {
  readonly kind: 'Slice';
  readonly lower?: Expression;
  readonly upper?: Expression;
  readonly step?: Expression;
}
export interface Call extends Located {
  readonly kind: 'Call';
  readonly callee: Expression;
  /** Positional arguments, `Starred` among them, in order. */
  readonly args: readonly Expression[];
  readonly keywords: readonly Keyword[];
}
export interface Keyword extends Located {
  readonly kind: 'Keyword';
  /** Absent for `**value`. */
  readonly name?: Identifier;
  readonly value: Expression;
}
export interface Starred extends Located {
  readonly kind: 'Starred';
  readonly value: Expression;
}
export interface UnaryOperation extends Located {
  readonly kind: 'UnaryOperation';
  readonly operator: '+' | '-' | '~' | 'not';
  readonly operand: Expression;
}
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '&' | '|' | '^' | '<<' | '>>';
export interface BinaryOperation extends Located {
  readonly kind: 'BinaryOperation';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface BooleanOperation extends Located {
  readonly kind: 'BooleanOperation';
  readonly operator: 'and' | 'or';
  readonly values: readonly Expression[];
}
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in';
export interface Comparison extends Located {
  readonly kind: 'Comparison';
  readonly left: Expression;
  readonly operators: readonly ComparisonOperator[];
  readonly comparators: readonly Expression[];
}
export interface Conditional extends Located {
  readonly kind: 'Conditional';
  readonly test: Expression;
  readonly body: Expression;
  readonly otherwise: Expression;
}
export interface Lambda extends Located {
  readonly kind: 'Lambda';
  readonly parameters: Parameters;
  readonly body: Expression;
}
export interface Tuple extends Located {
  readonly kind: 'Tuple';
  readonly elements: readonly Expression[];
}
export interface List extends Located {
  readonly kind: 'List';
  readonly elements: readonly Expression[];
}
export interface SetDisplay extends Located {
  readonly kind: 'Set';
  readonly elements: readonly Expression[];
}
export interface Dictionary extends Located {
  readonly kind: 'Dictionary';
  /** An entry without a key is `**value`. */
  readonly entries: readonly { readonly key?: Expression; readonly value: Expression }[];
}
export interface Comprehension extends Located {
  readonly kind: 'Comprehension';
  readonly result: 'list' | 'set' | 'generator';
  readonly element: Expression;
  readonly clauses: readonly ComprehensionClause[];
}
export interface DictComprehension extends Located {
  readonly kind: 'DictComprehension';
  readonly key: Expression;
  readonly value: Expression;
  readonly clauses: readonly ComprehensionClause[];
}
export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
  readonly isAsync: boolean;
}
export interface NamedExpression extends Located {
  readonly kind: 'NamedExpression';
  readonly target: Expression;
  readonly value: Expression;
}
export interface Await extends Located {
  readonly kind: 'Await';
  readonly value: Expression;
}
export interface Yield extends Located {
  readonly kind: 'Yield';
  readonly value?: Expression;
}
export interface YieldFrom extends Located {
  readonly kind: 'YieldFrom';
  readonly value: Expression;
}
/** Stands where half-typed code lacks an expression. */
export interface Missing extends Located {
  readonly kind: 'Missing';
}

// ── parameters ──────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Parameters extends Located {
  readonly list: readonly Parameter[];
}
/** In source order; `*` alone leaves no parameter, it makes the following ones `keywordOnly`. */
export interface Parameter extends Located {
  readonly name: Identifier;
  readonly passing: 'positionalOnly' | 'any' | 'variadic' | 'keywordOnly' | 'keywords';
  readonly annotation?: Expression;
  readonly default?: Expression;
}
/** PEP 695: `T: int = str`, `*Ts`, `**P`. */
export interface TypeParameter extends Located {
  readonly kind: 'TypeVar' | 'TypeVarTuple' | 'ParamSpec';
  readonly name: Identifier;
  readonly bound?: Expression;
  readonly default?: Expression;
}
