/* Turning: the arrows of one call become those of the other one, in the same frame.
   Each tip moves from its old place to its new one: an arrow grows from its own speck,
   and a line that crosses the plot shrinks to its true length. Nothing moves for
   readers who want no motion. */
"use strict";

{
  const { measuring, quiver } = globalThis.gradviz;

  const DURATION = 400; // ms
  const STEP = 1e-4; // h of the book

  const turns = new WeakMap(); // by drawing, the request for its next frame

  /** Turn the arrows of a drawing from one field to another, and then do something
      else. A turn already under way there ends. */
  function turn(svg, frame, from, to, afterwards = () => {}) {
    cancelAnimationFrame(turns.get(svg));
    let begun = null;

    function step(now) {
      begun ??= now;
      const share = (now - begun) / DURATION;
      if (share >= 1) {
        finish();
        return;
      }
      quiver.showArrows(svg, frame, between(from, to, eased(share)));
      turns.set(svg, requestAnimationFrame(step));
    }

    function finish() {
      quiver.showArrows(svg, frame, to);
      afterwards();
    }

    if (matchMedia("(prefers-reduced-motion: reduce)").matches) finish();
    else turns.set(svg, requestAnimationFrame(step));
  }

  /** Fast at first, and slow at the end. */
  function eased(share) {
    return 1 - (1 - share) ** 3;
  }

  function between(from, to, share) {
    return to.map((arrow, k) => ({
      x: arrow.x,
      y: arrow.y,
      right: mixed(from[k].right, arrow.right, share),
      down: mixed(from[k].down, arrow.down, share),
    }));
  }

  /** A number part of the way from one to another. What is not drawn, nan, has no
      length. */
  function mixed(start, end, share) {
    const first = start || 0;
    const last = end || 0;
    return first + share * (last - first);
  }

  /** The arrows of both calls, with their points, as a picture of the site shows them:
      on the "autoscale" of the book's script in its window, downhill, or on the "same"
      scale. */
  function fieldsOf(f, grid, scale) {
    const { points, truth, rows, columns } = lastOf(measuring(f, { ...grid, h: STEP }));
    const steps = [grid.step, grid.step];
    const isAutomatic = scale === "autoscale";
    const frame = isAutomatic
      ? quiver.windowOf(points, steps, quiver.limitsOfBook(points))
      : quiver.frameOf(points, steps);

    function arrowsOf({ gradient }) {
      const unit = isAutomatic
        ? -quiver.unitOf(frame, gradient, true)
        : quiver.unitOf(frame, truth, false);
      return lastOf(quiver.arrowsOf(frame, points, gradient, unit));
    }

    return { frame, points, rows: arrowsOf(rows), columns: arrowsOf(columns) };
  }

  function lastOf(steps) {
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value;
  }

  Object.assign(globalThis.gradviz, { turn, fieldsOf, lastOf });
}
