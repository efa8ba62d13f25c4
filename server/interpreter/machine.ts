/** The interpreter's state and what natives may ask of it; evaluation itself lives in the files beside it. */
import type { Program, Reason } from '../model/model.js';
import type { Write } from '../model/parameters.js';
import type { BinaryOperator, Call, FunctionDefinition, Lambda } from '../syntax/tree.js';
import type { Site } from '../text/span.js';
import * as attributes from './attributes.js';
import { losesMembers, noteOtherCounts } from './audit.js';
import type { Builtins } from './builtins/index.js';
import { callValue } from './calls.js';
import type { UndecidedIf } from './choices.js';
import { type ClassBlueprint, createClass } from './classes.js';
import { compareValues, equal } from './compare.js';
import { type CallSite, callersOf, callSiteOf, type Frame, placedFrame, siteOf } from './frame.js';
import { importModule, nativeModule } from './imports.js';
import { iterate, noticing } from './iteration.js';
import { joinValues } from './join.js';
import { Journal } from './journal.js';
import type { FaultRequest, Hooks, MachineOptions, RecordedFault } from './machine-options.js';
import { ModuleTable } from './module-table.js';
import type { ModuleFinder } from './modules.js';
import type { NoneRead } from './none-reads.js';
import { OpenEnds } from './open-ends.js';
import { binary } from './operators.js';
import type { Patches } from './patches.js';
import { BudgetExceeded, Cancelled, Raised } from './raised.js';
import { noteFiller } from './registries.js';
import { Relay } from './relay.js';
import { deleteAttribute, setAttribute } from './set-attribute.js';
import type { OpenLoop, Positions } from './stand-ins.js';
import { repr, toText } from './text.js';
import { isInstance, truth } from './truth.js';
import { UnseenKinds } from './unseen-kinds.js';
import {
  type Arguments,
  type ClassValue,
  Instance,
  type ModuleValue,
  type Mutable,
  noKeywords,
  Tuple,
  type Union,
  Unknown,
  type Value,
} from './values.js';

/** Python frames above this are taken for endless recursion. */
const DEEPEST = 180;
const MOST_REASONS = 20;
/** Cancellation is looked at every 1,024 steps. */
const CANCEL_BITS = 10;
/** A fork saves, restores and joins what its branches change. */
export const STEPS_PER_FORK = 16;

