/* The frame of a field of arrows: its axes, and where each point of the grid lies on them,
   in the square frame of this site or in the window of the book's script. Points and
   fields are two columns, along x0 and along x1. */
"use strict";

{
  const { gridPoints, numerics } = globalThis.gradviz;

  const SIDE = 9000; // of the square frame, in units of the drawing: whole ones are fine enough
  const WINDOW_HEIGHT = 6706; // of the axes in the window of the script, as wide as that
  const BOOK_LIMITS = [-2, 2]; // of the axes, as the script of the book sets them
  const LONGEST = 1.25; // the length of the longest correct arrow, in steps of the grid
  const ROOM = 1.1; // around the grid, as a multiple of that length
  const MOST_ACROSS = 60; // arrows along an axis: of more points, only some are drawn
  const SHAFT = 0.0045 * SIDE; // the width of a shaft in the square frame

  /** An axis from one value to another, so many units of the drawing long. */
  function axisBetween(low, high, length) {
    const span = high - low;

    /** A value, from the lower end of the axis. */
    function place(value) {
      return Math.round(((value - low) / span) * length);
    }

    return { low, span, length, place };
  }

  /** Where a grid lies in the square frame, with room for the longest correct arrow on every
      side. `steps` are those of both axes. */
  function frameOf(points, steps) {
    const { every } = countsOf(points);
    const margin = LONGEST * ROOM * every * Math.min(...steps.map(Math.abs));
    const ends = points.flatMap((axis) => [axis[0], axis.at(-1)]);
    const low = Math.min(...ends) - margin;
    const high = Math.max(...ends) + margin;
    const axes = [axisBetween(low, high, SIDE), axisBetween(low, high, SIDE)];
    return { ...frameWith(points, steps, axes), shaft: SHAFT, isWindow: false };
  }

  /** Where a grid lies in the window of a script, as reader/window.js describes it: its
      `limits`, and its `angles`, by which arrows are turned with the axes ("xy") or on the
      screen ("uv"). What is not given is that of the book's script. */
  function windowOf(points, steps, window = {}) {
    const limits = window.limits ?? limitsOfBook(points);
    const angles = window.angles ?? "xy";
    const lengths = [SIDE, WINDOW_HEIGHT];
    const axes = points.map((values, k) => {
      const [low, high] = limits[k] ?? automaticLimits(values);
      return axisBetween(low, high, lengths[k]);
    });
    const arrowsAcross = Math.sqrt(points[0].length);
    const shaft = (0.06 / Math.min(Math.max(arrowsAcross, 8), 25)) * SIDE;
    return { ...frameWith(points, steps, axes), shaft, isWindow: true, angles };
  }

  /** The limits that the book's script gives to its own grid. */
  function limitsOfBook(points) {
    const ofBook = isBookGrid(points) ? BOOK_LIMITS : null;
    return [ofBook, ofBook];
  }

  function isBookGrid(points) {
    const ofBook = gridPoints(numerics.DEFAULT_GRID);
    return points.every(
      (values, k) =>
        values.length === ofBook[k].length &&
        values.every((value, i) => value === ofBook[k][i]),
    );
  }

  /** The limits that matplotlib leaves around the values of an axis. */
  function automaticLimits(values) {
    const ends = [values[0], values.at(-1)];
    const low = Math.min(...ends);
    const high = Math.max(...ends);
    const margin = 0.05 * (high - low) || 0.05; // even for a single value
    return [low - margin, high + margin];
  }

  /** How many points each axis has, and the step from one that is drawn to the next. */
  function countsOf([x0, x1]) {
    const across = x1.lastIndexOf(x1[0]) + 1; // points along x0, which runs fastest
    const counts = [across, x0.length / across];
    const every = Math.ceil(Math.max(...counts) / MOST_ACROSS);
    return { counts, every };
  }

  function frameWith(points, steps, axes) {
    const { counts, every } = countsOf(points);
    const [across] = counts;
    const [along, up] = axes;
    const cells = axes.map(
      ({ span, length }, k) => ((every * Math.abs(steps[k])) / span) * length,
    );
    const cell = Math.min(...cells);
    const longestArrow = LONGEST * cell; // of the correct ones

    /** A point, measured from the upper left corner, as in SVG. */
    function at([x, y]) {
      return [along.place(x), up.length - up.place(y)];
    }

    /** Which drawn value of an axis is nearest to a place. */
    function nearestValue(axis, position) {
      const { low, span, length } = axes[axis];
      const value = low + (position / length) * span;
      const drawn = Math.round((value - points[axis][0]) / steps[axis] / every);
      const most = Math.floor((counts[axis] - 1) / every);
      return every * Math.min(Math.max(drawn, 0), most);
    }

    /** Which drawn point is nearest to a position in the picture. */
    function nearest(x, y) {
      return nearestValue(0, x) + across * nearestValue(1, up.length - y);
    }

    return { axes, counts, every, cell, cells, longestArrow, at, nearest };
  }

  /** Which drawn point of a picture is nearest to a place on the screen. */
  function nearestOnScreen(svg, frame, clientX, clientY) {
    const onScreen = new DOMPoint(clientX, clientY);
    const { x, y } = onScreen.matrixTransform(svg.getScreenCTM().inverse());
    return frame.nearest(x, y);
  }

  globalThis.gradviz.quiver = { frameOf, windowOf, limitsOfBook, nearestOnScreen };
}
