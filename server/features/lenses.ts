/** What stands above the class of a network: its size, its findings, and ways to its signal and weights. */
import type { Analysis, Finding } from '../analyze.js';
import { isListed } from '../finding.js';
import type { Model } from '../model/model.js';
import type { ClassDefinition } from '../syntax/tree.js';
import { counted, thousands } from '../text/counts.js';
import { isWithin, type Span, touches } from '../text/span.js';
import { startNumbersOf } from './numbers.js';

export type { Model };

export interface Lens {
  readonly span: Span;
  readonly title: string;
  /** What a click asks for; absent for what is only told. */
  readonly opens?: 'findings' | 'signal' | 'weights';
  readonly className: string;
}

/** One model of every class of the file: the first that was evaluated. */
export function modelsByClass({ program, path }: Analysis): ReadonlyMap<string, Model> {
  const models = new Map<string, Model>();
  for (const model of program.models) {
    if (model.site.path === path && !models.has(model.className)) models.set(model.className, model);
  }
  return models;
}

/** The class at the top level of the file that is written around the offset. */
export function classAround({ tree }: Analysis, offset: number): ClassDefinition | undefined {
  return tree.body.find((it): it is ClassDefinition => it.kind === 'ClassDefinition' && touches(it, offset));
}

export function lensesOf(analysis: Analysis, findings: readonly Finding[]): readonly Lens[] {
  return [...modelsByClass(analysis).values()].flatMap(model => {
    const { className, site, parameters, graph } = model;
    if (parameters.length === 0 || site.end <= site.start) return [];
    const span = { start: site.start, end: site.end };
    const inside = findingsOf(model, analysis, findings);
    const lens = (title: string, opens?: Lens['opens']): Lens => ({ span, title, className, ...(opens && { opens }) });
    return [
      lens(sizeText(model)),
      ...(inside === 0 ? [] : [lens(counted(inside, 'finding'), 'findings')]),
      ...(graph === undefined ? [] : [lens('signal', 'signal')]),
      lens('weights', 'weights'),
    ];
  });
}

function sizeText({ parameters }: Model): string {
  const values = parameters.reduce((sum, it) => sum + (startNumbersOf(it).count ?? Number.NaN), 0);
  const total = Number.isNaN(values) ? '' : `, ${shortCount(values)} values`;
  return `${counted(parameters.length, 'parameter')}${total}`;
}

/** Those in the class itself, and those that point at what it starts from. */
function findingsOf(model: Model, { tree, path }: Analysis, findings: readonly Finding[]): number {
  const body = tree.body.find(it => it.kind === 'ClassDefinition' && it.name.start === model.site.start);
  const written = model.parameters.flatMap(it => it.writes).map(it => it.site);
  const isInside = ({ span, path: at }: Finding) =>
    (at === path && body !== undefined && isWithin(span, body)) ||
    written.some(site => site.path === at && isWithin(span, site));
  return findings.filter(it => isListed(it) && isInside(it)).length;
}

/** `25.6 M`, `4,096`. */
function shortCount(count: number): string {
  if (count >= 1e9) return `${Number((count / 1e9).toPrecision(3))} G`;
  return count >= 1e6 ? `${Number((count / 1e6).toPrecision(3))} M` : thousands(count);
}
