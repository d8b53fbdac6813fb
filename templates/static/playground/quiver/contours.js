/* The contours of f behind its arrows. */
"use strict";

{
  const STRETCH = 256; // cells of the grid that are drawn without a pause

  /** Draw the contours of f from its values at points of a grid: interpolated, cell by cell. */
  function* drawContours(svgs, frame, [x0, x1], values) {
    const across = Math.round(Math.sqrt(values.length));
    const levels = levelsOf(values);

    /** Where a contour crosses the side of a cell from one point to another, if it does. */
    function crossing(height, from, to) {
      const share = (height - values[from]) / (values[to] - values[from]);
      const isCrossed = share >= 0 && share < 1; // false for nan
      if (!isCrossed) return [];
      const between = (axis) => axis[from] + share * (axis[to] - axis[from]);
      return [frame.at([between(x0), between(x1)])];
    }

    let path = "";
    for (let k = 0; k + across < values.length; k++) {
      if (k % STRETCH === 0) yield;
      if ((k + 1) % across === 0) continue; // a line ends here, without a cell
      const corners = [k, k + 1, k + 1 + across, k + across];
      const heights = corners.map((corner) => values[corner]).filter(isFinite);
      const least = Math.min(...heights);
      const most = Math.max(...heights);
      for (const height of levels) {
        if (height < least || height > most) continue;
        const ends = corners.flatMap((corner, side) =>
          crossing(height, corner, corners[(side + 1) % 4]),
        );
        path += pathThrough(ends);
      }
    }
    for (const svg of svgs) svg.querySelector(".contours").setAttribute("d", path);
  }

  /** The heights of ten contours, between values that disregard a pole. */
  function levelsOf(values) {
    const sorted = values.filter(isFinite).sort((a, b) => a - b);
    const least = sorted.at(0.02 * sorted.length);
    const most = sorted.at(0.98 * sorted.length);
    const levels = [];
    for (let share = 0.05; share < 1; share += 0.1) {
      levels.push(least + (most - least) * share);
    }
    return levels;
  }

  /** From one crossing to the next, and from a third to a fourth. */
  function pathThrough(ends) {
    return ends.map((end, n) => `${n % 2 === 0 ? "M" : "L"}${end}`).join("");
  }

  Object.assign(globalThis.gradviz.quiver, { drawContours });
}
