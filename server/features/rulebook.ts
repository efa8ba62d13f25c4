/** The names of all rules, those that look at code and those that look at comments. */
import { rules } from '../rules/registry.js';
import type { Rule } from '../rules/rule.js';

export const allRules: readonly Rule[] = rules;

export const ruleNames: ReadonlySet<string> = new Set([...rules.map(it => it.id), 'unused-suppression']);
