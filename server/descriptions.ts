/** The numbers and the hashes of values that come block by block; many are hashed in a worker, while the next ones are drawn. */
import type { Sampler } from '../core/backends/sampler.js';
import type { WorkerPort } from '../core/backends/workers/pool.js';
import { type Spread, SpreadSum } from '../core/summary.js';
import type { Clock, Digest, Encoding, Machine } from './host.js';
import type { Block } from './preview/weights.js';

export interface Description {
  readonly sha256: string;
  /** Absent where there are no values. */
  readonly spread?: Spread;
}

/** Hashes one parameter after the other, and all of them together by name and bytes. */
class Hasher {
  readonly #whole: Digest;
  #own: Digest | undefined;

  constructor(private readonly digest: () => Digest) {
    this.#whole = digest();
  }

  /** Of some parameters the own hash is made elsewhere. */
  begin(name: Uint8Array, isOwn = true): void {
    this.#whole.update(name);
    this.#own = isOwn ? this.digest() : undefined;
  }

  add(bytes: Uint8Array): void {
    this.#whole.update(bytes);
    this.#own?.update(bytes);
  }

  /** The hash of the parameter. */
  end(): string {
    return this.#own!.finish();
  }

  finish(): string {
    return this.#whole.finish();
  }
}

type Piece =
  | { readonly kind: 'begin'; readonly name: Uint8Array; readonly isOwn: boolean }
  /** Bytes of the parcel. */
  | { readonly kind: 'bytes'; readonly from: number; readonly to: number }
  | { readonly kind: 'end' };

/** What a worker is sent: memory that it sends back, and what lies there. */
export interface Parcel {
  readonly parcel: ArrayBuffer;
  readonly pieces: readonly Piece[];
  readonly isFinal: boolean;
}

/** What a worker answers. */
export type ParcelReply =
  | { readonly parcel: ArrayBuffer; readonly hashes: readonly string[]; readonly sha256?: string }
  | { readonly failure: string }
  | { readonly ready: true };

/** Hashes what comes in parcels, of one network after the other. */
export class Unpacker {
  #hasher: Hasher | undefined;

  constructor(private readonly digest: () => Digest) {}

  unpacked({ parcel, pieces, isFinal }: Parcel): ParcelReply {
    this.#hasher ??= new Hasher(this.digest);
    const hasher = this.#hasher;
    const hashes: string[] = [];
    for (const piece of pieces) {
      if (piece.kind === 'begin') hasher.begin(piece.name, piece.isOwn);
      else if (piece.kind === 'end') hashes.push(hasher.end());
      else hasher.add(new Uint8Array(parcel, piece.from, piece.to - piece.from));
    }
    if (isFinal) this.#hasher = undefined;
    return { parcel, hashes, ...(isFinal && { sha256: hasher.finish() }) };
  }
}

/** Bytes: so much memory is written again and again, which is faster than memory that is new. */
const PARCEL = 2 ** 20;
/** What a worker may have to do yet. */
const MOST_PARCELS = 32;
/** So many parcels keep a worker busy until there are more. */
const ENOUGH_PARCELS = 4;
/** Bytes: all in all less is described before a worker is there. */
const WORTH_A_WORKER = 2 ** 24;

interface Waiting<T> {
  readonly resolve: (answer: T) => void;
  readonly reject: (reason: Error) => void;
}

/** `begin`, `add` and `end` for each parameter in order, then `finish`. */
export interface Descriptions {
  /** `bytes`: of the parameter. */
  begin(name: Uint8Array, bytes: number): void;
  /** The block may be written to again once this has resolved. */
  add(block: Block): Promise<void>;
  end(): Promise<Description>;
  /** The hash of them all. */
  finish(): Promise<string>;
  stop(): void;
}

type Turns = Pick<Clock, 'turn'>;

type Adder = Pick<Sampler, 'blockSpread'>;

const sumBy = (adder: Adder) => new SpreadSum((block, origin) => adder.blockSpread(block, origin));

/** `bytes`: of all that there will be. `worker`: one that was started before that was known; it is stopped with the rest. */
export function descriptionsOn(
  host: Encoding & Machine & Turns,
  bytes: number,
  adder: Adder,
  worker?: WorkerPort,
): Descriptions {
  const port = bytes < WORTH_A_WORKER ? undefined : (worker ?? startDescriber(host));
  if (port !== worker) worker?.stop();
  return port === undefined ? new DescribedHere(host, adder) : new DescribedElsewhere(port, host, adder);
}

