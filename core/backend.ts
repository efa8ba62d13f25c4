/** Where weights are drawn: one interface for every device, so that one test suite holds for all. */
import type { Fans, InitSpec } from './initializer.js';
import type { Build, Dtype, Mt19937, Values } from './random/index.js';
import type { Summary } from './statistics.js';

export interface Backend {
  readonly name: 'scalar' | 'wasm' | 'webgpu';
  /** All values in memory order; undefined where the spec names none (`copy`, `data`, `unknown`, an absent number). */
  draw(request: WeightRequest): Promise<Values | undefined>;
  /** Statistics of the same values without holding them. */
  summarize(request: WeightRequest, watch?: Watch): Promise<WeightSummary | undefined>;
}

/** Awaited every few milliseconds with the share that is done; whoever rejects ends the work. */
export type Watch = (share: number) => Promise<void>;

export interface WeightRequest {
  readonly spec: InitSpec;
  readonly shape: readonly number[];
  /** Absent: those of the shape. */
  readonly fans?: Fans;
  readonly dtype: Dtype;
  /**
   * Moves on exactly as far as torch's would where torch's values are drawn; where only a sample is summarized, as far as
   * that, and by a key's two words where a graphics processor draws: running through the rest takes long.
   */
  readonly generator: Mt19937;
  readonly build: Build;
  /** `glance`, unless it is said: what takes longer than a person waits is sampled. `whole`: however long it takes. */
  readonly effort?: 'glance' | 'whole';
}

export interface WeightSummary extends Summary {
  /** Set when only so many values were looked at, or a stand-in for them: `count` is theirs. */
  readonly sampled?: SampleReason;
  /** True where the values are torch's to the bit. */
  readonly isExact: boolean;
  /** What drew, for people. */
  readonly device: string;
}

/** `size`: the first values of a layer above the limit. `cost`: normals of the same std for a QR that would take too long. */
export type SampleReason = 'size' | 'cost';
