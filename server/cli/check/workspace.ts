/** The folders in which a check looks for whoever calls, imports or starts what the checked files define. */
import type { Terminal } from '../../host.js';
import { isInside, resolvePath } from '../../text/paths.js';
import type { Arguments } from '../options.js';

/** The current folder where something in it is checked, and every folder outside of it that is given. */
export function workspaceFolders(
  { positionals }: Pick<Arguments, 'positionals'>,
  terminal: Terminal,
): readonly string[] {
  const { currentFolder } = terminal;
  const paths = positionals.map(it => resolvePath(currentFolder, it));
  const outside = paths.filter(it => !isInside(currentFolder, it) && terminal.status(it)?.kind === 'folder');
  const isAtHome = outside.length < paths.length || paths.length === 0;
  const folders = [...new Set(isAtHome ? [currentFolder, ...outside] : outside)];
  return folders.filter(it => !folders.some(other => other !== it && isInside(other, it)));
}
