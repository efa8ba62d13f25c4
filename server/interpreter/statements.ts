/** Executes statements. */
import type * as tree from '../syntax/tree.js';
import { assign, assignUnknown, remove, setName } from './assign.js';
import { executeIf, executeMatch, forkStatements } from './branches.js';
import { makeClass } from './classes.js';
import { decorate } from './decorators.js';
import { deferAlias } from './deferred-imports.js';
import { evaluate } from './expressions.js';
import { Frame } from './frame.js';
import { makeFunction } from './functions.js';
import { isOpenEnded, isUncounted } from './iteration.js';
import { watchLoop } from './long-loops.js';
import type { Machine } from './machine.js';
import { Raised } from './raised.js';
import { Scope } from './scope.js';
import {
  executeAnnotated,
  executeAssert,
  executeAugmented,
  executeImport,
  executeImportFrom,
  executeRaise,
} from './simple-statements.js';
import { asksForPosition, enterTurn, leaveTurn, type Positions, positioned, watchNumbers } from './stand-ins.js';
import { executeTry, executeWith } from './try.js';
import { ClassValue, Instance, noKeywords, Tuple, Unknown, type Value } from './values.js';

export type Completion = 'normal' | 'return' | 'break' | 'continue';

/** A function's body; answers what it returns, joined over branches that may have returned earlier. */
export function executeBody(m: Machine, frame: Frame, body: readonly tree.Statement[]): Value {
  executeBlock(m, frame, body);
  return resultOf(m, frame);
}

function resultOf(m: Machine, frame: Frame): Value {
  return (frame.maybeResults ?? []).reduce((result, value) => m.join(result, value)!, frame.result);
}

export function executeBlock(m: Machine, frame: Frame, body: readonly tree.Statement[], from = 0): Completion {
  for (let i = from; i < body.length; i++) {
    const statement = body[i]!;
    const completion =
      statement.kind === 'If' ? executeIf(m, frame, statement, body, i + 1) : executeStatement(m, frame, statement);
    if (completion === 'rest-done') return 'normal';
    if (completion !== 'normal') return completion;
  }
  return 'normal';
}

/** A module's body. Conditions at module level that are not decided are evaluated both ways, as elsewhere. */
export function executeModule(m: Machine, frame: Frame, body: readonly tree.Statement[]): void {
  executeBlock(m, frame, body);
}

/** One statement; where Python would stop with an exception that nothing catches, evaluation goes on with unknowns. */
export function executeStatement(m: Machine, frame: Frame, statement: tree.Statement): Completion {
  m.step();
  try {
    return execute(m, frame, statement);
  } catch (error) {
    recover(m, frame, statement, error);
    return 'normal';
  }
}

/** Throws where evaluation cannot go on behind the statement. */
export function recover(m: Machine, frame: Frame, statement: tree.Statement, thrown: unknown): void {
  const error = thrown instanceof RangeError ? tooDeep(m) : thrown;
  if (!(error instanceof Raised) || m.strict || error.raisedIn === frame || m.wouldCatch(error.exception)) throw error;
  if (statement.kind === 'Raise' || statement.kind === 'Return') throw error;
  const reason = m.unknown(`${error.exception.cls.name}: ${messageOf(error.exception)}`);
  if (error.site !== undefined) m.reasons.push({ message: reason.reason, site: error.site });
  for (const target of boundBy(statement)) assignUnknown(m, frame, target, reason);
  for (const name of importedBy(statement)) setName(m, frame.scope, name, reason);
}

/** The host's own stack ended before the limit on frames was met. */
const tooDeep = (m: Machine) =>
  new Raised(m.exception('RecursionError', 'maximum recursion depth exceeded'), undefined, m.site());

function messageOf(exception: Instance): string {
  const args = exception.attributes.get('args');
  return args instanceof Tuple && args.items.length > 0 ? String(args.items[0]) : '';
}

function importedBy(statement: tree.Statement): readonly string[] {
  if (statement.kind !== 'ImportFrom' && statement.kind !== 'Import') return [];
  return statement.names.map(it => it.alias?.name ?? it.name.name.split('.')[0]!).filter(it => it !== '*');
}

function boundBy(statement: tree.Statement): readonly tree.Expression[] {
  if (statement.kind === 'Assign') return statement.targets;
  if (statement.kind === 'AnnotatedAssign' || statement.kind === 'AugmentedAssign') return [statement.target];
  return [];
}

