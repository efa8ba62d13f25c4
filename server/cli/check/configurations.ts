/** What configures a check: its flags, and the files that apply to what it looks at. */
import type { Configuration } from '../../features/configuration/configuration.js';
import { ConfigurationLookup } from '../../features/configuration/lookup.js';
import { ruleNames } from '../../features/rulebook.js';
import type { Terminal } from '../../host.js';
import { resolvePath } from '../../text/paths.js';
import { type Arguments, closest, UsageError } from '../options.js';

/** Throws a UsageError where a flag names what is not there. */
export function configurationsFor(given: Arguments, terminal: Terminal): ConfigurationLookup {
  const only = given.value('config');
  const path = only === undefined ? undefined : resolvePath(terminal.currentFolder, only);
  if (path !== undefined && terminal.status(path)?.kind !== 'file')
    throw new UsageError(`${only}: there is no such file`);
  return new ConfigurationLookup({ files: terminal, rules: ruleNames, inner: flagsOf(given), only: path });
}

function flagsOf(given: Arguments): Configuration {
  const select = knownRules(given.list('select'));
  const ignore = knownRules(given.list('ignore'));
  const torchVersion = given.value('torch-version');
  return { ...(select && { select }), ...(ignore && { ignore }), ...(torchVersion && { torchVersion }) };
}

function knownRules(rules: readonly string[] | undefined): readonly string[] | undefined {
  const unknown = rules?.find(it => it !== 'ALL' && !ruleNames.has(it));
  if (unknown === undefined) return rules;
  const nearest = closest(unknown, [...ruleNames]);
  throw new UsageError(`there is no rule ${unknown}${nearest === undefined ? '' : `; is ${nearest} meant?`}`);
}
