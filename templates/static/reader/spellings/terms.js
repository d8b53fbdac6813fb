/* Terms: what an expression of a script is as a part of a spelling.

   A value is a term, a group of values in a tuple or a list, or a condition. A term has
   a text, and a tightness of binding. Its rank is 0 for a number, 1 for a vector and 2
   for a matrix. A vector may be, in the script, each of its numbers, one at a time, in
   a loop over x. An array that is written out has its entries, too; it has two, and so
   must whatever it meets. */
"use strict";

{
  const { printing, scripts } = globalThis.gradviz;
  const { number } = scripts;
  const { ATOM } = printing;

  const OPERATORS = { Add: "+", Sub: "-", Mult: "*", Div: "/", Pow: "**" };

  const LONGEST_TERM = 1000; // characters; a spelling has far fewer

  /** A function that cannot be written as a spelling: the code of the reason, the node
      that cannot be read, and the named parts of the message about it. It is thrown for
      many a function, and is no Error, which takes longer. */
  class Unspellable {
    constructor(code, node, values) {
      this.code = code;
      this.node = node;
      this.values = values;
    }
  }

  function refuse(code, node, values = {}) {
    throw new Unspellable(code, node, values);
  }

  const NUMBER = { rank: 0, isVector: false, isEach: false };
  const VECTOR = { rank: 1, isVector: true, isEach: false };
  const OF_TWO = { ...VECTOR, isOfTwo: true };
  const MATRIX = { ...OF_TWO, rank: 2 };

  function termOf(text, binds = ATOM, shape = NUMBER) {
    return { text, binds, ...shape };
  }

  const X = termOf("x", ATOM, VECTOR);
  const EACH = termOf("x", ATOM, { ...VECTOR, isEach: true });
  const INDEX = termOf("index"); // in a loop over the indices of x
  const LENGTH = termOf("len(x)");

  function isGroup(value) {
    return value.items !== undefined;
  }

  function isCondition(value) {
    return value.isCondition === true;
  }

  /** Whether this is a condition on numbers, which Python can decide. */
  function isOfNumbers(value) {
    return isCondition(value) && value.rank === 0;
  }

  function isOneNumber(value) {
    return value.rank === 0 && value !== INDEX && !isCondition(value);
  }

  /** Whether this is an array in the script, and not one number of it at a time. */
  function isWholeArray({ isVector, isEach }) {
    return isVector && !isEach;
  }

  function asTerm(value, node) {
    if (isGroup(value)) refuse("group", node);
    if (isCondition(value)) refuse("expression", node);
    return value;
  }

  /** Refuse to compute with the index of a loop: it may occur only between brackets. */
  function refuseIndex(terms, node) {
    if (terms.includes(INDEX)) refuse("computed-index", node);
  }

  /** A value whose text may still become a spelling. */
  function shortEnough(value, node) {
    if (value.text?.length > LONGEST_TERM) refuse("too-long", node);
    return value;
  }

  /** Two terms with an operator between them. */
  function joined(operator, left, right, node) {
    if (operator === "MatMult") return dot(left, right, node);
    const sign = OPERATORS[operator];
    if (!sign) refuse("operator", node);
    refuseIndex([left, right], node);
    const shape = shapeOf([left, right], node);
    const { text, binds } = printing.operation(left, sign, right);
    return shortEnough(termOf(text, binds, shape), node);
  }

  function dot(left, right, node) {
    if (![left, right].every(isWholeArray)) refuse("array-product", node);
    const { text, binds } = printing.operation(left, "@", right);
    const shape = [NUMBER, OF_TWO, MATRIX][left.rank + right.rank - 2];
    const meetsOther = Boolean(left.isOfTwo) !== Boolean(right.isOfTwo);
    return shortEnough(termOf(text, binds, { ...shape, meetsOther }), node);
  }

  /** The sum of a term over all numbers of x. */
  function sumOver(summand, node) {
    // np.sum would count it once, and the loop once for every number of x.
    if (!summand.isEach) refuse("sum-without-x", node);
    return termOf(printing.call("sum", summand).text);
  }

  /** Whether the result of these is a vector, and whether it is one number at a
      time. */
  function shapeOf(terms, node) {
    const vectors = terms.filter((term) => term.isVector);
    const each = vectors.filter((term) => term.isEach);
    if (each.length && each.length < vectors.length) refuse("mixed", node);
    const rank = Math.max(...terms.map((term) => term.rank));
    const isOfTwo = vectors.some((term) => term.isOfTwo);
    const meetsOther = isOfTwo && !vectors.every((term) => term.isOfTwo);
    return { rank, isVector: rank > 0, isEach: each.length > 0, isOfTwo, meetsOther };
  }

  /* Arrays of two numbers, or of two rows of two, that are written out */

  /** The array that is made from a group; any other value as it is. */
  function asArray(value) {
    if (!isGroup(value) || value.items.length !== 2) return value;
    const rows = value.items.map(asArray);
    if (rows.every(isOneNumber)) return vectorOf(rows);
    const areVectors = rows.every(({ entries, rank }) => entries && rank === 1);
    return areVectors ? matrixOf(rows) : value;
  }

  function listed(terms) {
    return `[${terms.map(({ text }) => text).join(", ")}]`;
  }

  function vectorOf(entries) {
    return { ...termOf(`np.array(${listed(entries)})`, ATOM, OF_TWO), entries };
  }

  function matrixOf(rows) {
    const lists = rows.map(({ entries }) => ({ text: listed(entries) }));
    return { ...termOf(`np.array(${listed(lists)})`, ATOM, MATRIX), entries: rows };
  }

  const COORDINATES = [termOf("x[0]"), termOf("x[1]")];

  const FIRST_TWO = vectorOf(COORDINATES);

  /** The transpose of one point, or of any vector, is itself. */
  function transposed(term, node) {
    if (term.rank === 1) return term;
    if (!term.entries) refuse("attribute", node);
    const [[a, b], [c, d]] = term.entries.map(({ entries }) => entries);
    return matrixOf([vectorOf([a, c]), vectorOf([b, d])]);
  }

  /** `x[:]`, or `x[:2]`: of the first two numbers of x. */
  function sliced(value, { lower, upper, step }, node) {
    const isFromStart = lower === null || number(lower) === 0;
    const isTwo = upper !== null && number(upper) === 2;
    if (value.rank !== 1 || value.isEach || step !== null || !isFromStart) {
      refuse("index", node);
    }
    if (upper === null || (isTwo && value.entries)) return value;
    if (value !== X || !isTwo) refuse("index", node);
    return FIRST_TWO;
  }

  scripts.spellings = {
    COORDINATES,
    EACH,
    INDEX,
    LENGTH,
    Unspellable,
    X,
    asArray,
    asTerm,
    dot,
    isCondition,
    isGroup,
    isOfNumbers,
    isOneNumber,
    isWholeArray,
    joined,
    refuse,
    refuseIndex,
    shapeOf,
    shortEnough,
    sliced,
    sumOver,
    termOf,
    transposed,
  };
}