function execute(m: Machine, frame: Frame, statement: tree.Statement): Completion {
  switch (statement.kind) {
    case 'Expression':
      evaluate(m, frame, statement.value);
      return 'normal';
    case 'Assign': {
      if (deferAlias(m, frame, statement)) return 'normal';
      const value = evaluate(m, frame, statement.value);
      for (const target of statement.targets) assign(m, frame, target, value);
      return 'normal';
    }
    case 'AugmentedAssign':
      return executeAugmented(m, frame, statement);
    case 'AnnotatedAssign':
      return executeAnnotated(m, frame, statement);
    case 'Return':
      frame.result = statement.value === undefined ? null : evaluate(m, frame, statement.value);
      return 'return';
    case 'If':
      return executeIf(m, frame, statement, [], 0) as Completion;
    case 'For':
      return executeFor(m, frame, statement);
    case 'While':
      return executeWhile(m, frame, statement);
    case 'FunctionDefinition':
      return define(m, frame, statement, makeFunction(m, frame, statement, statement.name.name));
    case 'ClassDefinition':
      return executeClass(m, frame, statement);
    case 'Import':
      return executeImport(m, frame, statement);
    case 'ImportFrom':
      return executeImportFrom(m, frame, statement);
    case 'With':
      return executeWith(m, frame, statement);
    case 'Try':
      return executeTry(m, frame, statement);
    case 'Raise':
      return executeRaise(m, frame, statement);
    case 'Assert':
      return executeAssert(m, frame, statement);
    case 'Match':
      return executeMatch(m, frame, statement);
    case 'Delete':
      for (const target of statement.targets) remove(m, frame, target);
      return 'normal';
    case 'Global':
      for (const { name } of statement.names) frame.scope.declareGlobal(name);
      return 'normal';
    case 'Nonlocal':
      for (const { name } of statement.names) frame.scope.declareNonlocal(name);
      return 'normal';
    case 'TypeAlias':
      setName(m, frame.scope, statement.name.name, m.unknown('a type'));
      return 'normal';
    case 'Break':
      return 'break';
    case 'Continue':
      return 'continue';
    case 'Pass':
      return 'normal';
  }
}

// ── loops ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function executeFor(m: Machine, frame: Frame, node: tree.For): Completion {
  if (m.strict || !asksForPosition(node)) return executeLoop(m, frame, node, undefined);
  return positioned(m, positions => executeLoop(m, frame, node, positions));
}

function executeLoop(m: Machine, frame: Frame, node: tree.For, positions: Positions | undefined): Completion {
  const iterable = evaluate(m, frame, node.iterable);
  frame.node = node.iterable;
  if (positions !== undefined) positions.isAsked = false;
  if (m.strict && (isOpenEnded(iterable) || isUncounted(iterable)))
    return mayRun(m, frame, iterable, () => executeTurns(m, frame, node, iterable, positions));
  return executeTurns(m, frame, node, iterable, positions);
}

/** A loop of which not even the number of turns is known either has none, or one that stands for all. */
function mayRun(m: Machine, frame: Frame, undecided: Value, turns: () => Completion): Completion {
  m.undecided = undecided instanceof Unknown ? undecided.reason : undefined;
  return forkStatements(m, frame, [turns, () => 'normal']);
}

function executeTurns(
  m: Machine,
  frame: Frame,
  node: tree.For,
  iterable: Value,
  positions: Positions | undefined,
): Completion {
  const open = isOpenEnded(iterable);
  const loop = watchLoop(m, frame, node.body);
  let { count } = m.ends;
  const forLast = positions?.from ?? Number.POSITIVE_INFINITY;
  let turn = 0;
  if (open) enterTurn(m);
  const noteChanges = open ? watchNumbers(m, frame.scope, node.body) : undefined;
  try {
    for (const item of m.iterate(iterable)) {
      m.step();
      if (turn++ >= forLast && m.flags.context !== 'forward') {
        rehearseTurn(m, frame, node, item);
        continue;
      }
      const once = open || isOpenEnded(item);
      assign(m, frame, node.target, item);
      const { completion } = executeTurn(m, frame, node.body);
      noteChanges?.();
      if (completion === 'return') return mayLeave(frame, once);
      if (completion === 'break' || loop.isOver(item)) return 'normal';
      ({ count } = m.ends);
    }
    // What the turns' own code went through is its own affair.
    if (!open && m.strict && m.ends.count !== count) m.incomplete(m.ends.last!.reason);
  } finally {
    if (open) leaveTurn(m);
  }
  return executeBlock(m, frame, node.otherwise);
}

