/** Types of `notebook.mjs`. */

export function notebookOf(cells: readonly string[]): string;
