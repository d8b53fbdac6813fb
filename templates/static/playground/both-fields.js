/* Both fields: the arrows of both calls, as a picture of the site shows them. */
"use strict";

{
  const { measuring, quiver } = globalThis.gradviz;

  /** The arrows of both calls, with their points, as a picture of the site shows them:
      on the "autoscale" of the book's script in its window, downhill, or on the "same"
      scale. */
  function fieldsOf(f, grid, scale) {
    const measured = lastOf(measuring(f, grid));
    const { points } = measured;
    const steps = [grid.step, grid.step];
    const isOfBook = scale === "autoscale";
    const frame = isOfBook
      ? quiver.windowOf(points, steps)
      : quiver.frameOf(points, steps);
    const [rows, columns] = ["rows", "columns"].map((call) =>
      lastOf(quiver.arrowsOfCall(frame, measured, call, isOfBook)),
    );
    return { frame, points, rows, columns };
  }

  function lastOf(steps) {
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value;
  }

  Object.assign(globalThis.gradviz, { fieldsOf, lastOf });
}
