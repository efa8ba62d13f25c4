/** A person with a mouse: hints behind initializers, the write that decides a layer, and all that write to it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openNetwork, skip, takePicture, themes } from './session.mjs';

const network = `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(64, 128)
        self.second = nn.Linear(128, 10, bias=False)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        nn.init.xavier_normal_(self.second.weight)

    def forward(self, x):
        return self.second(self.first(x).relu())
`;

const lineOf = text => network.split('\n').findIndex(it => it.includes(text)) + 1;

for (const { name, scheme, theme } of themes) {
  describe(`places in a ${name} theme`, { skip }, () => {
    const session = {};

    before(async () => Object.assign(session, await openNetwork(scheme, theme, network)));
    after(() => session.close?.());

    test('the item in the status bar switches hints on, and off again', async () => {
      const { workbench } = session;
      const hint = workbench.page
        .locator('.view-line', { hasText: 'xavier_normal_' })
        .locator('span', { hasText: /^std\s0\.\d+$/ });
      assert.equal(await hint.count(), 0, 'off by default');
      await toggle(workbench);
      await hint.first().waitFor();
      await takePicture(workbench, `hints-${name}`);
      await toggle(workbench);
      await hint.first().waitFor({ state: 'detached' });
    });

    test('the menu of a layer leads to the write that decides what it starts from', async () => {
      const { workbench } = session;
      const place = workbench.page.locator('.statusbar-item', { hasText: `Ln ${lineOf('xavier_normal_')},` });
      await workbench.fromMenu(layer(workbench), 'Go to Implementations');
      await place.waitFor();
    });

    test('and to all that write to it', async () => {
      const { workbench } = session;
      const peek = workbench.page.locator('.reference-zone-widget');
      await workbench.fromMenu(layer(workbench), 'Go to References');
      await peek.waitFor();
      const texts = await workbench.again(async () => {
        const found = (
          await peek.locator('.monaco-list-row .label-name, .monaco-list-row .referenceMatch').allTextContents()
        ).join('\n');
        assert.match(found, /xavier_normal_/);
        return found;
      });
      assert.match(texts, /kaiming_normal_/);
      await takePicture(workbench, `references-${name}`);
      await workbench.page.keyboard.press('Escape');
    });
  });
}

async function toggle(workbench) {
  await workbench.again(async () => {
    await workbench.page.keyboard.press('Escape');
    await workbench.page.locator('.statusbar-item', { hasText: 'InitLens' }).click();
    await workbench.pick('InitLens', 'Show or hide the std behind initializers');
  });
}

function layer({ page }) {
  return page
    .locator('.view-line', { hasText: 'self.second = nn.Linear'.replaceAll(' ', '\u00a0') })
    .locator('span span', { hasText: 'Linear' });
}
