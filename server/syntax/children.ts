/** What a node directly holds. */

import type { ComprehensionClause, Node, Parameters, Pattern, Statement } from './tree.js';

/**
 * In source order, apart from decorators, which come first and lie outside the definition's span. Parts without a `kind`,
 * such as parameters and handlers, are passed through.
 */
export function childrenOf(node: Node): readonly Node[] {
  if (isPattern(node)) return childrenOfPattern(node);
  return isStatement(node) ? childrenOfStatement(node) : childrenOfExpression(node);
}

const STATEMENTS: ReadonlySet<Node['kind']> = new Set<Statement['kind']>([
  'FunctionDefinition',
  'ClassDefinition',
  'Return',
  'Delete',
  'Assign',
  'AugmentedAssign',
  'AnnotatedAssign',
  'TypeAlias',
  'For',
  'While',
  'If',
  'With',
  'Match',
  'Raise',
  'Try',
  'Assert',
  'Import',
  'ImportFrom',
  'Global',
  'Nonlocal',
  'Expression',
  'Pass',
  'Break',
  'Continue',
]);

const PATTERNS: ReadonlySet<Node['kind']> = new Set<Pattern['kind']>([
  'MatchValue',
  'MatchSingleton',
  'MatchSequence',
  'MatchStar',
  'MatchMapping',
  'MatchClass',
  'MatchAs',
  'MatchOr',
]);

export function isStatement(node: Node): node is Statement {
  return STATEMENTS.has(node.kind);
}

export function isPattern(node: Node): node is Pattern {
  return PATTERNS.has(node.kind);
}

const NONE: readonly never[] = [];

function present(...nodes: readonly (Node | undefined)[]): readonly Node[] {
  return nodes.filter(node => node !== undefined);
}

/** Two lists whose elements may alternate in the source. */
function merged(first: readonly Node[], second: readonly Node[]): readonly Node[] {
  if (second.length === 0) return first;
  return [...first, ...second].sort((left, right) => left.start - right.start);
}

// ── expressions ─────────────────────────────────────────────────────────────────────────────────────────────────────

function childrenOfExpression(node: Exclude<Node, Statement | Pattern>): readonly Node[] {
  switch (node.kind) {
    case 'Name':
    case 'Int':
    case 'Float':
    case 'Imaginary':
    case 'String':
    case 'Bytes':
    case 'Constant':
    case 'Ellipsis':
    case 'Missing':
      return NONE;
    case 'Attribute':
    case 'Keyword':
    case 'Starred':
    case 'Await':
    case 'YieldFrom':
      return [node.value];
    case 'Yield':
      return present(node.value);
    case 'Call':
      return [node.callee, ...merged(node.args, node.keywords)];
    case 'Subscript':
      return [node.value, node.index];
    case 'Slice':
      return present(node.lower, node.upper, node.step);
    case 'UnaryOperation':
      return [node.operand];
    case 'BinaryOperation':
      return [node.left, node.right];
    case 'BooleanOperation':
      return node.values;
    case 'Comparison':
      return [node.left, ...node.comparators];
    case 'Conditional':
      return [node.body, node.test, node.otherwise];
    case 'NamedExpression':
      return [node.target, node.value];
    case 'Tuple':
    case 'List':
    case 'Set':
      return node.elements;
    case 'Lambda':
      return [...ofParameters(node.parameters), node.body];
    case 'Dictionary':
      return node.entries.flatMap(({ key, value }) => (key === undefined ? [value] : [key, value]));
    case 'Comprehension':
      return [node.element, ...ofClauses(node.clauses)];
    case 'DictComprehension':
      return [node.key, node.value, ...ofClauses(node.clauses)];
    case 'JoinedString':
    case 'TemplateString':
      return node.parts;
    case 'Interpolation':
      return present(node.value, node.format);
    case 'TypeVar':
    case 'TypeVarTuple':
    case 'ParamSpec':
      return present(node.bound, node.default);
  }
}

function ofClauses(clauses: readonly ComprehensionClause[]): readonly Node[] {
  return clauses.flatMap(({ target, iterable, conditions }) => [target, iterable, ...conditions]);
}

function ofParameters(parameters: Parameters): readonly Node[] {
  return parameters.list.flatMap(parameter => present(parameter.annotation, parameter.default));
}

// ── statements ──────────────────────────────────────────────────────────────────────────────────────────────────────

function childrenOfStatement(node: Statement): readonly Node[] {
  switch (node.kind) {
    case 'Import':
    case 'ImportFrom':
    case 'Global':
    case 'Nonlocal':
    case 'Pass':
    case 'Break':
    case 'Continue':
      return NONE;
    case 'Expression':
      return [node.value];
    case 'Return':
      return present(node.value);
    case 'Delete':
      return node.targets;
    case 'Assign':
      return [...node.targets, node.value];
    case 'AugmentedAssign':
      return [node.target, node.value];
    case 'AnnotatedAssign':
      return present(node.target, node.annotation, node.value);
    case 'Raise':
      return present(node.exception, node.cause);
    case 'Assert':
      return present(node.test, node.message);
    case 'TypeAlias':
      return [...node.typeParameters, node.value];
    case 'FunctionDefinition':
      return [
        ...node.decorators,
        ...node.typeParameters,
        ...ofParameters(node.parameters),
        ...present(node.returns),
        ...node.body,
      ];
    case 'ClassDefinition':
      return [...node.decorators, ...node.typeParameters, ...merged(node.bases, node.keywords), ...node.body];
    default:
      return childrenOfCompound(node);
  }
}

type Compound = Extract<Statement, { kind: 'For' | 'While' | 'If' | 'With' | 'Match' | 'Try' }>;

function childrenOfCompound(node: Compound): readonly Node[] {
  switch (node.kind) {
    case 'For':
      return [node.target, node.iterable, ...node.body, ...node.otherwise];
    case 'While':
    case 'If':
      return [node.test, ...node.body, ...node.otherwise];
    case 'With':
      return [...node.items.flatMap(({ context, target }) => present(context, target)), ...node.body];
    case 'Match':
      return [node.subject, ...node.cases.flatMap(({ pattern, guard, body }) => [...present(pattern, guard), ...body])];
    case 'Try':
      return [
        ...node.body,
        ...node.handlers.flatMap(({ type, body }) => [...present(type), ...body]),
        ...node.otherwise,
        ...node.finalizer,
      ];
  }
}

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────────────

function childrenOfPattern(node: Pattern): readonly Node[] {
  switch (node.kind) {
    case 'MatchSingleton':
    case 'MatchStar':
      return NONE;
    case 'MatchValue':
      return [node.value];
    case 'MatchSequence':
    case 'MatchOr':
      return node.patterns;
    case 'MatchAs':
      return present(node.pattern);
    case 'MatchMapping':
      return merged(node.keys, node.patterns);
    case 'MatchClass':
      return [node.type, ...node.patterns, ...node.keywords.map(({ pattern }) => pattern)];
  }
}
