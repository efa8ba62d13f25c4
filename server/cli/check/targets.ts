/** Which files the arguments mean. */
import type { ConfigurationLookup } from '../../features/configuration/lookup.js';
import { type Discovered, discoverFiles } from '../../features/discovery/discover.js';
import { FileFault, type Terminal } from '../../host.js';
import { resolvePath } from '../../text/paths.js';

/** A file that is named is checked even where a folder's listing would leave it out. */
export function* targetFiles(
  paths: readonly string[],
  terminal: Terminal,
  configurations: ConfigurationLookup,
): Iterable<Discovered> {
  const seen = new Set<string>();
  for (const path of paths) {
    for (const found of filesAt(resolvePath(terminal.currentFolder, path), terminal, configurations)) {
      if (seen.has(found.path)) continue;
      seen.add(found.path);
      yield found;
    }
  }
}

function filesAt(path: string, terminal: Terminal, configurations: ConfigurationLookup): Iterable<Discovered> {
  if (terminal.status(path)?.kind !== 'folder') return [presence(path, terminal)];
  return discoverFiles(path, { files: terminal, configurationOf: it => configurations.of(it) });
}

/** What is not there at all, or links in circles, has a reason that reading it tells. */
function presence(path: string, terminal: Terminal): Discovered {
  if (terminal.status(path) !== undefined) return { path };
  const fault = terminal.readFile(path);
  return fault instanceof FileFault ? { path, fault } : { path };
}
