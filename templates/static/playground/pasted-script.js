/* Pasted script: what the playground does with a text that may be a script, and with
   the mends of one. It is loaded with the reader of scripts. */
"use strict";

{
  const { ScriptView, postpone } = globalThis.gradviz;
  const { isScript } = globalThis.gradviz.judging;
  const { mended } = globalThis.gradviz.mends;

  const HALF_TYPED_PAUSE = 2000; // ms of quiet before a problem of a line is told

  class PastedScript {
    /** `page` is the playground: its parts, and what it can do. */
    constructor(page, messages) {
      this.page = page;
      this.words = page.words;
      const { parts, words, captions } = page;
      const ofView = this.pageOfView();
      this.view = new ScriptView({ parts, words, captions, page: ofView, messages });
    }

    /** What the view of a script does with the page. */
    pageOfView() {
      const { draw, field, settings, stage, isOfNotebook, isWhole } = this.page;
      return {
        draw,
        isOfNotebook,
        sayApart: (sentence) => this.sayApart(sentence),
        showLine: (number) => {
          if (isWhole()) field.showLine(number); // not while a reader is typing
        },
        settings: () => settings.values,
        setSettings: (values) => {
          settings.values = values;
        },
        switchTo: (isTransposed) => stage.switchTo(isTransposed),
        setOutcome: (outcome) => {
          stage.setOutcome(outcome);
          this.placeUndo(false);
        },
      };
    }

    /** Answer a text that is not an expression; `error` tells why it is none. */
    answer(text, error) {
      const { page, view, words } = this;
      const reading = globalThis.gradviz.read(text, words);
      const link = view.linkOfMessage(text);
      const { message } = words.reading;
      const isShown = isScript(text, reading, link !== null);
      if (link) {
        page.parts.message.replaceChildren(...(isShown ? [message, " "] : []), link);
      }
      if (isShown && view.isHalfTyped(reading) && !page.isWhole()) {
        this.sayNothingRead();
        postpone("read", () => view.show(text, reading), HALF_TYPED_PAUSE);
      } else if (isShown) {
        view.show(text, reading);
      } else if (link) {
        view.leave();
        page.forgetPictures();
        page.answerView.say("apart", { sentence: message });
      } else {
        view.leave();
        page.explain(error, reading);
      }
    }

    sayNothingRead() {
      const { nothing_read: sentence } = this.words.reading;
      this.page.answerView.say("wrong", { sentence });
    }

    /** Say why nothing of a script is drawn. If it cannot be read while it is being
        typed, more is to come, and its last plot stays. */
    sayApart(sentence) {
      const { page, view } = this;
      if (!page.isWhole() && view.isHalfTyped(view.reading)) {
        this.sayNothingRead();
      } else {
        page.forgetPictures();
        page.answerView.say("apart", { sentence });
      }
    }

    /* Mends */

    /** The current script with all its mends, even if it has not been read again yet. */
    mended() {
      return mended(this.page.field.text, this.words);
    }

    /** Put the mended script on the clipboard, and show what it draws. */
    async copyMended(label) {
      const { field, parts, stage, handOut, answerView } = this.page;
      const text = field.withOwnLineEnds(this.mended());
      const isCopied = await handOut(text, parts.copied);
      if (isCopied) {
        parts.copied.textContent = ""; // the button says it
        globalThis.gradvizPage.sayCopied(label, this.words.reading.copy_mended);
      }
      if (answerView.state !== "answered") return;
      if (!stage.isTransposed) stage.turnTo(true);
    }

    /** Mend the script in its field, and show what that has changed. */
    mend() {
      const { field, parts, replace } = this.page;
      const { reading } = this.view;
      const before = reading.alone ?? field.text;
      replace(this.mended(), true);
      this.view.showMended(before, reading);
      this.placeUndo(!parts.mending.hidden);
    }

    /** Put the button that takes a mend back beside the one that copies the mended
        script, or else above the field. */
    placeUndo(isBesideCopy) {
      const { field, form, parts } = this.page;
      const { undo } = form.elements;
      if (isBesideCopy) parts.copied.before(undo);
      else field.element.labels[0].after(undo);
    }
  }

  globalThis.gradviz.PastedScript = PastedScript;
}
