/* Changes: the words of one text that another does not have in this order. */
"use strict";

{
  const WORD = /\d+\.?\d*(?:[eE][+-]?\d+)?|[A-Za-z_][\w.]*|\*\*|[^\s]/g;

  /** The parts of a spelling, each with whether it is changed from a text. */
  function marked(text, spelling, word = WORD) {
    const before = text.match(word) ?? [];
    const after = [...spelling.matchAll(word)];
    const kept = longestCommon(
      before,
      after.map(([each]) => each),
    );
    const parts = [];
    let position = 0;
    after.forEach((match, k) => {
      const end = match.index + match[0].length;
      const part = spelling.slice(position, end);
      const isChanged = !kept.has(k);
      if (parts.length && parts.at(-1).isChanged === isChanged)
        parts.at(-1).text += part;
      else parts.push({ text: part, isChanged });
      position = end;
    });
    return parts;
  }

  /** The places in the second list of a longest common subsequence of both. */
  function longestCommon(first, second) {
    const lengths = Array.from({ length: first.length + 1 }, () =>
      new Array(second.length + 1).fill(0),
    );
    for (let i = first.length - 1; i >= 0; i--) {
      for (let j = second.length - 1; j >= 0; j--) {
        const isSame = first[i] === second[j];
        lengths[i][j] = isSame
          ? lengths[i + 1][j + 1] + 1
          : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    const places = new Set();
    let i = 0;
    let j = 0;
    while (i < first.length && j < second.length) {
      if (first[i] === second[j]) {
        places.add(j);
        i += 1;
        j += 1;
      } else if (lengths[i + 1][j] >= lengths[i][j + 1]) i += 1;
      else j += 1;
    }
    return places;
  }

  globalThis.gradviz.notation.marked = marked;
}
