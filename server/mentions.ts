/** Who in the workspace names a function, or starts a parameter: what is named nowhere is called by nobody. */
import { frameworks } from './frameworks/index.js';
import { ImportsOf, type Modules } from './imports-of.js';
import type { ParsedSource } from './project.js';
import { type Files, Search } from './search.js';
import type { Statement } from './syntax/tree.js';
import { nodeAt } from './syntax/walk.js';
import type { Site, Span } from './text/span.js';
import type { Words } from './text/words.js';

export interface Workspace extends Files, Modules {
  source(path: string): ParsedSource | undefined;
  /** Without what its text is made of; undefined where it cannot be read. */
  words(path: string): Words | undefined;
}

export class Mentions {
  readonly search: Search;
  /** Questions are asked together, file by file. */
  #last: { readonly path: string; readonly text: unknown } | undefined;
  /** Of files that have been read: most need not be read again for another name. */
  readonly #words = new Map<string, Words>();
  /** Which files go through parameters to draw each: few do, and every class asks for them. */
  readonly #drawing = new Map<string, boolean>();
  readonly #imports: ImportsOf;

  constructor(private readonly workspace: Workspace) {
    this.search = new Search(workspace);
    this.#imports = new ImportsOf(workspace);
  }

  /** Tells whose questions have other answers now. */
  fileChanged(path: string): ReadonlySet<string> {
    this.#last = undefined;
    this.#words.delete(path);
    this.#drawing.delete(path);
    this.#imports.forget();
    return this.search.fileChanged(path);
  }

  /**
   * Whether code outside the definition names it; true where the workspace is too large to tell. Of a method, classes that have
   * another one by that name mean their own with `self`.
   */
  isMentioned(name: string, definition: Site, isMethod = false): boolean {
    const { path } = definition;
    if (this.isNamedIn(path, name, { definition, isMethod })) return true;
    if (!isImportable(path)) return false;
    return this.search.isFound({
      key: `${isMethod ? 'self.' : ''}${name}()\0${path}`,
      path,
      holds: it =>
        it !== path && this.mayHave(it, words => words.mayHave(name)) && this.isNamedIn(it, name, { isMethod }),
    });
  }

  /** The nearest file that imports the module of the function and names the function, where that is known at once; others than these. */
  userOf(name: string, { path }: Site, others: readonly string[] = []): string | undefined {
    const stem = isImportable(path) ? stemOf(path) : undefined;
    if (stem === undefined || this.search.answersLater) return undefined;
    const isKnown = new RegExp(importing(stem));
    const holds = (it: string) => {
      if (it === path || others.includes(it) || TEST.test(it)) return false;
      if (!this.mayHave(it, words => words.mayHave(name))) return false;
      return isKnown.test(this.textOf(it) ?? '') && this.isNamedIn(it, name);
    };
    return this.search.foundIn({ key: [`${name}() of`, path, ...others].join('\0'), path, holds });
  }

  /** Whether code of the workspace starts an attribute of that name on an object that is not its own `self`. */
  isStarted(attribute: string, path: string): boolean {
    return this.search.isFound({
      key: `.${attribute}\0${path}`,
      path,
      holds: it =>
        !TEST.test(it) &&
        this.mayHave(it, words => words.mayHaveAttribute(attribute)) &&
        this.isStartedIn(it, attribute),
    });
  }

  /** Whether code of the workspace asks for an attribute of that name; the file itself may also have the name as text. */
  isRead(attribute: string, path: string): boolean {
    const pattern = new RegExp(`^(?![^\\S\\n]*#).*\\.${attribute}\\b(?!\\s*(?::[^=\\n]*)?=[^=])`, 'm');
    const quoted = new RegExp(`["']${attribute}["']`);
    const holds = (it: string) => {
      const text = this.mayHave(it, words => words.mayHave(attribute)) ? (this.textOf(it) ?? '') : '';
      return pattern.test(text) || (it === path && quoted.test(text));
    };
    return this.search.isFound({ key: `.${attribute} read\0${path}`, path, holds });
  }

  /** Whether code of the workspace calls a method of that name on an object that is not its own `self`. */
  isCalled(method: string, path: string): boolean {
    const pattern = new RegExp(`^(?![^\\S\\n]*#).*(?<!\\bself|\\bsuper\\([^()]*\\))\\.${method}\\(`, 'm');
    return this.search.isFound({
      key: `.${method}()\0${path}`,
      path,
      holds: it =>
        !TEST.test(it) &&
        this.mayHave(it, words => words.mayHaveAttribute(method)) &&
        pattern.test(this.textOf(it) ?? ''),
    });
  }

