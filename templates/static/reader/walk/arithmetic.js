/* Arithmetic: the results of operators. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { ENTRY, FLOAT, ONE_POINT, OTHER, TABLE, UNKNOWN, WHOLE } = scripts;
  const { amongEdges, arrayOf, combinedHeights, computedOf, heightsFrom } = scripts;
  const { isArray, isNumber, isOfRoutine, isOfSlopes, kindOfNumbers, moved } = scripts;
  const { isOnePoint, numberValue } = scripts;

  /** The result of an operator on two values. */
  function combined(op, left, right) {
    if (isNumber(left) && isNumber(right)) return computed(op, left, right);
    const slopes = combinedWithSlopes(op, left, right);
    if (slopes) return slopes;
    const values = [left, right];
    if (values.some(({ is }) => is === "heights")) return combinedHeights(values);
    const hasArray = values.some(isArray);
    return hasArray ? combinedWithArray(op, left, right) : computedOf(...values);
  }

  /** The result for slopes and another value, null if neither is slopes. */
  function combinedWithSlopes(op, left, right) {
    noteGrid(left, right);
    noteGrid(right, left);
    if (op === "Add" || op === "Sub") {
      const [first, second] = isArray(left) ? [left, right] : [right, left];
      const areSlopes = second.is === "slopes" || second.part === ENTRY;
      if (isArray(first) && areSlopes) return afterStep(first);
    }
    if (isOfSlopes(left)) return multipleOf(left, op, right);
    if (!isOfSlopes(right)) return null;
    return op === "Div" ? computedOf(right) : multipleOf(right, op, left);
  }

  /** Note that slopes are multiplied with a grid, or added to one. */
  function noteGrid(slopes, other) {
    if (!isOfRoutine(slopes) || !isArray(other)) return;
    // One slope by itself is multiplied with `X - p[0]`, whose grid is not kept.
    const isOneSlope = slopes.is === "slopes-part" && slopes.index !== null;
    const isRest = isOneSlope && [OTHER, TABLE].includes(other.form);
    if (other.mesh || isRest) slopes.call.meetsGrid = true;
  }

  /** The result for two arrays, or for an array and another value. */
  function combinedWithArray(op, left, right) {
    const edges = amongEdges(op, left, right);
    if (edges) return edges;
    const kindOfBoth = kindOfNumbers([left, right]);
    const kind = op === "Div" && kindOfBoth === WHOLE ? FLOAT : kindOfBoth;
    const arrays = [left, right].filter(isArray);
    if (arrays.length === 2) {
      const form = arrays.every(isOnePoint) ? ONE_POINT : OTHER;
      return heightsFrom(arrays) ?? arrayOf(form, kind);
    }
    const [array] = arrays;
    const isFloatNow = kind === FLOAT && array.kind === WHOLE;
    const made = isFloatNow ? null : array.made;
    return { ...array, kind, isMoved: true, made, axis: null, length: null };
  }

  /** What is still known of an array once slopes have been added to it. */
  function afterStep(array) {
    const kind = array.kind === WHOLE ? FLOAT : array.kind;
    return { ...array, kind, axis: null, made: null, isMoved: true };
  }

  /** What is known of slopes after an operation, such as -1 times them. */
  function multipleOf(slopes, op, other) {
    const isMultiple = op === "Mult" || op === "Div";
    const factor = isNumber(other) ? other.value : null;
    const isOne = factor === 1 || factor === -1;
    const sign = factor < 0 ? -slopes.sign : slopes.sign;
    if (slopes.is === "axis-slope") {
      const isScaled = slopes.isScaled || !isOne;
      const isKnown = isMultiple && factor !== null;
      return isKnown ? { ...slopes, sign, isScaled } : UNKNOWN;
    }
    return isMultiple && isOne ? { ...slopes, sign } : computedOf(slopes);
  }

  /** The result of an operator on two numbers, if it is easy to tell. */
  function computed(op, left, right) {
    const areWhole = left.isWhole && right.isWhole;
    const isPower = op === "Pow" && areWhole;
    if (isPower && right.value === null) return UNKNOWN;
    const isFraction = op === "Div" || (isPower && right.value < 0); // such as 2**-2
    const isWhole = areWhole && !isFraction;
    const boundOf = left.boundOf ?? right.boundOf;
    if (left.value === null || right.value === null) {
      const mesh = left.mesh ?? right.mesh;
      return numberValue(null, isWhole, { boundOf, mesh });
    }
    const results = {
      Add: left.value + right.value,
      Sub: left.value - right.value,
      Mult: left.value * right.value,
      Div: left.value / right.value,
    };
    const value = results[op];
    return numberValue(Number.isFinite(value) ? value : null, isWhole, { boundOf });
  }

  /** A value with a sign before it. */
  function signed(op, operand) {
    if (isArray(operand)) return op === "UAdd" ? operand : moved(operand);
    if (isOfSlopes(operand) && op === "USub") {
      if (isOfRoutine(operand) && operand.sign < 0) operand.call.hasTwoMinuses = true;
      return { ...operand, sign: -operand.sign };
    }
    if (!isNumber(operand) || op !== "USub") return operand;
    const { value, isWhole, mesh } = operand;
    return numberValue(value === null ? null : -value, isWhole, { mesh });
  }

  Object.assign(scripts.walk, { combined, signed });
}
