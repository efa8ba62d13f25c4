/** A person in a browser without a server: hover, signal and weights, in the colours of the theme. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { problemsOf } from './accessibility.mjs';
import { softwareGpu } from './browser.mjs';
import { openInBrowser, skip, takePicture, themes } from './session.mjs';

for (const { name, scheme, theme } of themes) {
  describe(`in the browser's own host, in a ${name} theme`, { skip }, () => {
    const session = {};

    before(async () => {
      Object.assign(session, await openInBrowser(scheme, theme));
      await started(session.workbench);
    });
    after(() => session.close?.());

    test('findings come, and a hover says its verdict first', async () => {
      const { workbench } = session;
      await workbench.goTo(48);
      await workbench.again(async () => {
        const hover = await workbench.hover(xavierCall(workbench).last());
        await hover.filter({ hasText: /hidden\.\d\.weight.*gain.*drawn/s }).waitFor({ timeout: 10_000 });
        await hover.locator('img').first().waitFor({ timeout: 10_000 });
      });
      await takePicture(workbench, `web-hover-${name}`);
      await workbench.page.keyboard.press('Escape');
    });

    test('the signal is drawn in colours that can be read, for people and for screen readers', async () => {
      const { workbench } = session;
      const view = await workbench.openPanel('class Xavier', 'signal', 'table[aria-label="Signal by layer"]');
      await view.locator('th', { hasText: 'fixed' }).first().waitFor();
      assert.deepEqual(await problemsOf(view), []);
      await takePicture(workbench, `web-signal-${name}`);
    });

    test('so are the weights', async () => {
      const { workbench } = session;
      const view = await workbench.openPanel('class Xavier', 'weights', 'table[aria-label="Parameters"]');
      await view.locator('tbody tr').first().waitFor();
      assert.deepEqual(await problemsOf(view), []);
      await takePicture(workbench, `web-weights-${name}`);
    });
  });
}

describe("in the browser's own host, where a graphics card is wanted", { skip }, () => {
  const session = {};

  before(async () => {
    const options = { settings: { 'initlens.device': 'gpu' }, flags: softwareGpu };
    Object.assign(session, await openInBrowser('light', 'Default Light Modern', options));
    await started(session.workbench);
  });
  after(() => session.close?.());

  test('WebGPU draws, and the hover says so', async () => {
    const { workbench } = session;
    await workbench.goTo(48);
    await workbench.again(async () => {
      const hover = await workbench.hover(xavierCall(workbench).last());
      await hover.filter({ hasText: /drawn.*seed 0, .*swiftshader/is }).waitFor({ timeout: 10_000 });
    });
    await takePicture(workbench, 'web-gpu-light');
  });
});

function xavierCall({ page }) {
  const row = page.locator('.view-line', { hasText: 'nn.init.xavier_normal_(layer.weight'.replaceAll(' ', '\u00a0') });
  return row.locator('span span', { hasText: 'xavier_normal_' });
}

/** The host of a page under development starts without the extension every other time: a person loads the page again. */
async function started(workbench) {
  const findings = workbench.squiggles('warning').first();
  await workbench.again(async () => {
    await workbench.openFile('deep_relu.py');
    try {
      await findings.waitFor({ timeout: 20_000 });
    } catch (error) {
      await workbench.page.reload();
      await workbench.page.waitForSelector('.explorer-folders-view .monaco-list-row');
      throw error;
    }
  }, LOADS);
}

const LOADS = 12;
