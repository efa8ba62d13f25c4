/** Finds fan-based initializers on embeddings, whose rows are looked up and not summed. */
import { fanOf, stdOf } from '../../core/initializer.js';
import type { Parameter } from '../model/parameters.js';
import { madeAt } from './related.js';
import type { Report, Rule } from './rule.js';
import { type Reached, statementsOf } from './statements.js';
import { agree, andOthers, initializerOf, nameOf, number } from './wording.js';

export const embeddingFan: Rule = {
  id: 'embedding-fan',
  summary: 'Finds Xavier or Kaiming on an embedding, which has no fan-in',
  severity: 'information',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    for (const statement of statementsOf(program)) {
      const embeddings = statement.filter(isScaledByFans);
      const [first] = embeddings;
      if (first !== undefined) yield report(first, embeddings.length, statement.length);
    }
  },
};

function isScaledByFans({ parameter, write }: Reached): boolean {
  if (parameter.kind !== 'embedding' || parameter.tiedTo !== undefined) return false;
  if (write.spec.kind !== 'variance_scaling') return false;
  return parameter.module.role === 'embedding' || (isOwnTable(parameter) && write.spec.name === 'kaiming');
}

/** Of a class of the user's own, by its name; what forward multiplies by is summed over. Xavier is a habit with positions. */
const isOwnTable = ({ module, fans, shape }: Parameter): boolean =>
  module.layer === undefined && fans === undefined && shape?.length === 2;

function report({ parameter, write }: Reached, count: number, reached: number): Report {
  const std = stdOf(write.spec, write.fans, parameter.shape);
  const rows = write.fans && fanOf('fan_out', write.fans);
  const numbers = std === undefined ? '' : `: std ${number(std)} because the table has ${number(rows)} rows`;
  const { call } = write;
  return {
    site: write.callee,
    message: `${nameOf(parameter)}${andOthers(count - 1)} ${agree(count - 1, 'is', 'are')} looked up, not summed over, and ${initializerOf(write)} counts the rows as a fan${numbers}`,
    ...(call &&
      count === reached && {
        fixes: [
          {
            title: 'Use N(0, 0.02²)',
            intents: [{ kind: 'reinitialize', call, spec: { kind: 'normal', mean: 0, std: 0.02 } }],
            safe: false,
          },
        ],
      }),
    related: madeAt(parameter),
  };
}
