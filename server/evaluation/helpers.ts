/** Functions that initialize weights, found again in the file as it is now, and asked for in the workspace. */
import type { Session } from '../frameworks/framework.js';
import type { Func } from '../interpreter/values.js';
import type { Helper, Program } from '../model/model.js';
import { isRaw } from '../model/questions/raw.js';
import type { ParsedSource, Project } from '../project.js';
import type * as tree from '../syntax/tree.js';
import type { Site } from '../text/span.js';
import type { Evaluation } from './evaluate.js';
import { type EvaluatedFile, mergePrograms } from './file.js';
import { startOf } from './fingerprints.js';
import { callsIn, followsFan, helpersAmong, takesRoot } from './uncalled.js';

/** A function that only the evaluation called. */
export interface UncalledHelper {
  /** `Net.init_weights` or `init_weights` */
  readonly name: string;
  /** Whether it is the one that would write what is made of raw memory. */
  readonly isMissed: boolean;
  /** Of a size, as scales that follow a fan do. */
  readonly takesRoot: boolean;
  /** It writes nothing by itself: who calls it does. */
  readonly writesNothing?: true;
}

export function helpersOf({ uncalled, session }: Evaluation, alone?: Func): readonly UncalledHelper[] {
  const helpers = helpersAmong(uncalled, alone, session).map(it => ({
    name: nameOfHelper(it),
    isMissed: isMissed(it, session),
    takesRoot: takesRoot(it),
  }));
  if (alone === undefined || helpers.length > 0 || !followsFan(alone)) return helpers;
  return [{ name: nameOfHelper(alone), isMissed: false, takesRoot: true, writesNothing: true }];
}

function isMissed(helper: Func, session: Session): boolean {
  return callsIn(helper, session).some(({ target }) => target.kind === 'parameter' && isRaw(target.parameter));
}

const nameOfHelper = ({ owner, definition, name }: Func): string => {
  const own = definition.kind === 'FunctionDefinition' ? definition.name.name : name;
  return owner === undefined ? own : `${owner.name}.${own}`;
};

/** A program of which nothing is known but the helpers that nothing names. */
export function unusedOf(project: Project, { file }: EvaluatedFile, helpers: readonly UncalledHelper[]): Program {
  const missed = new Set(helpers.flatMap(it => (it.isMissed ? [it.name] : [])));
  const isMissed = (name: string) => missed.has(name) && !project.mentions.runsTrained(file.path);
  const found = locatedAmong(
    helpers.filter(it => it.writesNothing === undefined),
    file,
  );
  const unused = found.filter(it => !isUsed(project, it));
  return { ...mergePrograms(file.path, []), unused: unused.map(it => ({ ...it.helper, isMissed: isMissed(it.name) })) };
}

/**
 * Files that use helpers of this one: where nothing here does, these tell what the helpers reach. Others are asked where square layers
 * may have told nothing of the axis that a bound should follow.
 */
export function usersOf(
  project: Project,
  { file }: EvaluatedFile,
  helpers: readonly UncalledHelper[],
  others: readonly string[] = [],
): readonly string[] {
  const asked = others.length === 0 ? helpers : helpers.filter(it => it.takesRoot);
  const users = locatedAmong(asked, file).flatMap(
    it => project.mentions.userOf(it.helper.name, it.definition, others) ?? [],
  );
  return [...new Set(users)].slice(0, MOST_USERS);
}

const MOST_USERS = 2;

interface Located {
  readonly name: string;
  readonly helper: Omit<Helper, 'isMissed'>;
  /** All of the definition. */
  readonly definition: Site;
}

function locatedAmong(helpers: readonly UncalledHelper[], { path, tree }: ParsedSource): readonly Located[] {
  const names = new Set(helpers.map(it => it.name));
  return [...names].flatMap(name => locate(path, tree.body, name) ?? []);
}

function locate(path: string, body: readonly tree.Statement[], qualified: string): Located | undefined {
  const [first, second] = qualified.split('.');
  const outer = body.findLast(it => isNamed(it, first!));
  if (second === undefined) return outer?.kind === 'FunctionDefinition' ? locatedIn(qualified, path, outer) : undefined;
  if (outer?.kind !== 'ClassDefinition') return undefined;
  const method = outer.body.findLast(it => isNamed(it, second));
  return method?.kind === 'FunctionDefinition' ? locatedIn(qualified, path, method, outer) : undefined;
}

function isNamed(statement: tree.Statement, name: string): boolean {
  const isDefinition = statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition';
  return isDefinition && statement.name.name === name;
}

function locatedIn(
  name: string,
  path: string,
  definition: tree.FunctionDefinition,
  owner?: tree.ClassDefinition,
): Located {
  const siteOf = ({ start, end }: { readonly start: number; readonly end: number }): Site => ({ path, start, end });
  const initializer = owner?.body.find(it => isNamed(it, '__init__'));
  const needsNothing = definition.parameters.list.slice(1).every(it => it.default !== undefined);
  return {
    name,
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
  return isPublic || project.mentions.isMentioned(helper.name, definition, helper.owner !== undefined);
}
