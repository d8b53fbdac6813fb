/* Script view: what the page says about a pasted script, and which of its functions it
   draws. static/reader.js reads the script; the page holds the words. */
"use strict";

{
  const { parse, axisOf, notation, vocabulary, messageIn } = globalThis.gradviz;
  const { fill, filledParts } = globalThis.gradviz.captions;

  const { severities } = vocabulary.findings; // the worst first
  const COLOURS = { error: "raises", warning: "scaled", note: "hidden" };

  // The words, blanks and signs of a line, to find what a mend has changed in it.
  const PIECES = /\w+|\s+|[^\w\s]/g;

  const MOST_PASSES = 5; // of mends that touch each other
  const LONGEST_MARKED = 2000; // characters of lines in which changes are marked

  /* Mends */

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

  /** Whether something is wrong and has a mend. The mend of a note is copied by
      itself. */
  function isMendable({ severity, fix }) {
    return severity !== "note" && fix !== null;
  }

  /** Whether a text is a script, not a formula, an error message, or a line of
      something else. */
  function isScript(text, { findings, functions, call }, isMessage) {
    if (findings.length > 0) return true;
    const isFormula = functions[0]?.name === null; // and nothing else is there
    if (isFormula) return false;
    const isOfCode = functions.length > 0 || call !== null;
    return isOfCode || (text.trim().includes("\n") && !isMessage);
  }

  /* What is drawn */

  const MOST_REASONS = 3; // why functions cannot be drawn, if a script has no other

  /** The functions that can be drawn, as read: the one in the call first; those of two
      numbers only if there is no other. */
  function drawable({ readings, pairs, call }) {
    const all = call?.reading ? [call.reading, ...readings] : readings;
    const spelled = all.filter(({ spelling }) => spelling !== null);
    const byName = new Map();
    for (const one of spelled.length > 0 ? spelled : pairs) {
      if (!byName.has(one.name)) byName.set(one.name, one);
    }
    return [...byName.values()];
  }

  /** The function that the script hands to its routine first, or else its first one. */
  function firstOf({ call }, functions) {
    const isFirst = !call || functions[0]?.name === call.reading?.name;
    return isFirst ? (functions[0] ?? null) : null;
  }

  /** The name of the sentence about drawing a function, and whether it is drawn. */
  function planOf({ call, grid, downhill, hasSubject, unread }, chosen) {
    const isUnreadable = unread.length > 0 && !hasSubject;
    if (isUnreadable) return { isDrawn: false, about: "unreadable" };
    if (!call && unread.length > 0) return { isDrawn: false, about: "unfollowed" };
    if (!chosen) return { isDrawn: false, about: "unspelled" };
    if (!call) return { isDrawn: true, about: "no_call" };
    if (call.takes !== "rows") return { isDrawn: false, about: `takes_${call.takes}` };
    if (chosen.isPair) return { isDrawn: false, about: "pair_to_rows" };
    if (call.numbers === "whole") return { isDrawn: false, about: "whole_numbers" };
    if (call.numbers.startsWith("float") && call.numbers !== "float") {
      return { isDrawn: false, about: "low_numbers" };
    }
    if (!grid) return { isDrawn: false, about: "no_grid" };
    const shape = isSquare(grid) ? "grid" : "rectangle";
    return { isDrawn: true, about: downhill ? `${shape}_downhill` : shape };
  }

  /** A grid as the fields of the page hold it: those of x1 are empty if it is
      square. */
  function settingsOf(grid) {
    const { start: start1, stop: stop1, step: step1 } = grid.x1;
    return isSquare(grid) ? grid.x0 : { ...grid.x0, start1, stop1, step1 };
  }

  function isSquare({ x0, x1 }) {
    return ["start", "stop", "step"].every((name) => x0[name] === x1[name]);
  }

  /** Whether the script itself draws the field of the call with both .T. */
  function isMended({ findings, call }) {
    const isWrong = findings.some(
      ({ code, line, end_line: endLine }) =>
        ["layout", "half-fix"].includes(code) &&
        call &&
        line <= call.line &&
        call.line <= endLine,
    );
    return Boolean(call) && !isWrong;
  }

  /* The script in place: its lines, with the findings below them */

  const LINES_AROUND = 2; // that are shown above and below a finding
  const FEWEST_FOLDED = 4; // lines; fewer are shown

  /** Lines of a script with their numbers, from the first to the last. */
  function numberedLines(lines, first, last, role = "") {
    const codes = [];
    for (let number = first; number <= last; number++) {
      const attributes = { "data-line": `${number}` };
      if (role) attributes.class = role;
      codes.push(element("code", attributes, lines[number - 1].trimEnd()));
    }
    return codes;
  }

  /* What a mend has changed */

  const FARTHEST = 40; // lines until two texts agree again

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

  /* The list of findings */

  function element(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes))
      node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

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

  /** Lines of code, marked where they differ from another text. */
  function codeLines(text, other) {
    const isShort = text.length + other.length < LONGEST_MARKED;
    const parts = isShort ? notation.marked(other, text, PIECES) : [{ text }];
    const lines = [element("code", {})];
    for (const part of parts) {
      for (const [k, piece] of part.text.split("\n").entries()) {
        if (k > 0) lines.push(element("code", {}));
        if (piece)
          lines.at(-1).append(part.isChanged ? element("mark", {}, piece) : piece);
      }
    }
    return lines;
  }

  function sideOfChange(role, mark, label, lines) {
    const sign = element("span", { class: "mark", "aria-hidden": "true" }, mark);
    const term = element("dt", { class: "label" }, sign, ` ${label}`);
    return element("div", { class: role }, term, element("dd", {}, ...lines));
  }

  /** What the page says about a script. The page itself supplies `parts` and `words`,
      the `messages` of errors that another page explains, and what it can do: draw(f,
      demands), sayApart(sentence), settings(), setSettings(…). */
  class ScriptView {
    constructor({ parts, words, captions, page, messages }) {
      this.messages = messages;
      this.parts = parts;
      this.words = words;
      this.captions = captions;
      this.page = page;
      this.forget();
    }

    forget() {
      this.text = null; // of the script that is shown
      this.reading = null;
      this.functions = [];
      this.chosen = null; // the function that is drawn, or nothing
      this.hasDrawn = false; // whether the plot of the page is of the script
      this.adopted = ""; // the grid and the direction that the page took from it
      this.settingsBefore = null; // of the page
    }

    /** Offer to mend the script in its field, or no longer, on a page that has the
        button. */
    offerMending(isOffered) {
      const button = this.parts.mending.querySelector("[name=mend-script]");
      if (button) button.hidden = !isOffered;
    }

    get isShown() {
      return this.text !== null;
    }

    /** Whether a script that the page has plotted can no longer be followed. */
    isHalfTyped(reading) {
      const { about } = planOf(reading, this.chosen);
      return this.hasDrawn && ["unreadable", "unfollowed"].includes(about);
    }

    /** Whether anything of the script could be read. */
    get isRead() {
      const { functions, unread, hasSubject } = this.reading;
      return unread.length === 0 || functions.length > 0 || hasSubject;
    }

    /** Whether the verdict on a function also holds for the script: the script was read
        to its end, and its call was found, or it draws nothing, like a function by
        itself. */
    get isJudged() {
      const { unread, call, window } = this.reading;
      const drawsField = window.angles !== null;
      return unread.length === 0 && (call !== null || !drawsField);
    }

    /** What the pictures show, if they are no verdict on the script. */
    get disclaimer() {
      return fill(this.words.reading.no_verdict, { f: this.nameOfChosen });
    }

    get nameOfChosen() {
      const { name = "" } = this.chosen ?? {};
      return name === "lambda" ? this.words.reading.lambda : name;
    }

    /** Show a script, and draw the function that is chosen. */
    show(text, reading) {
      const isNew = !this.isShown;
      const wasRight = !isNew && isMended(this.reading);
      const isRight = isMended(reading);
      const functions = drawable(reading);
      const sameAsBefore = functions.find(({ name }) => name === this.chosen?.name);
      if (isNew) this.settingsBefore = this.page.settings();
      this.text = text;
      this.reading = reading;
      this.functions = functions;
      this.chosen = sameAsBefore ?? firstOf(reading, functions);
      this.parts.script.hidden = false;
      this.showFindings();
      this.showFunctions();
      if (isNew || isRight !== wasRight) this.page.switchTo(isRight);
      this.page.setOutcome(isRight && this.isJudged ? "mended" : "");
      this.draw();
    }

    /** Show what a mend of the page has changed in a script, and how its plot looks now. */
    showMended(before, readingBefore) {
      if (!this.isShown) return;
      const lines = this.text.trimEnd().split("\n");
      const changes = changesOf(before, this.text);
      this.parts.findings.prepend(...changes.map((each) => this.changed(each, lines)));
      const { findings, unread } = this.reading;
      const isRight = findings.every(({ severity }) => severity === "note");
      if (!isRight || unread.length > 0 || !this.showsItsPlot) return;
      this.parts.summary.textContent = this.words.reading.success;
      this.parts.mending.hidden = false; // to copy the script, which is right by now
      this.offerMending(false);
      this.parts.leads.hidden = true;
      this.page.switchTo(true);
      if (!isMended(readingBefore)) this.page.setOutcome("mended before");
      const heading = this.parts.summary.closest("p");
      heading.focus({ preventScroll: true });
      heading.scrollIntoView(); // with the changed lines and the plot below it
    }

    /** Whether the pictures use the grid of the script, as it draws them. */
    get showsItsPlot() {
      const { isDrawn, about } = planOf(this.reading, this.chosen);
      return isDrawn && about !== "no_call" && isMended(this.reading);
    }

    /** The lines that a mend has changed, with the change marked, and those around
        them. */
    changed({ line, end_line: endLine, was }, lines) {
      const first = Math.max(1, line - 1);
      const last = Math.min(endLine + 1, lines.length);
      const now = codeLines(lines.slice(line - 1, endLine).join("\n"), was);
      for (const [k, code] of now.entries()) {
        code.dataset.line = `${line + k}`;
        code.className = "at";
      }
      const mark = element("span", { class: "mark", "aria-hidden": "true" }, "✓");
      const range = { line, end_line: endLine };
      const label = `${this.words.reading.after}: ${this.lineOf(range)}`;
      return element(
        "li",
        { class: "changed correct" },
        element("p", { class: "label" }, mark, label),
        element(
          "pre",
          { class: "listing", tabindex: "0" },
          ...numberedLines(lines, first, line - 1),
          ...now,
          ...numberedLines(lines, endLine + 1, last),
        ),
      );
    }

    /** Restore the page as it was before the script. */
    leave() {
      if (!this.isShown) return;
      this.page.setSettings(this.settingsBefore);
      this.page.switchTo(false);
      this.page.setOutcome("");
      this.parts.script.hidden = true;
      this.forget();
    }

    choose(name) {
      this.chosen = this.functions.find((one) => one.name === name);
      this.draw();
    }

    /* What is drawn */

    draw() {
      const { isDrawn, about } = planOf(this.reading, this.chosen);
      const sentence = this.about(about);
      this.parts.about.textContent = isDrawn ? sentence : "";
      this.parts.alone.hidden = isDrawn || !this.chosen;
      this.offerAlone(this.chosen?.spelling ?? "");
      if (!isDrawn) {
        this.page.sayApart(sentence);
        return;
      }
      this.hasDrawn = true;
      if (about !== "no_call") this.adoptSettings();
      const { spelling, demands = [] } = this.chosen;
      this.page.draw(parse(spelling), {
        mustBeTwo: demands.includes("two numbers"),
        mustBeFinite: demands.includes("math domain"),
      });
    }

    offerAlone(spelling) {
      const button = this.parts.alone.firstElementChild;
      button.value = spelling;
      button.querySelector("code").textContent = spelling;
    }

    /** Draw on the grid of the script, and as the script draws, until a reader chooses
        otherwise. */
    adoptSettings() {
      const { grid, h, downhill } = this.reading;
      const settings = { lengths: false, downhill: Boolean(downhill) };
      if (grid) Object.assign(settings, settingsOf(grid));
      if (h !== null) settings.h = h;
      const key = JSON.stringify(settings);
      if (key === this.adopted) return;
      this.adopted = key;
      this.page.setSettings({ ...this.settingsBefore, ...settings });
    }

    /** What is drawn, or why nothing is. */
    about(kind) {
      const { call, grid } = this.reading;
      const sentences = this.words.reading.about;
      const terms = {
        f: this.nameOfChosen,
        routine: call?.routine,
        kind: call?.numbers,
      };
      if (/^(?:grid|rectangle)/.test(kind)) Object.assign(terms, this.gridTerms(grid));
      const about = [fill(sentences[kind], terms)];
      if (this.chosen?.takesOnePoint) about.push(fill(sentences.one_point, terms));
      if (this.chosen?.isPair && !call) about.push(fill(sentences.pair, terms));
      return this.captions.joined(about);
    }

    gridTerms({ x0, x1 }) {
      const [first, last, step] = this.rangeTerms(x0);
      const [first1, last1, step1] = this.rangeTerms(x1);
      return { first, last, step, first1, last1, step1 };
    }

    rangeTerms(range) {
      const axis = axisOf(range);
      return [axis[0], axis.at(-1), range.step].map(this.captions.number);
    }

    /** Offer the functions of the script, with the chosen one marked. */
    showFunctions() {
      const { functions, chosen } = this;
      this.parts.choosing.hidden = functions.length < (chosen ? 2 : 1);
      this.parts.functions.replaceChildren(
        ...functions.map((one) => {
          const { name } = one;
          const input = element("input", {
            type: "radio",
            name: "function",
            value: name,
          });
          input.checked = one === chosen;
          const label = element("span", {}, element("code", {}, name));
          return element("label", { title: one.spelling }, input, label);
        }),
      );
    }

    /* What was found */

    showFindings() {
      const { findings } = this.reading;
      const unread = this.unread();
      const byLine = [...findings].sort((one, other) => one.line - other.line);
      const [worst] = [...byLine].sort(
        (one, other) =>
          severities.indexOf(one.severity) - severities.indexOf(other.severity),
      );
      this.parts.summary.textContent = this.summary();
      this.showInPlace(byLine.filter(({ severity }) => severity !== "note"));
      this.showNotes(byLine.filter(({ severity }) => severity === "note"));
      this.parts.unread.replaceChildren(
        ...unread.map((one) => element("li", {}, this.unreadSentence(one))),
      );
      this.placeUnread();
      this.parts.mending.hidden = !findings.some(isMendable);
      this.offerMending(true);
      this.parts.copied.textContent = "";
      this.parts.leads.hidden = findings.length > 0 && unread.length === 0;
      this.worst = worst;
      this.parts.pasted.textContent = this.origin();
    }

    /** Which part of the text was read, if not all of it. */
    origin() {
      const { reading } = this.words;
      if (this.page.isOfNotebook(this.text)) return reading.notebook;
      const { alone } = this.reading;
      return alone !== null && alone !== this.text ? reading.pasted : "";
    }

    /** The script with its line numbers, and each finding below its lines. */
    showInPlace(findings) {
      const lines = this.text.trimEnd().split("\n");
      let firstLine = 1; // that is not shown yet
      const items = findings.map((finding) => {
        const item = this.item(finding, lines, firstLine);
        firstLine = Math.max(firstLine, finding.end_line + 1);
        return item;
      });
      const hasRest = findings.length > 0 && firstLine <= lines.length;
      const rest = hasRest ? this.rest(lines, firstLine) : [];
      this.parts.findings.replaceChildren(...items);
      this.parts.rest.replaceChildren(...rest);
    }

    /** The notes, below what is wrong, each with the lines around it. */
    showNotes(notes) {
      const lines = this.text.trimEnd().split("\n");
      const items = notes.map((note) =>
        this.item(note, lines, Math.max(note.line - LINES_AROUND, 1)),
      );
      this.parts.notes.replaceChildren(...items);
      const { knowing } = this.parts;
      const isInSummary = notes.length === this.reading.findings.length;
      knowing.textContent = this.toKnow(notes.length);
      knowing.parentElement.hidden =
        notes.length === 0 || (isInSummary && !this.isUncheckedOnly);
    }

    toKnow(count) {
      return fill(this.words.reading.note, { count });
    }

    /** The lines below the last finding. */
    rest(lines, first) {
      const lastShown = Math.min(first + LINES_AROUND - 1, lines.length);
      const isFolded = lines.length - lastShown >= FEWEST_FOLDED;
      const last = isFolded ? lastShown : lines.length;
      const shown = element(
        "pre",
        { class: "listing", tabindex: "0" },
        ...numberedLines(lines, first, last),
      );
      return isFolded ? [shown, this.fold(lines, last + 1, lines.length)] : [shown];
    }

    /** Put what was not checked first, if nothing wrong was found. */
    placeUnread() {
      const { summary, leads, unchecked, unread } = this.parts;
      const isFirst = this.isUncheckedOnly;
      unchecked.hidden = isFirst || this.reading.unread.length === 0;
      if (isFirst) summary.closest("p").after(unchecked, unread);
      else leads.before(unchecked, unread);
    }

    /** Whether nothing wrong was found in a script that was not read to its end. */
    get isUncheckedOnly() {
      const { findings, unread } = this.reading;
      return unread.length > 0 && findings.every(({ severity }) => severity === "note");
    }

    /** What could not be read, or why nothing is drawn. */
    unread() {
      const { unread, readings } = this.reading;
      if (unread.length > 0 || this.functions.length > 0) return unread;
      return readings.slice(0, MOST_REASONS).map(({ refusal }) => ({
        line: refusal.line,
        reason: fill(this.words.unread[refusal.code], refusal.values),
      }));
    }

    /** The first thing to say of the script. */
    spoken() {
      if (this.isUncheckedOnly) return this.captions.joined(this.uncheckedSentences());
      if (!this.worst) return this.parts.summary.textContent;
      const heading = this.heading(this.worst).join("");
      return this.captions.joined([heading, this.worst.message]);
    }

    uncheckedSentences() {
      const sentences = this.reading.unread.map((one) => this.unreadSentence(one));
      return [this.parts.summary.textContent, ...sentences];
    }

    summary() {
      const { findings, hasSubject, checked } = this.reading;
      const { reading } = this.words;
      if (!this.isRead) return reading.nothing_read;
      if (this.isUncheckedOnly) return reading.not_checked;
      const mends = findings.filter(({ severity }) => severity !== "note").length;
      if (mends > 0) return fill(reading.mend, { count: mends });
      if (findings.length > 0) {
        const verdict = checked ? reading.nothing : reading.nothing_wrong;
        return this.captions.joined([verdict, this.toKnow(findings.length)]);
      }
      if (!hasSubject) return reading.no_subject;
      return checked ? reading.nothing : reading.no_call_found;
    }

    unreadSentence({ line, reason }) {
      const { reading } = this.words;
      const terms = { line: fill(reading.line, { line: `${line}` }), reason };
      return fill(reading.unread, terms);
    }

    lineOf({ line, end_line: endLine }) {
      const { reading } = this.words;
      const terms = { line: `${line}`, end_line: `${endLine}` };
      return fill(endLine > line ? reading.lines : reading.line, terms);
    }

    heading(finding, line = this.lineOf(finding)) {
      const { title } = this.words.finding[finding.code];
      return filledParts(this.words.reading.heading, { line, title });
    }

    /** The link to the explanation of an error message in the text, if there is one. */
    linkOfMessage(text) {
      const entry = this.parts.entry?.content.firstElementChild;
      const message = messageIn(text, this.messages);
      if (!entry || !message) return null;
      const link = document.importNode(entry, true);
      // The browser scrolls to these words on the page.
      const fragment = encodeURIComponent(message).replaceAll("-", "%2D");
      link.hash += `:~:text=${fragment}`;
      return link;
    }

    /** The link to the page that explains a finding, if the site has it. */
    link({ code }) {
      const link = this.parts.links.content.querySelector(`[data-code=${code}] > a`);
      return link ? document.importNode(link, true) : "";
    }

    /** A finding, below its lines and any earlier lines that are not shown yet. */
    item(finding, lines, firstLine) {
      const { code, severity, line, end_line: endLine, fix } = finding;
      const attributes = { "data-code": code, "data-severity": severity };
      const before = lines.slice(line - 1, endLine).join("\n");
      return element(
        "li",
        attributes,
        ...this.listing(lines, firstLine, endLine, line),
        this.headingElement(finding),
        this.explanationElement(finding),
        fix === null ? "" : this.change(before, fix),
      );
    }

    /** Lines of the script; those from `at` on are marked, and lines far above them are
        folded. */
    listing(lines, first, last, at = last + 1) {
      if (first > last) return [];
      const firstShown = Math.max(at - LINES_AROUND, first);
      const isFolded = firstShown - first >= FEWEST_FOLDED;
      const start = isFolded ? firstShown : first;
      const shown = element(
        "pre",
        { class: "listing", tabindex: "0" },
        ...numberedLines(lines, start, at - 1),
        ...numberedLines(lines, Math.max(at, start), last, "at"),
      );
      return isFolded ? [this.fold(lines, first, start - 1), shown] : [shown];
    }

    /** Lines that stay hidden until a reader asks for them. */
    fold(lines, first, last) {
      const range = { line: first, end_line: last };
      const summary = element("summary", {}, this.lineOf(range));
      const details = element("details", { class: "fold" }, summary);
      const unfold = () =>
        details.append(
          element("pre", { class: "listing" }, ...numberedLines(lines, first, last)),
        );
      details.addEventListener("toggle", unfold, { once: true });
      return details;
    }

    /** Its severity; its line, which leads to it in the field; and its title. */
    headingElement(finding) {
      const { severity, line } = finding;
      const attributes = { type: "button", name: "line", value: `${line}` };
      const button = element("button", attributes, this.lineOf(finding));
      const strong = element("strong", {}, ...this.heading(finding, button));
      return element("p", {}, this.badge(severity), " ", strong);
    }

    explanationElement(finding) {
      return element("p", {}, finding.message, " ", this.link(finding));
    }

    badge(severity) {
      const attributes = { class: `verdict ${COLOURS[severity]}` };
      return element("b", attributes, this.words.severity[severity]);
    }

    /** The lines as they should be, below the lines as they are, to copy with their
        margin. */
    change(linesBefore, linesAfter) {
      const [before, after] = withoutMargin([linesBefore, linesAfter]);
      const label = this.words.reading.after;
      const side = sideOfChange("correct", "✓", label, codeLines(after, before));
      const lines = side.lastElementChild;
      lines.append(globalThis.gradvizPage.copyButton(linesAfter, lines));
      return element("dl", { class: "change" }, side);
    }
  }

  globalThis.gradviz.scriptView = { ScriptView, isScript, isMended, mended };
}
