/** `argparse`: a program started without arguments gets the defaults; what has none is unknown. */
import { collect } from '../builtins/list.js';
import type { Machine } from '../machine.js';
import { type ClassValue, Dict, Instance, List, Tuple, type Value } from '../values.js';
import { classOf, type Entry, method, silentFunctions, unknownNames } from './define.js';
import { namespaceMethods } from './types.js';

export function argparseNames(m: Machine): Entry[] {
  const namespace = classOf(m, 'argparse', 'Namespace', namespaceMethods);
  return [
    ['ArgumentParser', classOf(m, 'argparse', 'ArgumentParser', parserMethods(namespace))],
    ['Namespace', namespace],
    ...[
      'Action',
      'HelpFormatter',
      'ArgumentDefaultsHelpFormatter',
      'RawTextHelpFormatter',
      'RawDescriptionHelpFormatter',
      'BooleanOptionalAction',
      'MetavarTypeHelpFormatter',
    ].map(
      (name): Entry => [
        name,
        classOf(m, 'argparse', name, [method('__init__', 'self, /, *args, **kwargs', () => null)]),
      ],
    ),
    ['ArgumentTypeError', m.builtins.exception('ValueError')],
    ['ArgumentError', m.builtins.exception('ValueError')],
    ['SUPPRESS', '==SUPPRESS=='],
    ['REMAINDER', '...'],
    ...unknownNames('the command line is not known', 'FileType'),
  ];
}

function parserMethods(namespace: ClassValue): readonly Entry[] {
  return [
    method('__init__', 'self, /, *args, **kwargs', (_, self) => {
      (self as Instance).attributes.set('_values', new Dict());
      return null;
    }),
    method('add_argument', 'self, /, *flags, **options', (m, self, flags, options) =>
      addArgument(m, self as Instance, collect(m, flags!), options as Dict),
    ),
    ...['add_argument_group', 'add_mutually_exclusive_group', 'add_subparsers', 'add_parser'].map(name =>
      method(name, 'self, /, *args, **kwargs', (_, self) => self!),
    ),
    method('set_defaults', 'self, /, **kwargs', (m, self, values) =>
      m.callMethod(valuesOf(self!), 'update', [values!]),
    ),
    method('get_default', 'self, dest', (m, self, name) => m.callMethod(valuesOf(self!), 'get', [name!])),
    method('parse_args', 'self, args=None, namespace=None', (m, self, args, target) =>
      parsed(m, self!, args!, target!, namespace),
    ),
    method(
      'parse_known_args',
      'self, args=None, namespace=None',
      (m, self, args, target) => new Tuple([parsed(m, self!, args!, target!, namespace), new List([])]),
    ),
    method('error', 'self, message', m => m.raise('SystemExit', '')),
    ...silentFunctions('print_help print_usage format_help exit register'),
  ];
}

const valuesOf = (self: Value): Dict => (self as Instance).attributes.get('_values') as Dict;

/** Flags whose text is not known may set anything. */
function addArgument(m: Machine, self: Instance, flags: readonly Value[], options: Dict): Value {
  const option = (name: string): Value | undefined => options.entries.get(name)?.[1];
  const name = option('dest') ?? destinationOf(flags.filter(it => typeof it === 'string'));
  if (typeof name !== 'string' || option('action') === 'help' || option('action') === 'version') return null;
  m.setItem(valuesOf(self), name, defaultOf(m, name, option));
  return null;
}

/** The first long flag, else the first one. */
function destinationOf(flags: readonly string[]): string | undefined {
  const flag = flags.find(it => it.startsWith('--')) ?? flags[0];
  return flag?.replace(/^-+/, '').replaceAll('-', '_');
}

function defaultOf(m: Machine, name: string, option: (name: string) => Value | undefined): Value {
  const given = option('default');
  const action = option('action');
  const type = option('type');
  if (given !== undefined && given !== null) return typeof given === 'string' && type ? m.call(type, [given]) : given;
  if (action === 'store_true') return false;
  if (action === 'store_false') return true;
  return given === null ? null : m.unknown(`\`args.${name}\` comes from the command line`, { symbol: `args.${name}` });
}

function parsed(m: Machine, self: Value, args: Value, target: Value, cls: ClassValue): Value {
  const isGiven = args !== null && !(args instanceof List && args.items.length === 0);
  const namespace = target === null ? new Instance(cls) : target;
  for (const [name, value] of valuesOf(self).entries.values()) {
    const known = isGiven
      ? m.unknown(`\`args.${name}\` comes from the command line`, { symbol: `args.${name}` })
      : value;
    m.setAttribute(namespace, name as string, known);
  }
  return namespace;
}
