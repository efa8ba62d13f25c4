/** The first line of a hover: what is right or wrong with how a parameter starts. */
import { number } from '../../../core/describe-spec.js';
import type { Analysis, Finding } from '../../analyze.js';
import type { Parameter, Write } from '../../model/parameters.js';
import { askedGain, effectiveGain, isFitting } from '../../model/questions/gains.js';
import type { Nonlinearity } from '../../model/questions/operations.js';
import {
  isAnswer,
  isNormalized,
  nonlinearityAfter,
  type WeightUse,
  weightUses,
} from '../../model/questions/weights.js';
import { isWithin } from '../../text/span.js';
import type { Reached } from '../reached.js';

export function verdictOn({ model, parameter }: Reached, analysis: Analysis): string | undefined {
  const finding = findingAt(parameter, analysis);
  if (finding !== undefined) return `⚠ ${whatIsWrong(finding, parameter)}`;
  const [use] = weightUses(model, parameter);
  return use && verdictOnUse(use);
}

/** Whether a finding speaks of this parameter, where one statement reaches several. */
export function isNamed({ parameter }: Reached, analysis: Analysis): boolean {
  return findingAt(parameter, analysis)?.message.includes(`\`${parameter.name}\``) === true;
}

/** In one line, without what it costs: the editor shows the whole message beside it, and the title the name. */
function whatIsWrong({ message }: Finding, { name }: Parameter): string {
  const end = message.indexOf(': ');
  return (end < 0 ? message : message.slice(0, end)).replace(`\`${name}\``, 'it');
}

/** What a rule says goes before what could be computed here. */
function findingAt({ writes }: Parameter, { findings }: Analysis): Finding | undefined {
  return findings.find(finding => writes.some(write => isOn(finding, write)));
}

function isOn({ path, span }: Finding, { site }: Write): boolean {
  return path === site.path && isWithin(span, site);
}

function verdictOnUse(use: WeightUse): string | undefined {
  if (isNormalized(use)) return 'a norm follows, which takes out their scale';
  if (isAnswer(use)) return 'output layer';
  const nonlinearity = nonlinearityAfter(use);
  const gain = effectiveGain(use.parameter);
  if (nonlinearity === undefined || gain === undefined) return undefined;
  return verdictOnGain(gain, nonlinearity);
}

function verdictOnGain(gain: number, nonlinearity: Nonlinearity): string | undefined {
  const asked = askedGain(nonlinearity);
  if (asked === undefined) return undefined;
  const subject = nonlinearity.name === 'linear' ? 'the next layer' : `\`${nonlinearity.name}\``;
  if (isFitting(gain, nonlinearity)) return `✓ ${subject} asks for gain ${number(asked)}`;
  return `${subject} asks for gain ${number(asked)}, this is ${number(gain)}`;
}
