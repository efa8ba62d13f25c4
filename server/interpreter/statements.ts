/** Executes statements. */
import type * as tree from '../syntax/tree.js';
import { assign, assignUnknown, remove, setName } from './assign.js';
import { createClass } from './classes.js';
import { decorate } from './decorators.js';
import { deferAlias } from './deferred-imports.js';
import { evaluate, makeFunction } from './expressions.js';
import { Frame } from './frame.js';
import { isOpenEnded } from './iteration.js';
import { jumps } from './jumps.js';
import { type Machine, STEPS_PER_FORK } from './machine.js';
import { narrow } from './narrow.js';
import { matchPattern } from './patterns.js';
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
import { executeTry, executeWith } from './try.js';
import { ClassValue, Instance, Tuple, Unknown, type Value } from './values.js';

export type Completion = 'normal' | 'return' | 'break' | 'continue';

/** Forks that carry the rest of a block with them, nested deeper than this, are joined at once instead. */
const DEEPEST_CONTINUATION = 5;

/** A function's body; answers what it returns, joined over branches that may have returned earlier. */
export function executeBody(m: Machine, frame: Frame, body: readonly tree.Statement[]): Value {
  executeBlock(m, frame, body);
  return resultOf(m, frame);
}

export function resultOf(m: Machine, frame: Frame): Value {
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

function recover(m: Machine, frame: Frame, statement: tree.Statement, thrown: unknown): void {
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

// ── branches ────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * `rest-done` when an undecided condition made both branches carry the rest of the block with them: after
 * `if x: return y` the rest runs on the other branch only.
 */
function executeIf(
  m: Machine,
  frame: Frame,
  node: tree.If,
  block: readonly tree.Statement[],
  next: number,
): Completion | 'rest-done' {
  let test: Value = null;
  let truth: boolean | undefined;
  try {
    m.step();
    test = evaluate(m, frame, node.test);
    frame.node = node.test;
    m.directCall = undefined;
    truth = m.truth(test);
  } catch (error) {
    recover(m, frame, node, error);
  }
  const [alternative] = node.otherwise;
  if (truth === false && alternative?.kind === 'If' && node.otherwise.length === 1) {
    return executeIf(m, frame, alternative, block, next);
  }
  if (truth !== undefined) return executeBlock(m, frame, truth ? node.body : node.otherwise);
  const carriesRest =
    block.length > next && m.forked < DEEPEST_CONTINUATION && (jumps(node.body) || jumps(node.otherwise));
  const run = (outcome: boolean): Completion => {
    narrow(m, frame, node.test, outcome);
    const completion = executeBlock(m, frame, outcome ? node.body : node.otherwise);
    return completion === 'normal' && carriesRest ? executeBlock(m, frame, block, next) : completion;
  };
  m.undecided = test instanceof Unknown ? test.reason : undefined;
  const completion = forkStatements(m, frame, [() => run(true), () => run(false)]);
  return carriesRest && completion === 'normal' ? 'rest-done' : completion;
}

interface Outcome {
  readonly completion: Completion;
  readonly result: Value;
}

/** Runs statements on both branches. Where one returns and the other goes on, its result is kept as a possible one. */
export function forkStatements(m: Machine, frame: Frame, branches: readonly (() => Completion)[]): Completion {
  m.step(STEPS_PER_FORK);
  const result = frame.result;
  let raised: unknown;
  let caught: Raised | undefined;
  const outcomes = m.journal.fork<Outcome>(
    branches.map(branch => () => {
      frame.result = result;
      try {
        return { completion: branch(), result: frame.result };
      } catch (error) {
        if (!(error instanceof Raised)) throw error;
        raised ??= error;
        if (m.wouldCatch(error.exception)) caught = error;
        return undefined;
      }
    }),
    (a, b) => m.join(a, b),
  );
  if (outcomes.length === 0) throw raised;
  if (caught !== undefined) m.incomplete(`it is not known whether ${caught.exception.cls.name} is raised`);
  return joinOutcomes(m, frame, outcomes, result);
}

function joinOutcomes(m: Machine, frame: Frame, outcomes: readonly Outcome[], before: Value): Completion {
  const returned = outcomes.filter(it => it.completion === 'return');
  if (returned.length === outcomes.length) {
    frame.result = returned.map(it => it.result).reduce((a, b) => m.join(a, b)!);
    return 'return';
  }
  frame.result = before;
  if (outcomes.some(it => it.completion === 'break')) frame.mayBreak = true;
  if (returned.length > 0) frame.mayReturn(returned.map(it => it.result));
  const [first] = outcomes;
  return outcomes.every(it => it.completion === first!.completion) ? first!.completion : 'normal';
}

function executeMatch(m: Machine, frame: Frame, node: tree.Match): Completion {
  const subject = evaluate(m, frame, node.subject);
  const open: (() => Completion)[] = [];
  for (const option of node.cases) {
    const matched = matchPattern(m, frame, option.pattern, subject);
    if (matched === false) continue;
    const guard = option.guard === undefined ? true : m.truth(evaluate(m, frame, option.guard));
    if (guard === false) continue;
    if (matched && guard && open.length === 0) return executeBlock(m, frame, option.body);
    open.push(() => executeBlock(m, frame, option.body));
    if (matched && guard) break;
  }
  return open.length === 0 ? 'normal' : forkStatements(m, frame, [...open, () => 'normal']);
}

// ── loops ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function executeFor(m: Machine, frame: Frame, node: tree.For): Completion {
  const iterable = evaluate(m, frame, node.iterable);
  frame.node = node.iterable;
  const open = isOpenEnded(iterable);
  if (open && m.strict) return mayRun(m, frame, iterable, () => executeTurns(m, frame, node, iterable));
  return executeTurns(m, frame, node, iterable);
}

/** A loop of which not even the number of turns is known either has none, or one that stands for all. */
function mayRun(m: Machine, frame: Frame, undecided: Value, turns: () => Completion): Completion {
  m.undecided = undecided instanceof Unknown ? undecided.reason : undefined;
  return forkStatements(m, frame, [turns, () => 'normal']);
}

function executeTurns(m: Machine, frame: Frame, node: tree.For, iterable: Value): Completion {
  const open = isOpenEnded(iterable);
  if (open) m.flags.repeated++;
  try {
    for (const item of m.iterate(iterable)) {
      m.step();
      const once = open || isOpenEnded(item);
      assign(m, frame, node.target, item);
      const { completion } = executeTurn(m, frame, node.body);
      if (completion === 'return') return mayLeave(frame, once);
      if (completion === 'break') return 'normal';
    }
  } finally {
    if (open) m.flags.repeated--;
  }
  return executeBlock(m, frame, node.otherwise);
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
    if (completion === 'break' || mayLeave) return 'normal';
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
  m.flags.repeated++;
  try {
    return executeBlock(m, frame, node.body) === 'return' ? mayLeave(frame, true) : 'normal';
  } finally {
    m.flags.repeated--;
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
  const keywords = new Map(
    node.keywords.flatMap(it => (it.name ? [[it.name.name, evaluate(m, frame, it.value)] as const] : [])),
  );
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
  const cls = createClass(m, {
    name: node.name.name,
    bases: bases.map(baseOf),
    attributes: scope.variables,
    moduleName,
    keywords,
    definition,
    methods: scope.methods ?? [],
  });
  return define(m, frame, node, cls);
}

/** `Generic[T]` and its like stand for their class. */
const baseOf = (base: Value): Value =>
  base instanceof Instance && base.payload instanceof ClassValue ? base.payload : base;
