/** A person opens an example in the packaged extension: squiggle, hover with picture, quick fix, silence; light and dark. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openSession, skip, takePicture, themes } from './session.mjs';

for (const { name, scheme, theme } of themes) {
  describe(`in a ${name} theme`, { skip }, () => {
    const session = {};

    before(async () => Object.assign(session, await openSession(scheme, theme)));
    after(() => session.close?.());

    test('a squiggle marks the weights that start at zero', async () => {
      const { workbench } = session;
      await workbench.openFile('deep_tanh.py');
      await workbench.goTo(32);
      await workbench.squiggles('warning').first().waitFor();
    });

    test('the hover shows what is wrong, and a picture', async () => {
      const { workbench } = session;
      await workbench.goTo(52);
      // A hover that closes again as the editor draws itself anew has no picture.
      const picture = await workbench.again(async () => {
        const hover = await workbench.hover(workbench.token('xavier_normal_'));
        const image = hover.locator('img').first();
        await image.waitFor({ timeout: 10_000 });
        return image;
      });
      const { width, isDrawn } = await picture.evaluate(it => ({ width: it.naturalWidth, isDrawn: it.complete }));
      assert.ok(isDrawn && width > 100, `the picture is ${width} pixels wide`);
      await takePicture(workbench, `hover-${name}`);
      await workbench.page.keyboard.press('Escape');
    });

    test('a quick fix repairs it, and the squiggle goes', async () => {
      const { workbench } = session;
      await workbench.again(async () => {
        await workbench.goTo(32, 22);
        const marked = await workbench.squiggles('warning').count();
        await workbench.openQuickFixes('Xavier');
        await takePicture(workbench, `quick-fix-${name}`);
        await workbench.page.keyboard.press('Enter');
        await workbench.page.waitForFunction(
          before => document.querySelectorAll('.monaco-editor .squiggly-warning').length < before,
          marked,
          { timeout: 20_000 },
        );
      });
      assert.match(await workbench.text(), /xavier_(normal|uniform)_\(layer\.weight, gain=/);
      await takePicture(workbench, `fixed-${name}`);
    });

    test("a finding's link opens the rule's page", async () => {
      const { workbench } = session;
      await workbench.goTo(62);
      await workbench.again(async () => {
        const hover = await workbench.hover(workbench.squiggles('info').first());
        await hover.locator('a', { hasText: 'gain-mismatch' }).click({ timeout: 10_000 });
        await workbench.page.locator('.tab.active', { hasText: 'gain-mismatch' }).waitFor({ timeout: 10_000 });
      });
      await workbench.frameWith('h2', { hasText: 'Why it matters' });
      await takePicture(workbench, `rule-${name}`);
    });

    test('a command explains a rule that is chosen from a list', async () => {
      const { workbench } = session;
      await workbench.answer('InitLens: Explain a Rule', 'Explain a rule of InitLens', 'mean-as-std');
      await workbench.page.locator('.tab.active', { hasText: 'mean-as-std' }).waitFor();
    });
  });
}
