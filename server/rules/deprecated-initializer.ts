/** Finds initializers under names that torch has given up, or never had. */
import type { Deprecation } from '../model/model.js';
import type { Site } from '../text/span.js';
import { detail, faultsOf } from './faults.js';
import type { Fix, Report, Rule } from './rule.js';

export const deprecatedInitializer: Rule = {
  id: 'deprecated-initializer',
  summary: 'Finds initializers under an old name without underscore, or under one that never existed',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',

  *check(program) {
    for (const deprecation of program.deprecations) yield deprecated(deprecation);
    for (const fault of faultsOf(program, 'no-such-initializer')) {
      const name = detail(fault, 'name');
      const suggestion = detail(fault, 'suggestion');
      if (name !== undefined && suggestion !== undefined) yield missing(fault.site, name, suggestion);
    }
  },
};

function deprecated({ site, name, replacement }: Deprecation): Report {
  return {
    site,
    message: `\`${name}\` is the old name of \`${replacement}\`, deprecated since torch 0.4: every call warns`,
    fixes: [rename(site, name, replacement)],
    tags: ['deprecated'],
  };
}

function missing(site: Site, name: string, suggestion: string): Report {
  return {
    site,
    severity: 'error',
    message: `torch has no initializer \`${name}\`: this raises AttributeError`,
    fixes: [rename(site, name, suggestion)],
  };
}

function rename(site: Site, name: string, replacement: string): Fix {
  return {
    title: `Rename \`${name}\` to \`${replacement}\``,
    intents: [{ kind: 'rename', site, name: replacement }],
    safe: true,
  };
}
