/* Excerpt: the text around the place of a problem, with a mark below. */
"use strict";

{
  const ENDS_BEFORE = /[\w.]{0,14}.{0,18}$/; // keeps its first word whole
  const BEGINS_AFTER = /^.{0,14}[\w.]{0,14}(..?$)?/; // keeps its last word whole

  function excerptAt(column, text) {
    const [before] = ENDS_BEFORE.exec(text.slice(0, column - 1));
    const [after] = BEGINS_AFTER.exec(text.slice(column - 1));
    const cutBefore = text.startsWith(before) ? "" : "…";
    const cutAfter = text.endsWith(after) ? "" : "…";
    const mark = "^".padStart(cutBefore.length + before.length + 1);
    return `${cutBefore}${before}${after}${cutAfter}\n${mark}`;
  }

  globalThis.gradviz.excerptAt = excerptAt;
}
