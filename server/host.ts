/** What InitLens asks of the machine it runs on; one implementation per host, everything else is the same everywhere. */
import type { KernelExports, KernelVariant } from '../core/backends/wasm/kernel.js';
import type { OpenedGpu } from '../core/backends/webgpu/device.js';
import type { WorkerPort } from '../core/backends/workers/pool.js';

/** Paths are absolute and written with `/`, on every system. */
export interface FileAccess {
  readFile(path: string): Uint8Array | FileFault;
  /** Names in a folder, in no particular order. */
  list(folder: string): readonly Entry[] | FileFault;
  /** Follows links; undefined when there is nothing. */
  status(path: string): Status | undefined;
  /** The path without links; undefined when there is nothing, or links that go in circles. */
  realPath(path: string): string | undefined;
}

export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

export interface Status {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Why a file or folder could not be had. */
export class FileFault {
  constructor(
    readonly reason: 'missing' | 'denied' | 'folder' | 'other',
    /** For people: "permission denied". */
    readonly message: string,
  ) {}
}

export interface FileWriter {
  /** Writes beside and renames, so that a reader sees the old file or the new one; a read-only file stays as it is. */
  writeFile(path: string, contents: Uint8Array): FileFault | undefined;
  /** The same for contents that come in pieces. */
  createFile(path: string): FileSink | FileFault;
}

export interface FileSink {
  write(bytes: Uint8Array): void;
  /** Renames into place; without it nothing is left behind. */
  commit(): FileFault | undefined;
  discard(): void;
}

export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Calls back once; the result cancels. */
  schedule(milliseconds: number, callback: () => void): () => void;
  /** Lets everything that waits have its turn. */
  turn(): Promise<void>;
}

export interface Encoding {
  /** Undefined when the bytes are not UTF-8; a byte order mark is kept. */
  decodeUtf8(bytes: Uint8Array): string | undefined;
  encodeUtf8(text: string): Uint8Array;
  sha256(): Digest;
}

export interface Digest {
  update(bytes: Uint8Array): void;
  /** In hexadecimal; nothing may be added afterwards. */
  finish(): string;
}

/** What the machine computes with, besides JavaScript. */
export interface Machine {
  /** Compiles and instantiates the core's kernel; throws where that cannot be. */
  loadKernel(variant: KernelVariant): KernelExports;
  /** How many threads compute at once at best, this one among them; where it is one there are no workers. */
  readonly threads: number;
  /** Starts a worker that does the core's tasks; throws where that cannot be. */
  startWorker(): WorkerPort;
  /** Rejects with the reason where there is no graphics processor. */
  openGpu(): Promise<OpenedGpu>;
}

/** What a language server needs. */
export interface Host extends FileAccess, Clock, Encoding, Machine {
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string | undefined;
  /** Hosts without a disk are told what the files hold; undefined removes. */
  putFile?(path: string, contents: Uint8Array | undefined): void;
}

/** What the command line needs besides. */
export interface Terminal extends Host, FileWriter {
  readonly currentFolder: string;
  readonly output: Output;
  readonly errors: Output;
  readInput(): Promise<Uint8Array>;
  /** Reports changed paths below the folders, until stopped. */
  watch(folders: readonly string[], changed: (path: string) => void): () => void;
  /** Ctrl-C; the second one ends the process at once. */
  onInterrupt(callback: () => void): void;
  /** Starts a worker that checks files as a command called like this does; throws where that cannot be. */
  startChecker(given: {
    readonly positionals: readonly string[];
    readonly values: ReadonlyMap<string, readonly string[]>;
  }): WorkerPort;
  /** The page of a rule, for `explain`. */
  rulePage(id: string): string | undefined;
  /** Speaks the language server protocol on standard input and output until the client leaves. */
  serve(): Promise<void>;
}

export interface Output {
  readonly isTerminal: boolean;
  readonly columns: number;
  /** False once nobody reads any more. */
  readonly isOpen: boolean;
  write(text: string): void;
  /** Resolves when all of it is out. */
  flush(): Promise<void>;
}
