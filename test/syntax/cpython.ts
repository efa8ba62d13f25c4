/** Our tree as CPython's `ast` would have it, printed the way `ast_dump.py` prints. */
import type * as tree from '../../server/syntax/tree.js';
import { pattern } from './cpython-patterns.js';
import {
  COMPARISONS,
  constant,
  type Field,
  float,
  OPERATORS,
  optionalText,
  type PythonNode,
  print,
  quoted,
  text,
  texts,
  UNARY,
  type Waiting,
} from './python-node.js';

/** `isFormattedLocated`: whether that CPython knows where the parts of f-strings are (since 3.12). */
export function dumpLikeCPython(body: readonly tree.Statement[], isFormattedLocated: boolean): string[] {
  const lines: string[] = [];
  const waiting: Waiting[] = [
    { node: { kind: 'Module', fields: [['body', body.map(statement)]] }, depth: 0, isLocated: true },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    lines.push(print(next, isFormattedLocated, waiting));
  }
  return lines;
}

// ── expressions ─────────────────────────────────────────────────────────────────────────────────────────────────────

function optional(node: tree.Expression | undefined): PythonNode | null {
  return node === undefined ? null : expression(node);
}

export function expressions(nodes: readonly tree.Expression[]): PythonNode[] {
  return nodes.map(expression);
}

export function expression(node: tree.Expression): PythonNode {
  const [kind, ...fields] = fieldsOf(node);
  return { kind, at: node, fields };
}

function fieldsOf(node: tree.Expression): [string, ...Field[]] {
  switch (node.kind) {
    case 'Name':
      return ['Name', ['id', text(node.name)]];
    case 'Int':
      return ['Constant', ['value', `0x${node.value.toString(16)}`]];
    case 'Float':
      return ['Constant', ['value', `f${float(node.value)}`]];
    case 'Imaginary':
      return ['Constant', ['value', `c${float(node.value)}`]];
    case 'String':
      return ['Constant', ['value', text(node.value)]];
    case 'Bytes':
      return ['Constant', ['value', `b${quoted(node.value)}`]];
    case 'Constant':
      return ['Constant', ['value', constant(node.value)]];
    case 'Ellipsis':
      return ['Constant', ['value', 'Ellipsis']];
    case 'JoinedString':
      return ['JoinedStr', ['values', node.parts.map(part)]];
    case 'TemplateString':
      return ['TemplateStr', ['values', node.parts.map(part)]];
    case 'Attribute':
      return ['Attribute', ['value', expression(node.value)], ['attr', text(node.attribute.name)]];
    case 'Subscript':
      return ['Subscript', ['value', expression(node.value)], ['slice', expression(node.index)]];
    case 'Slice':
      return ['Slice', ['lower', optional(node.lower)], ['upper', optional(node.upper)], ['step', optional(node.step)]];
    case 'Call':
      return [
        'Call',
        ['func', expression(node.callee)],
        ['args', expressions(node.args)],
        ['keywords', node.keywords.map(keyword)],
      ];
    case 'Starred':
      return ['Starred', ['value', expression(node.value)]];
    case 'UnaryOperation':
      return ['UnaryOp', ['op', UNARY[node.operator]], ['operand', expression(node.operand)]];
    case 'BinaryOperation':
      return [
        'BinOp',
        ['left', expression(node.left)],
        ['op', OPERATORS[node.operator]!],
        ['right', expression(node.right)],
      ];
    case 'BooleanOperation':
      return ['BoolOp', ['op', node.operator === 'or' ? 'Or' : 'And'], ['values', expressions(node.values)]];
    case 'Comparison':
      return [
        'Compare',
        ['left', expression(node.left)],
        ['ops', `[${node.operators.map(operator => COMPARISONS[operator]).join(',')}]`],
        ['comparators', expressions(node.comparators)],
      ];
    case 'Conditional':
      return [
        'IfExp',
        ['test', expression(node.test)],
        ['body', expression(node.body)],
        ['orelse', expression(node.otherwise)],
      ];
    case 'Lambda':
      return ['Lambda', ['args', parameters(node.parameters)], ['body', expression(node.body)]];
    case 'Tuple':
    case 'List':
    case 'Set':
      return [node.kind, ['elts', expressions(node.elements)]];
    case 'Dictionary':
      return [
        'Dict',
        ['keys', node.entries.map(({ key }) => optional(key))],
        ['values', node.entries.map(({ value }) => expression(value))],
      ];
    case 'Comprehension':
      return [
        { list: 'ListComp', set: 'SetComp', generator: 'GeneratorExp' }[node.result],
        ['elt', expression(node.element)],
        ['generators', node.clauses.map(clause)],
      ];
    case 'DictComprehension':
      return [
        'DictComp',
        ['key', expression(node.key)],
        ['value', expression(node.value)],
        ['generators', node.clauses.map(clause)],
      ];
    case 'NamedExpression':
      return ['NamedExpr', ['target', expression(node.target)], ['value', expression(node.value)]];
    case 'Await':
    case 'YieldFrom':
      return [node.kind, ['value', expression(node.value)]];
    case 'Yield':
      return ['Yield', ['value', optional(node.value)]];
    case 'Missing':
      return ['Missing'];
  }
}

