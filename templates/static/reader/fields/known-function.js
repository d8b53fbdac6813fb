/* Known function: what takes a candidate's place when a script is carried out again.
   Central differences give its slopes exactly, and they have both signs. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { ifFollowed } = scripts;
  const { areNumbersAlike } = scripts.fields;
  const { Abandoned, isUnknown } = scripts.wholeRuns;
  const { ELLIPSIS, SmallArray, Tuple } = scripts.small;
  const { areSameShape, isAnyNumber, smallArrayOf } = scripts.small;
  const { OPAQUE } = scripts.values;
  const { combined } = scripts.operators;

  /** x² + 3y² + xy + 2x - 5y, of numbers or arrays. */
  function knownValue(x, y) {
    const plus = (one, other) => combined("Add", one, other);
    const times = (one, other) => combined("Mult", one, other);
    const ofX = times(x, plus(plus(x, y), 2n));
    const ofY = times(y, combined("Sub", times(y, 3n), 5n));
    return plus(ofX, ofY);
  }

  /** Its slopes. */
  const knownSlopes = ([x, y]) => [2 * x + y + 2, 6 * y + x - 5];

  /** The known function, as one of one array or of two numbers or arrays. Several are
      told apart by their shift: the first coordinate is that much larger. */
  function knownInstead(count, shift) {
    const valueAt = (x, y) => knownValue(combined("Add", x, shift), y);
    return (given, own) => {
      if (given.length < count) throw new Abandoned(); // a coordinate is passed by name
      if (given.some(isUnknown)) return OPAQUE;
      if (count === 2) return valueAt(given[0], given[1]);
      const points = smallArrayOf(given[0]);
      const shape = own instanceof SmallArray ? own.shape : [];
      const isOne = areSameShape(points.shape, [2]);
      const isByRows = areSameShape(points.shape, [...shape, 2]);
      const isByColumns = areSameShape(points.shape, [2, ...shape]);
      // It is unknown what a point is.
      if (isByRows === isByColumns && !isOne) throw new Abandoned();
      const part = (k) =>
        points.part(isOne || isByColumns ? k : new Tuple([ELLIPSIS, k]));
      return valueAt(part(0n), part(1n));
    };
  }

  /** Whether a routine returned the slopes, or one of them, of the known function. */
  function returnsKnownSlopes(call) {
    const result = ifFollowed(() => smallArrayOf(call.result));
    if (!result) return false;
    const given = call.given.filter((each) => each instanceof SmallArray);
    const numbers = call.given.filter(isAnyNumber);
    const arrays = (given.length ? given : numbers).map((each) => smallArrayOf(each));
    const [xs, ys] = arrays;
    const isAlike = arrays.length > 0 && areSameShape(xs.shape, result.shape);
    if (isAlike && areSlopes(result, xs)) return true;
    if (arrays.length < 2 || !areSameShape(xs.shape, ys.shape)) return false;
    const others = ys.entries().map(Number);
    const slopes = xs.entries().map((x, k) => knownSlopes([Number(x), others[k]]));
    const alongAxes = [0, 1].map((axis) => slopes.map((slope) => slope[axis]));
    const entries = result.entries();
    if (areSameShape(result.shape, [2, ...xs.shape])) {
      return areNumbersAlike(entries, alongAxes.flat());
    }
    const isOfOne = areSameShape(result.shape, xs.shape);
    return isOfOne && alongAxes.some((along) => areNumbersAlike(entries, along));
  }

  /** Whether numbers are the slopes at points, one a row, else one a column. */
  function areSlopes(result, points) {
    const ways = [
      [points, result],
      [points.transposed(), result.transposed()],
    ];
    const way = ways.find(([given]) => given.shape.at(-1) === 2);
    if (!way) return false;
    const numbers = way[0].entries().map(Number);
    const exact = numbers.flatMap((x, k) =>
      k % 2 ? [] : knownSlopes([x, numbers[k + 1]]),
    );
    return areNumbersAlike(way[1].entries(), exact);
  }

  Object.assign(scripts.fields, { knownInstead, knownSlopes, returnsKnownSlopes });
}
