/* Grids: the numbers along their axes, and the values over their points: heights,
   slopes and histograms. For each it is known which coordinate changes along the first
   axis of its array, as far as the walk has followed it. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { FLOAT, RANGE, SHEETS, POINT_SHEETS, UNKNOWN, WHOLE, COORDINATE } = scripts;
  const { arrayOf, axisFrom, axisSlope, heightsOver, sequenceOf, meshOf } = scripts;
  const { areEqual, isArray, isItems, isNumber, kindOfNumbers } = scripts;
  const { number, numberValue } = scripts;

  // How many numbers `linspace` gives by default.
  const USUAL_COUNT = numberValue(50, true);

  /* The numbers along an axis */

  function numberOf(value) {
    return isNumber(value) ? value.value : null;
  }

  /** What `np.arange` gives, with the kind of numbers asked for. */
  function arange(values, keywords, kind) {
    const bounds = [...values];
    if (keywords.has("step") && bounds.length > 0 && bounds.length < 3) {
      if (bounds.length === 1) bounds.unshift(numberValue(0, true)); // the start
      bounds.push(keywords.get("step"));
    }
    const axis = axisOfBounds(bounds);
    return arrayOf(RANGE, kind || kindOfNumbers(bounds), { axis });
  }

  /** What `np.linspace` gives: its numbers, and their spacing if asked for. */
  function linspace(node, values, keywords, kind) {
    const count = values.length > 2 ? values[2] : (keywords.get("num") ?? USUAL_COUNT);
    const hasBounds = values.length > 1 && !keywords.has("endpoint");
    const axis = hasBounds ? axisBetween(...values.slice(0, 2), count) : null;
    const length = hasBounds ? lengthBetween(...values) : null;
    const numbers = arrayOf(RANGE, kind || FLOAT, { axis, length, made: node });
    if (!keywords.has("retstep")) return numbers;
    return sequenceOf([numbers, numberValue(axis?.step ?? null, false)]);
  }

  /** This many numbers from the first to the last, as the axis that `arange` would give. */
  function axisBetween(...bounds) {
    const [first, last, many] = bounds.map(numberOf);
    if (first === null || last === null || many === null || many <= 1) return null;
    const step = (last - first) / (many - 1);
    return step ? axisFrom(first, last + step / 2, step) : null;
  }

  /** The numbers of `arange(stop)`, `arange(start, stop)`, or with a step. */
  function axisOfBounds(bounds) {
    const numbers = bounds.map(numberOf);
    if (numbers.includes(null) || numbers.length < 1 || numbers.length > 3) return null;
    if (numbers.length === 1) numbers.unshift(0);
    const [start, stop, step = 1] = numbers;
    return step ? axisFrom(start, stop, step) : null;
  }

  /** The numbers along one axis of `mgrid`: of `a:b:20j` there are twenty. */
  function axisOfMgrid(bounds, step) {
    if (step?.kind !== "complex" || bounds.length !== 3) return axisOfBounds(bounds);
    return axisBetween(bounds[0], bounds[1], numberValue(step.value, true));
  }

  function lengthBetween(...bounds) {
    const [first, last] = bounds.map(numberOf);
    return first === null || last === null ? null : Math.abs(last - first);
  }

  /** How many numbers an axis has, as NumPy counts them. */
  function countOf({ start, stop, step }) {
    return Math.ceil((stop - start) / step);
  }

  /** The distance from the first number of a range to the last; null if not known. */
  function lengthOf({ axis, length }) {
    if (!axis) return length;
    const count = countOf(axis);
    return count > 0 ? Math.abs(axis.step) * (count - 1) : null;
  }

  /** One number or every nth number of a range; null for any other part. */
  function partOfRange(array, index) {
    const { axis, kind, isMoved } = array;
    const place = number(index);
    if (place !== null && (kind === WHOLE || kind === FLOAT)) {
      const isKnown = axis && place >= 0 && !isMoved;
      const value = isKnown ? axis.start + place * axis.step : null;
      return numberValue(value, kind === WHOLE, { boundOf: array });
    }
    if (index.type !== "Slice") return null;
    const stride = index.step ? number(index.step) : 1;
    if (!index.lower && !index.upper && stride !== null && stride > 0) {
      const fewer = axis && { ...axis, step: axis.step * stride };
      return { ...array, axis: fewer, made: null, length: null };
    }
    return !index.step && isEdges(array) ? array : null;
  }

  /** Whether an array holds edges of a histogram, or some of them, or their middles. */
  function isEdges({ form, mesh }) {
    return form === RANGE && Boolean(mesh?.ranges.every((range) => range === null));
  }

  /** Edges of a histogram that are moved by a number, or their middles; else null. */
  function amongEdges(op, left, right) {
    const edges = [left, right].filter(isEdges);
    const hasNumber = isNumber(left) || isNumber(right);
    if (hasNumber) return edges[0] ?? null;
    return edges.length === 2 && op === "Add" && areEqual(left, right) ? left : null;
  }

  /** The numbers along one coordinate: `X[0]`, `X[:, 0]`; else null. */
  function lineOfSheet({ mesh, coordinate, kind, isMoved }, index) {
    if (!mesh || isMoved || coordinate === null) return null;
    const isPair = index.type === "Tuple" && index.elts.length === 2;
    const [first, second] = isPair ? index.elts : [index, null];
    const isLine =
      coordinate === mesh.firstAxis
        ? isPair && isAll(first) && number(second) !== null
        : (!isPair || isAll(second)) && number(first) !== null;
    const axis = mesh.ranges[coordinate]?.axis;
    return isLine ? arrayOf(RANGE, kind, { mesh, coordinate, axis }) : null;
  }

  function isAll({ type, lower, upper, step }) {
    return type === "Slice" && !lower && !upper && !step;
  }

  /** Which coordinate of a grid an array, or a bound of one, belongs to; else null. */
  function coordinateIn(mesh, value) {
    const array = value.boundOf ?? value;
    if (!isArray(array) || array.isMoved) return null;
    if (array.mesh === mesh) return array.coordinate;
    if (array.mesh && [0, 1].includes(array.coordinate)) {
      // A grid made from the numbers along this one, such as its edges.
      const numbers = array.mesh.ranges[array.coordinate];
      return numbers && coordinateIn(mesh, numbers);
    }
    if (!array.made) return null;
    const isMade = mesh.ranges.map((range) => range?.made === array.made);
    return isMade[0] !== isMade[1] ? isMade.indexOf(true) : null;
  }

  /** Whether a grid has the same numbers along both coordinates. */
  function areAlikeAlong({ ranges: [first, second] }) {
    if (!first || !second) return false;
    const isOne = first.made !== null && first.made === second.made;
    return isOne || (first.axis !== null && areEqual(first.axis, second.axis));
  }

  /** How a script can write the numbers along each coordinate, by its names; an empty text
      where no name stands for them. */
  function textsOfCoordinates(mesh, names) {
    return [0, 1].map((coordinate) => {
      const named = (isMet) =>
        [...names].filter(([, value]) => value && isMet(value)).map(([name]) => name);
      const ofRange = named((value) => value === mesh.ranges[coordinate]);
      if (ofRange.length) return ofRange.sort()[0];
      const ofSheet = named(
        (value) =>
          value.isSquare &&
          !value.isMoved &&
          value.mesh === mesh &&
          value.coordinate === coordinate,
      );
      const index = mesh.firstAxis === coordinate ? "[:, 0]" : "[0]";
      return ofSheet.length ? ofSheet.sort()[0] + index : "";
    });
  }

  /* What stands over the points */

  /** A value as heights over a grid, null if it is none; a coordinate of it is one, too. */
  function heightsOf(value) {
    if (value.is === "heights") return value;
    return value.isSquare && value.mesh ? heightsOver(value.mesh) : null;
  }

  /** The coordinate that changes along the first axis of heights. */
  function firstAxisOf({ mesh, isTurned }) {
    return isTurned ? 1 - mesh.firstAxis : mesh.firstAxis;
  }

  /** Heights over a grid, if these are square coordinates of one grid, else null. */
  function heightsFrom(arrays) {
    const [{ mesh }] = arrays;
    const areOfMesh = arrays.every((array) => array.isSquare && array.mesh === mesh);
    return mesh && areOfMesh ? heightsOver(mesh) : null;
  }

  /** The result of combining heights element by element with other values. */
  function combinedHeights(values) {
    const all = values.map(heightsOf);
    const heights = all.filter(Boolean);
    const [first] = heights;
    if (heights.some(({ isTurned }) => isTurned !== first.isTurned)) return UNKNOWN;
    const areNumbers = values.every((value, k) => all[k] || isNumber(value));
    const areOfGrid = heights.every(
      ({ mesh, isFollowed }) => isFollowed && mesh === first.mesh,
    );
    return { ...first, isFollowed: areOfGrid && areNumbers };
  }

  /** Heights over a grid, if a function receives its coordinates or heights, else
      null. */
  function heightsOfArguments(values) {
    const [first, ...others] = values.map(heightsBelow).filter(Boolean);
    if (!first) return null;
    const areAlike = others.every(
      ({ mesh, isTurned }) => mesh === first.mesh && isTurned === first.isTurned,
    );
    return areAlike ? { ...first, isFollowed: false } : null;
  }

  /** The values on the two axes of a grid, also those in a list. */
  function heightsBelow(value) {
    if (isItems(value)) return heightsOfArguments(value.values);
    const isPair = value.form === SHEETS || value.form === POINT_SHEETS;
    if (isPair && value.mesh) return heightsOver(value.mesh);
    return heightsOf(value);
  }

  /** The heights of a histogram, and its edges, which `histogramdd` has in a list. */
  function histogram(node, isInList) {
    const mesh = meshOf(node, 0, [null, null]);
    const edges = [0, 1].map((coordinate) =>
      arrayOf(RANGE, FLOAT, { mesh, coordinate }),
    );
    return sequenceOf([heightsOver(mesh), ...(isInList ? [sequenceOf(edges)] : edges)]);
  }

  /** The arrays of a grid, one for each coordinate. */
  function coordinatesOf(mesh, kinds) {
    return sequenceOf(
      kinds.map((kind, coordinate) =>
        arrayOf(COORDINATE, kind, { mesh, coordinate, isSquare: true }),
      ),
    );
  }

  /** The slopes that `np.gradient` gives: along the first axis first. */
  function gradientOfHeights(node, heights) {
    const hasAxis = node.keywords.some(({ arg }) => arg === "axis");
    if (heights.is !== "heights" || !heights.isFollowed || hasAxis) return UNKNOWN;
    const first = firstAxisOf(heights);
    return sequenceOf([first, 1 - first].map((each) => axisSlope(heights, each, node)));
  }

  Object.assign(scripts, {
    arange,
    linspace,
    axisOfMgrid,
    countOf,
    lengthOf,
    partOfRange,
    amongEdges,
    lineOfSheet,
    coordinateIn,
    areAlikeAlong,
    textsOfCoordinates,
    heightsOf,
    firstAxisOf,
    heightsFrom,
    combinedHeights,
    heightsOfArguments,
    histogram,
    coordinatesOf,
    gradientOfHeights,
  });
}
