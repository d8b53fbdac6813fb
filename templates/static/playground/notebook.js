/* Notebook: the code in a notebook's file. */
"use strict";

{
  const gradviz = (globalThis.gradviz ??= {});

  /** The code cells in a notebook's file, each with its number and its code; null for
      any other text. */
  function cellsOf(text) {
    if (!/^\s*\{/.test(text) || !text.includes('"cells"')) return null;
    let cells;
    try {
      ({ cells } = JSON.parse(text));
    } catch {
      return null;
    }
    if (!Array.isArray(cells)) return null;
    return cells
      .map((cell, k) => ({ number: k + 1, code: codeOf(cell) }))
      .filter(({ code }) => code !== null);
  }

  function codeOf(cell) {
    if (cell?.cell_type !== "code") return null;
    const { source = "" } = cell;
    return Array.isArray(source) ? source.join("") : String(source);
  }

  /** One script from all cells, each below its number, in the way editors mark cells;
      null if the text is not a notebook. */
  function scriptOf(text) {
    const cells = cellsOf(text);
    if (!cells) return null;
    return cells.map(({ number, code }) => `# %% ${number}\n${code}\n`).join("\n");
  }

  gradviz.notebook = { cellsOf, scriptOf };
}
