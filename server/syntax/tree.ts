/**
 * The syntax tree: CPython's `ast` with the same node names and fields, plus what an editor needs.
 *
 * Offsets are UTF-16 code units into the parsed text, half-open. A node's span is the one that CPython's `ast` gives it
 * (a decorated definition starts at `def` or `class`; its decorators have spans of their own). Where something is missing
 * in half-typed code, a `Missing` expression of length zero stands for it. Names that an editor points at carry spans.
 */

export interface Located {
  readonly start: number;
  readonly end: number;
}

/** A name with its place: of a definition, an attribute, a parameter, a keyword argument, an import. */
export interface Identifier extends Located {
  readonly name: string;
}

// ── expressions ─────────────────────────────────────────────────────────────────────────────────────────────────────

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

// ── statements ──────────────────────────────────────────────────────────────────────────────────────────────────────

export type Statement =
  | FunctionDefinition
  | ClassDefinition
  | Return
  | Delete
  | Assign
  | AugmentedAssign
  | AnnotatedAssign
  | TypeAlias
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExpressionStatement
  | Pass
  | Break
  | Continue;

export interface FunctionDefinition extends Located {
  readonly kind: 'FunctionDefinition';
  readonly name: Identifier;
  readonly parameters: Parameters;
  readonly returns?: Expression;
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  readonly typeParameters: readonly TypeParameter[];
  readonly isAsync: boolean;
  /** Whether a `yield` stands in this function itself, so that a call makes a generator. */
  readonly isGenerator: boolean;
}
export interface ClassDefinition extends Located {
  readonly kind: 'ClassDefinition';
  readonly name: Identifier;
  readonly bases: readonly Expression[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  readonly typeParameters: readonly TypeParameter[];
}
export interface Return extends Located {
  readonly kind: 'Return';
  readonly value?: Expression;
}
export interface Delete extends Located {
  readonly kind: 'Delete';
  readonly targets: readonly Expression[];
}
export interface Assign extends Located {
  readonly kind: 'Assign';
  readonly targets: readonly Expression[];
  readonly value: Expression;
}
export interface AugmentedAssign extends Located {
  readonly kind: 'AugmentedAssign';
  readonly target: Expression;
  readonly operator: BinaryOperator;
  readonly value: Expression;
}
export interface AnnotatedAssign extends Located {
  readonly kind: 'AnnotatedAssign';
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value?: Expression;
}
export interface TypeAlias extends Located {
  readonly kind: 'TypeAlias';
  readonly name: Identifier;
  readonly typeParameters: readonly TypeParameter[];
  readonly value: Expression;
}
export interface For extends Located {
  readonly kind: 'For';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
  readonly isAsync: boolean;
}
export interface While extends Located {
  readonly kind: 'While';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
/** `elif` is an `If` alone in `otherwise`, as in CPython. */
export interface If extends Located {
  readonly kind: 'If';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface With extends Located {
  readonly kind: 'With';
  readonly items: readonly { readonly context: Expression; readonly target?: Expression }[];
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
}
export interface Match extends Located {
  readonly kind: 'Match';
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}
export interface MatchCase extends Located {
  readonly pattern: Pattern;
  readonly guard?: Expression;
  readonly body: readonly Statement[];
}
export interface Raise extends Located {
  readonly kind: 'Raise';
  readonly exception?: Expression;
  readonly cause?: Expression;
}
export interface Try extends Located {
  readonly kind: 'Try';
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly otherwise: readonly Statement[];
  readonly finalizer: readonly Statement[];
  /** `except*` */
  readonly isStar: boolean;
}
export interface ExceptHandler extends Located {
  readonly type?: Expression;
  readonly name?: Identifier;
  readonly body: readonly Statement[];
}
export interface Assert extends Located {
  readonly kind: 'Assert';
  readonly test: Expression;
  readonly message?: Expression;
}
export interface Import extends Located {
  readonly kind: 'Import';
  readonly names: readonly ImportAlias[];
}
export interface ImportFrom extends Located {
  readonly kind: 'ImportFrom';
  /** Dotted; absent in `from . import x`. */
  readonly module?: Identifier;
  /** Number of leading dots. */
  readonly level: number;
  /** A single alias named `*` for a star import. */
  readonly names: readonly ImportAlias[];
}
export interface ImportAlias extends Located {
  /** Dotted in `import a.b`. */
  readonly name: Identifier;
  readonly alias?: Identifier;
}
export interface Global extends Located {
  readonly kind: 'Global';
  readonly names: readonly Identifier[];
}
export interface Nonlocal extends Located {
  readonly kind: 'Nonlocal';
  readonly names: readonly Identifier[];
}
export interface ExpressionStatement extends Located {
  readonly kind: 'Expression';
  readonly value: Expression;
}
export interface Pass extends Located {
  readonly kind: 'Pass';
}
export interface Break extends Located {
  readonly kind: 'Break';
}
export interface Continue extends Located {
  readonly kind: 'Continue';
}

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Pattern =
  | (Located & { readonly kind: 'MatchValue'; readonly value: Expression })
  | (Located & { readonly kind: 'MatchSingleton'; readonly value: true | false | null })
  | (Located & { readonly kind: 'MatchSequence'; readonly patterns: readonly Pattern[] })
  | (Located & { readonly kind: 'MatchStar'; readonly name?: Identifier })
  | (Located & {
      readonly kind: 'MatchMapping';
      readonly keys: readonly Expression[];
      readonly patterns: readonly Pattern[];
      readonly rest?: Identifier;
    })
  | (Located & {
      readonly kind: 'MatchClass';
      readonly type: Expression;
      readonly patterns: readonly Pattern[];
      readonly keywords: readonly { readonly name: Identifier; readonly pattern: Pattern }[];
    })
  /** `case x`, `case p as x`, `case _` (neither pattern nor name). */
  | (Located & { readonly kind: 'MatchAs'; readonly pattern?: Pattern; readonly name?: Identifier })
  | (Located & { readonly kind: 'MatchOr'; readonly patterns: readonly Pattern[] });

// ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Comment extends Located {
  /** With its `#`. */
  readonly text: string;
}
export interface SyntaxProblem extends Located {
  readonly message: string;
}
export interface Tree {
  readonly body: readonly Statement[];
  /** In order, for suppressions. */
  readonly comments: readonly Comment[];
  /** What is not Python, in order; empty for a valid file. */
  readonly problems: readonly SyntaxProblem[];
  readonly length: number;
}

export type Node = Expression | Statement | Pattern | Keyword | Interpolation | TypeParameter;
