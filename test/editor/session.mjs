/** A person's session in the packaged extension: the served VS Code, a browser, the examples, pictures on request. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../tools/remove.mjs';
import { browserPath, launchBrowser } from './browser.mjs';
import { develop, uriOf } from './development.mjs';
import { editorFolder } from './install.mjs';
import { packedExtension } from './serve.mjs';
import { serveFolder } from './static.mjs';
import { isVSCodeInstalled, serveVSCode } from './vscode.mjs';
import { Workbench } from './workbench.mjs';

const root = join(editorFolder, '../..');
const images = join(root, 'docs/images');
/** Pictures are taken when asked for, so that a test run leaves the repository as it was: into a folder, to be looked at. */
const folderOfPictures = process.env.PICTURES;
/** Those of the documentation, anew. */
const isUpdating = process.env.UPDATE === '1';
const isPossible = isVSCodeInstalled() && browserPath() !== undefined;
export const skip = isPossible ? false : 'needs the served VS Code and Chromium';

/** What everything that is drawn must be readable in. */
export const themes = [
  { name: 'light', scheme: 'light', theme: 'Default Light Modern' },
  { name: 'dark', scheme: 'dark', theme: 'Default Dark Modern' },
  { name: 'contrast', scheme: 'dark', theme: 'Default High Contrast' },
];

/** In a copy of the examples, with more files where they are given, and the extension that was packed last unless told. */
export async function openSession(scheme, theme, files = {}, extension = packedExtension()) {
  const folder = mkdtempSync(join(tmpdir(), 'initlens-'));
  const workspace = join(folder, 'examples');
  cpSync(join(root, 'examples'), workspace, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(workspace, name), text);
  const vscode = await serveVSCode({ extension, settings: settingsFor(theme) });
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await vscode.close();
    await removeFolder(folder);
  };
  return { workbench: await Workbench.open(browser, vscode.address(workspace), scheme), workspace, close };
}

/** A workspace of several folders, each with its files. */
export async function openFolders(folders) {
  const root = mkdtempSync(join(tmpdir(), 'initlens-'));
  for (const [folder, files] of Object.entries(folders)) {
    mkdirSync(join(root, folder));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, folder, name), text);
  }
  const workspace = join(root, 'several.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: Object.keys(folders).map(path => ({ path })) }));
  const settings = { ...settingsFor('Default Light Modern'), 'explorer.autoReveal': false };
  const vscode = await serveVSCode({ extension: packedExtension(), settings });
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await vscode.close();
    await removeFolder(root);
  };
  return { workbench: await Workbench.open(browser, vscode.addressOfWorkspace(workspace), 'light'), close };
}

/** The same in the browser's own extension host: what has been built, with the server in a web worker. */
export async function openInBrowser(scheme, theme, { settings = {}, flags = [] } = {}) {
  const workspace = mkdtempSync(join(tmpdir(), 'initlens-'));
  cpSync(join(root, 'examples'), workspace, { recursive: true });
  const files = await serveFolder(root);
  const vscode = await serveVSCode({ settings: { ...settingsFor(theme), ...settings } });
  const browser = await launchBrowser(flags);
  const close = async () => {
    await browser.close();
    await vscode.close();
    files.close();
    await removeFolder(workspace);
  };
  const prepare = page => develop(page, { extensions: [uriOf(files, '/')] });
  return { workbench: await Workbench.open(browser, vscode.address(workspace), scheme, prepare), close };
}

const settingsFor = theme => ({
  'workbench.colorTheme': theme,
  'editor.hover.delay': 100,
  'window.autoDetectColorScheme': false,
});

/** A session with the text in an editor, once its lenses are there: by then it is evaluated. */
export async function openNetwork(scheme, theme, text) {
  const session = await openSession(scheme, theme, { 'a_network.py': text });
  await session.workbench.openFile('a_network.py');
  await session.workbench.page.locator('.codelens-decoration').first().waitFor();
  return session;
}

/** Without the side bar meanwhile, so that a panel shows all its columns. */
export async function withRoom(workbench, act) {
  const toggle = () => workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  await toggle();
  await act();
  await toggle();
}

export async function takePicture(workbench, name) {
  if (folderOfPictures !== undefined) {
    mkdirSync(folderOfPictures, { recursive: true });
    await workbench.screenshot(join(folderOfPictures, `${name}.png`));
  }
  const documented = join(images, `${name}.png`);
  if (isUpdating && existsSync(documented)) await workbench.screenshot(documented, '.part.editor');
}
