/** Replaces a test of a class's name by a test of the class: `classname.find('Conv') != -1` by `isinstance(m, …)`. */
import type { Intent } from '../../../model/intent.js';
import type { Expression, If } from '../../../syntax/tree.js';
import { nodeAt, walk } from '../../../syntax/walk.js';
import type { Span } from '../../../text/span.js';
import type { Edit } from '../../framework.js';
import type { File } from './file.js';
import { spellLayer } from './imports.js';

export function testClass(file: File, { site, object, layers }: Intent & { kind: 'class-test' }) {
  const test = nameTestAround(file, site);
  const literal = test && literalIn(test);
  if (test === undefined || literal === undefined) return undefined;
  const classes = FAMILIES.get(literal) ?? layers;
  if (classes.length === 0) return undefined;
  const spelled = classes.map(it => spellLayer(file, it));
  const names = [...new Set(spelled.map(it => it.text))];
  const tested = names.length === 1 ? names[0]! : `(${names.join(', ')})`;
  const imports = new Map(spelled.flatMap(it => it.edits).map((it): [string, Edit] => [it.text, it]));
  return [...imports.values(), { start: test.start, end: test.end, text: `isinstance(${object}, ${tested})` }];
}

/** Names that stand for a family of layers, and what all of the family are. */
const FAMILIES: ReadonlyMap<string, readonly string[]> = new Map([
  ['Conv', ['modules.conv._ConvNd']],
  ['Linear', ['Linear']],
  ['BatchNorm', ['modules.batchnorm._BatchNorm']],
  ['InstanceNorm', ['modules.instancenorm._InstanceNorm']],
]);

/** The condition that the statement at `site` stands under, or the one part of it that looks at a name. */
function nameTestAround(file: File, site: Span): Expression | undefined {
  const around = nodeAt(file.tree, site.start)?.ancestors ?? [];
  const branches = around.filter((it): it is If => it.kind === 'If' && isWithin(site, it));
  const branch = branches.reduce<If | undefined>((a, b) => (a !== undefined && a.start > b.start ? a : b), undefined);
  if (branch === undefined) return undefined;
  const named = conjuncts(branch.test).filter(it => literalIn(it) !== undefined);
  return named.length === 1 ? named[0] : undefined;
}

const isWithin = (site: Span, { body }: If): boolean => body[0]!.start <= site.start && site.end <= body.at(-1)!.end;

function conjuncts(test: Expression): readonly Expression[] {
  return test.kind === 'BooleanOperation' && test.operator === 'and' ? test.values.flatMap(conjuncts) : [test];
}

/** The one word that a test looks for; a choice of several is left to its author. */
function literalIn(test: Expression): string | undefined {
  const words: string[] = [];
  walk(test, node => {
    if (node.kind === 'String') words.push(node.value);
    return true;
  });
  return words.length === 1 && test.kind !== 'BooleanOperation' ? words[0] : undefined;
}
