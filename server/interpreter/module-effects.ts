/** What the body of a module does to what others hold, as far as its text tells; nothing is evaluated. */
import type {
  Assign,
  Call,
  Expression,
  For,
  FunctionDefinition,
  If,
  Import,
  ImportFrom,
  Statement,
} from '../syntax/tree.js';
import { walk } from '../syntax/walk.js';
import { isInert } from './library/inert-packages.js';
import type { SourceFile } from './modules.js';

export interface ModuleEffects {
  /** Dotted names of the modules that the body imports, relative ones with their dots; what `from` asks for may be no submodule. */
  readonly imports: readonly string[];
  /**
   * Of what it does not hold alone and stores something into, or gives to what may: the modules that it comes from, as they are
   * imported, and '' where that is not told. What registers is left out: `registries.ts` looks for it.
   */
  readonly changes: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();
const known = new WeakMap<SourceFile, ModuleEffects>();

export function effectsOf(source: SourceFile): ModuleEffects {
  let effects = known.get(source);
  if (effects === undefined) {
    effects =
      DOES_SOMETHING.test(source.text) || IMPORTS_BY_CALL.test(source.text)
        ? new Body(source.tree.body, IMPORTS_BY_CALL.test(source.text))
        : { imports: importsIn(source.text), changes: NOTHING };
    known.set(source, effects);
  }
  return effects;
}

/**
 * A line of the module's own that is no definition, no import, no plain assignment and does not look like prose of a
 * docstring. Without one no tree is needed.
 */
const DOES_SOMETHING =
  /^(?!(?:from|import|def|class|async|print|warnings|logging|logger|__all__|if __name__|if TYPE_CHECKING)\b|\w*register\w*\()(?:(?:del|if|for|while|with|try|match)\b.*[:(\\]|\[.*\bfor\b|[^\W\d]\w*(?:\.\w|[[(]|[ \t]*[-+*/%|&^@]=))/m;

/** What it imports is told by what it comes to. */
const IMPORTS_BY_CALL = /\b(?:import_module|__import__|exec)\(/;

const IMPORT =
  /^(?:from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|(?:[^\n#;\\]|\\\n)*)|import[ \t]+([^\n#;]+))/gm;

function importsIn(text: string): readonly string[] {
  const imports: string[] = [];
  for (const [, dots, from, names, plain] of text.matchAll(IMPORT)) {
    const asked = (names ?? plain!)
      .replace(/#.*|[()\\]/g, '')
      .split(',')
      .map(it => it.trim().split(/\s/, 1)[0]!)
      .filter(it => it !== '');
    imports.push(...(plain === undefined ? importedBy(dots!, from!, asked) : asked));
  }
  return imports;
}

function importedBy(dots: string, from: string, names: readonly string[]): readonly string[] {
  const base = dots + from;
  const inside = from === '' ? base : `${base}.`;
  return [base, ...names.filter(it => it !== '*').map(it => inside + it)];
}

class Body implements ModuleEffects {
  readonly imports: string[] = [];
  readonly changes = new Set<string>();
  /** Of the names, the modules that what they stand for comes from. */
  private readonly modules: Map<string, string>;
  /** Names of what the body itself has made. */
  private readonly own: Set<string>;
  private readonly functions: Map<string, FunctionDefinition>;

  /** Of a module, or of a function in one that another body calls. */
  constructor(
    statements: readonly Statement[],
    private readonly importsByCall: boolean,
    caller?: Body,
  ) {
    this.own = new Set(caller?.own ?? ['globals', 'locals', 'vars']);
    this.modules = new Map(caller?.modules);
    this.functions = new Map(caller?.functions);
    this.readAll(statements);
  }

  private noteImportsByCall(statement: Statement): void {
    walk(statement, node => {
      if (node.kind === 'FunctionDefinition' || node.kind === 'Lambda') return false;
      if (node.kind === 'Call' && IMPORTERS.has(lastOf(node.callee))) this.changes.add('');
      return true;
    });
  }

  private readAll(statements: readonly Statement[]): void {
    for (const statement of statements) this.read(statement);
  }

  private read(statement: Statement): void {
    if (this.importsByCall) this.noteImportsByCall(statement);
    switch (statement.kind) {
      case 'FunctionDefinition':
        this.own.add(statement.name.name);
        this.functions.set(statement.name.name, statement);
        break;
      case 'ClassDefinition':
        this.own.add(statement.name.name);
        break;
      case 'Import':
        this.readImport(statement);
        break;
      case 'ImportFrom':
        this.readImportFrom(statement);
        break;
      case 'Assign':
        this.readAssign(statement);
        break;
      case 'AnnotatedAssign':
        if (statement.value) this.store(statement.target, statement.value);
        break;
      case 'AugmentedAssign':
        if (statement.target.kind !== 'Name' || this.modules.has(statement.target.name)) this.change(statement.target);
        break;
      case 'Delete':
        for (const target of statement.targets) if (target.kind !== 'Name') this.change(target);
        break;
      case 'Expression':
        this.evaluate(statement.value);
        break;
      default:
        this.readBlocks(statement);
    }
  }

  private readBlocks(statement: Statement): void {
    switch (statement.kind) {
      case 'If':
        this.readIf(statement);
        break;
      case 'For':
        this.bindItems(statement);
        this.readAll([...statement.body, ...statement.otherwise]);
        break;
      case 'While':
        this.readAll(statement.body);
        break;
      case 'With':
        this.readAll(statement.body);
        break;
      case 'Try':
        this.readAll([...statement.body, ...statement.otherwise, ...statement.finalizer]);
        break;
      case 'Match':
        for (const { body } of statement.cases) this.readAll(body);
        break;
    }
  }

  /** What is imported under a condition may not be. */
  private readIf({ test, body, otherwise }: If): void {
    const imports = this.imports.length;
    if (!isOfScripts(test)) this.readAll(body);
    this.readAll(otherwise);
    this.imports.length = imports;
  }

  private readImport({ names }: Import): void {
    for (const { name, alias } of names) {
      this.imports.push(name.name);
      this.bind(alias?.name ?? name.name.split('.', 1)[0]!, name.name);
    }
  }

  private readImportFrom({ level, module, names }: ImportFrom): void {
    const from = module?.name ?? '';
    const asked = names.map(it => it.name.name);
    this.imports.push(...importedBy('.'.repeat(level), from, asked));
    for (const { name, alias } of names) this.bind(alias?.name ?? name.name, '.'.repeat(level) + from);
  }

  private bind(name: string, module: string): void {
    this.own.delete(name);
    this.modules.set(name, module);
  }

  private readAssign({ targets, value }: Assign): void {
    for (const target of targets) this.store(target, value);
  }

  /** What a container of the body's own holds is taken to be its own. */
  private bindItems({ target, iterable }: For): void {
    const from = iterable.kind === 'Tuple' || iterable.kind === 'List' ? iterable.elements : [iterable];
    const isOwn = from.every(it => this.own.has(rootOf(it)) || !MAY_BE_ANOTHERS.has(it.kind));
    for (const it of target.kind === 'Tuple' ? target.elements : [target])
      if (it.kind === 'Name') this.rename(it.name, isOwn, rootOf(from[0] ?? iterable));
  }

  private store(target: Expression, value: Expression): void {
    if (target.kind === 'Tuple' || target.kind === 'List') for (const it of target.elements) this.store(it, value);
    else if (target.kind !== 'Name') this.change(target);
    else this.rename(target.name, this.isMadeBy(value), rootOf(value));
  }

  private rename(name: string, isOwn: boolean, from: string): void {
    const module = this.modules.get(from);
    this.own.delete(name);
    this.modules.delete(name);
    if (isOwn) this.own.add(name);
    else if (module !== undefined) this.modules.set(name, module);
  }

  /** Literals, displays, and what a class makes, or a function of a display; what another function answers may be held elsewhere. */
  private isMadeBy(value: Expression): boolean {
    if (value.kind !== 'Call') return !MAY_BE_ANOTHERS.has(value.kind);
    const last = lastOf(value.callee);
    return /^_*[A-Z]/.test(last) || MAKERS.has(last) || value.args.some(it => DISPLAYS.has(it.kind));
  }

  private change(target: Expression): void {
    const root = rootOf(target);
    if (!this.own.has(root)) this.changes.add(this.modules.get(root) ?? '');
  }

  private evaluate(value: Expression): void {
    if (value.kind === 'Call') this.call(value);
    else if (IS_COMPUTED.has(value.kind)) this.changes.add('');
  }

  private call({ callee }: Call): void {
    const root = rootOf(callee);
    const module = this.modules.get(root);
    if (isHarmless(module, callee)) return;
    const called = this.functions.get(root);
    if (callee.kind !== 'Name' && this.own.has(root)) return;
    if (callee.kind !== 'Name' || called === undefined) {
      this.changes.add(module ?? '');
      return;
    }
    this.functions.delete(root);
    for (const it of new Body(called.body, this.importsByCall, this).changes) this.changes.add(it);
  }
}

const IMPORTERS = new Set(['import_module', '__import__', 'exec']);
const MAY_BE_ANOTHERS = new Set<Expression['kind']>([
  'Name',
  'Attribute',
  'Subscript',
  'Conditional',
  'BooleanOperation',
]);
const IS_COMPUTED = new Set<Expression['kind']>(['Comprehension', 'DictComprehension', 'Await']);
const DISPLAYS = new Set<Expression['kind']>(['List', 'Dictionary', 'Set', 'Comprehension', 'DictComprehension']);
const MAKERS = new Set(
  'copy deepcopy replace partial dict list set defaultdict deque namedtuple object type'.split(' '),
);

/** Whether what is called changes nothing that a weight depends on, or registers. */
function isHarmless(module: string | undefined, callee: Expression): boolean {
  const root = rootOf(callee);
  const last = lastOf(callee);
  if (root === '' || root === 'print' || /register/i.test(last) || /^_?log(?:ger)?$/i.test(root)) return true;
  const top = module?.split('.', 1)[0];
  if (top === 'torch') return !/^set_default/.test(last);
  if (top === 'os') return callee.kind !== 'Attribute' || lastOf(callee.value) !== 'environ';
  return module !== undefined && (HARMLESS.has(top!) || isInert(module));
}

const HARMLESS = new Set(
  'warnings logging atexit ctypes gc signal faulthandler locale multiprocessing threading time'.split(' '),
);

const lastOf = (node: Expression): string => (node.kind === 'Attribute' ? node.attribute.name : rootOf(node));

/** `__name__ == '__main__'`, `TYPE_CHECKING`. */
function isOfScripts(test: Expression): boolean {
  if (test.kind === 'Comparison') return rootOf(test.left) === '__name__';
  return lastOf(test) === 'TYPE_CHECKING';
}

/** The name that an expression starts from; none for what has none. */
export function rootOf(node: Expression): string {
  let root = node;
  while (root.kind === 'Attribute' || root.kind === 'Subscript' || root.kind === 'Call')
    root = root.kind === 'Call' ? root.callee : root.value;
  return root.kind === 'Name' ? root.name : '';
}
