/** Finds scales that were computed from the wrong axis: fan-out where fan-in is meant. */
import { boundOf, type Fans, fanOf, stdOf } from '../../core/initializer.js';
import { equalSizes, format } from '../../core/size.js';
import type { Report, Rule } from './rule.js';
import { type Reached, statementsOf } from './statements.js';
import { andOthers, nameOf, number } from './wording.js';

export const transposedFan: Rule = {
  id: 'transposed-fan',
  summary: 'Finds a scale that follows the number of outputs where the number of inputs is meant',
  severity: 'warning',
  fix: 'none',
  since: '0.1.0',

  *check(program) {
    for (const statement of statementsOf(program)) {
      const transposed = statement.filter(it => isTransposed(it));
      const [first] = transposed;
      if (first !== undefined) yield report(first, transposed.length - 1);
    }
  },
};

function isTransposed({ parameter, write }: Reached): boolean {
  const { fans, kind } = parameter;
  if (fans === undefined || kind === 'embedding' || equalSizes(fans.fanIn, fans.fanOut)) return false;
  return write.spec.kind === 'variance_scaling' ? readsWrongAxis(write, fans) : followsOutputs(write, fans);
}

/** Kaiming on an (in, out) matrix that is used as `x @ w`; Xavier does not care which axis is which. */
function readsWrongAxis({ spec, fans: taken }: Reached['write'], fans: Fans): boolean {
  if (spec.kind !== 'variance_scaling' || spec.mode !== 'fan_in' || taken === undefined) return false;
  return equalSizes(taken.fanIn, fans.fanOut) && !equalSizes(taken.fanIn, fans.fanIn);
}

/** ±1/√n, or std 1/√n, where n is the number of outputs: both are written with a fan-in in mind. */
function followsOutputs({ spec }: Reached['write'], fans: Fans): boolean {
  const outputs = fanOf('fan_out', fans);
  const scale = spec.kind === 'uniform' ? boundOf(spec) : spec.kind === 'normal' ? stdOf(spec) : undefined;
  if (outputs === undefined || scale === undefined || outputs < 2) return false;
  return Math.abs(scale * Math.sqrt(outputs) - 1) < 1e-6;
}

function report({ parameter, write }: Reached, others: number): Report {
  const { fanIn, fanOut } = parameter.fans!;
  return {
    site: write.callee,
    message:
      `${nameOf(parameter)}${andOthers(others)} sums over ${format(fanIn)} inputs, and its scale is that of ${format(fanOut)}, ` +
      `the number of its outputs${costOf(fanIn, fanOut)}`,
  };
}

function costOf(fanIn: Fans['fanIn'], fanOut: Fans['fanOut']): string {
  if (typeof fanIn !== 'number' || typeof fanOut !== 'number') return '';
  const factor = Math.sqrt(fanIn / fanOut);
  return factor > 1 ? `: ${number(factor)} times too large` : `: ${number(1 / factor)} times too small`;
}
