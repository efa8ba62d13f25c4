/** What a hover says of one parameter, as Markdown. */
import { describeSpec, number } from '../../../core/describe-spec.js';
import { format, type Size } from '../../../core/size.js';
import type { Analysis } from '../../analyze.js';
import { askedGain } from '../../model/questions/gains.js';
import { nonlinearityAfter, weightUses } from '../../model/questions/weights.js';
import { thousands } from '../../text/thousands.js';
import { type StartNumbers, startNumbersOf } from '../numbers.js';
import { type DrawnOnce, drawOnce } from './draw.js';
import type { HoverOptions } from './options.js';
import { provenance } from './provenance.js';
import type { Reached } from './subject.js';
import { varianceText } from './variance.js';
import { verdictOn } from './verdict.js';

type Row = readonly [label: string, text: string];

/** Verdict, picture, numbers. */
export async function parameterText(reached: Reached, analysis: Analysis, options: HoverOptions): Promise<string> {
  const { parameter } = reached;
  const numbers = startNumbersOf(parameter);
  const { write } = numbers;
  const drawn = write && (await drawOnce(write, parameter.shape, options));
  const verdict = verdictOn(reached, analysis);
  const rows = [
    ...sizeRows(reached, numbers),
    ...valueRows(reached, numbers),
    ...(drawn ? [drawnRow(drawn)] : []),
    ...initializerRows(numbers, analysis),
  ];
  return [
    `**${parameter.name}** \`${shapeText(parameter.shape)}\`${verdict === undefined ? '' : `: ${verdict}`}`,
    ...(drawn?.picture && options.hasPictures ? [pictureText(drawn)] : []),
    table(rows),
  ].join('\n\n');
}

export function shapeText(shape: readonly Size[] | undefined): string {
  return shape === undefined ? '[?]' : `[${shape.map(format).join(', ')}]`;
}

function initializerRows({ write, later }: StartNumbers, analysis: Analysis): readonly Row[] {
  if (write === undefined) return [['initializer', 'none: raw memory']];
  const parts = later.map(it => `\`${it.initializer}\` ${it.region === 'part' ? 'on a part' : 'on one branch'}`);
  const last = [`\`${write.initializer}\``, ...parts].join(', then ');
  return [['written', `${last}: ${provenance(write, analysis)}`]];
}

function sizeRows({ model, parameter }: Reached, { fans, gain }: StartNumbers): readonly Row[] {
  const rows: Row[] = [];
  if (fans !== undefined) rows.push(['fans', `fan_in ${format(fans.fanIn)}, fan_out ${format(fans.fanOut)}`]);
  if (gain !== undefined) rows.push(['gain', [`${number(gain)}`, ...askedText(model, parameter)].join('; ')]);
  return rows;
}

/** What the nonlinearity behind the layer asks for. */
function askedText(model: Reached['model'], parameter: Reached['parameter']): readonly string[] {
  const [use] = weightUses(model, parameter);
  const nonlinearity = use && nonlinearityAfter(use);
  const asked = nonlinearity && askedGain(nonlinearity);
  if (nonlinearity === undefined || asked === undefined) return [];
  return [
    `${nonlinearity.name === 'linear' ? 'the next layer' : `\`${nonlinearity.name}\``} asks for ${number(asked)}`,
  ];
}

function valueRows({ parameter }: Reached, { write, spec, std, bound }: StartNumbers): readonly Row[] {
  if (write === undefined || spec === undefined) return [];
  const numbers = [
    describeSpec(spec, write.fans),
    ...(std === undefined || std === 0 ? [] : [`std ${number(std)}`]),
    ...(bound === undefined || spec.kind === 'constant' ? [] : [boundText(bound)]),
  ];
  const variance = varianceText(write, parameter);
  return [['values', [...numbers, ...(variance === undefined ? [] : [`variance ${variance}`])].join(', ')]];
}

function boundText(bound: number): string {
  return bound === Number.POSITIVE_INFINITY ? 'no bound' : `bound ${number(bound)}`;
}

function drawnRow(drawn: DrawnOnce): Row {
  return ['drawn', drawnText(drawn)];
}

export function drawnText({ summary, seed, count }: DrawnOnce): string {
  const { mean, std, min, max } = summary;
  const numbers = `mean ${number(mean)}, std ${number(std)}, min ${number(min)}, max ${number(max)}`;
  const { device } = summary;
  const kind = device.startsWith('GPU') ? ': of the same distribution, not the values of torch' : '';
  return `${numbers}; seed ${seed}${sampleText(summary, count)} on the ${device}${kind}`;
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

function table(rows: readonly Row[]): string {
  return ['| | |', '|:--|:--|', ...rows.map(([label, text]) => `| ${label} | ${text.replaceAll('|', '\\|')} |`)].join(
    '\n',
  );
}
