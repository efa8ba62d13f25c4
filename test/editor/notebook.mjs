/** A notebook of Python with these cells, as it lies on the disk. */

export function notebookOf(cells) {
  return JSON.stringify({
    cells: cells.map((text, index) => ({
      cell_type: 'code',
      execution_count: null,
      id: `cell-${index}`,
      metadata: {},
      outputs: [],
      source: text.split(/(?<=\n)/),
    })),
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}
