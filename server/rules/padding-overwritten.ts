/** Finds initializers that draw over the padding row of an embedding, which starts at zero for a reason. */
import { finalWrites } from '../model/questions/final-writes.js';
import { madeAt } from './related.js';
import type { Fix, Report, Rule } from './rule.js';
import { type Reached, statementsOf } from './statements.js';
import { andOthers, nameOf } from './wording.js';

export const paddingOverwritten: Rule = {
  id: 'padding-overwritten',
  summary: 'Finds an initializer that draws over the padding row of an embedding',
  severity: 'information',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    for (const statement of statementsOf(program)) {
      const padded = statement.filter(isDrawnOver);
      const [first] = padded;
      if (first !== undefined) yield report(first, padded.length - 1, fixFor(statement, padded));
    }
  },
};

/** The default zeroes the row; a later write of a part is taken to do so again. */
function isDrawnOver({ parameter, write }: Reached): boolean {
  const padding = parameter.module.settings.get('padding_idx');
  if (parameter.kind !== 'embedding' || typeof padding !== 'number') return false;
  const isDrawn = write.spec.kind !== 'constant' && write.spec.kind !== 'unknown' && write.spec.kind !== 'copy';
  return isDrawn && finalWrites(parameter).every(it => it.region === 'whole');
}

/** One more statement, where it is right for everything that this one reaches. */
function fixFor(statement: readonly Reached[], padded: readonly Reached[]): Fix | undefined {
  const [row, ...others] = new Set(padded.map(it => it.parameter.module.settings.get('padding_idx')));
  const call = padded[0]?.write.call;
  const isSame = others.length === 0 && padded.length === statement.length;
  if (!isSame || typeof row !== 'number' || call?.tensor === undefined) return undefined;
  const spec = { kind: 'constant', value: 0 } as const;
  const intent = { kind: 'initialize-behind', site: call.site, spec, tensor: call.tensor, index: row } as const;
  return { title: 'Zero the padding row again', intents: [intent], safe: false };
}

function report({ parameter, write }: Reached, others: number, fix: Fix | undefined): Report {
  const row = parameter.module.settings.get('padding_idx');
  return {
    site: write.callee,
    message:
      `row ${row} of ${nameOf(parameter)}${andOthers(others)} is padding and no longer 0: it gets no gradient, ` +
      'so the noise stays wherever padding is not masked',
    ...(fix && { fixes: [fix] }),
    related: madeAt(parameter),
  };
}
