/** Finds fan-based initializers on stacks of matrices, whose trailing axes are taken for a kernel. */
import { fansOf } from '../../core/initializer.js';
import { equalSizes, format } from '../../core/size.js';
import type { Graph, Operation } from '../model/graph.js';
import type { Program } from '../model/model.js';
import type { InitializerCall, Parameter } from '../model/parameters.js';
import { isScaledAway } from '../model/questions/normalizing.js';
import { summedByHand } from '../model/questions/products.js';
import { usesOf } from '../model/questions/uses.js';
import { weightUses } from '../model/questions/weights.js';
import { madeAt } from './related.js';
import type { Fix, Report, Rule, Severity } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { agree, andOthers, nameOf, number } from './wording.js';

export const stackedFan: Rule = {
  id: 'stacked-fan',
  summary:
    'Finds a fan-based initializer on stacked matrices (experts, heads), of which it takes the trailing axes for a kernel',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    const stacked = program.calls.filter(it => isOnStack(program, it));
    for (const calls of groupedBy(stacked, it => keyOf(it.callee))) yield report(program, calls);
  },
};

/** Three axes or more, in the hands of no convolution: forward multiplies with one matrix of the stack at a time. */
function isOnStack(program: Program, { initializer, target, fans }: InitializerCall): boolean {
  if (!/^(xavier|kaiming)_/.test(initializer) || target.kind !== 'parameter') return false;
  const { parameter } = target;
  if (parameter.module.layer !== undefined) return false;
  const stack = stackOf(parameter, fans);
  if (stack === undefined || isSummedFirst(parameter, stack)) return false;
  return isStack(parameter, stack) && isMultiplied(program, parameter, stack);
}

/** Forward sums over the first axis alone: what lies behind are outputs of one matrix. */
const isSummedFirst = ({ fans }: Parameter, [first, ...others]: Shape): boolean =>
  fans !== undefined &&
  first !== undefined &&
  equalSizes(fans.fanIn, first) &&
  !others.some(it => equalSizes(it, first));

type Shape = NonNullable<Parameter['shape']>;

/** What the initializer was given: all of it, or one stack of several; a loop over the slices gives it one matrix at a time. */
function stackOf({ shape }: Parameter, taken: InitializerCall['fans']): Shape | undefined {
  if (shape === undefined || taken === undefined) return undefined;
  return [shape, shape.slice(1)].find(it => {
    const whole = it.length > 2 ? fansOf(it) : undefined;
    return whole !== undefined && equalSizes(whole.fanIn, taken.fanIn) && equalSizes(whole.fanOut, taken.fanOut);
  });
}

/**
 * Where one of the last two axes is one, or all that come before, the stack is one of vectors, or one matrix; how many experts
 * there are is a setting, and one is only what it starts from.
 */
function isStack(parameter: Parameter, stack: Shape): boolean {
  const isOne = (it: Shape[number]) => it === 1;
  if (stack.slice(-2).some(isOne)) return false;
  return isOfExperts(parameter, stack) || !stack.slice(0, -2).every(isOne);
}

function isMultiplied({ models }: Program, parameter: Parameter, stack: Shape): boolean {
  const graph = models.find(it => it.parameters.includes(parameter))?.graph;
  const layers = graph === undefined ? [] : usesOf(graph, parameter).layers;
  if (graph !== undefined && isSummedByHand(graph, parameter, stack)) return true;
  if (isOfExperts(parameter, stack)) return layers.every(it => it.kind === 'matmul');
  const isPlain = (it: Operation) =>
    it.kind === 'matmul' && (isByMatrix(it.name) || (it.name === 'einsum' && isSummedOnce(parameter, stack)));
  return (
    layers.length > 0 &&
    layers.every(it => isPlain(it) && (parameter.shape!.length < 5 || isRight(it, parameter, stack)))
  );
}

/** Element by element with data, and then over one of three axes: of the other two one counts the outputs, and one the matrices. */
function isSummedByHand(graph: Graph, parameter: Parameter, stack: Shape): boolean {
  const axes = parameter.shape?.length === 3 && stack === parameter.shape ? summedByHand(graph, parameter) : undefined;
  return axes?.every(it => it === axes[0]) === true;
}

