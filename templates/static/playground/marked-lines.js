/* Marked lines: lines of code, with a mark where they differ from another text, and each
   .T of the fix in a box, which is empty where it is missing. */
"use strict";

{
  const { notation, element } = globalThis.gradviz;

  const PIECES = /\w+|\s+|[^\w\s]/g; // the words, blanks and signs of a line
  const LONGEST_MARKED = 2000; // characters of lines in which changes are marked
  const TRANSPOSE = ".T";

  function markedLines(text, other) {
    return linesOf(partsOf(text, other), ({ text: piece, isChanged }) => {
      if (!isChanged) return piece;
      return element("mark", piece === TRANSPOSE ? { class: "transpose" } : {}, piece);
    });
  }

  /** Lines of code, with a box around each .T. */
  function boxedLines(text) {
    return linesOf(splitAtTransposes({ text }), ({ text: piece }) =>
      piece === TRANSPOSE ? element("b", { class: "transpose" }, piece) : piece,
    );
  }

  /** Lines with an empty box where their mend puts a .T, or null if it does more than
      to put something in. */
  function linesWithHoles(text, mend) {
    const parts = partsOf(mend, text);
    const kept = parts.filter(({ isChanged }) => !isChanged);
    if (kept.map((part) => part.text).join("") !== text) return null;
    return linesOf(parts, ({ text: piece, isChanged }) => {
      if (!isChanged) return piece;
      return piece === TRANSPOSE ? element("b", { class: "missing" }) : "";
    });
  }

  /** The parts of a text: those that another lacks are changed. */
  function partsOf(text, other) {
    const isShort = text.length + other.length < LONGEST_MARKED;
    const parts = isShort ? notation.marked(other, text, PIECES) : [{ text }];
    return parts.flatMap((part) => (part.isChanged ? splitAtTransposes(part) : part));
  }

  /** A part as several, each .T one by itself. */
  function splitAtTransposes(part) {
    return part.text.split(/(\.T\b)/).map((text) => ({ ...part, text }));
  }

  /** The lines of some parts, each of which is shown as `shownOf` says. */
  function linesOf(parts, shownOf) {
    const lines = [element("code", {})];
    for (const part of parts) {
      for (const [k, piece] of part.text.split("\n").entries()) {
        if (k > 0) lines.push(element("code", {}));
        if (piece) lines.at(-1).append(shownOf({ ...part, text: piece }));
      }
    }
    return lines;
  }

  Object.assign(globalThis.gradviz, { boxedLines, linesWithHoles, markedLines });
}
