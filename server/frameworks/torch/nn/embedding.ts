/** `Embedding.from_pretrained`: a class method, made of the tensor that it is given. */
import type { Machine } from '../../../interpreter/machine.js';
import { valueOfSize } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { Descriptor, type Value } from '../../../interpreter/values.js';
import { isTensor, type Tensor } from '../tensor.js';
import { ModuleInstance, member } from './instance.js';

const signatures: Readonly<Record<string, string>> = {
  Embedding:
    'cls, embeddings, freeze=True, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False',
  EmbeddingBag:
    "cls, embeddings, freeze=True, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', sparse=False, include_last_offset=False, padding_idx=None",
};

export function embeddingMembers(name: string): readonly (readonly [string, Value])[] {
  const signature = signatures[name];
  if (signature === undefined) return [];
  const make = native('from_pretrained', signature, (machine, cls, embeddings, freeze, ...others) => {
    const names = make.signature!.parameters.slice(3).map(it => it.name);
    const options = new Map(names.map((it, i) => [it, others[i]!] as const));
    return fromPretrained(machine, cls!, embeddings!, freeze!, options);
  });
  return [['from_pretrained', new Descriptor('classmethod', make)]];
}

function fromPretrained(
  machine: Machine,
  cls: Value,
  embeddings: Value,
  freeze: Value,
  options: ReadonlyMap<string, Value>,
): Value {
  const [rows, width] = sizesOf(machine, embeddings);
  const given = isTensor(embeddings) ? embeddings : machine.unknown('the embeddings are not known');
  const made = machine.call(cls, [rows, width], new Map([...options, ['_weight', given]]));
  const weight = made instanceof ModuleInstance ? member(made, 'weight') : undefined;
  if (isTensor(weight)) weight.requiresGrad = freeze === false;
  return made;
}

function sizesOf(machine: Machine, embeddings: Value): readonly [Value, Value] {
  const [rows, width] = isTensor(embeddings) ? ((embeddings as Tensor).shape ?? []) : [];
  const value = (size: typeof rows) =>
    size === undefined ? machine.unknown('the embeddings are not known') : valueOfSize(size);
  return [value(rows), value(width)];
}
