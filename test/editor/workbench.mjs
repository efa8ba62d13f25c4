/** VS Code in a browser, as a person uses it: keys, mouse, and what is seen. */

const patience = 30_000;

export class Workbench {
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(patience);
  }

  static async open(browser, address, colorScheme) {
    const page = await browser.newPage({ viewport: { width: 1180, height: 720 }, deviceScaleFactor: 2, colorScheme });
    const workbench = new Workbench(page);
    await page.goto(address);
    await page.waitForSelector('.explorer-folders-view .monaco-list-row');
    return workbench;
  }

  async openFile(name) {
    await this.page.keyboard.press('Control+p');
    await this.#pick(name);
    await this.page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
  }

  async runCommand(title) {
    await this.page.keyboard.press('F1');
    await this.#pick(title);
  }

  async goToLine(number) {
    await this.page.keyboard.press('Control+g');
    const input = this.page.locator('.quick-input-widget input');
    await input.waitFor();
    await input.fill(`:${number}`);
    await this.page.keyboard.press('Enter');
    await this.page.waitForSelector('.quick-input-widget', { state: 'hidden' });
  }

  /** The first place in the visible text that is drawn as a token of its own. */
  token(text) {
    return this.page.locator('.view-line span span', { hasText: text }).first();
  }

  squiggles(severity) {
    return this.page.locator(`.monaco-editor .squiggly-${severity}`);
  }

  /** Moves as a hand does: an editor that has just drawn itself misses a jump. */
  async hover(token) {
    await this.page.mouse.move(5, 5);
    await token.hover();
    const box = await token.boundingBox();
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents').filter({ hasNotText: 'Loading' });
    await hover.first().waitFor();
    return this.page.locator('.monaco-hover:not(.hidden)').first();
  }

  async openQuickFixes() {
    await this.page.keyboard.press('Control+.');
    const menu = this.page.locator('.action-widget:visible').first();
    await menu.waitFor();
    return menu;
  }

  async text() {
    const lines = await this.page.locator('.monaco-editor .view-line').allTextContents();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  async screenshot(path) {
    await this.page.waitForTimeout(400);
    await this.page.screenshot({ path });
  }

  async #pick(text) {
    const input = this.page.locator('.quick-input-widget input[type=text]');
    await input.waitFor();
    await this.page.keyboard.type(text);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.waitForSelector('.quick-input-widget', { state: 'hidden' });
  }
}
