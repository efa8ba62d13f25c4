/** What a hover says of a nonlinearity: the gains it asks for, and what it does to a normal signal. */
import { number } from '../../../core/describe-spec.js';
import { backwardGainOf, calculateGain, gainOf, moments } from '../../../core/nonlinearities.js';
import type { Nonlinearity } from '../../model/questions/operations.js';

export function nonlinearityText({ name, parameter }: Nonlinearity): string | undefined {
  const forward = gainOf(name, parameter);
  const behind = moments(name, 1, parameter);
  if (forward === undefined || behind === undefined) return undefined;
  const customary = calculateGain(name, parameter);
  return [
    `**\`${name}\`** asks for gain ${number(forward)} before it`,
    [
      '| | |',
      '|:--|:--|',
      `| keeps activations | ${number(forward)} |`,
      `| keeps gradients | ${number(backwardGainOf(name, parameter))} |`,
      `| \`calculate_gain\` | ${customary === undefined ? 'does not know it' : number(customary)} |`,
      `| of N(0, 1) it makes | mean ${number(behind.mean)}, mean square ${number(behind.meanSquare)} |`,
    ].join('\n'),
  ].join('\n\n');
}
