/** Finds names that torch's initializers reject: nonlinearities without a gain, misspelled ones, modes that are none. */
import { calculateGain, gainOf, isNonlinearity } from '../../core/nonlinearities.js';
import type { Fault } from '../model/model.js';
import { argumentOf, detail, faultsOf, severityOf } from './faults.js';
import type { Fix, Report, Rule } from './rule.js';
import { number } from './wording.js';

export const unknownNonlinearity: Rule = {
  id: 'unknown-nonlinearity',
  summary: 'Finds a nonlinearity, mode or gain name that the initializer rejects',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',

  *check(program) {
    for (const fault of faultsOf(program, 'unknown-nonlinearity', 'unknown-mode')) yield report(fault);
  },
};

function report(fault: Fault): Report {
  const isMode = fault.code === 'unknown-mode';
  const given = detail(fault, isMode ? 'mode' : 'nonlinearity') ?? '';
  const parameter = isMode ? 'mode' : 'nonlinearity';
  const replacement = isMode ? modeFor(given) : nonlinearityFor(given);
  const argument = fault.call && argumentOf(fault.call, parameter);
  return {
    site: argument?.site ?? fault.site,
    severity: severityOf(fault),
    message: `\`${given}\` is no ${parameter} that torch knows: this raises ${fault.exception}${hint(given, isMode)}`,
    ...(fault.call && replacement && { fixes: [fixOf(fault.call, parameter, replacement)] }),
  };
}

/** What torch knows under another spelling, else ReLU, which its documentation offers for the smooth rectifiers. */
function nonlinearityFor(given: string): string {
  const plain = spelled(given);
  return calculateGain(plain) === undefined ? 'relu' : plain;
}

function spelled(given: string): string {
  const lower = given.replace(/\W/g, '').toLowerCase();
  return lower === 'leakyrelu' || lower === 'lrelu' ? 'leaky_relu' : lower;
}

function modeFor(given: string): string {
  return /out/i.test(given) ? 'fan_out' : 'fan_in';
}

function hint(given: string, isMode: boolean): string {
  if (isMode) return ', the modes are `fan_in` and `fan_out`';
  const name = spelled(given);
  const gain = isNonlinearity(name) && calculateGain(name) === undefined ? gainOf(name) : undefined;
  return gain === undefined ? '' : `; the gain that keeps its signal is ${number(gain)}, \`relu\` has 1.41`;
}

function fixOf(call: NonNullable<Fault['call']>, name: string, value: string): Fix {
  return {
    title: `Use \`${name}='${value}'\``,
    intents: [{ kind: 'argument', call, name, value }],
    safe: true,
  };
}
