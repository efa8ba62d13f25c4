/** When the extension's code began to load; the first module that is loaded, for that reason. */
export const loadedFrom = performance.now();
