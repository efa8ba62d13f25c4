/** Finds arguments of initializers that stand in the wrong place or are of the wrong kind. */
import type { InitializerCall } from '../model/parameters.js';
import type { Site } from '../text/span.js';
import { argumentOf, detail, type InitializerFault, initializerFaultsOf, severityOf } from './faults.js';
import type { Fix, Report, Rule } from './rule.js';
import { keyOf } from './statements.js';
import { number } from './wording.js';

export const wrongArgument: Rule = {
  id: 'wrong-argument',
  summary: 'Finds an argument of an initializer in the wrong place, of the wrong kind, or without effect',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',

  *check(program) {
    const reported = new Set<string>();
    for (const fault of initializerFaultsOf(program, 'wrong-argument')) {
      if (fault.details.get('parameter') === 'groups') continue;
      reported.add(keyOf(fault.call.site));
      yield raises(fault);
    }
    for (const call of program.calls) {
      const report = reported.has(keyOf(call.site)) ? undefined : (ignored(call) ?? gainAsSlope(call));
      if (report !== undefined) yield report;
    }
  },
};

function raises(fault: InitializerFault): Report {
  const { call, exception, message } = fault;
  const argument = argumentOf(call, detail(fault, 'parameter'));
  const fix = argument?.site && fixFor(call, argument.site, argument.value);
  return {
    site: argument?.keyword ?? argument?.site ?? fault.site,
    severity: severityOf(fault),
    message: `${wordOf(argument?.value, argument?.name)}this raises ${exception}: ${message}`,
    ...(fix && { fixes: [fix] }),
  };
}

function wordOf(value: unknown, name: string | undefined): string {
  return typeof value === 'string' ? `\`'${value}'\` stands where \`${name}\` is expected: ` : '';
}

/** The slope is read for leaky ReLU alone; a word in its place goes unnoticed when the nonlinearity is named. */
function ignored(call: InitializerCall): Report | undefined {
  if (!call.initializer.startsWith('kaiming')) return undefined;
  const slope = argumentOf(call, 'a');
  const nonlinearity = call.args.find(it => it.name === 'nonlinearity')?.value;
  if (slope?.site === undefined || typeof nonlinearity !== 'string' || nonlinearity === 'leaky_relu') return undefined;
  if (slope.value === 0) return undefined;
  const fix = fixFor(call, slope.site, slope.value);
  return {
    site: slope.keyword ?? slope.site,
    severity: typeof slope.value === 'string' ? 'warning' : 'information',
    message:
      `\`a\` is the slope of leaky ReLU and goes unread with \`nonlinearity='${nonlinearity}'\`` +
      (typeof slope.value === 'string' ? `: \`'${slope.value}'\` has no effect` : ''),
    ...(fix && { fixes: [fix] }),
  };
}

/** torch makes a gain of its own out of the slope: √(2/(1 + a²)). */
function gainAsSlope(call: InitializerCall): Report | undefined {
  const slope = argumentOf(call, 'a');
  if (!call.initializer.startsWith('kaiming') || slope?.site === undefined || !slope.isGain) return undefined;
  const { value } = slope;
  const gain = typeof value === 'number' ? Math.sqrt(2 / (1 + value ** 2)) : undefined;
  const isSame = gain !== undefined && Math.abs(gain - (value as number)) < 0.01;
  const made =
    gain === undefined ? '' : `, out of which torch makes gain ${number(gain)} in place of ${number(value as number)}`;
  return {
    site: slope.keyword ?? slope.site,
    severity: isSame ? 'information' : 'warning',
    message: `a gain stands where the slope of leaky ReLU is expected${isSame ? ', which comes to the same by chance' : made}`,
  };
}

/** A mode or a nonlinearity says itself where it belongs. */
function fixFor(call: InitializerCall, site: Site, value: unknown): Fix | undefined {
  const name = typeof value === 'string' ? placeOf(value) : undefined;
  const isTaken = argumentOf(call, name) !== undefined;
  if (name === undefined || isTaken || !call.args.some(it => it.name === name)) return undefined;
  return {
    title: `Name it: \`${name}='${value}'\``,
    intents: [{ kind: 'name-argument', call, site, name }],
    safe: true,
  };
}

function placeOf(value: string): string | undefined {
  if (/^fan_(in|out)$/i.test(value)) return 'mode';
  return /^(relu|leaky_relu|tanh|sigmoid|selu|linear)$/.test(value) ? 'nonlinearity' : undefined;
}
