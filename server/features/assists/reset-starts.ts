/** How the parameters that a class makes itself start, where one method can start them all whatever the class is given. */
import type { ParameterStart } from '../../model/intent.js';
import type { Model } from '../../model/model.js';
import type { Parameter } from '../../model/parameters.js';
import type { ClassDefinition, FunctionDefinition } from '../../syntax/tree.js';
import { walk } from '../../syntax/walk.js';
import { isWithin } from '../../text/span.js';
import { adviceFor } from './advice.js';

/** Undefined where one of them cannot be told, or there is none. */
export function resetStarts(model: Model, owner: ClassDefinition): readonly ParameterStart[] | undefined {
  const { path } = model.site;
  const own = model.root.parameters.filter(it => isMadeIn(it, path, owner));
  const isPlain = (it: Parameter) => isMadeAlways(it, owner) && !isComputed(it, owner);
  const toStart = own.filter(it => isPlain(it) || !isConstant(it));
  const starts = toStart.flatMap(it => (isPlain(it) ? (startOf(it, model) ?? []) : []));
  return starts.length === 0 || starts.length < toStart.length ? undefined : starts;
}

/** What a base class makes is not this one's to reset. */
function isMadeIn({ site, name }: Parameter, path: string, owner: ClassDefinition): boolean {
  return site?.path === path && isWithin(site, owner) && !name.includes('.');
}

/** By a statement that the constructor comes by in any case, from values that are made there. */
function isMadeAlways({ site, certain, writes }: Parameter, { body }: ClassDefinition): boolean {
  const initializer = body.find(
    (it): it is FunctionDefinition => it.kind === 'FunctionDefinition' && it.name.name === '__init__',
  );
  const around = initializer?.body.find(it => site !== undefined && isWithin(site, it));
  const isPlain = around?.kind === 'Assign' ? around.value.kind === 'Call' : around?.kind === 'Expression';
  const isMadeThere = writes.every(it => it.site.path === site?.path && isWithin(it.site, around ?? site));
  return certain && isPlain && isMadeThere;
}

/** Whether something is done with what is drawn: `torch.randn(n) * 0.01` is somebody's choice. */
function isComputed({ writes }: Parameter, owner: ClassDefinition): boolean {
  const factory = writes.at(-1)?.call;
  if (factory === undefined) return false;
  let isGiven = false;
  walk(owner, node => {
    if (node.kind === 'Call')
      isGiven ||= node.args.some(it => it.start === factory.site.start && it.end === factory.site.end);
    return !isGiven;
  });
  return !isGiven;
}

/** Under a condition or an operation, a constant may stay where it is. */
const isConstant = ({ writes }: Parameter) => writes.length === 1 && writes[0]!.spec.kind === 'constant';

/** A constant stays what it is; what an initializer has written is somebody's choice. */
function startOf(parameter: Parameter, model: Model): ParameterStart | undefined {
  const { name, writes } = parameter;
  const last = writes.at(-1);
  const factory = last?.call;
  if (last !== undefined && (factory?.form !== 'factory' || writes.length > 1)) return undefined;
  const given = { name, ...(factory && { factory }) };
  if (last?.spec.kind === 'constant') return { ...given, spec: last.spec };
  const advice = adviceFor([{ model, parameter }], 'uniform') ?? unadvised(parameter);
  return advice && { ...given, ...advice };
}

/** Nothing is known of how it is used: what it is drawn from, or what does little. */
function unadvised({ shape, writes }: Parameter): Pick<ParameterStart, 'spec'> | undefined {
  const drawn = writes.at(-1)?.spec;
  if (drawn !== undefined && drawn.kind !== 'unknown') return { spec: drawn };
  if (shape === undefined) return undefined;
  if (shape.length < 2) return { spec: { kind: 'constant', value: 0 } };
  return { spec: { kind: 'normal', mean: 0, std: 0.02 } };
}
