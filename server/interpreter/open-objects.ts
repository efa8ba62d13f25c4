/** Objects that were given attributes under names that nobody knows, as settings from a file are: any name may be one of theirs. */
import { type Instance, Unknown } from './values.js';

const origins = new WeakMap<Instance, Unknown>();

/** `setattr(self, key, value)`, `self.__dict__.update(settings)`. */
export function openUp(object: Instance, { reason, site }: Unknown): void {
  if (!origins.has(object)) origins.set(object, new Unknown(reason, site));
}

/** What stands under the name, if the object may have it. */
export function anyAttribute(object: Instance, name: string): Unknown | undefined {
  const origin = origins.get(object) ?? object.stateIn?.more;
  return origin?.derive(`${object.cls.name}.${name}`, undefined, name);
}
