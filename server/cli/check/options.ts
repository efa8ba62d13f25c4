/** The options of `check`. */
import type { Option } from '../options.js';

const formats = ['text', 'json', 'sarif', 'github'] as const;
export type Format = (typeof formats)[number];

export const checkOptions: readonly Option[] = [
  { name: 'format', value: 'FORMAT', choices: formats, description: 'How to print the findings; text is the default' },
  { name: 'fix', description: 'Apply the safe fixes' },
  { name: 'unsafe-fixes', description: 'With --fix or --diff, also apply fixes that change how training starts' },
  { name: 'diff', description: 'Show what --fix would change, and change nothing' },
  { name: 'select', value: 'RULES', description: 'Check these rules, with commas between; ALL for every one' },
  { name: 'ignore', value: 'RULES', description: 'Do not check these rules' },
  { name: 'statistics', description: 'Count the findings of each rule instead of listing them' },
  { name: 'exit-zero', description: 'End with 0 whatever is found' },
  { name: 'output-file', short: 'o', value: 'FILE', description: 'Write the findings to a file' },
  { name: 'config', value: 'FILE', description: 'Read this configuration instead of those above the files' },
  { name: 'watch', short: 'w', description: 'Check again whenever a file changes' },
  {
    name: 'stdin-filename',
    value: 'PATH',
    description: 'With - for PATH: the name that the text on standard input goes by',
  },
  { name: 'python-path', value: 'DIR', description: 'Also look here for imported packages; may be repeated' },
  { name: 'torch-version', value: 'VERSION', description: 'The version of torch that the code runs with' },
];
