/** What client and server say to each other besides the language server protocol. */

/** Under `initializationOptions`; everything may be absent. */
export interface InitializationOptions {
  /** URI of the folder with the rules' pages, where the links of diagnostics point. */
  readonly rulePages?: string;
  /** Settings for clients without `workspace/configuration`, as under `initlens` in VS Code. */
  readonly settings?: unknown;
  /** How open files get their diagnostics; without it, pulled where the client can. */
  readonly diagnostics?: 'push' | 'pull';
}

/** From the server: what it is at. */
export const statusNotification = 'initlens/status';

export interface StatusParams {
  /** `busy` while a whole workspace is read. */
  readonly state: 'loading' | 'busy' | 'ready';
  /** In the files that are open, and in the workspace where all of it is checked. */
  readonly findings: number;
  readonly errors: number;
  readonly warnings: number;
}

/** To the server, from hosts without a disk: files that are not open, before and while they change. */
export const filesNotification = 'initlens/files';

export interface FilesParams {
  readonly files: readonly {
    readonly uri: string;
    /** Absent when the file is gone. */
    readonly text?: string;
  }[];
}

/** Settings under this name. */
export const settingsSection = 'initlens';