/** A worker for descriptions; undefined where there can be none. It is to be listened to before the host's next turn. */
export function startDescriber(host: Machine): WorkerPort | undefined {
  if (host.threads < 2) return undefined;
  try {
    return host.startWorker();
  } catch {
    return undefined;
  }
}

class DescribedHere implements Descriptions {
  readonly #hasher: Hasher;
  #sum: SpreadSum;

  constructor(
    host: Encoding,
    private readonly adder: Adder,
  ) {
    this.#sum = sumBy(adder);
    this.#hasher = new Hasher(() => host.sha256());
  }

  begin(name: Uint8Array): void {
    this.#hasher.begin(name);
    this.#sum = sumBy(this.adder);
  }

  async add({ bytes, values }: Block): Promise<void> {
    this.#hasher.add(bytes);
    this.#sum.add(values);
  }

  async end(): Promise<Description> {
    return described(this.#hasher.end(), this.#sum);
  }

  async finish(): Promise<string> {
    return this.#hasher.finish();
  }

  stop(): void {}
}

function described(sha256: string, { spread }: SpreadSum): Description {
  return { sha256, ...(spread && { spread }) };
}

class DescribedElsewhere implements Descriptions {
  readonly #free: ArrayBuffer[] = [];
  readonly #hashes: Waiting<string>[] = [];
  #whole: Waiting<string> | undefined;
  #parcels = 0;
  #parcel: Uint8Array | undefined;
  #used = 0;
  #pieces: Piece[] = [];
  #sum: SpreadSum;
  /** Of a parameter that is hashed here: the worker had enough to do when it began, or would have had too much in its midst. */
  #own: Digest | undefined;
  #failure: Error | undefined;
  #returned = (): void => {};

  constructor(
    private readonly port: WorkerPort,
    private readonly host: Encoding & Turns,
    private readonly adder: Adder,
  ) {
    this.#sum = sumBy(adder);
    port.listen(
      message => this.#received(message as ParcelReply),
      reason => this.#fail(reason),
    );
  }

  begin(name: Uint8Array, bytes: number): void {
    this.#sum = sumBy(this.adder);
    const isHere = this.#pending > ENOUGH_PARCELS || bytes > MOST_PARCELS * PARCEL;
    this.#own = isHere ? this.host.sha256() : undefined;
    this.#pieces.push({ kind: 'begin', name, isOwn: this.#own === undefined });
  }

  async add({ bytes, values }: Block): Promise<void> {
    this.#sum.add(values);
    this.#own?.update(bytes);
    for (let at = 0; at < bytes.length; ) {
      const parcel = await this.#room();
      const from = this.#used;
      const to = Math.min(PARCEL, from + bytes.length - at);
      parcel.set(bytes.subarray(at, at + to - from), from);
      this.#pieces.push({ kind: 'bytes', from, to });
      this.#used = to;
      at += to - from;
    }
  }

  async end(): Promise<Description> {
    const sum = this.#sum;
    if (this.#own !== undefined) return described(this.#own.finish(), sum);
    this.#pieces.push({ kind: 'end' });
    const hash = await new Promise<string>((resolve, reject) => this.#hashes.push({ resolve, reject }));
    return described(hash, sum);
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
    // What the worker has sent back is here only when others have had their turn.
    await this.host.turn();
    while (this.#pending === MOST_PARCELS) {
      await new Promise<void>(resolve => {
        this.#returned = resolve;
      });
      if (this.#failure !== undefined) throw this.#failure;
    }
    if (this.#free.length === 0) this.#parcels++;
    this.#parcel = new Uint8Array(this.#free.pop() ?? new ArrayBuffer(PARCEL));
    return this.#parcel;
  }

  /** How many parcels the worker has. */
  get #pending(): number {
    return this.#parcels - this.#free.length - (this.#parcel === undefined ? 0 : 1);
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
    for (const hash of reply.hashes) this.#hashes.shift()?.resolve(hash);
    if (reply.sha256 !== undefined) this.#whole?.resolve(reply.sha256);
    this.#returned();
  }

  #fail(reason: string): void {
    this.#failure = new Error(reason);
    for (const { reject } of this.#hashes.splice(0)) reject(this.#failure);
    this.#whole?.reject(this.#failure);
    this.#returned();
  }
}
