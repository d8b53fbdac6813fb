/* Answer view: what the page says, at once to the eye, and to a screen reader when it
   has settled.

   The state of the page is one word on the form, and the style sheet follows it:

     answered          what is typed is measured and drawn
     busy, stopped     it is being measured, or a reader has stopped that
     wrong-text        something is wrong at a place in the text
     wrong-grid        the grid or h is wrong, as their fields say, too
     wrong             nothing can be measured for another reason
     waiting           a script waits until its reader is loaded
     apart             a script was read, but none of it is drawn

   Before the first plot there is none to dim: the word then begins with "first-", and is
   "first" alone until something is said. */
"use strict";

{
  const { write, postpone, showMark } = globalThis.gradviz;
  const { fill } = globalThis.gradviz.sentences;

  const QUIET = 900; // ms of quiet before the answer is spoken

  class AnswerView {
    /** `spokenFirst` gives the sentences to speak before an answer; `onSay` is called
        whenever something is said. */
    constructor(page, { spokenFirst, onSay }) {
      this.page = page;
      this.spokenFirst = spokenFirst;
      this.onSay = onSay;
      this.cells = [...page.form.querySelectorAll("tbody td")];
      this.labels = {
        rows: page.form.querySelector(".picture.correct > .label"),
        columns: page.form.querySelector(".picture.buggy > .label"),
      };
      this.state = ""; // without its prefix; empty at first
      this.forget();
    }

    /** Forget the measurement that the pictures show. */
    forget() {
      this.shown = {};
    }

    get isWrong() {
      return this.state.startsWith("wrong");
    }

    setState(state) {
      this.state = state;
      const isFirst = this.shown.key === undefined;
      const word = isFirst ? `first-${state}` : state;
      const { dataset } = this.page.form;
      if (dataset.state !== word) dataset.state = word;
    }

    say(state, { verdict = "", badge = "", meaning = "", sentence }) {
      const { form, parts } = this.page;
      const { f, takes } = form.elements;
      this.setState(state);
      parts.verdict.dataset.verdict = verdict;
      parts.badge.className = `verdict ${verdict}`;
      write(parts.badge, badge);
      write(parts.meaning, meaning);
      write(parts.sentence, sentence);
      f.ariaInvalid = this.isWrong;
      takes.disabled = state !== "answered"; // a copy would be of something else
      postpone("speak", () => this.speak(), QUIET);
      this.onSay();
    }

    speak() {
      const { parts, captions, settings } = this.page;
      const [inWords] = [...parts.verdict.children].filter((p) => p.checkVisibility());
      const sentences = [...this.spokenFirst(), inWords.innerText];
      const spoken = [captions.joined(sentences), ...settings.waysToDraw];
      write(parts.spoken, spoken.join(" "));
    }

    /** Show the answer to a measurement. */
    show(result, answer) {
      const { parts, words } = this.page;
      this.shown = result;
      this.say("answered", answer);
      write(parts.both, answer.ofBoth);
      write(parts.why, answer.why);
      showMark(this.labels.rows, answer.marks.rows);
      showMark(this.labels.columns, answer.marks.columns);
      parts.right.hidden = !answer.isRight.rows;
      const { every } = result.frame;
      write(parts.thinned, every > 1 ? fill(words.thinned, { every }) : "");
    }

    /** Read out a point of the measurement. */
    readOut(k) {
      const { captions, settings } = this.page;
      const texts = captions.readout(this.shown, k, settings.isTicked("downhill"));
      for (const [i, cell] of this.cells.entries()) write(cell, texts[i]);
    }

    speakPoint() {
      const { parts } = this.page;
      postpone("speak", () => write(parts.spoken, parts.readout.innerText), 0);
    }
  }

  globalThis.gradviz.AnswerView = AnswerView;
}
