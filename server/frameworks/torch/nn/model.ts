/** Builds the model of a network out of what its evaluation left: modules, parameters, writes, the forward graph. */
import { type Size, symbol } from '../../../../core/size.js';
import { siteOf } from '../../../interpreter/frame.js';
import type { Machine } from '../../../interpreter/machine.js';
import { Dict, Union, type Value } from '../../../interpreter/values.js';
import type { Building } from '../../../model/building.js';
import { type Contents, drawsIn } from '../../../model/draws.js';
import type { Model } from '../../../model/model.js';
import type { CallTarget, Module, Parameter } from '../../../model/parameters.js';
import type { Site } from '../../../text/span.js';
import { drawnDtype, isInteger } from '../dtypes.js';
import { graphOf, type RecordedOperation } from '../graph.js';
import { type Torch, torchOf } from '../state.js';
import type { Storage } from '../storage.js';
import { mergeHistories } from '../storage-merge.js';
import { isTensor, regionOf, type Shape, type Tensor } from '../tensor.js';
import { type Computed, computationOf } from './computed.js';
import { gapsIn } from './gaps.js';
import { type ModuleInstance, membersOf, modulesIn, tensorsIn } from './instance.js';
import { kindOf } from './kinds.js';
import { frameworkClass, rowOf } from './layer-row.js';
import { layerFans, settingsOf } from './settings.js';
import { usedFans } from './used-fans.js';
import { joined, type Named } from './walk.js';

export function modelOf(
  machine: Machine,
  root: ModuleInstance,
  outputs: readonly RecordedOperation[] | undefined,
): Model {
  const builder = new ModelBuilder(machine, root, usedFans(outputs ?? []));
  const module = builder.add(root, '', true);
  builder.tie();
  builder.resolve(machine);
  const graph =
    outputs === undefined || outputs.length === 0
      ? undefined
      : graphOf(outputs, {
          module: it => builder.moduleOf(it as ModuleInstance),
          parameter: it => builder.parameterOf(it.storage),
        });
  return {
    className: root.cls.name,
    site: siteOfRoot(root),
    root: module,
    modules: builder.modules,
    parameters: builder.parameters,
    unknowns: [...machine.reasons, ...gapsIn(builder.instances())],
    draws: torchOf(machine).draws.log(),
    ...(graph && { graph }),
  };
}

function changesBeforeForward(module: ModuleInstance): boolean {
  const hooks = module.own('_forward_pre_hooks');
  return hooks instanceof Dict && hooks.entries.size > 0;
}

/** Under torch's own name, also in a class that does without its batch norm. */
const keepsStatistics = (norm: ModuleInstance): boolean =>
  membersOf(norm, '_buffers').some(([name]) => name === 'running_mean');

/** The name in the class definition; for a network put together of layers, where that happens. */
function siteOfRoot({ cls, site }: ModuleInstance): Site {
  if (cls.definition !== undefined) return siteOf(cls.definition.module, cls.definition.node.name);
  return site ?? { path: '', start: 0, end: 0 };
}

const hasDrawnStatistics = (norm: ModuleInstance): boolean =>
  membersOf(norm, '_buffers').some(([, value]) => tensorsIn(value).some(it => drawsIn(it.storage.contents).length > 0));

const appliedTo = (calls: Torch['applied'], root: ModuleInstance) => calls.filter(it => it.root === root);

class ModelBuilder {
  readonly modules: Module[] = [];
  readonly parameters: Parameter[] = [];
  private readonly byInstance = new Map<ModuleInstance, Module>();
  private readonly byStorage = new Map<Storage, Building<Parameter>>();
  private readonly names = new Map<Tensor, string[]>();

  constructor(
    private readonly machine: Machine,
    private readonly root: ModuleInstance,
    private readonly fansInUse: ReturnType<typeof usedFans>,
  ) {}

  /** In the order of `named_modules()`. */
  *instances(): Generator<Named<ModuleInstance>> {
    for (const [instance, { path }] of this.byInstance) yield [path, instance];
  }

  moduleOf(instance: ModuleInstance): Module | undefined {
    return this.byInstance.get(instance);
  }

  parameterOf(storage: Storage): Parameter | undefined {
    return this.byStorage.get(storage);
  }

