/**
 * Classes of the file with sizes of any choosing: where all that is known of one is a use whose sizes happen to be equal, or
 * that is not certain, its axes cannot be told apart.
 */
import type { Session } from '../frameworks/framework.js';
import type { Machine } from '../interpreter/machine.js';
import type { SourceModule } from '../interpreter/modules.js';
import {
  type Arguments,
  type ClassValue,
  Func,
  Instance,
  Symbolic,
  Unknown,
  type Value,
} from '../interpreter/values.js';
import type { Model } from '../model/model.js';
import { vagueClassesIn } from '../model/questions/axes.js';
import { guarded } from './guarded.js';

const MOST_CLASSES = 8;

export function modelsOfAnySize(
  machine: Machine,
  session: Session,
  module: SourceModule,
  models: readonly Model[],
): readonly Model[] {
  const vague = new Set(models.flatMap(vagueClassesIn));
  const uses = [...session.uses].filter(([cls]) => cls.definition?.module === module && vague.has(cls.name));
  return uses.slice(0, MOST_CLASSES).flatMap(([cls, args]) => {
    let model: Model | undefined;
    guarded(machine, () => {
      const network = machine.callWith(cls, ofAnySize(cls, args));
      if (!(network instanceof Instance)) return;
      session.forward(network);
      model = session.modelOf(network);
    });
    return model ?? [];
  });
}

/** As it was called, with nothing known of its numbers, nor of what else was built. */
function ofAnySize(cls: ClassValue, { positional, keywords }: Arguments): Arguments {
  const initialize = cls.mro.find(it => it.attributes.has('__init__'))?.attributes.get('__init__');
  const parameters = initialize instanceof Func ? initialize.definition.parameters.list.slice(1) : [];
  return {
    positional: positional.map((it, i) => free(it, parameters[i]?.name.name ?? `argument ${i}`)),
    keywords: new Map([...keywords].map(([name, it]) => [name, free(it, name)])),
  };
}

function free(value: Value, name: string): Value {
  const isSize = typeof value === 'number' || value instanceof Symbolic || value instanceof Unknown;
  return isSize || value instanceof Instance ? new Unknown(`\`${name}\` is a parameter`, undefined, name) : value;
}