  /**
   * Whether code asks for the class to start it, a table of starts lists it or what is made of it, or another file that knows
   * it, or whose imports lead to it, goes through parameters to start them all, or knows beside it who does that for a network
   * that it is given. Who goes through the parameters of a network's children leaves those alone that are its own, where nothing
   * names it to make it a child of another.
   */
  isStartedWhole(className: string, path: string, isOwn = false): boolean {
    const isRoot = isOwn && !this.isMade(className, path);
    const names = knowing(className, path);
    const isKnown = new RegExp(names.map(it => it.pattern).join('|'));
    const isAsked = asking(className);
    const isListed = listing(className);
    const isMaking = new RegExp(`\\b${className}\\(|${importing(stemOf(path) ?? className)}`);
    const holds = (it: string) => {
      if (TEST.test(it)) return false;
      const isKnowing = it === path || this.mayHave(it, words => names.some(({ word }) => words.mayHave(word)));
      const text = isKnowing ? this.textOf(it) : undefined;
      if (text !== undefined && (it === path || isKnown.test(text))) {
        if (isAsked.test(text) || isListed.test(text)) return true;
        if (it !== path && STARTING_ALL.test(isRoot ? withoutChildren(text) : text)) return true;
        if (it !== path && isMaking.test(text) && this.knowsStarter(it, path)) return true;
      }
      const isFar = it !== path && this.drawsEach(it) && this.#imports.leadTo(it, path);
      return isFar && (!isRoot || DRAWING_EACH.test(withoutChildren(this.textOf(it) ?? '')));
    };
    return this.search.isFound({ key: `${isRoot ? 'own ' : ''}${className}\0${path}`, path, holds });
  }

  /** Whether code calls the class by its name. */
  private isMade(className: string, path: string): boolean {
    const pattern = new RegExp(`(?<!\\bclass\\s+)\\b${className}\\(`);
    const holds = (it: string) =>
      this.mayHave(it, words => words.mayHave(className)) && pattern.test(this.textOf(it) ?? '');
    return this.search.isFound({ key: `${className}()\0${path}`, path, holds });
  }

  /** Whether one of the files that it imports starts all parameters of what it is given. */
  private knowsStarter(path: string, but: string): boolean {
    return [...this.#imports.importedBy(path)].some(
      it => it !== but && this.drawsEach(it) && DRAWING_GIVEN.test(this.textOf(it) ?? ''),
    );
  }

  private drawsEach(path: string): boolean {
    const known = this.#drawing.get(path);
    if (known !== undefined) return known;
    const draws = this.mayHave(path, it => it.mayHave('parameters')) && DRAWING_EACH.test(this.textOf(path) ?? '');
    this.#drawing.set(path, draws);
    return draws;
  }

  /** Whether code asks for the class to start it. */
  isAskedFor(className: string, path: string): boolean {
    const isAsked = asking(className);
    const holds = (it: string) =>
      !TEST.test(it) && this.mayHave(it, words => words.mayHave(className)) && isAsked.test(this.textOf(it) ?? '');
    return this.search.isFound({ key: `${className}?\0${path}`, path, holds });
  }

  /** Whether code of the workspace loads checkpoints and none trains: what it runs was trained elsewhere. */
  runsTrained(path: string): boolean {
    const isWritten = (words: readonly string[], pattern: RegExp) => (it: string) =>
      this.mayHave(it, has => words.some(word => has.mayHave(word))) && pattern.test(this.textOf(it) ?? '');
    const trains = isWritten(TRAINING_WORDS, TRAINING);
    if (this.search.isFound({ key: `trains\0${path}`, path, holds: trains })) return false;
    return this.search.isFound({ key: `loads\0${path}`, path, holds: isWritten(['load_state_dict'], LOADING) });
  }

  /** Whether code makes networks of the class, and wherever it does so loads a checkpoint into them at once. */
  isMadeToLoad(className: string, path: string): boolean {
    const counted = (it: string) => {
      const mayMake = !TEST.test(it) && !CONVERTING.test(it) && this.mayHave(it, words => words.mayHave(className));
      const text = mayMake ? (this.textOf(it) ?? '') : '';
      const names = [
        className,
        ...[...text.matchAll(new RegExp(`\\b${className} as (\\w+)`, 'g'))].map(([, name]) => name),
      ];
      const count = (pattern: string) => text.match(new RegExp(pattern, 'gm'))?.length ?? 0;
      return { made: count(making(names.join('|'))), loaded: count(loading(names.join('|'))) };
    };
    const isTrained = (it: string) => {
      const { made, loaded } = counted(it);
      return loaded < made;
    };
    const isLoaded = (it: string) => counted(it).loaded > 0;
    if (this.search.isFound({ key: `${className}() anew\0${path}`, path, holds: isTrained })) return false;
    return this.search.isFound({ key: `${className}() loaded\0${path}`, path, holds: isLoaded });
  }

