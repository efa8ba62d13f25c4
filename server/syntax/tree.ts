/**
 * The syntax tree: CPython's `ast` with the same node names and fields, plus what an editor needs.
 *
 * Offsets are UTF-16 code units into the parsed text, half-open. A node's span is the one that CPython's `ast` gives it
 * (a decorated definition starts at `def` or `class`; its decorators have spans of their own). Where something is missing
 * in half-typed code, a `Missing` expression of length zero stands for it. Names that an editor points at carry spans.
 */
import type {
  BinaryOperator,
  Expression,
  Identifier,
  Interpolation,
  Keyword,
  Located,
  Parameters,
  TypeParameter,
} from './expression-tree.js';

export type * from './expression-tree.js';

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
  /** Where the last of what is wrong ends; of several in a line only the first is among the problems. */
  readonly faultyUpTo: number;
  readonly length: number;
}

export type Node = Expression | Statement | Pattern | Keyword | Interpolation | TypeParameter;
