/** Writes `_init_weights`, a ladder over the classes of a network's layers, and applies it in the constructor. */
import type { InitializationPlan, LayerStart, LayerTensor, NamedStart } from '../../../model/intent.js';
import type { Span } from '../../../text/span.js';
import type { Edit } from '../../framework.js';
import type { File } from './file.js';
import { spellLayer } from './imports.js';
import { ClassWriter } from './method.js';
import { type OfOne, placeOf } from './place.js';

const METHOD = '_init_weights';

export function initializeModel(file: File, site: Span, plan: InitializationPlan): readonly Edit[] | undefined {
  const writer = ClassWriter.for(file, site, METHOD);
  if (writer === undefined) return undefined;
  const { self, unit } = writer;
  const ladder = plan.layers.flatMap((layer, index) => branch(file, layer, index === 0 ? 'if' : 'elif', writer));
  const isPlaced = (it: NamedStart) => 'path' in it && placeOf(file, it, writer) !== undefined;
  const named = plan.exceptions.filter(it => !isPlaced(it) && !isNumbered(it));
  const atEnd = [
    `${self}.apply(${self}.${METHOD})`,
    ...plan.exceptions.flatMap(it => ('path' in it ? startOfOne(file, it, writer) : [])),
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

function startOfOne(file: File, start: OfOne, writer: ClassWriter): readonly string[] {
  const place = placeOf(file, start, writer);
  const call = place && writer.call(start, place);
  return call === undefined ? [] : [...comment(start), call];
}

/** A number in a path may be another layer where the network is constructed otherwise. */
const isNumbered = (start: NamedStart) => 'path' in start && /\.\d+\./.test(start.path);

function startOfNamed(start: NamedStart, word: string, writer: ClassWriter): readonly string[] {
  const call = writer.call(start, 'parameter');
  if (call === undefined) return [];
  return [`${word} ${nameTest(start, writer)}:`, ...[...comment(start), call].map(it => writer.unit + it)];
}

function nameTest(start: NamedStart, writer: ClassWriter): string {
  if ('path' in start) return `name == ${writer.quoted(start.path)}`;
  const quoted = start.suffixes.map(it => writer.quoted(it));
  return `name.endswith(${quoted.length === 1 ? quoted[0]! : `(${quoted.join(', ')})`})`;
}

const comment = ({ comment: text }: NamedStart) => (text === undefined ? [] : [`# ${text}`]);
