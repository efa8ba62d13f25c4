/** Members that a class is given when it is constructed: what calls them cannot know whether they are trained already. */
import type { ClassDefinition, Expression, FunctionDefinition } from '../../syntax/tree.js';
import { walk } from '../../syntax/walk.js';

/** Whether the class keeps an argument of its constructor and calls it: a backbone, an encoder, a wrapped layer. */
export function callsWhatItIsGiven(owner: ClassDefinition): boolean {
  const initializer = owner.body.find(
    (it): it is FunctionDefinition => it.kind === 'FunctionDefinition' && it.name.name === '__init__',
  );
  const kept = initializer === undefined ? new Set<string>() : keptArguments(initializer);
  let isCalled = false;
  walk(owner, node => {
    if (node.kind === 'Call') isCalled ||= kept.has(attributeOf(node.callee) ?? '');
    return !isCalled;
  });
  return isCalled;
}

/** The names of attributes; an argument with a default is mostly a function that has no weights. */
function keptArguments({ parameters, body }: FunctionDefinition): ReadonlySet<string> {
  const required = new Set(parameters.list.filter(it => it.default === undefined).map(it => it.name.name));
  const kept = new Set<string>();
  for (const statement of body) {
    if (statement.kind !== 'Assign' || statement.value.kind !== 'Name' || !required.has(statement.value.name)) continue;
    for (const target of statement.targets) {
      const attribute = attributeOf(target);
      if (attribute !== undefined) kept.add(attribute);
    }
  }
  return kept;
}

function attributeOf(expression: Expression): string | undefined {
  return expression.kind === 'Attribute' && expression.value.kind === 'Name' ? expression.attribute.name : undefined;
}
