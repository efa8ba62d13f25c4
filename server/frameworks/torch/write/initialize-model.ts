/** Writes `_init_weights`, a ladder over the classes of a network's layers, and applies it in the constructor. */
import type { InitializationPlan, LayerStart, LayerTensor, NamedStart } from '../../../model/intent.js';
import type { Span } from '../../../text/span.js';
import type { Edit } from '../../framework.js';
import type { File } from './file.js';
import { spellLayer } from './imports.js';
import { ClassWriter } from './method.js';

const METHOD = '_init_weights';

export function initializeModel(file: File, site: Span, plan: InitializationPlan): readonly Edit[] | undefined {
  const writer = ClassWriter.for(file, site, METHOD);
  if (writer === undefined) return undefined;
  const { self, unit } = writer;
  const ladder = plan.layers.flatMap((layer, index) => branch(file, layer, index === 0 ? 'if' : 'elif', writer));
  const named = plan.exceptions.filter(it => 'suffixes' in it);
  const single = plan.exceptions.filter(it => 'path' in it);
  const atEnd = [
    `${self}.apply(${self}.${METHOD})`,
    ...single.flatMap(it => startOfOne(it, writer)),
    ...(named.length === 0 ? [] : [`for name, parameter in ${self}.named_parameters():`]),
    ...named.flatMap((it, index) => startOfNamed(it, index === 0 ? 'if' : 'elif', writer).map(line => unit + line)),
  ];
  return writer.edits(atEnd, `${METHOD}(${self}, module)`, [`"""${plan.reason}"""`, ...ladder]);
}

function branch(file: File, { classes, tensors }: LayerStart, word: string, writer: ClassWriter): readonly string[] {
  const spelled = classes.map(it => spellLayer(file, it));
  writer.imports.push(...spelled.flatMap(it => it.edits));
  const names = [...new Set(spelled.map(it => it.text))];
  const test = names.length === 1 ? names[0]! : `(${names.join(', ')})`;
  const own = tensors.flatMap(it => ('attribute' in it ? startOfAttribute(it, writer) : []));
  const prefixed = tensors.filter(it => 'prefix' in it);
  const loop = prefixed.length === 0 ? [] : startByPrefix(prefixed, writer);
  return [`${word} isinstance(module, ${test}):`, ...[...own, ...loop].map(it => writer.unit + it)];
}

type AttributeTensor = Extract<LayerTensor, { readonly attribute: string }>;
type PrefixTensor = Extract<LayerTensor, { readonly prefix: string }>;

function startOfAttribute(tensor: AttributeTensor, writer: ClassWriter): readonly string[] {
  const attribute = `module.${tensor.attribute}`;
  const place = tensor.row === undefined ? attribute : `${attribute}.data[module.${tensor.row}]`;
  const call = writer.call(tensor, place);
  if (call === undefined) return [];
  const condition = tensor.row === undefined ? attribute : `module.${tensor.row}`;
  return tensor.isOptional ? [`if ${condition} is not None:`, writer.unit + call] : [call];
}

/** The tensors of a layer with many, such as an LSTM's. */
function startByPrefix(tensors: readonly PrefixTensor[], writer: ClassWriter): readonly string[] {
  const { unit } = writer;
  const lines = ['for name, parameter in module.named_parameters():'];
  for (const [index, tensor] of tensors.entries()) {
    const call = writer.call(tensor, 'parameter');
    if (call === undefined) continue;
    const test = `name.startswith(${writer.quoted(tensor.prefix)})`;
    const head = tensor.prefix === '' ? 'else:' : `${index === 0 ? 'if' : 'elif'} ${test}:`;
    lines.push(unit + head, unit + unit + call);
  }
  return lines;
}

function startOfOne(start: NamedStart & { readonly path: string }, writer: ClassWriter): readonly string[] {
  const steps = start.path.split('.').map(it => (/^\d+$/.test(it) ? `[${it}]` : `.${it}`));
  const call = writer.call(start, writer.self + steps.join(''));
  return call === undefined ? [] : [...comment(start), call];
}

function startOfNamed(
  start: NamedStart & { readonly suffixes: readonly string[] },
  word: string,
  writer: ClassWriter,
): readonly string[] {
  const call = writer.call(start, 'parameter');
  const quoted = start.suffixes.map(it => writer.quoted(it));
  const ends = quoted.length === 1 ? quoted[0]! : `(${quoted.join(', ')})`;
  if (call === undefined) return [];
  return [`${word} name.endswith(${ends}):`, ...[...comment(start), call].map(it => writer.unit + it)];
}

const comment = ({ comment: text }: NamedStart) => (text === undefined ? [] : [`# ${text}`]);
