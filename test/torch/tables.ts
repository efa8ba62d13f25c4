/** What real torch says of its layers: live where python3 has it, else as it was written down. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Argument {
  readonly name: string;
  readonly kind: string;
  readonly default?: { readonly value?: unknown; readonly repr?: string };
}
export interface Sample {
  readonly expression: string;
  readonly parameters: readonly (readonly [string, readonly number[] | null])[];
  readonly slots: readonly (readonly [string, boolean])[];
  readonly buffers: readonly (readonly [string, readonly number[] | null])[];
  readonly modules: readonly (readonly [string, string])[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly next_uniform: number;
}
export interface Tables {
  readonly torch: string;
  readonly layers: readonly {
    readonly name: string;
    readonly module: string;
    readonly ancestors: readonly string[];
    readonly signature: readonly Argument[];
    readonly forward: readonly string[];
  }[];
  readonly samples: readonly Sample[];
  readonly initializers: readonly { readonly name: string; readonly signature: readonly Argument[] }[];
}

const script = new URL('../oracle/check_tables.py', import.meta.url);
const golden = new URL('../oracle/golden/tables.json', import.meta.url);

export const written: Tables = JSON.parse(readFileSync(golden, 'utf8'));

/** Undefined where python3 has no torch, or another version of it. */
export function asked(): Tables | undefined {
  try {
    const text = execFileSync('/usr/bin/python3', [script.pathname], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const tables: Tables = JSON.parse(text);
    return tables.torch === written.torch ? tables : undefined;
  } catch {
    return undefined;
  }
}
