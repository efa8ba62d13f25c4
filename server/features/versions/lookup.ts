/** Which versions of its libraries a file runs with: as configured, else as its environment has them, else as a lock file pins them. */
import { type Encoding, type FileAccess, FileFault } from '../../host.js';
import { folderOf, foldersAbove, joinPath } from '../../text/paths.js';
import type { Configuration } from '../configuration/configuration.js';
import { type FoundVersion, installedVersion } from './installed.js';
import { lockFiles } from './pins.js';

export interface VersionSources {
  readonly files: FileAccess & Encoding;
  /** Folders of packages of the project's own environments. */
  readonly environments: readonly string[];
}

/** Remembers what it read. Settings go by the names that frameworks ask for. */
export class VersionLookup {
  readonly #sources: VersionSources;
  readonly #installed = new Map<string, FoundVersion | undefined>();
  readonly #pinned = new Map<string, FoundVersion | undefined>();

  constructor(sources: VersionSources) {
    this.#sources = sources;
  }

  settingsFor(path: string, { torchVersion, transformersVersion }: Configuration): ReadonlyMap<string, string> {
    const settings = new Map<string, string>();
    const torch = torchVersion ?? this.found('torch', path)?.version;
    const transformers = transformersVersion ?? this.found('transformers', path)?.version;
    if (torch !== undefined) settings.set('torch-version', torch);
    if (transformers !== undefined) settings.set('transformers-version', transformers);
    return settings;
  }

  /** Where nothing is configured. */
  found(name: string, path: string): FoundVersion | undefined {
    const { files, environments } = this.#sources;
    const installed = remembered(this.#installed, name, () => installedVersion(name, environments, files));
    return installed ?? this.#pinnedAbove(folderOf(path), name);
  }

  /** By the nearest lock file that names the package, within the repository. */
  #pinnedAbove(folder: string, name: string): FoundVersion | undefined {
    for (const above of foldersAbove(folder)) {
      const pinned = remembered(this.#pinned, `${above}\0${name}`, () => this.#pinnedIn(above, name));
      if (pinned !== undefined) return pinned;
      if (this.#sources.files.status(joinPath(above, '.git')) !== undefined) return undefined;
    }
    return undefined;
  }

  #pinnedIn(folder: string, name: string): FoundVersion | undefined {
    for (const [file, pinIn] of lockFiles) {
      const from = joinPath(folder, file);
      const text = this.#textOf(from);
      const version = text === undefined ? undefined : pinIn(text, name);
      if (version !== undefined) return { version, from };
    }
    return undefined;
  }

  #textOf(path: string): string | undefined {
    const bytes = this.#sources.files.readFile(path);
    return bytes instanceof FileFault ? undefined : this.#sources.files.decodeUtf8(bytes);
  }
}

function remembered<T>(known: Map<string, T>, key: string, ask: () => T): T {
  if (!known.has(key)) known.set(key, ask());
  return known.get(key)!;
}
