/* Parts: what an index, or an assignment to several names, takes from a value. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { COLUMN, COORDINATE, COORDINATES, ONE_POINT, OTHER, POINTS, RANGE } = scripts;
  const { SHEETS, WHOLE } = scripts;
  const { arrayOf, isArray, isItems, lineOfSheet, meaning, number } = scripts;
  const { numberValue, partOfRange, slopesPart, unknownPart } = scripts;

  /** What each of several names gets from a value: `X, Y = value`. */
  function unpacked(value, count) {
    if (isItems(value) && value.values.length === count) return value.values;
    if (value.is === "slopes") {
      const part = value.isTurned ? "columns" : "rows";
      return Array.from({ length: count }, (_, k) =>
        slopesPart(value.call, part, k, value.sign),
      );
    }
    if (isArray(value) && value.form === SHEETS && count === 2) {
      return [0, 1].map((coordinate) => sheetOf(value, coordinate));
    }
    if (isArray(value) && value.form === COORDINATES && count === 2) {
      return [0, 1].map((coordinate) => ({ ...value, form: COORDINATE, coordinate }));
    }
    return Array(count).fill(unknownPart(value));
  }

  /** Which part of a routine's result an index takes. */
  function partOfSlopes(slopes, index) {
    const { call, isTurned, sign } = slopes;
    const alongFirst = isTurned ? "columns" : "rows";
    const alongSecond = isTurned ? "rows" : "columns";
    const part = (along, place) => slopesPart(call, along, Math.abs(place) % 2, sign);
    if (number(index) !== null) return part(alongFirst, number(index));
    if (index.type === "Tuple" && index.elts.length === 2) {
      const [first, second] = index.elts;
      if (first.type === "Slice" && number(second) !== null) {
        return part(alongSecond, number(second));
      }
      if (second.type === "Slice" && number(first) !== null) {
        return part(alongFirst, number(first));
      }
    }
    return unknownPart(slopes);
  }

  /** One coordinate, one point, or a column of an array. */
  function partOfArray(array, index, imports) {
    const { form, kind, mesh, made } = array;
    if (form === RANGE || array.isSquare) {
      const read = form === RANGE ? partOfRange : lineOfSheet;
      return read(array, index) ?? arrayOf(OTHER, kind, { made });
    }
    const place = number(index);
    let part = null;
    if (place !== null) part = itemAt(array, place);
    else if (index.type === "Tuple" && index.elts.length === 2) {
      part = columnOf(array, index.elts, imports);
    }
    return part ?? arrayOf(OTHER, kind, { mesh, made });
  }

  /** What `x[0]` takes from an array, null if that is not known. */
  function itemAt(array, place) {
    const { form, kind, mesh, made, dimension } = array;
    const isFirstOrSecond = place === 0 || place === 1;
    if (form === SHEETS) return isFirstOrSecond ? sheetOf(array, place) : null;
    if (form === COORDINATES) {
      return { ...array, form: COORDINATE, coordinate: Math.trunc(place) };
    }
    if (form === POINTS) return arrayOf(ONE_POINT, kind, { made, dimension });
    if (form !== ONE_POINT || !mesh || !kind) return null;
    const coordinate = isFirstOrSecond && !array.isMoved ? place : null;
    return numberValue(null, kind === WHOLE, { mesh, coordinate });
  }

  /** What `x[:, np.newaxis]` or `points[:, 0]` takes from an array, null if it is
      neither. */
  function columnOf(array, [first, second], imports) {
    const { form, kind, made } = array;
    if (first.type !== "Slice" || first.lower !== null) return null;
    if (form === ONE_POINT && isNewAxis(second, imports)) {
      return arrayOf(COLUMN, kind, { made });
    }
    const column = number(second);
    if (form !== POINTS || column === null) return null;
    return { ...array, form: COORDINATE, coordinate: Math.trunc(column) };
  }

  function isNewAxis(node, imports) {
    const isNone = node.type === "Constant" && node.kind === "None";
    return isNone || meaning(node, imports) === "numpy.newaxis";
  }

  /** One coordinate of a grid, on its two axes. */
  function sheetOf(array, coordinate) {
    return { ...array, form: COORDINATE, coordinate, isSquare: true };
  }

  Object.assign(scripts.walk, { unpacked, partOfSlopes, partOfArray });
}
