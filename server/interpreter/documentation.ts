/** `__doc__`: the string that a class or a function begins with. */
import type { Statement } from '../syntax/tree.js';
import type { ClassValue, Func } from './values.js';

export const documentationOfClass = ({ definition }: ClassValue): string | null =>
  documentationIn(definition?.node.body ?? []);

export const documentationOfFunction = ({ definition }: Func): string | null =>
  definition.kind === 'Lambda' ? null : documentationIn(definition.body);

function documentationIn([first]: readonly Statement[]): string | null {
  return first?.kind === 'Expression' && first.value.kind === 'String' ? first.value.value : null;
}
