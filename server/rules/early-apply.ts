/** Finds `apply` before all layers exist, and `apply` that is given the result of a call. */
import type { Fault, Program } from '../model/model.js';
import type { Module } from '../model/parameters.js';
import { decidingWrite } from '../model/questions/final-writes.js';
import type { Site } from '../text/span.js';
import { detail, faultsOf } from './faults.js';
import type { Report, Rule } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { andOthers } from './wording.js';

export const earlyApply: Rule = {
  id: 'early-apply',
  summary: 'Finds `apply` before the last layers exist, and `apply(f())`, which hands over no function',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    for (const fault of faultsOf(program, 'none-callable')) {
      if (fault.details.get('function') === 'apply') yield notHandedOver(fault);
    }
    for (const late of groupedBy(lateIn(program), it => keyOf(it.apply))) yield report(late);
  },
};

/** A layer that was made after its network's `apply`. */
interface Late {
  readonly apply: Site;
  readonly module: Module;
}

function* lateIn({ models }: Program): Iterable<Late> {
  for (const root of models.flatMap(it => it.modules)) {
    for (const { site, order } of root.applied ?? []) {
      const layers = layersUnder(root);
      const served = new Set(layers.filter(it => isWrittenAt(it, site)).map(it => it.layer));
      for (const module of layers) {
        const isLate = module.order !== undefined && module.order > order && isBehind(module.site, site);
        if (isLate && served.has(module.layer) && isDefault(module)) yield { apply: site, module };
      }
    }
  }
}

function layersUnder(module: Module): readonly Module[] {
  const inside = module.children.flatMap(layersUnder);
  return module.layer !== undefined && module.parameters.length > 0 ? [module, ...inside] : inside;
}

const isWrittenAt = ({ parameters }: Module, apply: Site): boolean =>
  parameters.some(it =>
    it.writes.some(({ context, chain }) => context === 'apply' && chain.some(at => keyOf(at) === keyOf(apply))),
  );

/** Further down in the same code: what another function or a subclass adds may be meant to be left out. */
const isBehind = (made: Site | undefined, apply: Site): boolean => made?.path === apply.path && made.start > apply.end;

/** No one else initializes it either. */
function isDefault({ parameters }: Module): boolean {
  return parameters.every(it => decidingWrite(it) === undefined && it.tiedTo === undefined);
}

function report(late: readonly Late[]): Report {
  const { apply, module } = late[0]!;
  const made = module.site;
  return {
    site: apply,
    message: `\`apply\` runs before \`${module.path}\`${andOthers(new Set(late.map(it => it.module)).size - 1)} exists: what is made later keeps its default start`,
    fixes: [
      {
        title: 'Move it to the end, behind the last layer',
        intents: [{ kind: 'move-to-end', site: apply }],
        safe: false,
      },
    ],
    ...(made && { related: [{ site: made, message: 'made here, after `apply`' }] }),
  };
}

function notHandedOver(fault: Fault): Report {
  const callee = detail(fault, 'callee');
  return {
    site: fault.site,
    severity: 'error',
    message: `\`apply\` takes a function and is given what ${callee ? `\`${callee}\`` : 'it'} returns, None: this raises ${fault.exception}`,
    ...(callee && {
      fixes: [
        {
          title: `Hand over \`${callee}\` itself`,
          intents: [{ kind: 'replace', site: fault.site, text: callee }],
          safe: true,
        },
      ],
    }),
  };
}
