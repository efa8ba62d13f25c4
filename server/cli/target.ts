/** The project in which a TARGET is evaluated: the folder where the program was started is where Python looks first. */
import { createProject, type Project } from '../analyze.js';
import { ConfigurationLookup } from '../features/configuration/lookup.js';
import { environmentFolders, packageFolders } from '../features/environment.js';
import { ruleNames } from '../features/rulebook.js';
import { VersionLookup } from '../features/versions/lookup.js';
import type { Terminal } from '../host.js';
import { folderOf, isInside, joinPath, nameOf, relativePath, resolvePath } from '../text/paths.js';
import type { Site } from '../text/span.js';
import type { Place } from './model/rows.js';
import type { Arguments, Option } from './options.js';

export interface TargetProject {
  readonly project: Project;
  /** As the evaluation wants it: a path relative to a root. */
  readonly target: string;
}

export const targetOptions: readonly Option[] = [
  { name: 'python-path', value: 'DIR', description: 'Also look here for imported packages; may be repeated' },
  { name: 'torch-version', value: 'VERSION', description: 'The version of torch that the code runs with' },
];

export function openTarget(written: string, given: Arguments, terminal: Terminal): TargetProject {
  const folder = terminal.currentFolder;
  const { target, root } = placed(written, folder);
  const project = createProject({
    files: terminal,
    roots: root === folder ? [folder] : [root, folder],
    pythonPath: given.all('python-path').map(it => resolvePath(folder, it)),
    sitePackages: packageFolders([folder], { files: terminal, environment: terminal.environment }),
    settings: settingsFor(given, terminal),
  });
  return { project, target };
}

/** Where a site lies for a person who works in the folder. */
export function locateIn(project: Project, folder: string): (site: Site) => Place {
  return ({ path, start }) => {
    const lines = project.source(path)?.source.lines;
    return { path: relativePath(folder, path), line: lines?.locationAt(start).line ?? 1 };
  };
}

/** A file outside the folder is imported from where it lies. */
function placed(written: string, folder: string): { target: string; root: string } {
  const at = written.indexOf('::');
  const [where, call] = at < 0 ? [written, ''] : [written.slice(0, at), written.slice(at)];
  if (!where.endsWith('.py')) return { target: written, root: folder };
  const path = resolvePath(folder, where);
  if (isInside(folder, path)) return { target: relativePath(folder, path) + call, root: folder };
  return { target: nameOf(path) + call, root: folderOf(path) };
}

function settingsFor(given: Arguments, terminal: Terminal): ReadonlyMap<string, string> {
  const torchVersion = given.value('torch-version');
  const lookup = new ConfigurationLookup({
    files: terminal,
    rules: ruleNames,
    ...(torchVersion !== undefined && { inner: { torchVersion } }),
  });
  const environments = environmentFolders([terminal.currentFolder], {
    files: terminal,
    environment: terminal.environment,
  });
  const path = joinPath(terminal.currentFolder, 'model.py');
  return new VersionLookup({ files: terminal, environments }).settingsFor(path, lookup.of(path));
}
