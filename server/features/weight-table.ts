/** All parameters of a network as rows, and one of them looked at closely: for the weights panel. */
import { describeSpec } from '../../core/describe-spec.js';
import { resolved } from '../../core/initializer.js';
import { Mt19937 } from '../../core/random/index.js';
import { isKnown } from '../../core/size.js';
import { singularValues } from '../../core/spectrum.js';
import type { Finding } from '../analyze.js';
import type { Model, Parameter } from '../model/model.js';
import type { Site } from '../text/span.js';
import { type DrawnOnce, drawOnce } from './hover/draw.js';
import type { HoverOptions } from './hover/options.js';
import { shapeText } from './hover/parameter.js';
import { startNumbersOf } from './numbers.js';

export interface WeightTableRow {
  readonly name: string;
  readonly shape: string;
  readonly initializer: string;
  readonly values: string;
  readonly std?: number;
  readonly gain?: number;
  /** Rules that have something to say about it. */
  readonly findings: readonly string[];
  readonly site?: Site;
}

export function weightTable(model: Model, findings: readonly Finding[]): readonly WeightTableRow[] {
  return model.parameters.map(parameter => {
    const { write, spec, std, gain } = startNumbersOf(parameter);
    const isDefault = write?.origin === 'default';
    return {
      name: parameter.name,
      shape: shapeText(parameter.shape),
      initializer: write === undefined ? 'raw memory' : `${write.initializer}${isDefault ? ' (default)' : ''}`,
      values: spec === undefined ? '' : describeSpec(spec, write?.fans),
      ...(std !== undefined && { std }),
      ...(gain !== undefined && { gain }),
      findings: rulesOn(parameter, findings),
      ...(write && { site: write.site }),
    };
  });
}

function rulesOn({ writes }: Parameter, findings: readonly Finding[]): readonly string[] {
  const on = findings.filter(({ path, span }) =>
    writes.some(({ site }) => site.path === path && span.start >= site.start && span.end <= site.end),
  );
  return [...new Set(on.map(it => it.rule))];
}

export interface WeightDetails {
  readonly name: string;
  readonly drawn?: DrawnOnce;
  /** Singular values, largest first. */
  readonly spectrum?: readonly number[];
  /** Set when the spectrum is that of a block with the same proportions. */
  readonly isOfBlock: boolean;
}

export async function weightDetails(
  model: Model,
  name: string,
  options: HoverOptions,
): Promise<WeightDetails | undefined> {
  const parameter = model.parameters.find(it => it.name === name);
  if (parameter === undefined) return undefined;
  const { write } = startNumbersOf(parameter);
  const drawn = write && (await drawOnce(write, parameter.shape, options));
  const spectrum = await spectrumOf(parameter, options);
  return { name, isOfBlock: false, ...(drawn && { drawn }), ...spectrum };
}

/** A larger matrix is seen by a block: of independent values its spectrum has the same shape. */
const LONGEST_SIDE = 96;

async function spectrumOf(parameter: Parameter, { seed, build, backend }: HoverOptions) {
  const { write } = startNumbersOf(parameter);
  const { shape } = parameter;
  if (write === undefined || shape === undefined || shape.length < 2 || !shape.every(isKnown)) return {};
  const [rows = 0, ...rest] = shape;
  const columns = rest.reduce((product, size) => product * size, 1);
  const shrink = Math.max(1, Math.min(rows, columns) / LONGEST_SIDE);
  const [height, width] = [Math.max(1, Math.round(rows / shrink)), Math.max(1, Math.round(columns / shrink))];
  const values = await backend.draw({
    spec: resolved(write.spec, write.fans),
    shape: [height, width],
    dtype: 'float32',
    generator: new Mt19937(seed),
    build,
    ...(write.fans && { fans: write.fans }),
  });
  if (values === undefined || height * width > MOST_VALUES) return {};
  const scale = Math.sqrt(shrink);
  return { spectrum: singularValues(values, height, width).map(it => it * scale), isOfBlock: shrink > 1 };
}

const MOST_VALUES = 2 ** 20;
