/** What ends a residual branch starts small, so that depth does not multiply the signal. */
import type { InitSpec } from '../../../core/initializer.js';
import type { Graph, Operation } from '../../model/graph.js';
import type { NamedStart } from '../../model/intent.js';
import type { Model } from '../../model/model.js';
import { followersOf } from '../../model/questions/following.js';
import { isLayer, weightsOf } from '../../model/questions/operations.js';
import { isLastOfBranch, residualsOf } from '../../model/questions/residuals.js';

/**
 * Zero for the last norm of a branch (Goyal et al. 2017). In a transformer, whose layers start from `small`, the last layer of
 * a branch starts by 1/√N smaller (GPT-2). All networks are of one class; the first one's branches count.
 */
export function residualStarts(models: readonly Model[], small: InitSpec | undefined): readonly NamedStart[] {
  const suffixes = small === undefined ? lastOf(models, it => it.kind === 'norm') : lastOf(models, isLayer);
  if (suffixes.length === 0) return [];
  const count = residualsOf(models.find(it => it.graph !== undefined)!.graph!).length;
  if (small === undefined) {
    return [{ suffixes, spec: { kind: 'constant', value: 0 }, comment: 'a residual block starts as the identity' }];
  }
  const share = 1 / Math.sqrt(count);
  if (small.kind === 'variance_scaling') {
    return [
      { suffixes, spec: { ...small, gain: share }, comment: `1 / sqrt(${count}), for ${count} residual branches` },
    ];
  }
  return [
    {
      suffixes,
      spec: { kind: 'normal', mean: 0, std: 0.02 * share },
      comment: `0.02 / sqrt(${count}), for ${count} residual branches`,
    },
  ];
}

/** Ends of names that mean the last operations of branches and nothing else: `fc2.weight`. */
function lastOf(models: readonly Model[], isMeant: (operation: Operation) => boolean): readonly string[] {
  const last = new Set<string>();
  const others = new Set<string>();
  for (const graph of models.flatMap(it => it.graph ?? [])) {
    for (const operation of graph.operations.filter(isMeant)) {
      const names = endsBranch(graph, operation) ? last : others;
      for (const suffix of suffixesOf(operation)) names.add(suffix);
    }
  }
  const names = models.flatMap(it => it.parameters.map(own => own.name));
  return [...last]
    .filter(it => !others.has(it))
    .flatMap(it => boundedEnd(it, names) ?? [])
    .sort();
}

/** An end that `endswith` finds in nothing else: `.o.weight` where there is a `qo.weight`. */
function boundedEnd(suffix: string, names: readonly string[]): string | undefined {
  const isBounded = names.every(it => !it.endsWith(suffix) || it === suffix || it.endsWith(`.${suffix}`));
  if (isBounded) return suffix;
  return names.includes(suffix) ? undefined : `.${suffix}`;
}

/** A layer on the way around the branch meets the same sum. */
function endsBranch(graph: Graph, operation: Operation): boolean {
  const sums = new Set(followersOf(graph, operation).map(it => (it.kind === 'output' ? undefined : it.operation)));
  const isOnBranch = residualsOf(graph).some(it => sums.has(it.add) && it.branch.has(operation));
  return isOnBranch && isLastOfBranch(graph, operation);
}

/**
 * The attribute of the module that holds it, and the parameter's; a number says nothing of a place. Of a layer with many
 * weights the last one ends it.
 */
function suffixesOf(operation: Operation): readonly string[] {
  const parameters =
    operation.kind === 'norm'
      ? (operation.module?.parameters ?? []).filter(it => it.kind === 'scale')
      : weightsOf(operation).slice(-1);
  return parameters.flatMap(({ name }) => {
    const [holder = '', attribute = ''] = name.split('.').slice(-2);
    return /^\d*$/.test(holder) || attribute === '' ? [] : [`${holder}.${attribute}`];
  });
}