export class Machine {
  readonly strict: boolean;
  readonly builtins: Builtins;
  readonly finder: ModuleFinder;
  readonly settings: ReadonlyMap<string, string>;
  readonly journal = new Journal();
  readonly hooks: Hooks = {};
  readonly extensions = new Map<symbol, unknown>();
  patches: Patches | undefined;
  readonly modules: ModuleTable;
  readonly nativeModules = new Map<string, ModuleValue>();
  /** The same by what they are asked of: no name is put together for each `nn.Linear` of `torch.nn`. */
  readonly nativeSubmodules = new Map<ModuleValue, Map<string, ModuleValue>>();
  readonly faults: RecordedFault[] = [];
  readonly reasons: Reason[] = [];
  /** Loads and deprecations that libraries record. */
  readonly loads: { site: Site; order: number; root?: Instance }[] = [];
  readonly deprecations: Program['deprecations'][number][] = [];
  readonly flags: {
    /** Loops around that are evaluated for one turn instead of an unknown number. */
    repeated: number;
    uncalled: boolean;
    /** True while `x` of `x is None` is evaluated. */
    comparingWithNone: boolean;
    context: Write['context'];
    /** Set in a loop that tells the positions of its items apart. */
    positions: Positions | undefined;
  } = { repeated: 0, uncalled: false, comparingWithNone: false, context: 'construction', positions: undefined };
  /** Loops around, innermost last, that are evaluated for one turn instead of an unknown number. */
  readonly loops: OpenLoop[] = [];
  frame: Frame | undefined;
  /** Where the value was read whose attribute is being asked for: tells `m.bias` when it is None. */
  noneReadFrom: NoneRead | undefined;
  /** The call that a native was reached by directly. */
  directCall: Call | undefined;
  /** The exception whose handler is running, for a bare `raise`. */
  current: Raised | undefined;
  /** Exceptions that handlers around would catch, innermost last. */
  readonly handlers: (readonly ClassValue[])[] = [];
  /** Functions that were entered, to find those that nothing calls. */
  readonly entered = new Set<FunctionDefinition | Lambda>();
  readonly defersImports: boolean;
  readonly relay: Relay;
  private isAudited = false;
  /** Statements of which both branches were run, by their place. */
  readonly undecidedIfs = new Map<string, UndecidedIf>();
  /** Why the condition is not decided whose branches are being joined. */
  undecided: string | undefined;
  readonly unseenKinds = new UnseenKinds();
  /** Imports around what is being evaluated that Python would have made before. */
  lateImports = 0;
  /** Natives around what is being evaluated. */
  natives = 0;
  steps = 0;
  /** How many instances of classes in Python were made. */
  instances = 0;
  /** Those of `steps` that modules took, which are loaded once for all that import them. */
  stepsOfImports = 0;
  /** Modules around what is being evaluated that are loaded at their own expense. */
  importsInPassing = 0;
  readonly ends = new OpenEnds();
  /** The class statement that a metaclass is making a class for. */
  blueprint: ClassBlueprint | undefined;
  maximumSteps: number;
  private order = 0;
  private inexactReason: (Reason & { index?: number }) | undefined;

  constructor(readonly options: MachineOptions) {
    this.strict = options.strict;
    this.defersImports = options.defersImports ?? true;
    this.relay = options.relay ?? new Relay();
    this.relay.machine = this;
    this.builtins = options.builtins;
    this.finder = options.finder;
    this.maximumSteps = options.maximumSteps;
    this.settings = options.settings ?? new Map();
    this.modules = new ModuleTable(options.loaded);
    if (this.strict) this.journal.onJoin = (object, mine, theirs) => noteOtherCounts(this, object, mine, theirs);
  }

  // ── evaluation ────────────────────────────────────────────────────────────────────────────────────────────────────

  call(callee: Value, positional: readonly Value[] = [], keywords: ReadonlyMap<string, Value> = noKeywords): Value {
    return this.callWith(callee, { positional, keywords });
  }

  /** A call from TypeScript: natives reached by it have no call site of their own. */
  callWith(callee: Value, args: Arguments): Value {
    const direct = this.directCall;
    this.directCall = undefined;
    try {
      return callValue(this, callee, args);
    } finally {
      this.directCall = direct;
    }
  }

  callMethod(self: Value, name: string, positional: readonly Value[] = [], keywords = noKeywords): Value {
    return this.call(this.getAttribute(self, name), positional, keywords);
  }

