/** What client and server say to each other besides the language server protocol. */

/** Under `initializationOptions`; everything may be absent. */
export interface InitializationOptions {
  /** URI of the folder with the rules' pages, where the links of diagnostics point. */
  readonly rulePages?: string;
  /** Settings for clients without `workspace/configuration`, as under `initlens` in VS Code. */
  readonly settings?: unknown;
  /** Whether the client opens panels: lenses then lead to them. */
  readonly panels?: boolean;
  /** How open files get their diagnostics; without it, pulled where the client can. */
  readonly diagnostics?: 'push' | 'pull';
}

/** From the server: what it is at. */
export const statusNotification = 'initlens/status';

export interface StatusParams {
  /** `loading` until the settings are known, `busy` while many files are read, `off` where all folders want it so. */
  readonly state: 'loading' | 'busy' | 'ready' | 'off';
  /** Files that are still to be read while it is busy. */
  readonly waiting: number;
  /** In the files that are open, and in the workspace where all of it is checked; as editors list them, hints aside. */
  readonly findings: number;
  readonly errors: number;
  readonly warnings: number;
  readonly hints: number;
  /** What is taken for granted about the project, in sentences. */
  readonly assumed: readonly string[];
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

/**
 * Commands of the client, which lenses ask for: the URI of the document, then the name of a class; that of the signal takes the
 * shape of the input as a third argument.
 */
export const signalCommand = 'initlens.showSignal';
export const weightsCommand = 'initlens.showWeights';
export const findingsCommand = 'initlens.showFindings';

/** To the server: the signal of a network of the document, as JSON and as a picture. */
export const signalRequest = 'initlens/signal';

export interface NetworkParams {
  /** Under which progress is told, as with requests of the protocol itself. */
  readonly workDoneToken?: string | number;
  readonly textDocument: { readonly uri: string };
  /** Absent: the class around the position, else the first network of the file. */
  readonly className?: string;
  readonly position?: { readonly line: number; readonly character: number };
}

export interface SignalParams extends NetworkParams {
  /** Whether the repaired file is evaluated too, which takes as long again. */
  readonly fixed?: boolean;
  /** Whether a simulation takes the place of theory where that is coarse: seconds, in the background. */
  readonly refined?: boolean;
  readonly width?: number;
  /** Of the first input, batch first; absent: as it is set, else as the code has it, else such as the first layer asks for. */
  readonly inputShape?: readonly number[];
}

export interface Place {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

export interface SignalLayer {
  readonly name: string;
  readonly operation: string;
  readonly shape?: readonly (number | null)[];
  /** As text, with the band. */
  readonly std: string;
  readonly gradient: string;
  readonly fixedStd?: string;
  readonly fixedGradient?: string;
  readonly state?: 'zero' | 'vanishing' | 'exploding';
  /** `theory`, `Monte Carlo`. */
  readonly source: string;
  /** Exactly as the seed has them, by simulation; absent until it was run, and where it cannot be. */
  readonly seedStd?: string;
  readonly seedGradient?: string;
  /** Its weights: name, initializer, std. */
  readonly weights: readonly string[];
  readonly place?: Place;
}

/** A network that can be shown, and where its class is written; without a place where it has none in the file. */
export interface NetworkPlace {
  readonly className: string;
  readonly place?: Place;
}

export interface SignalResult {
  readonly className: string;
  /** All networks of the file that have a forward. */
  readonly networks: readonly NetworkPlace[];
  readonly layers: readonly SignalLayer[];
  readonly assumptions: readonly string[];
  /** SVG. */
  readonly picture: string;
  readonly hasFixed: boolean;
  /** Why the figures are not for the shape that was asked for. */
  readonly problem?: string;
  /** The one that layers have exact figures of; absent where none have. */
  readonly seed?: string;
}

/** To the server: all parameters of a network. */
export const weightsRequest = 'initlens/weights';

export interface WeightsResult {
  readonly className: string;
  readonly networks: readonly NetworkPlace[];
  readonly rows: readonly {
    readonly name: string;
    readonly shape: string;
    readonly initializer: string;
    readonly values: string;
    readonly std?: number;
    readonly gain?: number;
    readonly findings: readonly string[];
    readonly place?: Place;
  }[];
}

/** To the server: one parameter, drawn. */
export const weightRequest = 'initlens/weight';

export interface WeightParams extends NetworkParams {
  readonly name: string;
  /** Whether all values are measured, however long that takes; else a sample where there are many. */
  readonly whole?: boolean;
}

export interface WeightResult {
  readonly name: string;
  /** `mean 0, std 0.0442, …; seed 0`. */
  readonly summary?: string;
  /** How many values there are, where only a sample of them was measured. */
  readonly unseen?: string;
  /** A data URI. */
  readonly histogram?: string;
  readonly spectrum?: {
    /** Singular values, largest first. */
    readonly values: readonly number[];
    /** Largest by smallest; null where a direction is lost. */
    readonly condition: number | null;
    /** Where those of independent values with this std end (Marchenko and Pastur). */
    readonly edges: { readonly low: number; readonly high: number };
  };
  readonly isOfBlock: boolean;
}

/** To the server: all weights that the seed gives, as the bytes of a safetensors file in base64. */
export const exportRequest = 'initlens/export';

export interface ExportResult {
  readonly base64?: string;
  /** Why there are none. */
  readonly error?: string;
}
