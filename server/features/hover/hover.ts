/** The hover at a place: verdict first, then a picture, then the numbers; as Markdown. */
import type { Analysis } from '../../analyze.js';
import type { Parameter } from '../../model/model.js';
import type { Span } from '../../text/span.js';
import type { Reached } from '../reached.js';
import { modelText, startText } from './model.js';
import { nonlinearityText } from './nonlinearity.js';
import type { HoverOptions } from './options.js';
import { parameterText } from './parameter.js';
import { ruleText } from './rule.js';
import { type Subject, subjectAt } from './subject.js';
import { isNamed, verdictOn } from './verdict.js';

export type { HoverOptions };

export interface HoverText {
  readonly markdown: string;
  readonly span: Span;
}

export async function hoverFor(
  analysis: Analysis,
  offset: number,
  options: HoverOptions,
): Promise<HoverText | undefined> {
  const subject = subjectAt(analysis, offset);
  const markdown = subject && (await textOf(subject, analysis, options));
  return markdown === undefined ? undefined : { markdown, span: subject!.span };
}

async function textOf(subject: Subject, analysis: Analysis, options: HoverOptions): Promise<string | undefined> {
  switch (subject.kind) {
    case 'model':
      return modelText(subject.model);
    case 'nonlinearity':
      return nonlinearityText(subject.nonlinearity);
    case 'rule':
      return ruleText(subject.id, options.pageOf?.(subject.id));
    case 'parameters':
    case 'call':
      return parametersText(subject.reached, analysis, options);
  }
}

/** The one that most is to be said of in full, the others in a line. */
async function parametersText(
  reached: readonly Reached[],
  analysis: Analysis,
  options: HoverOptions,
): Promise<string | undefined> {
  const first =
    reached.find(it => isNamed(it, analysis)) ??
    reached.find(it => isAtFault(it, analysis)) ??
    reached.find(isWeight) ??
    reached[0];
  if (first === undefined) return undefined;
  const others = [...new Set(reached.filter(it => it !== first && it.model === first.model).map(it => it.parameter))];
  // A finding takes room, and tells itself how many others it is about.
  const most = isAtFault(first, analysis) ? 1 : mostNamed;
  const also = others.length === 0 ? undefined : alsoReached(others, most);
  return parameterText(first, also, analysis, options);
}

/** In one line: a hover is a small box. */
const mostNamed = 2;

function alsoReached(others: readonly Parameter[], most: number): string {
  const named = others.slice(0, most).map(it => `\`${it.name}\` ${startText(it)}`);
  const rest = others.length - most;
  return [...named, ...(rest > 0 ? [`${rest} more`] : [])].join('; ');
}

function isAtFault(reached: Reached, analysis: Analysis): boolean {
  return verdictOn(reached, analysis)?.startsWith('⚠') === true;
}

function isWeight({ parameter }: Reached): boolean {
  return (parameter.shape?.length ?? 0) >= 2;
}
