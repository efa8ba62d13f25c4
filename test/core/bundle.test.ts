/** The init core stays small: what draws on a graphics processor or runs whole networks does not come with it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundleOf } from './bundle.js';

test('the init core takes at most 80 kB', async () => {
  const { bytes } = await bundleOf('index.js');
  assert.ok(bytes <= 80_000, `${bytes} bytes`);
});

test('graphics processors and simulations are entries of their own', async () => {
  const { modules } = await bundleOf('index.js');
  const others = modules.filter(it => /webgpu|simulation/.test(it));
  assert.deepEqual(others, []);
  const whole = await bundleOf('index.js', 'backends/webgpu/index.js', 'propagation/simulation/index.js');
  assert.ok(whole.modules.some(it => it.includes('webgpu')) && whole.modules.some(it => it.includes('simulation')));
});
