/** What torch remembers during one evaluation: its classes, its generator's log, the graph, modes. */
import type { Frame } from '../../interpreter/frame.js';
import type { Machine } from '../../interpreter/machine.js';
import type { ClassValue, Instance, Unknown } from '../../interpreter/values.js';
import type { InitializerCall } from '../../model/parameters.js';
import type { Site } from '../../text/span.js';
import type { DrawRecorder } from './draw-log.js';
import type { Dtype } from './dtypes.js';
import type { GraphRecorder } from './graph.js';
import type { RecordedVisit } from './nn/visits.js';
import type { RecordedRead } from './size-reads.js';
import type { RecordedCall } from './storage.js';

export interface TorchClasses {
  readonly tensor: ClassValue;
  readonly parameter: ClassValue;
  readonly uninitializedParameter: ClassValue;
  readonly buffer: ClassValue;
  readonly size: ClassValue;
  readonly dtype: ClassValue;
  readonly device: ClassValue;
  readonly generator: ClassValue;
}

/** `root.apply(…)` */
export interface AppliedTo {
  readonly root: Instance;
  readonly site: Site;
  /** The function, or file, that it stands in. */
  readonly within: Site;
  readonly order: number;
}

export interface Torch {
  readonly classes: TorchClasses;
  readonly dtypes: ReadonlyMap<Dtype, Instance>;
  readonly draws: DrawRecorder;
  readonly graph: GraphRecorder;
  /** Calls of initializers, in order of evaluation. */
  readonly calls: RecordedCall[];
  /** The last seed that each call of a function has set. */
  readonly seeds: WeakMap<Frame, NonNullable<InitializerCall['seed']>>;
  /** Calls of `apply`, in order of evaluation. */
  readonly applied: AppliedTo[];
  /** Where sizes of parameters are read, in order of evaluation; by parameter. */
  readonly sizeReads: Map<Instance, RecordedRead[]>;
  /** Values of which nothing is known but that an axis has been made as long as they are: no list, no data. */
  readonly lengths: WeakSet<Unknown>;
  /** Modules that code came by which treats modules by their kind. */
  readonly visits: RecordedVisit[];
  defaultDtype: Dtype;
  defaultDevice: string;
  /** False inside `torch.no_grad()`. */
  gradEnabled: boolean;
  /** True once something has gone backward: from then on parameters may have gradients. */
  hasGradients: boolean;
  /** True once sequences have been packed, of which nobody can tell any more how many elements they have. */
  hasPacked: boolean;
  /** As `torch.__version__` tells it. */
  readonly version: string;
}

const KEY = Symbol('torch');

/** Set by `install`, before anything of torch can be reached. */
export function torchOf(machine: Machine): Torch {
  return machine.extensions.get(KEY) as Torch;
}

export function setTorch(machine: Machine, torch: Torch): void {
  machine.extensions.set(KEY, torch);
}
