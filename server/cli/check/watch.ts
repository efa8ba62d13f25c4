/** Checks again whenever something changes, until Ctrl-C. */
import { configurationNames } from '../../features/configuration/read.js';
import { isPython } from '../../features/discovery/discover.js';
import type { Terminal } from '../../host.js';
import { folderOf, nameOf, resolvePath } from '../../text/paths.js';
import { exitCode } from '../command.js';

/** A branch switch or a formatter touches many files; this long after the last one they are done. */
const settled = 100;
const pollPause = 50;

export async function watchAndCheck(
  paths: readonly string[],
  terminal: Terminal,
  isInterrupted: () => boolean,
  checkOnce: () => Promise<number>,
): Promise<number> {
  let changedAt: number | undefined;
  const stop = terminal.watch(watchedFolders(paths, terminal), path => {
    if (isRelevant(path)) changedAt = terminal.now();
  });
  await announce(terminal, checkOnce);
  while (!isInterrupted()) {
    await pause(terminal, pollPause);
    if (changedAt === undefined || terminal.now() - changedAt < settled) continue;
    changedAt = undefined;
    await announce(terminal, checkOnce);
  }
  stop();
  return exitCode.interrupted;
}

async function announce(terminal: Terminal, checkOnce: () => Promise<number>): Promise<void> {
  if (terminal.output.isTerminal) terminal.output.write('\u001b[2J\u001b[3J\u001b[H');
  await checkOnce();
  if (terminal.output.isOpen) terminal.errors.write('Watching for changes; Ctrl-C ends.\n');
}

function watchedFolders(paths: readonly string[], terminal: Terminal): readonly string[] {
  const given = paths.length === 0 ? ['.'] : paths;
  const folders = given.map(it => {
    const path = resolvePath(terminal.currentFolder, it);
    return terminal.status(path)?.kind === 'folder' ? path : folderOf(path);
  });
  return [...new Set(folders)];
}

function isRelevant(path: string): boolean {
  return isPython(path) || configurationNames.includes(nameOf(path));
}

function pause(terminal: Terminal, milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    terminal.schedule(milliseconds, resolve);
  });
}
