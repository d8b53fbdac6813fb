/* Typed: what a text looks like, before anything reads it. */
"use strict";

{
  const LONGEST = 300; // characters of an expression that are examined

  /** The text with blanks for the line ends around it, which mean nothing. */
  function withoutLineEnds(text) {
    if (text.length > LONGEST) return text; // the parser says that it is too long
    const inner = text.trim();
    const first = text.indexOf(inner);
    const blank = (part) => part.replace(/[\n\r]/g, " ");
    return (
      blank(text.slice(0, first)) + inner + blank(text.slice(first + inner.length))
    );
  }

  function isOfLines(text) {
    return text.trim().includes("\n");
  }

  globalThis.gradviz.typed = { LONGEST, withoutLineEnds, isOfLines };
}
