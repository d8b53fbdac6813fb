/* Spacings: the distances that `np.gradient` is given, compared with those of the
   grid. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { areAlikeAlong, areEqual, coordinateIn, countOf, firstAxisOf } = scripts;
  const { isArray, isNumber, numberValue } = scripts;

  // How exactly a distance has to be that of the grid.
  const DISTANCE_TOLERANCE = 1e-6;

  /** The slopes of `np.gradient` that are drawn. */
  function slopesDrawn(quivers) {
    const values = quivers.flatMap((quiver) => quiver.values);
    return values.filter(({ is }) => is === "axis-slope");
  }

  /** The calls of `np.gradient` whose results are multiplied, then drawn. */
  function scaledCalls(quivers) {
    const scaled = slopesDrawn(quivers).filter(({ isScaled }) => isScaled);
    return new Set(scaled.map(({ call }) => call));
  }

  /** Whether it is known what `np.gradient` makes of the distances it gets. */
  function isSpacingRead(gradient, isScaled) {
    if (isScaled) {
      const factors = factorsOfSlopes(gradient);
      return Boolean(factors?.every((factor) => areClose(factor, 1)));
    }
    // If none is given and the grid is not known, a note says so.
    const isMissing = gradient.isPlain && !gradient.spacings.length;
    if (isMissing || sheetAmongSpacings(gradient)) return true;
    return Boolean(factorsKnown(gradient));
  }

  /** The factors of the slopes, or those that one distance leaves different; else null. */
  function factorsKnown(gradient) {
    return factorsOfSlopes(gradient) ?? factorsOfOne(gradient);
  }

  /** What the slopes along either axis of the array are multiplied by: the distance of
      the points, divided by what `np.gradient` takes for it. */
  function factorsOfSlopes({ heights, spacings, isPlain }) {
    if (!isPlain || spacings.length > 2) return null;
    const first = firstAxisOf(heights);
    const [one = numberValue(1, true), other = one] = spacings;
    const factors = [
      factorOf(heights, first, one),
      factorOf(heights, 1 - first, other),
    ];
    return factors.includes(null) ? null : factors;
  }

  /** The same for one distance that is not known, if it cannot fit both axes. */
  function factorsOfOne(gradient) {
    const [only, ...more] = gradient.spacings;
    if (!only || more.length || isArray(only)) return null;
    const factors = factorsOfSlopes({ ...gradient, spacings: [] });
    return factors && !areClose(...factors) ? factors : null;
  }

  function factorOf({ mesh }, coordinate, given) {
    const axis = mesh.ranges[coordinate]?.axis ?? null;
    if (isArray(given)) {
      if (given.isSquare) return null;
      if (coordinateIn(mesh, given) === coordinate || isOfBoth(mesh, given)) return 1;
      if (given.isMoved || !axis || !given.axis) return null;
      // np.gradient refuses any other number of coordinates.
      const isAsLong = countOf(axis) === countOf(given.axis);
      return isAsLong ? axis.step / given.axis.step : null;
    }
    return isNumber(given) && axis && given.value ? axis.step / given.value : null;
  }

  /** Whether an array holds the numbers along both axes, which are the same. */
  function isOfBoth(mesh, array) {
    const [numbers] = mesh.ranges;
    if (!numbers || array.isMoved || !areAlikeAlong(mesh)) return false;
    const isOne = array.made !== null && array.made === numbers.made;
    return isOne || (array.axis !== null && areEqual(array.axis, numbers.axis));
  }

  /** Whether two distances, or two factors, are the same for all that matters. */
  function areClose(one, other) {
    return Math.abs(one - other) <= DISTANCE_TOLERANCE * Math.abs(other);
  }

  /** X in `np.gradient(Z, X, Y)`, where NumPy stops. */
  function sheetAmongSpacings({ node, spacings, isPlain }) {
    if (!isPlain || spacings.length !== 2) return null;
    const place = spacings.findIndex(({ isSquare }) => isSquare);
    return place === -1 ? null : node.args[place + 1];
  }

  /** Whether two distances are those of the grid, each for the other axis. */
  function areExchanged({ heights, spacings }) {
    const first = firstAxisOf(heights);
    const factors = [1 - first, first].map((coordinate, k) =>
      factorOf(heights, coordinate, spacings[k]),
    );
    return factors.every((factor) => factor !== null && areClose(factor, 1));
  }

  Object.assign(scripts, {
    DISTANCE_TOLERANCE,
    areClose,
    areExchanged,
    factorsKnown,
    factorsOfSlopes,
    isOfBoth,
    isSpacingRead,
    scaledCalls,
    sheetAmongSpacings,
    slopesDrawn,
  });
}
