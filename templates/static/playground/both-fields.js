/* Both fields: the arrows of both calls, as a picture of the site shows them. */
"use strict";

{
  const { measuring, quiver } = globalThis.gradviz;

  const STEP = 1e-4; // h of the book

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

  Object.assign(globalThis.gradviz, { fieldsOf, lastOf });
}
