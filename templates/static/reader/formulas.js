/* Formulas and notebooks: a text that is not a script, but may be a formula as written
   elsewhere, or the file of a notebook. */
"use strict";

{
  const { gradviz } = globalThis;
  const { Source, readScript } = gradviz.scripts;
  const { PythonError } = gradviz.python;

  const withoutBlanks = (text) => text.trim().replaceAll(" ", "");

  /** What a script says, and whether a text had to be changed to be read: then `mended`
      is true, and each possible meaning of the text is a function without a name. The
      wording comes from `words`, the tables `finding` and `unread` of a language. */
  function read(text, words = gradviz.words) {
    const cells = gradviz.notebook.cellsOf(text);
    if (cells) return readNotebook(cells, words);
    const result = readScript(text, words);
    if (result.functions.length === 0 && result.findings.length === 0) {
      const meanings = gradviz.notation.meanings(text);
      if (meanings.length > 0) adopt(result, meanings);
    }
    const [first] = result.functions;
    if (first?.name === null) {
      result.mended = withoutBlanks(first.spelling) !== withoutBlanks(text);
    }
    return result;
  }

  function adopt(result, meanings) {
    result.functions = meanings.map(({ spelling }) => ({
      line: 1,
      name: null,
      spelling,
    }));
    result.unread = [];
  }

  /** What the cells say as one script. Line numbers start again in each cell, whose
      number is given; a cell without any Python is left out. */
  function readNotebook(cells, words) {
    const lines = [];
    const places = []; // of the lines
    const unread = [];
    for (const { number, code } of cells) {
      const cell = readCell(code);
      const first = lines.length;
      lines.push(...cell.lines);
      places.push(...cell.lines.map((_, k) => ({ cell: number, line: k + 1 })));
      unread.push(...cell.unread.map((each) => ({ ...each, line: first + each.line })));
    }
    const result = readScript(lines.join("\n"), words, unread);
    for (const each of [...result.findings, ...result.functions, ...result.unread]) {
      const last = places[(each.end_line ?? each.line) - 1];
      Object.assign(each, places[each.line - 1]);
      if (each.end_line) each.end_line = last.line;
    }
    return result;
  }

  function readCell(code) {
    try {
      const source = new Source(code);
      return { lines: source.code.lines, unread: source.unread };
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      const unread = [{ code: error.code, line: error.line, values: {} }];
      return { lines: code.split(/\r\n|\r|\n/).map(() => ""), unread };
    }
  }

  Object.assign(gradviz, { read });
}
