/** What a hover says of a network: its parameters, and how each starts. */
import { number } from '../../../core/describe-spec.js';
import type { Model } from '../../model/model.js';
import type { Parameter } from '../../model/parameters.js';
import { counted, thousands } from '../../text/counts.js';
import { startNumbersOf } from '../numbers.js';
import { signalReport } from '../signal/rows.js';
import { rounded, stdText } from '../signal/wording.js';
import { describeStart } from '../start-text.js';
import { shapeText } from './parameter.js';

/** A hover is a small box. */
const most = 8;

export function modelText(model: Model): string {
  const { className, parameters, unknowns } = model;
  const total = parameters.reduce((sum, it) => sum + (startNumbersOf(it).count ?? Number.NaN), 0);
  const values = Number.isNaN(total) ? '' : `, ${thousands(total)} values`;
  const rest = parameters.length - most;
  return [
    `**${className}**: ${counted(parameters.length, 'parameter')}${values}`,
    ...signalLine(model),
    parameterTable(parameters.slice(0, most)),
    ...(rest > 0 ? [`and ${rest} more`] : []),
    ...unknowns.slice(0, 3).map(it => `not known: ${it.message}`),
  ].join('\n\n');
}

function parameterTable(parameters: readonly Parameter[]): string {
  return ['| parameter | shape | values | gain |', '|:--|:--|:--|--:|', ...parameters.map(rowOf)].join('\n');
}

/** What becomes of the signal from end to end, by the same theory as in the panel. */
function signalLine(model: Model): readonly string[] {
  const rows = signalReport(model)?.rows ?? [];
  const known = rows.filter(it => it.std !== undefined);
  const [first, last] = [rows.find(it => it.gradient !== undefined), known.at(-1)];
  if (last === undefined) return [];
  const extreme = rows.find(it => it.state !== undefined);
  const back =
    first === undefined ? '' : `; gradients arrive with ${rounded(first.gradient!)} of their std at the input`;
  const where = extreme === undefined ? '' : ` (${extreme.state} from \`${extreme.name}\` on)`;
  return [`Activations leave with std ${stdText(last.std, last.band)}${back}${where}`];
}

/** `N(0, 0.0505²)` */
export function startText(parameter: Parameter): string {
  const { spec, write } = startNumbersOf(parameter);
  return spec === undefined ? 'raw memory' : describeStart(spec, write);
}

function rowOf(parameter: Parameter): string {
  const { gain } = startNumbersOf(parameter);
  const values = startText(parameter);
  const isWeight = gain !== undefined;
  return `| \`${parameter.name}\` | ${shapeText(parameter.shape)} | ${values} | ${isWeight ? number(gain) : ''} |`;
}
