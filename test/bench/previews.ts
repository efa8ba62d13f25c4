/** What a person waits for in previews, over stdio: a hover, and the signal of ResNet-50 after an edit. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Client } from '../lsp/client.js';
import { type ProtocolPosition, positionOf } from '../lsp/samples.js';
import { temporaryFolder } from '../temporary.js';
import { median, quantile, show } from './common/figures.js';
import { resnet50 } from './common/resnet50.js';

const EDITS = 15;

const layers = `from torch import nn


class Layers(nn.Module):
    def __init__(self):
        super().__init__()
${Array.from({ length: 8 }, (_, i) => `        self.large${i} = nn.Linear(${4096 - i}, 4096, bias=False)`).join('\n')}
${Array.from({ length: 8 }, (_, i) => `        self.small${i} = nn.Linear(999, ${1000 - i}, bias=False)`).join('\n')}

    def forward(self, x):
        return self.large0(x)
`;

const folder = temporaryFolder({ 'net.py': resnet50, 'layers.py': layers });
const root = pathToFileURL(folder.path).href;
const uriOf = (name: string) => `${root}/${name}`;
const client = new Client();
await client.initialize({ rootUri: root });
client.open(uriOf('layers.py'), layers);
client.open(uriOf('net.py'), resnet50);
await client.diagnostics(uriOf('net.py'));

// The first one compiles what draws, and starts workers.
await hoverOf('large0');
await new Promise(resolve => setTimeout(resolve, 500));
const large = await timesOf(['large1', 'large2', 'large3', 'large4', 'large5', 'large6', 'large7'], hoverOf);
const small = await timesOf(['small1', 'small2', 'small3', 'small4', 'small5', 'small6', 'small7'], hoverOf);
show({
  name: 'hover of a layer of 16.7 million weights, cold, fastest of 7',
  value: Math.min(...large),
  unit: 'ms',
  atMost: 80,
});
show({
  name: 'hover of a layer below a million weights, cold, fastest of 7',
  value: Math.min(...small),
  unit: 'ms',
  atMost: 10,
});
const often = await timesOf(
  Array.from({ length: 200 }, () => 'large1'),
  hoverOf,
);
const cached = often.slice(100);
show({ name: 'hover of a layer of 16.7 million weights, cached, p50', value: median(cached), unit: 'ms', atMost: 2 });
const convolutions = ['self.conv1', 'self.conv2', 'self.conv3', 'self.fc', 'self.bn1'];
const cold = await timesOf(convolutions, it => hoverAt('net.py', positionOf(resnet50, `${it} =`, 6)));
show({ name: 'hover of a layer of ResNet-50, cold, slowest', value: Math.max(...cold), unit: 'ms', atMost: 150 });
const again = await timesOf(convolutions, it => hoverAt('net.py', positionOf(resnet50, `${it} =`, 6)));
show({ name: 'hover of a layer of ResNet-50, cached, slowest', value: Math.max(...again), unit: 'ms', atMost: 50 });

const edits = await edited();
const name = 'signal of ResNet-50 after an edit, by theory';
show({ name: `${name}, p50`, value: quantile(edits.wall, 0.5), unit: 'ms', atMost: 100 });
show({ name: `${name}, p50 of the server's own time`, value: quantile(edits.cpu, 0.5), unit: 'ms', atMost: 100 });
client.kill();
folder.remove();

async function timesOf(names: readonly string[], ask: (name: string) => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (const name of names) {
    const start = performance.now();
    await ask(name);
    times.push(performance.now() - start);
  }
  return times;
}

/** At the layer's name in the line that makes it. */
function hoverOf(layer: string): Promise<unknown> {
  return hoverAt('layers.py', positionOf(layers, `self.${layer} =`, 6));
}

async function hoverAt(file: string, position: ProtocolPosition): Promise<unknown> {
  const { result } = await client.request('textDocument/hover', { textDocument: { uri: uriOf(file) }, position });
  if (result === null) throw new Error(`no hover at ${JSON.stringify(position)}`);
  return result;
}

/** From a changed gain to the signal that it gives. */
async function edited() {
  const [wall, cpu]: [number[], number[]] = [[], []];
  const textDocument = { uri: uriOf('net.py') };
  const position = positionOf(resnet50, 'xavier_normal_(m.weight)', 'xavier_normal_(m.weight'.length);
  let old = '';
  for (let edit = 0; edit <= EDITS; edit++) {
    const text = `, ${1 + edit / 100}`;
    const end = { line: position.line, character: position.character + old.length };
    const start = { wall: performance.now(), cpu: cpuOf(client.process.pid!) };
    client.change(textDocument.uri, edit + 2, { range: { start: position, end }, text });
    const { result } = await client.request('initlens/signal', { textDocument, className: 'ResNet50' });
    if (result?.layers.length < 100) throw new Error('no signal');
    old = text;
    // In the first ones code is still being compiled.
    if (edit > EDITS / 3) {
      wall.push(performance.now() - start.wall);
      cpu.push(cpuOf(client.process.pid!) - start.cpu);
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  return { wall, cpu };
}

/** Milliseconds of the process, as Linux counts them: other programs on the machine leave these nearly alone. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
