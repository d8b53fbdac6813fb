/* About x: whether an expression is x, or says how x is shaped; and loops over x. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { spellings, meaning, number, plainText } = scripts;
  const { EACH, INDEX, LENGTH, TWO_NUMBERS, X, refuse } = spellings;

  function isAttribute(node, attr) {
    return node.type === "Attribute" && node.attr === attr;
  }

  function isX(speller, node, values) {
    return speller.valueIfAny(node, values) === X;
  }

  function isLength(speller, node, values) {
    return speller.valueIfAny(node, values) === LENGTH;
  }

  /** Whether this is `x.ndim`, `np.ndim(x)` or `len(x.shape)`. */
  function isNdim(speller, node, values) {
    if (isAttribute(node, "ndim")) return isX(speller, node.value, values);
    if (node.type !== "Call" || node.args.length !== 1) return false;
    const name = meaning(node.func, speller.imports);
    const [argument] = node.args;
    if (name === "numpy.ndim") return isX(speller, argument, values);
    if (name !== "len" || !isAttribute(argument, "shape")) return false;
    return isX(speller, argument.value, values);
  }

  /* Tests */

  function isAboutShape(speller, test, values) {
    return holdsForOnePoint(speller, test, values) !== null;
  }

  /** Whether a test of how x is shaped holds for one point. */
  function isForOnePoint(speller, test, values) {
    speller.takesOnePoint = true;
    return holdsForOnePoint(speller, test, values);
  }

  /** The same; null for another test. */
  function holdsForOnePoint(speller, test, values) {
    if (test.type !== "Compare" || test.ops.length !== 1) return null;
    if (!isNdim(speller, test.left, values)) return null;
    const dimensions = number(test.comparators[0]);
    if (dimensions === null) return null;
    const outcomes = {
      Eq: dimensions === 1,
      NotEq: dimensions !== 1,
      Lt: dimensions > 1,
      LtE: dimensions >= 1,
      Gt: dimensions < 1,
      GtE: dimensions <= 1,
    };
    return outcomes[test.ops[0]] ?? null;
  }

  /** Read an assertion about x: it is a demand, or says nothing. */
  function followAssertion(speller, statement, test, values) {
    if (holdsForOnePoint(speller, test, values)) return;
    if (demandsTwoNumbers(speller, test, values)) speller.demands.add(TWO_NUMBERS);
    else if (!isEquality(test) || !isAttribute(test.left, "dtype")) {
      refuse("assertion", statement);
    }
  }

  /** Whether this is `x.shape == (2,)` or `len(x) == 2`. */
  function demandsTwoNumbers(speller, test, values) {
    if (!isEquality(test)) return false;
    const { left } = test;
    const wanted = plainText(test.comparators[0]);
    if (wanted === "2") return isLength(speller, left, values);
    if (wanted !== "(2,)" || !isAttribute(left, "shape")) return false;
    return isX(speller, left.value, values);
  }

  function isEquality({ type, ops }) {
    return type === "Compare" && ops.length === 1 && ops[0] === "Eq";
  }

  /* Loops */

  /** What the names of a loop over x stand for: x, for all its entries. An index stands
      for itself, and x[index] for x. */
  function elementsOf(speller, target, iterable, values) {
    if (target.type === "Name" && isX(speller, iterable, values)) {
      return new Map([[target.id, EACH]]);
    }
    if (target.type === "Name" && isRangeOfX(speller, iterable, values)) {
      return new Map([[target.id, INDEX]]);
    }
    return refuse("loop-range", iterable);
  }

  function isRangeOfX(speller, node, values) {
    if (node.type !== "Call" || meaning(node.func, new Map()) !== "range") return false;
    return node.args.length === 1 && isLength(speller, node.args[0], values);
  }

  Object.assign(spellings, {
    elementsOf,
    followAssertion,
    isAboutShape,
    isAttribute,
    isForOnePoint,
    isX,
  });
}
