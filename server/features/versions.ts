/** Which versions of its libraries the code runs with, under the names that frameworks ask for. */
import type { Configuration } from './configuration/configuration.js';

export function versionSettings({ torchVersion, transformersVersion }: Configuration): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  if (torchVersion !== undefined) settings.set('torch-version', torchVersion);
  if (transformersVersion !== undefined) settings.set('transformers-version', transformersVersion);
  return settings;
}
