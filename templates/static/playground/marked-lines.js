/* Marked lines: lines of code, with a mark where they differ from another text. */
"use strict";

{
  const { notation, element } = globalThis.gradviz;

  const PIECES = /\w+|\s+|[^\w\s]/g; // the words, blanks and signs of a line
  const LONGEST_MARKED = 2000; // characters of lines in which changes are marked

  function markedLines(text, other) {
    const isShort = text.length + other.length < LONGEST_MARKED;
    const parts = isShort ? notation.marked(other, text, PIECES) : [{ text }];
    const lines = [element("code", {})];
    for (const part of parts) {
      for (const [k, piece] of part.text.split("\n").entries()) {
        if (k > 0) lines.push(element("code", {}));
        if (piece)
          lines.at(-1).append(part.isChanged ? element("mark", {}, piece) : piece);
      }
    }
    return lines;
  }

  globalThis.gradviz.markedLines = markedLines;
}
