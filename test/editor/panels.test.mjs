/** A person opens the panels over a network: pictures, numbers, keys, edits; light, dark and high contrast. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { problemsOf } from './accessibility.mjs';
import { openSession, skip, takePicture, themes, withRoom } from './session.mjs';

/** A hundred gigabytes of weights. */
const huge = `from torch import nn


class Huge(nn.Module):
    def __init__(self):
        super().__init__()
        self.huge = nn.Linear(160_000, 160_000, bias=False)

    def forward(self, x):
        return self.huge(x)
`;

/** The line of `class Xavier` in the example. */
const xavier = 46;

const weights = 'InitLens: Show the Weights of a Network';

for (const { name, scheme, theme } of themes) {
  describe(`panels in a ${name} theme`, { skip }, () => {
    const session = {};

    before(async () => Object.assign(session, await openSession(scheme, theme, { 'huge.py': huge })));
    after(() => session.close?.());

    test('a lens opens the signal, as written and as fixed', async () => {
      const { workbench } = session;
      await workbench.openFile('deep_relu.py');
      await workbench.goTo(xavier);
      await workbench.squiggles('warning').first().waitFor();
      const view = await workbench.openPanel('class Xavier', 'signal', 'table[aria-label="Signal by layer"]');
      await view.locator('th', { hasText: 'fixed' }).first().waitFor();
      assert.equal(
        await view
          .locator('h1, select')
          .first()
          .evaluate(it => it.value ?? it.textContent),
        'Xavier',
      );
      assert.ok((await view.locator('polyline').count()) >= 4, 'two curves as written, two as fixed');
      // a table that is being drawn anew has no style
      await workbench.again(async () => {
        const cell = view.locator('td').first();
        assert.match(await cell.evaluate(it => getComputedStyle(it).color), /^rgb/);
      });
      await withRoom(workbench, () => takePicture(workbench, `signal-${name}`));
      assert.deepEqual(await problemsOf(view), []);
    });

    test("a simulation follows in the background: the seed's own figures beside theory", async () => {
      const { workbench } = session;
      const view = await workbench.frameWith('table[aria-label="Signal by layer"]');
      await view.locator('th', { hasText: 'seed 0' }).first().waitFor();
      const cells = view.locator('tbody tr', { hasText: 'relu' }).last().locator('td.number');
      assert.equal(await cells.count(), 6, 'std and gradient as written, as fixed, as the seed has them');
      assert.match(await cells.nth(2).textContent(), /^\d/);
      await view.locator('header', { hasText: 'Taken for granted: input' }).waitFor();
      await takePicture(workbench, `signal-refined-${name}`);
    });

    test('a shape of the input that is typed sharpens the figures, and one that does not fit is told', async () => {
      const { workbench } = session;
      const view = await workbench.frameWith('table[aria-label="Signal by layer"]');
      const field = view.locator('input[aria-label="Shape of the input, batch first"]');
      await field.fill('4, 5');
      await field.press('Enter');
      await view.locator('[role=alert]', { hasText: 'input 4×5 does not go through hidden.0' }).waitFor();
      await takePicture(workbench, `signal-misfit-${name}`);
      assert.deepEqual(await problemsOf(view), []);
      await field.fill('4, 784');
      await field.press('Enter');
      await view.locator('[role=alert]').waitFor({ state: 'detached' });
      await workbench.again(async () => {
        await view.locator('tbody tr', { hasText: 'Linear' }).first().hover({ timeout: 10_000 });
        await view.locator('.details', { hasText: 'hidden.0 Linear [4, 256]' }).waitFor({ timeout: 10_000 });
      });
      await takePicture(workbench, `signal-input-${name}`);
      assert.deepEqual(await problemsOf(view), []);
    });

    test('keys go from row to row, show weights, and lead to the line', async () => {
      const { workbench } = session;
      const view = await workbench.frameWith('table[aria-label="Signal by layer"]');
      // A table that is drawn anew meanwhile has lost the row that had the focus.
      await workbench.again(async () => {
        const row = view.locator('tbody tr', { hasText: 'Linear' }).first();
        await row.focus({ timeout: 10_000 });
        await view.locator('.details', { hasText: '.weight: N(0,' }).waitFor({ timeout: 10_000 });
        await workbench.page.keyboard.press('ArrowDown');
        assert.equal(await view.locator('tbody tr:focus td').nth(1).textContent({ timeout: 10_000 }), 'relu');
        await workbench.page.keyboard.press('Enter');
        await workbench.page.locator('.statusbar-item', { hasText: /Ln 2\d/ }).waitFor({ timeout: 10_000 });
      });
    });

    test('the weights are sorted, filtered and looked at one by one', async () => {
      const { workbench } = session;
      await workbench.goTo(xavier);
      const view = await workbench.runForPanel(weights, 'table[aria-label="Parameters"]');
      await view.locator('input[type=search]').fill('weight');
      await view.locator('th button', { hasText: 'Std' }).click();
      assert.equal(await view.locator('th[aria-sort=ascending] button:focus').textContent(), 'Std ▴');
      await view.locator('tbody tr').last().click();
      await view.locator('.details img').waitFor();
      await view.locator('.details svg').waitFor();
      await takePicture(workbench, `weights-${name}`);
      assert.deepEqual(await problemsOf(view), []);
    });

    test('what is shown is saved as CSV, all weights as safetensors', async () => {
      const { workbench, workspace } = session;
      const view = await workbench.frameWith('table[aria-label="Parameters"]');
      const saved = async format => {
        await view.locator('header button', { hasText: format }).click();
        const file = `Xavier.${format.toLowerCase()}`;
        await workbench.save(file);
        await workbench.page.locator('.notification-toast', { hasText: `${file} is written` }).waitFor();
        return readFile(join(workspace, file));
      };
      const [head, ...rows] = String(await saved('CSV'))
        .trim()
        .split('\n');
      assert.equal(head, 'name,shape,initializer,std,gain,findings');
      assert.equal(rows.length, 9, 'the weights, without the biases');
      assert.match(rows.join('\n'), /^hidden\.1\.weight,"\[256, 256\]",xavier_normal_,0\.0625,1,gain-mismatch$/m);
      const file = await saved('safetensors');
      const length = Number(file.readBigUInt64LE());
      const header = JSON.parse(file.toString('utf8', 8, 8 + length));
      assert.deepEqual(header['hidden.0.weight'].shape, [256, 784]);
      assert.equal(file.length, 8 + length + 4 * 664_074);
    });

    test('all of a huge layer is measured on request, and given up', async () => {
      const { workbench } = session;
      await workbench.openFile('huge.py');
      const view = await workbench.runForPanel(weights, 'tbody tr', { hasText: 'huge.weight' });
      await view.locator('tbody tr', { hasText: 'huge.weight' }).click();
      await view.locator('.details', { hasText: 'first 16,777,216 values of 25,600,000,000' }).waitFor();
      await view.locator('.details figcaption', { hasText: 'Marchenko–Pastur' }).waitFor();
      await view.locator('button', { hasText: 'Measure all 25,600,000,000 values' }).click();
      const bar = view.locator('progress');
      await bar.waitFor();
      for (let share = 0; share === 0; share = await bar.evaluate(it => it.value))
        await workbench.page.waitForTimeout(200);
      await takePicture(workbench, `weights-progress-${name}`);
      await view.locator('button', { hasText: 'Stop' }).click();
      await view.locator('button', { hasText: 'Measure all' }).waitFor();
    });
  });
}
