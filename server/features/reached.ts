/** A parameter that a place in the code leads to. */
import type { Model, Parameter } from '../model/model.js';

export interface Reached {
  readonly model: Model;
  readonly parameter: Parameter;
}