function part(node: tree.StringLiteral | tree.Interpolation): PythonNode {
  if (node.kind === 'String') return expression(node);
  const conversion = node.conversion === undefined ? '-0x1' : `0x${node.conversion.charCodeAt(0).toString(16)}`;
  return {
    kind: 'FormattedValue',
    at: node,
    fields: [
      ['value', expression(node.value)],
      ['conversion', conversion],
      ['format_spec', optional(node.format)],
    ],
  };
}

function keyword(node: tree.Keyword): PythonNode {
  const fields: Field[] = [
    ['arg', optionalText(node.name)],
    ['value', expression(node.value)],
  ];
  return { kind: 'keyword', at: node, fields };
}

function clause(node: tree.ComprehensionClause): PythonNode {
  return {
    kind: 'comprehension',
    fields: [
      ['target', expression(node.target)],
      ['iter', expression(node.iterable)],
      ['ifs', expressions(node.conditions)],
      ['is_async', node.isAsync ? '0x1' : '0x0'],
    ],
  };
}

// ── parameters ──────────────────────────────────────────────────────────────────────────────────────────────────────

function parameters({ list }: tree.Parameters): PythonNode {
  const passedBy = (...passings: readonly tree.Parameter['passing'][]) =>
    list.filter(({ passing }) => passings.includes(passing));
  const positional = passedBy('positionalOnly', 'any');
  const keywordOnly = passedBy('keywordOnly');
  const single = (passing: tree.Parameter['passing']) => passedBy(passing).map(parameter)[0] ?? null;
  return {
    kind: 'arguments',
    fields: [
      ['posonlyargs', passedBy('positionalOnly').map(parameter)],
      ['args', passedBy('any').map(parameter)],
      ['vararg', single('variadic')],
      ['kwonlyargs', keywordOnly.map(parameter)],
      ['kw_defaults', keywordOnly.map(({ default: value }) => optional(value))],
      ['kwarg', single('keywords')],
      ['defaults', positional.flatMap(({ default: value }) => (value === undefined ? [] : [expression(value)]))],
    ],
  };
}

function parameter(node: tree.Parameter): PythonNode {
  const fields: Field[] = [
    ['arg', text(node.name.name)],
    ['annotation', optional(node.annotation)],
  ];
  return { kind: 'arg', at: node, fields };
}

function typeParameters(nodes: readonly tree.TypeParameter[]): Field[] {
  return nodes.length === 0 ? [] : [['type_params', nodes.map(typeParameter)]];
}

function typeParameter(node: tree.TypeParameter): PythonNode {
  const bound: Field[] = node.kind === 'TypeVar' ? [['bound', optional(node.bound)]] : [];
  const initial: Field[] = node.default === undefined ? [] : [['default_value', expression(node.default)]];
  const fields: Field[] = [['name', text(node.name.name)], ...bound, ...initial];
  return { kind: node.kind, at: node, fields };
}

// ── statements ──────────────────────────────────────────────────────────────────────────────────────────────────────

function statement(node: tree.Statement): PythonNode {
  const [kind, ...fields] = fieldsOfStatement(node);
  return { kind, at: node, fields };
}

function block(name: string, body: readonly tree.Statement[]): Field {
  return [name, body.map(statement)];
}

function asynchronous(kind: string, isAsync: boolean): string {
  return isAsync ? `Async${kind}` : kind;
}

