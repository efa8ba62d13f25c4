/** One evaluation as torch sees it: the networks that were made, and their forward graphs. */
import type { Machine } from '../../../interpreter/machine.js';
import {
  type Arguments,
  type ClassValue,
  Dict,
  Func,
  Instance,
  List,
  Tuple,
  Union,
  Unknown,
  type Value,
} from '../../../interpreter/values.js';
import type { DrawLog } from '../../../model/draws.js';
import type { Foresight } from '../../../model/foresight.js';
import type { Model } from '../../../model/model.js';
import type { InitializerCall } from '../../../model/parameters.js';
import type { Visit } from '../../../model/visits.js';
import type { Session } from '../../framework.js';
import { backwards, type RecordedOperation } from '../graph.js';
import { HOOK, isPretrainedClass } from '../hugging-face.js';
import { standIn } from '../hugging-face-aside.js';
import { joinedTensor } from '../operations/alternatives.js';
import { torchOf } from '../state.js';
import { isTensor, newTensor } from '../tensor.js';
import { abstractInstance, classesNamed } from './abstract.js';
import { layersOf } from './classes.js';
import { constructedIn, noteFinished, noteTurn } from './constructed.js';
import { writeUnseenInto } from './escape.js';
import { hasWeights } from './gaps.js';
import { ModuleInstance, member, membersOf, modulesIn, slotOf } from './instance.js';
import { setMode } from './mode.js';
import { modelOf } from './model.js';
import { isMissing, otherForwards } from './other-forwards.js';
import { baseUnseen } from './unseen-bases.js';
import { recordTest } from './visits.js';
import { namedModules, namedTensors, postOrder } from './walk.js';

const USUAL_NAMES: ReadonlyMap<string, string> = new Map([
  ['torch', 'torch'],
  ['nn', 'torch.nn'],
  ['F', 'torch.nn.functional'],
  ['init', 'torch.nn.init'],
  ['np', 'numpy'],
  ['math', 'math'],
]);

export class TorchSession implements Session {
  private readonly outputs = new Map<ModuleInstance, readonly RecordedOperation[]>();
  private readonly models = new Map<ModuleInstance, Model>();
  readonly uses = new Map<ClassValue, Arguments>();
  /** Deep copies of each network. */
  private readonly copies = new Map<Instance, Instance[]>();

  constructor(private readonly machine: Machine) {
    machine.hooks.abstractInstance = abstractInstance;
    machine.hooks.classesNamed = classesNamed;
    machine.hooks.escape = writeUnseenInto;
    machine.hooks.tested = recordTest;
    machine.hooks.hasWeights = hasWeights;
    machine.hooks.heldBeside = member;
    machine.hooks.standIn = standIn;
    machine.hooks.baseUnseen = baseUnseen;
    machine.hooks.usualNames = USUAL_NAMES;
    machine.hooks.join = joinedTensor;
    machine.hooks.loopAround = value => (value instanceof ModuleInstance ? value.loop : undefined);
    machine.hooks.constructed = (_, instance, args) => {
      noteFinished(machine, instance);
      if (!this.uses.has(instance.cls) && this.isNetwork(instance.cls)) this.uses.set(instance.cls, args);
    };
    machine.hooks.copied = (from, to) => {
      this.copies.set(from, [...(this.copies.get(from) ?? []), to]);
      if (to instanceof ModuleInstance) noteTurn(machine, to);
    };
  }

  isNetwork(cls: ClassValue): boolean {
    return cls.mro.includes(layersOf(this.machine).module);
  }

  hookOf(cls: ClassValue): Func | undefined {
    const hook = isPretrainedClass(cls) ? cls.attributes.get(HOOK) : undefined;
    return hook instanceof Func ? hook : undefined;
  }

  get constructed(): readonly Instance[] {
    return [...constructedIn(this.machine)];
  }

  roots(): readonly Instance[] {
    const constructed = constructedIn(this.machine);
    const held = new Set<Value>();
    for (const module of constructed) {
      for (const [, value] of membersOf(module, '_modules')) for (const child of modulesIn(value)) held.add(child);
    }
    // What only serves to be copied from is no network of its own: its copies are, or are part of one.
    const isPattern = (it: ModuleInstance) => this.copies.get(it)?.some(copy => held.has(copy)) ?? false;
    const isRoot = (it: ModuleInstance) => !held.has(it) && !isPattern(it) && slotOf(it, '_modules') !== undefined;
    return [...constructed].filter(it => isRoot(it) && isWorthwhile(it));
  }

  forward(network: Instance, shapes: readonly (readonly number[])[] = []): void {
    if (!(network instanceof ModuleInstance) || this.outputs.has(network)) return;
    this.outputs.set(network, []);
    const forward = network.cls.mro.find(it => it.attributes.has('forward'))?.attributes.get('forward');
    if (forward === undefined) return;
    const { flags } = this.machine;
    const { context } = flags;
    flags.context = 'forward';
    try {
      const run = (method: Value) => this.machine.callWith(method, inputsFor(this.machine, network, method, shapes));
      this.outputs.set(network, this.answersOf(network, forward, run));
      // What is written in the first forward alone, or only in training, is no mistake: a second one tells.
      if (writesInForward(network)) evaluating(this.machine, network, () => run(forward));
    } finally {
      flags.context = context;
    }
  }

