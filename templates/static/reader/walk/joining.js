/* Joining: the results of `np.array`, `np.stack` and the like for a list. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { FLOAT, ONE_POINT, OTHER, POINTS, POINT_SHEETS, RANGE, RANGE_OF_NUMBERS } =
    scripts;
  const { SHEETS, WHOLE } = scripts;
  const { arrayOf, isArray, isItems, isToldToShare, kindOfNumbers, number, stacked } =
    scripts;
  const { unknownPart } = scripts;
  const { keywordOf } = scripts.walk;
  const words = vocabulary.walk;

  /** The array joined from a list: as rows, or as columns. */
  function joined(name, node, first, kind) {
    if (isArray(first)) {
      const isSame = !kind || givesSameArray(name, node, first, kind);
      return { ...first, kind: kind || first.kind, made: isSame ? first.made : null };
    }
    if (first === RANGE_OF_NUMBERS) return arrayOf(RANGE, kind || WHOLE);
    const axis = axisOfJoining(name, node);
    if (first.is === "each" && axis === 0) return stackedEach(first.item, kind);
    if (!isItems(first) || axis === null) return unknownPart(first);
    const areColumns = words.joins_columns.includes(name) || axis === 1 || axis === -1;
    const hasSquare = first.values.some((value) => isArray(value) && value.isSquare);
    if (hasSquare) return joinedSheets(name, first, kind, axis);
    // Of flat coordinates it makes (1, n, 2): all points, in a table of one row.
    if (name === "dstack") return arrayOf(OTHER, kind || kindOfNumbers(first.values));
    return stacked(first, kind, !areColumns);
  }

  /** Whether a call gives the very array that it is given, if that holds floats. */
  function givesSameArray(name, node, array, kind) {
    const shares = name === "asarray" || isToldToShare(node);
    return shares && kind === FLOAT && ["", FLOAT].includes(array.kind);
  }

  /** The axis along which items are joined, null if it is not written out. Only
      `np.stack` is asked for one. */
  function axisOfJoining(name, node) {
    if (name !== "stack") return 0;
    const axis = node.args[1] ?? keywordOf(node, "axis");
    return axis ? number(axis) : 0;
  }

  /** What `np.array` makes of values that are like this one. */
  function stackedEach(item, kind) {
    const point = isItems(item) ? stacked(item, kind) : item;
    if (isArray(point) && point.form === ONE_POINT) {
      return { ...point, form: POINTS, kind: kind || point.kind, made: null };
    }
    return arrayOf(OTHER, kind || kindOfNumbers([item]));
  }

  /** The array joined from coordinates that are not flattened. */
  function joinedSheets(name, items, kind, axis) {
    const whole = pairOfSheets(items, kind);
    const isAlongLast =
      name === "dstack" || (name === "stack" && [-1, 2].includes(axis));
    if (isAlongLast && whole.form === SHEETS) return { ...whole, form: POINT_SHEETS };
    const isAlongFirst =
      name === "array" || name === "asarray" || (name === "stack" && axis === 0);
    return isAlongFirst ? whole : arrayOf(OTHER, whole.kind);
  }

  /** What `np.array` makes of coordinates that are not flattened. */
  function pairOfSheets({ values }, askedFor) {
    const kind = askedFor || kindOfNumbers(values);
    const { mesh } = values.find(isArray);
    const areBoth =
      values.length === 2 &&
      values.every(
        (value, k) =>
          isArray(value) &&
          value.isSquare &&
          value.mesh === mesh &&
          value.coordinate === k,
      );
    const isMoved = values.some((value) => value.isMoved);
    return areBoth ? arrayOf(SHEETS, kind, { mesh, isMoved }) : arrayOf(OTHER, kind);
  }

  Object.assign(scripts.walk, { axisOfJoining, givesSameArray, joined });
}
