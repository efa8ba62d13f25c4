/** What a person can do when something has gone wrong, as buttons under the message. */
import { commands, window } from 'vscode';

const helps = { 'Show Log': 'initlens.showLog', Restart: 'initlens.restart' } as const;

export async function offerHelp(message: string): Promise<void> {
  const answer = await window.showErrorMessage(message, ...(Object.keys(helps) as (keyof typeof helps)[]));
  if (answer !== undefined) await commands.executeCommand(helps[answer]);
}
