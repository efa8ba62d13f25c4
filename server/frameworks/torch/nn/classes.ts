/** Every class of torch.nn, made when it is first asked for. */
import type { Machine } from '../../../interpreter/machine.js';
import { nativeClass } from '../../../interpreter/native.js';
import type { ClassValue, NativeFunction, Value } from '../../../interpreter/values.js';
import { layerNamed } from '../layers.js';
import { attentionNatives } from './attention.js';
import { moduleDictNatives, moduleListNatives, sequentialNatives } from './containers.js';
import { conversionNatives } from './conversions.js';
import { convolutionNatives } from './convolution.js';
import { embeddingMembers } from './embedding.js';
import { ModuleInstance } from './instance.js';
import { layerClass } from './layer.js';
import { memberNatives, walkNatives } from './members.js';
import { moduleProtocol } from './module.js';
import { parameterDictNatives, parameterListNatives } from './parameter-containers.js';
import { cellNatives, stackedNatives, stackedProperties } from './recurrent.js';
import {
  decoderLayerNatives,
  decoderNatives,
  encoderLayerNatives,
  encoderNatives,
  transformerNatives,
} from './transformer.js';
import { wordNamed } from './words.js';

const containers: Readonly<Record<string, readonly NativeFunction[]>> = {
  Sequential: sequentialNatives,
  ModuleList: moduleListNatives,
  ModuleDict: moduleDictNatives,
  ParameterList: parameterListNatives,
  ParameterDict: parameterDictNatives,
  Container: [],
};

/** Methods that a row cannot tell. */
const special: Readonly<Record<string, readonly NativeFunction[]>> = {
  _ConvNd: convolutionNatives,
  RNNBase: stackedNatives,
  RNNCellBase: cellNatives,
  MultiheadAttention: attentionNatives,
  TransformerEncoderLayer: encoderLayerNatives,
  TransformerDecoderLayer: decoderLayerNatives,
  TransformerEncoder: encoderNatives,
  TransformerDecoder: decoderNatives,
  Transformer: transformerNatives,
};

const byName = (natives: readonly NativeFunction[]) => natives.map(it => [it.name, it] as const);

export class LayerClasses {
  readonly module: ClassValue;
  private readonly made = new Map<string, ClassValue>();

  constructor(objectClass: ClassValue) {
    const natives = [...moduleProtocol, ...memberNatives, ...walkNatives, ...conversionNatives];
    this.module = nativeClass('Module', 'torch.nn.modules.module', [objectClass], byName(natives));
    this.module.allocate = cls => new ModuleInstance(cls);
    this.made.set('Module', this.module);
  }

  named(name: string): ClassValue | undefined {
    let cls = this.made.get(name);
    if (cls === undefined) {
      cls = this.make(name);
      if (cls !== undefined) this.made.set(name, cls);
    }
    return cls;
  }

  private make(name: string): ClassValue | undefined {
    const natives = containers[name];
    if (natives !== undefined) {
      return nativeClass(name, 'torch.nn.modules.container', [this.module], byName(natives));
    }
    const row = layerNamed.get(name);
    if (row === undefined) return undefined;
    const base = row.base === undefined ? this.module : this.baseNamed(row.base, row.file);
    const cls = layerClass(row, base, it => this.word(it));
    for (const it of special[name] ?? []) cls.attributes.set(it.name, it);
    for (const [key, value] of [...embeddingMembers(name), ...(name === 'RNNBase' ? stackedProperties : [])]) {
      cls.attributes.set(key, value);
    }
    return cls;
  }

  /** Ancestors without a row of their own exist for `isinstance` alone. */
  private baseNamed(name: string, file: string): ClassValue {
    const known = this.named(name);
    if (known !== undefined) return known;
    const cls = nativeClass(name, `torch.nn.modules.${file}`, [this.module], []);
    this.made.set(name, cls);
    return cls;
  }

  private word(name: string): Value | undefined {
    return wordNamed(name) ?? this.named(name);
  }
}

const known = new WeakMap<object, LayerClasses>();

/** The classes of a project: its evaluations share them as they share its files. */
export function layersOf({ builtins }: Pick<Machine, 'builtins'>): LayerClasses {
  let classes = known.get(builtins);
  if (classes === undefined) {
    classes = new LayerClasses(builtins.objectClass);
    known.set(builtins, classes);
  }
  return classes;
}
