/** What ends a residual branch starts small, so that depth does not multiply the signal. */
import type { Graph, Operation } from '../../model/graph.js';
import type { NamedStart } from '../../model/intent.js';
import type { Model } from '../../model/model.js';
import { isLayer, weightsOf } from '../../model/questions/operations.js';
import { isLastOfBranch, residualsOf } from '../../model/questions/residuals.js';

/** Zero for the last norm of a branch (Goyal et al. 2017); N(0, 0.02/√N) for the last layer of one in a transformer (GPT-2). */
export function residualStarts(model: Model, kind: 'transformer' | 'convolutional'): readonly NamedStart[] {
  const { graph } = model;
  if (graph === undefined) return [];
  const suffixes = kind === 'transformer' ? lastOf(graph, isLayer) : lastOf(graph, it => it.kind === 'norm');
  if (suffixes.length === 0) return [];
  const count = residualsOf(graph).length;
  if (kind === 'convolutional') {
    return [{ suffixes, spec: { kind: 'constant', value: 0 }, comment: 'a residual block starts as the identity' }];
  }
  const std = 0.02 / Math.sqrt(count);
  return [
    {
      suffixes,
      spec: { kind: 'normal', mean: 0, std },
      comment: `0.02 / sqrt(${count}), for ${count} residual branches`,
    },
  ];
}

/** Ends of names that mean the last operations of branches and nothing else: `fc2.weight`. */
function lastOf(graph: Graph, isMeant: (operation: Operation) => boolean): readonly string[] {
  const candidates = graph.operations.filter(isMeant);
  const last = new Set(candidates.filter(it => isLastOfBranch(graph, it)).flatMap(suffixesOf));
  const others = new Set(candidates.filter(it => !isLastOfBranch(graph, it)).flatMap(suffixesOf));
  return [...last].filter(it => !others.has(it)).sort();
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
