/** `inspect`: signatures and questions about kinds of objects. */
import { annotationOf, annotationsOf, returnAnnotationOf } from '../annotations.js';
import { getter } from '../builtins/construct.js';
import { isVague } from '../builtins/define.js';
import { namesOf } from '../builtins/objects.js';
import type { Machine } from '../machine.js';
import { native } from '../native.js';
import {
  BoundMethod,
  ClassValue,
  Dict,
  Func,
  Instance,
  Iterator,
  List,
  ModuleValue,
  NativeFunction,
  Tuple,
  Unknown,
  type Value,
} from '../values.js';
import { classOf, type Entry, method, unknownNames } from './define.js';
import { bindArguments, kinds, type Parameter, parametersOf, Signature, unwrapped } from './signature.js';
import { sourceOf } from './source-text.js';

export function inspectNames(m: Machine): Entry[] {
  const empty = classOf(m, 'inspect', '_empty', []);
  const parameter = parameterClass(m, empty);
  const signature = classOf(m, 'inspect', 'Signature', [
    ['empty', empty],
    ...['bind', 'bind_partial'].map(name =>
      method(name, 'self, /, *args, **kwargs', (machine, self, args, keywords) =>
        self instanceof Signature
          ? bindArguments(machine, self, args as Tuple, keywords as Dict, bound)
          : machine.unknown('the signature is not known'),
      ),
    ),
    method('replace', 'self, /, **changes', (_, self) => self!),
    reading('return_annotation', (machine, self) => {
      const func = self instanceof Signature ? self.func : undefined;
      return (func && returnAnnotationOf(machine, func)) ?? empty;
    }),
    method('__str__', 'self, /', machine => machine.unknown('the text of a signature is not known')),
  ]);
  const bound = classOf(m, 'inspect', 'BoundArguments', [
    method('apply_defaults', 'self, /', (machine, self) => applyDefaults(machine, self as Instance, empty)),
  ]);
  return [
    ['Parameter', parameter],
    ['Signature', signature],
    ['BoundArguments', bound],
    ['_empty', empty],
    method('signature', 'obj, *, follow_wrapped=True', (machine, callee) => {
      if (callee instanceof Unknown) return machine.unknown('the signature is not known');
      return parametersOf(machine, callee!, { signature, parameter, empty });
    }),
    method('getfullargspec', 'func', (machine, callee) => {
      if (isVague(callee!)) return machine.unknown('the signature is not known');
      return argumentNames(machine, callee!, { signature, parameter, empty });
    }),
    ask('isfunction', it => it instanceof Func),
    ask('ismethod', it => it instanceof BoundMethod && it.callee instanceof Func),
    ask('isroutine', it => it instanceof Func || it instanceof NativeFunction || it instanceof BoundMethod),
    ask('isbuiltin', it => it instanceof NativeFunction),
    ask('isclass', it => it instanceof ClassValue),
    ask('ismodule', it => it instanceof ModuleValue),
    ask('isgenerator', it => it instanceof Iterator && it.typeName === 'generator'),
    ask(
      'isgeneratorfunction',
      it => it instanceof Func && it.definition.kind === 'FunctionDefinition' && it.definition.isGenerator === true,
    ),
    ask('iscoroutinefunction', () => false),
    ask('isabstract', () => false),
    ask('isdatadescriptor', () => false),
    method('getmembers', 'object, predicate=None', members),
    method('getmro', 'cls', (_, cls) => (cls instanceof ClassValue ? new Tuple(cls.mro) : new Tuple([]))),
    method('unwrap', 'func, *, stop=None', (machine, callee) => unwrapped(machine, callee!)),
    method('getdoc', 'object', () => null),
    method('cleandoc', 'doc', (_, text) => String(text).trim()),
    method('getsource', 'object', (machine, object) => sourceOf(machine, object!)),
    method('currentframe', '', machine => machine.unknown('frames are not followed')),
    ...unknownNames(
      'the source is not read',
      'getsourcefile getsourcelines getfile getmodule stack trace getmodulename',
    ),
  ];
}

