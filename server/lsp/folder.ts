/** A workspace folder: its settings, its project, and what the analysis of its files gave. */
import { type Analysis, analyze, createProject, type Finding, type Project } from '../analyze.js';
import type { Configuration } from '../features/configuration/configuration.js';
import { ConfigurationLookup } from '../features/configuration/lookup.js';
import { type ConfigurationFile, isConfiguration } from '../features/configuration/read.js';
import { curate } from '../features/curate.js';
import { environmentFolders, packageFolders } from '../features/environment.js';
import { ruleNames } from '../features/rulebook.js';
import { packagesText, type Surroundings, torchText } from '../features/surroundings.js';
import { VersionLookup } from '../features/versions/lookup.js';
import type { Host } from '../host.js';
import { joinPath } from '../text/paths.js';
import type { Log } from './log.js';
import type { Settings } from './settings.js';

/** With the versions as the frameworks want to be told. */
interface Found extends Surroundings {
  readonly settings: ReadonlyMap<string, string>;
}

/** Documents that somebody may be looking at. */
const MOST_WHOLE = 4;

export class Folder {
  configurations: ConfigurationLookup;
  project: Project;
  #settings: Settings;
  #surroundings: Found;
  /** Of open documents and of those that were last asked about. */
  readonly #analyses = new Map<string, { readonly analysis: Analysis; readonly version: string }>();
  /** Also of files whose analysis is no longer kept. */
  readonly #found = new Map<string, readonly Finding[]>();
  readonly #open = new Map<string, string>();
  #answering: Generator<undefined, ReadonlySet<string>> | undefined;

  constructor(
    /** Undefined for documents outside of every folder. */
    readonly root: string | undefined,
    settings: Settings,
    private readonly host: Host,
    private readonly log: Log,
    /** Told that questions to all files of the folder wait for `answer`. */
    private readonly later: () => void,
  ) {
    this.#settings = settings;
    this.configurations = this.#createLookup();
    this.#surroundings = this.#lookAround();
    this.project = this.#createProject();
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** What is taken for granted about its project, in a sentence. */
  get assumed(): string {
    return torchText(this.#surroundings);
  }

  /** Of Python. */
  get openPaths(): readonly string[] {
    return [...this.#open.keys()].filter(it => !isConfiguration(it));
  }

  /** Says what is wrong in its own configuration files, also where no Python file has asked for them. */
  get configurationFiles(): ReadonlyMap<string, ConfigurationFile> {
    for (const path of this.#open.keys()) if (isConfiguration(path)) this.configurations.file(path);
    return this.configurations.files;
  }

  /** Everything is evaluated anew: versions and search paths may differ. */
  configure(settings: Settings): void {
    this.#settings = settings;
    this.configurations = this.#createLookup();
    this.#surroundings = this.#lookAround();
    this.project = this.#createProject();
    for (const [path, text] of this.#open) this.project.openDocument(path, text);
    this.#forgetResults();
  }

  open(path: string, text: string): void {
    this.#open.set(path, text);
    this.project.openDocument(path, text);
    this.#analyses.delete(path);
  }

  close(path: string): void {
    this.#open.delete(path);
    this.project.closeDocument(path);
    this.#analyses.delete(path);
    this.#found.delete(path);
  }

  /** Files changed on disk. */
  changed(paths: readonly string[]): void {
    for (const path of paths) this.project.changed(path);
    for (const path of paths) this.#found.delete(path);
    for (const path of paths) this.#analyses.delete(path);
  }

  get isAsking(): boolean {
    return this.#answering !== undefined || this.project.mentions.search.isWaiting;
  }

  /** Looks through files as long as there is time; in the end, which of them have news. Undefined while there is more to do. */
  answer(hasTime: () => boolean): ReadonlySet<string> | undefined {
    this.#answering ??= this.project.mentions.search.work();
    while (hasTime()) {
      const { done, value } = this.#answering.next();
      if (done !== true) continue;
      this.#answering = undefined;
      this.project.answered(value);
      return value;
    }
    return undefined;
  }

  /** Told once the settings are known. */
  logSurroundings(): void {
    const where = this.root ?? 'outside of every folder';
    this.log.info(`${where}: ${torchText(this.#surroundings)}; ${packagesText(this.#surroundings)}`);
  }

  configurationOf(path: string): Configuration {
    return this.configurations.of(path);
  }

  /** Undefined for what cannot be read. */
  analysis(path: string): Analysis | undefined {
    const known = this.#analyses.get(path);
    if (known?.version === this.project.versionOfOthers(path)) return known.analysis;
    if (isConfiguration(path) || this.project.source(path) === undefined) return undefined;
    const start = this.host.now();
    const analysis = analyze(this.project, path);
    this.log.analyzed(path, this.host.now() - start);
    this.#found.set(path, analysis.findings);
    if (this.#open.has(path)) this.#keep(path, analysis);
    return analysis;
  }

  /** Of all but the last ones only what was found. */
  #keep(path: string, analysis: Analysis): void {
    this.#analyses.delete(path);
    this.#analyses.set(path, { analysis, version: this.project.versionOfOthers(path) });
    [...this.#analyses.values()].at(-1 - MOST_WHOLE)?.analysis.release();
  }

  /** What is to be reported in a file, of all that was found there from anywhere. */
  findings(path: string): readonly Finding[] {
    if (!this.#settings.enable) return [];
    const analysis = this.analysis(path);
    if (analysis === undefined) return [];
    return curate(analysis, this.#foundIn(path), this.configurations.of(path), ruleNames);
  }

  *#foundIn(path: string): Iterable<Finding> {
    yield* this.#found.get(path) ?? [];
    for (const [from, findings] of this.#found) if (from !== path) yield* findings.filter(it => it.path === path);
  }

  #forgetResults(): void {
    this.#analyses.clear();
    this.#found.clear();
  }

  #createLookup(): ConfigurationLookup {
    return new ConfigurationLookup({
      files: this.host,
      openText: path => this.#open.get(path),
      rules: ruleNames,
      outer: this.#settings.configuration,
    });
  }

  #lookAround(): Found {
    const { host } = this;
    const roots = this.#roots;
    const machine = { files: host, environment: host.environment };
    const versions = new VersionLookup({ files: host, environments: environmentFolders(roots, machine) });
    const path = joinPath(this.root ?? '/', 'model.py');
    const configuration = this.configurations.of(path);
    return {
      configuration,
      torch: versions.found('torch', path),
      packages: packageFolders(roots, machine),
      settings: versions.settingsFor(path, configuration),
    };
  }

  #createProject(): Project {
    const { packages, settings } = this.#surroundings;
    this.#answering = undefined;
    return createProject({
      later: this.later,
      files: this.host,
      roots: this.#roots,
      pythonPath: this.#settings.pythonPath,
      sitePackages: packages,
      settings,
    });
  }

  get #roots(): readonly string[] {
    return this.root === undefined ? [] : [this.root];
  }
}
