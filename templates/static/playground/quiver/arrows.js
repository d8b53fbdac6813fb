/* The arrows of a field, placed in a frame as matplotlib places them: how long each is
   drawn, and in which direction. A generator yields between small steps, so that the page
   stays responsive. */
"use strict";

{
  const STRETCH = 256; // arrows that are placed without a pause
  const WIDTHS_TO_LEAVE = 3; // an arrow of so many frames ends outside, as a longer one does

  /** The drawn length of a vector of length 1. The longest of the field takes one and a
      quarter cells; or, on the automatic scale, as much as matplotlib chooses. */
  function unitOf(frame, field, isAutomatic) {
    const lengths = lengthsOf(field);
    if (isAutomatic) return automaticUnit(frame, lengths, field[0].length);
    return frame.longestArrow / (lengths.longest || 1);
  }

  /** Of the finite arrows: the length of the longest, the sum of all lengths, and the
      count. */
  function lengthsOf([alongX0, alongX1]) {
    let longest = 0;
    let sum = 0;
    let count = 0;
    for (let k = 0; k < alongX0.length; k++) {
      const length = Math.hypot(alongX0[k], alongX1[k]);
      if (!isFinite(length)) continue;
      longest = Math.max(longest, length);
      sum += length;
      count += 1;
    }
    return { longest, sum, count };
  }

  /** From the mean of the finite lengths, but the number of all arrows. */
  function automaticUnit(frame, { sum, count }, arrows) {
    return ((widthOf(frame) / 1.8) * count) / sum / Math.max(10, Math.sqrt(arrows));
  }

  function widthOf({ axes: [along] }) {
    return along.length;
  }

  /** The arrows of a field as they lie in the drawing: where each begins, and how far
      it extends right and down from there: nan if it is not drawn. A negative unit
      reverses them all. */
  function* arrowsOf(frame, points, field, unit) {
    const { every } = frame;
    const [across, rows] = frame.counts;
    const isTurned = frame.angles === "xy";
    const directionOf = isTurned ? directionsInWindow(frame, points) : ownDirection;
    const sign = Math.sign(unit);
    const arrows = [];
    for (let row = 0; row < rows; row += every) {
      for (let column = 0; column < across; column += every) {
        const k = row * across + column;
        const vector = [field[0][k], field[1][k]];
        const [x, y] = frame.at([points[0][k], points[1][k]]);
        const length = drawnLength(Math.hypot(...vector), unit, frame);
        const [right, up] =
          length > 0 ? directionOf(vector, sign, k) : [length, length];
        arrows.push({ x, y, right: length * right, down: -length * up });
        if (arrows.length % STRETCH === 0) yield;
      }
    }
    return arrows;
  }

  /** The arrows of one call of a measurement, "rows" or "columns": in a window on the scale
      that matplotlib chooses for them, else on the one on which the true arrows fit. */
  function* arrowsOfCall(frame, measured, call, isDownhill) {
    const { points, truth } = measured;
    const { gradient } = measured[call];
    const { isWindow } = frame;
    const unit = unitOf(frame, isWindow ? gradient : truth, isWindow);
    return yield* arrowsOf(frame, points, gradient, isDownhill ? -unit : unit);
  }

  /** How long a vector of this size is drawn; nan if it is not. */
  function drawnLength(size, unit, frame) {
    if (!isFinite(size)) return NaN;
    // Where all are zero, matplotlib divides by zero, and draws nothing.
    if (size === 0 && !frame.isWindow) return 0;
    return Math.min(size * Math.abs(unit), WIDTHS_TO_LEAVE * widthOf(frame));
  }

  /** The direction of a vector, to the right and up, where both axes have equal units,
      or where it is drawn as if they did. */
  function ownDirection(vector, sign) {
    const size = sign * Math.hypot(...vector);
    return vector.map((entry) => entry / size);
  }

  /** The same in the window, as matplotlib finds it: by going a fraction of the vector
      from its point; to the right, if that leads nowhere. */
  function directionsInWindow({ axes }, points) {
    const ends = points.flatMap((values) => [values[0], values.at(-1)]);
    const part = 0.001 * Math.max(...ends.map(Math.abs));

    return (vector, sign, k) => {
      const [right, up] = axes.map(({ span, length }, axis) => {
        const from = points[axis][k];
        const to = from + part * sign * vector[axis];
        return ((to - from) / span) * length;
      });
      const size = Math.hypot(right, up);
      return size > 0 ? [right / size, up / size] : [1, 0];
    };
  }

  Object.assign(globalThis.gradviz.quiver, {
    ...{ unitOf, lengthsOf, arrowsOf, arrowsOfCall },
  });
}