  getAttribute(object: Value, name: string): Value {
    return attributes.getAttribute(this, object, name);
  }
  findAttribute(object: Value, name: string): Value | undefined {
    return attributes.findAttribute(this, object, name);
  }
  /** A function of the value's class, unbound; special methods are looked up so. */
  findMethod(object: Value, name: string): Value | undefined {
    return attributes.findPatched(this, this.classOf(object), name);
  }
  setAttribute(object: Value, name: string, value: Value): void {
    setAttribute(this, object, name, value);
  }
  deleteAttribute(object: Value, name: string): void {
    deleteAttribute(this, object, name);
  }
  getItem(object: Value, index: Value): Value {
    return attributes.getItem(this, object, index);
  }
  setItem(object: Value, index: Value, value: Value): void {
    attributes.setItem(this, object, index, value);
  }
  deleteItem(object: Value, index: Value): void {
    attributes.deleteItem(this, object, index);
  }
  classOf(value: Value): ClassValue {
    return this.builtins.classOf(value);
  }
  isInstance(value: Value, cls: Value): boolean | undefined {
    return isInstance(this, value, cls);
  }
  truth(value: Value): boolean | undefined {
    return truth(this, value);
  }
  equal(a: Value, b: Value): boolean | undefined {
    return equal(this, a, b);
  }
  compare(operator: Parameters<typeof compareValues>[1], a: Value, b: Value): boolean | undefined {
    return compareValues(this, operator, a, b);
  }
  binary(operator: BinaryOperator, a: Value, b: Value): Value {
    return binary(this, operator, a, b);
  }
  iterate(value: Value): Iterable<Value> {
    return iterate(this, value);
  }
  /** The items of a value that can be iterated to its end; undefined when it is unknown. */
  listOf(value: Value): Value[] | undefined {
    if (value instanceof Unknown) return undefined;
    const { result, more } = noticing(this, () => [...this.iterate(value)]);
    return more !== undefined && this.strict ? undefined : result;
  }
  toText(value: Value): string | undefined {
    return toText(this, value);
  }
  repr(value: Value): string | undefined {
    return repr(this, value);
  }
  createClass(name: string, bases: readonly ClassValue[], body: Map<string, Value>, moduleName: string): Value {
    return createClass(this, { name, bases, attributes: body, moduleName, keywords: noKeywords });
  }
  isLibrary(name: string): boolean {
    return nativeModule(this, name) !== undefined;
  }
  importModule(name: string): Value {
    return importModule(this, name, this.frame?.module);
  }

  // ── what goes wrong ───────────────────────────────────────────────────────────────────────────────────────────────

  /** Raises a Python exception. */
  raise(exception: string, message: string): never {
    throw new Raised(this.exception(exception, message), undefined, this.site());
  }

  exception(name: string, message: string): Instance {
    const instance = new Instance(this.builtins.exception(name));
    instance.attributes.set('args', new Tuple([message]));
    return instance;
  }

  /** Raises in strict mode or where a handler is in reach; else records and answers Unknown. */
  fault(request: FaultRequest): Unknown {
    const instance = this.exception(request.exception, request.message);
    const site = request.site ?? this.placeOfFault();
    if (this.strict || this.wouldCatch(instance)) throw new Raised(instance, undefined, site);
    if (site !== undefined && !this.unseenKinds.cover(request.code)) this.recordFault(request, site);
    return this.unknown(request.message);
  }

  /** Evaluates with a handler for one exception in reach; undefined when it was raised. */
  attempt(exception: string, evaluate: () => Value): Value | undefined {
    const type = this.builtins.exception(exception);
    this.handlers.push([type]);
    try {
      return evaluate();
    } catch (error) {
      if (error instanceof Raised && error.exception.cls.mro.includes(type)) return undefined;
      throw error;
    } finally {
      this.handlers.pop();
    }
  }

  wouldCatch(exception: Instance): boolean {
    return this.handlers.some(types => types.some(it => exception.cls.mro.includes(it)));
  }

  private recordFault(request: FaultRequest, site: Site): void {
    this.faults.push({
      code: request.code,
      exception: request.exception,
      message: request.message,
      site,
      details: new Map(Object.entries(request.details ?? {})),
      uncalled: this.flags.uncalled,
      ...(request.call && { call: request.call }),
      ...(request.tensor && { tensor: request.tensor }),
      ...(request.module && { moduleInstance: request.module }),
    });
  }

  private placeOfFault(): Site | undefined {
    return this.directCall === undefined ? this.site() : (this.callSite()?.callee ?? this.site());
  }

  unknown(
    reason: string,
    { symbol, inputs, foreign, each }: Partial<Pick<Unknown, 'symbol' | 'inputs' | 'foreign' | 'each'>> = {},
  ): Unknown {
    return new Unknown(reason, this.site(), symbol, inputs, undefined, foreign, undefined, each);
  }

