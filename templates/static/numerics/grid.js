/* Grid: the points at which f is measured, as gradviz_core/numerics/grid.py has them. They
   are two columns, along x0 and along x1, as are fields of arrows. */
"use strict";

{
  const { gradviz } = globalThis;
  const { refuseInput } = gradviz.numerics;

  // Of one axis: a million points are more than anybody draws.
  const MOST_VALUES = 1000;

  // That of the book's script.
  const DEFAULT_GRID = { start: -2, stop: 2.5, step: 0.25 };

  /** How many values numpy.arange(start, stop, step) has, if they make an axis of a grid. */
  function axisLength(start, stop, step) {
    const size = (stop - start) / step;
    const areNumbers = [start, stop, step].every(Number.isFinite);
    const isGrid = areNumbers && size > 0 && size <= MOST_VALUES;
    if (!isGrid) refuseInput("grid");
    return Math.ceil(size);
  }

  /** The points of the square grid whose axes are numpy.arange(start, stop, step), x0 fastest. */
  function gridPoints(start, stop, step) {
    const length = axisLength(start, stop, step);
    // NumPy computes the first two values, and goes on by their rounded difference.
    const difference = start + step - start;
    const axis = [];
    for (let i = 0; i < length; i++) {
      axis.push(start + i * (i < 2 ? step : difference));
    }
    const points = emptyField(axis.length ** 2);
    for (const [i, x1] of axis.entries()) {
      points[0].set(axis, i * axis.length);
      points[1].fill(x1, i * axis.length, (i + 1) * axis.length);
    }
    return points;
  }

  /** Two columns of this length. */
  function emptyField(length) {
    return [new Float64Array(length), new Float64Array(length)];
  }

  Object.assign(gradviz, { axisLength, gridPoints });
  Object.assign(gradviz.numerics, { DEFAULT_GRID, emptyField });
}
