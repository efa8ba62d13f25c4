/** Completion within the initializers: what fits comes first, and says why. */
import { type Analysis, framework } from '../../analyze.js';
import type { InitializerSignature } from '../../frameworks/framework.js';
import type { Span } from '../../text/span.js';
import { type Advice, adviceFor } from './advice.js';
import { type Place, placeAt } from './place.js';
import { targetsOf } from './targets.js';

export interface Completion {
  readonly label: string;
  /** What replaces `span`. */
  readonly text: string;
  readonly span: Span;
  /** Why it fits; absent for what only exists. */
  readonly reason?: string;
  readonly kind: 'initializer' | 'argument' | 'value';
}

/** In the order in which they are to be shown. */
export function completionsAt(analysis: Analysis, offset: number): readonly Completion[] {
  const place = placeAt(analysis.source, analysis.tree, offset);
  if (place === undefined) return [];
  const advice = adviceFor(targetsOf(place.tensor, analysis, offset), 'normal');
  const found = place.kind === 'name' ? initializers(place, advice) : argumentsAt(place, advice, quoteOf(analysis));
  return [...found.filter(it => it.reason !== undefined), ...found.filter(it => it.reason === undefined)];
}

function initializers({ typed }: Place, advice: Advice | undefined): readonly Completion[] {
  const fitting = advice === undefined ? [] : namesFor(advice);
  return framework.initializers.map(({ name }) => ({
    label: name,
    text: name,
    span: typed,
    kind: 'initializer',
    ...(advice !== undefined && fitting.includes(name) && { reason: advice.reason }),
  }));
}

/** Names of initializers that draw what is advised, whatever the distribution. */
export function namesFor({ spec }: Advice): readonly string[] {
  switch (spec.kind) {
    case 'variance_scaling':
      return spec.name === 'xavier' ? ['xavier_uniform_', 'xavier_normal_'] : ['kaiming_normal_', 'kaiming_uniform_'];
    case 'constant':
      return [spec.value === 0 ? 'zeros_' : 'ones_'];
    case 'normal':
      return ['normal_'];
    case 'orthogonal':
      return ['orthogonal_'];
    default:
      return [];
  }
}

type ArgumentPlace = Place & { readonly kind: 'argument' };

function argumentsAt(place: ArgumentPlace, advice: Advice | undefined, quote: string): readonly Completion[] {
  const { keyword, typed, given } = place;
  if (keyword !== undefined) return valuesOf(keyword, place, advice, quote);
  if (place.index === 0) return [];
  const names = parametersOf(place.initializer).slice(1);
  return names
    .filter(it => !given.has(it))
    .flatMap(name => {
      const values = valuesOf(name, { ...place, typed, keyword: name }, advice, quote);
      const fitting = values.filter(it => it.reason !== undefined);
      const complete = fitting.map(it => ({ ...it, label: `${name}=${it.text}`, text: `${name}=${it.text}` }));
      const bare: Completion = { label: `${name}=`, text: `${name}=`, span: typed, kind: 'argument' };
      return [...complete.map((it): Completion => ({ ...it, kind: 'argument' })), bare];
    });
}

export function parametersOf({ signature }: InitializerSignature): readonly string[] {
  return signature.split(', ').map(it => it.split('=')[0]!);
}

/** Nonlinearities and modes that torch knows, and the numbers that are advised. */
function valuesOf(
  keyword: string,
  place: ArgumentPlace,
  advice: Advice | undefined,
  quote: string,
): readonly Completion[] {
  const fitting = fittingValue(keyword, place.initializer.name, advice);
  const known = words[keyword] ?? [];
  const all = fitting === undefined || known.includes(fitting) ? known : [fitting, ...known];
  const isWord = keyword in words;
  return all.map(value => {
    const text = isWord && place.quote === undefined ? quote + value + quote : value;
    const isFit = value === fitting;
    return { label: value, text, span: place.typed, kind: 'value', ...(isFit && { reason: advice!.reason }) };
  });
}

const words: Readonly<Record<string, readonly string[]>> = {
  mode: ['fan_in', 'fan_out'],
  nonlinearity: ['relu', 'leaky_relu', 'tanh', 'sigmoid', 'selu', 'linear'],
};

function fittingValue(keyword: string, initializer: string, advice: Advice | undefined): string | undefined {
  const spec = advice?.spec;
  if (spec?.kind === 'normal' && keyword === 'std') return String(Number(spec.std?.toPrecision(3)));
  if (spec?.kind !== 'variance_scaling') return undefined;
  const { name, parameter } = advice?.nonlinearity ?? { name: 'linear' };
  if (initializer.startsWith('kaiming')) {
    if (keyword === 'mode') return spec.mode;
    if (keyword === 'nonlinearity') return name;
    return keyword === 'a' && parameter !== undefined ? String(parameter) : undefined;
  }
  return keyword === 'gain' && spec.gain !== undefined ? String(Number(spec.gain.toPrecision(4))) : undefined;
}

function quoteOf({ source: { text } }: Analysis): string {
  return text.split('"').length > text.split("'").length ? '"' : "'";
}
