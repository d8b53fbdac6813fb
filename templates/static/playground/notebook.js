/* Notebook: the code in the file of one. */
"use strict";

{
  const gradviz = (globalThis.gradviz ??= {});

  /** The cells of code in the file of a notebook, each with its number and its code; null if
      the text is another one. */
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

  /** One script of all cells, each below its number, as editors mark it; null if the text is
      no notebook. */
  function scriptOf(text) {
    const cells = cellsOf(text);
    if (!cells) return null;
    return cells.map(({ number, code }) => `# %% ${number}\n${code}\n`).join("\n");
  }

  gradviz.notebook = { cellsOf, scriptOf };
}
