/** `initlens propagate`: the signal of a network in the terminal. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { xavierRelu } from '../lsp/samples.js';
import { temporaryFolder } from '../temporary.js';
import { initlens } from './run.js';

const convolutional = `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)
        self.norm = nn.BatchNorm2d(16)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(16, 10)

    def forward(self, x):
        return self.fc(self.pool(self.norm(self.conv(x)).relu()).flatten(1))
`;
const folder = temporaryFolder({ 'net.py': xavierRelu, 'conv.py': convolutional, 'none.py': 'from torch import nn\n' });
after(() => folder.remove());
const cwd = folder.path;

test('text: a row per operation, with band and source', () => {
  const { code, output, errors } = initlens(['propagate', 'net.py::Net()'], { cwd });
  assert.equal(errors, '');
  assert.equal(code, 0);
  const rows = output.split('\n');
  assert.match(rows[0]!, /^layer +operation +shape +std +gradient +source$/);
  const relus = rows.filter(it => /^\S+ +relu /.test(it));
  assert.equal(relus.length, 10);
  assert.match(relus.at(-1)!, / 0\.025\d ±\d+ % .* theory$/);
  assert.match(output, /gradients are relative to those at the output/);
});

test('an input shape sharpens it; without one it says what was taken for granted', () => {
  const open = initlens(['propagate', 'conv.py::Net()'], { cwd });
  assert.match(open.output, /taken for granted, since no --input says: 49 positions per map/);
  const sharp = initlens(['propagate', 'conv.py::Net()', '--input', '8x3x16x16', '--format', 'json'], { cwd });
  const { rows, assumptions } = JSON.parse(sharp.output);
  assert.deepEqual(assumptions, []);
  const conv = rows.find((it: { name: string }) => it.name === 'conv');
  assert.deepEqual(conv.shape, [8, 16, 16, 16]);
  assert.equal(conv.site.line, 13, 'where forward calls it');
  assert.equal(conv.source, 'Monte Carlo');
  assert.ok(conv.std > 0.5 && conv.std < 0.6, `${conv.std}: padding takes a little of 1/√3`);
});

test('every method says that it made the figure, and they agree', () => {
  const stds = (method: string, source: string) => {
    const given = ['conv.py::Net()', '--input', '8,3,16,16', '--format', 'json', '--method', method];
    const { rows } = JSON.parse(initlens(['propagate', ...given], { cwd }).output);
    for (const row of rows) assert.equal(row.source, source, `${row.name} by ${method}`);
    return rows.map((it: { std: number }) => it.std);
  };
  const theory = stds('theory', 'theory');
  const [simulated, exact] = [stds('monte-carlo', 'Monte Carlo'), stds('exact', 'exact simulation')];
  theory.forEach((std: number, index: number) => {
    assert.ok(Math.abs(simulated[index] / std - 1) < 0.5, `${simulated[index]} for ${std}`);
    assert.ok(Math.abs(exact[index] / simulated[index] - 1) < 0.5, `${exact[index]} for ${simulated[index]}`);
  });
  assert.deepEqual(stds('auto', 'Monte Carlo'), simulated, 'theory is coarse behind batch norms');
});

test('a seed has its own figures, the same each time', () => {
  const figures = (seed: string) =>
    initlens(['propagate', 'net.py::Net()', '--input', '8,256', '--method', 'exact', '--seed', seed], { cwd }).output;
  assert.equal(figures('3'), figures('3'));
  assert.notEqual(figures('3'), figures('4'));
});

test('svg: a picture that stands alone', () => {
  const { output } = initlens(['propagate', 'net.py::Net()', '--format', 'svg'], { cwd });
  assert.match(output, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg".*<\/svg>\n$/s);
  assert.equal(output.match(/<polyline/g)?.length, 2);
});

test('what cannot be done is said', () => {
  const failed = (...args: string[]) => initlens(['propagate', ...args], { cwd });
  assert.equal(failed('net.py::Net()', '--input', '3,y').code, 2);
  assert.match(failed('net.py::Net()', '--input', '3,y').errors, /--input is a shape such as 8,3,224,224, not 3,y/);
  assert.match(failed('none.py::Net()').errors, /Net/);
  assert.match(failed('conv.py::Net()', '--method', 'exact').errors, /give --input/);
  const misfit = failed('net.py::Net()', '--input', '8,7');
  assert.equal(misfit.code, 2);
  assert.match(misfit.errors, /input 8×7 does not go through layers\.0; 64×256 does/);
  const channels = failed('conv.py::Net()', '--input', '8,6,16,16');
  assert.match(channels.errors, /input 8×6×16×16 does not go through conv; 8×3×64×64 does/);
});
