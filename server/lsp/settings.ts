/** The editor's settings, whatever the client sends for them. */
import type { DeviceChoice } from '../../core/index.js';
import type { Configuration } from '../features/configuration/configuration.js';
import type { Severity } from '../finding.js';

export interface Settings {
  readonly enable: boolean;
  /** What gives way to the project's own files. */
  readonly configuration: Configuration;
  /** The seed of `torch.manual_seed` for previews. */
  readonly seed: number;
  readonly torchBuild: 'plain' | 'mkl';
  /** What draws for hovers. */
  readonly device: DeviceChoice;
  readonly pythonPath: readonly string[];
  readonly scope: 'openFiles' | 'workspace';
  readonly hasPictures: boolean;
  readonly hasLenses: boolean;
  readonly hasHints: boolean;
  /** The shape of the first input, for previews of the signal; absent where it is not said. */
  readonly inputShape?: readonly number[];
}

/** A value of the wrong kind counts as absent. */
export function readSettings(value: unknown): Settings {
  const given = recordOf(value);
  const seed = given.seed;
  const inputShape = shapeOf(nested(given, 'signal', 'inputShape'));
  return {
    enable: given.enable !== false,
    configuration: configurationOf(given),
    seed: typeof seed === 'number' && Number.isSafeInteger(seed) && seed >= 0 ? seed : 0,
    torchBuild: given.torchBuild === 'plain' ? 'plain' : 'mkl',
    device: given.device === 'cpu' || given.device === 'gpu' ? given.device : 'auto',
    pythonPath: textsOf(given.pythonPath) ?? [],
    scope: given.workspace === 'workspace' ? 'workspace' : 'openFiles',
    hasPictures: nested(given, 'hover', 'picture') !== false,
    hasLenses: nested(given, 'codeLens', 'enable') !== false,
    hasHints: nested(given, 'inlayHints', 'enable') === true,
    ...(inputShape && { inputShape }),
  };
}

function configurationOf(given: Readonly<Record<string, unknown>>): Configuration {
  const select = textsOf(given.select);
  const ignore = textsOf(given.ignore);
  const { torchVersion } = given;
  return {
    ...(select !== undefined && select.length > 0 && { select }),
    ...(ignore !== undefined && { ignore }),
    severity: severitiesOf(given.severity),
    ...(typeof torchVersion === 'string' && torchVersion !== '' && { torchVersion }),
  };
}

const severities: readonly unknown[] = ['error', 'warning', 'information', 'hint', 'off'];

function severitiesOf(value: unknown): ReadonlyMap<string, Severity | 'off'> {
  const entries = Object.entries(recordOf(value)).filter(([, grade]) => severities.includes(grade));
  return new Map(entries as [string, Severity | 'off'][]);
}

/** `hover.picture` arrives nested from VS Code and flat from others. */
function nested(given: Readonly<Record<string, unknown>>, group: string, name: string): unknown {
  return given[`${group}.${name}`] ?? recordOf(given[group])[name];
}

/** Sizes of one axis at least. */
export function shapeOf(value: unknown): readonly number[] | undefined {
  const isShape = Array.isArray(value) && value.length > 0 && value.every(it => Number.isSafeInteger(it) && it > 0);
  return isShape ? (value as readonly number[]) : undefined;
}

function textsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter(it => typeof it === 'string');
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
