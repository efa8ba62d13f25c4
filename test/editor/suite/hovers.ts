/** Hovers tell what a layer starts from, with a picture. */
import * as vscode from 'vscode';
import { ok } from './assert.js';
import { awaitFindings, closeAll, open, positionOf } from './editor.js';

export function hovers(): void {
  after(closeAll);

  it('shows fans, standard deviation and a histogram on an initializer', async () => {
    const text = await hoverText('linear.py', 'xavier_normal_');
    for (const part of ['784', '10', 'data:image/svg+xml;base64,']) ok(text.includes(part), `no ${part} in ${text}`);
  });

  it("tells Xavier's variance with its number", async () => {
    const text = await hoverText('linear.py', 'xavier_normal_');
    ok(text.includes('0.00252'), `no 0.00252 in ${text}`);
  });

  it("tells torch's default where nothing is written", async () => {
    const text = await hoverText('transformer.py', 'nn.Linear(width, 3', 4);
    ok(/normal|uniform/.test(text), text);
  });
}

async function hoverText(file: string, text: string, character = 2): Promise<string> {
  await awaitFindings(await open('deep_relu.py'));
  const document = await open(file);
  const position = positionOf(document, text, character);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(it => it.contents)
    .map(textOf)
    .join('\n');
}

function textOf(content: vscode.MarkdownString | vscode.MarkedString): string {
  return typeof content === 'string' ? content : content.value;
}
