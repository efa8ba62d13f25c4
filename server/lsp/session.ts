/** One client's session: what it opens, changes and asks for. */
import type {
  Connection,
  DidChangeTextDocumentParams,
  InitializeParams,
  InitializeResult,
  TextDocumentItem,
} from 'vscode-languageserver';
import { isConfiguration } from '../features/configuration/read.js';
import type { Host } from '../host.js';
import { codeActions } from './actions.js';
import { type Client, capabilitiesFor, clientOf } from './capabilities.js';
import { CellTranslation } from './cell-translation.js';
import { applyChanges } from './changes.js';
import { completionItems, signatureHelp } from './completion.js';
import { ConfigurationDiagnostics } from './configuration-diagnostics.js';
import { type Conversion, pageOf } from './convert.js';
import { Diagnostics } from './diagnostics.js';
import { Guard } from './guard.js';
import { hoverAt } from './hover.js';
import { IdleSearch } from './idle-search.js';
import { Log } from './log.js';
import { answerLookups } from './lookups.js';
import { isLooseCell, Notebooks } from './notebooks.js';
import { Preferences } from './preferences.js';
import { Preparation } from './preparation.js';
import { answerPreviews } from './previews.js';
import { Progress } from './progress.js';
import { answerPulls } from './pull.js';
import { Schedule } from './schedule.js';
import { Status } from './status.js';
import { pathOf } from './uri.js';
import { Watching } from './watching.js';
import { Workspace } from './workspace.js';
import { WorkspaceScan } from './workspace-scan.js';

/** Everything that the parts of a session share. */
export interface Shared {
  readonly connection: Connection;
  readonly host: Host;
  readonly workspace: Workspace;
  readonly diagnostics: Diagnostics;
  readonly configurationDiagnostics: ConfigurationDiagnostics;
  readonly schedule: Schedule;
  readonly scan: WorkspaceScan;
  readonly status: Status;
  readonly guard: Guard;
  readonly log: Log;
  readonly progress: Progress;
  readonly client: () => Client;
}

export class Session {
  readonly #shared: Shared;
  readonly #conversion: Conversion;
  readonly #preferences: Preferences;
  readonly #watching: Watching;
  readonly #search: IdleSearch;
  readonly #preparation: Preparation;
  readonly #notebooks = new Notebooks();
  #client: Client = clientOf({ capabilities: {} } as InitializeParams);

  constructor(connection: Connection, host: Host) {
    const log = new Log(connection, host);
    const workspace = new Workspace(host, log);
    const client = () => this.#client;
    this.#conversion = {
      sourceOf: path => workspace.sourceOf(path),
      uriOf: path => workspace.uriOf(path),
      get rulePages() {
        return client().options.rulePages;
      },
    };
    const translation = new CellTranslation(this.#notebooks);
    const diagnostics = new Diagnostics(connection, workspace, this.#conversion, it => translation.split(it));
    const guard = new Guard(log, host);
    guard.translation = translation;
    const status = new Status({ connection, diagnostics, workspace, clock: host });
    const schedule = new Schedule(host, {
      check: (path, isActive) => this.#check(path, isActive),
      dependents: path => this.#dependents(path),
      progress: count => status.progress('open', count),
      failed: (path, error) => log.failed(path, error),
    });
    const scan = new WorkspaceScan({ workspace, diagnostics, host, status, log });
    const configurationDiagnostics = new ConfigurationDiagnostics(connection, workspace);
    this.#shared = {
      connection,
      host,
      workspace,
      diagnostics,
      configurationDiagnostics,
      schedule,
      scan,
      status,
      guard,
      log,
      progress: new Progress(connection, host),
      client,
    };
    this.#search = new IdleSearch({ workspace, host, log, answered: paths => this.#answered(paths) });
    this.#preparation = new Preparation({ workspace, host, log, schedule });
    workspace.later = () => this.#search.delay();
    this.#preferences = new Preferences(this.#shared, () => this.#recheck());
    this.#watching = new Watching(this.#shared, () => this.#recheck());
  }

