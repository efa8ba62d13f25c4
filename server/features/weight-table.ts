/** All parameters of a network as rows, and one of them looked at closely: for the weights panel. */
import { type InitSpec, resolved } from '../../core/initializer.js';
import { Mt19937 } from '../../core/random/index.js';
import { isKnown } from '../../core/size.js';
import { type Spectrum, spectrumOf } from '../../core/spectrum.js';
import { summarizeValues } from '../../core/statistics.js';
import type { Finding } from '../analyze.js';
import type { Model, Parameter } from '../model/model.js';
import { isWithin, type Site } from '../text/span.js';
import { type DrawnOnce, drawOnce } from './hover/draw.js';
import type { HoverOptions } from './hover/options.js';
import { shapeText } from './hover/parameter.js';
import { startNumbersOf } from './numbers.js';
import { describeStart } from './start-text.js';

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
      values: spec === undefined ? '' : describeStart(spec, write),
      ...(std !== undefined && { std }),
      ...(gain !== undefined && { gain }),
      findings: rulesOn(parameter, findings),
      ...(write && { site: write.site }),
    };
  });
}

function rulesOn({ writes }: Parameter, findings: readonly Finding[]): readonly string[] {
  const on = findings.filter(({ path, span }) => writes.some(({ site }) => site.path === path && isWithin(span, site)));
  return [...new Set(on.map(it => it.rule))];
}

export interface WeightDetails {
  readonly name: string;
  readonly drawn?: DrawnOnce;
  readonly spectrum?: Spectrum;
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
  const spectrum = await spectrumFor(parameter, options);
  return { name, isOfBlock: false, ...(drawn && { drawn }), ...spectrum };
}

/** A larger matrix is seen by a block of the same proportions, so that a person waits a tenth of a second. */
const LONGEST_SIDE = 192;
const MOST_MULTIPLICATIONS = 2 ** 26;

async function spectrumFor(parameter: Parameter, { seed, build, backend }: HoverOptions) {
  const { write } = startNumbersOf(parameter);
  const { shape } = parameter;
  if (write === undefined || shape === undefined || shape.length < 2 || !shape.every(isKnown)) return {};
  const [rows = 0, ...rest] = shape;
  const columns = rest.reduce((product, size) => product * size, 1);
  if (rows * columns === 0) return {};
  const spec = resolved(write.spec, write.fans);
  const shrink = shrinkOf(rows, columns);
  const block = [Math.max(1, Math.round(rows / shrink)), Math.max(1, Math.round(columns / shrink))] as const;
  const values = await backend.draw({
    spec,
    shape: shrink > 1 ? block : shape,
    dtype: 'float32',
    generator: new Mt19937(seed),
    build,
    ...(write.fans && { fans: write.fans }),
  });
  if (values === undefined) return {};
  const growth = growthOf(spec, shrink);
  const whole = growth === 1 ? values : values.map(it => it * growth);
  return { spectrum: spectrumOf(whole, block, summarizeValues(whole).std), isOfBlock: shrink > 1 };
}

function shrinkOf(rows: number, columns: number): number {
  const side = Math.min(rows, columns);
  const multiplications = side * rows * columns;
  return Math.max(1, side / LONGEST_SIDE, Math.cbrt(multiplications / MOST_MULTIPLICATIONS));
}

/** What takes a block's singular values to those of the whole: of independent values they grow with the root of the sides. */
function growthOf({ kind }: InitSpec, shrink: number): number {
  if (kind === 'orthogonal' || kind === 'identity' || kind === 'dirac') return 1;
  return kind === 'constant' ? shrink : Math.sqrt(shrink);
}
