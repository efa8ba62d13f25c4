/** What Hugging Face's library does beside a network: it chooses kernels, masks, shards, records, writes, lists what is to be imported. */
import type { Machine } from '../../interpreter/machine.js';
import { type Arguments, type Func, Iterator, Tuple, type Value } from '../../interpreter/values.js';
import { ofModelOutput } from './hugging-face-outputs.js';
import { ModuleInstance } from './nn/instance.js';
import { namedModules } from './nn/walk.js';

/** By module: functions that make no layer and draw no weight, and whose answers tell nothing of a network. */
const aside: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    'transformers.modeling_utils': [
      '_autoset_attn_implementation _check_and_adjust_attn_implementation _check_and_adjust_experts_implementation',
      'get_correct_attn_implementation get_correct_experts_implementation _check_attn_implementation',
      '_check_and_enable_flash_attn_2 _check_and_enable_sdpa _check_and_enable_flex_attn _flash_attn_import_error',
      '_flash_attn_2_can_dispatch _flash_attn_3_can_dispatch _flash_attn_can_dispatch _sdpa_can_dispatch',
      '_flex_attn_can_dispatch _grouped_mm_can_dispatch _backward_compatibility_gradient_checkpointing',
      'gradient_checkpointing_enable gradient_checkpointing_disable _set_gradient_checkpointing',
      'enable_input_require_grads _adjust_bias can_generate',
    ],
    'transformers.modeling_flash_attention_utils': ['lazy_import_flash_attention lazy_import_paged_flash_attention'],
    'transformers.masking_utils': [
      'create_causal_mask create_bidirectional_mask create_sliding_window_causal_mask create_chunked_causal_mask',
      'create_bidirectional_sliding_window_mask create_recurrent_attention_mask create_masks_for_generate',
    ],
    'transformers.integrations.deepspeed': ['initialize_weights_zero3'],
    'transformers.dynamic_module_utils': ['get_class_from_dynamic_module get_cached_module_file'],
    'transformers.cache_utils': ['get_layer_types_and_kwargs get_seq_length prefetch offload'],
    'transformers.configuration_utils': ['__repr__ to_json_string to_diff_dict'],
    'transformers.models.auto.configuration_auto': ['_list_model_options'],
    'transformers.distributed.mixin': ['init_parallel_plans'],
    'transformers.utils.output_capturing': ['maybe_install_capturing_hooks'],
    'transformers.utils.import_utils': ['define_import_structure create_import_structure_from_path'],
  }).map(([module, names]) => [module, new Set(names.flatMap(it => it.split(' ')))]),
);

type Answer = (args: Arguments) => Value | undefined;

/** A decorator of forward that fills in defaults and collects what passes through: the function itself. */
const itself: Answer = ({ positional: [func] }) => func;
const none: Answer = () => null;
const no: Answer = () => false;
/** What the constructor of a part has started, that of the whole passes over, module by module. */
const alreadyStarted: Answer = ({ positional: [module] }) => {
  if (!(module instanceof ModuleInstance)) return undefined;
  for (const [, it] of namedModules(module)) if (it.own('_is_hf_initialized') !== true) return undefined;
  return module;
};
/** A context that does nothing, as its generator: no tensor says that it is initialized already. */
const nothingAround: Answer = () => new Iterator([null].values());
/** Nothing was kept before, so that keys and values come back as they are. */
const keysAndValues: Answer = ({ positional: [, keys, values] }) =>
  keys === undefined || values === undefined ? undefined : new Tuple([keys, values]);

/** Those whose answers are known, for networks that are trained in one process, without kept keys. */
const known: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
  'transformers.utils.generic': {
    can_return_tuple: itself,
    merge_with_config_defaults: itself,
    check_model_inputs: itself,
    _register_model_output_pytree_node: none,
  },
  'transformers.modeling_utils': { smart_apply: alreadyStarted },
  'transformers.initialization': { guard_torch_init_functions: nothingAround },
  'transformers.utils.output_capturing': { capture_outputs: itself, wrapped_fn: itself },
  'transformers.modeling_rope_utils': { dynamic_rope_update: itself },
  'transformers.cache_utils': { update: keysAndValues },
  'transformers.integrations.deepspeed': { is_deepspeed_zero3_enabled: no },
  'transformers.distributed.fsdp': { is_fsdp_managed_module: no, is_fsdp_enabled: no },
  'transformers.utils.import_utils': { is_torchdynamo_compiling: no },
};

/** What is answered in place of a function that is of no concern for what a network is made of and starts from. */
export function standIn(machine: Machine, func: Func, args: Arguments): Value | undefined {
  const { module, name, owner } = func;
  if (!module.name.startsWith('transformers.')) return undefined;
  if (aside.get(module.name)?.has(name)) return machine.unknown(`\`${name}\` is not followed`);
  if (owner?.name === 'ModelOutput') return ofModelOutput(machine, name, args.positional);
  const answers = known[module.name];
  return answers !== undefined && Object.hasOwn(answers, name) ? answers[name]!(args) : undefined;
}
