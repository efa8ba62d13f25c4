/** Finds initializations that the same code overwrites before anything reads them. */
import type { Program } from '../model/model.js';
import type { Parameter, Write } from '../model/parameters.js';
import type { Report, Rule } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { andOthers, initializerOf, nameOf } from './wording.js';

export const overwrittenInit: Rule = {
  id: 'overwritten-init',
  summary: 'Finds an initialization that a later one always overwrites',
  severity: 'information',
  fix: 'safe',
  since: '0.1.0',

  *check(program) {
    for (const statement of groupedBy(writesOf(program), it => keyOf(it.write.callee))) {
      const later = statement.map(overwriterOf);
      const [first] = statement;
      const [overwriter] = later;
      if (first === undefined || overwriter === undefined) continue;
      const isOne = later.every(it => it !== undefined && keyOf(it.callee) === keyOf(overwriter.callee));
      if (isOne) yield report(first, overwriter, statement.length - 1);
    }
  },
};

interface Written {
  readonly parameter: Parameter;
  readonly write: Write;
}

function* writesOf({ models }: Program): Iterable<Written> {
  for (const parameter of models.flatMap(it => it.parameters.filter(isOfOneLayer))) {
    for (const write of parameter.writes.filter(isJudged)) yield { parameter, write };
  }
}

/** A tied weight gets what each of its layers is given: one statement serves both. */
const isOfOneLayer = ({ tiedTo }: Parameter) => tiedTo === undefined;

/** A factory or a constant makes room for what follows; the framework's own default is nobody's statement. */
function isJudged({ origin, region, spec, call }: Write): boolean {
  const isPlaceholder = call === undefined || call.form === 'factory' || spec.kind === 'constant';
  return origin === 'written' && region === 'whole' && !isPlaceholder;
}

/** The next write, where it stands in the same run of the same code and surely replaces everything. */
function overwriterOf({ parameter, write }: Written): Write | undefined {
  const next = parameter.writes[parameter.writes.indexOf(write) + 1];
  // Forward is run more than once, and what it draws is read in between.
  if (next?.origin !== 'written' || next.context === 'forward') return undefined;
  if (next.region !== 'whole' || !next.certain || !write.certain) return undefined;
  if (!REPLACING.test(next.initializer) || keyOf(next.callee) === keyOf(write.callee)) return undefined;
  const isSameRun =
    JSON.stringify(next.chain) === JSON.stringify(write.chain) && next.callee.path === write.callee.path;
  return isSameRun ? next : undefined;
}

/** What was there before has no part in these; arithmetic in place goes on from it. */
const REPLACING = /^(uniform|normal|trunc_normal|constant|fill|zero|one|eye|dirac|xavier|kaiming|orthogonal|sparse)s?_/;

function report({ parameter, write }: Written, next: Write, others: number): Report {
  return {
    site: write.callee,
    message: `${initializerOf(next)} replaces these values of ${nameOf(parameter)}${andOthers(others)} before anything reads them`,
    fixes: [
      {
        title: `Remove the ${initializerOf(write)} that has no effect`,
        intents: [{ kind: 'delete-statement', site: write.site }],
        safe: true,
      },
    ],
    related: [{ site: next.callee, message: 'overwritten here' }],
    tags: ['unnecessary'],
  };
}
