/** One run of `check` over files: what it needs, and what it found. */
import { createProject, type Finding, findingsInPassing, type Project } from '../../analyze.js';
import type { ConfigurationLookup } from '../../features/configuration/lookup.js';
import { curate } from '../../features/curate.js';
import { environmentFolders, packageFolders } from '../../features/environment.js';
import { ruleNames } from '../../features/rulebook.js';
import { mentionsDirective } from '../../features/suppressions/directives.js';
import { VersionLookup } from '../../features/versions/lookup.js';
import type { Terminal } from '../../host.js';
import { relativePath, resolvePath } from '../../text/paths.js';
import type { Source } from '../../text/source.js';
import type { Arguments } from '../options.js';
import type { ReportedError } from '../report.js';
import { workspaceFolders } from './workspace.js';

/** What one file's analysis came to; workers send it as it is. */
export interface Checked {
  readonly path: string;
  /** In this file and in others; absent where it could not be analyzed. */
  readonly found?: readonly Finding[];
  readonly errors: readonly ReportedError[];
  /** Whether a comment in it may suppress something. */
  readonly hasDirectives?: boolean;
}

export class CheckSession {
  readonly folder: string;
  /** Standard input, where that is what is checked. */
  input: { readonly path: string; readonly text: string } | undefined;
  readonly #projects = new Map<string, Project>();
  readonly #roots: readonly string[];
  readonly #sitePackages: readonly string[];
  readonly #versions: VersionLookup;

  constructor(
    readonly terminal: Terminal,
    readonly given: Arguments,
    readonly configurations: ConfigurationLookup,
  ) {
    this.folder = terminal.currentFolder;
    const machine = { files: terminal, environment: terminal.environment };
    this.#roots = workspaceFolders(given, terminal);
    this.#sitePackages = packageFolders(this.#roots, machine);
    const environments = environmentFolders(this.#roots, machine);
    this.#versions = new VersionLookup({ files: terminal, environments });
  }

  /** What the evaluation of a file finds in it and elsewhere, or why it cannot be had. */
  analyze(path: string): readonly Finding[] | ReportedError {
    const project = this.projectOf(path);
    const read = project.read(path);
    if ('error' in read) return this.error(path, read.error);
    try {
      return findingsInPassing(project, path);
    } catch (error) {
      return this.error(path, `internal error: ${error instanceof Error ? error.stack : error}`);
    }
  }

  check(path: string): Checked {
    const hasDirectives = mentionsDirective(this.sourceOf(path)?.text ?? '');
    const found = this.analyze(path);
    return 'message' in found ? { path, errors: [found] } : { path, found, errors: [], hasDirectives };
  }

  /** What is to be reported in a file, of all that was found. */
  curate(path: string, found: Iterable<Finding>): readonly Finding[] {
    const file = this.projectOf(path).source(path);
    if (file === undefined) return [];
    return curate(file, found, this.configurations.of(path), ruleNames);
  }

  error(path: string, message: string): ReportedError {
    return { path: this.shown(path), message };
  }

  /** How the path is written in reports. */
  shown(path: string): string {
    return relativePath(this.folder, path);
  }

  sourceOf(path: string): Source | undefined {
    return this.projectOf(path).source(path)?.source;
  }

  /** Files that run with different versions of their libraries are evaluated apart. */
  projectOf(path: string): Project {
    const settings = this.#versions.settingsFor(path, this.configurations.of(path));
    const key = JSON.stringify([...settings]);
    let project = this.#projects.get(key);
    if (project === undefined) {
      project = this.#createProject(settings);
      this.#projects.set(key, project);
    }
    return project;
  }

  /** Ends what `openDocument` began. */
  restore(path: string): void {
    const project = this.projectOf(path);
    if (path === this.input?.path) project.openDocument(path, this.input.text);
    else project.closeDocument(path);
  }

  #createProject(settings: ReadonlyMap<string, string>): Project {
    const project = createProject({
      files: this.terminal,
      roots: this.#roots,
      pythonPath: this.given.all('python-path').map(it => resolvePath(this.folder, it)),
      sitePackages: this.#sitePackages,
      settings,
    });
    if (this.input !== undefined) project.openDocument(this.input.path, this.input.text);
    return project;
  }
}
