/* Finding list: the lines of a script with each finding below its own, and what a mend
   has changed in them. */
"use strict";

{
  const { element, Listing, markedLines } = globalThis.gradviz;

  const COLOURS = { error: "raises", warning: "scaled", note: "hidden" };

  /** Texts without the blanks that begin all of their lines. */
  function withoutMargin(texts) {
    const lines = texts
      .join("\n")
      .split("\n")
      .filter((line) => line.trim());
    const margins = lines.map((line) => line.length - line.trimStart().length);
    const margin = Math.min(...margins);
    return texts.map((text) =>
      text
        .split("\n")
        .map((line) => line.slice(margin))
        .join("\n"),
    );
  }

  function sign(mark) {
    return element("span", { class: "mark", "aria-hidden": "true" }, mark);
  }

  class FindingList {
    /** `parts` are those of the page, `sentences` what is said of a script. */
    constructor(parts, words, sentences) {
      this.parts = parts;
      this.words = words;
      this.sentences = sentences;
    }

    /** Show the findings of a script, which are in the order of their lines. */
    show(text, findings) {
      this.listing = new Listing(text, (range) => this.sentences.lines(range));
      this.showInPlace(findings.filter(({ severity }) => severity !== "note"));
      this.showNotes(findings.filter(({ severity }) => severity === "note"));
    }

    /** The script with its line numbers, and what is wrong below its lines. */
    showInPlace(findings) {
      let firstLine = 1; // that is not shown yet
      const items = findings.map((finding) => {
        const item = this.item(finding, firstLine);
        firstLine = Math.max(firstLine, finding.end_line + 1);
        return item;
      });
      const hasRest = findings.length > 0 && firstLine <= this.listing.length;
      const rest = hasRest ? this.listing.rest(firstLine) : [];
      this.parts.findings.replaceChildren(...items);
      this.parts.rest.replaceChildren(...rest);
    }

    /** The notes, below what is wrong, each with the lines around it. */
    showNotes(notes) {
      const items = notes.map((note) =>
        this.item(note, this.listing.firstAbove(note.line)),
      );
      this.parts.notes.replaceChildren(...items);
    }

    /** Put what a mend has changed above the findings that are left. */
    prependChanges(changes) {
      this.parts.findings.prepend(...changes.map((change) => this.changed(change)));
    }

    /** A finding, below its lines and any earlier lines that are not shown yet. */
    item(finding, firstLine) {
      const { code, severity, line, end_line: endLine, fix } = finding;
      const attributes = { "data-code": code, "data-severity": severity };
      const before = this.listing.text(line, endLine);
      return element(
        "li",
        attributes,
        ...this.listing.downTo(firstLine, endLine, line),
        this.heading(finding),
        element("p", {}, finding.message, " ", this.link(code)),
        fix === null ? "" : this.mend(before, fix, this.sentences.instead(finding)),
      );
    }

    /** Its severity; its line, which leads to it in the field; and its title. */
    heading(finding) {
      const { severity, line } = finding;
      const attributes = { type: "button", name: "line", value: `${line}` };
      const button = element("button", attributes, this.sentences.lines(finding));
      const title = this.sentences.heading(finding, button);
      return element(
        "p",
        {},
        this.badge(severity),
        " ",
        element("strong", {}, ...title),
      );
    }

    badge(severity) {
      const attributes = { class: `verdict ${COLOURS[severity]}` };
      return element("b", attributes, this.words.severity[severity]);
    }

    /** The link to the page that explains a finding, if the site has it. */
    link(code) {
      const link = this.parts.links.content.querySelector(`[data-code=${code}] > a`);
      return link ? document.importNode(link, true) : "";
    }

    /** The lines as they should be, below the lines as they are, to copy with their
        margin; `label` says what they replace. */
    mend(linesBefore, linesAfter, label) {
      const [before, after] = withoutMargin([linesBefore, linesAfter]);
      const term = element("dt", { class: "label" }, sign("✓"), ` ${label}`);
      const lines = element("dd", {}, ...markedLines(after, before));
      lines.append(globalThis.gradvizPage.copyButton(linesAfter, lines));
      const side = element("div", { class: "correct" }, term, lines);
      return element("dl", { class: "change" }, side);
    }

    /** The lines that a mend has changed, with the change marked, and those around
        them. */
    changed({ line, end_line: endLine, was }) {
      const lines = markedLines(this.listing.text(line, endLine), was);
      for (const [k, code] of lines.entries()) {
        code.dataset.line = `${line + k}`;
        code.className = "at";
      }
      const label = this.sentences.changed({ line, end_line: endLine });
      return element(
        "li",
        { class: "changed correct" },
        element("p", { class: "label" }, sign("✓"), label),
        this.listing.withNeighbours(lines, line, endLine),
      );
    }
  }

  globalThis.gradviz.FindingList = FindingList;
}
