/** A client of the language server for tests: starts the real, built process and speaks JSON-RPC with it over its streams. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Message {
  readonly jsonrpc?: string;
  readonly id?: number | string;
  readonly method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server sends
  readonly params?: any;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server sends
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string };
}

// biome-ignore lint/suspicious/noExplicitAny: parameters as the protocol has them
type Params = any;

const program = fileURLToPath(new URL('../../dist/server.js', import.meta.url));
export const defaultCommand = [process.execPath, program, '--stdio'] as const;

export class Client {
  readonly messages: Message[] = [];
  /** Answers to what the server asks, by method. */
  readonly answers = new Map<string, (params: Params) => unknown>();
  readonly process: ChildProcess;
  #nextId = 1;
  #input = Buffer.alloc(0);
  #waiting: (() => void)[] = [];

  constructor(command: readonly string[] = defaultCommand, cwd = fileURLToPath(new URL('../..', import.meta.url))) {
    this.process = spawn(command[0]!, command.slice(1), { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.stdout!.on('data', (data: Buffer) => this.#receive(data));
    this.process.stdin!.on('error', () => {});
  }

  async initialize(params: Params = {}): Promise<Message> {
    const answer = await this.request('initialize', { processId: null, rootUri: null, capabilities: {}, ...params });
    this.notify('initialized', {});
    return answer;
  }

  notify(method: string, params: Params): void {
    this.send({ jsonrpc: '2.0', method, params });
  }

  async request(method: string, params: Params): Promise<Message> {
    return this.answerTo(this.ask(method, params));
  }

  /** Does not wait; the result is the request's id. */
  ask(method: string, params: Params): number {
    const id = this.#nextId++;
    this.send({ jsonrpc: '2.0', id, method, params });
    return id;
  }

  answerTo(id: number): Promise<Message> {
    return this.until(() => this.messages.find(it => it.id === id && it.method === undefined));
  }

  open(uri: string, text: string, version = 1, languageId = 'python'): void {
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  change(uri: string, version: number, ...contentChanges: Params[]): void {
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  /** The diagnostics of this version of a document, once they are there. */
  async diagnostics(uri: string, version?: number): Promise<Params[]> {
    const message = await this.until(() => this.published(uri).findLast(it => isOf(it, version)));
    return message.params.diagnostics;
  }

  published(uri: string): Message[] {
    return this.messages.filter(it => it.method === 'textDocument/publishDiagnostics' && it.params.uri === uri);
  }

  send(message: unknown): void {
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string): void {
    const body = Buffer.from(text);
    this.sendBytes(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  sendBytes(bytes: Buffer): void {
    this.process.stdin!.write(bytes);
  }

  /** Waits for what `find` looks for among all that happens. */
  async until<T>(find: () => T | undefined, patience = 60_000): Promise<T> {
    const end = Date.now() + patience;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      const left = end - Date.now();
      if (left <= 0 || this.process.exitCode !== null) throw new Error(`nothing came: ${this.#lately()}`);
      await this.#next(left);
    }
  }

  async stop(): Promise<number | null> {
    if (this.process.exitCode === null) {
      await this.request('shutdown', null);
      this.notify('exit', null);
    }
    return new Promise(resolve => {
      if (this.process.exitCode !== null) resolve(this.process.exitCode);
      else this.process.on('exit', code => resolve(code));
    });
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  #next(patience: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, patience);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #receive(data: Buffer): void {
    this.#input = Buffer.concat([this.#input, data]);
    for (let message = this.#take(); message !== undefined; message = this.#take()) {
      this.messages.push(message);
      if (message.id !== undefined && message.method !== undefined) this.#answer(message);
    }
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #take(): Message | undefined {
    const head = this.#input.indexOf('\r\n\r\n');
    if (head < 0) return undefined;
    const length = Number(/Content-Length: (\d+)/i.exec(this.#input.toString('latin1', 0, head))?.[1]);
    if (this.#input.length < head + 4 + length) return undefined;
    const text = this.#input.toString('utf8', head + 4, head + 4 + length);
    this.#input = this.#input.subarray(head + 4 + length);
    return JSON.parse(text) as Message;
  }

  #answer({ id, method, params }: Message): void {
    const answer = this.answers.get(method!);
    this.send({ jsonrpc: '2.0', id, result: answer?.(params) ?? null });
  }

  #lately(): string {
    return JSON.stringify(this.messages.slice(-5)).slice(0, 2000);
  }
}

function isOf({ params }: Message, version: number | undefined): boolean {
  return version === undefined || params.version === version;
}
