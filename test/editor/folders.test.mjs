/** A person opens a workspace of several folders: each goes by its own configuration, and imports find its own files. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openFolders, skip, takePicture } from './session.mjs';

const network = `from torch import nn
from layers import make


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = make(64)
        self.b = make(64)
        nn.init.zeros_(self.a.weight)

    def forward(self, x):
        return self.b(self.a(x).relu())
`;

/** What a hidden weight of zeros is in one folder is none in the other. */
const layers = layer => `from torch import nn


def make(width):
    return nn.${layer}
`;

const folders = {
  strict: { 'strict_net.py': network, 'layers.py': layers('Linear(width, width)') },
  lenient: {
    'lenient_net.py': network,
    'layers.py': layers('Linear(width, width)'),
    'initlens.toml': 'ignore = ["zero-weight"]\n',
  },
  other: { 'other_net.py': network.replace('.zeros_', '.ones_'), 'layers.py': layers('LayerNorm(width)') },
};

describe('several folders', { skip }, () => {
  const session = {};

  before(async () => Object.assign(session, await openFolders(folders)));
  after(() => session.close?.());

  test('a finding is told where a folder wants it, and nowhere else', async () => {
    const { workbench } = session;
    const item = workbench.page.locator('.statusbar-item', { hasText: /InitLens: / });
    for (const name of Object.keys(folders)) await workbench.expand(name);
    await workbench.openFile('strict_net.py');
    await item.filter({ hasText: '1 finding' }).waitFor();
    for (const name of ['lenient_net.py', 'other_net.py']) await workbench.openFile(name);
    // What is told of the last file comes with its lenses.
    await workbench.page.locator('.codelens-decoration', { hasText: 'weights' }).first().waitFor();
    assert.match(await item.textContent(), /1 finding/);
    await takePicture(workbench, 'folders-light');
  });
});
