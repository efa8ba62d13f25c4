/** A person opens a notebook: what is wrong is underlined in its cell, told in a hover with a picture, and repaired there. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { notebookOf } from './notebook.mjs';
import { openSession, skip, takePicture, themes } from './session.mjs';

const cells = [
  '%matplotlib inline\nimport torch.nn as nn',
  'net = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))',
  'nn.init.xavier_uniform(net[0].weight)\nnn.init.zeros_(net[0].bias)',
];

for (const { name, scheme, theme } of themes) {
  describe(`notebooks in a ${name} theme`, { skip }, () => {
    const session = {};

    before(async () => Object.assign(session, await openSession(scheme, theme, { 'cells.ipynb': notebookOf(cells) })));
    after(() => session.close?.());

    test('a cell has its squiggle, the others none', async () => {
      const { workbench } = session;
      await workbench.openNotebook('cells.ipynb');
      const marked = workbench.cells().filter({ has: workbench.squiggles('warning') });
      await marked.first().waitFor();
      assert.equal(await marked.count(), 1);
      assert.match(await marked.textContent(), /xavier_uniform/);
      await takePicture(workbench, `notebook-${name}`);
    });

    test('a hover in a cell shows what the layer of another cell starts from', async () => {
      const { workbench } = session;
      const hover = await workbench.again(async () => {
        const found = await workbench.hover(workbench.token('xavier_uniform'));
        await found.locator('img').first().waitFor({ timeout: 10_000 });
        return found;
      });
      assert.match(await hover.textContent(), /fan_in 64, fan_out 64/);
      await takePicture(workbench, `notebook-hover-${name}`);
      await workbench.page.keyboard.press('Escape');
    });

    test('a quick fix repairs the cell', async () => {
      const { workbench } = session;
      await workbench.again(async () => {
        // Escape, which other lists are left by, leaves the cell.
        await workbench.token('xavier_uniform').click({ timeout: 10_000 });
        await workbench.page.keyboard.press('Control+.');
        await workbench.quickFix('xavier_uniform_').waitFor({ timeout: 10_000 });
        await workbench.page.keyboard.press('Enter');
        await workbench.cells().locator('.view-line', { hasText: 'xavier_uniform_(' }).waitFor({ timeout: 10_000 });
      });
      await takePicture(workbench, `notebook-fixed-${name}`);
    });
  });
}
