/** A tree in few words: definitions, statements with the calls in them, and problems. */
import type { Expression, Node, Parameter, Statement, Tree } from '../../server/syntax/tree.js';
import { childrenOf, walk } from '../../server/syntax/walk.js';
import { LineMap } from '../../server/text/lines.js';

export function outlineOf(tree: Tree, text: string): string {
  const lines = tree.body.flatMap(statement => outlineOfStatement(statement, ''));
  const map = new LineMap(text);
  for (const { start, message } of tree.problems) {
    const { line, column } = map.locationAt(start);
    lines.push(`! ${line}:${column} ${message}`);
  }
  return lines.join('\n');
}

function outlineOfStatement(statement: Statement, indent: string): string[] {
  const inner = childrenOf(statement).filter(isStatement);
  return [`${indent}${titleOf(statement)}`, ...inner.flatMap(child => outlineOfStatement(child, `${indent}  `))];
}

function isStatement(node: Node): node is Statement {
  return !NO_STATEMENT.test(node.kind);
}

const NO_STATEMENT =
  /^(Name|Int|Float|Imaginary|String|Bytes|Constant|Ellipsis|JoinedString|TemplateString|Attribute|Subscript|Slice|Call|Starred|.*Operation|Comparison|Conditional|Lambda|Tuple|List|Set|Dictionary|.*Comprehension|NamedExpression|Await|Yield.*|Missing|Match.+|Keyword|Interpolation|TypeVar.*|ParamSpec)$/;

function titleOf(statement: Statement): string {
  switch (statement.kind) {
    case 'ClassDefinition':
      return `class ${statement.name.name}(${statement.bases.map(nameOf).join(', ')})`;
    case 'FunctionDefinition':
      return `def ${statement.name.name}(${statement.parameters.list.map(parameterName).join(', ')})`;
    case 'Assign':
      return [`${statement.targets.map(nameOf).join(' = ')} =`, ...callsIn(statement)].join(' ');
    case 'Import':
    case 'ImportFrom':
      return `import ${statement.names.map(({ name }) => name.name).join(', ')}`;
    default:
      return [statement.kind.toLowerCase(), ...callsIn(statement)].join(' ');
  }
}

function parameterName({ name, passing }: Parameter): string {
  if (passing === 'variadic') return `*${name.name}`;
  return passing === 'keywords' ? `**${name.name}` : name.name;
}

function nameOf(expression: Expression): string {
  if (expression.kind === 'Name') return expression.name;
  if (expression.kind === 'Missing') return '?';
  return expression.kind === 'Attribute' ? `${nameOf(expression.value)}.${expression.attribute.name || '?'}` : '…';
}

/** The names of what the statement's own expressions call. */
function callsIn(statement: Statement): string[] {
  const calls: string[] = [];
  walk(statement, node => {
    if (node.kind === 'Call') calls.push(nameOf(node.callee));
    return node === statement || !isStatement(node);
  });
  return calls;
}
