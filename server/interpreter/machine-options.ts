/** What a machine is made with, what it asks of libraries, and what it tells of faults. */
import type { Fault, FaultCode } from '../model/model.js';
import type { InitializerCall } from '../model/parameters.js';
import type { Expression } from '../syntax/tree.js';
import type { Site } from '../text/span.js';
import type { Builtins } from './builtins/index.js';
import type { ClassBlueprint } from './classes.js';
import type { Machine } from './machine.js';
import type { ModuleFinder, SourceModule } from './modules.js';
import type { Library } from './native.js';
import type { Relay } from './relay.js';
import type { Arguments, ClassValue, Func, Instance, Unknown, Value } from './values.js';

export interface MachineOptions {
  readonly libraries: readonly Library[];
  readonly builtins: Builtins;
  readonly finder: ModuleFinder;
  /** True to raise every fault as Python does, instead of recording it and going on. */
  readonly strict: boolean;
  readonly maximumSteps: number;
  /** False for imports in Python's order, without any that waits until it is asked for. */
  readonly defersImports?: boolean;
  readonly relay?: Relay;
  /** Modules evaluated before and unchanged since, by name. */
  readonly loaded?: ReadonlyMap<string, SourceModule>;
  /** Conditions that nothing known decides, as they are to come out, by the place of their statement. */
  readonly decisions?: ReadonlyMap<string, boolean>;
  /** Asked now and then; true when a newer edit made this evaluation pointless. */
  readonly isCancelled?: () => boolean;
  /** Versions and settings that natives ask for, such as `torch-version`. */
  readonly settings?: ReadonlyMap<string, string>;
}

/** What a library may do at points where only it knows the answer. */
export interface Hooks {
  /** An instance reaches code that cannot be seen. */
  escape?: (machine: Machine, instance: Instance) => void;
  /** Two instances that two branches left in the same place, when there is one value for both. */
  join?: (machine: Machine, a: Instance, b: Instance) => Value | undefined;
  /** A class was called and its instance is initialized. */
  constructed?: (machine: Machine, instance: Instance, args: Arguments) => void;
  /** An instance was copied, deeply. */
  copied?: (from: Instance, to: Instance) => void;
  /** Whether an instance is or holds something that a seed decides. */
  hasWeights?: (machine: Machine, instance: Instance) => boolean;
  /** An instance of a class of which nothing but the class is known, for `isinstance` on an unknown value. */
  abstractInstance?: (machine: Machine, cls: ClassValue, value: Unknown) => Value | undefined;
  /** Classes that a test of an unknown value's class name may mean. */
  classesNamed?: (machine: Machine, matches: (name: string) => boolean) => readonly ClassValue[];
  /** The loop in one turn of which an instance was made that stands for any number. */
  loopAround?: (value: Value) => object | undefined;
  /** What a library keeps under a name besides the None that another branch has set. */
  heldBeside?: (instance: Instance, name: string) => Value | undefined;
  /** What stands for the answer of a function that is of no concern for networks, and is not entered. */
  standIn?: (machine: Machine, func: Func, args: Arguments) => Value | undefined;
  /** What a class derives from where one of its bases cannot be seen, as far as the class itself tells. */
  baseUnseen?: (machine: Machine, blueprint: ClassBlueprint) => ClassValue | undefined;
  /** Modules by the names that everybody imports them as. */
  usualNames?: ReadonlyMap<string, string>;
  /** The class of a value was asked for and answered: by `isinstance`, or by a comparison with what `kinds` comes to. */
  tested?: (machine: Machine, value: Value, answer: boolean | undefined, kinds?: Expression) => void;
}

export interface FaultRequest {
  readonly code: FaultCode;
  readonly exception: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
  readonly site?: Site;
  readonly call?: InitializerCall;
  /** The tensor and the module concerned, for the library that turns them into parameters. */
  readonly tensor?: Instance;
  readonly module?: Instance;
}

/** A fault with the values that it concerns, before the model is built. */
export interface RecordedFault extends Fault {
  readonly tensor?: Instance;
  readonly moduleInstance?: Instance;
}
