/** Assists on a class: initialize all of its network, or give it `reset_parameters`. */
import { type Analysis, editsFor, type Project } from '../../analyze.js';
import type { Model } from '../../model/model.js';
import type { InitializerCall } from '../../model/parameters.js';
import type { ClassDefinition } from '../../syntax/tree.js';
import { nodeAt } from '../../syntax/walk.js';
import { isWithin } from '../../text/span.js';
import type { Assist } from './assist.js';
import { callsWhatItIsGiven } from './given.js';
import { planFor } from './plan.js';
import { resetStarts } from './reset-starts.js';

/** With the cursor on the head of a class. */
export function classAssists(
  { path, source, tree, program }: Analysis,
  offset: number,
  project: Project,
): readonly Assist[] {
  const place = nodeAt(tree, offset);
  const owner = [...(place?.ancestors ?? []), ...(place ? [place.node] : [])].findLast(isClass);
  if (owner === undefined || source.lines.lineAt(offset) !== source.lines.lineAt(owner.name.start)) return [];
  const models = program.models.filter(it => it.site.path === path && it.site.start === owner.name.start);
  const model = models.findLast(it => it.graph !== undefined) ?? models[0];
  if (model === undefined) return [];
  const isStarted = program.calls.some(it => it.site.path === path && isWithin(it.site, owner) && !isOwn(it, model));
  const others = models.filter(it => it !== model);
  const isOthers = isStarted || callsWhatItIsGiven(owner);
  return [...(isOthers ? [] : initializeAssist(model, others, project)), ...resetAssist(model, owner, project)];
}

const isClass = (node: { readonly kind: string }): node is ClassDefinition => node.kind === 'ClassDefinition';

/** A start of what the class makes itself, which no layer holds, or of nothing that a network keeps. */
function isOwn({ site, form, target }: InitializerCall, { root }: Model): boolean {
  if (form !== 'function' && target.kind !== 'parameter') return true;
  return root.parameters.some(it => it.writes.some(write => write.site.start === site.start));
}

function initializeAssist(model: Model, others: readonly Model[], project: Project): readonly Assist[] {
  const plan = planFor(model, others);
  const edits = plan && editsFor(project, [{ kind: 'initialize-model', site: model.site, plan }]);
  return edits === undefined ? [] : [{ title: 'Initialize this model', edits }];
}

function resetAssist(model: Model, owner: ClassDefinition, project: Project): readonly Assist[] {
  const starts = resetStarts(model, owner);
  const edits = starts && editsFor(project, [{ kind: 'add-reset', site: model.site, starts }]);
  return edits === undefined ? [] : [{ title: 'Add reset_parameters', edits }];
}
