/* Listing: the lines of a script on the page, with their numbers. Lines that are far
   from a finding are folded until a reader asks for them. */
"use strict";

{
  const { element } = globalThis.gradviz;

  const LINES_AROUND = 2; // that are shown above and below a finding
  const FEWEST_FOLDED = 4; // lines; fewer are shown

  function block(...lines) {
    return element("pre", { class: "listing", tabindex: "0" }, ...lines);
  }

  class Listing {
    /** `labelOf` names a range of lines, such as the folded ones. */
    constructor(text, labelOf) {
      this.lines = text.trimEnd().split("\n");
      this.labelOf = labelOf;
    }

    get length() {
      return this.lines.length;
    }

    /** The text of some lines, from the first to the last. */
    text(first, last) {
      return this.lines.slice(first - 1, last).join("\n");
    }

    /** Lines with their numbers, from the first to the last. */
    numbered(first, last, role = "") {
      const codes = [];
      for (let number = first; number <= last; number++) {
        const attributes = { "data-line": `${number}` };
        if (role) attributes.class = role;
        codes.push(element("code", attributes, this.lines[number - 1].trimEnd()));
      }
      return codes;
    }

    /** Lines of the script, down to those of a finding: these begin at `at`, and are
        marked. Lines far above them are folded. */
    downTo(first, last, at) {
      if (first > last) return [];
      const firstShown = Math.max(at - LINES_AROUND, first);
      const isFolded = firstShown - first >= FEWEST_FOLDED;
      const start = isFolded ? firstShown : first;
      const shown = block(
        ...this.numbered(start, at - 1),
        ...this.numbered(Math.max(at, start), last, "at"),
      );
      return isFolded ? [this.fold(first, start - 1), shown] : [shown];
    }

    /** The first line that is shown above a finding by itself. */
    firstAbove(at) {
      return Math.max(at - LINES_AROUND, 1);
    }

    /** The lines from a number on, below the last finding. */
    rest(first) {
      const lastShown = Math.min(first + LINES_AROUND - 1, this.length);
      const isFolded = this.length - lastShown >= FEWEST_FOLDED;
      const last = isFolded ? lastShown : this.length;
      const shown = block(...this.numbered(first, last));
      return isFolded ? [shown, this.fold(last + 1, this.length)] : [shown];
    }

    /** Changed lines, with one line of the script above and one below. */
    withNeighbours(changed, first, last) {
      return block(
        ...this.numbered(Math.max(1, first - 1), first - 1),
        ...changed,
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

  globalThis.gradviz.Listing = Listing;
}
