/* Grid: the points at which f is measured, as in gradviz_core/numerics/grid.py. They
   are two columns, along x0 and along x1, as are fields of arrows. */
"use strict";

{
  const { gradviz } = globalThis;
  const { refuseInput } = gradviz.numerics;

  // On one axis: a million points are more than anybody draws.
  const MOST_VALUES = 1000;

  // That of the book's script.
  const DEFAULT_GRID = { start: -2, stop: 2.5, step: 0.25 };

  /** How many values numpy.arange(start, stop, step) has, if they can be an axis of a
      grid. */
  function axisLength(start, stop, step) {
    const size = (stop - start) / step;
    const areNumbers = [start, stop, step].every(Number.isFinite);
    const isGrid = areNumbers && size > 0 && size <= MOST_VALUES;
    if (!isGrid) refuseInput("grid");
    return Math.ceil(size);
  }

  /** The values of numpy.arange(start, stop, step). */
  function axisOf({ start, stop, step }) {
    const length = axisLength(start, stop, step);
    // NumPy computes the first two values, and continues with their rounded difference.
    const difference = start + step - start;
    return Array.from({ length }, (_, i) => start + i * (i < 2 ? step : difference));
  }

  /** The points of a grid from the ranges of its axes, x0 fastest. */
  function gridPoints(x0, x1 = x0) {
    const axis = axisOf(x0);
    const across = axis.length;
    const rows = axisOf(x1);
    const points = emptyField(across * rows.length);
    for (const [i, value] of rows.entries()) {
      points[0].set(axis, i * across);
      points[1].fill(value, i * across, (i + 1) * across);
    }
    return points;
  }

  /** Two columns of this length. */
  function emptyField(length) {
    return [new Float64Array(length), new Float64Array(length)];
  }

  Object.assign(gradviz, { axisLength, axisOf, gridPoints });
  Object.assign(gradviz.numerics, { DEFAULT_GRID, emptyField });
}
