/** `initlens weights`: the values that a seed will give every parameter. */
import type { Terminal } from '../../host.js';
import { type Command, exitCode } from '../command.js';
import type { Arguments } from '../options.js';
import { targetOptions } from '../target.js';

export const weightsCommand: Command = {
  name: 'weights',
  usage: 'TARGET',
  summary: 'Draw the weights that torch.manual_seed(N) will give a network',
  options: [
    { name: 'seed', value: 'N', description: 'The seed; 0 by default' },
    { name: 'format', value: 'FORMAT', choices: ['text', 'json'], description: 'How to print them' },
    { name: 'out', value: 'FILE', description: 'Write all values to a safetensors file' },
    {
      name: 'torch-build',
      value: 'BUILD',
      choices: ['plain', 'mkl'],
      description: 'How torch was built; mkl by default',
    },
    ...targetOptions,
  ],
  positionals: [1, 1],
  run: drawWeights,
};

async function drawWeights(_: Arguments, terminal: Terminal): Promise<number> {
  terminal.errors.write('initlens: weights cannot be drawn yet\n');
  return exitCode.failed;
}
