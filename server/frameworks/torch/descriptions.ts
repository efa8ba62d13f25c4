/** What tensors are described by: `torch.Size`, `torch.device`, `torch.Generator`. */
import { payloadOf } from '../../interpreter/builtins/define.js';
import type { Machine } from '../../interpreter/machine.js';
import { valueOfSize } from '../../interpreter/machine.js';
import { native } from '../../interpreter/native.js';
import { type ClassValue, Instance, Tuple, Unknown, type Value } from '../../interpreter/values.js';
import { itemsOf, numberValue, sizeValue } from './arguments.js';
import { noteItem, own } from './size-reads.js';
import { torchOf } from './state.js';
import type { Shape, Tensor } from './tensor.js';
import { logDraw } from './writes.js';

type Members = readonly (readonly [string, Value])[];

/** The shape as Python sees it; a parameter's sizes say whose they are. */
export function sizeOfTensor(machine: Machine, tensor: Tensor): Value {
  const { shape } = tensor;
  if (shape === undefined) return machine.unknown('the shape of the tensor is not known');
  const items = shape.map((_, axis) => sizeAt(machine, tensor, axis));
  const size = sizeOfItems(machine, items);
  own(size, tensor);
  return size;
}

export function sizeAt(machine: Machine, tensor: Tensor, axis: number): Value {
  const size = tensor.shape?.[axis];
  if (size === undefined) return machine.unknown(`size of axis ${axis} is not known`);
  return tensor.isParameter ? valueOfSize(size, { tensor, axis }) : valueOfSize(size);
}

function sizeOfItems(machine: Machine, items: readonly Value[]): Instance {
  const size = new Instance(torchOf(machine).classes.size);
  size.payload = new Tuple(items);
  return size;
}

export function sizeOfShape(machine: Machine, shape: Shape): Value {
  if (shape === undefined) return machine.unknown('the shape is not known');
  return sizeOfItems(
    machine,
    shape.map((size, axis) =>
      size === undefined ? machine.unknown(`size of axis ${axis} is not known`) : valueOfSize(size),
    ),
  );
}

export const sizeMembers: Members = [
  [
    '__new__',
    native('__new__', 'cls, items=()', (machine, _, items) => {
      const values = itemsOf(machine, items);
      return values === undefined ? machine.unknown('the shape is not known') : sizeOfItems(machine, values);
    }),
  ],
  ['__init__', native('__init__', 'self, *args', () => null)],
  [
    '__getitem__',
    native('__getitem__', 'self, index, /', (machine, self, index) => {
      if (self instanceof Instance) noteItem(machine, self, index!);
      return machine.getItem(payloadOf(self!), index!);
    }),
  ],
  ['numel', native('numel', 'self', (machine, self) => numberOfElements(machine, self!))],
];

function numberOfElements(machine: Machine, self: Value): Value {
  const sizes = itemsOf(machine, self)?.map(it => sizeValue(it));
  if (sizes === undefined || sizes.includes(undefined)) return machine.unknown('the number of elements is not known');
  return itemsOf(machine, self)!.reduce((a, b) => machine.binary('*', a, b), 1);
}

export const deviceMembers: Members = [
  [
    '__new__',
    native('__new__', 'cls, type=None, index=None', (machine, _, type, index) =>
      type instanceof Instance ? type : makeDevice(machine, type!, index!),
    ),
  ],
  ['__init__', native('__init__', 'self, *args, **kwargs', () => null)],
  ['__str__', native('__str__', 'self', (_, self) => textOfDevice(self as Instance))],
  ['__repr__', native('__repr__', 'self', (_, self) => `device(type='${textOfDevice(self as Instance)}')`)],
  ['__eq__', native('__eq__', 'self, other', (_, self, other) => isSameDevice(self as Instance, other!))],
  ['__enter__', native('__enter__', 'self', (machine, self) => enterDevice(machine, self as Instance))],
  ['__exit__', native('__exit__', 'self, *args', (machine, self) => leaveDevice(machine, self as Instance))],
];

export function makeDevice(machine: Machine, type: Value, index: Value = null): Value {
  const device = new Instance(torchOf(machine).classes.device);
  const [name, number] = typeof type === 'string' ? type.split(':') : ['cuda', undefined];
  if (type instanceof Unknown) return machine.unknown(type.reason);
  device.attributes.set('type', name ?? 'cpu');
  device.attributes.set('index', number === undefined ? (typeof type === 'number' ? type : index) : Number(number));
  return device;
}

function textOfDevice({ attributes }: Instance): string {
  const index = attributes.get('index');
  return `${attributes.get('type')}${typeof index === 'number' ? `:${index}` : ''}`;
}

function isSameDevice(self: Instance, other: Value): Value {
  if (typeof other === 'string') return textOfDevice(self) === other;
  return other instanceof Instance && other.cls === self.cls && textOfDevice(self) === textOfDevice(other);
}

function enterDevice(machine: Machine, self: Instance): Value {
  const torch = torchOf(machine);
  self.attributes.set('_before', torch.defaultDevice);
  torch.defaultDevice = String(self.attributes.get('type'));
  return self;
}

function leaveDevice(machine: Machine, self: Instance): Value {
  torchOf(machine).defaultDevice = String(self.attributes.get('_before'));
  return false;
}

/** Generators are told apart by the order in which they were made. */
export const generatorMembers: Members = [
  [
    '__new__',
    native('__new__', "cls, device='cpu'", (machine, cls, device) => {
      const generator = new Instance(cls as ClassValue);
      generator.attributes.set('_number', machine.nextOrder());
      generator.attributes.set('device', device!);
      return generator;
    }),
  ],
  ['__init__', native('__init__', 'self, *args, **kwargs', () => null)],
  [
    'manual_seed',
    native('manual_seed', 'self, seed', (machine, self, seed) => reseed(machine, self as Instance, seed!)),
  ],
  [
    'seed',
    native('seed', 'self', (machine, self) => reseed(machine, self as Instance, machine.unknown('a random seed'))),
  ],
  ['initial_seed', native('initial_seed', 'self', machine => machine.unknown('the seed of the generator'))],
  ['get_state', native('get_state', 'self', machine => machine.unknown('the state of the generator'))],
  [
    'set_state',
    native('set_state', 'self, state', (machine, self) =>
      reseed(machine, self as Instance, machine.unknown('a state')),
    ),
  ],
];

function reseed(machine: Machine, generator: Instance, seed: Value): Value {
  const number = generator.attributes.get('_number');
  logDraw(machine, {
    ...control(machine, 'manual_seed', [numberValue(seed) ?? Number.NaN]),
    ...(typeof number === 'number' && { generator: number }),
  });
  return generator;
}

/** An entry of the log that draws nothing. */
export function control(machine: Machine, kind: string, args: readonly number[]) {
  const site = machine.callSite()?.site ?? machine.site();
  return { kind, args, count: 0, shape: undefined, dtype: 'float32', contiguous: true, ...(site && { site }) } as const;
}
