/* Plots: whether arrows show each slope at its point, along its axis. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { COORDINATES, ENTRY, POINTS, RANGE, RESHAPED, TAKES } = scripts;
  const { coordinateIn, isArray } = scripts;

  // What a plot does with the two slopes of a call. If they are swapped, each is drawn
  // along the axis of the other; if they are transposed, at another point, whatever
  // their order.
  const ORDERS = {
    IN_ORDER: "in order",
    SWAPPED: "swapped",
    TRANSPOSED: "transposed",
    UNKNOWN: "unknown",
  };
  const { IN_ORDER, SWAPPED, TRANSPOSED, UNKNOWN } = ORDERS;

  /** The plots of the result of a call. */
  function plotsOf(call, quivers) {
    return quivers.filter(({ owners }) => owners.has(call));
  }

  /** Which parts of a result are the slopes along one coordinate. For points by row the
      slopes are by row, too, so those along x0 are a column. */
  function partOfCoordinate({ form }) {
    return form === POINTS ? "columns" : "rows";
  }

  /** Whether points are drawn as coordinates, for want of the second .T. */
  function isDrawnUnturned({ call, isTurnedAtOnce }) {
    return isOnly(call.uses, "rows") && !isTurnedAtOnce;
  }

  /** Whether a result is used in only one way. */
  function isOnly(uses, use) {
    return uses.size === 1 && uses.has(use);
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

  /** The same for a plot with two slopes of `np.gradient`. */
  function orderOfAxes({ values: [x, y, u, v] }) {
    if (u.is !== "axis-slope" || v.is !== "axis-slope") return UNKNOWN;
    const { call, mesh, sign, isTurned } = u;
    if (v.call !== call || v.mesh !== mesh || v.sign !== sign) return UNKNOWN;
    const firstAxis = firstAxisOfPlaces(mesh, [x, y]);
    if (firstAxis === null || v.isTurned !== isTurned) return UNKNOWN;
    if (isTurned === (firstAxis === mesh.firstAxis)) return TRANSPOSED;
    const places = [x, y].map((place) => coordinateIn(mesh, place));
    return order(places, [u.coordinate, v.coordinate]);
  }

  /** The coordinate that has to change along the first axis of what is drawn. With the
      arrays of a grid it is the one along their first axis; with the numbers along each
      axis, `x` and `y`, it is the vertical one. It is null if that is not known. */
  function firstAxisOfPlaces(mesh, places) {
    const coordinates = places.map((place) => coordinateIn(mesh, place));
    if (![0, 1].every((each) => coordinates.includes(each))) return null;
    if (places.every(({ form }) => form === RANGE)) return coordinates[1];
    const [{ mesh: grid, coordinate }, other] = places;
    if (!grid || other.mesh !== grid) return null;
    return coordinates[coordinate === grid.firstAxis ? 0 : 1];
  }

  /** Whether an arrow at one point has its slopes in another order, or of other signs.
      Slopes that are scaled first are not compared. */
  function isArrowTurned(call, quivers) {
    return plotsOf(call, quivers).some(({ values: [, , u, v] }) => {
      const areParts = [u, v].every(
        ({ is, part }) => is === "slopes-part" && part !== ENTRY,
      );
      const isInOrder = u.index === 0 && v.index === 1 && u.sign === v.sign;
      return areParts && !isInOrder;
    });
  }

  /** Whether the arrows begin at the points of an array, in their order. */
  function isAtPoints({ values: [x, y] }, array) {
    if (!isArray(x) || !isArray(y) || !array.mesh) return false;
    const areOfMesh = x.mesh === array.mesh && y.mesh === array.mesh;
    return areOfMesh && !(x.isMoved || y.isMoved || array.isMoved);
  }

  /** Whether a call needs points and gets coordinates in pairs of neighbours. */
  function isWronglyReshaped(differentiation, quivers) {
    const { argument, routine, call } = differentiation;
    if (!isArray(argument) || argument.form !== RESHAPED) return false;
    const isDrawn = plotsOf(call, quivers).length > 0;
    if (routine.takes !== TAKES.ROWS || !isDrawn) return false;
    const points = { ...differentiation, argument: { ...argument, form: POINTS } };
    return isFollowedToPlots(points, quivers) && !isDrawnUnturned(points);
  }

  /** Whether the order of the slopes is known in every plot of a result. For a result that
      has a finding, it is the order after the mend. */
  function isFollowedToPlots(differentiation, quivers) {
    const { argument, call, routine } = differentiation;
    const { form, isMoved } = argument;
    let part = partOfCoordinate(argument);
    if (form === POINTS && isDrawnUnturned(differentiation)) part = "rows";
    if (form === COORDINATES && routine.takes === TAKES.ROWS) {
      if (isMoved || call.uses.has("elsewhere")) return false;
      part = isOnly(call.uses, "columns") ? "columns" : "rows";
    }
    return plotsOf(call, quivers).every(
      (quiver) => orderOf(quiver, argument, part) !== ORDERS.UNKNOWN,
    );
  }

  function order(places, slopes) {
    const text = `${places} ${slopes}`;
    if (text === "0,1 0,1" || text === "1,0 1,0") return IN_ORDER;
    return text === "0,1 1,0" ? SWAPPED : UNKNOWN;
  }

  Object.assign(scripts, {
    ORDERS,
    plotsOf,
    isDrawnUnturned,
    isOnly,
    orderOf,
    orderOfAxes,
    isArrowTurned,
    firstAxisOfPlaces,
    isAtPoints,
    isFollowedToPlots,
    isWronglyReshaped,
  });
}
