/** Everything that is asked of the extension in a real editor, on every host. */
import { activation } from './activation.js';
import { diagnostics } from './diagnostics.js';
import { fixes } from './fixes.js';
import { hovers } from './hovers.js';
import { notebooks } from './notebooks.js';
import { pages } from './pages.js';
import { panels } from './panels.js';
import { recovery } from './recovery.js';
import { settings } from './settings.js';
import { speed } from './speed.js';

export function define(): void {
  describe('activation', activation);
  describe('diagnostics', diagnostics);
  describe('fixes', fixes);
  describe('hovers', hovers);
  describe('rule pages', pages);
  describe('panels', panels);
  describe('notebooks', notebooks);
  describe('settings', settings);
  describe('speed', speed);
  describe('recovery', recovery);
}
