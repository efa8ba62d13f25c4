/** The panels beside the code: the signal of a network and its weights, following the cursor and every edit. */
import {
  type CancellationToken,
  CancellationTokenSource,
  commands,
  type Disposable,
  Range,
  Selection,
  type TextDocument,
  type TextEditor,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import * as protocol from '../../server/lsp/protocol.js';
import { offerHelp } from '../help.js';
import type { Server } from '../server.js';
import { type Cursor, isMadeIn, networkAround } from './around.js';
import { saveFile } from './export.js';
import type { FromView, ToView } from './messages.js';
import { pageOf } from './page.js';

type View = 'signal' | 'weights';

type SignalQuestion = Pick<protocol.SignalParams, 'fixed' | 'refined'>;

/** What a panel draws whole. */
type Drawing = Extract<ToView, { kind: View }>;

const titles: Record<View, string> = { signal: 'Signal', weights: 'Weights' };

/** Milliseconds: theory comes with every edit, the repaired network and simulations when the typing pauses. */
const afterEdit = 20;
const afterPause = 400;

export class Panels implements Disposable {
  readonly #extension: Uri;
  readonly #server: Server;
  readonly #open = new Map<View, Panel>();
  readonly #following: Disposable;
  #last: TextDocument | undefined;

  constructor(extension: Uri, server: Server) {
    this.#extension = extension;
    this.#server = server;
    this.#last = pythonOf(window.activeTextEditor);
    this.#following = window.onDidChangeActiveTextEditor(editor => {
      this.#last = pythonOf(editor) ?? this.#last;
    });
  }

  /** From a lens with a document and a class, from the palette with what the cursor is on. */
  show(view: View, uri?: unknown, className?: unknown, inputShape?: unknown): Panel | undefined {
    const editor = window.activeTextEditor;
    const given = typeof uri === 'string' ? Uri.parse(uri) : (pythonOf(editor) ?? this.#lastOpen())?.uri;
    if (given === undefined) {
      void offerExample();
      return undefined;
    }
    const panel = this.#open.get(view) ?? this.#create(view);
    panel.follow(given, typeof className === 'string' ? className : undefined, sizesIn(inputShape));
    panel.reveal();
    return panel;
  }

  dispose(): void {
    this.#following.dispose();
    for (const panel of [...this.#open.values()]) panel.dispose();
  }

  /** Where the walkthrough, or another page that is not text, has the focus. */
  #lastOpen(): TextDocument | undefined {
    return this.#last?.isClosed === false ? this.#last : undefined;
  }

  #create(view: View): Panel {
    const panel = new Panel(view, this.#extension, this.#server, () => this.#open.delete(view));
    this.#open.set(view, panel);
    return panel;
  }
}

export class Panel implements Disposable {
  readonly #view: View;
  readonly #server: Server;
  readonly #panel: WebviewPanel;
  readonly #subscriptions: readonly Disposable[];
  #uri: Uri | undefined;
  #className: string | undefined;
  #inputShape: readonly number[] | undefined;
  /** What is shown, and the network that the cursor was in last. */
  #shown: protocol.SignalResult | protocol.WeightsResult | undefined;
  #around: string | undefined;
  #isReady = false;
  #asking = new CancellationTokenSource();
  #drawing = new CancellationTokenSource();
  #edit: ReturnType<typeof setTimeout> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** What the webview was last told, how long its first picture took, and how often it has drawn: for tests. */
  latest: ToView | undefined;
  drawnIn: number | undefined;
  drawings = 0;

  constructor(view: View, extension: Uri, server: Server, closed: () => void) {
    this.#view = view;
    this.#server = server;
    const options = {
      enableScripts: true,
      localResourceRoots: [Uri.joinPath(extension, 'dist')],
      retainContextWhenHidden: true,
    };
    const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    this.#panel = window.createWebviewPanel(`initlens.${view}`, `InitLens: ${titles[view]}`, place, options);
    this.#subscriptions = [
      this.#panel.webview.onDidReceiveMessage((message: FromView) => void this.#received(message)),
      this.#panel.onDidDispose(() => this.#closed(closed)),
      workspace.onDidChangeTextDocument(({ document }) => this.#edited(document)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#moved(textEditor)),
      window.onDidChangeActiveTextEditor(editor => this.#moved(editor)),
      server.onDidChange(({ state }) => state === 'ready' && this.#refresh()),
    ];
    this.#panel.webview.html = pageOf(this.#panel.webview, extension, view);
  }

  follow(uri: Uri, className: string | undefined, inputShape?: readonly number[]): void {
    this.#uri = uri;
    this.#className = className;
    this.#inputShape = inputShape;
    this.#shown = undefined;
    this.#refresh();
  }

  /** For tests. */
  get shownClass(): string | undefined {
    return this.#shown?.className;
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #closed(closed: () => void): void {
    clearTimeout(this.#edit);
    clearTimeout(this.#pause);
    this.#asking.cancel();
    this.#drawing.cancel();
    for (const it of this.#subscriptions) it.dispose();
    closed();
  }

  async #received(message: FromView): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        return this.#refresh();
      case 'drawn':
        this.drawnIn ??= message.milliseconds;
        this.drawings++;
        return;
      case 'open':
        return this.#openPlace(message.place);
      case 'input':
        this.#inputShape = message.shape;
        return this.#refresh();
      case 'class':
        this.#className = message.className;
        return this.#refresh();
      case 'weight':
        return this.#draw(message);
      case 'export':
        return this.#export(message);
    }
  }

  #refresh(): void {
    if (!this.#isReady || this.#uri === undefined) return;
    this.#asking.cancel();
    this.#asking = new CancellationTokenSource();
    void this.#ask({}, this.#asking.token);
    clearTimeout(this.#pause);
    if (this.#view === 'signal') this.#pause = setTimeout(() => void this.#refine(this.#asking.token), afterPause);
  }

  /** As fixed too, then by simulation: seconds, unless something else is asked for meanwhile. */
  async #refine(token: CancellationToken): Promise<void> {
    await this.#ask({ fixed: true }, token);
    await this.#ask({ fixed: true, refined: true }, token);
  }

  /** Answers that a newer question has overtaken are dropped. */
  async #ask(how: SignalQuestion, token: CancellationToken): Promise<void> {
    if (token.isCancellationRequested) return;
    const message = await this.#message(how, token);
    if (token.isCancellationRequested || message === undefined) return;
    const shown = (message.kind === 'signal' ? message.signal : message.weights) ?? undefined;
    // What is asked for stays until the cursor goes somewhere else.
    if (this.#shown === undefined) this.#around = shown && networkAround(shown, this.#cursor);
    this.#shown = shown;
    this.#tell(message);
  }

  async #message(how: SignalQuestion, token: CancellationToken): Promise<Drawing | undefined> {
    if (this.#view === 'weights') {
      return { kind: 'weights', weights: await this.#request<protocol.WeightsResult>(protocol.weightsRequest) };
    }
    const input = this.#inputShape && { inputShape: this.#inputShape };
    const question = { ...how, ...input };
    const signal = await this.#request<protocol.SignalResult>(protocol.signalRequest, question, token);
    // A simulation that came to nothing leaves what is there.
    if (signal === null && how.refined === true) return undefined;
    return { kind: 'signal', signal, isLatest: how.fixed === true, isRefined: how.refined === true, ...input };
  }

  /** The parameter that is asked for last is the one that is waited for. */
  async #draw({ name, whole = false }: Extract<FromView, { kind: 'weight' }>): Promise<void> {
    this.#drawing.cancel();
    const drawing = new CancellationTokenSource();
    this.#drawing = drawing;
    const params = this.#params({ name, whole });
    if (params === undefined) return;
    const tell = (percentage: number) => this.#tell({ kind: 'progress', percentage });
    const { token } = drawing;
    const weight = await this.#server.longRequest<protocol.WeightResult>(protocol.weightRequest, params, token, tell);
    if (!token.isCancellationRequested) this.#tell({ kind: 'weight', weight });
  }

  async #request<T>(method: string, more: object = {}, token?: CancellationToken): Promise<T | null> {
    const params = this.#params(more);
    return params === undefined ? null : this.#server.request<T>(method, params, token);
  }

  #params(more: object): protocol.NetworkParams | undefined {
    const uri = this.#uri?.toString();
    if (uri === undefined) return undefined;
    const className = this.#className === undefined ? {} : { className: this.#className };
    return { textDocument: { uri }, ...className, ...cursorIn(this.#uri!), ...more };
  }

  #tell(message: ToView): void {
    this.latest = message;
    void this.#panel.webview.postMessage(message);
  }

  #edited(document: TextDocument): void {
    if (document.languageId !== 'python' || this.#uri === undefined) return;
    clearTimeout(this.#edit);
    this.#edit = setTimeout(() => this.#refresh(), afterEdit);
  }

  /** Another file is followed as it is; within one, the network that the cursor comes into. */
  #moved(editor: TextEditor | undefined): void {
    const document = pythonOf(editor);
    if (document === undefined) return;
    const { uri } = document;
    if (!isSameFile(uri, this.#uri)) {
      this.follow(uri, undefined);
      return;
    }
    this.#uri = uri;
    const cursor = { uri: uri.toString(), line: editor!.selection.active.line };
    if (this.#comesInto(cursor)) this.follow(uri, this.#around);
    this.#tell({ kind: 'cursor', ...cursor });
  }

  get #cursor(): Cursor {
    const uri = this.#uri!;
    return { uri: uri.toString(), line: cursorIn(uri).position?.line ?? -1 };
  }

  /** Whether it is in another network than it was, and not in a class that makes what is shown. */
  #comesInto(cursor: Cursor): boolean {
    if (this.#shown === undefined) return false;
    const around = networkAround(this.#shown, cursor);
    const isOther = around !== undefined && around !== this.#around;
    this.#around = around;
    return isOther && around !== this.#shown.className && !isMadeIn(this.#shown, around);
  }

  /** That the cursor comes there is no wish to see something else. */
  #openPlace(place: protocol.Place): Promise<void> {
    const { uri, range } = place;
    this.#around = this.#shown && networkAround(this.#shown, { uri, line: range.start.line });
    return openPlace(place);
  }

  async #export({ as, csv }: Extract<FromView, { kind: 'export' }>): Promise<void> {
    const name = `${this.#shown?.className ?? 'weights'}.${as}`;
    if (as === 'csv') return saveFile(name, new TextEncoder().encode(csv ?? ''));
    const result = await this.#request<protocol.ExportResult>(protocol.exportRequest);
    if (result?.base64 === undefined) {
      void offerHelp(`The weights cannot be written: ${result?.error ?? 'the server does not answer; restart it'}.`);
      return;
    }
    return saveFile(
      name,
      Uint8Array.from(atob(result.base64), it => it.charCodeAt(0)),
    );
  }
}

async function offerExample(): Promise<void> {
  const text = 'A panel shows a network: open the Python file that has its class, or the example.';
  const answer = await window.showInformationMessage(text, 'Open the Example');
  if (answer !== undefined) await commands.executeCommand('initlens.openExample');
}

function pythonOf(editor: TextEditor | undefined): TextDocument | undefined {
  return editor?.document.languageId === 'python' ? editor.document : undefined;
}

/** Cells of a notebook are of one file. */
function isSameFile(uri: Uri, other: Uri | undefined): boolean {
  return uri.scheme === other?.scheme && uri.path === other.path && uri.authority === other.authority;
}

function sizesIn(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) && value.every(it => Number.isSafeInteger(it)) ? value : undefined;
}

function cursorIn(uri: Uri): { readonly position?: protocol.Place['range']['start'] } {
  const editor = window.visibleTextEditors.find(it => it.document.uri.toString() === uri.toString());
  if (editor === undefined) return {};
  const { line, character } = editor.selection.active;
  return { position: { line, character } };
}

async function openPlace({ uri, range: { start, end } }: protocol.Place): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const range = new Range(start.line, start.character, end.line, end.character);
  const shown = window.visibleTextEditors.find(it => it.document === document);
  const editor = await window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? ViewColumn.One,
    selection: range,
  });
  editor.selection = new Selection(range.start, range.start);
}
