/* The plot of an answer on the first page, in the window of the reader's script: the
   arrows of the call without .T, those of the call with both, and the switch between
   them. */
"use strict";

{
  const { numerics, gridOf, quiver, turn, lastOf, showMark } = globalThis.gradviz;

  // The grid and the step of the book's script. Empty values are those of x0.
  const OF_BOOK = {
    ...numerics.DEFAULT_GRID,
    start1: "",
    stop1: "",
    step1: "",
    h: numerics.STEP,
  };

  class AnswerPlot {
    /** `section` is the part of the page that shows an answer, and `parts` its parts. */
    constructor(section, parts, captions, words) {
      this.section = section;
      this.parts = parts;
      this.captions = captions;
      this.words = words;
      this.svg = section.querySelector(".window .picture > svg");
      this.button = section.querySelector(".switch button");
      this.callStart = this.button.previousSibling;
      this.callStartOfF = this.callStart.data;
      this.settings = { ...OF_BOOK, downhill: true };
      this.clear();
    }

    /** Show no plot, until a formula comes, which is drawn as in the book. */
    clear() {
      this.answers = null; // what is said of the measurement that is shown
      this.prepare({ window: {}, isWhole: false, drawsAsItIs: true });
      this.switchTo(false);
      this.makeRoom(false);
      this.parts.plot.hidden = true;
    }

    /** Say how a script draws: the `window` of its plot; whether it draws what its call
        gives, as it is; and whether its mended text `isWhole`, so that this draws what
        the call with both .T gives. */
    prepare({ window, isWhole, drawsAsItIs }) {
      this.window = window;
      this.isWhole = isWhole;
      this.drawsAsItIs = drawsAsItIs;
    }

    /** Whether the script, or its mended text, draws what is measured. */
    get canBeDrawn() {
      return this.drawsAsItIs || this.isWhole;
    }

    get grid() {
      return gridOf(this.settings);
    }

    get isShown() {
      return this.answers !== null;
    }

    get isTransposed() {
      return this.section.dataset.transposed === "true";
    }

    /** Whether the plots to choose from make room for one of the answer. */
    makeRoom(isMade) {
      this.section.toggleAttribute("data-draws", isMade);
    }

    /** Name f as the script does, in the call that the switch belongs to. */
    nameFunction(name) {
      this.callStart.data = this.callStartOfF.replace("(f,", `(${name},`);
    }

    /** Show a measurement. */
    show(result) {
      const { x0, x1, h } = this.grid;
      this.frame = quiver.windowOf(result.points, [x0.step, x1.step], this.window);
      this.answers = this.captions.answer(result, h, this.frame.angles);
      this.arrows = {
        rows: this.arrowsOf(result, "rows"),
        columns: this.arrowsOf(result, "columns"),
      };
      this.parts.plot.hidden = false;
      this.button.closest(".switch").hidden = !this.drawsAsItIs;
      this.switchTo(this.isTransposed || !this.drawsAsItIs);
      quiver.drawAxes(this.svg, this.frame);
      quiver.showArrows(this.svg, this.frame, this.arrowsShown);
    }

    /** The arrows of a call, placed in the window. */
    arrowsOf(result, call) {
      const { frame, settings } = this;
      return lastOf(quiver.arrowsOfCall(frame, result, call, settings.downhill));
    }

    get arrowsShown() {
      return this.isTransposed ? this.arrows.rows : this.arrows.columns;
    }

    /** Mark each of the two plots as right or wrong. */
    mark({ rows, columns }) {
      showMark(this.parts.plot.querySelector(".label.correct"), rows);
      showMark(this.parts.plot.querySelector(".label.buggy"), columns);
    }

    /** Say what the switch shows, and set it to that. */
    switchTo(isTransposed) {
      this.section.dataset.transposed = isTransposed;
      this.button.ariaPressed = isTransposed;
      if (!this.isShown) return;
      const { sentence, ofBoth, missing } = this.answers;
      const sentences = isTransposed
        ? [this.words.mended, ofBoth, missing.rows]
        : [sentence, missing.columns];
      this.parts.caption.textContent = this.captions.joined(sentences);
      const isAsRun = isTransposed && this.isWhole && this.window.isWhole;
      this.parts.runs.hidden = !isAsRun;
    }

    /** Press the switch. */
    turn() {
      this.turnTo(!this.isTransposed);
    }

    /** Switch to a call: the arrows of the other turn into its own. */
    turnTo(isTransposed) {
      if (isTransposed === this.isTransposed) return;
      const before = this.arrowsShown;
      this.switchTo(isTransposed);
      turn(this.svg, this.frame, before, this.arrowsShown);
    }
  }

  globalThis.gradviz.AnswerPlot = AnswerPlot;
}
