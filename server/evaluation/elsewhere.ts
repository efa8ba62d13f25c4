/** Parameters of raw memory, placeholders and scales that code elsewhere in the workspace fills: a training script's helper, a table of starts. */
import type { Model, Program } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import { constantOf, decidingWrite } from '../model/questions/final-writes.js';
import { attributeOf, isPlaceholder, isRaw } from '../model/questions/raw.js';
import type { ParsedSource, Project } from '../project.js';
import type { ClassDefinition, FunctionDefinition, Node } from '../syntax/tree.js';
import { nodeAt } from '../syntax/walk.js';

export function withStartsElsewhere(project: Project, program: Program): Program {
  const all = program.models.flatMap(model => model.parameters.map(parameter => ({ model, parameter })));
  const unwritten = all.filter(it => isRaw(it.parameter));
  const raw = unwritten.filter(it => isStarted(project, program.path, it));
  const runsTrained = raw.length < unwritten.length && project.mentions.runsTrained(program.path);
  const unread = unwritten.filter(it => !raw.includes(it) && isUnread(project, program.path, it));
  const placeholders = all.filter(it => isPlaceholder(it.parameter) && isAskedFor(project, program.path, it));
  const scales = all.filter(it => isOwnScale(it.parameter) && isAskedFor(project, program.path, it));
  const started = [...raw, ...placeholders, ...scales].map(it => it.parameter);
  const madeToLoad = loadedWherever(project, program, unwritten);
  return {
    ...program,
    ...(started.length > 0 && { startedElsewhere: new Set(started) }),
    ...(runsTrained && { runsTrained }),
    ...(madeToLoad.size > 0 && { madeToLoad }),
    ...(unread.length > 0 && { unread: new Set(unread.map(it => it.parameter)) }),
    ...(program.models.length > 0 && toldOf(project, program)),
  };
}

/** Networks with weights that training would start from by mistake, and that are made to load trained ones. */
function loadedWherever(
  { mentions }: Project,
  { path, models, calls }: Program,
  raw: readonly Raw[],
): ReadonlySet<Model> {
  const isLost = ({ modules }: Model) =>
    calls.some(
      ({ target }) =>
        target.kind === 'parameter' &&
        target.parameter.reparametrized !== undefined &&
        modules.includes(target.parameter.module),
    );
  const lost = models.filter(isLost);
  const asked = new Set([...lost, ...raw.map(it => it.model)]);
  return new Set([...asked].filter(it => mentions.isMadeToLoad(it.className, path)));
}

type OfTexts = Pick<Program, 'takenOver' | 'loadedWhenAsked' | 'training' | 'filledWhenAsked'>;

/** What the texts say of the networks. */
function toldOf(project: Project, { path, models }: Program): OfTexts {
  const texts = [...new Set([path, ...models.map(it => it.site.path)])].flatMap(it => {
    const source = project.source(it);
    return source === undefined ? [] : toldBy(source);
  });
  const own = texts.find(it => it.path === path);
  const names = new Set(models.map(it => it.className));
  const loaded = (own?.loaded ?? []).filter(it => names.has(it));
  const training = texts.flatMap(it => it.training);
  const updated = new Set(texts.flatMap(it => it.updated));
  const filled = filledIn(models, new Map(texts.flatMap(it => it.filling)), updated);
  const taking = new Set(texts.flatMap(it => it.taking));
  const takenOver = taking.size === 0 ? [] : models.filter(model => isTakingOver(model, taking));
  return {
    ...(takenOver.length > 0 && { takenOver: new Set(takenOver) }),
    ...(loaded.length > 0 && { loadedWhenAsked: withParts(models, loaded) }),
    ...(training.length > 0 && { training: new Set(training) }),
    ...(filled.size > 0 && { filledWhenAsked: filled }),
  };
}

