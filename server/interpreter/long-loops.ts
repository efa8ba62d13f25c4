/**
 * Ends loops over numbers that would go on for long, and longer where they build something: some turns tell what all do.
 * Where every value counts, and where a signal is followed, loops run to their end.
 */
import type * as tree from '../syntax/tree.js';
import { walk } from '../syntax/walk.js';
import { setName } from './assign.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import { Float, Symbolic, type Value } from './values.js';

export interface LongLoop {
  /** Asked after every turn; `item` is what a `for` has taken. */
  isOver(item?: Value): boolean;
}

const FEWEST_TURNS = 4;
const STEPS_PER_LOOP = 20_000;
/** Networks are built in loops, and training makes contexts and copies in every turn of its own. */
const STEPS_PER_BUILDING_LOOP = 100_000;

export function watchLoop(m: Machine, frame: Frame, body: readonly tree.Statement[]): LongLoop {
  const { steps } = m;
  let turns = 0;
  let { instances } = m;
  return {
    isOver(item = 0) {
      const isBuilding = m.instances > instances;
      ({ instances } = m);
      const most = isBuilding ? STEPS_PER_BUILDING_LOOP : STEPS_PER_LOOP;
      const isLong = ++turns >= FEWEST_TURNS && m.steps - steps > most;
      if (!isLong || !isNumber(item) || m.strict || m.flags.context === 'forward') return false;
      forgetNumbers(m, frame, body);
      return true;
    },
  };
}

/** Counters and their like would have come to other values. */
function forgetNumbers(m: Machine, frame: Frame, body: readonly tree.Statement[]): void {
  for (const name of body.flatMap(namesAssignedIn)) {
    const value = frame.scope.variables.get(name);
    if (value !== undefined && isNumber(value))
      setName(m, frame.scope, name, m.unknown('a loop is long', { symbol: name }));
  }
}

const isNumber = (value: Value) =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Float || value instanceof Symbolic;

function namesAssignedIn(statement: tree.Statement): readonly string[] {
  const names: string[] = [];
  walk(statement, node => {
    if (node.kind === 'AugmentedAssign' && node.target.kind === 'Name') names.push(node.target.name);
    if (node.kind === 'Assign') for (const it of node.targets) if (it.kind === 'Name') names.push(it.name);
    return true;
  });
  return names;
}
