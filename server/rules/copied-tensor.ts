/** Finds initializers that work on a copy of a weight, which nothing reads. */
import type { InitializerCall, Parameter } from '../model/parameters.js';
import { madeAt } from './related.js';
import type { Report, Rule } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { andOthers, nameOf } from './wording.js';

export const copiedTensor: Rule = {
  id: 'copied-tensor',
  summary: 'Finds an initializer on a copy of the weight (`clone`, `float`), which changes nothing',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',

  *check({ calls }) {
    const lost = calls.flatMap(call => lostOf(call) ?? []);
    for (const group of groupedBy(lost, it => keyOf(it.call.callee))) yield report(group);
  },
};

interface Lost {
  readonly call: InitializerCall;
  readonly parameter: Parameter;
  readonly how: string;
}

/** A method that draws into a copy makes noise on purpose: only what torch calls an initializer is meant for the weight. */
function lostOf(call: InitializerCall): Lost | undefined {
  const { target } = call;
  if (call.uncalled || call.form !== 'function' || target.kind !== 'tensor' || target.lostCopyOf === undefined)
    return undefined;
  return { call, ...target.lostCopyOf };
}

function report(group: readonly Lost[]): Report {
  const { call, parameter, how } = group[0]!;
  return {
    site: call.callee,
    message: `\`${call.initializer}\` works on a copy of ${nameOf(parameter)}${andOthers(group.length - 1)} that \`${how}\` made: the weight itself keeps its start`,
    ...(call.tensor && {
      fixes: [
        {
          title: `Initialize the weight itself, without \`${how}\``,
          intents: [{ kind: 'receiver', site: call.tensor }],
          safe: true,
        },
      ],
    }),
    related: madeAt(parameter),
  };
}