/** The user's own classes within them too, which may be looked at by themselves. */
function withParts(models: readonly Model[], classes: readonly string[]): ReadonlySet<string> {
  const whole = models.filter(it => classes.includes(it.className));
  const parts = whole.flatMap(it => it.modules).filter(it => it.layer !== it.className);
  return new Set([...classes, ...parts.map(it => it.className)]);
}

/** What the text of a file says by itself. */
interface Told {
  readonly path: string;
  /** Classes. */
  readonly training: readonly string[];
  readonly loaded: readonly string[];
  /** Members of a class. */
  readonly filling: readonly (readonly [string, readonly string[]])[];
  /** Classes whose networks take over from a checkpoint what it has of theirs. */
  readonly updated: readonly string[];
  /** Classes in which one layer's weights become another's, as when a trained network is taken over; `''` outside of classes. */
  readonly taking: readonly string[];
}

const known = new WeakMap<ParsedSource, Told>();

/** Looked for once: every entry point of the file asks. */
function toldBy(source: ParsedSource): Told {
  let told = known.get(source);
  if (told === undefined) {
    const { path, text } = source;
    const loads = text.includes('.load_state_dict(');
    told = {
      path,
      training: trainingIn(source),
      loaded: loads ? loadedIn(text) : [],
      filling: loads || text.includes('.copy_(') ? [...fillingIn(source)] : [],
      updated: loads && text.includes('.update(') ? [...updatedIn(source)] : [],
      taking: text.includes('.weight.data') ? takingIn(source) : [],
    };
    known.set(source, told);
  }
  return told;
}

function takingIn({ text, tree }: ParsedSource): readonly string[] {
  return [...text.matchAll(TAKEN)].map(({ index }) => {
    const own = tree.body.find(it => it.start <= index && index < it.end);
    return own?.kind === 'ClassDefinition' ? own.name.name : '';
  });
}

/** `own.weight.data = theirs.weight.data`: all of it, and another layer's. */
const TAKEN =
  /(?<![\w.])(?<own>\w+(?:\.\w+)*)\.weight\.data\s*(?:=|\.copy_\()\s*(?!\k<own>\.)\w+(?:\.\w+)*\.weight(?:\.data|\.clone\(\)|\.detach\(\))*[^\S\n]*(?:\)[^\S\n]*)?$/gm;

const isTakingOver = ({ modules }: Model, taking: ReadonlySet<string>): boolean =>
  taking.has('') || modules.some(it => taking.has(it.className));

