/** A person points at something of each kind that a hover tells of: what it says, and that it fits without scrolling. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openNetwork, skip, takePicture, themes } from './session.mjs';

const network = `import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(64, 128)
        self.second = nn.Linear(128, 10)
        self.act = nn.GELU()
        nn.init.xavier_normal_(self.first.weight)  # initlens: ignore[gain-mismatch]
        nn.init.kaiming_normal_(self.second.weight, nonlinearity="linear")

    def forward(self, x):
        return self.second(self.act(self.first(x)))
`;

/** Where it is: a line, and a word in it; what the hover says; how far into the word. */
const places = [
  ['a layer', 'self.first = nn.Linear', 'Linear', /first\.weight.*gain.*also.*first\.bias/s],
  ['a call of an initializer', 'kaiming_normal_', 'kaiming_normal_', /second\.weight.*gain\s*1.*drawn.*seed 0/s],
  ['an attribute', 'return self', 'second', /second\.weight.*kaiming_normal_/s],
  ['a class', 'class Net', 'Net', /Net: 4 parameters, 9,610 values/],
  ['an activation', 'nn.GELU', 'GELU', /gelu\s* asks for gain 1\.53/],
  ['a rule in a suppression', 'ignore[', 'ignore[', /gain-mismatch\s* \(warning\): Finds an initializer/, 0.9],
];

/** Pixels of the box that a hover is designed for. */
const box = { width: 404, height: 250 };

for (const { name, scheme, theme } of themes) {
  describe(`hovers in a ${name} theme`, { skip }, () => {
    const session = {};

    before(async () => Object.assign(session, await openNetwork(scheme, theme, network)));
    after(() => session.close?.());

    for (const [what, line, word, told, share] of places) {
      test(`on ${what}`, async () => {
        const { workbench } = session;
        await fits(workbench, line, word, told, { share, picture: `hover-${what.replaceAll(' ', '-')}-${name}` });
      });
    }

    test('on a call with the longest of findings', async () => {
      const { workbench } = session;
      await workbench.openFile('deep_relu.py');
      await workbench.goTo(48);
      await workbench.squiggles('warning').first().waitFor();
      const told = /hidden\.1\.weight.*this gives it and 7 others gain 0\.16 where.*drawn/s;
      await fits(workbench, 'nn.init.normal_(layer.weight', 'normal_', told, { picture: `hover-finding-${name}` });
    });
  });
}

/** What is told, without scrolling, and in the box. */
async function fits(workbench, line, word, told, { share, picture }) {
  const row = workbench.page.locator('.view-line', { hasText: line.replaceAll(' ', '\u00a0') });
  const hover = await workbench.again(async () => {
    const shown = await workbench.hover(row.locator('span span', { hasText: word }).last(), share);
    await shown.filter({ hasText: told }).waitFor({ timeout: 10_000 });
    return shown;
  });
  await takePicture(workbench, picture);
  const { shown, needed, narrow } = await hover.evaluate(measure, box.width);
  assert.ok(needed <= shown, `${needed} of ${shown} pixels`);
  assert.ok(narrow <= box.height, `${narrow} pixels high where it is ${box.width} wide`);
  await workbench.page.keyboard.press('Escape');
}

/** In the page: the height that is shown and needed, and the one that would be needed in a narrow box. */
function measure(hover, width) {
  const content = hover.querySelector('.monaco-hover-content') ?? hover;
  const copy = content.cloneNode(true);
  copy.style.cssText = `position: absolute; visibility: hidden; height: auto; width: ${width}px; max-width: ${width}px`;
  content.parentElement.append(copy);
  const narrow = copy.scrollHeight;
  copy.remove();
  return { shown: hover.clientHeight, needed: content.scrollHeight, narrow };
}
