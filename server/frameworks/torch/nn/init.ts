/** torch.nn.init as natives: checks what torch checks, records every call, and gives the tensor its values. */
import { calculateGain } from '../../../../core/nonlinearities.js';
import { type Machine, numberOf, valueOfSize } from '../../../interpreter/machine.js';
import { native, nativeModule, rawNative } from '../../../interpreter/native.js';
import {
  type Arguments,
  Float,
  type ModuleValue,
  NativeFunction,
  Tuple,
  Union,
  Unknown,
  type Value,
} from '../../../interpreter/values.js';
import type { Building } from '../../../model/building.js';
import type { CallTarget } from '../../../model/parameters.js';
import type { Site } from '../../../text/span.js';
import { isOfMember } from '../calls.js';
import {
  deprecatedInitializers,
  type InitializerRow,
  initializerNamed,
  initializers,
  modeOf,
  suggestionFor,
} from '../initializers.js';
import type { RecordedCall } from '../storage.js';
import { isTensor, type Tensor } from '../tensor.js';
import { recordCall, seedBefore, targetOf } from '../writes.js';
import { bindArguments, boundArguments, plainOf } from './init-arguments.js';
import { type Mistake, mistakeIn } from './init-checks.js';
import { ModuleInstance, member } from './instance.js';
import { initialize, tensorFans } from './start.js';

export function initModule(): ModuleValue {
  return nativeModule('torch.nn.init', members(), name => {
    const suggestion = suggestionFor(name);
    return suggestion === undefined ? undefined : missing(name, suggestion);
  });
}

function* members(): Iterable<readonly [string, Value]> {
  for (const row of initializers) yield [row.name, rawNative(row.name, (machine, args) => call(machine, row, args))];
  for (const name of deprecatedInitializers) yield [name, deprecated(name, initializerNamed.get(`${name}_`)!)];
  for (const it of internals) yield [it.name, it];
}

function deprecated(name: string, row: InitializerRow): Value {
  const run = (machine: Machine, args: Arguments) => {
    const site = machine.callSite()?.callee;
    if (site !== undefined) machine.deprecations.push({ name, replacement: row.name, site });
    return call(machine, row, args);
  };
  return new NativeFunction(name, undefined, run, true, row.name);
}

/** Raises where it is called; nobody reads such a name without calling it. */
function missing(name: string, suggestion: string): Value {
  return rawNative(name, (machine, args) => {
    const tensor = args.positional[0];
    machine.fault({
      code: 'no-such-initializer',
      exception: 'AttributeError',
      message: `module 'torch.nn.init' has no attribute '${name}'`,
      details: { name, suggestion },
      ...(isTensor(tensor) && { tensor }),
    });
    return tensor ?? null;
  });
}

function call(machine: Machine, row: InitializerRow, args: Arguments): Value {
  const { values, misfit } = bindArguments(row.name, row.signature, args);
  const given = values.has('tensor') ? values.get('tensor')! : machine.unknown('there is no tensor');
  if (given === null && machine.forked > 0) return null;
  if (given instanceof Union) return machine.distribute(given, it => call(machine, row, withTensor(args, it)));
  const plain = plainOf(values);
  const recorded = record(machine, row, args, values, given);
  const mistake = misfit === undefined ? mistakeIn(machine, row, plain, values, given) : asMistake(misfit, row);
  if (mistake !== undefined) {
    return raise(machine, mistake, recorded, given);
  }
  if (isTensor(given)) initialize(machine, given, row, plain, { origin: 'written', call: recorded });
  return given;
}

/** One of the tensors that are given by name: those given in order are taken one by one before. */
const withTensor = (args: Arguments, tensor: Value): Arguments => ({
  ...args,
  keywords: new Map([...args.keywords, ['tensor', tensor]]),
});

const asMistake = (
  { code, parameter, message }: NonNullable<ReturnType<typeof bindArguments>['misfit']>,
  row: InitializerRow,
): Mistake => ({ code, exception: 'TypeError', message, details: { parameter, function: row.name } });

/** The tensor is what an initializer answers, and what evaluation goes on with. */
function raise(machine: Machine, mistake: Mistake, recorded: RecordedCall, given: Value): Value {
  machine.fault({
    ...mistake,
    call: recorded,
    ...(isTensor(given) && { tensor: given }),
    ...(given instanceof ModuleInstance && { module: given }),
  });
  return given;
}

