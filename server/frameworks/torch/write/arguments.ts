/** Adds, changes and names arguments of a call. */
import type { Intent } from '../../../model/intent.js';
import type { Call } from '../../../syntax/tree.js';
import type { Edit } from '../../framework.js';
import type { File } from './file.js';
import { literal } from './literals.js';

export function setArgument(file: File, intent: Intent & { kind: 'argument' }): readonly Edit[] | undefined {
  const call = file.callAt(intent.call.site);
  if (call === undefined) return undefined;
  const text = literal(file, intent.value);
  const bound = intent.call.args.find(it => it.name === intent.name);
  if (bound?.site !== undefined) return [{ start: bound.site.start, end: bound.site.end, text }];
  const written = call.keywords.find(it => it.name?.name === intent.name);
  if (written !== undefined) return [{ start: written.value.start, end: written.value.end, text }];
  return [append(call, `${intent.name}=${text}`)];
}

/** Behind the last argument: a comma that stands there stays the last. */
function append(call: Call, argument: string): Edit {
  const at = Math.max(call.callee.end, ...[...call.args, ...call.keywords].map(it => it.end));
  const isFirst = call.args.length + call.keywords.length === 0;
  if (isFirst) return { start: call.end - 1, end: call.end - 1, text: argument };
  return { start: at, end: at, text: `, ${argument}` };
}

/** What follows a named argument must be named too. */
export function nameArgument(file: File, intent: Intent & { kind: 'name-argument' }): readonly Edit[] | undefined {
  const call = file.callAt(intent.call.site);
  const at = call?.args.findIndex(it => it.start === intent.site.start) ?? -1;
  if (call === undefined || at < 0) return undefined;
  const edits: Edit[] = [named(intent.site.start, intent.name)];
  for (const argument of call.args.slice(at + 1)) {
    const bound = intent.call.args.find(it => it.site?.start === argument.start);
    if (bound === undefined || bound.name === intent.name) return undefined;
    edits.push(named(argument.start, bound.name));
  }
  return edits;
}

const named = (start: number, name: string): Edit => ({ start, end: start, text: `${name}=` });
