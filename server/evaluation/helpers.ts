/** Functions that initialize weights, found again in the file as it is now, and asked for in the workspace. */
import type { Func } from '../interpreter/values.js';
import type { Helper, Program } from '../model/model.js';
import type { Project } from '../project.js';
import type * as tree from '../syntax/tree.js';
import type { Site } from '../text/span.js';
import type { Evaluation } from './evaluate.js';
import { type EvaluatedFile, mergePrograms } from './file.js';
import { startOf } from './fingerprints.js';
import { helpersAmong } from './uncalled.js';

/** By name, `Net.init_weights` or `init_weights`: those that only the evaluation called. */
export function helpersOf({ uncalled, session }: Evaluation, alone?: Func): readonly string[] {
  return helpersAmong(uncalled, alone, session).map(nameOfHelper);
}

const nameOfHelper = ({ owner, definition, name }: Func): string => {
  const own = definition.kind === 'FunctionDefinition' ? definition.name.name : name;
  return owner === undefined ? own : `${owner.name}.${own}`;
};

/** A program of which nothing is known but the helpers that nothing names. */
export function unusedOf(project: Project, { file }: EvaluatedFile, helpers: readonly string[]): Program {
  const found = [...new Set(helpers)].flatMap(it => locate(file.path, file.tree.body, it) ?? []);
  const unused = found.filter(it => !isUsed(project, it));
  return { ...mergePrograms(file.path, []), unused: unused.map(it => it.helper) };
}

/** Files that use helpers of this one: where nothing here does, these tell what the helpers reach. */
export function usersOf(project: Project, { file }: EvaluatedFile, helpers: readonly string[]): readonly string[] {
  const found = [...new Set(helpers)].flatMap(it => locate(file.path, file.tree.body, it) ?? []);
  const users = found.flatMap(it => project.mentions.userOf(it.helper.name, it.definition) ?? []);
  return [...new Set(users)].slice(0, MOST_USERS);
}

const MOST_USERS = 2;

interface Located {
  readonly helper: Helper;
  /** All of the definition. */
  readonly definition: Site;
}

function locate(path: string, body: readonly tree.Statement[], qualified: string): Located | undefined {
  const [first, second] = qualified.split('.');
  const outer = body.findLast(it => isNamed(it, first!));
  if (second === undefined) return outer?.kind === 'FunctionDefinition' ? locatedIn(path, outer) : undefined;
  if (outer?.kind !== 'ClassDefinition') return undefined;
  const method = outer.body.findLast(it => isNamed(it, second));
  return method?.kind === 'FunctionDefinition' ? locatedIn(path, method, outer) : undefined;
}

function isNamed(statement: tree.Statement, name: string): boolean {
  const isDefinition = statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition';
  return isDefinition && statement.name.name === name;
}

function locatedIn(path: string, definition: tree.FunctionDefinition, owner?: tree.ClassDefinition): Located {
  const siteOf = ({ start, end }: { readonly start: number; readonly end: number }): Site => ({ path, start, end });
  const initializer = owner?.body.find(it => isNamed(it, '__init__'));
  const needsNothing = definition.parameters.list.slice(1).every(it => it.default !== undefined);
  return {
    helper: {
      name: definition.name.name,
      site: siteOf(definition.name),
      ...(owner && { owner: owner.name.name }),
      ...(initializer && needsNothing && { constructorSite: siteOf(initializer) }),
    },
    definition: { path, start: startOf(definition), end: definition.end },
  };
}

/** A package that others install is called from where nobody can look. */
function isUsed(project: Project, { helper, definition }: Located): boolean {
  const isPublic = !helper.name.startsWith('_') && project.isPublished(definition.path);
  return isPublic || project.mentions.isMentioned(helper.name, definition);
}
