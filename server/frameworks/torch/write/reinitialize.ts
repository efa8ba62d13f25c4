/** Replaces an initializer's call by one that starts the same tensor from another specification. */
import type { Intent } from '../../../model/intent.js';
import type { Call } from '../../../syntax/tree.js';
import type { Edit } from '../../framework.js';
import type { File } from './file.js';
import { spell } from './imports.js';
import { type Worded, wordsFor } from './words.js';

export type Reinitialize = Intent & { kind: 'reinitialize' };

export function reinitialize(file: File, intent: Reinitialize): readonly Edit[] | undefined {
  const call = file.callAt(intent.call.site);
  if (call === undefined) return undefined;
  switch (intent.call.form) {
    case 'function':
      return ofFunction(file, intent, call);
    case 'method':
      return ofMethod(file, intent, call);
    case 'factory':
      return ofFactory(file, intent, call);
  }
}

function ofFunction(file: File, intent: Reinitialize, call: Call): readonly Edit[] | undefined {
  const tensor = call.args[0] ?? call.keywords.find(it => it.name?.name === 'tensor');
  const target = tensor && (tensor.kind === 'Keyword' ? tensor.value : tensor);
  if (tensor === undefined || target === undefined) return undefined;
  const words = wordsFor(file, intent, file.textOf(target));
  if (words === undefined) return undefined;
  const { text, edits } = spell(file, words.name, file.textOf(call.callee));
  const callee = { start: call.callee.start, end: call.callee.end, text };
  return [...edits, callee, argumentsBehind(file, call, tensor.end, words)];
}

/** Everything after the tensor, joined as the arguments were: on one line, or one to a line. */
function argumentsBehind(file: File, call: Call, from: number, { args }: Worded): Edit {
  const others = [...call.args, ...call.keywords].filter(it => it.start >= from).sort((a, b) => a.start - b.start);
  const generator = call.keywords.find(it => it.name?.name === 'generator');
  const kept = generator === undefined ? args : [...args, file.textOf(generator)];
  const [first] = others;
  const separator = first === undefined ? ', ' : file.text.slice(from, first.start);
  const isPlain = /^,\s*$/.test(separator);
  const text = kept.map(it => (isPlain ? separator : ', ') + it).join('');
  return { start: from, end: others.at(-1)?.end ?? from, text };
}

/** `w.data.normal_(0, 1)` becomes `init.kaiming_normal_(w, …)`: the functions of init need no `.data`. */
function ofMethod(file: File, intent: Reinitialize, call: Call): readonly Edit[] | undefined {
  if (call.callee.kind !== 'Attribute') return undefined;
  const tensor = file.textOf(call.callee.value).replace(/\.data$|\.detach\(\)$/, '');
  const words = wordsFor(file, intent, tensor);
  if (words === undefined) return undefined;
  const { text, edits } = spell(file, words.name);
  return [...edits, { start: call.start, end: call.end, text: `${text}(${[tensor, ...words.args].join(', ')})` }];
}

/** `torch.rand(3, 4)` becomes `init.kaiming_uniform_(torch.empty(3, 4), …)`. */
function ofFactory(file: File, intent: Reinitialize, call: Call): readonly Edit[] | undefined {
  const callee = file.textOf(call.callee);
  const dot = callee.lastIndexOf('.');
  const empty = callee.endsWith('_like') ? 'empty_like' : 'empty';
  const given = file.text.slice(call.callee.end, call.end);
  const tensor = `${callee.slice(0, dot + 1)}${empty}${given}`;
  const words = dot < 0 ? undefined : wordsFor(file, intent, undefined);
  if (words === undefined) return undefined;
  const { text, edits } = spell(file, words.name);
  return [...edits, { start: call.start, end: call.end, text: `${text}(${[tensor, ...words.args].join(', ')})` }];
}
