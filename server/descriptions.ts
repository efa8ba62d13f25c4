/** The hashes and the numbers of values that come block by block; of many, in a worker, while the next ones are drawn. */
import type { WorkerPort } from '../core/backends/workers/pool.js';
import type { Values } from '../core/random/index.js';
import { type Spread, SpreadSum } from '../core/summary.js';
import type { Digest, Encoding, Machine } from './host.js';
import type { Block } from './preview/weights.js';

export interface Description {
  readonly sha256: string;
  /** Absent where there are no values. */
  readonly spread?: Spread;
}

/** Describes one parameter after the other, and all of them together by name and bytes. */
export class Describer {
  readonly #whole: Digest;
  #own: Digest;
  #sum = new SpreadSum();

  constructor(private readonly digest: () => Digest) {
    this.#whole = digest();
    this.#own = digest();
  }

  begin(name: Uint8Array): void {
    this.#whole.update(name);
    this.#own = this.digest();
    this.#sum = new SpreadSum();
  }

  /** Without values only the bytes count. */
  add(bytes: Uint8Array, values: Values | undefined): void {
    this.#whole.update(bytes);
    this.#own.update(bytes);
    if (values !== undefined) this.#sum.add(values);
  }

  end(spread = this.#sum.spread): Description {
    return { sha256: this.#own.finish(), ...(spread && { spread }) };
  }

  finish(): string {
    return this.#whole.finish();
  }
}

type Piece =
  | { readonly kind: 'begin'; readonly name: Uint8Array }
  /** Bytes of the parcel. */
  | { readonly kind: 'bytes'; readonly from: number; readonly to: number; readonly isFloat32: boolean }
  | { readonly kind: 'end'; readonly spread: Spread | undefined };

/** What a worker is sent: memory that it sends back, and what lies there. */
export interface Parcel {
  readonly parcel: ArrayBuffer;
  readonly pieces: readonly Piece[];
  readonly isFinal: boolean;
}

/** What a worker answers. */
export type ParcelReply =
  | { readonly parcel: ArrayBuffer; readonly descriptions: readonly Description[]; readonly sha256?: string }
  | { readonly failure: string }
  | { readonly ready: true };

/** Describes what comes in parcels, of one network after the other. */
export class Unpacker {
  #describer: Describer | undefined;

  constructor(private readonly digest: () => Digest) {}

  unpacked({ parcel, pieces, isFinal }: Parcel): ParcelReply {
    this.#describer ??= new Describer(this.digest);
    const describer = this.#describer;
    const descriptions: Description[] = [];
    for (const piece of pieces) {
      if (piece.kind === 'begin') describer.begin(piece.name);
      else if (piece.kind === 'end') descriptions.push(describer.end(piece.spread));
      else {
        const { from, to, isFloat32 } = piece;
        const values = isFloat32 ? new Float32Array(parcel, from, (to - from) / 4) : undefined;
        describer.add(new Uint8Array(parcel, from, to - from), values);
      }
    }
    if (isFinal) this.#describer = undefined;
    return { parcel, descriptions, ...(isFinal && { sha256: describer.finish() }) };
  }
}

/** Bytes: so much memory is written again and again, which is faster than memory that is new. */
const PARCEL = 2 ** 20;
/** What is drawn before a worker is there. */
const MOST_PARCELS = 32;
/** Bytes: all in all less is described before a worker is there. */
const WORTH_A_WORKER = 2 ** 24;

interface Waiting<T> {
  readonly resolve: (answer: T) => void;
  readonly reject: (reason: Error) => void;
}

/** `begin`, `add` and `end` for each parameter in order, then `finish`. */
export interface Descriptions {
  begin(name: Uint8Array): void;
  /** The block may be written to again once this has resolved. */
  add(block: Block): Promise<void>;
  end(): Promise<Description>;
  /** The hash of them all. */
  finish(): Promise<string>;
  stop(): void;
}

/** `bytes`: of all that there will be. */
export function descriptionsOn(host: Encoding & Machine, bytes: number): Descriptions {
  const port = bytes < WORTH_A_WORKER || host.workers < 2 ? undefined : startIn(host);
  return port === undefined ? new DescribedHere(host) : new DescribedElsewhere(port);
}

function startIn(host: Machine): WorkerPort | undefined {
  try {
    return host.startWorker();
  } catch {
    return undefined;
  }
}

class DescribedHere implements Descriptions {
  readonly #describer: Describer;
  constructor(host: Encoding) {
    this.#describer = new Describer(() => host.sha256());
  }
  begin(name: Uint8Array): void {
    this.#describer.begin(name);
  }
  async add({ bytes, values }: Block): Promise<void> {
    this.#describer.add(bytes, values);
  }
  async end(): Promise<Description> {
    return this.#describer.end();
  }
  async finish(): Promise<string> {
    return this.#describer.finish();
  }
  stop(): void {}
}

class DescribedElsewhere implements Descriptions {
  readonly #free: ArrayBuffer[] = [];
  readonly #descriptions: Waiting<Description>[] = [];
  #whole: Waiting<string> | undefined;
  #parcels = 0;
  #parcel: Uint8Array | undefined;
  #used = 0;
  #pieces: Piece[] = [];
  #sum = new SpreadSum();
  #failure: Error | undefined;
  #returned = (): void => {};

