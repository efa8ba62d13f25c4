/** `eval` and `exec` of text that is known: evaluated like the code around it, on the names that it is given. */
import { parse } from '../syntax/parse.js';
import type { Statement } from '../syntax/tree.js';
import { evaluate } from './expressions.js';
import { Frame } from './frame.js';
import type { Machine } from './machine.js';
import { Scope } from './scope.js';
import { executeBlock } from './statements.js';
import { Dict, type Value } from './values.js';

export function evalText(m: Machine, source: string, globals: Value, locals: Value): Value {
  const [statement, ...more] = statementsOf(m, source.trim());
  if (statement?.kind !== 'Expression' || more.length > 0) return m.raise('SyntaxError', 'invalid syntax');
  return within(m, source.trim(), globals, locals, frame => evaluate(m, frame, statement.value));
}

export function execText(m: Machine, source: string, globals: Value, locals: Value): Value {
  const statements = statementsOf(m, source);
  return within(m, source, globals, locals, frame => {
    executeBlock(m, frame, statements);
    return null;
  });
}

function statementsOf(m: Machine, source: string): readonly Statement[] {
  const { body, problems } = parse(source);
  return problems.length === 0 ? body : m.raise('SyntaxError', 'invalid syntax');
}

/** Places in the text are no places in a file: whoever asks is told where the call stands. */
function within(m: Machine, text: string, globals: Value, locals: Value, run: (frame: Frame) => Value): Value {
  const caller = m.frame;
  if (caller === undefined) return m.unknown('there is no frame');
  const module = { ...caller.module, text, isUserCode: false, path: '<string>' };
  const outer = globals instanceof Dict ? new Scope('module', undefined, new NamesOf(globals)) : caller.scope;
  const scope = locals instanceof Dict ? new Scope('function', outer, new NamesOf(locals)) : outer;
  m.enter(new Frame(module, scope, caller, caller.func));
  try {
    return run(m.frame!);
  } finally {
    m.frame = caller;
  }
}

/** The string keys of a dictionary as names. */
class NamesOf extends Map<string, Value> {
  constructor(private readonly dict: Dict) {
    super();
  }
  override get(name: string): Value | undefined {
    return this.dict.entries.get(name)?.[1];
  }
  override has(name: string): boolean {
    return this.dict.entries.has(name);
  }
  override set(name: string, value: Value): this {
    this.dict.entries.set(name, [name, value]);
    return this;
  }
  override delete(name: string): boolean {
    return this.dict.entries.delete(name);
  }
}
