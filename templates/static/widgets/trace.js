/* The trace: the book's routine, stepped through. Every number and sentence is in the
   tables of the page, and the picture has all its parts; this script only chooses,
   shows and marks them. */
"use strict";

{
  const PACE = 1600; // milliseconds between steps while playing

  /* One layout's run: its picture, and the tables that say what it contains at each
     step. It shows a step, or the arrow of a point if one is chosen; else the point is
     null. */

  function startRun(run) {
    const frame = run.querySelector(".live");
    const inFrame = (selector) => [...frame.querySelectorAll(selector)];
    const [stepTable, arrowTable] = run.querySelectorAll("tbody");
    const steps = [...stepTable.rows];
    const arrows = [...arrowTable.rows];
    const rows = inFrame(".row");
    const cells = inFrame(".cell"); // of the array, then of the gradient, in the order of the steps
    const slopes = inFrame(".written .cell");
    const glyphs = inFrame(".arrow"); // in the order of the points
    const values = inFrame("[data-column], [data-arrow]");
    const buttons = inFrame("button");

    /** The steps that write the slopes of a point's arrow. */
    function stepsOf(point) {
      const all = [...slopes.keys()];
      return all.filter((step) => Number(slopes[step].dataset.point) === point);
    }

    function finishedAt(point) {
      return stepsOf(point).at(-1);
    }

    /** The row of a table that says what is shown. */
    function entryOf(step, point) {
      return point === null ? steps[step] : arrows[point];
    }

    function sentence(step, point) {
      return entryOf(step, point).lastElementChild.textContent;
    }

    function markCells(step, point) {
      for (const [k, cell] of cells.entries()) {
        const stepOfCell = k % steps.length;
        cell.classList.toggle("moved", point === null && stepOfCell === step);
        cell.classList.toggle("later", stepOfCell > step);
      }
    }

    function markArrows(step) {
      for (const [point, glyph] of glyphs.entries()) {
        const [part, whole] = stepsOf(point);
        glyph.classList.toggle("part", part <= step);
        glyph.classList.toggle("whole", whole <= step);
      }
    }

    /** Mark the rows that hold what is moved, or the slopes of the arrow that is chosen. */
    function markRows(point) {
      const marked = point === null ? ".moved" : `[data-point="${point}"]`;
      for (const row of rows) {
        row.classList.toggle("hand", row.querySelector(marked) !== null);
      }
    }

    function markButtons(point) {
      for (const button of buttons) {
        const isChosen = Number(button.dataset.point) === point;
        button.setAttribute("aria-pressed", isChosen);
      }
    }

    /** Fill in the numbers; a step has none for an arrow, and an arrow none for a
        single call. */
    function showValues(step, point) {
      const entry = entryOf(step, point);
      for (const value of values) {
        const { column, arrow } = value.dataset;
        const cell = entry.cells[point === null ? column : arrow];
        value.textContent = cell?.textContent ?? "";
      }
    }

    function show(step, point) {
      markCells(step, point);
      markArrows(step);
      markRows(point);
      markButtons(point);
      showValues(step, point);
    }

    return { frame, show, sentence, finishedAt };
  }

  /* The arrow keys go from cell to cell of a group, and Tab goes on to the next group */

  function startKeys(group) {
    const cells = [...group.querySelectorAll("button")];
    const across = Number(group.dataset.across);
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across };
    cells[0].tabIndex = 0;
    group.addEventListener("keydown", (event) => {
      const next = cells[cells.indexOf(event.target) + moves[event.key]];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
    group.addEventListener("focusin", (event) => {
      for (const cell of cells) cell.tabIndex = cell === event.target ? 0 : -1;
    });
  }

  /* The controls, which both runs share */

  function startTrace(figure) {
    const form = figure.querySelector("form");
    const { layout, previous, play, next, step: range } = form.elements;
    const status = form.querySelector("[role=status]");
    const lastStep = Number(range.max) - 1; // the range counts from 1
    const runs = {};
    for (const run of figure.querySelectorAll(".run")) {
      runs[run.dataset.layout] = startRun(run);
    }
    const state = { step: lastStep, point: null }; // where the most is to be seen
    let timer = null;

    function show() {
      const run = runs[layout.value];
      // An arrow that is chosen before its time takes the run on to where it is whole.
      if (state.point !== null) {
        state.step = Math.max(state.step, run.finishedAt(state.point));
      }
      figure.dataset.layout = layout.value;
      run.show(state.step, state.point);
      range.value = state.step + 1;
      range.parentElement.dataset.at = `${range.value}/${range.max}`; // the words may be out of sight
      previous.setAttribute("aria-disabled", state.step === 0);
      next.setAttribute("aria-disabled", state.step === lastStep);
      status.textContent = run.sentence(state.step, state.point);
    }

    function setPlaying(isPlaying) {
      const [playWord, pauseWord] = play.children;
      clearInterval(timer);
      timer = isPlaying ? setInterval(tick, PACE) : null;
      status.setAttribute("aria-live", isPlaying ? "off" : "polite");
      playWord.hidden = isPlaying;
      pauseWord.hidden = !isPlaying;
    }

    function goTo(step) {
      state.step = Math.min(Math.max(step, 0), lastStep);
      state.point = null;
      show();
    }

    function tick() {
      goTo(state.step + 1);
      if (state.step === lastStep) setPlaying(false);
    }

    /** Play on, or from the beginning if this is the end. */
    function startPlaying() {
      setPlaying(true);
      goTo(state.step < lastStep ? state.step + 1 : 0);
    }

    /** Stop playing, and do what a reader asks for. */
    function act(change) {
      setPlaying(false);
      change();
    }

    function choose(point) {
      state.point = point === state.point ? null : point;
      show();
    }

    previous.addEventListener("click", () => act(() => goTo(state.step - 1)));
    next.addEventListener("click", () => act(() => goTo(state.step + 1)));
    range.addEventListener("input", () => act(() => goTo(Number(range.value) - 1)));
    play.addEventListener("click", () => {
      if (timer === null) startPlaying();
      else setPlaying(false);
    });
    for (const choice of layout) choice.addEventListener("change", () => act(show));
    form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) setPlaying(false);
    });
    addEventListener("pageshow", show); // after Back, a browser restores an older choice
    for (const { frame } of Object.values(runs)) {
      for (const group of frame.querySelectorAll("[role=group]")) startKeys(group);
      frame.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) act(() => choose(Number(button.dataset.point)));
      });
    }
    show();
  }

  for (const figure of document.querySelectorAll(".trace")) startTrace(figure);
}
