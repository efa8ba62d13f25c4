/** What a click on the status item offers, in one list. */
import { commands, type QuickPickItem, window } from 'vscode';

export const menuCommand = 'initlens.showMenu';

interface Choice extends QuickPickItem {
  readonly command: string;
}

const choices: readonly Choice[] = [
  { label: '$(output) Show the log', command: 'initlens.showLog' },
  { label: '$(list-filter) Choose how much the log tells', command: 'workbench.action.setLogLevel' },
  { label: '$(debug-restart) Restart the server', command: 'initlens.restart' },
  { label: '$(settings-gear) Open the settings', command: 'initlens.openSettings' },
  { label: '$(symbol-numeric) Show or hide the std behind initializers', command: 'initlens.toggleInlayHints' },
  { label: '$(book) Explain a rule', command: 'initlens.explainRule' },
  { label: '$(mortar-board) Open the walkthrough', command: 'initlens.openWalkthrough' },
];

export async function showMenu(): Promise<void> {
  const chosen = await window.showQuickPick(choices, { title: 'InitLens', placeHolder: 'What to do' });
  if (chosen !== undefined) await commands.executeCommand(chosen.command);
}
