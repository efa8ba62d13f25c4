/** VS Code in a browser, as a person uses it: keys, mouse, and what is seen. */

/** Milliseconds; a machine that builds meanwhile takes half a minute to start every extension. */
const patience = 60_000;
/** Milliseconds for what follows at once; what does not was not noticed, and is done again. */
const moment = 10_000;

/** The field of the list that takes keys: one that is closing may still be drawn. */
const takingKeys = '.quick-input-widget:not(.quick-input-widget-closing) input[type=text]';

export class Workbench {
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(patience);
  }

  /** `prepare` sees the page before it has an address. */
  static async open(browser, address, colorScheme, prepare = async () => {}) {
    const viewport = { width: 1180, height: 720 };
    const page = await browser.newPage({ viewport, deviceScaleFactor: 2, colorScheme, bypassCSP: true });
    const workbench = new Workbench(page);
    await prepare(page);
    await page.goto(address);
    await page.waitForSelector('.explorer-folders-view .monaco-list-row');
    return workbench;
  }

  /** From the tree of files, which asks no extension: a search waits until all of them are active. */
  async openFile(name) {
    await this.#open(name, () => this.#focused());
  }

  /** The same for a notebook, in which no cell has the focus at first. */
  async openNotebook(name) {
    await this.#open(name, () => this.cells().first().waitFor({ timeout: moment }));
  }

  /** A folder in the tree of files. */
  async expand(name) {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
    const expanded = row.and(this.page.locator('[aria-expanded=true]'));
    await row.waitFor();
    await this.again(async () => {
      if (await expanded.isVisible()) return;
      await row.click({ timeout: moment });
      await expanded.waitFor({ timeout: moment });
    });
  }

  async #open(name, shown) {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    await row.waitFor();
    await this.again(async () => {
      await row.dblclick({ timeout: moment });
      await this.page.waitForSelector(`.tab.active[data-resource-name="${name}"]`, { timeout: moment });
      await shown();
    });
  }

  cells() {
    return this.page.locator('.notebook-editor .code-cell-row');
  }

  /** Returns when the command is chosen: what it opens is for the caller to await. The list knows what was installed when it opened. */
  async runCommand(title) {
    await this.again(async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      await this.#choose(`>${title}`, title);
    });
  }

  /** Chooses from the list that bears this title. */
  async pick(title, text) {
    await this.page.locator('.quick-input-title:visible', { hasText: title }).waitFor({ timeout: moment });
    await this.#choose(text);
  }

  /** Takes the name that a dialog offers for a new file. */
  async save(name) {
    const input = this.#input();
    await this.page.waitForFunction(
      ([selector, end]) => document.querySelector(selector)?.value.endsWith(end),
      [takingKeys, `/${name}`],
    );
    await input.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Runs a command that opens a panel: the frame of the one that shows this. */
  async runForPanel(command, selector, options) {
    return this.again(async () => {
      await this.runCommand(command);
      return this.frameWith(selector, options, 2 * moment);
    });
  }

  /** Runs a command that asks, and answers: the palette may take the new list with it as it closes. */
  async answer(command, title, text) {
    await this.again(async () => {
      await this.page.keyboard.press('Escape');
      await this.runCommand(command);
      await this.pick(title, text);
    });
  }

  async goTo(line, column = 1) {
    const number = this.page.locator('.monaco-editor .line-numbers.active-line-number', { hasText: line });
    await this.again(async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Control+g');
      const input = this.#input();
      await input.fill(`:${line}:${column}`, { timeout: moment });
      await input.press('Enter', { timeout: moment });
      await this.#focused();
      await number.waitFor({ timeout: moment });
    });
  }

  /** The first place in the visible text that is drawn as a token of its own. */
  token(text) {
    return this.page.locator('.view-line span span', { hasText: text }).first();
  }

  /** In the line above the text, which the editor places by itself. */
  lens(text, title) {
    return this.page
      .locator('.codelens-decoration')
      .filter({ hasText: title })
      .and(this.page.locator(`:near(.view-line:has-text("${text}"), 24)`))
      .locator('a', { hasText: title })
      .first();
  }

  squiggles(severity) {
    return this.page.locator(`.monaco-editor .squiggly-${severity}`);
  }

  /** Moves as a hand does: an editor that has just drawn itself misses a jump. To the middle, or another share of the way. */
  async hover(place, share = 0.5) {
    await place.waitFor();
    await this.page.mouse.move(5, 5);
    await this.page.locator('.monaco-hover:not(.hidden)').first().waitFor({ state: 'hidden' });
    const hover = this.page.locator('.monaco-hover:not(.hidden)').filter({ hasNotText: 'Loading' }).first();
    const contents = hover.locator('.hover-contents').first();
    await this.again(async () => {
      await this.#follow(place, share, contents);
      await contents.waitFor({ timeout: 100 });
    });
    return hover;
  }

  /** Lenses that come push the lines below them down, away from the mouse. */
  async #follow(place, share, shown) {
    const start = Date.now();
    for (let y; Date.now() - start < moment && !(await shown.isVisible()); ) {
      const box = await place.boundingBox();
      if (box.y !== y) {
        await this.page.mouse.move(5, 5);
        await this.page.mouse.move(box.x + box.width * share, box.y + box.height / 2, { steps: 10 });
      }
      y = box.y;
      await this.page.waitForTimeout(100);
    }
  }

  /** What a right click offers. For a tenth of a second a menu takes no button, so that the click that opens it chooses nothing. */
  async fromMenu(place, title) {
    const item = this.page.locator('.context-view .action-label', { hasText: title }).first();
    await this.again(async () => {
      await this.page.keyboard.press('Escape');
      await place.click({ button: 'right' });
      await item.hover({ timeout: moment });
      await this.page.waitForTimeout(300);
      await item.click({ timeout: moment });
      await item.waitFor({ state: 'hidden', timeout: moment });
    });
  }

  /** Where the cursor is; the fix that is taken by Enter is the preferred one. */
  async openQuickFixes(title) {
    await this.again(async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Control+.');
      await this.quickFix(title).waitFor({ timeout: moment });
    });
  }

  /** In the list that is open. */
  quickFix(title) {
    return this.page.locator('.action-widget:visible .action', { hasText: title }).first();
  }

  /** What the lens above a line opens: the frame of the panel that shows this. */
  async openPanel(text, title, selector) {
    const lens = this.lens(text, title);
    await lens.waitFor();
    return this.again(async () => {
      await lens.click({ timeout: moment });
      return this.frameWith(selector, {}, 2 * moment);
    });
  }

  /** A webview is a page in a page; the innermost one has what is looked for. */
  async frameWith(selector, options = {}, time = patience) {
    for (const end = Date.now() + time; Date.now() < end; ) {
      for (const frame of this.page.frames()) {
        const count = frame.locator(selector, options).filter({ visible: true }).count();
        if ((await count.catch(() => 0)) > 0) return frame;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`no ${selector} in any webview`);
  }

  async text() {
    const lines = await this.page.locator('.monaco-editor .view-line').allTextContents();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Of the window, or of the part of it that is named. */
  async screenshot(path, part = 'body') {
    await this.page.waitForTimeout(400);
    const clip = await this.page.locator(part).first().boundingBox();
    await this.page.screenshot({ path, clip });
  }

  /** As a person does whom the editor did not notice, or drew anew meanwhile. */
  async again(act, times = 5) {
    try {
      return await act();
    } catch (error) {
      if (times === 1) throw error;
      return this.again(act, times - 1);
    }
  }

  /** Narrows the open list to a row, and takes it. */
  async #choose(text, row = text) {
    const input = this.#input();
    await input.waitFor();
    await input.fill(text, { timeout: moment });
    const focused = this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: row });
    await focused.waitFor({ timeout: moment });
    await input.press('Enter');
  }

  #input() {
    return this.page.locator(takingKeys);
  }

  /** Keys go to the text again. */
  async #focused() {
    await this.page.locator('.editor-instance .monaco-editor.focused').waitFor({ timeout: moment });
  }
}
