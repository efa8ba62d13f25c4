/** Extensions that a page runs from a folder, in the browser's own extension host. */

/** Has the page's workbench run them, and the tests at `extensionTestsPath` where it is given. */
export async function develop(page, options) {
  await page.addInitScript(addDevelopmentOptions, options);
}

/** Of what a server of files on this machine has at the path. */
export function uriOf({ port }, path) {
  return { scheme: 'http', authority: `127.0.0.1:${port}`, path };
}

/** Runs in the page, before the workbench reads its configuration. */
function addDevelopmentOptions(options) {
  document.addEventListener('readystatechange', () => {
    const element = document.getElementById('vscode-workbench-web-configuration');
    if (document.readyState !== 'interactive' || element === null) return;
    const configuration = JSON.parse(element.getAttribute('data-settings'));
    configuration.developmentOptions = { ...configuration.developmentOptions, ...options };
    element.setAttribute('data-settings', JSON.stringify(configuration));
  });
}
