/** What torch.nn.init refuses: wrong rank, names that it does not know, arguments of the wrong kind. */
import type { FaultRequest, Machine } from '../../../interpreter/machine.js';
import { noneReadByArgument } from '../../../interpreter/none-reads.js';
import { Unknown, type Value } from '../../../interpreter/values.js';
import { type InitializerRow, isRankRight, kaimingGain, modeOf, type Plain, rankMessage } from '../initializers.js';
import { isTensor, type Tensor } from '../tensor.js';
import { ModuleInstance, member } from './instance.js';

export type Mistake = Pick<FaultRequest, 'code' | 'exception' | 'message' | 'details' | 'site' | 'module'>;

/** The first mistake that torch would meet; undefined as well where what decides is not known. */
export function mistakeIn(
  machine: Machine,
  row: InitializerRow,
  args: Plain,
  values: ReadonlyMap<string, Value>,
  given: Value,
): Mistake | undefined {
  return (
    mistakeInTensor(machine, row, given) ??
    modeMistake(args, values) ??
    (isTensor(given) ? rankMistake(row, given, args) : undefined) ??
    nonlinearityMistake(machine, args, values) ??
    kindMistake(machine, row, args, values) ??
    boundsMistake(machine, row, args)
  );
}

function mistakeInTensor(machine: Machine, row: InitializerRow, given: Value): Mistake | undefined {
  if (given instanceof Unknown) return undefined;
  if (given instanceof ModuleInstance) return onModule(given);
  if (given === null) return onNone(machine, row);
  if (!isTensor(given)) {
    const kind = machine.classOf(given).name;
    return wrong('tensor', 'AttributeError', `'${kind}' object has no attribute '${row.name}'`);
  }
  if (given.isLazy) {
    const message = 'The weight of a lazy layer has no shape before the first forward';
    return { code: 'uninitialized-lazy', exception: 'ValueError', message };
  }
  return undefined;
}

function onModule(module: ModuleInstance): Mistake {
  const name = module.cls.name;
  return {
    code: 'init-on-module',
    exception: 'AttributeError',
    message: `'${name}' object has no attribute 'dim'`,
    details: { class: name, attribute: isTensor(member(module, 'weight')) ? 'weight' : null },
  };
}

function onNone(machine: Machine, row: InitializerRow): Mistake {
  const owner = noneReadByArgument(machine, 'tensor');
  const layer = owner?.object instanceof ModuleInstance ? owner.object : undefined;
  return {
    code: owner?.name === 'bias' ? 'bias-none' : 'exception',
    exception: 'AttributeError',
    message: `'NoneType' object has no attribute '${row.name}'`,
    details: { attribute: row.name, ...(owner && { expression: owner.expression }) },
    ...(owner && { site: owner.site }),
    ...(layer && { module: layer }),
  };
}

function modeMistake(args: Plain, values: ReadonlyMap<string, Value>): Mistake | undefined {
  const mode = args.get('mode');
  if (!values.has('mode') || typeof mode !== 'string' || modeOf(args) !== undefined) return undefined;
  return {
    code: 'unknown-mode',
    exception: 'ValueError',
    message: `Mode ${mode.toLowerCase()} not supported, please use one of ['fan_in', 'fan_out']`,
    details: { mode },
  };
}

function rankMistake(row: InitializerRow, { shape }: Tensor, args: Plain): Mistake | undefined {
  if (row.rank === undefined || shape === undefined) return undefined;
  if (!isRankRight(row.rank, shape.length)) {
    const details = { rank: shape.length, initializer: row.name };
    return { code: 'wrong-rank', exception: 'ValueError', message: rankMessage[row.rank], details };
  }
  const [outputs] = shape;
  const groups = args.get('groups');
  if (typeof groups !== 'number' || typeof outputs !== 'number' || outputs % groups === 0) return undefined;
  return wrong('groups', 'ValueError', 'dim 0 must be divisible by groups');
}

function nonlinearityMistake(machine: Machine, args: Plain, values: ReadonlyMap<string, Value>): Mistake | undefined {
  const given = values.get('nonlinearity');
  if (given === undefined || given instanceof Unknown) return undefined;
  const nonlinearity = typeof given === 'string' ? given : machine.toText(given);
  // One of several.
  if (nonlinearity === undefined) return undefined;
  if (nonlinearity === 'leaky_relu') return slopeMistake(args);
  if (kaimingGain(new Map([...args, ['nonlinearity', nonlinearity]])) !== undefined) return undefined;
  return {
    code: 'unknown-nonlinearity',
    exception: 'ValueError',
    message: `Unsupported nonlinearity ${nonlinearity}`,
    details: { nonlinearity },
  };
}

function slopeMistake(args: Plain): Mistake | undefined {
  const slope = args.get('a');
  if (typeof slope !== 'string') return undefined;
  return wrong('a', 'ValueError', `negative_slope ${slope} not a valid number`);
}

const numeric = new Set(['gain', 'mean', 'std', 'a', 'b', 'val', 'sparsity']);

/** A word where torch computes with a number. `a` of a Kaiming call goes unread unless the slope is asked for. */
function kindMistake(
  machine: Machine,
  row: InitializerRow,
  args: Plain,
  values: ReadonlyMap<string, Value>,
): Mistake | undefined {
  for (const [name, value] of values) {
    if (!numeric.has(name) || row.name.startsWith('kaiming') || value instanceof Unknown) continue;
    const isNumber = typeof args.get(name) === 'number' || typeof args.get(name) === 'boolean';
    if (isNumber || (value !== null && typeof value !== 'string')) continue;
    const kind = machine.classOf(value).name;
    return wrong(name, 'TypeError', `${row.name}: ${name} must be a number, not ${kind}`);
  }
  return undefined;
}

/** What is computed may be what keeps the code from getting here, where a condition around is not known. */
function boundsMistake(machine: Machine, row: InitializerRow, args: Plain): Mistake | undefined {
  if (machine.forked > 0 && !isWrittenOut(machine)) return undefined;
  const [low, high, std] = [args.get('a'), args.get('b'), args.get('std')];
  if (row.name === 'uniform_' && typeof low === 'number' && typeof high === 'number' && low > high) {
    return wrong(
      'a',
      'RuntimeError',
      `uniform_ expects to return a [from, to) range, but found from=${low} > to=${high}`,
    );
  }
  if (row.name === 'normal_' && typeof std === 'number' && std < 0) {
    return wrong('std', 'RuntimeError', `normal expects std >= 0.0, but found std ${std}`);
  }
  if (row.name === 'trunc_normal_' && typeof low === 'number' && typeof high === 'number' && low > high) {
    return wrong('a', 'RuntimeError', `uniform_ expects to return a [from, to) range, but found a=${low} > b=${high}`);
  }
  return undefined;
}

/** Whether all arguments of the call behind the tensor are plain numbers. */
function isWrittenOut(machine: Machine): boolean {
  const call = machine.callSite();
  const text = machine.frame?.module.text;
  if (call === undefined || text === undefined) return false;
  const sites = [...call.positional.slice(1), ...[...call.keywords.values()].map(it => it.value)];
  return sites.every(({ start, end }) => PLAIN_NUMBER.test(text.slice(start, end)));
}

const PLAIN_NUMBER = /^-?[\d.]+(e-?\d+)?$/i;

const wrong = (parameter: string, exception: string, message: string): Mistake => ({
  code: 'wrong-argument',
  exception,
  message,
  details: { parameter },
});
