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
  if (set !== undefined) return { model: of(set) ?? model };
  if (model.graph === undefined || canBeRun(model)) return { model };
  for (const shape of likelyInputs(model.graph)) {
    const sized = of(shape);
    if (sized !== undefined && canBeRun(sized)) return { model: sized, assumption: `input ${shape.join('×')}` };
  }
  return { model };
}

const canBeRun = ({ graph }: Model): boolean =>
  graph !== undefined && simulatedNetwork(graph, momentsOf)?.isWhole === true;
