/** Every rule, by name. Generated from the files beside it: do not edit. */
import { biasNone } from './bias-none.js';
import { deprecatedInitializer } from './deprecated-initializer.js';
import { gainMismatch } from './gain-mismatch.js';
import { initOnModule } from './init-on-module.js';
import { meanAsStd } from './mean-as-std.js';
import { normScale } from './norm-scale.js';
import { overwrittenInit } from './overwritten-init.js';
import { positiveWeight } from './positive-weight.js';
import type { Rule } from './rule.js';
import { scaleDrift } from './scale-drift.js';
import { unknownNonlinearity } from './unknown-nonlinearity.js';
import { wrongArgument } from './wrong-argument.js';
import { wrongRank } from './wrong-rank.js';
import { zeroWeight } from './zero-weight.js';

export const rules: readonly Rule[] = [
  biasNone,
  deprecatedInitializer,
  gainMismatch,
  initOnModule,
  meanAsStd,
  normScale,
  overwrittenInit,
  positiveWeight,
  scaleDrift,
  unknownNonlinearity,
  wrongArgument,
  wrongRank,
  zeroWeight,
];
