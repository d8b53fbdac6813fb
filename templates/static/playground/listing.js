/* Listing: the lines of a script on the page, with their numbers. Lines that are far
   from a finding are folded until a reader asks for them. */
"use strict";

{
  const { element } = globalThis.gradviz;

  // How many lines are shown above and below a finding, and how few are not folded: on
  // a phone none are, so that what is found and its mend stand on one screen.
  const PHONE = { around: 0, fewestFolded: 1 };
  const DESK = { around: 2, fewestFolded: 4 };
  const INDENT = 2; // of the rest of a line that is broken, in characters

  function block(...lines) {
    return element("pre", { class: "listing", tabindex: "0" }, ...lines);
  }

  class Listing {
    /** `labelOf` names a range of lines, such as the folded ones. */
    constructor(text, labelOf) {
      this.lines = text.trimEnd().split("\n");
      this.labelOf = labelOf;
      this.room = matchMedia("(width < 40rem)").matches ? PHONE : DESK;
    }

    get length() {
      return this.lines.length;
    }

    /** The text of some lines, from the first to the last. */
    text(first, last) {
      return this.lines.slice(first - 1, last).join("\n");
    }

    /** Lines with their numbers, from the first to the last. */
    numbered(first, last) {
      const codes = [];
      for (let number = first; number <= last; number++) {
        const code = element("code", {}, this.lines[number - 1].trimEnd());
        codes.push(withNumber(code, number));
      }
      return codes;
    }

    /** Lines that are marked, from the first to the last; `codes` are they, if they do
        not look as they are written. */
    marked(first, last, codes) {
      const lines = codes
        ? codes.map((code, k) => withNumber(code, first + k))
        : this.numbered(first, last);
      for (const line of lines) line.className = "at";
      return lines;
    }

    /** Lines of the script, down to those of a finding: these begin at `at`, and are
        marked, as `codes` if given. Lines far above them are folded. */
    downTo(first, last, at, codes) {
      if (first > last) return [];
      const firstShown = Math.max(at - this.room.around, first);
      const isFolded = firstShown - first >= this.room.fewestFolded;
      const start = isFolded ? firstShown : first;
      const shown = block(
        ...this.numbered(start, at - 1),
        ...this.marked(Math.max(at, start), last, at < start ? null : codes),
      );
      return isFolded ? [this.fold(first, start - 1), shown] : [shown];
    }

    /** The first line that is shown above a finding by itself. */
    firstAbove(at) {
      return Math.max(at - this.room.around, 1);
    }

    /** The lines from a number on, below the last finding. */
    rest(first) {
      const lastShown = Math.min(first + this.room.around - 1, this.length);
      const isFolded = this.length - lastShown >= this.room.fewestFolded;
      const last = isFolded ? lastShown : this.length;
      const shown = last < first ? [] : [block(...this.numbered(first, last))];
      return isFolded ? [...shown, this.fold(last + 1, this.length)] : shown;
    }

    /** Changed lines, with one line of the script above and one below. */
    withNeighbours(changed, first, last) {
      return block(
        ...this.numbered(Math.max(1, first - 1), first - 1),
        ...this.marked(first, last, changed),
        ...this.numbered(last + 1, Math.min(last + 1, this.length)),
      );
    }

    /** Lines that stay hidden until a reader asks for them. */
    fold(first, last) {
      const label = this.labelOf({ line: first, end_line: last });
      const summary = element("summary", {}, label);
      const details = element("details", { class: "fold" }, summary);
      const unfold = () =>
        details.append(
          element("pre", { class: "listing" }, ...this.numbered(first, last)),
        );
      details.addEventListener("toggle", unfold, { once: true });
      return details;
    }
  }

  function withNumber(code, number) {
    code.dataset.line = `${number}`;
    return hanging(code);
  }

  /** A line whose rest, if it is broken, stands further in than it does. */
  function hanging(code) {
    const { textContent: text } = code;
    const indent = text.length - text.trimStart().length + INDENT;
    code.style.setProperty("--hang", `${indent}ch`);
    return code;
  }

  Object.assign(globalThis.gradviz, { Listing, hanging });
}
