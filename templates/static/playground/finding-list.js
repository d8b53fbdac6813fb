/* Finding list: the lines of a script with each finding at its own, and what a mend has
   changed in them. */
"use strict";

{
  const { element, Listing, hanging, boxedLines, linesWithHoles, markedLines } =
    globalThis.gradviz;
  const { placesOf, isNote } = globalThis.gradviz.judging;
  const { severities } = globalThis.gradviz.vocabulary.findings; // the worst first

  const COLOURS = { error: "raises", warning: "scaled", note: "hidden" };

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

    /** Show the findings of a script. */
    show(text, findings) {
      this.listing = new Listing(text, (range) => this.sentences.lines(range));
      const wrong = findings.filter((finding) => !isNote(finding));
      const notes = findings.filter(isNote);
      this.showInPlace(placesOf(wrong));
      this.showNotes(placesOf(notes));
    }

    /** Show in place of the findings what a call by itself would become, and why. */
    showLone({ mend }, findings) {
      const label = this.sentences.insteadOfLone;
      const change = this.change(boxedLines(mend), mend, label);
      const reasons = findings.map(({ code, message }) =>
        element("div", { class: "note" }, message, " ", this.link(code)),
      );
      this.parts.findings.replaceChildren(element("li", {}, change, ...reasons));
      this.parts.rest.replaceChildren();
      this.parts.notes.replaceChildren();
    }

    /** The script with its line numbers, and what is wrong above its lines. */
    showInPlace(places) {
      let firstLine = 1; // that is not shown yet
      const items = places.map((findings) => {
        const item = this.item(findings, firstLine);
        firstLine = Math.max(firstLine, findings[0].end_line + 1);
        return item;
      });
      const hasRest = places.length > 0 && firstLine <= this.listing.length;
      const rest = hasRest ? this.listing.rest(firstLine) : [];
      this.parts.findings.replaceChildren(...items);
      this.parts.rest.replaceChildren(...rest);
    }

    /** The notes, below what is wrong, each with the lines around it. */
    showNotes(places) {
      const items = places.map((notes) =>
        this.item(notes, this.listing.firstAbove(notes[0].line)),
      );
      this.parts.notes.replaceChildren(...items);
    }

    /** Put what a mend has changed above the findings that are left. */
    prependChanges(changes) {
      this.parts.findings.prepend(...changes.map((change) => this.changed(change)));
    }

    /** The findings of one place: what they are, its lines below any earlier ones that
        are not shown yet, and the mend with the reasons. */
    item(findings, firstLine) {
      const [{ line, end_line: endLine, fix }] = findings;
      const codes = findings.map(({ code }) => code);
      const worst = severities.find((one) =>
        findings.some(({ severity }) => severity === one),
      );
      const before = this.listing.text(line, endLine);
      const holes = fix === null ? null : linesWithHoles(before, fix);
      return element(
        "li",
        { "data-code": codes.join(" "), "data-severity": worst },
        ...findings.map((finding) => this.heading(finding)),
        ...this.listing.downTo(firstLine, endLine, line, holes),
        fix === null ? "" : this.mend(before, fix, this.sentences.instead(findings[0])),
        ...findings.map((finding) => this.reason(finding)),
      );
    }

    reason({ code, message }) {
      return element("p", {}, message, " ", this.link(code));
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

    /** The lines as they should be, below the lines as they are; `label` says what they
        replace. */
    mend(before, after, label) {
      return this.change(markedLines(after, before), after, label);
    }

    /** Lines to copy, as they are shown and as they are copied. */
    change(codes, text, label) {
      const term = element("dt", { class: "label" }, sign("✓"), ` ${label}`);
      const lines = element("dd", {}, ...codes.map(hanging));
      lines.append(globalThis.gradvizPage.copyButton(text, lines));
      const side = element("div", { class: "correct" }, term, lines);
      return element("dl", { class: "change" }, side);
    }

    /** The lines that a mend has changed, with the change marked, and those around
        them. */
    changed({ line, end_line: endLine, was }) {
      const lines = markedLines(this.listing.text(line, endLine), was);
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
