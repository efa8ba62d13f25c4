/** How names and their values are put together that two branches have left. */
import { ModuleNames } from './module-names.js';
import type { Value } from './values.js';

type Join = (mine: Value | undefined, other: Value | undefined) => Value | undefined;

/** An import that one branch alone has made would have brought the same on the other. */
export function mergeMaps(mine: Map<string, Value>, theirs: ReadonlyMap<string, Value>, join: Join): void {
  const present = mine instanceof ModuleNames ? mine.present : mine;
  const imported = (name: string) => (mine instanceof ModuleNames ? mine.imported(name) : undefined);
  for (const [name, value] of theirs) {
    const own = present.has(name) ? present.get(name) : imported(name);
    const joined = own === value ? value : join(own, value);
    if (joined !== own && joined !== undefined) mine.set(name, joined);
  }
  for (const [name, value] of present) {
    const other = imported(name);
    if (theirs.has(name) || other === value) continue;
    const joined = join(value, other);
    if (joined !== undefined) mine.set(name, joined);
  }
}