function ask(name: string, test: (value: Value) => boolean): Entry {
  return method(name, 'object', (m, value) => (value instanceof Unknown ? m.unknown(value.reason) : test(value!)));
}

function parameterClass(m: Machine, empty: ClassValue): ClassValue {
  return classOf(m, 'inspect', 'Parameter', [
    ['empty', empty],
    ...kinds.map((name, i): Entry => [name, i]),
    reading('annotation', (machine, self) => {
      const { func, attributes } = self as Parameter;
      return (func && annotationOf(machine, func, attributes.get('name') as string)) ?? empty;
    }),
    method('__init__', 'self, name, kind, *, default=..., annotation=...', (_, self, name, kind, fallback) => {
      (self as Instance).attributes.set('name', name!).set('kind', kind!).set('default', fallback!);
      return null;
    }),
  ]);
}

const reading = (name: string, read: (m: Machine, self: Value) => Value): Entry =>
  getter([name, native(name, 'self, /', (machine, self) => read(machine, self!))]);

function members(m: Machine, object: Value | undefined, test: Value | undefined): Value {
  if (object instanceof Unknown) return m.unknown(object.reason);
  const names = object instanceof ModuleValue ? [...object.attributes.keys()].sort() : namesOf(m, object!);
  const pairs: Value[] = [];
  for (const name of names) {
    const value = m.findAttribute(object!, name);
    if (value === undefined) continue;
    if (test !== null && m.truth(m.call(test!, [value])) === false) continue;
    pairs.push(new Tuple([name, value]));
  }
  return new List(pairs);
}

function applyDefaults(m: Machine, bound: Instance, empty: ClassValue): Value {
  const signature = bound.attributes.get('signature') as Signature;
  const before = bound.attributes.get('arguments') as Dict;
  const after = new Dict();
  for (const parameter of signature.parameters) {
    const name = parameter.attributes.get('name') as string;
    const given = before.entries.get(name)?.[1];
    const fallback = fallbackOf(parameter, empty);
    const value = given === undefined ? fallback : given;
    if (value !== undefined) m.setItem(after, name, value);
  }
  bound.attributes.set('arguments', after);
  return null;
}

function fallbackOf(parameter: Instance, empty: ClassValue): Value | undefined {
  const kind = kinds[parameter.attributes.get('kind') as number];
  if (kind === 'VAR_POSITIONAL') return new Tuple([]);
  if (kind === 'VAR_KEYWORD') return new Dict();
  const value = parameter.attributes.get('default');
  return value === empty ? undefined : value;
}

/** `getfullargspec`, as a tuple with named fields. */
function argumentNames(m: Machine, callee: Value, classes: Parameters<typeof parametersOf>[2]): Value {
  const signature = parametersOf(m, callee, classes);
  if (signature instanceof Unknown) return signature;
  const spec = new Instance(classOf(m, 'inspect', 'FullArgSpec', []));
  const { parameters } = signature;
  const named = (kind: string) => parameters.filter(it => kinds[it.attributes.get('kind') as number] === kind);
  const nameOf = (it: Instance | undefined): Value => it?.attributes.get('name') ?? null;
  const plain = [...named('POSITIONAL_ONLY'), ...named('POSITIONAL_OR_KEYWORD')];
  const defaults = plain.map(it => it.attributes.get('default')!).filter(it => it !== classes.empty);
  const own = callee instanceof ClassValue || callee instanceof BoundMethod ? ['self'] : [];
  spec.attributes.set('args', new List([...own, ...plain.map(nameOf)]));
  spec.attributes.set('varargs', nameOf(named('VAR_POSITIONAL')[0])).set('varkw', nameOf(named('VAR_KEYWORD')[0]));
  spec.attributes.set('defaults', defaults.length === 0 ? null : new Tuple(defaults));
  spec.attributes.set('kwonlyargs', new List(named('KEYWORD_ONLY').map(nameOf)));
  spec.attributes.set('annotations', callee instanceof Func ? annotationsOf(m, callee) : new Dict());
  return spec;
}
