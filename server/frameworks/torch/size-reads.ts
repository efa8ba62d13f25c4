/** Remembers where code reads the size of a parameter's axis, so that a fan taken from the wrong one can be shown. */
import { subscriptAt } from '../../interpreter/frame.js';
import type { Machine } from '../../interpreter/machine.js';
import type { Instance, Value } from '../../interpreter/values.js';
import type { SizeRead } from '../../model/parameters.js';
import type { Site } from '../../text/span.js';
import { torchOf } from './state.js';
import type { Tensor } from './tensor.js';

export type RecordedRead = SizeRead;

const owners = new WeakMap<Instance, Tensor>();

/** The sizes that a `torch.Size` holds are this tensor's. */
export function own(size: Instance, tensor: Tensor): void {
  owners.set(size, tensor);
}

/** `w.size(0)`: the axis is an argument. */
export function noteArgument(machine: Machine, tensor: Tensor, axis: number): void {
  const place = machine.callSite();
  const index = place?.positional[0];
  if (place !== undefined && index !== undefined) note(machine, tensor, axis, place.site, index);
}

/** `w.shape[0]`, `w.size()[0]`. */
export function noteItem(machine: Machine, size: Instance, index: Value): void {
  const tensor = owners.get(size);
  const place = subscriptAt(machine.frame);
  if (tensor === undefined || place === undefined || typeof index !== 'number') return;
  note(machine, tensor, index < 0 ? index + (tensor.shape?.length ?? 0) : index, place.site, place.index);
}

function note(machine: Machine, { shows }: Tensor, axis: number, site: Site, index: Site): void {
  const shown = shows?.axes?.[axis];
  if (shows === undefined || shown === undefined) return;
  const { sizeReads } = torchOf(machine);
  const read = { axis: shown, site, index, order: machine.nextOrder() };
  sizeReads.set(shows.parameter, [...(sizeReads.get(shows.parameter) ?? []), read]);
}
