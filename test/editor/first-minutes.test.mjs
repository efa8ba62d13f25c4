/** A person's first minutes: the walkthrough and its pictures, the example, the item in the status bar, the log, the settings. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openSession, skip, takePicture, themes } from './session.mjs';

/** Each with words of its picture. */
const steps = [
  ['Open a network that starts badly', 'class Zeros(Stack):'],
  ['See what a layer starts from', 'fan_in 784'],
  ['Repair it with a quick fix', 'Quick Fix'],
  ['Follow the signal through the network', 'as written'],
  ['Look at the weights before they are drawn', 'Initializer'],
  ['Make it yours', 'Previews'],
];

for (const { name, scheme, theme } of themes) {
  describe(`first minutes in a ${name} theme`, { skip }, () => {
    const session = {};

    before(async () => Object.assign(session, await openSession(scheme, theme)));
    after(() => session.close?.());

    test('every step of the walkthrough has its picture in the colours of the theme', async () => {
      const { workbench } = session;
      // pictures stand beside the steps where there is room for them
      await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
      // A command that comes while the extension starts may be lost.
      await workbench.again(async () => {
        await workbench.runCommand('InitLens: Get Started');
        await stepOf(workbench, steps[0][0]);
      });
      for (const [index, [title, words]] of steps.entries()) {
        await stepOf(workbench, title);
        const colour = await workbench.again(async () => {
          const picture = await workbench.frameWith('svg', { hasText: words });
          return picture
            .locator('svg text')
            .first()
            .evaluate(it => getComputedStyle(it).fill);
        });
        assert.equal(brightness(colour) < 128, scheme === 'light', `${title}: ${colour}`);
        await takePicture(workbench, `walkthrough-${index}-${name}`);
      }
    });

    test('its first step opens an example with findings, that is a person’s to change', async () => {
      const { workbench } = session;
      const example = workbench.page.locator('.tab.active', { hasText: 'Untitled' });
      await workbench.again(async () => {
        const step = await stepOf(workbench, steps[0][0]);
        await step.locator('.monaco-button', { hasText: 'Open an Example' }).click({ timeout: 10_000 });
        await example.waitFor({ timeout: 20_000 });
      });
      await workbench.squiggles('warning').first().waitFor();
    });

    test('the panel of the example opens from the walkthrough too', async () => {
      const { workbench } = session;
      await workbench.again(async () => {
        await workbench.runCommand('InitLens: Get Started');
        const step = await stepOf(workbench, steps[3][0]);
        await step.locator('.monaco-button', { hasText: 'Show the Signal' }).click({ timeout: 10_000 });
        await workbench.frameWith('table[aria-label="Signal by layer"]', {}, 20_000);
      });
    });

    test('the item in the status bar tells what was found, and a click offers what can be done', async () => {
      const { workbench } = session;
      await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
      await workbench.openFile('deep_relu.py');
      const item = workbench.page.locator('.statusbar-item', { hasText: /InitLens: \d+ findings/ });
      await item.waitFor();
      assert.match(
        await item.locator('a').getAttribute('aria-label'),
        /^InitLens: \d+ findings: no errors, \d+ warnings/,
      );
      const tooltip = workbench.page.locator('.monaco-hover:visible', { hasText: 'Click for the log' });
      await workbench.again(async () => {
        await workbench.page.mouse.move(5, 5);
        await item.hover();
        await tooltip.filter({ hasText: /torch(: the newest| \d)/ }).waitFor({ timeout: 10_000 });
      });
      await takePicture(workbench, `status-${name}`);
      await workbench.again(async () => {
        await workbench.page.keyboard.press('Escape');
        await item.click();
        await workbench.pick('InitLens', 'Show the log');
        const channel = workbench.page.getByRole('combobox', { name: 'Switch Output' }).first();
        assert.equal(await channel.inputValue({ timeout: 10_000 }), 'InitLens');
      });
      await takePicture(workbench, `log-${name}`);
    });

    test('settings stand in groups', async () => {
      const { workbench } = session;
      const title = group =>
        workbench.page.locator('.settings-toc-entry, .settings-group-title-label', { hasText: group }).first();
      await workbench.again(async () => {
        await workbench.runCommand('InitLens: Open the Settings');
        await title('Findings').waitFor({ timeout: 15_000 });
      });
      for (const group of ['Python and torch', 'Previews', 'Log']) await title(group).waitFor();
      await takePicture(workbench, `settings-${name}`);
    });
  });
}

async function stepOf({ page }, title) {
  const step = page.locator('.getting-started-step', { hasText: title });
  await step.locator('.step-title').click({ timeout: 10_000 });
  await page.locator('.getting-started-step.expanded', { hasText: title }).waitFor({ timeout: 10_000 });
  return step;
}

function brightness(colour) {
  const [red, green, blue] = colour.match(/\d+/g).map(Number);
  return (red + green + blue) / 3;
}
