/** What an analysis concluded about the parameters of a place, one line each: what `reveal:` is compared with. */
import { number } from '../../core/describe-spec.js';
import { describeSpec, type Fans, fanOf, gainOf, stdOf } from '../../core/initializer.js';
import { format } from '../../core/size.js';
import type { Analysis } from '../../server/analyze.js';
import type { Model } from '../../server/model/model.js';
import type { Parameter } from '../../server/model/parameters.js';
import { finalWrites } from '../../server/model/questions/final-writes.js';
import { trueFans } from '../../server/model/questions/gains.js';
import { nonlinearityAfter, weightUses } from '../../server/model/questions/weights.js';
import type { Site } from '../../server/text/span.js';

export interface Revealed {
  readonly site: Site;
  readonly text: string;
}

/** Parameters at the calls that write them and at the layers that own them; networks at their class. */
export function* revealed({ program }: Analysis): Iterable<Revealed> {
  for (const model of program.models) {
    yield { site: model.site, text: summaryOf(model) };
    for (const { site, message } of model.unknowns) if (site !== undefined) yield { site, text: `unknown: ${message}` };
    for (const parameter of model.parameters) yield* placesOf(model, parameter);
  }
  for (const { site, exception, message } of program.faults) yield { site, text: `${exception}: ${message}` };
}

function* placesOf(model: Model, parameter: Parameter): Iterable<Revealed> {
  const text = describe(model, parameter);
  const { site } = parameter.module;
  if (site !== undefined) yield { site, text };
  for (const { callee, origin } of finalWrites(parameter)) if (origin === 'written') yield { site: callee, text };
}

function summaryOf({ className, parameters, graph }: Model): string {
  const list = parameters.map(it => `${it.name} (${shapeOf(it)})`).join(', ');
  const chain = graph?.operations.map(it => it.name).join(' → ') ?? 'no forward';
  return `${className}: ${list}; ${chain}`;
}

/** `fc1.weight (256, 784) kaiming_uniform_: U(−0.0875, 0.0875) fan_in=784 fan_out=256 gain=1.41 std=0.0505 → relu` */
function describe(model: Model, parameter: Parameter): string {
  const write = finalWrites(parameter).at(-1);
  const fans = trueFans(parameter);
  const spec =
    write === undefined ? 'raw memory' : `${write.initializer}: ${describeSpec(write.spec, write.fans ?? fans)}`;
  const follower = weightUses(model, parameter).map(it => nonlinearityAfter(it)?.name ?? 'something else');
  const next = follower.length === 0 ? '' : ` → ${[...new Set(follower)].join(', ')}`;
  return `${parameter.name} (${shapeOf(parameter)}) ${spec}${numbersOf(parameter, fans)}${next}`;
}

function numbersOf(parameter: Parameter, fans: Fans | undefined): string {
  const write = finalWrites(parameter).at(-1);
  if (write === undefined || fans === undefined) return '';
  const { fanIn, fanOut } = fans;
  const gain = gainOf(write.spec, fans, parameter.shape);
  const std = stdOf(write.spec, write.fans ?? fans, parameter.shape);
  const known = fanOf('fan_in', fans) === undefined ? '' : ` gain=${number(gain)} std=${number(std)}`;
  return ` fan_in=${format(fanIn)} fan_out=${format(fanOut)}${known}`;
}

function shapeOf({ shape }: Parameter): string {
  return shape?.map(format).join(', ') ?? '?';
}