  constructor(private readonly port: WorkerPort) {
    port.listen(
      message => this.#received(message as ParcelReply),
      reason => this.#fail(reason),
    );
  }

  begin(name: Uint8Array): void {
    this.#sum = new SpreadSum();
    this.#pieces.push({ kind: 'begin', name });
  }

  async add({ bytes, values }: Block): Promise<void> {
    const isFloat32 = values instanceof Float32Array && values.byteLength === bytes.length;
    if (!isFloat32) this.#sum.add(values);
    this.#used = Math.ceil(this.#used / 4) * 4;
    for (let at = 0; at < bytes.length; ) {
      const parcel = await this.#room();
      const from = this.#used;
      const to = Math.min(PARCEL, from + bytes.length - at);
      parcel.set(bytes.subarray(at, at + to - from), from);
      this.#pieces.push({ kind: 'bytes', from, to, isFloat32 });
      this.#used = to;
      at += to - from;
    }
  }

  end(): Promise<Description> {
    this.#pieces.push({ kind: 'end', spread: this.#sum.spread });
    return new Promise((resolve, reject) => this.#descriptions.push({ resolve, reject }));
  }

  async finish(): Promise<string> {
    this.#parcel ??= new Uint8Array(0);
    return new Promise((resolve, reject) => {
      this.#whole = { resolve, reject };
      if (this.#failure !== undefined) this.#fail(this.#failure.message);
      else this.#send(true);
    });
  }

  stop(): void {
    this.port.stop();
  }

  /** A parcel that is not full. */
  async #room(): Promise<Uint8Array> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#parcel !== undefined && this.#used < PARCEL) return this.#parcel;
    this.#send(false);
    while (this.#free.length === 0 && this.#parcels === MOST_PARCELS) {
      await new Promise<void>(resolve => {
        this.#returned = resolve;
      });
      if (this.#failure !== undefined) throw this.#failure;
    }
    if (this.#free.length === 0) this.#parcels++;
    this.#parcel = new Uint8Array(this.#free.pop() ?? new ArrayBuffer(PARCEL));
    return this.#parcel;
  }

  #send(isFinal: boolean): void {
    if (this.#parcel === undefined) return;
    const parcel = this.#parcel.buffer as ArrayBuffer;
    this.port.post({ parcel, pieces: this.#pieces, isFinal } satisfies Parcel, [parcel]);
    this.#parcel = undefined;
    this.#pieces = [];
    this.#used = 0;
  }

  #received(reply: ParcelReply): void {
    if ('ready' in reply) return;
    if ('failure' in reply) {
      this.#fail(reply.failure);
      return;
    }
    this.#free.push(reply.parcel);
    for (const description of reply.descriptions) this.#descriptions.shift()?.resolve(description);
    if (reply.sha256 !== undefined) this.#whole?.resolve(reply.sha256);
    this.#returned();
  }

  #fail(reason: string): void {
    this.#failure = new Error(reason);
    for (const { reject } of this.#descriptions.splice(0)) reject(this.#failure);
    this.#whole?.reject(this.#failure);
    this.#returned();
  }
}
