/** Lenses lead to panels; panels follow cursor and edits; hints, and the places of writes, are a key away. */
import * as vscode from 'vscode';
import type { Panel } from '../../../client/panel/panels.js';
import { equal, ok } from './assert.js';
import { awaitFindings, closeAll, eventually, extensionApi, open, positionOf } from './editor.js';

export function panels(): void {
  afterEach(async () => {
    await closeAll();
    await vscode.commands.executeCommand('workbench.action.closeAllGroups');
  });

  it('has lenses over a network', async () => {
    const document = await ready('deep_relu.py');
    const titles = await lensTitles(document);
    ok(
      titles.some(it => /^\d+ parameters, .* values$/.test(it)),
      `no size among ${titles}`,
    );
    ok(
      titles.some(it => /^\d+ findings?$/.test(it)),
      `no findings among ${titles}`,
    );
    for (const wanted of ['signal', 'weights']) ok(titles.includes(wanted), `no ${wanted} among ${titles}`);
  });

  it('shows the signal as written and as fixed, and follows an edit', async () => {
    const document = await ready('deep_relu.py');
    const panel = await shown('signal', document, 'Xavier');
    await eventually(() => signalOf(panel)?.hasFixed === true, 'signal as fixed');
    const { layers } = signalOf(panel)!;
    const before = layers.at(-2)!.std;
    ok(
      layers.every(it => it.source === 'theory'),
      'every figure says what it is',
    );
    ok(
      layers.some(it => it.fixedStd !== undefined && it.fixedStd !== it.std),
      'the repair changes something',
    );
    ok(panel.drawnIn !== undefined, 'the webview has drawn');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, rangeOf(document, 'xavier_normal_(layer.weight)'), 'zeros_(layer.weight)');
    await vscode.workspace.applyEdit(edit);
    await eventually(() => signalOf(panel)?.layers.some(it => it.state === 'zero') === true, 'zeros in the signal');
    ok(signalOf(panel)!.layers.at(-2)!.std !== before, 'other numbers');
  });

  it('follows the cursor into another network, and stays where it is made', async () => {
    const document = await ready('deep_relu.py');
    const panel = await shown('signal', document, 'Xavier');
    const name = () => signalOf(panel)?.className;
    moveTo(document, 'nn.init.normal_(layer.weight');
    await eventually(() => name() === 'SmallNormal', 'the network around the cursor');
    // The layers of all of them are made here.
    moveTo(document, 'self.hidden = nn.ModuleList');
    moveTo(document, 'for layer in self.hidden:');
    await eventually(() => panel.latest?.kind === 'cursor', 'news of the cursor');
    equal(panel.shownClass, 'SmallNormal', 'with the cursor in the base class');
    moveTo(document, 'nn.init.kaiming_normal_');
    await eventually(() => name() === 'Kaiming', 'the next network');
  });

  it('takes the shape of the input from a lens or a key binding', async () => {
    const document = await ready('deep_relu.py');
    const panel = await shown('signal', document, 'Xavier');
    const uri = document.uri.toString();
    await vscode.commands.executeCommand('initlens.showSignal', uri, 'Xavier', [4, 784]);
    const shape = () => JSON.stringify(signalOf(panel)?.layers.find(it => it.operation === 'Linear')?.shape);
    await eventually(() => shape() === '[4,256]', 'sizes');
    await vscode.commands.executeCommand('initlens.showSignal', uri, 'Xavier', [4, 5]);
    const problem = 'input 4×5 does not go through hidden.0; figures are for input 64×784';
    await eventually(() => signalOf(panel)?.problem === problem, 'what is wrong with the shape');
  });

  it('shows the weights of a network', async () => {
    const document = await ready('deep_relu.py');
    const panel = await shown('weights', document, 'Xavier');
    await eventually(() => panel.latest?.kind === 'weights' && panel.latest.weights !== null, 'weights');
    const weights = panel.latest?.kind === 'weights' ? panel.latest.weights : null;
    ok(
      weights!.rows.some(it => it.findings.length > 0),
      'the findings stand beside the weights',
    );
  });

  it('shows the std behind calls once it is switched on', async () => {
    const document = await ready('deep_relu.py');
    equal((await hints(document)).length, 0, 'hints by default');
    await vscode.commands.executeCommand('initlens.toggleInlayHints');
    try {
      await eventually(async () => (await hints(document)).length > 0, 'hints');
      const [hint] = await hints(document);
      ok(/^std 0\.\d+/.test(String(hint!.label)), `${hint!.label} is no std`);
    } finally {
      await vscode.commands.executeCommand('initlens.toggleInlayHints');
    }
  });

  it('goes to the write that wins, and finds all writes', async () => {
    const document = await ready('deep_relu.py');
    const call = positionOf(document, 'xavier_normal_', 2);
    const implementations = await locations('vscode.executeImplementationProvider', document, call);
    ok(
      implementations.some(it => it.range.contains(call)),
      'the write itself',
    );
    const references = await locations('vscode.executeReferenceProvider', document, call);
    ok(references.length > implementations.length, `only ${references.length} writes`);
  });
}

async function ready(file: string): Promise<vscode.TextDocument> {
  const document = await open(file);
  await awaitFindings(document);
  return document;
}

async function shown(view: 'signal' | 'weights', { uri }: vscode.TextDocument, className: string): Promise<Panel> {
  const { panels: all } = await extensionApi();
  const panel = all.show(view, uri.toString(), className);
  ok(panel !== undefined, 'no panel');
  await eventually(() => panel.drawnIn !== undefined, 'drawing');
  return panel;
}

function signalOf({ latest }: Panel) {
  return latest?.kind === 'signal' ? latest.signal : undefined;
}

/** As a person does who clicks into the line. */
function moveTo(document: vscode.TextDocument, text: string): void {
  const editor = vscode.window.visibleTextEditors.find(it => it.document === document);
  ok(editor !== undefined, 'the document is not to be seen');
  const position = positionOf(document, text);
  editor.selection = new vscode.Selection(position, position);
}

async function lensTitles({ uri }: vscode.TextDocument): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 50);
  return lenses.flatMap(it => it.command?.title ?? []);
}

async function hints({ uri, lineCount }: vscode.TextDocument): Promise<vscode.InlayHint[]> {
  const range = new vscode.Range(0, 0, lineCount, 0);
  return (
    (await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', uri, range)) ?? []
  );
}

async function locations(command: string, { uri }: vscode.TextDocument, position: vscode.Position) {
  return vscode.commands.executeCommand<vscode.Location[]>(command, uri, position);
}

function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  return new vscode.Range(positionOf(document, text), positionOf(document, text, text.length));
}
