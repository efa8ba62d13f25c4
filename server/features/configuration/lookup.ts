/** Which configuration holds for a file: the files above it, nearest first, then what the caller puts around them. */
import { type Encoding, type FileAccess, FileFault } from '../../host.js';
import { folderOf, foldersAbove, joinPath } from '../../text/paths.js';
import { type Configuration, mergeConfigurations } from './configuration.js';
import { type ConfigurationFile, configurationNames, readConfiguration } from './read.js';

export interface ConfigurationSources {
  readonly files: Pick<FileAccess & Encoding, 'readFile' | 'decodeUtf8'>;
  /** The text of a file that is being edited; undefined where what is on disk counts. */
  readonly openText?: (path: string) => string | undefined;
  readonly rules: ReadonlySet<string>;
  /** Beats every file: the command line's flags. */
  readonly inner?: Configuration;
  /** Gives way to every file: the editor's settings. */
  readonly outer?: Configuration;
  /** Read instead of looking about. */
  readonly only?: string | undefined;
}

/** Remembers what it read until `forget`. */
export class ConfigurationLookup {
  readonly #sources: ConfigurationSources;
  readonly #files = new Map<string, ConfigurationFile | undefined>();
  readonly #folders = new Map<string, Configuration>();

  constructor(sources: ConfigurationSources) {
    this.#sources = sources;
  }

  of(path: string): Configuration {
    const folder = folderOf(path);
    let configuration = this.#folders.get(folder);
    if (configuration === undefined) {
      configuration = this.#merge(folder);
      this.#folders.set(folder, configuration);
    }
    return configuration;
  }

  /** The files that were read, by path. */
  get files(): ReadonlyMap<string, ConfigurationFile> {
    const read = [...this.#files].filter((entry): entry is [string, ConfigurationFile] => entry[1] !== undefined);
    return new Map(read);
  }

  /** What the file says; undefined when there is none. */
  file(path: string): ConfigurationFile | undefined {
    if (!this.#files.has(path)) this.#files.set(path, this.#read(path));
    return this.#files.get(path);
  }

  forget(): void {
    this.#files.clear();
    this.#folders.clear();
  }

  #merge(folder: string): Configuration {
    const { inner = {}, outer = {}, only } = this.#sources;
    const paths = only === undefined ? candidates(folder) : [only];
    const said = paths.flatMap(path => this.file(path)?.configuration ?? []);
    return mergeConfigurations([inner, ...said, outer]);
  }

  #read(path: string): ConfigurationFile | undefined {
    const open = this.#sources.openText?.(path);
    if (open !== undefined) return readConfiguration(path, open, this.#sources.rules);
    const bytes = this.#sources.files.readFile(path);
    if (bytes instanceof FileFault) return bytes.reason === 'missing' ? undefined : unreadable(bytes.message);
    const text = this.#sources.files.decodeUtf8(bytes);
    if (text === undefined) return unreadable('the file is not UTF-8');
    return readConfiguration(path, text, this.#sources.rules);
  }
}

/** In one folder `initlens.toml` is nearer than `pyproject.toml`. */
function candidates(folder: string): readonly string[] {
  return [...foldersAbove(folder)].flatMap(above => configurationNames.map(name => joinPath(above, name)));
}

function unreadable(message: string): ConfigurationFile {
  return { configuration: undefined, text: '', problems: [{ message, span: { start: 0, end: 0 }, isBroken: true }] };
}
