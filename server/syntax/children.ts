/** What a node directly holds. */
import type { ComprehensionClause, Node, Parameters } from './tree.js';

/**
 * In source order, apart from decorators, which come first and lie outside the definition's span. Parts without a `kind`,
 * such as parameters and handlers, are passed through.
 */
export function childrenOf(node: Node): readonly Node[] {
  const children = CHILDREN[node.kind] as (node: Node) => readonly Node[];
  return children(node);
}

const NONE: readonly never[] = [];
const none = () => NONE;

type NodeOf<Kind, Each = Node> = Each extends { readonly kind: infer Own } ? (Kind extends Own ? Each : never) : never;

const CHILDREN: { readonly [Kind in Node['kind']]: (node: NodeOf<Kind>) => readonly Node[] } = {
  Name: none,
  Int: none,
  Float: none,
  Imaginary: none,
  String: none,
  Bytes: none,
  Constant: none,
  Ellipsis: none,
  Missing: none,
  Attribute: node => [node.value],
  Keyword: node => [node.value],
  Starred: node => [node.value],
  Await: node => [node.value],
  Yield: node => present(node.value),
  YieldFrom: node => [node.value],
  Call: node => [node.callee, ...merged(node.args, node.keywords)],
  Subscript: node => [node.value, node.index],
  Slice: node => present(node.lower, node.upper, node.step),
  UnaryOperation: node => [node.operand],
  BinaryOperation: node => [node.left, node.right],
  BooleanOperation: node => node.values,
  Comparison: node => [node.left, ...node.comparators],
  Conditional: node => [node.body, node.test, node.otherwise],
  NamedExpression: node => [node.target, node.value],
  Tuple: node => node.elements,
  List: node => node.elements,
  Set: node => node.elements,
  Lambda: node => [...ofParameters(node.parameters), node.body],
  Dictionary: node => node.entries.flatMap(({ key, value }) => present(key, value)),
  Comprehension: node => [node.element, ...ofClauses(node.clauses)],
  DictComprehension: node => [node.key, node.value, ...ofClauses(node.clauses)],
  JoinedString: node => node.parts,
  TemplateString: node => node.parts,
  Interpolation: node => present(node.value, node.format),
  TypeVar: node => present(node.bound, node.default),
  TypeVarTuple: node => present(node.bound, node.default),
  ParamSpec: node => present(node.bound, node.default),

  Import: none,
  ImportFrom: none,
  Global: none,
  Nonlocal: none,
  Pass: none,
  Break: none,
  Continue: none,
  Expression: node => [node.value],
  Return: node => present(node.value),
  Delete: node => node.targets,
  Assign: node => [...node.targets, node.value],
  AugmentedAssign: node => [node.target, node.value],
  AnnotatedAssign: node => present(node.target, node.annotation, node.value),
  Raise: node => present(node.exception, node.cause),
  Assert: node => present(node.test, node.message),
  TypeAlias: node => [...node.typeParameters, node.value],
  FunctionDefinition: node => [
    ...node.decorators,
    ...node.typeParameters,
    ...ofParameters(node.parameters),
    ...present(node.returns),
    ...node.body,
  ],
  ClassDefinition: node => [
    ...node.decorators,
    ...node.typeParameters,
    ...merged(node.bases, node.keywords),
    ...node.body,
  ],
  For: node => [node.target, node.iterable, ...node.body, ...node.otherwise],
  While: node => [node.test, ...node.body, ...node.otherwise],
  If: node => [node.test, ...node.body, ...node.otherwise],
  With: node => [...node.items.flatMap(({ context, target }) => present(context, target)), ...node.body],
  Match: node => [
    node.subject,
    ...node.cases.flatMap(({ pattern, guard, body }) => [...present(pattern, guard), ...body]),
  ],
  Try: node => [
    ...node.body,
    ...node.handlers.flatMap(({ type, body }) => [...present(type), ...body]),
    ...node.otherwise,
    ...node.finalizer,
  ],

  MatchSingleton: none,
  MatchStar: none,
  MatchValue: node => [node.value],
  MatchSequence: node => node.patterns,
  MatchOr: node => node.patterns,
  MatchAs: node => present(node.pattern),
  MatchMapping: node => merged(node.keys, node.patterns),
  MatchClass: node => [node.type, ...node.patterns, ...node.keywords.map(({ pattern }) => pattern)],
};

function present(...nodes: readonly (Node | undefined)[]): readonly Node[] {
  return nodes.filter(node => node !== undefined);
}

/** Two lists whose elements may alternate in the source. */
function merged(first: readonly Node[], second: readonly Node[]): readonly Node[] {
  if (second.length === 0) return first;
  return [...first, ...second].sort((left, right) => left.start - right.start);
}

function ofClauses(clauses: readonly ComprehensionClause[]): readonly Node[] {
  return clauses.flatMap(({ target, iterable, conditions }) => [target, iterable, ...conditions]);
}

function ofParameters(parameters: Parameters): readonly Node[] {
  return parameters.list.flatMap(parameter => present(parameter.annotation, parameter.default));
}
