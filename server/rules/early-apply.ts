/** Finds `apply` before all layers exist, and `apply` that is given the result of a call. */
import type { Fault, Program } from '../model/model.js';
import type { Module, Write } from '../model/parameters.js';
import { constantOf, decidingWrite } from '../model/questions/final-writes.js';
import { attributeOf } from '../model/questions/raw.js';
import type { Site } from '../text/span.js';
import { detail, faultsOf } from './faults.js';
import type { Report, Rule } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { agree, andOthers } from './wording.js';

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
    for (const apply of root.applied ?? []) {
      const served = layersUnder(root).filter(it => writesAt(it, apply.site).length > 0);
      for (const made of madeAfter(apply, root)) {
        for (const module of layersUnder(made)) {
          const isMissed = served.some(it => it.layer === module.layer && changes(apply.site, it, module));
          if (isMissed && isDefault(module)) yield { apply: apply.site, module };
        }
      }
    }
  }
}

type Apply = NonNullable<Module['applied']>[number];

/** Further down in the same function: what another one or a subclass adds may be meant to be left out. */
function madeAfter(apply: Apply, { children }: Module): readonly Module[] {
  return children.flatMap(it => {
    if (it.order === undefined || it.order < apply.order) return madeAfter(apply, it);
    return it.site !== undefined && isBehind(it.site, apply) ? [it] : [];
  });
}

const isBehind = ({ path, start }: Site, { site, within }: Apply): boolean =>
  path === site.path && start > site.end && start < within.end;

function layersUnder(module: Module): readonly Module[] {
  const inside = module.children.flatMap(layersUnder);
  return module.layer !== undefined && module.parameters.length > 0 ? [module, ...inside] : inside;
}

/** What the applied function wrote to a layer, each write with the attribute that it is of. */
function writesAt({ parameters }: Module, apply: Site) {
  const isThere = ({ context, chain }: Write) => context === 'apply' && chain.some(at => keyOf(at) === keyOf(apply));
  return parameters.flatMap(it => it.writes.filter(isThere).map(({ spec }) => ({ attribute: attributeOf(it), spec })));
}

/** Whether what it writes to one layer is anything but what the other starts from by itself, as ones are for a norm. */
function changes(apply: Site, served: Module, { parameters }: Module): boolean {
  return writesAt(served, apply).some(({ attribute, spec }) => {
    const own = parameters.find(it => attributeOf(it) === attribute);
    return own === undefined || spec.kind !== 'constant' || constantOf(own) !== spec.value;
  });
}

/** No one else initializes it either. */
function isDefault({ parameters }: Module): boolean {
  return parameters.every(it => decidingWrite(it) === undefined && it.tiedTo === undefined);
}

function report(late: readonly Late[]): Report {
  const { apply, module } = late[0]!;
  const made = module.site;
  const others = new Set(late.map(it => it.module)).size - 1;
  return {
    site: apply,
    message: `\`apply\` runs before \`${module.path}\`${andOthers(others)} ${agree(others, 'exists', 'exist')}: what is made later keeps its default start`,
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
