/** One repository of many: what is found in it, how long each file takes, what crashes, which fix is wrong. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { analyze, createProject, type Finding, type Project } from '../../server/analyze.js';
import { ConfigurationLookup } from '../../server/features/configuration/lookup.js';
import { curate } from '../../server/features/curate.js';
import { discoverFiles } from '../../server/features/discovery/discover.js';
import { ruleNames } from '../../server/features/rulebook.js';
import { createHost } from '../../server/node/host.js';
import { installation } from '../../server/node/installation.js';
import { faultsOf } from './fix-property.js';

export interface Checked {
  readonly repository: string;
  readonly files: readonly Timed[];
  readonly findings: readonly Found[];
  readonly crashes: readonly { readonly path: string; readonly message: string }[];
  /** Fixes that break what must hold of them. */
  readonly faults: readonly { readonly place: string; readonly title: string; readonly message: string }[];
  /** How many fixes were tried. */
  readonly fixes: number;
}

export interface Timed {
  readonly path: string;
  readonly milliseconds: number;
}

export interface Found {
  readonly rule: string;
  readonly severity: string;
  /** `owner/name/path:line`. */
  readonly place: string;
  readonly message: string;
}

/** Folders with a `.git`, or what a listing of them leaves: `owner/name`. The folder itself where it holds files. */
export function repositoriesIn(root: string): readonly string[] {
  const foldersIn = (folder: string) =>
    readdirSync(folder, { withFileTypes: true })
      .filter(it => it.isDirectory() && !it.name.startsWith('.'))
      .map(it => join(folder, it.name))
      .sort();
  const isRepository = (folder: string) => markers.some(it => existsSync(join(folder, it)));
  if (isRepository(root)) return [root];
  return foldersIn(root).flatMap(it => (isRepository(it) ? [it] : foldersIn(it)));
}

const markers = ['.git', '.commit', 'setup.py', 'pyproject.toml', 'README.md'];

export interface Choices {
  /** Whether every fix is tried. */
  readonly fixes: boolean;
  /** Whether files that name no initializer are left out. */
  readonly starts: boolean;
}

export function checkRepository(folder: string, root: string, choices: Choices): Checked {
  const configurations = new ConfigurationLookup({ files: host, rules: ruleNames });
  const project = createProject({ files: host, roots: [folder], pythonPath: [] });
  const run = new RepositoryRun(root, project, configurations);
  for (const { path } of discoverFiles(folder, { files: host, configurationOf: it => configurations.of(it) })) {
    run.check(path, choices);
  }
  run.report(choices);
  return { repository: relative(root, folder) || folder, ...run };
}

const STARTING =
  /\binit\.|\b(?:uniform|normal|fill|zero|copy|orthogonal)_\(|\.apply\(|nn\.Parameter|weight\.data|xavier|kaiming|manual_seed\(|deepcopy/;

const host = createHost(installation);

class RepositoryRun {
  readonly files: Timed[] = [];
  readonly findings: Found[] = [];
  readonly crashes: { path: string; message: string }[] = [];
  readonly faults: { place: string; title: string; message: string }[] = [];
  fixes = 0;
  readonly #found: Finding[] = [];
  readonly #root: string;
  readonly #project: Project;
  readonly #configurations: ConfigurationLookup;

  constructor(root: string, project: Project, configurations: ConfigurationLookup) {
    this.#root = root;
    this.#project = project;
    this.#configurations = configurations;
  }

  check(path: string, choices: Choices): void {
    const source = this.#project.read(path);
    if ('error' in source || (choices.starts && !STARTING.test(source.text))) return;
    const began = process.cpuUsage().user;
    try {
      this.#found.push(...analyze(this.#project, path).findings);
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.crashes.push({ path: relative(this.#root, path), message });
    }
    const milliseconds = Math.round((process.cpuUsage().user - began) / 1000);
    this.files.push({ path: relative(this.#root, path), milliseconds });
  }

  /** What is found in a file may come from another one that uses it. */
  report(choices: Choices): void {
    for (const path of new Set(this.#found.map(it => it.path))) {
      const source = this.#project.source(path);
      if (source === undefined || !this.#project.isUserCode(path)) continue;
      const findings = curate(source, this.#found, this.#configurations.of(path), ruleNames);
      for (const it of findings) this.#note(it);
      if (choices.fixes) for (const it of findings) this.#tryFixes(it);
    }
  }

  #note({ rule, severity, message, ...finding }: Finding): void {
    this.findings.push({ rule, severity, place: this.#placeOf(finding), message });
  }

  #tryFixes(finding: Finding): void {
    for (const fix of finding.fixes) {
      this.fixes++;
      for (const message of faultsOf(fix, finding, this.#project)) {
        this.faults.push({ place: `${this.#placeOf(finding)} ${finding.rule}`, title: fix.title, message });
      }
    }
  }

  #placeOf({ path, span }: Pick<Finding, 'path' | 'span'>): string {
    const line = this.#project.source(path)!.source.lines.locationAt(span.start).line;
    return `${relative(this.#root, path)}:${line}`;
  }
}
