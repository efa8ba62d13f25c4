/** `argparse`: a parser that nobody gives arguments, so that every option has its default. */
import type { Entry } from '../builtins/define.js';
import { attributeOf, type ModuleTable, method, setAttributes } from '../library/define.js';
import type { Machine } from '../machine.js';
import { nativeClass } from '../native.js';
import { type ClassValue, Dict, Instance, Tuple, Unknown, type Value } from '../values.js';

export const argparse: ModuleTable = m => {
  const namespace = namespaceClass(m);
  return [
    ['Namespace', namespace],
    ['ArgumentParser', parserClass(m, namespace)],
    ...'ArgumentDefaultsHelpFormatter RawTextHelpFormatter RawDescriptionHelpFormatter HelpFormatter Action'
      .split(' ')
      .map((name): Entry => [name, nativeClass(name, 'argparse', [m.builtins.objectClass], [])]),
    ['ArgumentTypeError', m.builtins.exception('ValueError')],
    ['ArgumentError', m.builtins.exception('ValueError')],
    ['SUPPRESS', '==SUPPRESS=='],
    ['REMAINDER', '...'],
  ];
};

function namespaceClass(m: Machine): ClassValue {
  return nativeClass(
    'Namespace',
    'argparse',
    [m.builtins.objectClass],
    [
      method('__init__', 'self, **kwargs', (machine, self, kwargs) => {
        if (kwargs instanceof Dict) setAttributes(machine, self!, entriesOf(kwargs));
        return null;
      }),
      method('__contains__', 'self, name', (_, self, name) => attributeOf(self!, String(name)) !== undefined),
      method('__getattr__', 'self, name', (machine, self, name) =>
        attributeOf(self!, '_open') === true
          ? new Unknown(`\`${String(name)}\` is an option`, machine.site(), `args.${String(name)}`)
          : machine.builtins.notImplemented,
      ),
    ],
  );
}

const entriesOf = (dict: Dict) => [...dict.entries.values()].map(([key, value]) => [String(key), value] as const);

function parserClass(m: Machine, namespace: ClassValue): ClassValue {
  return nativeClass(
    'ArgumentParser',
    'argparse',
    [m.builtins.objectClass],
    [
      method('__init__', 'self, *args, **kwargs', (machine, self) => {
        setAttributes(machine, self!, [['_defaults', new Dict()]]);
        return null;
      }),
      method('add_argument', 'self, *names, **options', (machine, self, names, options) => {
        addArgument(machine, self!, names as Tuple, options as Dict);
        return null;
      }),
      method('set_defaults', 'self, **kwargs', (machine, self, kwargs) => {
        for (const [name, value] of entriesOf(kwargs as Dict)) setDefault(machine, self!, name, value);
        return null;
      }),
      ...['add_argument_group', 'add_mutually_exclusive_group'].map(name =>
        method(name, 'self, *args, **kwargs', (_, self) => self!),
      ),
      method('add_subparsers', 'self, **kwargs', (_, self) => self!),
      method('add_parser', 'self, *args, **kwargs', (_, self) => self!),
      method('parse_args', 'self, args=None, namespace=None', (machine, self) => parsed(machine, self!, namespace)),
      method(
        'parse_known_args',
        'self, args=None, namespace=None',
        (machine, self) => new Tuple([parsed(machine, self!, namespace), machine.unknown('the remaining arguments')]),
      ),
      ...['print_help', 'print_usage', 'format_help'].map(name => method(name, 'self, *args', () => null)),
      method('error', 'self, message', machine => machine.raise('SystemExit', 'the arguments are wrong')),
    ],
  );
}

function addArgument(m: Machine, parser: Value, names: Tuple, options: Dict): void {
  const spelled = names.items.filter((it): it is string => typeof it === 'string');
  const long = spelled.find(it => it.startsWith('--')) ?? spelled[0];
  const given = new Map(entriesOf(options));
  const name = given.get('dest') ?? long?.replace(/^-+/, '').replaceAll('-', '_');
  if (typeof name === 'string') setDefault(m, parser, name, defaultOf(m, name, long ?? '', given));
}

/** What the option is when nobody gives it; unknown where a person has to. */
function defaultOf(m: Machine, name: string, spelled: string, given: ReadonlyMap<string, Value>): Value {
  const fallback = given.get('default');
  const type = given.get('type');
  if (fallback !== undefined)
    return typeof fallback === 'string' && type !== undefined ? m.call(type, [fallback]) : fallback;
  const action = given.get('action');
  if (action === 'store_true') return false;
  if (action === 'store_false') return true;
  const isAsked = given.get('required') === true || !spelled.startsWith('-');
  return isAsked ? new Unknown(`\`${name}\` is an option`, m.site(), `args.${name}`) : null;
}

function setDefault(m: Machine, parser: Value, name: string, value: Value): void {
  const defaults = attributeOf(parser, '_defaults');
  if (!(defaults instanceof Dict)) return;
  m.touch(defaults);
  defaults.entries.set(name, [name, value]);
}

function parsed(m: Machine, parser: Value, namespace: ClassValue): Instance {
  const result = new Instance(namespace);
  const defaults = attributeOf(parser, '_defaults');
  setAttributes(m, result, [...(defaults instanceof Dict ? entriesOf(defaults) : []), ['_open', true]]);
  return result;
}
