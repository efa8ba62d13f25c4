/** Finds parameters made of raw memory that nothing writes. */
import type { InitSpec } from '../../core/initializer.js';
import type { Model, Program } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import { attributeOf, isRaw } from '../model/questions/raw.js';
import type { Site } from '../text/span.js';
import { faultsOf } from './faults.js';
import { usedAt } from './related.js';
import type { Fix, Report, Rule } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { agree, andOthers, nameOf } from './wording.js';

export const uninitializedParameter: Rule = {
  id: 'uninitialized-parameter',
  summary: 'Finds a parameter made of raw memory that nothing initializes, and lazy layers initialized too early',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    for (const it of rawBySite(program)) {
      const isUnread = it.parameters.every(parameter => program.unread?.has(parameter));
      if (isUnread) yield unread(it);
      else yield { ...raw(it), ...(isLoaded(program, it) && { severity: 'information' }) };
    }
    for (const group of groupedBy(forgottenIn(program), it => keyOf(it.forgotten))) yield forgotten(group);
    for (const { site, exception } of faultsOf(program, 'uninitialized-lazy')) {
      yield {
        site,
        severity: 'error',
        message: `a lazy layer has no shape before its first forward: this raises ${exception}`,
      };
    }
  },
};

/** By all code of the workspace, or by who makes this network. */
function isLoaded({ runsTrained, madeToLoad }: Program, { model }: Raw): boolean {
  return runsTrained === true || (madeToLoad?.has(model) ?? false);
}

interface Raw {
  readonly site: Site;
  readonly model: Model;
  readonly parameters: readonly Parameter[];
}

/**
 * A statement whose parameters are written in one of the networks, or by a method that others call, is served; also one that an
 * initializer is meant for which does not exist.
 */
function rawBySite({ models, calls, faults, startedElsewhere }: Program): Iterable<Raw> {
  const meant = new Set(calls.flatMap(({ target }) => (target.kind === 'parameter' ? [target.parameter] : [])));
  for (const { code, parameter } of faults) if (code === 'no-such-initializer' && parameter) meant.add(parameter);
  const found = new Map<string, { site: Site; model: Model; parameters: Parameter[]; isServed: boolean }>();
  const all = models.flatMap(model => model.parameters.map(parameter => ({ model, parameter })));
  for (const { model, parameter } of all) {
    if (parameter.site === undefined) continue;
    const key = keyOf(parameter.site);
    const entry = found.get(key) ?? { site: parameter.site, model, parameters: [], isServed: false };
    found.set(key, entry);
    const isElsewhere = startedElsewhere?.has(parameter) ?? false;
    if (isUnserved(parameter) && !meant.has(parameter) && !isElsewhere) entry.parameters.push(parameter);
    else entry.isServed = true;
  }
  return [...found.values()].filter(it => !it.isServed && it.parameters.length > 0);
}

type Forgotten = Parameter & { readonly forgotten: Site };

/** Layers of the framework start themselves when they are made; what a class makes by itself is another rule's. */
function* forgottenIn({ models }: Program): Iterable<Forgotten> {
  for (const parameter of models.flatMap(it => it.parameters)) {
    const isLayers = parameter.module.layer !== undefined && parameter.writes.length === 0;
    if (isLayers && parameter.certain && isForgotten(parameter)) yield parameter;
  }
}

const isForgotten = (parameter: Parameter): parameter is Forgotten => parameter.forgotten !== undefined;

function forgotten(group: readonly Forgotten[]): Report {
  return {
    site: group[0]!.forgotten,
    message:
      `${nameOf(group[0]!)}${andOthers(group.length - 1)} ${agree(group.length - 1, 'is', 'are')} raw memory from here on, and nothing writes to it: call ` +
      '`reset_parameters`, or load a checkpoint',
  };
}

/** What is frozen has others to fill it: training would never; what was set by a name that is not known is asked for by one. */
function isUnserved(parameter: Parameter): boolean {
  const { certain, frozen, shape, forgotten } = parameter;
  const isEmpty = shape?.includes(0) ?? false;
  const isNamed = !attributeOf(parameter).includes('?');
  return isRaw(parameter) && isNamed && certain && frozen !== true && !isEmpty && forgotten === undefined;
}

/** What its kind asks for: a stack of matrices or a vector of unknown purpose is left to its author. */
function startFor({ kind, shape, fans }: Parameter): InitSpec | undefined {
  if (kind === 'bias' || kind === 'shift') return { kind: 'constant', value: 0 };
  if (kind === 'scale') return { kind: 'constant', value: 1 };
  if (shape?.length !== 2) return undefined;
  if (fans === undefined || kind !== 'weight') return { kind: 'normal', mean: 0, std: 0.02 };
  return { kind: 'variance_scaling', gain: 1, mode: 'fan_avg', distribution: 'uniform', name: 'xavier' };
}

function unread({ site, parameters: [first, ...others] }: Raw): Report {
  return {
    site,
    severity: 'information',
    message: `${nameOf(first!)}${andOthers(others.length)} ${agree(others.length, 'is', 'are')} made of raw memory, and nothing writes to it or reads it`,
  };
}

function raw({ site, model, parameters: [first, ...others] }: Raw): Report {
  const spec = startFor(first!);
  const fix: Fix | undefined = spec && {
    title: `Initialize ${nameOf(first!)}`,
    intents: [{ kind: 'initialize-behind', site, spec }],
    safe: false,
  };
  return {
    site,
    message:
      `${nameOf(first!)}${andOthers(others.length)} ${agree(others.length, 'is', 'are')} made of raw memory and nothing writes to it: training starts from whatever ` +
      'was there, NaN and huge numbers included, unless a checkpoint is always loaded',
    ...(fix && { fixes: [fix] }),
    related: usedAt(model, first!),
  };
}
