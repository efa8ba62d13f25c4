/** Requests in, features asked, answers converted. Everything here is the same in every host. */
import type { Connection } from 'vscode-languageserver';
import type { Host } from '../host.js';
import { Session } from './session.js';

/** Answers the client until it leaves. */
export function serve(connection: Connection, host: Host): void {
  new Session(connection, host).listen();
}
