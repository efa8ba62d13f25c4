/** What Hugging Face's base class does with the networks that derive from it: it initializes them after loading. */
import type { Machine } from '../../interpreter/machine.js';
import type { ClassValue, Func } from '../../interpreter/values.js';
import type { AfterLoading } from '../../model/parameters.js';

/** The method that the base class calls for every module, also for those that a checkpoint has filled. */
export const HOOK = '_init_weights';

export function isPretrainedClass(cls: ClassValue): boolean {
  return cls.mro.some(it => it.name === 'PreTrainedModel' || hasUnseenBase(it));
}

/** The library is not installed: its name, and that of the class, are all there is, or what code puts in its place. */
function hasUnseenBase({ unknownBase, definition }: ClassValue): boolean {
  if (unknownBase === undefined || definition === undefined) return false;
  const { reason } = unknownBase;
  const isPutInItsPlace = reason.startsWith('None ') && FROM_TRANSFORMERS.test(definition.module.text);
  return (isPutInItsPlace || /`transformers[.`]/.test(reason)) && namesPretrained(definition);
}

const FROM_TRANSFORMERS = /^[ \t]+from transformers(\.\w+)* import /m;

/** Whether the bases that it is written with are named as one of theirs. */
export function namesPretrained({ node, module }: NonNullable<ClassValue['definition']>): boolean {
  return /PreTrainedModel\b/.test(module.text.slice(node.name.end, node.body[0]?.start ?? node.end));
}

/** Set while the hook of such a class runs, unless it asks itself whether a parameter is initialized already. */
export function afterLoading(machine: Machine): AfterLoading | undefined {
  for (let frame = machine.frame; frame !== undefined; frame = frame.parent) {
    const { func } = frame;
    if (func?.name !== HOOK || func.owner === undefined || !isPretrainedClass(func.owner)) continue;
    return asksItself(func) ? undefined : { library: 'transformers', ...versionOf(machine) };
  }
  return undefined;
}

const asksItself = ({ definition, module }: Func): boolean =>
  /_is_hf_initialized|_no_reinit/.test(module.text.slice(definition.start, definition.end));

function versionOf(machine: Machine): Pick<AfterLoading, 'version'> {
  const own = machine.modules.get('transformers')?.value.attributes.get('__version__');
  const version = machine.settings.get('transformers-version') ?? own;
  return typeof version === 'string' ? { version } : {};
}