  lost(): ReadonlySet<Instance> {
    const lost = [...this.outputs].filter(([, outputs]) => !reachesWeights(outputs)).map(([network]) => network);
    return new Set(lost.flatMap(it => [...namedModules(it)].map(([, module]) => module)));
  }

  private answersOf(network: ModuleInstance, forward: Value, run: (method: Value) => Value) {
    try {
      return outputsOf(this.machine, run(forward));
    } catch (error) {
      const others = this.machine.strict || !isMissing(error) ? [] : otherForwards(network);
      if (others.length === 0) throw error;
      return others.flatMap(it => outputsOf(this.machine, run(it)));
    }
  }

  modelOf(network: Instance): Model {
    const root = network as ModuleInstance;
    let model = this.models.get(root);
    if (model === undefined) {
      model = modelOf(this.machine, root, this.outputs.get(root));
      this.models.set(root, model);
    }
    return model;
  }

  calls(): readonly InitializerCall[] {
    return torchOf(this.machine).calls;
  }

  visits(): readonly Visit[] {
    return torchOf(this.machine).visits.filter((it): it is typeof it & Visit => it.module !== undefined);
  }

  draws(): DrawLog {
    return torchOf(this.machine).draws.log();
  }

  foresee(foresight: Foresight): void {
    torchOf(this.machine).draws.foresight = foresight;
  }
}

/** A user's own class, or a layer that has weights: a loss or a bare activation is no network. */
function isWorthwhile(module: ModuleInstance): boolean {
  if (module.cls.definition !== undefined) return true;
  return !namedTensors(module, '_parameters').next().done;
}

/** Whether a layer or a parameter went into the outputs. */
function reachesWeights(outputs: readonly RecordedOperation[]): boolean {
  for (const { module, parameters } of backwards(outputs))
    if (module !== undefined || parameters.length > 0) return true;
  return false;
}

/** As after `eval()`; what stood there comes back. */
function evaluating(machine: Machine, network: ModuleInstance, run: () => void): void {
  const modes = [...postOrder(network)].map(module => ({ module, mode: module.own('training') }));
  for (const { module } of modes) setMode(machine, module, false);
  try {
    run();
  } finally {
    for (const { module, mode } of modes) setMode(machine, module, mode);
  }
}

function writesInForward(network: ModuleInstance): boolean {
  for (const [, tensor] of namedTensors(network, '_parameters')) {
    if (tensor.storage.history.some(it => it.context === 'forward')) return true;
  }
  return false;
}

/** An input tensor for every argument that forward needs, at least for the first; the others keep their defaults. */
function inputsFor(machine: Machine, network: ModuleInstance, forward: Value, shapes: readonly (readonly number[])[]) {
  let position = 0;
  const input = (name: string): Value => {
    const shape = shapes[position++];
    const tensor = newTensor(machine, shape);
    tensor.operation = torchOf(machine).graph.record(machine, 'input', name, [], { shape });
    return tensor;
  };
  if (!(forward instanceof Func)) return { positional: [network, input('input')], keywords: new Map<string, Value>() };
  const positional: Value[] = [network];
  const keywords = new Map<string, Value>();
  const [self, ...rest] = forward.definition.parameters.list;
  const needsOther = rest.some(it => it.passing !== 'keywords' && !forward.defaults.has(it.name.name));
  for (const parameter of self?.passing === 'variadic' ? [self, ...rest] : rest) {
    const { name } = parameter.name;
    const isLeft = forward.defaults.has(name) && (needsOther || parameter !== rest[0]);
    if (parameter.passing === 'keywords' || isLeft) continue;
    if (parameter.passing === 'keywordOnly') keywords.set(name, input(name));
    else positional.push(input(name));
  }
  return { positional, keywords };
}

/** One output for every tensor that the answer holds. */
function outputsOf(machine: Machine, answer: Value): readonly RecordedOperation[] {
  const { graph } = torchOf(machine);
  const leaves = [...new Set(leavesOf(answer, DEEPEST))];
  return leaves.map(it => graph.record(machine, 'output', 'output', [it])).filter(it => it.inputs.length > 0);
}

/** Nesting of lists, dictionaries and result objects that outputs are looked for in. */
const DEEPEST = 4;

function leavesOf(value: Value, depth: number): readonly Value[] {
  if (depth === 0) return [];
  const inside = (values: Iterable<Value>) => [...values].flatMap(it => leavesOf(it, depth - 1));
  if (value instanceof Tuple || value instanceof List) return inside(value.items);
  if (value instanceof Dict) return inside([...value.entries.values()].map(([, it]) => it));
  if (value instanceof Union) return inside(value.alternatives);
  if (value instanceof Unknown || isTensor(value)) return [value];
  if (!(value instanceof Instance) || value instanceof ModuleInstance) return [];
  return value.payload === undefined ? inside(value.attributes.values()) : leavesOf(value.payload, depth - 1);
}
