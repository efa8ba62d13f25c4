/** All rules, those that look at code and those that look at comments. */
import { rules } from '../rules/registry.js';
import type { RuleInfo } from '../rules/rule.js';
import { unusedSuppressionRule } from './suppressions/unused.js';

export const allRules: readonly RuleInfo[] = [...rules, unusedSuppressionRule].sort((a, b) => (a.id < b.id ? -1 : 1));

export const ruleNames: ReadonlySet<string> = new Set(allRules.map(it => it.id));
