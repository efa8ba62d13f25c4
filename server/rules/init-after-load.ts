/** Finds initialization of weights that a checkpoint has just filled. */
import type { Model } from '../model/model.js';
import type { Parameter, Write } from '../model/parameters.js';
import { partingOf } from '../model/questions/order.js';
import type { Fix, Report, Rule } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { andOthers, initializerOf, nameOf } from './wording.js';

export const initAfterLoad: Rule = {
  id: 'init-after-load',
  summary: 'Finds an initialization that overwrites what a checkpoint has just loaded',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.2.0',

  *check({ models }) {
    for (const model of models) {
      const loaded = model.parameters.filter(it => it.kind !== 'bias' && it.writes.some(isLoad));
      const lost = loaded.flatMap(it => lossOf(it) ?? []);
      const isNewHead = lost.length * 2 <= loaded.length;
      if (isNewHead) continue;
      for (const group of groupedBy(lost, it => keyOf(placesOf(it).second))) yield report(model, group);
    }
  },
};

interface Loss {
  readonly parameter: Parameter;
  readonly load: Write;
  /** What overwrites it. */
  readonly write: Write;
}

/** Element by element from another layer is how one is put together, also where that layer was made for it. */
const isLoad = ({ origin, region }: Write): boolean => origin === 'loaded' && region === 'whole';

/** The last write, where it surely comes after the checkpoint and replaces all of it by a draw. */
function lossOf(parameter: Parameter): Loss | undefined {
  const { writes } = parameter;
  const write = writes.at(-1);
  const load = writes.findLast(isLoad);
  if (write === undefined || load === undefined || write.origin !== 'written' || !write.certain) return undefined;
  return write.region === 'whole' && DRAWING.test(write.initializer) ? { parameter, load, write } : undefined;
}

const DRAWING = /^(uniform|normal|trunc_normal|xavier|kaiming|orthogonal|sparse)s?_/;

const placesOf = ({ load, write }: Loss) => partingOf([load.callee, ...load.chain], [write.callee, ...write.chain]);

function report({ className }: Model, losses: readonly Loss[]): Report {
  const [first] = losses as readonly [Loss, ...Loss[]];
  const { first: loading, second: site } = placesOf(first);
  const names = `${nameOf(first.parameter)}${andOthers(losses.length - 1)}`;
  const fix = loading && fixOf(site, loading);
  return {
    site,
    message:
      `the checkpoint is loaded before this: ${initializerOf(first.write)} draws ${names} of \`${className}\` anew, ` +
      'and what was learned is lost',
    related: [{ site: loading ?? first.load.callee, message: 'the checkpoint is loaded here' }],
    ...(fix && { fixes: [fix] }),
  };
}

function fixOf(site: Parameters<typeof keyOf>[0], loading: typeof site): Fix | undefined {
  if (site.path !== loading.path || loading.end > site.start) return undefined;
  return {
    title: 'Initialize before the checkpoint is loaded',
    intents: [{ kind: 'move-statement', site, before: loading }],
    safe: false,
  };
}
