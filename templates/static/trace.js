/* The trace: the book's routine, stepped through. Every number and sentence stands in the tables of
   the page, and the picture has all its parts; from here they are only chosen, shown and marked. */
"use strict";

{
  const PACE = 1600; // milliseconds from one step of a play to the next

  /* One layout's run: its picture, and the tables that say what stands in it at each step */

  function startRun(run) {
    const frame = run.querySelector(".live");
    const all = (selector) => [...frame.querySelectorAll(selector)];
    const [steps, arrows] = [...run.querySelectorAll("tbody")].map((body) => [
      ...body.rows,
    ]);
    const rows = all(".row");
    const written = all(".written .cell"); // in the order of the steps
    const moved = all(".cell");
    const glyphs = all(".arrow");
    const values = all("[data-column], [data-arrow]");
    const buttons = all("button");
    const stepsOf = (point) =>
      written.flatMap((cell, step) =>
        Number(cell.dataset.point) === point ? [step] : [],
      );

    function show(step, point) {
      moved.forEach((cell, k) => {
        cell.classList.toggle("moved", point === null && k % steps.length === step);
        cell.classList.toggle("later", k % steps.length > step);
      });
      glyphs.forEach((glyph, k) => {
        const [part, whole] = stepsOf(k);
        glyph.classList.toggle("part", part <= step);
        glyph.classList.toggle("whole", whole <= step);
      });
      for (const button of buttons) {
        button.setAttribute("aria-pressed", Number(button.dataset.point) === point);
      }
      for (const row of rows) {
        const made = row.querySelector(`[data-point="${point}"]`);
        row.classList.toggle(
          "hand",
          Boolean(point === null ? row.querySelector(".moved") : made),
        );
      }
      for (const value of values) {
        const { column, arrow } = value.dataset; // a step has no arrow, and an arrow no one call
        const cell =
          point === null ? steps[step].cells[column] : arrows[point].cells[arrow];
        value.textContent = cell?.textContent ?? "";
      }
    }

    const sentence = (step, point) =>
      (point === null ? steps[step] : arrows[point]).lastElementChild.textContent;

    return { frame, show, sentence, finished: (point) => stepsOf(point).at(-1) };
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

  function startTrace(figure) {
    const form = figure.querySelector("form");
    const { layout, previous, play, next, step: range } = form.elements;
    const told = form.querySelector("[role=status]");
    const runs = {};
    for (const run of figure.querySelectorAll(".run"))
      runs[run.dataset.layout] = startRun(run);
    const state = { step: 0, point: null };
    let timer = null;

    function show() {
      const run = runs[layout.value];
      // An arrow that is chosen before its time takes the run on to where it is whole.
      if (state.point !== null)
        state.step = Math.max(state.step, run.finished(state.point));
      run.show(state.step, state.point);
      range.value = state.step + 1;
      range.parentElement.dataset.at = `${range.value}/${range.max}`; // the words may be out of sight
      previous.setAttribute("aria-disabled", state.step === 0);
      next.setAttribute("aria-disabled", state.step + 1 === Number(range.max));
      told.textContent = run.sentence(state.step, state.point);
    }

    function setPlaying(playing) {
      clearInterval(timer);
      timer = playing ? setInterval(tick, PACE) : null;
      told.setAttribute("aria-live", playing ? "off" : "polite");
      [...play.children].forEach((word, k) => (word.hidden = Boolean(k) !== playing));
    }

    function goTo(step) {
      Object.assign(state, {
        step: Math.min(Math.max(step, 0), range.max - 1),
        point: null,
      });
      show();
    }

    function tick() {
      goTo(state.step + 1);
      if (state.step + 1 === Number(range.max)) setPlaying(false);
    }

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
    range.addEventListener("input", () => act(() => goTo(range.value - 1)));
    play.addEventListener("click", () => {
      const playing = timer === null;
      setPlaying(playing);
      if (playing) goTo(state.step + 1 < range.max ? state.step + 1 : 0);
    });
    for (const choice of layout) choice.addEventListener("change", () => act(show));
    form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener(
      "visibilitychange",
      () => document.hidden && setPlaying(false),
    );
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

  document.querySelectorAll(".trace").forEach(startTrace);
}
