/** Finds initializers on weights that are computed from other parameters: what is written is lost. */
import type { Program } from '../model/model.js';
import type { InitializerCall, Parameter } from '../model/parameters.js';
import { partingOf } from '../model/questions/order.js';
import { contains, type Site } from '../text/span.js';
import type { Fix, Report, Rule } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { agree, andOthers, nameOf } from './wording.js';

export const reparametrizedWeight: Rule = {
  id: 'reparametrized-weight',
  summary: 'Finds an initializer on a weight that weight_norm or a parametrization computes anew',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    const lost = program.calls.filter(isLost);
    for (const calls of groupedBy(lost, it => keyOf(placesOf(it as Lost).site))) yield report(program, calls);
  },
};

interface Lost extends InitializerCall {
  readonly target: { readonly kind: 'parameter'; readonly parameter: Parameter & { readonly reparametrized: string } };
}

function isLost({ target }: InitializerCall): boolean {
  return target.kind === 'parameter' && target.parameter.reparametrized !== undefined;
}

/**
 * The helper may be right elsewhere: what is wrong is the order, in the function that leads to the wrapping and then to
 * the initializer.
 */
function placesOf({ callee, target }: Lost): { readonly site: Site; readonly wrapped?: Site } {
  const { writes, reparametrizedBy = [] } = target.parameter;
  const write = writes.find(it => keyOf(it.callee) === keyOf(callee));
  if (write === undefined) return { site: callee };
  const { first: wrapped, second: site } = partingOf(reparametrizedBy, [write.callee, ...write.chain]);
  return { site, ...(wrapped && { wrapped }) };
}

/** Where the layers are made before what wraps them, the initializer can move in between. */
function fixOf(
  { models }: Program,
  { parameter }: Lost['target'],
  site: Site,
  wrapped: Site | undefined,
): Fix | undefined {
  const { path } = parameter.module;
  const around = models.flatMap(it => it.modules).filter(it => it.path !== '' && `${path}.`.startsWith(`${it.path}.`));
  if (wrapped === undefined || wrapped.path !== site.path || wrapped.end > site.start) return undefined;
  if (around.some(it => it.site === undefined || contains(wrapped, it.site))) return undefined;
  return {
    title: `Initialize before ${parameter.reparametrized}`,
    intents: [{ kind: 'move-statement', site, before: wrapped }],
    safe: false,
  };
}

function report(program: Program, calls: readonly InitializerCall[]): Report {
  const [first] = calls as readonly [Lost, ...Lost[]];
  const { parameter } = first.target;
  const { site, wrapped } = placesOf(first);
  // What serves no other layer is wrong wherever it is called.
  const reported = first.namesMember ? first.callee : site;
  const fix = fixOf(program, first.target, site, wrapped);
  const [since] = parameter.reparametrizedBy ?? [];
  const related = [
    ...(since ? [{ site: since, message: 'computed anew since here' }] : []),
    ...(reported === first.callee ? [] : [{ site: first.callee, message: 'what is written here is lost' }]),
    ...(parameter.module.site ? [{ site: parameter.module.site, message: 'the layer is made here' }] : []),
  ];
  const isMadeToLoad = calls.every(it => isOfLoaded(program, (it as Lost).target.parameter));
  const others = new Set(calls.map(it => (it as Lost).target.parameter.name)).size - 1;
  return {
    site: reported,
    message:
      `${nameOf(parameter)}${andOthers(others)} ${agree(others, 'is', 'are')} computed by ${parameter.reparametrized} in every forward: ` +
      `\`${first.initializer}\` has no effect, and torch's default stays; initialize before ${parameter.reparametrized}`,
    related,
    ...(isMadeToLoad && { severity: 'information' }),
    ...(fix && { fixes: [fix] }),
  };
}

/** Nobody trains from what a checkpoint replaces. */
function isOfLoaded({ madeToLoad, models }: Program, parameter: Parameter): boolean {
  const own = madeToLoad && models.filter(it => it.modules.includes(parameter.module));
  return own !== undefined && own.length > 0 && own.every(it => madeToLoad!.has(it));
}
