/** Writes `reset_parameters` for the parameters that a class makes itself, and calls it in the constructor. */
import type { ParameterStart } from '../../../model/intent.js';
import type { Span } from '../../../text/span.js';
import type { Edit } from '../../framework.js';
import type { File } from './file.js';
import { ClassWriter } from './method.js';

const METHOD = 'reset_parameters';

export function addReset(file: File, site: Span, starts: readonly ParameterStart[]): readonly Edit[] | undefined {
  const writer = ClassWriter.for(file, site, METHOD);
  if (writer === undefined) return undefined;
  const { self } = writer;
  const calls = starts.map(it => writer.call(it, `${self}.${it.name}`));
  if (calls.length === 0 || calls.some(it => it === undefined)) return undefined;
  const edits = writer.edits([`${self}.${METHOD}()`], `${METHOD}(${self})`, calls as string[]);
  return [...starts.flatMap(emptied), ...edits];
}

/** What is drawn there would be replaced at once. */
function emptied({ factory }: ParameterStart): readonly Edit[] {
  const name = factory?.written.split('.').at(-1) ?? '';
  if (factory?.form !== 'factory' || !shapedOnly.has(name.replace('_like', ''))) return [];
  const { start, end } = factory.callee;
  return [{ start, end, text: factory.written.endsWith('_like') ? 'empty_like' : 'empty' }];
}

/** Factories that take a shape and nothing that `empty` lacks. */
const shapedOnly: ReadonlySet<string> = new Set(['rand', 'randn', 'zeros', 'ones']);
