/** What a hover says of a network: its parameters, and how each starts. */
import { describeSpec, number } from '../../../core/describe-spec.js';
import type { Model } from '../../model/model.js';
import type { Parameter } from '../../model/parameters.js';
import { startNumbersOf } from '../numbers.js';
import { shapeText } from './parameter.js';

/** A hover is a small box. */
const most = 12;

export function modelText({ className, parameters, unknowns }: Model): string {
  const total = parameters.reduce((sum, it) => sum + (startNumbersOf(it).count ?? Number.NaN), 0);
  const values = Number.isNaN(total) ? '' : `, ${total.toLocaleString('en')} values`;
  const rest = parameters.length - most;
  return [
    `**${className}**: ${parameters.length} parameters${values}`,
    parameterTable(parameters.slice(0, most)),
    ...(rest > 0 ? [`and ${rest} more`] : []),
    ...unknowns.slice(0, 3).map(it => `not known: ${it.message}`),
  ].join('\n\n');
}

export function parameterTable(parameters: readonly Parameter[]): string {
  return ['| parameter | shape | values | gain |', '|:--|:--|:--|--:|', ...parameters.map(rowOf)].join('\n');
}

function rowOf(parameter: Parameter): string {
  const { spec, write, gain } = startNumbersOf(parameter);
  const values = spec === undefined ? 'raw memory' : describeSpec(spec, write?.fans);
  const isWeight = gain !== undefined;
  return `| \`${parameter.name}\` | ${shapeText(parameter.shape)} | ${values} | ${isWeight ? number(gain) : ''} |`;
}
