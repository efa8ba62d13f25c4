/** Finds lists of layers that are one layer many times, or copies that start from the same values. */
import type { Module, Parameter } from '../model/parameters.js';
import { drawOf } from '../model/questions/draws.js';
import { madeAt } from './related.js';
import type { Report, Rule } from './rule.js';
import { agree, andOthers, nameOf } from './wording.js';

export const clonedLayer: Rule = {
  id: 'cloned-layer',
  summary: 'Finds a list of layers that holds one layer many times, or copies that start from the same values',
  severity: 'information',
  fix: 'unsafe',
  since: '0.1.0',

  *check({ models }) {
    for (const model of models) {
      for (const list of model.modules.filter(isList)) {
        const report = sharedIn(list) ?? copiedIn(list);
        if (report !== undefined) yield report;
      }
    }
  },
};

const isList = ({ layer }: Module): boolean => layer === 'ModuleList' || layer === 'Sequential';

/** `[layer] * 6`: one set of weights for six layers. */
function sharedIn(list: Module): Report | undefined {
  const counts = new Map<Module, number>();
  // One that stands for many is none of them.
  for (const child of list.children) if (!child.standsForMany) counts.set(child, (counts.get(child) ?? 0) + 1);
  const [shared, count] = [...counts].find(([child, times]) => times > 1 && weightsIn(child).length > 0) ?? [];
  if (shared === undefined || list.site === undefined) return undefined;
  return {
    site: list.site,
    message: `\`${list.path}\` holds one ${shared.className} ${count} times: they share their weights, and training changes all of them as one`,
    fixes: [{ title: 'Make each layer anew', intents: [{ kind: 'anew', site: list.site }], safe: false }],
    ...(shared.site && { related: [{ site: shared.site, message: 'the one layer is made here' }] }),
  };
}

/** Copies keep the draws of what they are copied from, unless they are initialized again. */
function copiedIn(list: Module): Report | undefined {
  const [first, ...others] = list.children;
  if (first === undefined || others.length === 0) return undefined;
  const originals = new Map(
    list.children
      .flatMap(child => weightsIn(child))
      .map(it => [drawOf(it), it] as const)
      .toReversed(),
  );
  const copies = others.flatMap(weightsIn).filter(it => isCopy(list, it, originals.get(drawOf(it))));
  const [copy] = copies;
  const site = copy?.module.site ?? list.site;
  const original = copy && originals.get(drawOf(copy));
  if (copy === undefined || site === undefined) return undefined;
  return {
    site,
    message:
      `${nameOf(copy)}${andOthers(copies.length - 1)} ${agree(copies.length - 1, 'starts as a copy', 'start as copies')} of ${nameOf(originals.get(drawOf(copy))!)}: ` +
      'the layers compute the same until training tells them apart; make each anew, or initialize them after copying',
    ...(copies.every(isDrawnAgain) && {
      fixes: [{ title: 'Let every layer draw its weights', intents: [{ kind: 'reset-layers', site }], safe: false }],
    }),
    ...(original && { related: madeAt(original) }),
  };
}

/** The same parameter of another layer; two that branches of the code made for one layer are no copies. */
function isCopy(list: Module, parameter: Parameter, original: Parameter | undefined): boolean {
  if (drawOf(parameter) === undefined || original === undefined || original.module === parameter.module) return false;
  const isSure = parameter.certain && original.certain;
  return isSure && placeInLayer(parameter, list) === placeInLayer(original, list);
}

/** Layers of the framework that can start over; attention and modules of one's own cannot, or not by a name in common. */
function isDrawnAgain({ module: { layer, role } }: Parameter): boolean {
  return layer !== undefined && role !== 'attention';
}

/** `attn.q.weight` of `layers.3.attn.q.weight`, in the list `layers`. */
const placeInLayer = ({ name }: Parameter, { path }: Module) => name.slice(path.length).replace(/^\.?\d+\./, '');

function weightsIn(module: Module): readonly Parameter[] {
  return [...module.parameters.filter(it => SUMMED.has(it.kind)), ...module.children.flatMap(weightsIn)];
}

const SUMMED: ReadonlySet<string> = new Set(['weight', 'recurrent', 'embedding']);
