/** Networks as they start where code elsewhere calls a method that initializes them, which their constructor leaves to it. */
import type { Session } from '../frameworks/framework.js';
import type { Machine } from '../interpreter/machine.js';
import { type ClassValue, Func, Instance } from '../interpreter/values.js';
import type { InitializerCall, Model } from '../model/model.js';
import type { Visit } from '../model/visits.js';
import { guarded } from './guarded.js';
import { argumentsFor } from './uncalled.js';

export interface Started {
  readonly method: Func;
  readonly model: Model;
  readonly calls: readonly InitializerCall[];
  readonly visits: readonly Visit[];
}

const MOST_METHODS = 8;

/** One network for each of the methods that are called elsewhere, built as it was and started by it. */
export function modelsStarted(
  machine: Machine,
  session: Session,
  uncalled: readonly Func[],
  isCalledElsewhere: (method: Func) => boolean,
): readonly Started[] {
  const methods = uncalled.filter(it => startsNetwork(it) && isCalledElsewhere(it));
  return methods.slice(0, MOST_METHODS).flatMap(method => {
    const cls = [...session.uses.keys()].find(it => isOf(it, method));
    let started: Started | undefined;
    guarded(machine, () => {
      const network = cls && machine.callWith(cls, session.uses.get(cls)!);
      if (!(network instanceof Instance)) return;
      const before = session.calls().length;
      const { positional, keywords } = argumentsFor(method, 1);
      machine.callWith(method, { positional: [network, ...positional], keywords });
      const calls = session.calls().slice(before);
      session.forward(network);
      const model = session.modelOf(network);
      started = { method, model, calls, visits: session.visits().filter(it => model.modules.includes(it.module)) };
    });
    return started ?? [];
  });
}

const isOf = (cls: ClassValue, { name, definition }: Func): boolean => {
  const own = cls.attributes.get(name);
  return own instanceof Func && own.definition === definition;
};

/** By its name it starts the weights and does nothing else; what it needs beside the network is not known. */
function startsNetwork({ name, definition }: Func): boolean {
  return STARTS.test(name) && definition.parameters.list.every(it => it.passing !== 'variadic');
}

const STARTS =
  /^_*((re_?)?init(iali[sz]e)?|(re_?)?init(iali[sz]e)?_(all_)?(weights?|params?|parameters)|reset_(weights?|params?|parameters)(_\w+)?|(weights?|params?)_init(iali[sz]ation)?)_*$/;
