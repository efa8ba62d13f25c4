/** Assists on a call of an initializer: the same tensor from another scheme, with the gain that fits what follows it. */
import { number } from '../../../core/describe-spec.js';
import type { InitSpec } from '../../../core/initializer.js';
import { type Analysis, editsFor, type Project } from '../../analyze.js';
import type { InitializerCall } from '../../model/parameters.js';
import { askedGain, fanInOf } from '../../model/questions/gains.js';
import type { Nonlinearity } from '../../model/questions/operations.js';
import { weightUses } from '../../model/questions/weights.js';
import { schemeFor } from '../../rules/remedies.js';
import { touches } from '../../text/span.js';
import type { Reached } from '../reached.js';
import { majorityOf, modeOfInputs } from './advice.js';
import type { Assist } from './assist.js';

export function rewriteAssists(
  { path, source, program }: Analysis,
  offset: number,
  project: Project,
): readonly Assist[] {
  const around = program.calls.filter(({ site }) => site.path === path && touches(site, offset));
  const call = around.sort((a, b) => a.site.end - a.site.start - (b.site.end - b.site.start))[0];
  if (call === undefined || rankOf(call) === 1) return [];
  const reached = program.models.flatMap(model =>
    model.parameters
      .filter(it => it.writes.some(write => write.site.path === path && write.site.start === call.site.start))
      .map(parameter => ({ model, parameter })),
  );
  const now = source.text.slice(call.site.start, call.site.end);
  return targets(reached).flatMap(target => {
    const edits = editsFor(project, [{ kind: 'reinitialize', call, ...target }]);
    const isNew = edits?.some(it => source.text.slice(it.start, it.end) !== it.text && !now.includes(it.text || '\0'));
    return edits === undefined || !isNew ? [] : [{ title: `Rewrite as ${target.title}`, edits }];
  });
}

function rankOf({ target }: InitializerCall): number | undefined {
  if (target.kind === 'parameter') return target.parameter.shape?.length;
  return target.kind === 'tensor' ? target.shape?.length : undefined;
}

interface Target {
  readonly title: string;
  readonly spec: InitSpec;
  readonly nonlinearity?: Nonlinearity;
}

function targets(reached: readonly Reached[]): readonly Target[] {
  const uses = reached.flatMap(it => weightUses(it.model, it.parameter));
  const found = majorityOf(uses);
  const nonlinearity = found ?? { name: 'relu' };
  const { name, worded } = schemeFor(nonlinearity);
  const rectifier: Nonlinearity = name === 'kaiming' && nonlinearity.name !== 'selu' ? worded : { name: 'relu' };
  const kaimingGain = schemeFor(rectifier).gain;
  const xavierGain = name === 'xavier' ? schemeFor(nonlinearity).gain : 1;
  const fit = (isFit: boolean) => (found !== undefined && isFit ? `, which fits \`${found.name}\`` : '');
  const scaling = (
    gain: number,
    mode: 'fan_in' | 'fan_out' | 'fan_avg',
    distribution: 'normal' | 'uniform',
  ): InitSpec => ({
    kind: 'variance_scaling',
    gain,
    mode,
    distribution,
    name: mode === 'fan_avg' ? 'xavier' : 'kaiming',
  });
  const both = (['uniform', 'normal'] as const).flatMap((distribution): Target[] => [
    {
      title: `Kaiming ${distribution}${fit(name === 'kaiming' && nonlinearity.name !== 'selu')}`,
      spec: scaling(kaimingGain, modeOfInputs(reached), distribution),
      nonlinearity: rectifier,
    },
    {
      title: `Xavier ${distribution}${fit(name === 'xavier')}`,
      spec: scaling(xavierGain, 'fan_avg', distribution),
      ...(name === 'xavier' && { nonlinearity: worded }),
    },
  ]);
  return [
    ...both,
    {
      title: `LeCun normal${fit(nonlinearity.name === 'selu')}`,
      spec: scaling(1, modeOfInputs(reached), 'normal'),
      nonlinearity: { name: 'linear' },
    },
    ...orthogonal(nonlinearity),
    ...truncated(reached, nonlinearity),
    ...ownGain(found),
  ];
}

function orthogonal(nonlinearity: Nonlinearity): readonly Target[] {
  const gain = askedGain(nonlinearity) ?? 1;
  return [{ title: `orthogonal with gain ${number(gain)}`, spec: { kind: 'orthogonal', gain }, nonlinearity }];
}

/** The std that the fan and the nonlinearity ask for, cut at two of it. */
function truncated([first]: readonly Reached[], nonlinearity: Nonlinearity): readonly Target[] {
  const fan = first && fanInOf(first.parameter);
  const gain = askedGain(nonlinearity);
  if (fan === undefined || gain === undefined) return [];
  const std = Number((gain / Math.sqrt(fan)).toPrecision(3));
  const bound = Number((2 * std).toPrecision(3));
  const spec: InitSpec = { kind: 'truncated_normal', mean: 0, std, low: -bound, high: bound };
  return [{ title: `truncated normal with std ${number(std)}`, spec }];
}

/** The gain that keeps the signal at its size, where torch has no name for the nonlinearity. */
function ownGain(nonlinearity: Nonlinearity | undefined): readonly Target[] {
  const gain = nonlinearity && askedGain(nonlinearity);
  if (nonlinearity === undefined || gain === undefined || gain === 1) return [];
  const spec: InitSpec = { kind: 'variance_scaling', gain, mode: 'fan_in', distribution: 'normal' };
  return [{ title: `normal with the gain of \`${nonlinearity.name}\`, ${number(gain)}`, spec, nonlinearity }];
}
