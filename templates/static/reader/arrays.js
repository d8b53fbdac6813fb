/* Arrays: what can be known about the arrays of a script without running it: the kind
   of its numbers, and whether a row of it is a point, a coordinate, or neither.
   Whatever is not known is null or OTHER, and nothing is concluded from it.

   The `is` of a value says what it is; a value never changes. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;

  // Kinds of numbers; an empty text is an unknown kind.
  const WHOLE = "whole";
  const FLOAT = "float";
  const LOW = vocabulary.arrays.low; // too few digits for a small step, the widest first

  // Forms of arrays.
  const RANGE = "range"; // numbers along one axis
  const COORDINATE = "coordinate"; // one coordinate of all points of a grid
  const COORDINATES = "coordinates"; // a row for each coordinate
  const POINTS = "points"; // a row for each point
  const ONE_POINT = "point"; // the coordinates of a single point
  const COLUMN = "column"; // the same, upright: shape (n, 1)
  const SHEETS = "sheets"; // a grid of numbers for each coordinate: shape (2, m, n)
  const TURNED_SHEETS = "turned sheets"; // the same, turned: shape (n, m, 2)
  const POINT_SHEETS = "sheets of points"; // a point for each place: shape (m, n, 2)
  const TABLE = "table"; // rows of two numbers, each perhaps a point: shape (n, 2)
  const RESHAPED = "reshaped"; // coordinates in pairs of neighbours: reshape(-1, 2)
  const OTHER = "other";

  // What was computed from the result of a routine: new numbers.
  const ENTRY = "entry";

  /** A value about which nothing is known. */
  const UNKNOWN = { is: "unknown", owners: [] };
  const IMPORTED = { is: "imported" }; // what an imported name stands for

  /** What `range` gives: whole numbers, not an array. */
  const RANGE_OF_NUMBERS = { is: "range" };

  /** What NumPy's `default_rng` gives: its methods give random numbers. */
  const GENERATOR = { is: "generator" };

  /** A number, if its value is known, and whether it is a whole one; the array of which
      it is an entry, or the least or the largest one. For one coordinate of each point
      of a grid, also which grid, and which coordinate; a number computed from one has
      only the grid. */
  function numberValue(value, isWhole, about = {}) {
    const { boundOf = null, mesh = null, coordinate = null } = about;
    return { is: "number", value, isWhole, boundOf, mesh, coordinate };
  }

  /** What gives values in turn, each of them like this one: `zip(X, Y)`. */
  function eachOf(item) {
    return { is: "each", item };
  }

  /** Numbers from a start up to, but without, a stop. */
  function axisFrom(start, stop, step) {
    return { is: "axis", start, stop, step };
  }

  /** A grid: the node that makes it; which coordinate changes along the first axis of its
      arrays; and the numbers along each coordinate, null where they are not known. Two
      grids are never the same. */
  function meshOf(node, firstAxis, values) {
    const ranges = values.map((value) => (isArray(value) ? value : null));
    return { node, firstAxis, ranges };
  }

  /** An array: its form, the kind of its numbers; the axis of a range; the grid of
      points and coordinates, and which coordinate of it; whether a coordinate still has
      the two axes of its grid; whether its numbers differ from those of its grid, or
      are in another order; and `made`, the expression that gave its numbers their kind:
      a mend there is a mend everywhere. */
  function arrayOf(
    form,
    kind,
    { axis, mesh, coordinate, isSquare, isMoved, made, length, dimension } = {},
  ) {
    return {
      is: "array",
      form,
      kind,
      axis: axis ?? null,
      mesh: mesh ?? null,
      coordinate: coordinate ?? null,
      isSquare: isSquare ?? false,
      isMoved: isMoved ?? false,
      made: made ?? null,
      length: length ?? null, // the distance from the first number to the last
      dimension: dimension ?? null, // of points: how many coordinates each has
    };
  }

  /** A function of the script: where it is defined, without the first parameter of a
      method; its name; and for a method, how it is defined, and the object that it
      belongs to. */
  function functionValue(node, name, method = null, receiver = null) {
    return { is: "function", node, name, method, receiver };
  }

  /** A class of the script, and the meanings of the names in it. */
  function classValue(node, names) {
    return { is: "class", node, names };
  }

  /** An object of such a class, and what its own attributes are so far. */
  function instanceOf(owner) {
    return { is: "instance", of: owner, attributes: new Map() };
  }

  /** What the call `node` of `jax.grad` makes of f, and what it takes an array for. */
  function derivativeOf(node, f, takes) {
    return { is: "derivative", node, f, takes };
  }

  /** The values of a function over a grid, on the two axes of its arrays, or the count
      at each of its places; whether they have been transposed since; and whether all of
      their computation was followed, so that each is in its place. */
  function heightsOver(mesh) {
    return { is: "heights", mesh, isTurned: false, isFollowed: true };
  }

  /** A slope that `np.gradient` gives: along which coordinate, with which sign, whether
      it is in a transposed array of the grid, and whether it was multiplied or divided
      since: by a spacing, perhaps. */
  function axisSlope({ mesh, isTurned }, coordinate, call) {
    const slope = { is: "axis-slope", mesh, coordinate, call, sign: 1 };
    return { ...slope, isTurned, isScaled: false };
  }

  /** A call of a gradient routine, and how its result is taken apart, as the routine
      returns it: by rows or by columns; and whether slopes with a minus get another. */
  function gradientCall(node) {
    return { node, uses: new Set(), hasTwoMinuses: false };
  }

  /** The result of a gradient routine, whether it has been turned since, and its sign. */
  function slopesOf(call) {
    return { is: "slopes", call, isTurned: false, sign: 1 };
  }

  /** A row or a column of the result of a routine, as the routine returns it, or an entry,
      if it is not known which; which of the two slopes it is, if that is known; and its
      sign, -1 if it points downhill. */
  function slopesPart(call, part, index = null, sign = 1) {
    return { is: "slopes-part", call, part, index, sign };
  }

  /** All that changes if the numbers of these values are changed in place: grids, the
      expressions that made arrays, calls of routines. */
  function ownersOf(...values) {
    return values.flatMap((value) => {
      if (isArray(value)) return [value.mesh, value.made].filter(Boolean);
      if (value?.part === ENTRY) return [];
      if (isOfSlopes(value)) return [value.call];
      if (value?.is === "items") return ownersOf(...value.values);
      return value?.is === "each" ? ownersOf(value.item) : (value?.owners ?? []);
    });
  }

  /** What may be a part of some values; nothing more is known about it. */
  function unknownPart(...values) {
    const owners = [...new Set(ownersOf(...values))];
    return owners.length ? { is: "unknown", owners } : computedOf(...values);
  }

  /** What may be computed from some values; nothing more is known about it. */
  function computedOf(...values) {
    const isCall = (owner) => owner?.uses;
    const calls = values.flatMap((value) => [value?.call, ...ownersOf(value)]);
    return calls.some(isCall) ? slopesPart(calls.find(isCall), ENTRY) : UNKNOWN;
  }

  function isOfSlopes(value) {
    return isOfRoutine(value) || value?.is === "axis-slope";
  }

  function isOfRoutine(value) {
    return value?.is === "slopes" || value?.is === "slopes-part";
  }

  function isNumber(value) {
    return value.is === "number";
  }

  function isItems(value) {
    return value.is === "items";
  }

  function isArray(value) {
    return value?.is === "array";
  }

  /** The values of a tuple or a list, how many there are, and how deep they are nested;
      and whether it is a list, which can be changed. */
  function sequenceOf(values, isList = false) {
    const inner = values.filter(isItems);
    const size = inner.reduce((total, items) => total + items.size, values.length);
    const levels = 1 + Math.max(0, ...inner.map((items) => items.levels));
    const { most_items: mostItems, most_levels: mostLevels } = vocabulary.arrays;
    if (size > mostItems || levels > mostLevels) return unknownPart(...values);
    return { is: "items", values, size, levels, isList };
  }

  /** Whether two values say the same, wherever they are made. Nodes, grids and calls
      must be identical. */
  function areEqual(a, b) {
    if (a === b) return true;
    if (Array.isArray(a) && Array.isArray(b)) {
      return a.length === b.length && a.every((item, k) => areEqual(item, b[k]));
    }
    if (!a?.is || a.is !== b?.is) return false;
    const ignored = ["made", "isCopy", "owners", "boundOf"];
    const names = Object.keys(a).filter((name) => !ignored.includes(name));
    return names.every((name) => areEqual(a[name], b[name]));
  }

  /** Whether this is a single point that belongs to no grid. */
  function isOnePoint(value) {
    return isArray(value) && value.form === ONE_POINT && value.mesh === null;
  }

  /** An array, as one whose numbers differ from those of its grid. */
  function moved(value) {
    return isArray(value) ? { ...value, isMoved: true } : value;
  }

  function withoutNumbers(value) {
    if (isNumber(value)) return numberValue(null, value.isWhole, { mesh: value.mesh });
    if (isArray(value)) return { ...value, axis: null, length: null, dimension: null };
    if (isItems(value)) return { ...value, values: value.values.map(withoutNumbers) };
    return value;
  }

  /** The kind of an array made of these. */
  function kindOfNumbers(values) {
    const kinds = new Set(values.map(kindOfNumber));
    if (kinds.has("") || !kinds.size) return "";
    return [FLOAT, ...LOW].find((kind) => kinds.has(kind)) ?? WHOLE;
  }

  function kindOfNumber(value) {
    if (isNumber(value)) return value.isWhole ? WHOLE : FLOAT;
    if (isArray(value)) return value.kind;
    return isItems(value) ? kindOfNumbers(value.values) : "";
  }

  /** Whether numbers of a kind are too short for a step; the book's is not named. */
  function hasTooFewDigits(kind, step) {
    if (!LOW.includes(kind)) return false;
    const sufficient = vocabulary.findings.sufficient_steps[kind];
    return step === null || sufficient === undefined || step < sufficient;
  }

  /** The array that `np.array` makes of a list, with the kind of numbers that is asked for,
      if one is. Each item becomes a row, or a column, as in `np.column_stack`. */
  function stacked({ values }, askedFor, rowsAreItems = true) {
    const kind = askedFor || kindOfNumbers(values);
    if (values.length && values.every(isNumber)) return pointOf(values, kind);
    if (areCoordinates(values)) {
      const form = rowsAreItems ? COORDINATES : POINTS;
      const isMoved = values.some(
        (value, k) => value.isMoved || value.coordinate !== k,
      );
      const dimension = values.length;
      return arrayOf(form, kind, { mesh: values[0].mesh, isMoved, dimension });
    }
    if (areColumns(values)) return arrayOf(COLUMN, kind, { dimension: values.length });
    if (rowsAreItems && arePairs(values)) return arrayOf(TABLE, kind, { dimension: 2 });
    return arrayOf(OTHER, kind);
  }

  /** The array of some numbers: one for each point of a grid, if they belong to a
      grid. */
  function pointOf(numbers, kind) {
    const mesh = numbers.find((each) => each.mesh)?.mesh;
    const isInPlace = (each, k) => each.mesh === mesh && each.coordinate === k;
    const isMoved = mesh && !numbers.every(isInPlace);
    return arrayOf(ONE_POINT, kind, { mesh, isMoved, dimension: numbers.length });
  }

  /** What a loop over a value gives each time. */
  function itemOf(value) {
    if (value.is === "each") return value.item;
    if (value === RANGE_OF_NUMBERS) return numberValue(null, true);
    if (isItems(value)) return commonItem(value);
    if (!isArray(value)) return unknownPart(value);
    const { form, kind, mesh, isMoved, isSquare } = value;
    if (form === POINTS || form === TABLE) return { ...value, form: ONE_POINT };
    if (form === COORDINATES) return { ...value, form: OTHER };
    if (form !== COORDINATE || isSquare || !kind) return unknownPart(value);
    const coordinate = isMoved ? null : value.coordinate;
    return numberValue(null, kind === WHOLE, { mesh, coordinate });
  }

  /** What all items are, if they are numbers, or points, of one kind. */
  function commonItem(items) {
    if (!kindOfNumbers(items.values) || ownersOf(items).length)
      return unknownPart(items);
    const [first, ...others] = items.values.map(withoutNumbers);
    return others.every((other) => areEqual(other, first)) ? first : UNKNOWN;
  }

  /** Whether these are the coordinates of all points of a grid, each in one row. */
  function areCoordinates(values) {
    if (values.length < 2) return false;
    return values.every(
      (value) =>
        isArray(value) &&
        value.form === COORDINATE &&
        !value.isSquare &&
        value.mesh === values[0].mesh,
    );
  }

  /** Whether these are lists of one number each, at least two of them. */
  /** Whether these are lists of two numbers each, of no grid. */
  function arePairs(values) {
    const isPair = (value) =>
      isItems(value) &&
      value.values.length === 2 &&
      value.values.every((each) => isNumber(each) && !each.mesh);
    return values.length > 0 && values.every(isPair);
  }

  function areColumns(values) {
    if (values.length < 2) return false;
    return values.every(
      (value) =>
        isItems(value) && value.values.length === 1 && isNumber(value.values[0]),
    );
  }

  /** What `.T` makes of a value. */
  function transposed(value) {
    if ("isTurned" in value) return { ...value, isTurned: !value.isTurned };
    if (!isArray(value)) return unknownPart(value);
    const turned = {
      [COORDINATES]: POINTS,
      [POINTS]: COORDINATES,
      [COLUMN]: OTHER,
      [TABLE]: OTHER,
      [SHEETS]: TURNED_SHEETS,
      [TURNED_SHEETS]: SHEETS,
      [RESHAPED]: OTHER,
    };
    const form = turned[value.form] ?? value.form;
    const isMoved = value.isMoved || value.isSquare;
    return { ...value, form, isSquare: false, isMoved };
  }

  Object.assign(scripts, {
    WHOLE,
    FLOAT,
    RANGE,
    COORDINATE,
    COORDINATES,
    POINTS,
    ONE_POINT,
    COLUMN,
    SHEETS,
    TURNED_SHEETS,
    TABLE,
    RESHAPED,
    POINT_SHEETS,
    OTHER,
    ENTRY,
    UNKNOWN,
    ownersOf,
    unknownPart,
    computedOf,
    isOfSlopes,
    isOfRoutine,
    RANGE_OF_NUMBERS,
    GENERATOR,
    IMPORTED,
    numberValue,
    eachOf,
    itemOf,
    axisFrom,
    meshOf,
    arrayOf,
    functionValue,
    classValue,
    derivativeOf,
    instanceOf,
    heightsOver,
    axisSlope,
    gradientCall,
    slopesOf,
    slopesPart,
    isNumber,
    isItems,
    isArray,
    isOnePoint,
    sequenceOf,
    areEqual,
    withoutNumbers,
    moved,
    kindOfNumbers,
    hasTooFewDigits,
    stacked,
    transposed,
  });
}