  /** A module that is held twice keeps its first path. A copy stands where the module around it was made. */
  add(instance: ModuleInstance, path: string, isCertain: boolean, around?: Site): Module {
    const children: Module[] = [];
    const parameters: Parameter[] = [];
    const site = instance.site ?? around;
    const module: Building<Module> = {
      path,
      className: instance.cls.name,
      settings: settingsOf(instance),
      parameters,
      children,
    };
    this.describe(module, instance);
    if (site !== undefined) module.site = site;
    this.byInstance.set(instance, module);
    this.modules.push(module);
    this.addParameters(instance, module, isCertain, parameters);
    this.addChildren(instance, path, isCertain, children, site);
    return module;
  }

  private describe(module: Building<Module>, instance: ModuleInstance): void {
    const framework = frameworkClass(instance.cls)?.name;
    const role = rowOf(instance.cls)?.role;
    const { applied: calls } = torchOf(this.machine);
    const applied = calls.length === 0 || !instance.isFinished ? [] : appliedTo(calls, instance);
    if (instance.order !== undefined) module.order = instance.order;
    if (applied.length > 0) module.applied = applied;
    if (instance.turns > this.root.turns) module.standsForMany = true;
    if (instance.turns > this.root.turns && instance.loop?.changesNumbers) module.hasFirstSizes = true;
    if (framework !== undefined) module.layer = framework;
    if (role !== undefined) module.role = role;
    if (role === 'norm' && hasDrawnStatistics(instance)) module.measuresNothing = true;
    if (changesBeforeForward(instance)) module.changesBeforeForward = true;
    if (keepsStatistics(instance)) module.keepsStatistics = true;
  }

  private addChildren(
    instance: ModuleInstance,
    path: string,
    isCertain: boolean,
    children: Module[],
    site: Site | undefined,
  ): void {
    for (const [name, value] of membersOf(instance, '_modules')) {
      for (const child of modulesIn(value)) {
        const known = this.byInstance.get(child);
        if (known !== undefined) this.nameAgain(child, joined(path, name));
        children.push(known ?? this.add(child, joined(path, name), isCertain && !(value instanceof Union), site));
      }
    }
  }

  /** A module that holds one of those around it, as its parent, ends there. */
  private nameAgain(instance: ModuleInstance, path: string, around: ReadonlySet<ModuleInstance> = new Set()): void {
    if (around.has(instance)) return;
    const within = new Set(around).add(instance);
    for (const [name, value] of membersOf(instance, '_parameters')) {
      for (const tensor of tensorsIn(value)) this.names.get(tensor)?.push(joined(path, name));
    }
    for (const [name, value] of membersOf(instance, '_modules')) {
      for (const child of modulesIn(value)) this.nameAgain(child, joined(path, name), within);
    }
  }

  private addParameters(instance: ModuleInstance, module: Module, isCertain: boolean, own: Parameter[]): void {
    for (const [name, value] of membersOf(instance, '_parameters')) {
      const tensors = tensorsIn(value);
      const [tensor] = tensors;
      if (tensor === undefined) continue;
      const path = joined(module.path, name);
      const names = this.names.get(tensor);
      names?.push(path);
      if (names !== undefined) continue;
      this.names.set(tensor, [path]);
      const certain = isCertain && !isOptional(value) && instance.own(name) === undefined;
      own.push(this.parameter(instance, module, name, path, tensors as readonly [Tensor, ...Tensor[]], certain));
    }
  }

  /** Two branches may have made one tensor each: they are one parameter, which may have started either way. */
  private parameter(
    instance: ModuleInstance,
    module: Module,
    name: string,
    path: string,
    tensors: readonly [Tensor, ...Tensor[]],
    certain: boolean,
  ): Parameter {
    const [tensor] = tensors;
    const { storage } = tensor;
    const isOne = tensors.length === 1;
    const common = isOne ? tensor.shape : tensors.map(it => it.shape).reduce(commonShape);
    const shape = namedShape(common, path);
    const fans = layerFans(this.machine, instance, name) ?? this.fansInUse(tensor);
    const reads = torchOf(this.machine).sizeReads.get(tensor);
    const parameter: Building<Parameter> = {
      name: path,
      kind: kindOf(instance, name, tensor),
      module,
      writes: isOne ? storage.history : tensors.map(it => it.storage.history).reduce(mergeHistories),
      contents: contentsOf(tensor),
      certain,
    };
    if (shape !== undefined) parameter.shape = shape;
    if (fans !== undefined) parameter.fans = fans;
    if (reads !== undefined) parameter.sizeReads = reads;
    if (tensor.madeAt !== undefined) parameter.site = tensor.madeAt;
    if (this.isUninitialized(instance, tensor)) parameter.uninitialized = true;
    if (!tensor.requiresGrad) parameter.frozen = true;
    if (storage.isRaw && storage.forgotten !== undefined) parameter.forgotten = storage.forgotten;
    for (let i = 0; i < tensors.length; i++) this.byStorage.set(tensors[i]!.storage, parameter);
    this.parameters.push(parameter);
    return parameter;
  }

