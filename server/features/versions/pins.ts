/** The version of a package that a project's lock files pin. */
import { parse } from 'smol-toml';

/** Names of files that may pin versions, the most exact first, with how each is read. */
export const lockFiles: readonly (readonly [
  name: string,
  pinIn: (text: string, name: string) => string | undefined,
])[] = [
  ['uv.lock', pinInPackages],
  ['poetry.lock', pinInPackages],
  ['pdm.lock', pinInPackages],
  ['Pipfile.lock', pinInPipfile],
  ['requirements.txt', pinInRequirements],
];

/** `[[package]]` tables with `name` and `version`, as uv, Poetry and PDM write them. */
function pinInPackages(text: string, name: string): string | undefined {
  const packages = attempt(() => parse(text) as { readonly package?: unknown })?.package;
  if (!Array.isArray(packages)) return undefined;
  const found: { readonly version?: unknown } | undefined = packages.find(it => it?.name === name);
  return versionIn(found?.version);
}

function pinInPipfile(text: string, name: string): string | undefined {
  const document = attempt(() => JSON.parse(text) as Readonly<Record<string, Record<string, { version?: unknown }>>>);
  return versionIn(document?.default?.[name]?.version);
}

/** `torch==2.4.0+cu121 ; python_version > "3.8"`; a range pins nothing. */
function pinInRequirements(text: string, name: string): string | undefined {
  const line = new RegExp(String.raw`^[ \t]*${name}[ \t]*(?:\[[^\]]*\])?[ \t]*===?[ \t]*([^\s;,#]+)`, 'im');
  return versionIn(line.exec(text)?.[1]);
}

/** The numbers alone: `==2.4.0+cu121` is `2.4.0`, and `2.4.*` is `2.4`. */
function versionIn(value: unknown): string | undefined {
  return typeof value === 'string' ? /\d+(\.\d+)*/.exec(value)?.[0] : undefined;
}

/** A lock file that is being written, or merged, says nothing. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
