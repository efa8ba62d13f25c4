/** The classes of tensors and of what tensors are described by. */
import type { Machine } from '../../interpreter/machine.js';
import { nativeClass } from '../../interpreter/native.js';
import type { ClassValue, Instance, Value } from '../../interpreter/values.js';
import { copyMembers } from './copies.js';
import { deviceMembers, generatorMembers, sizeMembers } from './descriptions.js';
import { DtypeValue } from './dtype-value.js';
import { type Dtype, dtypeNames } from './dtypes.js';
import { tensorMembers } from './methods.js';
import { bufferMembers, lazyMembers, parameterMembers } from './parameters.js';
import type { TorchClasses } from './state.js';
import { Tensor } from './tensor.js';

export function makeClasses(builtins: Machine['builtins']): {
  readonly classes: TorchClasses;
  readonly dtypes: ReadonlyMap<Dtype, Instance>;
} {
  const define = (name: string, module: string, base: ClassValue, members: Iterable<readonly [string, Value]>) =>
    nativeClass(name, module, [base], members);
  const { objectClass, tupleClass } = builtins;
  const tensor = define('Tensor', 'torch', objectClass, [...tensorMembers, ...copyMembers]);
  tensor.allocate = cls => new Tensor(cls);
  const parameter = define('Parameter', 'torch.nn.parameter', tensor, parameterMembers);
  const classes = {
    tensor,
    parameter,
    uninitializedParameter: define('UninitializedParameter', 'torch.nn.parameter', parameter, lazyMembers),
    buffer: define('Buffer', 'torch.nn.parameter', tensor, bufferMembers),
    size: define('Size', 'torch', tupleClass, sizeMembers),
    dtype: define('dtype', 'torch', objectClass, []),
    device: define('device', 'torch', objectClass, deviceMembers),
    generator: define('Generator', 'torch', objectClass, generatorMembers),
  };
  for (const cls of [tensor, parameter, classes.uninitializedParameter, classes.buffer]) cls.comparesElementwise = true;
  return { classes, dtypes: new Map(dtypeNames.map(it => [it, new DtypeValue(classes.dtype, it)])) };
}
