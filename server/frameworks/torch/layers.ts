/** Every layer of torch.nn, one row each; test/oracle/check_tables.py compares the rows with real torch. */
import { activations } from './nn/activations.table.js';
import { convolutions } from './nn/convolutions.table.js';
import { linears } from './nn/linears.table.js';
import { losses } from './nn/losses.table.js';
import { norms } from './nn/norms.table.js';
import { pools } from './nn/pools.table.js';
import { recurrents } from './nn/recurrents.table.js';
import type { LayerRow } from './nn/row.js';
import { transformers } from './nn/transformers.table.js';

export const layers: readonly LayerRow[] = [
  ...linears,
  ...convolutions,
  ...norms,
  ...recurrents,
  ...transformers,
  ...activations,
  ...pools,
  ...losses,
];

export const layerNamed: ReadonlyMap<string, LayerRow> = new Map(layers.map(row => [row.name, row]));
