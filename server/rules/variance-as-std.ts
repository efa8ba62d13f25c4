/** Finds a variance, such as 2/fan_in, that is given as a standard deviation. */
import { add, equalSizes, format } from '../../core/size.js';
import type { BoundArgument, PowerOfSize } from '../model/parameters.js';
import { trueFans } from '../model/questions/gains.js';
import { scaleOf } from '../model/questions/scales.js';
import { madeAt } from './related.js';
import type { Report, Rule } from './rule.js';
import { type Reached, statementsOf } from './statements.js';
import { andOthers, nameOf, number } from './wording.js';

export const varianceAsStd: Rule = {
  id: 'variance-as-std',
  summary: 'Finds a variance, such as 2/fan_in, given as the standard deviation: the root is missing',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    for (const statement of statementsOf(program)) {
      const squared = statement.filter(isVariance);
      const [first] = squared;
      if (first !== undefined) yield report(first, squared.length - 1);
    }
  },
};

/** Twice the inverse of a fan is He's or Glorot's variance and nobody's std; its inverse alone may be meant. */
function isVariance({ parameter, write }: Reached): boolean {
  const scale = write.spec.kind === 'uniform' ? undefined : scaleOf(write);
  if (scale === undefined || scale.exponent !== -1 || scale.coefficient !== 2) return false;
  const fans = [trueFans(parameter), write.fans].filter(it => it !== undefined);
  const sizes = fans.flatMap(({ fanIn, fanOut }) => [fanIn, fanOut, add(fanIn, fanOut)]);
  return sizes.some(it => equalSizes(it, scale.base) && it !== 2);
}

function report({ parameter, write }: Reached, others: number): Report {
  const { base } = scaleOf(write) as PowerOfSize;
  const std = write.call?.args.find(it => it.name === 'std');
  const what = std === undefined ? 'the factor' : 'the argument';
  const cost = typeof base === 'number' ? `: ${number(Math.sqrt(base / 2))} times too small` : '';
  return {
    site: std?.site ?? write.callee,
    message: `2/${format(base)} is the variance that ${nameOf(parameter)}${andOthers(others)} asks for, and ${what} is the standard deviation${cost}`,
    ...(std?.site && { fixes: [rooted(std.site)] }),
    related: madeAt(parameter),
  };
}

function rooted(site: NonNullable<BoundArgument['site']>) {
  return {
    title: 'Take the root',
    intents: [{ kind: 'wrap', site, before: '(', after: ') ** 0.5' }],
    safe: false,
  } as const;
}
