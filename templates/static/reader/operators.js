/* Operators: what `+`, `<` or `in` makes of two values, and what counts as true. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { NotFollowed, Stops, isWholeNumber, isAnyNumber, entryByEntry } =
    scripts.small;
  const { SmallArray, Tuple, smallArrayOf } = scripts.small;
  const { productOf } = scripts.arrayFunctions;
  const { OPAQUE, Mask, Library, isFlag, isItems, itemsIn, likeItems, typeNamed } =
    scripts.values;

  const { largest_integer: largestInteger } = vocabulary.literals;
  const { most_entries: mostEntries } = vocabulary.interpreter;

  /** An operation on two whole numbers, or on two floats. */
  function eitherWay(operation) {
    return (left, right) =>
      isWholeNumber(left) && isWholeNumber(right)
        ? operation(left, right)
        : operation(Number(left), Number(right));
  }

  /** A quotient; NumPy and Python disagree on division by zero. */
  function quotient(left, right) {
    if (Number(right) === 0) throw new NotFollowed();
    return Number(left) / Number(right);
  }

  /** A quotient as NumPy has it: it goes on after division by zero. */
  function quotientInArrays(left, right) {
    return Number(left) / Number(right);
  }

  /** A power that is a real number. */
  function power(base, exponent) {
    const times = Number(exponent);
    const isRoot = !Number.isInteger(times);
    const isNone = (base < 0 && isRoot) || (Number(base) === 0 && times < 0);
    if (isNone || Math.abs(times) > 1000) throw new NotFollowed();
    if (isWholeNumber(base) && isWholeNumber(exponent) && times >= 0) {
      return base ** exponent;
    }
    const result = Number(base) ** times;
    if (!Number.isFinite(result)) throw new NotFollowed();
    return result;
  }

  const OPERATIONS = {
    Add: eitherWay((left, right) => left + right),
    Sub: eitherWay((left, right) => left - right),
    Mult: eitherWay((left, right) => left * right),
    Div: quotient,
    Pow: power,
  };

  const BITWISE = ["BitAnd", "BitOr", "BitXor", "LShift", "RShift"];

  const SIGNS = { UAdd: (value) => value, USub: (value) => -value };

  const ORDERS = {
    Lt: (left, right) => left < right,
    LtE: (left, right) => left <= right,
    Gt: (left, right) => left > right,
    GtE: (left, right) => left >= right,
  };

  const EQUALITIES = {
    Eq: (left, right) => left === right,
    NotEq: (left, right) => left !== right,
  };

  /** A value, unless it is a whole number that no float can hold. */
  function checkedSize(value) {
    const isLarge =
      isWholeNumber(value) && (value < 0n ? -value : value) >= largestInteger;
    if (isLarge) throw new NotFollowed();
    return value;
  }

  /** What an operator makes of two values. */
  function combined(op, left, right) {
    for (const isOfKind of [Array.isArray, (value) => value instanceof Tuple]) {
      if (isOfKind(left) && isOfKind(right)) {
        if (op !== "Add") throw new NotFollowed();
        return likeItems(left, [...itemsIn(left), ...itemsIn(right)]);
      }
      if (isOfKind(left) && isWholeNumber(right)) return repeated(op, left, right);
      if (isOfKind(right) && isWholeNumber(left)) return repeated(op, right, left);
    }
    if (op === "MatMult") return productOf(left, right);
    // They have no bits: x[0]^2
    if (BITWISE.includes(op) && [left, right].some(isOfFloats)) throw new Stops();
    const isOfArray = left instanceof SmallArray || right instanceof SmallArray;
    const operation = op === "Div" && isOfArray ? quotientInArrays : OPERATIONS[op];
    if (!operation) throw new NotFollowed();
    // An error of Python, unless the number is one of NumPy.
    if (isItems(left) && isAnyNumber(right)) throw new NotFollowed();
    if (isAnyNumber(left) && isItems(right)) throw new NotFollowed();
    return entryByEntry(
      (one, other) => checkedSize(operation(one, other)),
      left,
      right,
    );
  }

  function isOfFloats(value) {
    if (value instanceof SmallArray) return !value.isWhole;
    return isAnyNumber(value) && !isWholeNumber(value);
  }

  /** A list or a tuple, repeated. */
  function repeated(op, value, times) {
    const items = itemsIn(value);
    const isShort = items.length * Number(times) <= mostEntries;
    if (op !== "Mult" || !isShort) throw new NotFollowed();
    const turns = Array.from({ length: Math.max(Number(times), 0) }, () => items);
    return likeItems(value, turns.flat());
  }

  /** Whether a comparison holds. */
  function comparisonHolds(op, left, right) {
    if (left === OPAQUE || right === OPAQUE) throw new NotFollowed();
    switch (op) {
      case "Is":
      case "IsNot":
        if (left !== null && right !== null) throw new NotFollowed();
        return (left === right) === (op === "Is");
      case "In":
      case "NotIn":
        return itemsIn(right).some((item) => areEqual(left, item)) === (op === "In");
      case "Eq":
      case "NotEq":
        return areEqual(left, right) === (op === "Eq");
    }
    if (!isAnyNumber(left) || !isAnyNumber(right)) throw new NotFollowed();
    return ORDERS[op](left, right);
  }

  /** The comparison of an array, entry by entry. */
  function maskOf(op, left, right) {
    const compare = ORDERS[op] ?? EQUALITIES[op];
    if (!compare) throw new NotFollowed();
    const holds = (one, other) => BigInt(compare(Number(one), Number(other)));
    return new Mask(smallArrayOf(entryByEntry(holds, left, right)));
  }

  /** Whether two plain values are equal. */
  function areEqual(left, right) {
    if (!isPlain(left) || !isPlain(right)) throw new NotFollowed();
    if (isItems(left) && isItems(right)) {
      if (Array.isArray(left) !== Array.isArray(right)) return false;
      return areAlike(itemsIn(left), itemsIn(right), areEqual);
    }
    if (left instanceof Library && right instanceof Library) {
      return typeNamed(left.name) === typeNamed(right.name);
    }
    if (left instanceof Library || right instanceof Library) throw new NotFollowed();
    if ((typeof left === "boolean") !== (typeof right === "boolean")) {
      throw new NotFollowed();
    }
    if (isAnyNumber(left) && isAnyNumber(right)) return Number(left) === Number(right);
    return left === right;
  }

  function areAlike(some, others, areSame = (one, other) => one === other) {
    return (
      some.length === others.length && some.every((each, k) => areSame(each, others[k]))
    );
  }

  function isPlain(value) {
    const isSimple = isFlag(value) || isAnyNumber(value) || isItems(value);
    return isSimple || value instanceof Library;
  }

  /** Whether a plain value counts as true. */
  function truthOf(value) {
    if (isItems(value) || value instanceof Map) return itemsIn(value).length > 0;
    if (!isFlag(value) && !isAnyNumber(value)) throw new NotFollowed();
    return Boolean(value);
  }

  scripts.operators = {
    BITWISE,
    SIGNS,
    areAlike,
    combined,
    comparisonHolds,
    maskOf,
    truthOf,
  };
}