function record(
  machine: Machine,
  row: InitializerRow,
  args: Arguments,
  values: ReadonlyMap<string, Value>,
  given: Value,
): RecordedCall {
  const callSite = machine.callSite();
  const site = callSite?.site ?? machine.site() ?? { path: '', start: 0, end: 0 };
  const recorded: Building<RecordedCall> = {
    initializer: row.name,
    form: 'function',
    written: callSite?.written ?? row.name,
    site,
    callee: callSite?.callee ?? site,
    args: boundArguments(machine, row.signature, args, values),
    target: given instanceof ModuleInstance ? moduleTarget(given) : targetOf(given),
    given,
    uncalled: machine.flags.uncalled,
  };
  const tensor = callSite?.keywords.get('tensor')?.value ?? callSite?.positional[0];
  const fans = isTensor(given) ? tensorFans(given.shape) : undefined;
  if (tensor !== undefined) recorded.tensor = tensor;
  if (tensor !== undefined && isOfMember(textAt(machine, tensor))) recorded.namesMember = true;
  const seed = seedBefore(machine, given);
  if (fans !== undefined) recorded.fans = fans;
  if (seed !== undefined) recorded.seed = seed;
  return recordCall(machine, recorded);
}

const textAt = ({ frame }: Machine, { start, end }: Site): string => frame?.module.text.slice(start, end) ?? '';

function moduleTarget(module: ModuleInstance): CallTarget {
  return {
    kind: 'module',
    className: module.cls.name,
    hasWeight: isTensor(member(module, 'weight')),
    ...(module.site && { site: module.site }),
  };
}

// ── what else the module has ────────────────────────────────────────────────────────────────────────────────────────

const internals = [
  native('calculate_gain', 'nonlinearity, param=None', (machine, nonlinearity, param) =>
    gain(machine, nonlinearity!, param!),
  ),
  native('_calculate_fan_in_and_fan_out', 'tensor', (machine, tensor) => fansOfTensor(machine, tensor!)),
  native('_calculate_correct_fan', 'tensor, mode', (machine, tensor, mode) => {
    const fans = fansOfTensor(machine, tensor!);
    const chosen = modeOf(new Map([['mode', typeof mode === 'string' ? mode : null]]));
    if (chosen === undefined) return unknownMode(machine, mode!);
    return machine.getItem(fans, chosen === 'fan_in' ? 0 : 1);
  }),
  ...(
    [
      ['_no_grad_uniform_', 'uniform_'],
      ['_no_grad_normal_', 'normal_'],
      ['_no_grad_trunc_normal_', 'trunc_normal_'],
      ['_no_grad_fill_', 'constant_'],
      ['_no_grad_zero_', 'zeros_'],
    ] as const
  ).map(([name, initializer]) =>
    rawNative(name, (machine, args) => call(machine, initializerNamed.get(initializer)!, args)),
  ),
];

function gain(machine: Machine, nonlinearity: Value, parameter: Value): Value {
  if (nonlinearity instanceof Unknown) return machine.unknown('the nonlinearity is not known');
  const name = typeof nonlinearity === 'string' ? nonlinearity : '';
  const slope = parameter === null ? undefined : numberOf(parameter);
  if (name === 'leaky_relu' && parameter !== null && slope === undefined)
    return machine.unknown('the slope is not known');
  const value = calculateGain(name, slope);
  if (value !== undefined) return Number.isInteger(value) ? value : new Float(value);
  const shown = machine.toText(nonlinearity);
  if (shown === undefined) return machine.unknown('the nonlinearity is not known');
  return machine.fault({
    code: 'unknown-nonlinearity',
    exception: 'ValueError',
    message: `Unsupported nonlinearity ${shown}`,
    details: { nonlinearity: shown },
  });
}

function unknownMode(machine: Machine, mode: Value): Value {
  if (typeof mode !== 'string') return machine.unknown('the mode is not known');
  return machine.fault({
    code: 'unknown-mode',
    exception: 'ValueError',
    message: `Mode ${mode.toLowerCase()} not supported, please use one of ['fan_in', 'fan_out']`,
    details: { mode },
  });
}

function fansOfTensor(machine: Machine, tensor: Value): Value {
  if (!isTensor(tensor)) return machine.unknown('it is not known which tensor this is');
  const fans = tensorFans(tensor.shape);
  if (fans !== undefined) return new Tuple([valueOfSize(fans.fanIn), valueOfSize(fans.fanOut)]);
  if (isOfRankBelowTwo(tensor)) return tooFlat(machine, tensor);
  return machine.unknown('a size of the tensor is not known');
}

const isOfRankBelowTwo = (tensor: Tensor): boolean => tensor.shape !== undefined && tensor.shape.length < 2;

function tooFlat(machine: Machine, tensor: Tensor): Value {
  return machine.fault({
    code: 'wrong-rank',
    exception: 'ValueError',
    message: 'Fan in and fan out can not be computed for tensor with fewer than 2 dimensions',
    details: { rank: tensor.shape?.length ?? null },
    tensor,
  });
}
