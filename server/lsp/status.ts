/** Tells the client what the server is at, and what it has found. */
import type { Connection } from 'vscode-languageserver';
import type { Diagnostics } from './diagnostics.js';
import { type StatusParams, statusNotification } from './protocol.js';

export class Status {
  readonly #connection: Connection;
  readonly #diagnostics: Diagnostics;
  #state: StatusParams['state'] = 'loading';
  #told = '';

  constructor(connection: Connection, diagnostics: Diagnostics) {
    this.#connection = connection;
    this.#diagnostics = diagnostics;
  }

  set state(state: StatusParams['state']) {
    this.#state = state;
    this.tell();
  }

  /** Says nothing twice. */
  tell(): void {
    const params = this.#params();
    const text = JSON.stringify(params);
    if (text === this.#told) return;
    this.#told = text;
    void this.#connection.sendNotification(statusNotification, params);
  }

  #params(): StatusParams {
    const findings = [...this.#diagnostics.told].flatMap(it => it.findings);
    const countOf = (severity: string) => findings.filter(it => it.severity === severity).length;
    return { state: this.#state, findings: findings.length, errors: countOf('error'), warnings: countOf('warning') };
  }
}
