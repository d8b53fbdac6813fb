/* Changed lines: which lines of a text differ from the text before. */
"use strict";

{
  const FARTHEST = 40; // lines until two texts agree again

  /** The changed lines of a text, each with the number of the first and what was there. */
  function changesOf(textBefore, textAfter) {
    const [before, after] = [textBefore, textAfter].map((text) =>
      text.trimEnd().split("\n"),
    );
    const changes = [];
    let [k, n] = [0, 0];
    while (k < before.length || n < after.length) {
      if (before[k] === after[n]) {
        k += 1;
        n += 1;
        continue;
      }
      const [ofBefore, ofAfter] = distances(before, after, k, n);
      const was = before.slice(k, k + ofBefore);
      const is = after.slice(n, n + ofAfter);
      k += ofBefore;
      n += ofAfter;
      let endLine = n;
      while (is.length > 0 && was.at(-1) === is.at(-1)) {
        was.pop(); // blank lines before the next line that both have
        is.pop();
        endLine -= 1;
      }
      const line = endLine - is.length + 1;
      if (is.length > 0) changes.push({ line, end_line: endLine, was: was.join("\n") });
    }
    return changes;
  }

  /** How many lines of each text to skip until both agree again. */
  function distances(before, after, k, n) {
    for (let both = 1; both <= FARTHEST; both++) {
      for (let ofBefore = 0; ofBefore <= both; ofBefore++) {
        const ofAfter = both - ofBefore;
        const line = before[k + ofBefore];
        const isAlike = line === after[n + ofAfter];
        if (isAlike && (line === undefined || line.trim())) return [ofBefore, ofAfter];
      }
    }
    return [before.length - k, after.length - n];
  }

  globalThis.gradviz.changesOf = changesOf;
}