  /** The network may depend on something that is not known. What imports meet is noticed where it is used. */
  incomplete(reason: string): void {
    if (!this.isAudited || this.lateImports > 0 || this.reasons.length >= MOST_REASONS) return;
    if (this.reasons.some(it => it.message === reason)) return;
    const site = this.site();
    this.reasons.push({ message: reason, ...(site && { site }) });
  }

  /** From here on whatever is not known about the network is kept account of: a target's own call begins. */
  beginAudit(): void {
    this.isAudited = true;
    this.journal.onJoin = (object, mine, theirs) => {
      noteOtherCounts(this, object, mine, theirs);
      if (losesMembers(this, object, mine, theirs))
        this.incomplete(this.undecided ?? 'two branches leave different members');
    };
  }

  /** Exactness of the draws ends here; the first reason stays. An import that waited draws nothing of the network's. */
  inexact(reason: string): void {
    if (this.lateImports > 0) return;
    const site = this.site();
    this.inexactReason ??= { message: reason, ...(site && { site }) };
  }
  get whyInexact(): Reason | undefined {
    return this.inexactReason;
  }

  step(cost = 1): void {
    const before = this.steps;
    this.steps += cost;
    if (this.steps > this.maximumSteps) throw new BudgetExceeded('the evaluation took too many steps');
    const crossed = before >> CANCEL_BITS !== this.steps >> CANCEL_BITS;
    if (crossed && this.options.isCancelled?.()) throw new Cancelled();
  }

  enter(frame: Frame): void {
    if (frame.depth > DEEPEST) this.raise('RecursionError', 'maximum recursion depth exceeded');
    this.frame = frame;
    this.relay.machine = this;
  }

  // ── forks ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** What forks save is copied, restored and joined: for large collections that is the work, some 32 values a step. */
  touch(object: Mutable): void {
    this.steps += this.journal.touch(object) >> 5;
    if (this.strict && this.modules.running > 0 && object.born === 0) noteFiller(object, this.frame);
  }

  join(a: Value | undefined, b: Value | undefined): Value | undefined {
    return joinValues(this, a, b);
  }

  /** Evaluates each branch on its own state; branches that raise are dead. Joins the states and the values. */
  fork(branches: readonly (() => Value)[]): Value {
    this.step(STEPS_PER_FORK);
    let raised: unknown;
    const results = this.journal.fork(
      branches.map(branch => () => {
        try {
          return { value: branch() };
        } catch (error) {
          if (!(error instanceof Raised)) throw error;
          raised ??= error;
          return undefined;
        }
      }),
      (a, b) => this.join(a, b),
    );
    if (results.length === 0) throw raised;
    return results.map(it => it.value).reduce((a, b) => this.join(a, b)!);
  }

  /** Evaluates for every alternative of a union and joins. */
  distribute(union: Union, evaluate: (alternative: Value) => Value): Value {
    return this.fork(union.alternatives.map(it => () => evaluate(it)));
  }

  get forked(): number {
    return this.journal.depth;
  }

  /** Undecided conditions and loops around what is being evaluated. */
  get doubts(): number {
    return this.journal.depth + this.flags.repeated;
  }

  // ── where ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The place in the user's code that is being evaluated; in library code where there is none of the user's. */
  site(): Site | undefined {
    const frame = placedFrame(this.frame);
    return frame?.node && siteOf(frame.module, frame.node);
  }

  /** From the caller of the innermost user frame outwards. */
  chain(): readonly Site[] {
    return callersOf(this.frame);
  }

  callSite(): CallSite | undefined {
    const module = this.frame?.module;
    return this.directCall && module && callSiteOf(this.directCall, module);
  }
  nextOrder(): number {
    return this.order++;
  }
}

export type { FaultRequest, Hooks, MachineOptions, RecordedFault } from './machine-options.js';
export { numberOf, plainNumber, sizeOf, valueOfSize } from './numbers.js';
export type { CallSite };