/** Of more axes than four a kernel may well be made: what data is multiplied with as it is, from the left, is none. */
function isRight({ operands, parameters }: Operation, parameter: Parameter, stack: Shape): boolean {
  const isLast = operands === undefined || operands.at(-1)?.kind === 'parameter';
  return isLast && parameters.includes(parameter) && stack === parameter.shape;
}

/** An `einsum` may sum over any axes, as those of a kernel are; of a matrix it is one, and another tells which matrix. */
function isSummedOnce({ fans, shape }: Parameter, [first, ...matrix]: Shape): boolean {
  if (fans === undefined || shape?.length !== 3 || matrix.length !== 2) return false;
  return !equalSizes(first!, fans.fanIn) && matrix.some(it => equalSizes(it, fans.fanIn));
}

const isByMatrix = (name: string) => /^(matmul|bmm|baddbmm|mm|linear|_grouped_mm|__matmul__)$/.test(name);

/** Where the product itself is out of sight, the names of a mixture of experts say enough, unless a later axis counts them. */
function isOfExperts({ module, name }: Parameter, [first, ...others]: Shape): boolean {
  const counts = (size: Shape[number]) => EXPERTS.test(format(size));
  return (
    (first !== undefined && counts(first)) || (EXPERTS.test(`${module.className} ${name}`) && !others.some(counts))
  );
}

/** Also `FMoELinear`, but no `smoeed`. */
const EXPERTS = /experts?(?![a-z])|Experts?(?![a-z])|MoE|MOE|(?<![a-z])moe(?![a-z])/;

function report(program: Program, calls: readonly InitializerCall[]): Report {
  const [call] = calls as readonly [InitializerCall, ...InitializerCall[]];
  const parameters = new Set(calls.flatMap(({ target }) => (target.kind === 'parameter' ? [target.parameter] : [])));
  const parameter = [...parameters][0]!;
  const stack = stackOf(parameter, call.fans)!;
  const trailing = stack.slice(2).map(format).join(' × ');
  return {
    site: call.callee,
    severity: severityOf(program, call, parameter, stack),
    message:
      `${nameOf(parameter)}${andOthers(parameters.size - 1)} ${agree(parameters.size - 1, 'is a stack', 'are stacks')} of matrices, and \`${call.initializer}\` takes the axes ` +
      `behind the second (${trailing}) for a kernel: ${costOf(call, parameter, stack)}`,
    fixes: [fixFor(call, parameter)],
    related: madeAt(parameter),
  };
}

/** Of one matrix forward sums over the second axis of the stack, or over the last: then more than the kernel is counted. */
function costOf({ initializer, fans: taken }: InitializerCall, { fans }: Parameter, stack: Shape): string {
  if (initializer.startsWith('xavier')) return 'the weights start too small by the root of those sizes';
  const counted = taken!.fanIn;
  const summed = fans?.fanIn ?? stack[1]!;
  if (typeof counted === 'number' && typeof summed === 'number')
    return `the weights start ${number(Math.sqrt(counted / summed))} times too small`;
  if (equalSizes(summed, stack[1]!)) return 'the weights start too small by the root of those sizes';
  return `${format(counted)} inputs are counted where a matrix sums over ${format(summed)}, and the weights start too small by the root of that ratio`;
}

/**
 * Kaiming wants a fan-in and gets another; Xavier on what may be a single layer's heads is a rule of thumb anyway. A norm behind it
 * takes the scale away again.
 */
function severityOf(
  { models }: Program,
  { initializer }: InitializerCall,
  parameter: Parameter,
  stack: Shape,
): Severity {
  const model = models.find(it => it.parameters.includes(parameter));
  const uses = model === undefined ? [] : weightUses(model, parameter);
  if (uses.length > 0 && uses.every(({ graph, layer }) => isScaledAway(graph, layer))) return 'information';
  return initializer.startsWith('kaiming') || isOfExperts(parameter, stack) ? 'warning' : 'information';
}

/** Slices that are multiplied from the right are laid out (in, out). */
function fixFor(call: InitializerCall, { fans, shape }: Parameter): Fix {
  const isTransposed =
    fans !== undefined && equalSizes(fans.fanIn, shape!.at(-2)!) && !equalSizes(fans.fanIn, shape!.at(-1)!);
  const attribute = isTransposed && call.initializer.startsWith('kaiming') ? { attribute: 'T' } : {};
  return {
    title: 'Initialize each matrix of the stack by itself',
    intents: [{ kind: 'for-each', call, ...attribute }],
    safe: false,
  };
}
