/** Which parameters an expression means: `self.fc1.weight`, or `m.weight` under a test of m's class. */
import type { Analysis } from '../../analyze.js';
import type { Tree } from '../../syntax/tree.js';
import { walk } from '../../syntax/walk.js';
import type { Reached } from '../reached.js';

/** All that it may mean; without an expression, every weight of the file's networks. */
export function targetsOf(
  tensor: string | undefined,
  { program, source, tree }: Analysis,
  offset: number,
): readonly Reached[] {
  const all = program.models.flatMap(model => model.parameters.map(parameter => ({ model, parameter })));
  const attribute = tensor
    ?.replace(/\.data$/, '')
    .split('.')
    .at(-1);
  if (tensor === undefined || attribute === undefined || attribute === tensor) {
    return all.filter(it => it.parameter.kind === 'weight');
  }
  const own = ownParameters(tensor, all, classAround(tree, offset));
  if (own.length > 0) return own;
  const named = all.filter(it => it.parameter.name.split('.').at(-1) === attribute);
  const holder = tensor.slice(0, tensor.indexOf('.'));
  const classes = testedClasses(source.text.slice(Math.max(0, offset - 2000), offset), holder);
  return classes.length === 0 ? named : named.filter(it => classes.includes(it.parameter.module.layer ?? ''));
}

/** `self.layers[0].weight` is `layers.0.weight` of the class that the cursor is in. */
function ownParameters(tensor: string, all: readonly Reached[], owner: string | undefined): readonly Reached[] {
  if (!tensor.startsWith('self.') || owner === undefined) return [];
  const name = tensor
    .slice('self.'.length)
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .replace(/\.data$/, '');
  return all.filter(({ model, parameter }) => model.className === owner && parameter.name === name);
}

function classAround(tree: Tree, offset: number): string | undefined {
  let found: string | undefined;
  walk(tree, node => {
    if (node.kind === 'ClassDefinition' && node.start <= offset) found = node.name.name;
    return true;
  });
  return found;
}

/** The classes of the last `isinstance(m, (nn.Conv2d, nn.Linear))` before the cursor. */
function testedClasses(before: string, holder: string): readonly string[] {
  const tests = [...before.matchAll(new RegExp(String.raw`isinstance\(\s*${holder}\s*,\s*\(?([^)]*)\)`, 'g'))];
  const names = tests.at(-1)?.[1]?.split(',') ?? [];
  return names.map(it => it.trim().split('.').at(-1) ?? '');
}
