/** Finds truncations that cut nothing, or so much that the standard deviation is another than asked for. */
import { stdOf, type TruncatedNormal } from '../../core/initializer.js';
import type { Write } from '../model/parameters.js';
import type { Fix, Report, Rule } from './rule.js';
import { type Reached, statementsOf } from './statements.js';
import { number } from './wording.js';

export const absoluteTruncation: Rule = {
  id: 'absolute-truncation',
  summary:
    'Finds bounds of `trunc_normal_` that were meant in standard deviations, and truncation that shrinks the std',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    for (const statement of statementsOf(program)) {
      const report = statement.map(reportOf).find(it => it !== undefined);
      if (report !== undefined) yield report;
    }
  },
};

function reportOf({ write }: Reached): Report | undefined {
  const { spec } = write;
  if (spec.kind !== 'truncated_normal' || !write.initializer.startsWith('trunc_normal')) return undefined;
  const { mean, std, low, high } = spec;
  if (mean === undefined || std === undefined || low === undefined || high === undefined || std <= 0) return undefined;
  const reach = Math.min(high - mean, mean - low) / std;
  if (reach > FURTHEST && isWritten(write)) return cutsNothing(write, spec, reach);
  const share = stdOf(spec)! / std;
  return share < LEAST ? shrinks(write, std, share) : undefined;
}

/** In standard deviations: no draw comes so far. */
const FURTHEST = 6;
/** A cut at two standard deviations leaves 0.88, which is as it is meant. */
const LEAST = 0.8;

/** The default bounds of ±2 are nobody's thought. */
const isWritten = ({ call }: Write): boolean =>
  ['a', 'b'].every(name => call?.args.some(it => it.name === name && it.site !== undefined));

function cutsNothing(write: Write, { low, high }: TruncatedNormal, reach: number): Report {
  const fix = fixFor(write);
  return {
    site: write.callee,
    message:
      `the bounds ${number(low)} and ${number(high)} are values, not standard deviations: ` +
      `they lie ${number(reach)} of them away and cut nothing`,
    ...(fix && { fixes: [fix] }),
  };
}

function shrinks(write: Write, std: number, share: number): Report {
  const fix = fixFor(write);
  return {
    site: write.callee,
    message: `the bounds cut so much that the std is ${number(std * share)} where ${number(std)} is asked for`,
    ...(fix && { fixes: [fix] }),
  };
}

/** Only where both bounds stand in the call and the std is one number. */
function fixFor(write: Write): Fix | undefined {
  const { call, spec } = write;
  const std = call?.args.find(it => it.name === 'std');
  if (call === undefined || spec.kind !== 'truncated_normal' || !isWritten(write) || std?.power !== undefined)
    return undefined;
  const reach = 2 * spec.std!;
  return {
    title: 'Cut at two standard deviations',
    intents: [
      { kind: 'argument', call, name: 'a', value: spec.mean! - reach },
      { kind: 'argument', call, name: 'b', value: spec.mean! + reach },
    ],
    safe: false,
  };
}
