/** Old names in calls that no evaluation comes by: the branch for another setting warns like any other once it is taken. */
import { frameworks } from '../frameworks/index.js';
import type { Machine } from '../interpreter/machine.js';
import type { SourceModule } from '../interpreter/modules.js';
import { ModuleValue, NativeFunction, type Value } from '../interpreter/values.js';
import type { Deprecation } from '../model/model.js';
import { childrenOf } from '../syntax/children.js';
import { remembered } from '../syntax/shift.js';
import type * as tree from '../syntax/tree.js';
import { guarded } from './guarded.js';

/** The names of libraries that hold in a function, all of its parameters and variables aside. */
interface Scope {
  readonly names: ReadonlyMap<string, Value>;
  readonly within: tree.FunctionDefinition | undefined;
}

export function oldNamesIn(machine: Machine, module: SourceModule): readonly Deprecation[] {
  const body = statementsNamingOne(module);
  if (body.length === 0) return [];
  const names = new Map([...module.value.attributes].filter(([, it]) => isOfLibrary(it)));
  if (names.size === 0) return [];
  const found: Deprecation[] = [];
  guarded(machine, () => {
    for (const [{ callee }, scope] of callsIn(body, { names, within: undefined })) {
      const deprecation = deprecationOf(machine, callee, scope, module);
      if (deprecation !== undefined) found.push(deprecation);
    }
  });
  return found;
}

function deprecationOf(
  machine: Machine,
  callee: tree.Expression,
  scope: Scope,
  { path, text }: SourceModule,
): Deprecation | undefined {
  const meant = resolve(machine, callee, scope.names);
  if (!(meant instanceof NativeFunction) || meant.replacement === undefined) return undefined;
  const { name, replacement } = meant;
  if (isAlternative(replacement, scope, text)) return undefined;
  const { start, end } = callee.kind === 'Attribute' ? callee.attribute : callee;
  return { name, replacement, site: { path, start, end } };
}

const OLD_NAME = new RegExp(`\\b(?:${frameworks.flatMap(it => it.oldNames).join('|')})\\b`);

const namesOne = remembered((it: tree.Statement, text) => OLD_NAME.test(text.slice(it.start, it.end)));

/** Of what stands at the top, all that may call an old name; in most files nothing does. */
function statementsNamingOne({ text, tree }: SourceModule): readonly tree.Statement[] {
  return tree.body.filter(it => namesOne(it, text));
}

function* callsIn(body: readonly tree.Statement[], outermost: Scope): Iterable<readonly [tree.Call, Scope]> {
  const open: (readonly [tree.Node, Scope])[] = body.map(it => [it, outermost]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, scope] = next;
    if (node.kind === 'Call') yield [node, scope];
    const inner = node.kind === 'FunctionDefinition' ? scopeOf(node, scope) : scope;
    if (inner.names.size > 0) for (const it of childrenOf(node)) open.push([it, inner]);
  }
}

function scopeOf(within: tree.FunctionDefinition, { names }: Scope): Scope {
  const own = new Set(within.parameters.list.map(it => it.name.name));
  for (const statement of within.body) {
    if (statement.kind === 'Assign') for (const it of statement.targets) if (it.kind === 'Name') own.add(it.name);
  }
  return { names: new Map([...names].filter(([name]) => !own.has(name))), within };
}

function resolve(machine: Machine, expression: tree.Expression, names: Scope['names']): Value | undefined {
  if (expression.kind === 'Name') return names.get(expression.name);
  if (expression.kind !== 'Attribute') return undefined;
  const object = resolve(machine, expression.value, names);
  return object instanceof ModuleValue ? machine.findAttribute(object, expression.attribute.name) : undefined;
}

/** A function that knows both names picks the one that there is. */
function isAlternative(replacement: string, { within }: Scope, text: string): boolean {
  return within !== undefined && new RegExp(`\\b${replacement}\\b`).test(text.slice(within.start, within.end));
}

const isOfLibrary = (value: Value): boolean =>
  value instanceof NativeFunction ? value.replacement !== undefined : value instanceof ModuleValue && !value.source;
