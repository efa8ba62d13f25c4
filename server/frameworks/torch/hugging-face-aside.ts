/** What Hugging Face's library does beside a network: it chooses kernels, masks, shards, records, writes, lists what is to be imported. */
import type { Func } from '../../interpreter/values.js';

/** By module: functions that make no layer and draw no weight, and whose answers tell nothing of a network. */
const functions: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    'transformers.modeling_utils': [
      '_autoset_attn_implementation _check_and_adjust_attn_implementation _check_and_adjust_experts_implementation',
      'get_correct_attn_implementation get_correct_experts_implementation _check_attn_implementation',
      '_check_and_enable_flash_attn_2 _check_and_enable_sdpa _check_and_enable_flex_attn _flash_attn_import_error',
      '_flash_attn_2_can_dispatch _flash_attn_3_can_dispatch _flash_attn_can_dispatch _sdpa_can_dispatch',
      '_flex_attn_can_dispatch _grouped_mm_can_dispatch _backward_compatibility_gradient_checkpointing',
      'gradient_checkpointing_enable gradient_checkpointing_disable _set_gradient_checkpointing',
      'enable_input_require_grads',
    ],
    'transformers.modeling_flash_attention_utils': ['lazy_import_flash_attention lazy_import_paged_flash_attention'],
    'transformers.masking_utils': [
      'create_causal_mask create_bidirectional_mask create_sliding_window_causal_mask create_chunked_causal_mask',
      'create_bidirectional_sliding_window_mask create_recurrent_attention_mask create_masks_for_generate',
    ],
    'transformers.configuration_utils': ['__repr__ to_json_string to_diff_dict'],
    'transformers.models.auto.configuration_auto': ['_list_model_options'],
    'transformers.distributed.mixin': ['init_parallel_plans'],
    'transformers.utils.output_capturing': ['maybe_install_capturing_hooks'],
    'transformers.utils.import_utils': ['define_import_structure create_import_structure_from_path'],
  }).map(([module, names]) => [module, new Set(names.flatMap(it => it.split(' ')))]),
);

/** Whether the function is of no concern for what a network is made of, nor for what it starts from. */
export const isAside = ({ module, name }: Func): boolean => functions.get(module.name)?.has(name) ?? false;