function fieldsOfStatement(node: tree.Statement): [string, ...Field[]] {
  switch (node.kind) {
    case 'FunctionDefinition':
      return [
        asynchronous('FunctionDef', node.isAsync),
        ['name', text(node.name.name)],
        ['args', parameters(node.parameters)],
        block('body', node.body),
        ['decorator_list', expressions(node.decorators)],
        ['returns', optional(node.returns)],
        ...typeParameters(node.typeParameters),
      ];
    case 'ClassDefinition':
      return [
        'ClassDef',
        ['name', text(node.name.name)],
        ['bases', expressions(node.bases)],
        ['keywords', node.keywords.map(keyword)],
        block('body', node.body),
        ['decorator_list', expressions(node.decorators)],
        ...typeParameters(node.typeParameters),
      ];
    case 'Return':
      return ['Return', ['value', optional(node.value)]];
    case 'Delete':
      return ['Delete', ['targets', expressions(node.targets)]];
    case 'Assign':
      return ['Assign', ['targets', expressions(node.targets)], ['value', expression(node.value)]];
    case 'AugmentedAssign':
      return [
        'AugAssign',
        ['target', expression(node.target)],
        ['op', OPERATORS[node.operator]!],
        ['value', expression(node.value)],
      ];
    case 'AnnotatedAssign':
      return [
        'AnnAssign',
        ['target', expression(node.target)],
        ['annotation', expression(node.annotation)],
        ['value', optional(node.value)],
      ];
    case 'TypeAlias':
      return [
        'TypeAlias',
        ['name', { kind: 'Name', at: node.name, fields: [['id', text(node.name.name)]] }],
        ...typeParameters(node.typeParameters),
        ['value', expression(node.value)],
      ];
    case 'Raise':
      return ['Raise', ['exc', optional(node.exception)], ['cause', optional(node.cause)]];
    case 'Assert':
      return ['Assert', ['test', expression(node.test)], ['msg', optional(node.message)]];
    case 'Import':
      return ['Import', ['names', node.names.map(alias)]];
    case 'ImportFrom':
      return [
        'ImportFrom',
        ['module', optionalText(node.module)],
        ['names', node.names.map(alias)],
        ['level', `0x${node.level.toString(16)}`],
      ];
    case 'Global':
    case 'Nonlocal':
      return [node.kind, ['names', texts(node.names)]];
    case 'Expression':
      return ['Expr', ['value', expression(node.value)]];
    case 'Pass':
    case 'Break':
    case 'Continue':
      return [node.kind];
    default:
      return fieldsOfCompound(node);
  }
}

function fieldsOfCompound(
  node: Extract<tree.Statement, { kind: 'For' | 'While' | 'If' | 'With' | 'Match' | 'Try' }>,
): [string, ...Field[]] {
  switch (node.kind) {
    case 'For':
      return [
        asynchronous('For', node.isAsync),
        ['target', expression(node.target)],
        ['iter', expression(node.iterable)],
        block('body', node.body),
        block('orelse', node.otherwise),
      ];
    case 'While':
    case 'If':
      return [node.kind, ['test', expression(node.test)], block('body', node.body), block('orelse', node.otherwise)];
    case 'With':
      return [asynchronous('With', node.isAsync), ['items', node.items.map(item)], block('body', node.body)];
    case 'Match':
      return ['Match', ['subject', expression(node.subject)], ['cases', node.cases.map(matchCase)]];
    case 'Try':
      return [
        node.isStar ? 'TryStar' : 'Try',
        block('body', node.body),
        ['handlers', node.handlers.map(handler)],
        block('orelse', node.otherwise),
        block('finalbody', node.finalizer),
      ];
  }
}

function item(node: tree.With['items'][number]): PythonNode {
  const fields: Field[] = [
    ['context_expr', expression(node.context)],
    ['optional_vars', optional(node.target)],
  ];
  return { kind: 'withitem', fields };
}

function handler(node: tree.ExceptHandler): PythonNode {
  const fields: Field[] = [['type', optional(node.type)], ['name', optionalText(node.name)], block('body', node.body)];
  return { kind: 'ExceptHandler', at: node, fields };
}

function alias(node: tree.ImportAlias): PythonNode {
  const fields: Field[] = [
    ['name', text(node.name.name)],
    ['asname', optionalText(node.alias)],
  ];
  return { kind: 'alias', at: node, fields };
}

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────────────

function matchCase(node: tree.MatchCase): PythonNode {
  const fields: Field[] = [
    ['pattern', pattern(node.pattern)],
    ['guard', optional(node.guard)],
    block('body', node.body),
  ];
  return { kind: 'match_case', fields };
}
