/* The stage: which of the two calls is shown, the one with both .T or the one without,
   and whether a script draws that by itself. */
"use strict";

{
  const { write } = globalThis.gradviz;

  class Stage {
    constructor(form, pictures) {
      this.element = form.querySelector(".stage");
      this.button = form.querySelector(".switch button");
      this.labels = [...form.querySelectorAll(".picture > .label > [data-usual]")];
      this.pictures = pictures;
    }

    get isTransposed() {
      return this.button.ariaPressed === "true";
    }

    switchTo(isTransposed) {
      this.button.ariaPressed = isTransposed;
      this.element.dataset.transposed = isTransposed;
    }

    /** Switch to the other call, and let its arrows emerge from the ones shown. */
    turnTo(isTransposed) {
      this.switchTo(isTransposed);
      this.pictures.turnTo(isTransposed);
    }

    /** Say on the page what a script draws by itself: `mended` with both .T, and `before`
        if that is the work of this page; nothing if it draws the picture without. */
    setOutcome(outcome) {
      const { dataset } = this.element;
      if (outcome) dataset.outcome = outcome;
      else delete dataset.outcome;
      const isBefore = outcome === "mended before";
      for (const label of this.labels) {
        const { usual, mended } = label.dataset;
        write(label, isBefore ? mended : usual);
      }
    }
  }

  globalThis.gradviz.Stage = Stage;
}
