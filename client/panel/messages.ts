/** What the extension and its webview say to each other. */
import type { Place, SignalResult, WeightResult, WeightsResult } from '../../server/lsp/protocol.js';

export type ToView =
  | {
      readonly kind: 'signal';
      readonly signal: SignalResult | null;
      readonly isLatest: boolean;
      readonly isRefined: boolean;
      /** As it was asked for. */
      readonly inputShape?: readonly number[];
    }
  | { readonly kind: 'weights'; readonly weights: WeightsResult | null }
  | { readonly kind: 'weight'; readonly weight: WeightResult | null }
  /** How far the measuring of all values is. */
  | { readonly kind: 'progress'; readonly percentage: number }
  /** Where the cursor is. */
  | { readonly kind: 'cursor'; readonly uri: string; readonly line: number };

export type FromView =
  | { readonly kind: 'ready' }
  /** Milliseconds from `ready` until the picture that was told last is on the screen. */
  | { readonly kind: 'drawn'; readonly milliseconds: number }
  | { readonly kind: 'open'; readonly place: Place }
  | { readonly kind: 'class'; readonly className: string }
  /** The shape of the input that the signal is wanted for; absent for that of the code or the settings. */
  | { readonly kind: 'input'; readonly shape?: readonly number[] }
  /** One parameter, drawn; with `whole` all of it, until something else is asked for. */
  | { readonly kind: 'weight'; readonly name: string; readonly whole?: boolean }
  | { readonly kind: 'export'; readonly as: 'csv' | 'safetensors'; readonly csv?: string };