  /** Reads the file for the first question alone. */
  private mayHave(path: string, has: (words: Words) => boolean): boolean {
    const words = this.#words.get(path) ?? this.workspace.words(path);
    if (words === undefined) return false;
    this.#words.set(path, words);
    return has(words);
  }

  private isStartedIn(path: string, attribute: string): boolean {
    const text = this.textOf(path);
    if (text === undefined || !text.includes(`.${attribute}`)) return false;
    const pattern = new RegExp(`^(?![^\\S\\n]*#).*(?<!\\bself)\\.${attribute}\\b.*$`, 'gm');
    return [...text.matchAll(pattern)].some(([line]) => STARTING.test(line));
  }

  private textOf(path: string): string | undefined {
    const text = this.read(path);
    return typeof text === 'string' ? text : undefined;
  }

  private read(path: string): unknown {
    if (this.#last?.path !== path) this.#last = { path, text: this.workspace.text(path) };
    return this.#last.text;
  }

  private isNamedIn(
    path: string,
    name: string,
    { definition, isMethod = false }: { readonly definition?: Site; readonly isMethod?: boolean } = {},
  ): boolean {
    const raw = this.read(path);
    const source = typeof raw === 'string' && raw.includes(name) ? this.workspace.source(path) : undefined;
    if (source === undefined) return false;
    const { text, tree } = source;
    const aside = [...tree.comments, ...importsIn(tree, path)];
    const others = isMethod ? othersWith(tree, name, definition) : [];
    const isAside = (at: number) => aside.some(it => it.start <= at && at < it.end);
    const isWithin = (at: number) => definition !== undefined && definition.start <= at && at < definition.end;
    const isOfAnother = (at: number) =>
      text.startsWith('self.', at - 5) && others.some(it => it.start <= at && at < it.end);
    return [...text.matchAll(new RegExp(`(?<!\\bdef\\s+)\\b${name}\\b`, 'g'))].some(
      ({ index }) => !isWithin(index) && !isAside(index) && !isOfAnother(index) && !isInDocumentation(tree, index),
    );
  }
}

/** A text that nothing takes tells people, and calls nothing. */
function isInDocumentation(tree: ParsedSource['tree'], at: number): boolean {
  const place = nodeAt(tree, at);
  return place?.node.kind === 'String' && place.ancestors.at(-1)?.kind === 'Expression';
}

/** Classes that define a method of that name, but for the one that the definition stands in. */
function othersWith({ body }: ParsedSource['tree'], name: string, definition?: Site): readonly Span[] {
  return body.filter(it => {
    if (it.kind !== 'ClassDefinition') return false;
    const isOwner = definition !== undefined && it.start <= definition.start && definition.end <= it.end;
    return !isOwner && it.body.some(own => own.kind === 'FunctionDefinition' && own.name.name === name);
  });
}

/** Who imports a name uses it by that name, or not at all; an `__init__` file hands it on, and another name stands for it. */
function importsIn({ body }: ParsedSource['tree'], path: string): readonly Span[] {
  if (path.endsWith('/__init__.py')) return [];
  return body.filter(
    it => isListOfNames(it) || (it.kind === 'ImportFrom' && it.names.every(({ alias }) => alias === undefined)),
  );
}

/** `__all__` says what a star brings, which calls nothing either. */
function isListOfNames(statement: Statement): boolean {
  const [target] = statement.kind === 'Assign' ? statement.targets : [];
  return target?.kind === 'Name' && target.name === '__all__';
}

/** A call of an initializer or of a helper named like one, an in-place method, another tensor in its place. */
const STARTING = /init\w*\(|\w_\(|\.data\b|Parameter\(/i;

/** Also by a name for several classes. */
function asking(className: string): RegExp {
  const initializes = '[^\\n]*:(?:[^\\n]*\\n){1,8}?[^\\n]*(?:init|\\w_\\()';
  const byName = `\\b(\\w+)\\s*=\\s*[([][^)\\]]*\\b${className}\\b[^)\\]]*[)\\]](?:[^\\n]*\\n){1,8}?[^\\n]*isinstance\\([^\\n]*,\\s*\\1\\b`;
  return new RegExp(`(?:isinstance\\([^\\n]*\\b${className}\\b|${byName})${initializes}`);
}

/** A loop over parameters whose body initializes. */
const STARTING_ALL = /\bfor\b[^\n]*parameters\(\)[^\n]*:(?:[^\n]*\n){1,10}?[^\n]*(?:init|\w_\()/;

/** The same, of which there is no doubt: what it goes through is what it draws; zeros are for a part of a network. */
const DRAWING_EACH =
  /\bfor\s+(?:\w+,\s*)?(\w+)\s+in\b[^\n]*parameters\(\)[^\n]*:(?:[^\n]*\n){1,10}?[^\n]*(?:\binit\.(?:xavier|kaiming|orthogonal|normal|uniform|trunc)\w*\(\s*\1\b|\b\1(?:\.data)?\.(?:uniform|normal)_\()/;

/** The same, with the parameters of another than itself. */
const DRAWING_GIVEN =
  /\bfor\s+(?:\w+,\s*)?(\w+)\s+in\s+(?!self\.(?:named_)?parameters\(\))[^\n]*parameters\(\)[^\n]*:(?:[^\n]*\n){1,10}?[^\n]*(?:\binit\.(?:xavier|kaiming|orthogonal|normal|uniform|trunc)\w*\(\s*\1\b|\b\1(?:\.data)?\.(?:uniform|normal)_\()/;

/** But for what goes through the parameters of children, which are none of the network's own. */
const withoutChildren = (text: string): string => text.replace(OF_CHILDREN, '');

const OF_CHILDREN =
  /\bfor\s+(\w+)\s+in\b[^\n]*\bchildren\(\)[^\n]*:(?:[^\n]*\n){1,4}?[^\n]*\bfor\b[^\n]*\b\1\.parameters\(\)/g;

/** `net = Net(…)`, and further down, under the same conditions, `net.load_state_dict(…)`. */
function loading(names: string): string {
  const made = `^([^\\S\\n]*)((?:\\w+\\.)*\\w+)\\s*=\\s*(?:\\w+\\.)*(?:${names})\\([^\\n]*\\n`;
  const between = `(?:(?![^\\S\\n]*(?:def|class)\\b)[^\\n]*\\n){0,20}?`;
  return `${made}${between}\\1\\2\\.load_state_dict\\(`;
}

const making = (names: string): string => `^(?![^\\S\\n]*(?:#|class\\b)).*\\b(?:${names})\\(`;

/** `dict(type='Constant', layer='Norm')`, or behind `self.norm = Norm(…)` a `name='norm'` or `constant_init(self.norm, 1)`. */
function listing(className: string): RegExp {
  const byClass = `\\blayer\\s*=\\s*[^)=]*['"]${className}['"]`;
  const byName = `\\.(\\w+)\\s*=\\s*${className}\\([^]*?(?:\\bname\\s*=\\s*['"]\\1['"]|init\\w*\\([^\\n]*\\.\\1\\b)`;
  return new RegExp(`${byClass}|${byName}`);
}

/** Gradients that code asks for, or a trainer that asks for them; a framework's step is a method of the network. */
const TRAINING = /\bbackward\(|\bautograd\.grad\(|\bTrainer\b|\btraining_step\b|\boptim\b/;
const TRAINING_WORDS = ['backward', 'grad', 'Trainer', 'training_step', 'optim'];
const LOADING = /\.load_state_dict\(/;

/** A test gives a model values of its own, which say nothing of training. */
const TEST = /\/tests?\/|\/test_[^/]*$/;

/** What converts a checkpoint loads it, and says nothing of who trains. */
const CONVERTING = /\/(?:\w+_)?convert\w*\.py$/;

/** Code that knows the class: its name, or an import of its module; that alone where the name is a framework's as well. */
function knowing(className: string, path: string): readonly { readonly word: string; readonly pattern: string }[] {
  const stem = stemOf(path);
  return [
    ...(stem === undefined ? [] : [{ word: stem, pattern: importing(stem) }]),
    ...(frameworks.some(it => it.hasLayer(className)) ? [] : [{ word: className, pattern: `\\b${className}\\b` }]),
  ];
}

const stemOf = (path: string): string | undefined => /\/(\w+)\.pyi?$/.exec(path)?.[1];

const importing = (stem: string): string => `\\b(?:from|import)\\s+[\\w.]*\\b${stem}\\b`;

/** No import statement can name `2-train.py`, or a notebook. */
const isImportable = (path: string) => /\/[A-Za-z_]\w*\.pyi?$/.test(path);
