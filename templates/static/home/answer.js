/* The answer on the first page: the line of a script to change, its mend, and its plot.
   asking.js loads this file at the first paste, and behind it the reader of scripts, which
   therefore is looked up only where it is used; script-view.js says what is wrong, and
   answer-plot.js draws. */
"use strict";

{
  const { parse, measuring, notebook, SlicedWork, AnswerPlot } = globalThis.gradviz;
  const { Captions, Field, partsOf, textsWithReader } = globalThis.gradviz;
  const { useLanguage, fill } = globalThis.gradviz.sentences;
  const { copied, sayCopied, wholeTexts } = globalThis.gradvizPage;
  const { LONGEST_SCRIPT } = wholeTexts;
  const { words, messages } = textsWithReader;
  useLanguage(textsWithReader);
  const captions = new Captions(textsWithReader);

  const ERROR_MESSAGE = /^[\w.]*(?:Error|Exception|Warning)\b/; // a line of its own

  class Answer {
    /** `section` is the part of the page that shows an answer, `element` the field it
        is about. */
    constructor(section, element) {
      this.section = section;
      this.field = new Field(element, "");
      this.parts = partsOf(section);
      this.plot = new AnswerPlot(section, this.parts, captions, words);
      this.runs = this.parts.runs.textContent; // what to do with a right script
      this.view = this.newView();
      this.work = new SlicedWork({
        onDone: (result) => this.show(result),
        onBusy: () => {},
        onProblem: (error) => this.drawNothing(error),
      });
      section.addEventListener("click", (event) => this.press(event));
      section.addEventListener("input", ({ target }) => this.view.choose(target.value));
    }

    newView() {
      const { ScriptView } = globalThis.gradviz;
      const { parts, plot } = this;
      const page = {
        draw: (f, demands, name) => this.draw(f, demands, name),
        sayApart: (sentence) => this.sayApart(sentence),
        showLine: (number) => {
          if (this.field.isAsReceived) this.field.showLine(number);
        },
        settings: () => plot.settings,
        setSettings: (settings) => {
          plot.settings = settings;
        },
        switchTo: (isTransposed) => plot.switchTo(isTransposed),
        setOutcome: () => {}, // the switch says it
        isOfNotebook: (text) => text === this.ofNotebook,
      };
      return new ScriptView({ parts, words, captions, page, messages });
    }

    /* The text */

    /** Answer the text of a file, or of the field; `received` is the last one that came
        from elsewhere, as it came. */
    take(text, received) {
      const code = notebook.scriptOf(text);
      this.ofNotebook = code;
      this.field.show(code ?? text);
      this.field.receive(received);
      const isFirst = this.section.hidden;
      this.answer(this.field.text);
      if (isFirst) this.bringIntoSight();
    }

    /** Bring the first thing that is said into view, no farther than it takes. */
    bringIntoSight() {
      const first = this.parts.findings.firstElementChild ?? this.section;
      first.scrollIntoView({ block: "nearest" });
    }

    answer(text) {
      this.clear();
      this.section.hidden = !text.trim();
      if (this.section.hidden) return;
      if (text.length > LONGEST_SCRIPT) {
        this.say(fill(words.reading.too_long, { most: LONGEST_SCRIPT }));
        return;
      }
      const { isScript } = globalThis.gradviz.judging;
      const reading = globalThis.gradviz.read(text, words);
      const isMessage = ERROR_MESSAGE.test(text.trim().split("\n").at(-1));
      const link = this.view.linkOfMessage(text);
      if (isScript(text, reading, isMessage || link !== null))
        this.answerScript(text, reading);
      else if (link) this.say(this.fixOf(text) ?? words.reading.message, link);
      else if (isMessage) this.say(this.section.dataset.unknown);
      else this.answerFormula(text, reading);
    }

    /** What to change after an error message of the site, if that is said here. */
    fixOf(text) {
      const message = globalThis.gradviz.messageIn(text, messages);
      const fixes = [...this.parts.fixes.content.children];
      const fix = fixes.find(({ dataset }) => dataset.message === message);
      return fix && document.importNode(fix, true);
    }

    /** Say what is wrong in a script, and how its plot looks once that is mended. */
    answerScript(text, reading) {
      const { isMended } = globalThis.gradviz.judging;
      const { mended } = globalThis.gradviz.mends;
      this.mendedText = mended(text, words);
      const afterwards = globalThis.gradviz.read(this.mendedText, words);
      this.plot.prepare({
        window: reading.window ?? {},
        isWhole: isSound(afterwards) && isMended(afterwards),
        drawsAsItIs: reading.checked && reading.findings.every(isOfCallAlone),
      });
      this.view.show(text, reading);
      const { advice } = this.parts;
      advice.hidden = reading.call?.takes !== "unknown" || this.view.lone !== null;
      const advised = advice.hidden ? "" : advice.textContent;
      this.tell(captions.joined([this.view.spoken(), advised]));
    }

    answerFormula(text, { functions }) {
      const spelling = functions[0]?.spelling ?? text.trim();
      try {
        this.draw(parse(spelling), {});
      } catch (error) {
        if (!error.reason) throw error;
        const leads = this.parts.leads.cloneNode(true);
        leads.hidden = false;
        const { notation } = globalThis.gradviz; // which is loaded with the reader
        const problem = { ...error, ...notation.problemIn(text) };
        this.say(captions.problem(problem), leads);
      }
    }

    /** Clear all that was said and drawn. */
    clear() {
      this.work.stop();
      this.view.leave();
      this.plot.clear();
      this.mendedText = "";
      this.parts.advice.hidden = true;
      this.parts.mending.hidden = true;
      this.parts.runs.firstElementChild.textContent = this.runs;
      this.parts.alone.hidden = true;
      this.parts.message.replaceChildren();
    }

    say(...nodes) {
      const spaced = nodes.flatMap((node) => [node, " "]);
      this.parts.message.replaceChildren(...spaced);
      this.tell(this.parts.message.textContent);
    }

    tell(sentence) {
      this.parts.spoken.textContent = sentence;
    }

    sayApart(sentence) {
      this.parts.message.replaceChildren(sentence);
    }

    /* The plot */

    /** Measure f on the grid of the script, in slices, and draw it, if that is what the
        script draws: nobody knows the outcome of another mistake, or of a script that
        is not followed. `name` is that of f in the script. */
    draw(f, demands, name = "f") {
      if (!this.plot.canBeDrawn) {
        this.parts.about.textContent = "";
        return;
      }
      this.plot.nameFunction(name);
      this.plot.makeRoom(true);
      this.work.start(this.measuring(f, demands));
    }

    *measuring(f, demands) {
      const result = yield* measuring(f, this.plot.grid, demands);
      return { ...result, f };
    }

    drawNothing(error) {
      this.plot.makeRoom(false);
      this.sayApart(captions.problem(error));
    }

    show(result) {
      this.plot.show(result);
      const { isRight } = this.plot.answers;
      this.plot.mark(this.view.marksOf(isRight));
      this.view.sayWhatIsCounted(isRight.columns === false);
    }

    /* What a reader presses */

    press({ target }) {
      const button = target.closest("button");
      if (!button) return;
      if (button === this.plot.button) this.plot.turn();
      else if (button.name === "mended") this.copyMended(button.firstElementChild);
      else if (button.name === "line") this.field.select(Number(button.value));
      else if (button.name === "alone") this.take(button.value, "");
      else if (button.closest("[data-code~=layout] .change")) this.showMended();
    }

    /** Show what the script draws with the lines that were copied. */
    showMended() {
      if (this.plot.isShown) this.plot.turnTo(true);
    }

    /** Put the mended script on the clipboard, and show what it draws. */
    async copyMended(label) {
      const isCopied = await copied(this.field.withOwnLineEnds(this.mendedText));
      if (isCopied) {
        sayCopied(label, words.reading.copy_mended);
      } else {
        this.field.show(this.mendedText);
        this.field.element.select();
      }
      this.parts.copied.textContent = isCopied ? "" : this.section.dataset.selected;
      if (!this.plot.isShown) return;
      this.plot.turnTo(true);
      if (!isCopied) return;
      const [sentence] = this.parts.runs.children;
      sentence.textContent = captions.joined([words.copied, this.runs]);
    }
  }

  /** Whether a script was read to its end, and nothing in it is wrong. */
  function isSound(reading) {
    const { isRight } = globalThis.gradviz.judging;
    const { checked, downhill } = reading;
    return checked && downhill !== null && isRight(reading);
  }

  /** Whether a finding leaves the picture as the call alone makes it. */
  function isOfCallAlone(finding) {
    const { isNote } = globalThis.gradviz.judging;
    return finding.code === "layout" || isNote(finding);
  }

  globalThis.gradviz.Answer = Answer;
}
