/** Finds `_init_weights` methods that write in place, past the marks of weights that are loaded already. */
import type { InitializerCall } from '../model/parameters.js';
import type { Fix, Report, Rule, Severity } from './rule.js';
import { groupedBy, keyOf } from './statements.js';

export const unguardedInitWeights: Rule = {
  id: 'unguarded-init-weights',
  summary: 'Finds a Hugging Face `_init_weights` that writes over weights which are loaded already',
  severity: 'warning',
  fix: 'safe',
  since: '0.2.0',

  *check({ calls }) {
    for (const [first] of groupedBy(calls.filter(isUnguarded), it => keyOf(it.callee))) yield report(first!);
  },
};

/** The functions of the library's own module and, since it wraps them, of `torch.nn.init` ask first; methods do not. */
function isUnguarded(call: InitializerCall): boolean {
  if (call.afterLoading === undefined || call.form !== 'method' || tensorOf(call) === undefined) return false;
  return severityOf(call) !== undefined;
}

/** From version 5 on the method is called after loading; where the version is not known, it may be one day. */
function severityOf({ afterLoading }: InitializerCall): Severity | undefined {
  const major = Number.parseInt(afterLoading?.version ?? '', 10);
  if (Number.isNaN(major)) return 'information';
  return major >= 5 ? 'warning' : undefined;
}

/** `module.weight` of `module.weight.data.normal_`; a part of a tensor has no mark of its own. */
function tensorOf({ written }: InitializerCall): string | undefined {
  const path = written.replace(/(\.data)?\.\w+$/, '');
  return /^[A-Za-z_]\w*(\.\w+)+$/.test(path) ? path : undefined;
}

function report(call: InitializerCall): Report {
  const { afterLoading, initializer, callee } = call;
  const tensor = tensorOf(call)!;
  const since =
    afterLoading?.version === undefined ? 'from transformers 5 on' : `with transformers ${afterLoading.version}`;
  return {
    site: callee,
    severity: severityOf(call) ?? 'information',
    message:
      `${since}, this runs after the checkpoint is loaded, and \`${initializer}\` does not ask whether \`${tensor}\` ` +
      'is initialized already: loaded weights are drawn over',
    fixes: [fixOf(call, tensor)],
  };
}

function fixOf({ site }: InitializerCall, tensor: string): Fix {
  const condition = `not getattr(${tensor}, '_is_hf_initialized', False)`;
  return {
    title: `Leave \`${tensor}\` alone where it is loaded`,
    intents: [{ kind: 'guard', site, condition }],
    safe: true,
  };
}