/** `net = Net(…)`, and a few lines on `net.load_state_dict(…)`. */
const LOADED = /\b(\w+)\s*=\s*(\w+)\([^\n]*\n(?:[^\n]*\n){0,5}?[^\n]*\b\1\.load_state_dict\(/g;

const loadedIn = (text: string): readonly string[] => [...text.matchAll(LOADED)].map(([, , name]) => name!);

/** `own = net.state_dict()`, `own.update(…)`, `net.load_state_dict(own)`: in the class itself, or behind `net = Net(…)`. */
function* updatedIn({ text, tree }: ParsedSource): Iterable<string> {
  for (const { index, groups } of text.matchAll(UPDATED)) {
    const { net } = groups!;
    if (net !== 'self') {
      const made = [...text.slice(0, index).matchAll(new RegExp(`\\b${net}\\s*=\\s*(\\w+)\\(`, 'g'))].at(-1);
      if (made !== undefined) yield made[1]!;
      continue;
    }
    const own = tree.body.find(it => it.start <= index && index < it.end);
    if (own?.kind === 'ClassDefinition') yield own.name.name;
  }
}

const UPDATED =
  /\b(?<own>\w+)\s*=\s*(?<net>\w+)\.state_dict\(\)[^\n]*\n(?:[^\n]*\n){0,15}?[^\n]*\b\k<own>\.update\((?:[^\n]*\n){1,8}?[^\n]*\b\k<net>\.load_state_dict\(\s*\k<own>\b/g;

/** `self.features.load_state_dict(…)`: the members that each class loads by itself. */
function* fillingIn({ text, tree }: ParsedSource): Iterable<readonly [string, readonly string[]]> {
  for (const it of tree.body) {
    if (it.kind !== 'ClassDefinition') continue;
    const own = text.slice(it.start, it.end);
    const members = [MEMBER_LOADED, MEMBER_COPIED].flatMap(form =>
      [...own.matchAll(form)].map(({ groups }) => groups!.member!),
    );
    if (members.length > 0) yield [it.name.name, members];
  }
}

const MEMBER_LOADED = /\bself\.(?<member>\w+)\.load_state_dict\(/g;

/** `for name, value in self.features.state_dict().items():` with `value.copy_(…)` in its body. */
const MEMBER_COPIED =
  /^(?<around> *)for \w+, (?<value>\w+) in self\.(?<member>\w+)\.(?:state_dict\(\)\.items|named_parameters)\(\):\n(?:\k<around> +\S.*\n|[^\S\n]*\n)*?\k<around> +\k<value>(?:\.data)?\.copy_\(/gm;

/** Of a network whose every member is loaded, a run goes on that was interrupted: that is no other network's. */
function filledIn(
  models: readonly Model[],
  members: ReadonlyMap<string, readonly string[]>,
  updated: ReadonlySet<string>,
): ReadonlySet<Parameter> {
  const filled = new Set<Parameter>();
  for (const { modules, parameters } of members.size + updated.size === 0 ? [] : models) {
    for (const { path, className } of modules) {
      const within = path === '' ? '' : `${path}.`;
      const own = parameters.filter(it => it.kind === 'weight' && it.name.startsWith(within));
      const loaded = own.filter(it =>
        members.get(className)?.some(member => it.name.startsWith(`${within}${member}.`)),
      );
      if (loaded.length < own.length) for (const it of loaded) filled.add(it);
      if (updated.has(className)) for (const it of own) filled.add(it);
    }
  }
  return filled;
}

/** By themselves, or by what they inherit from another class of the file. */
function trainingIn({ text, tree }: ParsedSource): readonly string[] {
  if (!TRAINING.test(text)) return [];
  const training = new Set<string>();
  for (const it of tree.body) {
    if (it.kind !== 'ClassDefinition') continue;
    const inherits = it.bases.some(base => base.kind === 'Name' && training.has(base.name));
    if (inherits || TRAINING.test(text.slice(it.start, it.end))) training.add(it.name.name);
  }
  return [...training];
}

const TRAINING = /\.backward\(|\bautograd\.grad\(/;

interface Raw {
  readonly model: Model;
  readonly parameter: Parameter;
}

/** No forward that was followed uses it, and no code has its name but what makes it. */
function isUnread({ mentions }: Project, path: string, { model: { graph }, parameter }: Raw): boolean {
  const attribute = attributeOf(parameter);
  const isUsed = graph?.operations.some(it => it.parameters.includes(parameter)) ?? false;
  return (
    !isUsed && /^\w+$/.test(attribute) && parameter.module.layer === undefined && !mentions.isRead(attribute, path)
  );
}

/**
 * By its name, or with all parameters of its class, of the framework's that it is one of, or of its network. Of other files than
 * the one that makes it: whoever runs it, the answer is the same.
 */
function isStarted(project: Project, runBy: string, { model, parameter }: Raw): boolean {
  const { mentions } = project;
  const path = parameter.site?.path ?? runBy;
  const attribute = attributeOf(parameter);
  if (isStartedByData(project, parameter)) return true;
  const { className, layer } = parameter.module;
  const classes = new Set([className, model.className]);
  if (layer !== undefined && layer !== className && mentions.isAskedFor(layer, path)) return true;
  return (
    (!COMMON.test(attribute) && mentions.isStarted(attribute, path)) ||
    [...classes].some(it => mentions.isStartedWhole(it, path, parameter.module.path === ''))
  );
}

/** Of a norm of the user's own that does not start it at 1: the network that is made of such may. */
function isOwnScale(parameter: Parameter): boolean {
  const { kind, module } = parameter;
  const isWritten = kind === 'scale' && module.className !== module.layer && decidingWrite(parameter) !== undefined;
  return isWritten && constantOf(parameter) !== 1;
}

function isAskedFor({ mentions }: Project, path: string, { parameter: { module } }: Raw): boolean {
  return mentions.isAskedFor(module.className, path);
}

/** Names that every layer has say nothing of whose they are. */
const COMMON = /^(weight|bias|data|.)$/;

/**
 * Whether the class that makes it has a loader for it or hands it to a function that it may be given, or its forward fills it,
 * as from the first data, a method that others call, or a class that inherits from it: on request, and so not when it is run
 * once.
 */
function isStartedByData(project: Project, parameter: Parameter): boolean {
  const { site } = parameter;
  const file = site && project.source(site.path);
  const owner = file && nodeAt(file.tree, site.start)?.ancestors.findLast(it => it.kind === 'ClassDefinition');
  if (file === undefined || owner === undefined) return false;
  const own = textOf(file, owner);
  const attribute = attributeOf(parameter);
  const fills = (text: string, form: RegExp) => [...text.matchAll(form)].some(([, name]) => name === attribute);
  const isFilledBy = (method: FunctionDefinition) =>
    FORMS.some(form => fills(textOf(file, method), form)) && project.mentions.isCalled(method.name.name, file.path);
  return (
    LOADING.test(own) ||
    fills(own, GIVEN) ||
    fills(forwardOf(file, owner), FILLING) ||
    fills(own, HANDED_OUT) ||
    [...startersOf(owner)].some(isFilledBy) ||
    heirsOf(file, owner).some(it => [FILLING, HANDED, SET].some(form => fills(textOf(file, it), form)))
  );
}

/** Of engines that run networks which others trained. */
const LOADING = /\bweight_loader\b/;

/** `self.bias_initializer(self.bias)`: the function is an argument. */
const GIVEN = /\bself\.\w*init\w*\(\s*self\.(\w+)\s*\)/g;

/** A property that shows the memory of the parameter to whoever fills it. */
const HANDED_OUT =
  /@property\s+def \w+\(self\)[^\n]*:\n(?:(?!\s*(?:def|@|class)\b)[^\n]*\n)*?[^\n]*\bself\.(\w+)\.data\b/g;

const FILLING = /\bself\.(\w+)(?:\.data)?\.(?:copy|fill|normal|uniform|zero)_\(/g;
const HANDED = /_\(\s*self\.(\w+)(?:\.data)?\s*[,)]/g;
const SET = /\bself\.(\w+)\.data(?:\[[^\n=]*\])?\s*=[^=]/g;

/** Also `utils.init_weight(self.w)`. */
const FORMS = [FILLING, HANDED, SET, /\binit\w*\(\s*self\.(\w+)\s*[,)]/g];

const textOf = ({ text }: ParsedSource, { start, end }: Node): string => text.slice(start, end);

/** Methods that are called by name alone. */
function* startersOf({ body }: ClassDefinition): Iterable<FunctionDefinition> {
  for (const it of body) if (it.kind === 'FunctionDefinition' && !OWN.test(it.name.name)) yield it;
}

const OWN = /^(__\w+__|forward)$/;

function forwardOf(file: ParsedSource, { body }: ClassDefinition): string {
  const forward = body.find(it => it.kind === 'FunctionDefinition' && it.name.name === 'forward');
  return forward === undefined ? '' : textOf(file, forward);
}

/** Classes of the file that inherit from one, by their names. */
function heirsOf({ tree }: ParsedSource, owner: ClassDefinition): readonly ClassDefinition[] {
  const names = new Set([owner.name.name]);
  const heirs: ClassDefinition[] = [];
  for (const it of tree.body) {
    if (it.kind !== 'ClassDefinition' || !it.bases.some(base => base.kind === 'Name' && names.has(base.name))) continue;
    names.add(it.name.name);
    heirs.push(it);
  }
  return heirs;
}
