/** Brings torch into an evaluation: its classes and what it remembers. */
import type { Machine } from '../../interpreter/machine.js';
import { makeClasses } from './classes.js';
import { DrawRecorder } from './draw-log.js';
import { GraphRecorder } from './graph.js';
import { setTorch, type Torch, torchOf } from './state.js';

const NEWEST = '2.9.0';

/** Idempotent: later calls answer what the first has made. */
export function install(machine: Machine): Torch {
  if (torchOf(machine) === undefined) setTorch(machine, makeTorch(machine));
  return torchOf(machine);
}

function makeTorch(machine: Machine): Torch {
  return {
    ...classesFor(machine.builtins),
    draws: new DrawRecorder(machine),
    graph: new GraphRecorder(),
    calls: [],
    applied: [],
    seeds: new WeakMap(),
    sizeReads: new Map(),
    lengths: new WeakSet(),
    visits: [],
    defaultDtype: 'float32',
    defaultDevice: 'cpu',
    gradEnabled: true,
    hasGradients: false,
    hasPacked: false,
    version: machine.settings.get('torch-version') ?? NEWEST,
  };
}

const made = new WeakMap<Machine['builtins'], ReturnType<typeof makeClasses>>();

/** Modules are shared by the evaluations of a project, and so are the classes in them. */
function classesFor(builtins: Machine['builtins']): ReturnType<typeof makeClasses> {
  let classes = made.get(builtins);
  if (classes === undefined) {
    classes = makeClasses(builtins);
    made.set(builtins, classes);
  }
  return classes;
}
