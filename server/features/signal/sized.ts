/** A network of a file with sizes: those that are set, else such as its first layer asks for. */
import { type Analysis, sizedModel } from '../../analyze.js';
import type { Model } from '../../model/model.js';
import { momentsOf } from '../../preview/signal/moments.js';
import { likelyInputs } from '../../preview/simulation/inputs.js';
import { simulatedNetwork } from '../../preview/simulation/network.js';
import type { Project } from '../../project.js';

export interface SizedModel {
  readonly model: Model;
  /** `input 8×3×64×64`, where it was taken for granted. */
  readonly assumption?: string;
  /** That the shape which is set does not go through the network, and one that does. */
  readonly problem?: string;
}

const known = new WeakMap<Model, Map<string, SizedModel>>();

/** The model as it is where no size brings it to a simulation. */
export function withSizes(project: Project, { path }: Analysis, model: Model, set?: readonly number[]): SizedModel {
  const ofModel = known.get(model) ?? new Map<string, SizedModel>();
  known.set(model, ofModel);
  const key = String(set);
  const sized = ofModel.get(key) ?? found(project, path, model, set);
  ofModel.set(key, sized);
  return sized;
}

function found(project: Project, path: string, model: Model, set: readonly number[] | undefined): SizedModel {
  const of = (shape: readonly number[]) => sizedModel(project, path, model.className, [shape]);
  const wanted = set && of(set);
  if (wanted !== undefined && canBeRun(wanted)) return { model: wanted };
  if (set === undefined && canBeRun(model)) return { model };
  const fitting = fittingOf(model, of);
  if (fitting === undefined) return { model: wanted ?? model };
  const assumption = `input ${fitting.shape.join('×')}`;
  const problem = set && `${misfit(set, wanted)}; figures are for ${assumption}`;
  return { model: fitting.model, assumption, ...(problem !== undefined && { problem }) };
}

/** That the network does not take what it was given, and what it takes; undefined where it does, or nothing is known to fit. */
export function misfitOf(
  model: Model,
  given: readonly number[],
  of: (shape: readonly number[]) => Model | undefined,
): string | undefined {
  const fitting = canBeRun(model) ? undefined : fittingOf(model, of);
  return fitting && `${misfit(given, model)}; ${fitting.shape.join('×')} does`;
}

/** The first of the shapes that its first layer asks for with which all of it can be followed. */
function fittingOf({ graph }: Model, of: (shape: readonly number[]) => Model | undefined) {
  if (graph === undefined) return undefined;
  for (const shape of likelyInputs(graph)) {
    const model = of(shape);
    if (model !== undefined && canBeRun(model)) return { shape, model };
  }
  return undefined;
}

/** `input 4×5×32×32 does not go through conv`. */
function misfit(given: readonly number[], { graph }: Partial<Model> = {}): string {
  const followed = graph && simulatedNetwork(graph, momentsOf)?.stepOf;
  const first = graph?.operations.find(it => it.parameters.length > 0 && followed?.has(it) !== true);
  const where = first?.module?.path || first?.name || 'the network';
  return `input ${given.join('×')} does not go through ${where}`;
}

const canBeRun = ({ graph }: Model): boolean =>
  graph !== undefined && simulatedNetwork(graph, momentsOf)?.isWhole === true;