  listen(): void {
    const { connection, guard } = this.#shared;
    connection.onInitialize(params => this.#initialize(params));
    connection.onInitialized(() => this.#start());
    connection.onDidOpenTextDocument(guard.quietly('didOpen', ({ textDocument }) => this.#open(textDocument)));
    connection.onDidChangeTextDocument(guard.quietly('didChange', params => this.#change(params)));
    connection.onDidCloseTextDocument(guard.quietly('didClose', ({ textDocument }) => this.#close(textDocument.uri)));
    this.#listenToNotebooks();
    this.#answerRequests();
    this.#watching.listen();
    this.#preferences.listen();
    connection.listen();
  }

  #listenToNotebooks(): void {
    const { connection, guard } = this.#shared;
    const { synchronization } = connection.notebooks;
    const notebooks = this.#notebooks;
    synchronization.onDidOpenNotebookDocument(
      guard.quietly('notebook/didOpen', params => this.#open(notebooks.open(params))),
    );
    synchronization.onDidChangeNotebookDocument(
      guard.quietly('notebook/didChange', params => {
        for (const { uri } of params.change.cells?.structure?.didClose ?? []) this.#silence(uri);
        this.#replace(notebooks.change(params));
      }),
    );
    synchronization.onDidCloseNotebookDocument(
      guard.quietly('notebook/didClose', ({ notebookDocument }) => {
        this.#close(notebookDocument.uri);
        for (const { uri } of notebooks.close(notebookDocument.uri)) this.#silence(uri);
      }),
    );
  }

  #silence(uri: string): void {
    void this.#shared.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #answerRequests(): void {
    const { connection, guard, workspace } = this.#shared;
    connection.onCodeAction(
      guard.answering('codeAction', params =>
        codeActions(pathOf(params.textDocument.uri), params, {
          workspace,
          conversion: this.#conversion,
          hasVersionedEdits: this.#client.hasVersionedEdits,
        }),
      ),
    );
    connection.onHover(
      guard.answering('hover', (params, token) =>
        this.#shared.progress.during('Drawing the weights', { params, token }, look =>
          hoverAt(
            pathOf(params.textDocument.uri),
            params.position,
            { workspace, pageOf: rule => pageOf(rule, this.#conversion) },
            look,
          ),
        ),
      ),
    );
    connection.onCompletion(
      guard.answering('completion', it => completionItems(pathOf(it.textDocument.uri), it.position, workspace)),
    );
    connection.onSignatureHelp(
      guard.answering('signatureHelp', it => signatureHelp(pathOf(it.textDocument.uri), it.position, workspace)),
    );
    answerLookups(this.#shared);
    answerPreviews(this.#shared);
    answerPulls(this.#shared);
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#client = clientOf(params);
    this.#preferences.begin(this.#client);
    this.#shared.guard.isInitialized = true;
    return {
      capabilities: capabilitiesFor(this.#client),
      serverInfo: { name: 'InitLens', version: this.#shared.host.version },
    };
  }

  #start(): void {
    this.#watching.register();
    this.#preferences.register();
    void this.#preferences.fetch();
  }

  #open({ uri, version, text }: TextDocumentItem): void {
    if (typeof uri !== 'string' || typeof text !== 'string') throw new Error('a document without URI or text');
    if (isLooseCell(uri)) return;
    const { path } = this.#shared.workspace.open(uri, version, text);
    this.#shared.diagnostics.forget(path);
    this.#edited(path);
  }

  #change({ textDocument, contentChanges }: DidChangeTextDocumentParams): void {
    const { workspace } = this.#shared;
    if (isLooseCell(textDocument.uri)) return;
    const path = pathOf(textDocument.uri);
    const source = workspace.document(path) && workspace.sourceOf(path);
    if (source === undefined) throw new Error(`${textDocument.uri} is not open`);
    this.#replace({ ...textDocument, languageId: 'python', text: applyChanges(source, contentChanges) });
  }

  #replace({ uri, version, text }: TextDocumentItem): void {
    this.#edited(this.#shared.workspace.open(uri, version, text).path);
  }

  #close(uri: string): void {
    const { workspace, diagnostics, schedule, status } = this.#shared;
    const path = pathOf(uri);
    const isScanned = workspace.folderOf(path).settings.scope === 'workspace';
    schedule.forget(path);
    workspace.close(uri);
    if (isConfiguration(path)) this.#watching.changed(path);
    else if (isScanned) schedule.later([path]);
    else diagnostics.clear(path);
    status.tell();
  }

  #edited(path: string): void {
    const { schedule } = this.#shared;
    if (isConfiguration(path)) {
      this.#watching.changed(path);
      return;
    }
    this.#search.delay();
    this.#preparation.delay(path);
    if (this.#preferences.areKnown) schedule.edited(path);
  }

  #check(path: string, isActive: boolean): void {
    const { diagnostics, status, configurationDiagnostics } = this.#shared;
    if (this.#client.pullsDiagnostics) return;
    diagnostics.push(path, isActive);
    configurationDiagnostics.push();
    status.tell();
  }

  /** Any other open document of the folder may be evaluated with this one. */
  *#dependents(path: string): Iterable<string> {
    for (const other of this.#shared.workspace.folderOf(path).openPaths) if (other !== path) yield other;
  }

  /** What is shown of files that are open, or of a workspace that is checked whole. */
  #answered(paths: ReadonlySet<string>): void {
    const { workspace, schedule } = this.#shared;
    const isShown = (path: string) =>
      workspace.document(path) !== undefined || workspace.folderOf(path).settings.scope === 'workspace';
    schedule.later([...paths].filter(isShown));
    this.#refreshDiagnostics();
  }

  #refreshDiagnostics(): void {
    const { pullsDiagnostics, refreshesDiagnostics } = this.#client;
    const { languages } = this.#shared.connection;
    if (pullsDiagnostics && refreshesDiagnostics) void languages.diagnostics.refresh().catch(() => {});
  }

  /** Everything that is shown may have changed. */
  #recheck(): void {
    const { workspace, schedule, scan, connection } = this.#shared;
    for (const { path } of workspace.documents) if (!isConfiguration(path)) schedule.edited(path);
    scan.start();
    this.#search.delay();
    const { refreshesHints, refreshesLenses } = this.#client;
    this.#refreshDiagnostics();
    if (refreshesHints) void connection.languages.inlayHint.refresh().catch(() => {});
    if (refreshesLenses) void connection.sendRequest('workspace/codeLens/refresh').catch(() => {});
  }
}
