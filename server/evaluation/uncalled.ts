/** What nothing calls is evaluated for the calls in it alone, and told apart where its purpose is to initialize weights. */
import type { Session } from '../frameworks/framework.js';
import type { Machine } from '../interpreter/machine.js';
import type { SourceModule } from '../interpreter/modules.js';
import { type Arguments, type ClassValue, Func, type Instance, Unknown, type Value } from '../interpreter/values.js';
import type { InitializerCall } from '../model/model.js';
import type { Parameter } from '../syntax/tree.js';
import type { Site } from '../text/span.js';
import { guarded } from './guarded.js';

/** Calls the methods of the module's networks that nothing in the evaluation has called; answers those. */
export function callUncalledMethods(machine: Machine, session: Session, module: SourceModule): readonly Func[] {
  const called: Func[] = [];
  for (const [network, method] of uncalledMethods(machine, session, module)) {
    called.push(method);
    callUncalled(machine, network, method);
  }
  return called;
}

/** A base class, seen or not, may call what it knows the name of. */
function isOwn({ owner, name }: Func): boolean {
  const [, ...bases] = owner?.mro ?? [];
  return (
    owner?.unknownBase === undefined && bases.every(it => !it.attributes.has(name) && it.unknownBase === undefined)
  );
}

/** Those of them that initialize weights. A factory is no helper: it makes a network of its own. */
export function helpersAmong(methods: readonly Func[], alone: Func | undefined, session: Session): readonly Func[] {
  const isFactory = session.constructed.length > 0;
  const candidates = alone === undefined || isFactory ? methods : [...methods, alone];
  return candidates.filter(it => isOwn(it) && isHelper(it, session));
}

/** It works out how far weights may be from 0, by the fan of a layer or by sizes that it is given. */
export function followsFan({ definition, module }: Func): boolean {
  return FAN.test(module.text.slice(definition.start, definition.end));
}

export function takesRoot({ definition, module }: Func): boolean {
  return ROOT.test(module.text.slice(definition.start, definition.end));
}

const ROOT = /\bsqrt\(|\*\* ?\(?-?0?\.5/;

const FAN =
  /\bfan_?(?:in|out)\b.*(?:\bsqrt\(|\*\* ?\(?-?0?\.5)|(?:\bsqrt\([^\n]*)\.weight(?:\.data)?\.(?:size\(|shape\b)/is;

/** It calls initializers on weights, by itself. What is decorated is known to whoever decorates. */
function isHelper(helper: Func, session: Session): boolean {
  const { definition, name, module } = helper;
  if (definition.kind !== 'FunctionDefinition' || definition.decorators.length > 0 || EXPECTED.test(name)) return false;
  const starts = callsIn(helper, session).some(
    it => it.form === 'function' || (it.form === 'method' && START.test(`${it.written} ${it.initializer}`)),
  );
  return starts || STARTED.test(module.text.slice(definition.start, definition.end));
}

/** Of initializers, written in the function. */
export function callsIn({ definition, module }: Func, session: Session): readonly InitializerCall[] {
  const isWithin = ({ path, start }: Site) =>
    path === module.path && definition.start <= start && start < definition.end;
  return session.calls().filter(it => isWithin(it.callee));
}

/** On a weight, and no copy: that is how checkpoints are loaded. */
const START = /(weight|bias|param).* (?!copy_)/;

/** The same of something that it is given, and of which nothing is known. */
const STARTED = /^[^#\n]*\.(weight|bias)(\.data)?\.(normal|uniform|trunc_normal|fill|zero)_\(/m;

/** Names that frameworks, test runners and Python itself call. */
const EXPECTED = /^(__\w+__|_?reset_parameters|test\w*|main|forward)$/;

/** Methods that nothing in the entry calls, each with a network to call it on. */
function* uncalledMethods(machine: Machine, session: Session, module: SourceModule): Iterable<[Instance, Func]> {
  const seen = new Set<ClassValue>();
  for (const network of session.constructed) {
    if (seen.has(network.cls) || network.cls.definition?.module !== module) continue;
    seen.add(network.cls);
    for (const method of network.cls.attributes.values()) {
      if (method instanceof Func && method.name !== 'forward' && !machine.entered.has(method.definition))
        yield [network, method];
    }
  }
}

/** Evaluated for the calls in it alone: whatever it changes is undone. */
function callUncalled(machine: Machine, network: Instance, method: Func): void {
  if (!mayInitialize(method)) return;
  guarded(machine, () => {
    machine.flags.uncalled = true;
    const { positional, ...others } = anyArgumentsFor(method, 1);
    machine.journal.rehearse(() => machine.callWith(method, { positional: [network, ...positional], ...others }));
  });
}

/** Code without a call whose name ends in an underscore, or that names an initializer, changes no weight. */
function mayInitialize({ definition, module }: Func): boolean {
  return /init|_\(|reset|weight|bias/.test(module.text.slice(definition.start, definition.end));
}

/** Arguments of which nothing but the name is known, where there is no default that serves; a star gets none. */
export function argumentsFor(callee: Value | undefined, skip: number, serves = (_default: Value) => true): Arguments {
  const keywords = new Map<string, Value>();
  const positional: Value[] = [];
  if (!(callee instanceof Func)) return { positional, keywords };
  for (const parameter of callee.definition.parameters.list.slice(skip)) {
    const { name } = parameter.name;
    const byDefault = callee.defaults.get(name);
    if (parameter.passing === 'variadic' || parameter.passing === 'keywords') continue;
    if (byDefault !== undefined && serves(byDefault)) continue;
    const value = argumentFor(callee, parameter);
    if (parameter.passing === 'positionalOnly') positional.push(value);
    else keywords.set(name, value);
  }
  return { positional, keywords };
}

/** The same, and any number of them for a star: for calls that nobody makes. */
export function anyArgumentsFor(callee: Func, skip: number): Arguments {
  const star = callee.definition.parameters.list.find(it => it.passing === 'variadic');
  return { ...argumentsFor(callee, skip), ...(star && { unknown: anyNumber(callee, star) }) };
}

function argumentFor({ module }: Func, { name: { name }, start, end }: Parameter): Unknown {
  return new Unknown(`\`${name}\` is a parameter`, { path: module.path, start, end }, name);
}

/** What a star takes in: no number, so that no size can be meant. */
function anyNumber({ module }: Func, { name: { name }, start, end }: Parameter): Unknown {
  return new Unknown(`\`*${name}\` takes any number`, { path: module.path, start, end });
}
