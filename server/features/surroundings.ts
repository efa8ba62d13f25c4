/** What is taken for granted about the machine around a project, in sentences for people. */
import type { Configuration } from './configuration/configuration.js';
import type { FoundVersion } from './versions/installed.js';

export interface Surroundings {
  readonly configuration: Configuration;
  /** What an environment or a lock file says. */
  readonly torch: FoundVersion | undefined;
  /** Folders of installed packages. */
  readonly packages: readonly string[];
}

/** `torch 2.4.1, pinned by /project/uv.lock` */
export function torchText({ configuration, torch, packages }: Surroundings): string {
  const { torchVersion } = configuration;
  if (torchVersion !== undefined) return `torch ${torchVersion}, as configured`;
  if (torch === undefined) return 'torch: the newest that is known, as nothing says which (`torch-version` would)';
  const { version, from } = torch;
  return `torch ${version}, ${packages.includes(from) ? `installed in ${from}` : `pinned by ${from}`}`;
}

export function packagesText({ packages }: Surroundings): string {
  if (packages.length > 0) return `installed packages are read from ${packages.join(', ')}`;
  return (
    'no Python environment was found, so what installed packages do is not known: ' +
    'make one as `.venv`, or name its `site-packages` in the setting `initlens.pythonPath`'
  );
}
