/** Tells the client what the server is at, what it has found, and what it takes for granted. */
import type { Connection } from 'vscode-languageserver';
import { isListed, type Severity } from '../finding.js';
import type { Clock } from '../host.js';
import type { Diagnostics } from './diagnostics.js';
import { type StatusParams, statusNotification } from './protocol.js';
import type { Workspace } from './workspace.js';

/** Milliseconds: open files that are done with sooner are not worth telling of, nor is every step. */
const notable = 250;

export interface StatusContext {
  readonly connection: Connection;
  readonly diagnostics: Diagnostics;
  readonly workspace: Workspace;
  readonly clock: Clock;
}

export class Status {
  readonly #context: StatusContext;
  /** Files that are open, or of the workspace, and have not been looked at yet. */
  readonly #waiting = { open: 0, workspace: 0 };
  #areSettingsKnown = false;
  #busySince: number | undefined;
  #toldAt = 0;
  #toldState: StatusParams['state'] = 'loading';
  #told = '';

  constructor(context: StatusContext) {
    this.#context = context;
  }

  settingsAreKnown(): void {
    this.#areSettingsKnown = true;
    this.tell();
  }

  /** How many files wait; one is looked at within a keystroke. */
  progress(what: 'open' | 'workspace', count: number): void {
    this.#waiting[what] = count;
    const now = this.#context.clock.now();
    const isWorthTelling = this.#waiting.workspace > 0 || this.#waiting.open > 1;
    this.#busySince = isWorthTelling ? (this.#busySince ?? now) : undefined;
    if (this.#state() !== this.#toldState || now - this.#toldAt >= notable) this.tell();
  }

  /** Says nothing twice. */
  tell(): void {
    const { clock, connection } = this.#context;
    const params = this.#params();
    const text = JSON.stringify(params);
    if (text === this.#told) return;
    this.#told = text;
    this.#toldAt = clock.now();
    this.#toldState = params.state;
    void connection.sendNotification(statusNotification, params);
  }

  #params(): StatusParams {
    const { diagnostics, workspace } = this.#context;
    const findings = [...diagnostics.told].flatMap(it => it.findings);
    const countOf = (severity: Severity) => findings.filter(it => it.severity === severity).length;
    const state = this.#state();
    return {
      state,
      waiting: state === 'busy' ? this.#waiting.open + this.#waiting.workspace : 0,
      findings: findings.filter(isListed).length,
      errors: countOf('error'),
      warnings: countOf('warning'),
      hints: countOf('hint'),
      assumed: [...new Set(workspace.mainFolders.map(it => it.assumed))],
    };
  }

  #state(): StatusParams['state'] {
    if (!this.#areSettingsKnown) return 'loading';
    const { clock, workspace } = this.#context;
    if (workspace.mainFolders.every(it => !it.settings.enable)) return 'off';
    const isLong = this.#busySince !== undefined && clock.now() - this.#busySince >= notable;
    return isLong || this.#waiting.workspace > 0 ? 'busy' : 'ready';
  }
}
