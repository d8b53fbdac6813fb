/* Mends: a script in which the errors that were found are put right. */
"use strict";

{
  const { isNote } = globalThis.gradviz.judging;

  const MOST_PASSES = 5; // of mends that touch each other

  /** Whether something is wrong and has a mend. The mend of a note is copied by
      itself. */
  function isMendable(finding) {
    return !isNote(finding) && finding.fix !== null;
  }

  /** The script with every error mended, and without the text around it. The mends of
      one line are made in turn. */
  function mended(text, words) {
    let best = globalThis.gradviz.read(text, words).alone ?? text;
    let fewest = Infinity;
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      const { findings } = globalThis.gradviz.read(best, words);
      const mends = findings.filter(isMendable);
      if (mends.length === 0 || mends.length > fewest) break;
      fewest = mends.length;
      best = mendedOnce(best, mends);
    }
    return best;
  }

  /** The script with all mends that do not touch each other, from the last to the
      first. */
  function mendedOnce(text, mends) {
    const lines = text.split("\n");
    mends.sort((one, other) => other.end_line - one.end_line);
    let untouched = Infinity;
    for (const { line, end_line: endLine, fix } of mends) {
      if (endLine >= untouched) continue;
      lines.splice(line - 1, endLine - line + 1, ...fix.split("\n"));
      untouched = line;
    }
    return lines.join("\n");
  }

  globalThis.gradviz.mends = { isMendable, mended };
}