/** What the last turn writes is not what all the others of the layers start with that one layer stands for. */
function rehearseTurn(m: Machine, frame: Frame, node: tree.For, item: Value): void {
  m.journal.rehearse(() => {
    assign(m, frame, node.target, item);
    executeTurn(m, frame, node.body);
  });
}

/** A return in a loop that may have no turn is only a possible one. */
function mayLeave(frame: Frame, open: boolean): Completion {
  if (!open) return 'return';
  frame.mayReturn([frame.result]);
  frame.result = null;
  return 'normal';
}

/** Turns after which a loop of a library is taken for one that reads what is not known to its end. */
const MOST_TURNS_IN_LIBRARIES = 1000;

function executeWhile(m: Machine, frame: Frame, node: tree.While): Completion {
  const most = m.strict || frame.module.isUserCode ? Number.POSITIVE_INFINITY : MOST_TURNS_IN_LIBRARIES;
  const loop = watchLoop(m, frame, node.body);
  for (let turns = 0; turns < most; turns++) {
    m.step();
    const test = evaluate(m, frame, node.test);
    frame.node = node.test;
    const truth = m.truth(test);
    if (truth === false) return executeBlock(m, frame, node.otherwise);
    if (truth === undefined && m.strict) return mayRun(m, frame, test, () => executeOneTurn(m, frame, node));
    if (truth === undefined) return executeOneTurn(m, frame, node);
    const { mayLeave, completion } = executeTurn(m, frame, node.body);
    if (completion === 'return') return 'return';
    // Nothing tells when a loop would end that may have ended here.
    if (completion === 'break' || mayLeave || loop.isOver()) return 'normal';
  }
  return 'normal';
}

/** One turn of a loop, and whether a branch of it left the loop while another did not. */
function executeTurn(m: Machine, frame: Frame, body: readonly tree.Statement[]) {
  const { mayBreak, maybeResults = [] } = frame;
  frame.mayBreak = false;
  const completion = executeBlock(m, frame, body);
  const mayLeave = frame.mayBreak || (frame.maybeResults?.length ?? 0) > maybeResults.length;
  frame.mayBreak = mayBreak;
  return { completion, mayLeave };
}

function executeOneTurn(m: Machine, frame: Frame, node: tree.While): Completion {
  enterTurn(m);
  try {
    return executeBlock(m, frame, node.body) === 'return' ? mayLeave(frame, true) : 'normal';
  } finally {
    leaveTurn(m);
  }
}

// ── definitions ─────────────────────────────────────────────────────────────────────────────────────────────────────

function define(
  m: Machine,
  frame: Frame,
  node: tree.FunctionDefinition | tree.ClassDefinition,
  value: Value,
): Completion {
  setName(m, frame.scope, node.name.name, decorate(m, frame, node, value));
  return 'normal';
}

function executeClass(m: Machine, frame: Frame, node: tree.ClassDefinition): Completion {
  const bases = node.bases.flatMap(it =>
    it.kind === 'Starred' ? [...m.iterate(evaluate(m, frame, it.value))] : [evaluate(m, frame, it)],
  );
  const keywords = keywordsOf(m, frame, node);
  const scope = new Scope('class', frame.scope);
  const moduleName = frame.module.name;
  scope.variables.set('__module__', moduleName).set('__qualname__', node.name.name);
  const inner = new Frame(frame.module, scope, frame, frame.func);
  inner.node = node;
  m.enter(inner);
  try {
    executeBlock(m, inner, node.body);
  } finally {
    m.frame = frame;
  }
  frame.node = node.name;
  const definition = { node, module: frame.module };
  const cls = makeClass(m, {
    name: node.name.name,
    bases: bases.map(it => baseOf(m, it)),
    attributes: scope.variables,
    moduleName,
    keywords,
    definition,
    methods: scope.methods ?? [],
  });
  return define(m, frame, node, cls);
}

function keywordsOf(m: Machine, frame: Frame, { keywords }: tree.ClassDefinition): ReadonlyMap<string, Value> {
  if (keywords.length === 0) return noKeywords;
  return new Map(keywords.flatMap(it => (it.name ? [[it.name.name, evaluate(m, frame, it.value)] as const] : [])));
}

/** `Generic[T]` and its like stand for their class; None for one that is there where its library is installed. */
function baseOf(m: Machine, base: Value): Value {
  if (base === null && !m.strict) return m.unknown('None stands for the base class', { foreign: true });
  return base instanceof Instance && base.payload instanceof ClassValue ? base.payload : base;
}
