/** The signature of the initializer that is being called, and what would fit. */
import type { Analysis } from '../../analyze.js';
import { adviceFor } from './advice.js';
import { namesFor, parametersOf } from './complete.js';
import { placeAt } from './place.js';
import { targetsOf } from './targets.js';

export interface SignatureHelp {
  /** `kaiming_normal_(tensor, a=0, …)`. */
  readonly label: string;
  readonly parameters: readonly string[];
  readonly active: number;
  /** "`relu` follows `fc1.weight`: gain 1.41". */
  readonly advice?: string;
}

export function signatureAt(analysis: Analysis, offset: number): SignatureHelp | undefined {
  const place = placeAt(analysis.source, analysis.tree, offset);
  if (place?.kind !== 'argument') return undefined;
  const { initializer, index, keyword } = place;
  const parameters = initializer.signature.split(', ');
  const named = keyword === undefined ? -1 : parametersOf(initializer).indexOf(keyword);
  const advice = adviceFor(targetsOf(place.tensor, analysis, offset), 'normal');
  return {
    label: `${initializer.name}(${initializer.signature})`,
    parameters,
    active: named >= 0 ? named : Math.min(index, parameters.length - 1),
    ...(advice && { advice: `${advice.reason} → \`${namesFor(advice).join('`, `')}\`` }),
  };
}
