/* Heights: the slopes of what a script draws besides arrows, as contours. */
"use strict";

{
  const { scripts } = globalThis.gradviz;

  /** The slopes of heights that were computed with the grid moved, as texts of points to
      pairs: the heights as they are, then with the first coordinate moved ahead and back,
      then with the second. Null if they do not change as the slopes say: then something
      else than the grid is behind them. */
  function slopesOfTable(rows, [own, right, left, up, down], step) {
    const points = rows.flat();
    const slopes = points.map((_, k) => [
      (right[k] - left[k]) / (2 * step),
      (up[k] - down[k]) / (2 * step),
    ]);
    const width = rows[0].length;
    const rises = points.flatMap((point, k) => {
      const neighbours = [];
      if ((k + 1) % width) neighbours.push(k + 1);
      if (k + width < points.length) neighbours.push(k + width);
      return neighbours.map((other) => {
        const parts = [0, 1].map(
          (axis) =>
            ((slopes[k][axis] + slopes[other][axis]) / 2) *
            (points[other][axis] - point[axis]),
        );
        return [own[other] - own[k], parts[0] + parts[1]];
      });
    });
    const highest = Math.max(0, ...rises.map(([rise]) => Math.abs(rise)));
    if (rises.some(([rise, expected]) => Math.abs(rise - expected) > 0.25 * highest))
      return null;
    return new Map(points.map((point, k) => [`${point}`, slopes[k]]));
  }

  /** The heights that are known at all points of a plot, and their slopes. */
  function* heightsAt(tables, { points }) {
    for (const { subject, slopes: ofTable } of tables) {
      const slopes = points.map((point) => ofTable.get(`${point}`));
      if (slopes.every(Boolean)) yield { subject, slopes };
    }
  }

  Object.assign(scripts.fields, { heightsAt, slopesOfTable });
}
