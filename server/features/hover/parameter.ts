/** What a hover says of one parameter, as Markdown. */
import { number } from '../../../core/describe-spec.js';
import { format, type Size } from '../../../core/size.js';
import type { Analysis } from '../../analyze.js';
import { askedGain } from '../../model/questions/gains.js';
import { nonlinearityAfter, weightUses } from '../../model/questions/weights.js';
import { thousands } from '../../text/counts.js';
import { type StartNumbers, startNumbersOf } from '../numbers.js';
import type { Reached } from '../reached.js';
import { describeStart } from '../start-text.js';
import { type DrawnOnce, drawOnce } from './draw.js';
import type { HoverOptions } from './options.js';
import { provenance } from './provenance.js';
import { varianceText } from './variance.js';
import { verdictOn } from './verdict.js';

type Row = readonly [label: string, text: string];

/** Within a paragraph, which costs less room than a paragraph. */
const lineBreak = '  \n';

/** Verdict, picture, numbers; `also` tells what else the place reaches. */
export async function parameterText(
  reached: Reached,
  also: string | undefined,
  analysis: Analysis,
  options: HoverOptions,
): Promise<string> {
  const { parameter } = reached;
  const numbers = startNumbersOf(parameter);
  const { write } = numbers;
  const drawn = write && (await drawOnce(write, parameter.shape, options));
  const verdict = verdictOn(reached, analysis);
  const rows = [
    ...sizeRows(reached, numbers),
    ...valueRows(reached, numbers),
    ...(drawn && drawn.summary.std > 0 ? [drawnRow(drawn)] : []),
    ...initializerRows(numbers, analysis),
    ...(also === undefined ? [] : [['also', also] as const]),
  ];
  const title = `**${parameter.name}** \`${shapeText(parameter.shape)}\`${verdict === undefined ? '' : `: ${verdict}`}`;
  const picture = drawn?.picture && options.hasPictures ? [pictureText(drawn)] : [];
  return [[title, ...picture].join(lineBreak), table(rows)].join('\n\n');
}

export function shapeText(shape: readonly Size[] | undefined): string {
  return shape === undefined ? '[?]' : `[${shape.map(format).join(', ')}]`;
}

function initializerRows({ write, later }: StartNumbers, analysis: Analysis): readonly Row[] {
  if (write === undefined) return [['initializer', 'none: raw memory']];
  const parts = later.map(it => `\`${it.initializer}\` ${it.region === 'part' ? 'on a part' : 'on one branch'}`);
  const last = [`\`${write.initializer}\``, ...parts].join(', then ');
  return [['written', `${last} ${provenance(write, analysis)}`]];
}

/** The gain beside the one that is asked for, and what it is taken over. */
function sizeRows({ model, parameter }: Reached, { fans, gain }: StartNumbers): readonly Row[] {
  const sizes = fans === undefined ? [] : [`fan_in ${format(fans.fanIn)}, fan_out ${format(fans.fanOut)}`];
  if (gain === undefined) return sizes.map(it => ['fans', it]);
  const [use] = weightUses(model, parameter);
  const nonlinearity = use && nonlinearityAfter(use);
  const asked = nonlinearity && askedGain(nonlinearity);
  const ideal = asked === undefined ? '' : ` (ideal ${number(asked)})`;
  return [['gain', [`${number(gain)}${ideal}`, ...sizes].join(', ')]];
}

/** What `N(0, 0.177²)` and `U(−0.1, 0.1)` say themselves is not said again. */
function valueRows({ parameter }: Reached, { write, spec, std, bound }: StartNumbers): readonly Row[] {
  if (write === undefined || spec === undefined) return [];
  const text = describeStart(spec, write);
  const isSpread = std !== undefined && std !== 0 && !text.startsWith('N(');
  const isBounded = bound !== undefined && Number.isFinite(bound) && spec.kind !== 'constant' && !text.startsWith('U(');
  const variance = varianceText(write, parameter);
  const numbers = [
    text,
    ...(isSpread ? [`std ${number(std)}`] : []),
    ...(isBounded ? [`bound ${number(bound)}`] : []),
    ...(variance === undefined ? [] : [`variance ${variance}`]),
  ];
  return [['values', numbers.join(', ')]];
}

/** Milliseconds that a person may have noticed. */
const FELT = 25;

/** A mean that is next to nothing is not worth its place, nor is how long it took unless it was felt. */
function drawnRow(drawn: DrawnOnce): Row {
  const { mean, std, min, max, device } = drawn.summary;
  const isCentred = Math.abs(mean) < 0.1 * std;
  const numbers = `${isCentred ? '' : `mean ${number(mean)}, `}std ${number(std)}, ${number(min)} to ${number(max)}`;
  const time = drawn.milliseconds < FELT ? '' : ` ${drawn.milliseconds} ms`;
  return ['drawn', `${numbers}; seed ${seedText(drawn, `${device.replace(/^(CPU).*/, '$1')}${time}`)}`];
}

export function drawnText(drawn: DrawnOnce): string {
  const { mean, std, min, max, device } = drawn.summary;
  const numbers = `mean ${number(mean)}, std ${number(std)}, min ${number(min)}, max ${number(max)}`;
  const time = drawn.milliseconds < 1 ? 'under 1 ms' : `${drawn.milliseconds} ms`;
  return `${numbers}; seed ${seedText(drawn, `${time} on ${device}`)}`;
}

function seedText({ summary, seed, count }: DrawnOnce, place: string): string {
  const kind = summary.device.startsWith('GPU') ? ': of the same distribution, not the values of torch' : '';
  return `${seed}${sampleText(summary, count)}, ${place}${kind}`;
}

function sampleText({ sampled, count: looked }: DrawnOnce['summary'], count: number): string {
  if (sampled === undefined) return '';
  const values = `${thousands(looked)} values`;
  return sampled === 'size'
    ? ` (first ${values} of ${thousands(count)})`
    : ` (${values} of a normal with the same std stand in for the QR)`;
}

function pictureText({ picture }: DrawnOnce): string {
  return picture === undefined ? '' : `![histogram](${picture.uri}|width=${picture.width},height=${picture.height})`;
}

/** Without a head of its own, which would be empty and take a line: the first row, what matters most, stands in for it. */
function table(rows: readonly Row[]): string {
  const [first, ...others] = rows.map(([label, text]) => `| ${label} | ${text.replaceAll('|', '\\|')} |`);
  return [first, '|:--|:--|', ...others].join('\n');
}