  /** Raw memory for training; beside a parameter that waits for its shape, the first forward starts it as well. */
  private isUninitialized(instance: ModuleInstance, { storage, dtype }: Tensor): boolean {
    if (!storage.isRaw || !this.root.isFinished || isInteger(dtype)) return false;
    return !membersOf(instance, '_parameters').some(([, value]) => tensorsIn(value).some(it => it.isLazy));
  }

  /** Tells every parameter its other names. */
  tie(): void {
    for (const [tensor, [, ...others]] of this.names) {
      const parameter = this.byStorage.get(tensor.storage);
      if (parameter !== undefined && others.length > 0) parameter.tiedTo = others;
    }
  }

  /** Calls and faults that were recorded for tensors learn which parameters these became. */
  resolve(machine: Machine): void {
    for (const call of torchOf(machine).calls) {
      const parameter = this.parameterIn(call.given);
      if (parameter !== undefined) call.target = { kind: 'parameter', parameter };
      else if (call.target.kind === 'tensor') call.target = { ...call.target, ...this.lostCopy(call.given) };
    }
    for (const visit of torchOf(machine).visits) {
      const module = this.byInstance.get(visit.instance);
      if (module !== undefined) visit.module = module;
    }
    for (const fault of machine.faults) {
      const parameter = this.parameterIn(fault.tensor);
      const module = fault.moduleInstance && this.byInstance.get(fault.moduleInstance as ModuleInstance);
      if (parameter !== undefined) Object.assign(fault, { parameter });
      if (module !== undefined) Object.assign(fault, { module });
    }
  }

  /** Nothing that was drawn into the copy came back to a parameter. */
  private lostCopy(given: Value | undefined): Pick<CallTarget & { kind: 'tensor' }, 'lostCopyOf'> {
    const storage = isTensor(given) ? given.storage : undefined;
    const parameter = storage?.copyOf && this.parameterIn(storage.copyOf.parameter);
    const drawn = storage === undefined ? [] : drawsIn(storage.contents);
    if (parameter === undefined || drawn.length === 0 || drawn.some(it => it < 0)) return {};
    const kept = this.parameters.flatMap(it => drawsIn(it.contents.writes));
    if (drawn.some(it => kept.includes(it))) return {};
    return { lostCopyOf: { parameter, how: storage!.copyOf!.how } };
  }

  private parameterIn(value: Value | undefined): Parameter | undefined {
    const [tensor] = value === undefined ? [] : tensorsIn(value);
    if (tensor === undefined) return undefined;
    const computation = computationOf(tensor.storage);
    return this.byStorage.get(tensor.storage) ?? (computation && this.computedParameter(tensor, computation));
  }

  /** No parameter of the model any more, but what a call means by it. */
  private computedParameter(tensor: Tensor, { module: instance, name, how, way }: Computed): Parameter | undefined {
    const module = this.byInstance.get(instance);
    if (module === undefined) return undefined;
    const fans = layerFans(this.machine, instance, name);
    const shape = namedShape(tensor.shape, name);
    return {
      name: joined(module.path, name),
      kind: kindOf(instance, name, tensor),
      module,
      writes: tensor.storage.history,
      contents: contentsOf(tensor),
      certain: true,
      reparametrized: how,
      ...(way && { reparametrizedBy: way }),
      ...(shape && { shape }),
      ...(fans && { fans }),
    };
  }
}

function contentsOf(tensor: Tensor): Contents {
  const { storage } = tensor;
  const region = regionOf(tensor);
  const dtype = drawnDtype(tensor.dtype);
  const contents = { dtype, writes: storage.contents, count: storage.count };
  return region === undefined ? contents : { ...contents, region };
}

const isOptional = (value: Value): boolean => value instanceof Union && value.alternatives.includes(null);

function commonShape(a: Shape, b: Shape): Shape {
  if (a === undefined || a.length !== b?.length) return undefined;
  return a.map((size, axis) => (size === b[axis] ? size : undefined));
}

/** A size that is not known is a symbol of its own. */
function namedShape(shape: Shape, path: string): readonly Size[] | undefined {
  return shape?.includes(undefined) ? withSymbols(shape, path) : (shape as readonly Size[] | undefined);
}

const withSymbols = (shape: NonNullable<Shape>, path: string): readonly Size[] =>
  shape.map((size, axis) => size ?? symbol(`${path}.size(${axis})`));
