/** PyTorch: its modules for the interpreter, its view of an evaluation, and how changes are written. */
import type { Library } from '../../interpreter/native.js';
import type { ModuleValue } from '../../interpreter/values.js';
import type { Framework } from '../framework.js';
import { deprecatedInitializers, initializers } from './initializers.js';
import { install } from './install.js';
import { layerNamed } from './layers.js';
import { tensorModule } from './modules/index.js';
import { neuralModule } from './nn/library.js';
import { TorchSession } from './nn/session.js';
import { File } from './write/file.js';
import { aliasesOf } from './write/imports.js';
import { write } from './write/index.js';

export const torch: Framework = {
  id: 'torch',
  packages: ['torch', 'torchvision', 'timm', 'transformers', 'pytorch_lightning', 'lightning'],
  createLibrary: torchLibrary,
  begin(machine) {
    install(machine);
    return new TorchSession(machine);
  },
  write,
  hasLayer: name => layerNamed.has(name),
  initializers,
  oldNames: deprecatedInitializers,
  initializerPaths: ({ text }, tree) => aliasesOf(new File(text, tree), 'torch.nn.init'),
};

/** Keeps the modules that it makes: the evaluations of a project share them. */
function torchLibrary(): Library {
  const made = new Map<string, ModuleValue | undefined>();
  return {
    module(name, machine) {
      if (name !== 'torch' && !name.startsWith('torch.')) return undefined;
      if (!made.has(name)) made.set(name, neuralModule(name, machine) ?? tensorModule(name, machine));
      return made.get(name);
    },
  };
}
