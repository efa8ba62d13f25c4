/** `packaging.version` and its older relatives: versions that compare. */
import { getter } from '../builtins/construct.js';
import type { Machine } from '../machine.js';
import { Instance, Tuple, type Value } from '../values.js';
import { classOf, type Entry, method } from './define.js';

export function versionNames(m: Machine): Entry[] {
  const cls = classOf(m, 'packaging.version', 'Version', versionMethods);
  return [
    ['Version', cls],
    ['LooseVersion', cls],
    ['StrictVersion', cls],
    ['LegacyVersion', cls],
    ['InvalidVersion', m.builtins.exception('ValueError')],
    method('parse', 'version', (machine, version) => machine.call(cls, [version!])),
    method('parse_version', 'version', (machine, version) => machine.call(cls, [version!])),
  ];
}

const versionMethods: readonly Entry[] = [
  method('__init__', 'self, version', (m, self, version) => {
    const text = m.toText(version!);
    (self as Instance).attributes.set('_text', text === undefined ? version! : text);
    return null;
  }),
  method('__str__', 'self, /', (_, self) => (self as Instance).attributes.get('_text')!),
  method('__repr__', 'self, /', (m, self) => `<Version('${m.toText(self!) ?? '?'}')>`),
  part('release', release => new Tuple(release)),
  part('version', release => new Tuple(release)),
  part('major', release => release[0] ?? 0),
  part('minor', release => release[1] ?? 0),
  part('micro', release => release[2] ?? 0),
  part('base_version', release => release.join('.')),
  part('is_prerelease', (_, text) => /\d(a|b|rc|\.dev)\d*/.test(text)),
  part('is_devrelease', (_, text) => text.includes('.dev')),
  ...(['<', '<=', '>', '>=', '=='] as const).map((operator, i) =>
    method(['__lt__', '__le__', '__gt__', '__ge__', '__eq__'][i]!, 'self, other, /', (m, self, other) => {
      const [a, b] = [keyOf(self!), keyOf(other!)];
      if (a === undefined || b === undefined) return m.unknown('the version is not known');
      return m.compare(operator, a, b) ?? m.unknown('the version is not known');
    }),
  ),
];

function part(name: string, read: (release: number[], text: string) => Value): Entry {
  return getter(
    method(name, 'self, /', (m, self) => {
      const text = (self as Instance).attributes.get('_text');
      return typeof text === 'string' ? read(releaseOf(text), text) : m.unknown('the version is not known');
    }),
  );
}

function releaseOf(text: string): number[] {
  return (/^v?(\d+(?:\.\d+)*)/.exec(text)?.[1] ?? '')
    .split('.')
    .filter(it => it !== '')
    .map(Number);
}

/** Trailing zeros do not count; a pre-release comes before its release, a local version after. */
function keyOf(version: Value): Value | undefined {
  const text =
    typeof version === 'string' ? version : version instanceof Instance ? version.attributes.get('_text') : undefined;
  if (typeof text !== 'string') return undefined;
  const release = releaseOf(text);
  while (release.at(-1) === 0) release.pop();
  const [, stage, number] = /\d\.?(dev|a|b|rc)(\d*)/.exec(text) ?? [];
  const rank = stage === undefined ? 9 : ['dev', 'a', 'b', 'rc'].indexOf(stage);
  return new Tuple([new Tuple(release), rank, Number(number ?? 0), text.includes('+') ? 1 : 0]);
}
