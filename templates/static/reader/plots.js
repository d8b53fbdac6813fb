/* Plots: whether arrows show each slope at its point, along its axis. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { POINTS, isArray, ownersOf } = scripts;

  // What a plot makes of the two slopes of a call; each is drawn along the axis of the
  // other, if they are swapped.
  const ORDERS = { IN_ORDER: "in order", SWAPPED: "swapped", UNKNOWN: "unknown" };
  const { IN_ORDER, SWAPPED, UNKNOWN } = ORDERS;

  /** The plots of the result of a call. */
  function plotsOf(call, quivers) {
    return quivers.filter(
      ({ values }) =>
        values.some((value) => value.call === call) ||
        ownersOf(...values).includes(call),
    );
  }

  /** Which parts of a result are the slopes along one coordinate. Of points by row the
      slopes are by row, too, so those along x0 are a column. */
  function partOfCoordinate({ form }) {
    return form === POINTS ? "columns" : "rows";
  }

  /** Whether points are drawn as coordinates, for want of the second .T. */
  function isDrawnUnturned({ call: { uses }, isTurnedAtOnce }) {
    return uses.size === 1 && uses.has("rows") && !isTurnedAtOnce;
  }

  /** Whether a plot has two slopes of an array in the order of its axes; the `part` of the
      result that is the slopes along one coordinate is given. */
  function orderOf(quiver, array, part) {
    const [x, y, u, v] = quiver.values;
    if (u.is !== "slopes-part" || v.is !== "slopes-part") return UNKNOWN;
    const areOfCall = u.call === v.call && u.part === part && v.part === part;
    if (!areOfCall || u.sign !== v.sign || !isAtPoints(quiver, array)) return UNKNOWN;
    return order([x.coordinate, y.coordinate], [u.index, v.index]);
  }

  /** The same of a plot with two slopes of `np.gradient`. */
  function orderOfAxes({ values: [x, y, u, v] }) {
    if (u.is !== "axis-slope" || v.is !== "axis-slope") return UNKNOWN;
    if (!isArray(x) || !isArray(y)) return UNKNOWN;
    const areOfMesh = [x, y, v].every(({ mesh }) => mesh === u.mesh);
    if (!areOfMesh || u.call !== v.call || x.isMoved || y.isMoved) return UNKNOWN;
    if (u.sign !== v.sign) return UNKNOWN;
    return order([x.coordinate, y.coordinate], [u, v].map(coordinateAlong));
  }

  /** Whether the arrows begin at the points of an array, in their order. */
  function isAtPoints({ values: [x, y] }, array) {
    if (!isArray(x) || !isArray(y) || !array.mesh) return false;
    const areOfMesh = x.mesh === array.mesh && y.mesh === array.mesh;
    return areOfMesh && !(x.isMoved || y.isMoved || array.isMoved);
  }

  function order(places, slopes) {
    const text = `${places} ${slopes}`;
    if (text === "0,1 0,1" || text === "1,0 1,0") return IN_ORDER;
    return text === "0,1 1,0" ? SWAPPED : UNKNOWN;
  }

  /** Which coordinate changes along the axis of a slope. */
  function coordinateAlong({ mesh, axis }) {
    return axis === 0 ? mesh.firstAxis : 1 - mesh.firstAxis;
  }

  Object.assign(scripts, {
    ORDERS,
    plotsOf,
    partOfCoordinate,
    isDrawnUnturned,
    orderOf,
    orderOfAxes,
    isAtPoints,
  });
}
