/** `torch.float32` and its kin as Python objects. */
import { type ClassValue, Instance } from '../../interpreter/values.js';
import type { Dtype } from './dtypes.js';

/** Each element type is one object. */
export class DtypeValue extends Instance {
  constructor(
    cls: ClassValue,
    readonly dtype: Dtype,
  ) {
    super(cls);
  }
}
