/** Every rule, by name. Generated from the files beside it: do not edit. */
import { absoluteTruncation } from './absolute-truncation.js';
import { biasNone } from './bias-none.js';
import { classNameMatch } from './class-name-match.js';
import { clonedLayer } from './cloned-layer.js';
import { copiedTensor } from './copied-tensor.js';
import { deprecatedInitializer } from './deprecated-initializer.js';
import { earlyApply } from './early-apply.js';
import { embeddingFan } from './embedding-fan.js';
import { fanMode } from './fan-mode.js';
import { gainMismatch } from './gain-mismatch.js';
import { initAfterLoad } from './init-after-load.js';
import { initInForward } from './init-in-forward.js';
import { initOnModule } from './init-on-module.js';
import { leafInPlace } from './leaf-in-place.js';
import { meanAsStd } from './mean-as-std.js';
import { metaUnsafe } from './meta-unsafe.js';
import { missingBranch } from './missing-branch.js';
import { nonzeroBias } from './nonzero-bias.js';
import { normScale } from './norm-scale.js';
import { overwrittenInit } from './overwritten-init.js';
import { paddingOverwritten } from './padding-overwritten.js';
import { positiveWeight } from './positive-weight.js';
import { reparametrizedWeight } from './reparametrized-weight.js';
import { repeatedSeed } from './repeated-seed.js';
import type { Rule } from './rule.js';
import { scaleDrift } from './scale-drift.js';
import { stackedFan } from './stacked-fan.js';
import { tensorAsParameter } from './tensor-as-parameter.js';
import { transposedFan } from './transposed-fan.js';
import { unguardedInitWeights } from './unguarded-init-weights.js';
import { uninitializedParameter } from './uninitialized-parameter.js';
import { unknownNonlinearity } from './unknown-nonlinearity.js';
import { unusedInitializer } from './unused-initializer.js';
import { varianceAsStd } from './variance-as-std.js';
import { wrongArgument } from './wrong-argument.js';
import { wrongRank } from './wrong-rank.js';
import { zeroWeight } from './zero-weight.js';

export const rules: readonly Rule[] = [
  absoluteTruncation,
  biasNone,
  classNameMatch,
  clonedLayer,
  copiedTensor,
  deprecatedInitializer,
  earlyApply,
  embeddingFan,
  fanMode,
  gainMismatch,
  initAfterLoad,
  initInForward,
  initOnModule,
  leafInPlace,
  meanAsStd,
  metaUnsafe,
  missingBranch,
  nonzeroBias,
  normScale,
  overwrittenInit,
  paddingOverwritten,
  positiveWeight,
  reparametrizedWeight,
  repeatedSeed,
  scaleDrift,
  stackedFan,
  tensorAsParameter,
  transposedFan,
  unguardedInitWeights,
  uninitializedParameter,
  unknownNonlinearity,
  unusedInitializer,
  varianceAsStd,
  wrongArgument,
  wrongRank,
  zeroWeight,
];
