/* Script view: what the page shows of a pasted script. It says what was found in it and
   what was not read, offers its functions, and has the page draw one of them.
   static/reader.js reads the script; the page holds the words. */
"use strict";

{
  const { parse, vocabulary, messageIn } = globalThis.gradviz;
  const { element, changesOf, showMark, FindingList, ScriptSentences, loneCallOf } =
    globalThis.gradviz;
  const { placesOf, isNote, isRight, isUncheckedOnly, verdictOn, isJudged, isMended } =
    globalThis.gradviz.judging;
  const { drawable, firstOf, planOf, settingsOf } = globalThis.gradviz.plan;
  const { isMendable } = globalThis.gradviz.mends;

  const { severities } = vocabulary.findings; // the worst first

  // Whether a script is right, by the verdict on it. Of the others it is not known.
  const MARKS = new Map([
    ["nothing", true],
    ["mend", false],
  ]);

  const MOST_REASONS = 3; // why functions cannot be drawn, if a script has no other

  class ScriptView {
    /** The page itself supplies `parts` and `words`, the `messages` of errors that another
        page explains, and what it can do: draw(f, demands, name),
        sayApart(sentence), showLine(number), settings(), setSettings(…). */
    constructor({ parts, words, captions, page, messages }) {
      this.messages = messages;
      this.parts = parts;
      this.words = words;
      this.captions = captions;
      this.page = page;
      this.sentences = new ScriptSentences(words, captions);
      this.findingList = new FindingList(parts, words, this.sentences);
      this.forget();
    }

    forget() {
      this.text = null; // of the script that is shown
      this.reading = null;
      this.lone = null; // the call that the script consists of, if it is one
      this.functions = [];
      this.chosen = null; // the function that is drawn, or nothing
      this.hasDrawn = false; // whether the plot of the page is of the script
      this.adopted = ""; // the grid and the direction that the page took from it
      this.settingsBefore = null; // of the page
    }

    /* Which script is shown */

    get isShown() {
      return this.text !== null;
    }

    /** Show a script, and draw the function that is chosen. */
    show(text, reading) {
      const isNew = !this.isShown;
      const wasMended = !isNew && isMended(this.reading);
      const functions = drawable(reading);
      const sameAsBefore = functions.find(({ name }) => name === this.chosen?.name);
      if (isNew) this.settingsBefore = this.page.settings();
      this.text = text;
      this.reading = reading;
      this.lone = loneCallOf(text, reading);
      this.functions = functions;
      this.chosen = sameAsBefore ?? firstOf(reading, functions);
      this.parts.script.hidden = false;
      this.showFindings();
      this.page.showLine(this.worst?.line ?? 1);
      this.showFunctions();
      const isMendedNow = isMended(reading);
      if (isNew || isMendedNow !== wasMended) this.page.switchTo(isMendedNow);
      this.page.setOutcome(isMendedNow && this.isJudged ? "mended" : "");
      this.draw();
    }

    /** Show what a mend of the page has changed in a script, and how its plot looks now. */
    showMended(before, readingBefore) {
      if (!this.isShown) return;
      this.findingList.prependChanges(changesOf(before, this.text));
      const isRead = this.reading.unread.length === 0;
      if (!isRight(this.reading) || !isRead || !this.showsItsPlot) return;
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

    /** Restore the page as it was before the script. */
    leave() {
      if (!this.isShown) return;
      this.page.setSettings(this.settingsBefore);
      this.page.switchTo(false);
      this.page.setOutcome("");
      this.parts.script.hidden = true;
      this.forget();
    }

    /* What was found */

    showFindings() {
      const { findings } = this.reading;
      const unread = this.unread();
      const byLine = [...findings].sort((one, other) => one.line - other.line);
      this.showVerdict();
      if (this.lone) this.findingList.showLone(this.lone, byLine);
      else this.findingList.show(this.text, byLine);
      this.showCountOfNotes();
      this.parts.unread.replaceChildren(
        ...this.reasons(unread).map((reason) => element("li", {}, reason)),
      );
      this.placeUnread();
      this.parts.mending.hidden = !findings.some(isMendable);
      this.offerMending(true);
      this.parts.copied.textContent = "";
      const isAllSaid = findings.length > 0 && unread.length === 0;
      this.parts.leads.hidden = isAllSaid || this.lone !== null;
      this.worst = worstOf(byLine);
      this.parts.pasted.textContent = this.origin();
    }

    /** Say what was found, with its mark; of a call by itself, on which condition its
        lines hold. */
    showVerdict() {
      const { summary } = this.parts;
      const label = summary.closest("p");
      if (this.lone) {
        summary.textContent = this.sentences.condition(this.lone);
        showMark(label, null);
        return;
      }
      const verdict = verdictOn(this.reading, this.isAnyRead);
      summary.textContent = this.sentences.summary(this.reading, verdict);
      showMark(label, MARKS.get(verdict) ?? null);
    }

    /** Whether anything of the script could be read. */
    get isAnyRead() {
      const { unread, hasSubject } = this.reading;
      return unread.length === 0 || this.functions.length > 0 || hasSubject;
    }

    /** Say how many notes there are, unless the summary does. */
    showCountOfNotes() {
      const { findings } = this.reading;
      const notes = findings.filter(isNote);
      const { length: count } = placesOf(notes);
      const isInSummary =
        notes.length === findings.length && !isUncheckedOnly(this.reading);
      const { knowing } = this.parts;
      knowing.textContent = this.sentences.toKnow(count);
      knowing.parentElement.hidden = count === 0 || isInSummary || this.lone !== null;
    }

    /** Why lines are not checked; of a call by itself, also why it is not drawn. */
    reasons(unread) {
      const reasons = unread.map((one) => this.sentences.unread(one));
      if (!this.lone) return reasons;
      const { about } = planOf(this.reading, this.chosen);
      return [...reasons, this.sentences.about(about, this.reading, this.chosen)];
    }

    /** What could not be read, or why nothing is drawn. */
    unread() {
      const { unread, readings } = this.reading;
      if (unread.length > 0 || this.functions.length > 0) return unread;
      return readings.slice(0, MOST_REASONS).map(({ refusal }) => ({
        line: refusal.line,
        reason: this.sentences.refusal(refusal),
      }));
    }

    /** Put what was not checked first, if nothing wrong was found; below the lines that
        a call by itself becomes, fold it. */
    placeUnread() {
      const { summary, leads, unchecked, unread, folded } = this.parts;
      const isFirst = isUncheckedOnly(this.reading);
      unchecked.hidden = isFirst || this.reading.unread.length === 0;
      folded.hidden = !this.lone;
      if (this.lone) folded.append(unread);
      else if (isFirst) summary.closest("p").after(unchecked, unread);
      else leads.before(unchecked, unread);
    }

    /** Offer to mend the script in its field, or no longer, on a page that has the
        button. */
    offerMending(isOffered) {
      const button = this.parts.mending.querySelector("[name=mend-script]");
      if (button) button.hidden = !isOffered;
    }

    /** Which part of the text was read, if not all of it. */
    origin() {
      const { reading } = this.words;
      if (this.page.isOfNotebook(this.text)) return reading.notebook;
      const { alone } = this.reading;
      return alone !== null && alone !== this.text ? reading.pasted : "";
    }

    /** The first thing to say of the script. */
    spoken() {
      const { textContent: summary } = this.parts.summary;
      if (this.lone) return summary;
      if (isUncheckedOnly(this.reading)) {
        const unread = this.reading.unread.map((one) => this.sentences.unread(one));
        return this.captions.joined([summary, ...unread]);
      }
      if (!this.worst) return summary;
      const lines = this.sentences.lines(this.worst);
      const heading = this.sentences.heading(this.worst, lines).join("");
      return this.captions.joined([heading, this.worst.message]);
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

    /* Which function is drawn */

    /** Offer the functions of the script, with the chosen one marked. */
    showFunctions() {
      const { functions, chosen } = this;
      this.parts.choosing.hidden = functions.length < (chosen ? 2 : 1);
      this.parts.functions.replaceChildren(
        ...functions.map((one) => choiceOf(one, one === chosen)),
      );
    }

    choose(name) {
      this.chosen = this.functions.find((one) => one.name === name);
      this.draw();
    }

    draw() {
      const { isDrawn, about } = planOf(this.reading, this.chosen);
      const sentence = this.sentences.about(about, this.reading, this.chosen);
      this.parts.about.textContent = isDrawn ? sentence : "";
      this.parts.alone.hidden = isDrawn || !this.chosen;
      this.offerAlone(this.chosen?.spelling ?? "");
      if (!isDrawn) {
        this.page.sayApart(this.lone ? "" : sentence); // for a lone call it stands in the fold
        return;
      }
      this.hasDrawn = true;
      if (about !== "no_call") this.adoptSettings();
      const { name, spelling, demands = [] } = this.chosen;
      const strictness = {
        mustBeTwo: demands.includes("two numbers"),
        mustBeFinite: demands.includes("math domain"),
      };
      this.page.draw(parse(spelling), strictness, name);
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

    /* What the pictures say of the script */

    /** Say of the call that is drawn what was counted, instead of what is true of most
        functions: that the gradient of this one is wrong. */
    sayWhatIsCounted(isWrong) {
      const sentences = this.parts.findings.querySelectorAll(
        "[data-code=layout] > p:last-of-type",
      );
      if (sentences.length !== 1 || !this.drawsItsCall) return;
      const [{ dataset, firstChild: message }] = sentences;
      dataset.message ??= message.data;
      message.data = isWrong ? this.words.reading.counted : dataset.message;
    }

    /** Whether a script that the page has plotted can no longer be followed. */
    isHalfTyped(reading) {
      const { about } = planOf(reading, this.chosen);
      return this.hasDrawn && ["unreadable", "unfollowed"].includes(about);
    }

    /** The marks of both pictures, given whether their arrows are right. Beside a line to
        mend, arrows that are right by luck have none: a ✓ would contradict it. */
    marksOf({ rows, columns }) {
      const isByLuck = columns && this.isShown && !isRight(this.reading);
      return { rows, columns: isByLuck ? null : columns };
    }

    /** Whether the verdict on the chosen function also holds for the script. */
    get isJudged() {
      return isJudged(this.reading);
    }

    /** What is said in place of a verdict, if it does not. */
    get disclaimer() {
      return this.sentences.disclaimer(this.chosen);
    }

    /** Whether the function that is drawn is the one of the call. */
    get drawsItsCall() {
      return this.chosen !== null && this.chosen === this.reading.call?.reading;
    }

    /** Whether the pictures use the grid of the script, as it draws them. */
    get showsItsPlot() {
      const { isDrawn, about } = planOf(this.reading, this.chosen);
      return isDrawn && about !== "no_call" && isMended(this.reading);
    }
  }

  /** The worst finding, the first of its kind. */
  function worstOf(findings) {
    const [worst] = [...findings].sort(
      (one, other) =>
        severities.indexOf(one.severity) - severities.indexOf(other.severity),
    );
    return worst;
  }

  /** A button to choose a function of the script. */
  function choiceOf({ name, spelling }, isChosen) {
    const input = element("input", { type: "radio", name: "function", value: name });
    input.checked = isChosen;
    const label = element("span", {}, element("code", {}, name));
    return element("label", { title: spelling }, input, label);
  }

  globalThis.gradviz.ScriptView = ScriptView;
}
