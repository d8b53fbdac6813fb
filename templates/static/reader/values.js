/* Values: what a function of a script computes with, and the items of it. Numbers, texts,
   truth values and null are JavaScript's own. Whole numbers, lists, tuples and arrays are
   as in small-arrays.js. All else that a name can stand for is here. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { NotFollowed, Stops, Tuple, Slice, SmallArray } = scripts.small;
  const { isWholeNumber, isAnyNumber, placeOf, filledArray } = scripts.small;
  const { ELLIPSIS, areSameShape, arrayFor, asKind, newArray } = scripts.small;

  const { most_strays: mostStrays } = vocabulary.interpreter;

  const REACH = 0.3; // a routine moves a coordinate no farther

  /** A value about which nothing is known: its uses are not followed. */
  const OPAQUE = { is: "opaque" };

  /** Something of NumPy or of Python itself, by its full name. */
  class Library {
    constructor(name) {
      this.name = name;
    }
  }

  /** A method of a value. */
  class Method {
    constructor(owner, name) {
      this.owner = owner;
      this.name = name;
    }
  }

  /** A function of the script, with what its names stand for around it. */
  class Closure {
    constructor(node, around, defaults) {
      this.node = node;
      this.around = around;
      this.defaults = defaults;
    }
  }

  /** What names stand for in a function. */
  class Scope {
    constructor(around) {
      this.around = around;
      this.own = new Map();
      this.flags = new Set(); // parameters that choose between ways to work
    }
  }

  /** A comparison of an array, entry by entry: 1 where it holds, else 0. */
  class Mask {
    constructor(array) {
      this.array = array;
    }
  }

  /** What `np.finfo(float)` gives. */
  class FloatLimits {
    eps = Number.EPSILON;
  }

  /** What `np.nditer` gives: the indices of an array in turn. */
  class IndexIterator {
    constructor(array) {
      this.indices = indicesOf(array.shape);
      this.turn = 0;
    }

    get isFinished() {
      return this.turn >= this.indices.length;
    }

    /** Go to the next index, and say whether there is one. */
    next() {
      this.turn += 1;
      return !this.isFinished;
    }
  }

  /** The f of a trial: it records its arguments. A routine asks for it near the numbers
      `around` it, those of the array; what often asks about others is not followed. */
  class KnownFunction {
    constructor(valueAt) {
      this.valueAt = valueAt;
      this.around = [];
      this.asked = [];
      this.mostArguments = 0;
      this.strays = 0;
    }

    /** The value for all the numbers that it gets, in their order. */
    answer(values) {
      const numbers = values.flatMap((each) => arrayFor(each).entries().map(Number));
      this.asked.push(numbers);
      this.mostArguments = Math.max(this.mostArguments, values.length);
      if (!numbers.every((number) => this.isExpected(number))) {
        this.strays += 1;
        if (this.strays > mostStrays) throw new NotFollowed();
      }
      return this.valueAt(numbers);
    }

    isExpected(number) {
      return this.around.some((entry) => Math.abs(number - entry) <= REACH);
    }
  }

  /** Whether a value may choose between ways to work: a truth value, a text or null. */
  function isFlag(value) {
    return value === null || typeof value === "boolean" || typeof value === "string";
  }

  function isLibrary(value, name) {
    return value instanceof Library && value.name === name;
  }

  /** The kind of a value that has methods. */
  function kindOf(value) {
    if (value instanceof SmallArray) return "array";
    if (Array.isArray(value)) return "list";
    if (value instanceof Map) return "dictionary";
    if (isAnyNumber(value)) return "number";
    if (value instanceof FloatLimits) return "limits";
    return value instanceof IndexIterator ? "iterator" : "";
  }

  /** `float` or `int` for any of their names; another name comes back as it is. */
  function typeNamed(name) {
    const { float, float_texts: texts, whole_64: wholes } = vocabulary.types;
    if (float.includes(name) || texts.includes(name)) return "float";
    return wholes.includes(name) ? "int" : name;
  }

  /* Items */

  function isItems(value) {
    return Array.isArray(value) || value instanceof Tuple;
  }

  function likeItems(like, items) {
    return Array.isArray(like) ? items : new Tuple(items);
  }

  /** What a loop over a value gives. */
  function itemsIn(value) {
    if (Array.isArray(value)) return [...value];
    if (value instanceof Tuple) return value.items;
    if (value instanceof Map) return [...value.keys()];
    if (isAnyNumber(value)) throw new Stops();
    if (!(value instanceof SmallArray)) throw new NotFollowed();
    return Array.from({ length: value.shape[0] }, (_, k) => value.part(BigInt(k)));
  }

  /** The item at an index of a list, a tuple, a dictionary or an array. */
  function itemAt(owner, index) {
    if (owner instanceof SmallArray) {
      return index instanceof Mask ? partWhere(owner, index) : owner.part(index);
    }
    if (owner instanceof Map) {
      if (!owner.has(checkedKey(index))) throw new Stops();
      return owner.get(index);
    }
    if (isAnyNumber(owner)) {
      const parts = index instanceof Tuple ? index.items : [index];
      const areNewAxes = parts.every((part) => part === null || part === ELLIPSIS);
      if (areNewAxes) throw new NotFollowed(); // a number of NumPy becomes an array
      throw new Stops();
    }
    if (!isItems(owner)) throw new NotFollowed();
    if (index instanceof Tuple) throw new Stops();
    const items = itemsIn(owner);
    if (index instanceof Slice) {
      const places = index.places(items.length);
      return likeItems(
        owner,
        places.map((place) => items[place]),
      );
    }
    if (!isWholeNumber(index)) throw new NotFollowed();
    return items[placeOf(index, items.length)];
  }

  /** Write into a list, a dictionary or an array. */
  function putItem(owner, index, value) {
    if (index instanceof Mask) {
      putWhere(owner, index, value);
    } else if (owner instanceof SmallArray) {
      owner.put(index, value);
    } else if (Array.isArray(owner) && isWholeNumber(index)) {
      owner[placeOf(index, owner.length)] = value;
    } else if (owner instanceof Map) {
      owner.set(checkedKey(index), value);
    } else if (isAnyNumber(owner)) {
      throw new Stops();
    } else {
      throw new NotFollowed();
    }
  }

  /** A key of a dictionary; other keys may be equal and look different. */
  function checkedKey(key) {
    if (typeof key !== "string" && !isWholeNumber(key)) throw new NotFollowed();
    return key;
  }

  /** The numbers where a comparison holds, in one row. */
  function partWhere(owner, { array }) {
    if (!areSameShape(owner.shape, array.shape)) throw new NotFollowed();
    const holds = array.entries();
    const numbers = owner.entries().filter((_, k) => holds[k]);
    return newArray(numbers, [numbers.length], owner.isWhole);
  }

  /** Write a number wherever a comparison holds. */
  function putWhere(owner, { array }, value) {
    const isFitting =
      owner instanceof SmallArray && areSameShape(owner.shape, array.shape);
    if (!isFitting || !isAnyNumber(value)) throw new NotFollowed();
    const holds = array.entries();
    for (const [k, place] of owner.places().entries()) {
      if (holds[k]) owner.numbers[place] = asKind(value, owner.isWhole);
    }
  }

  /** The indices of an array of a shape, the last axis fastest. */
  function indicesOf(shape) {
    filledArray(shape, 0n, true); // which refuses a large one
    let indices = [[]];
    for (const length of shape) {
      const along = wholeNumbersBelow(length);
      indices = indices.flatMap((index) => along.map((k) => [...index, k]));
    }
    return indices.map((index) => new Tuple(index));
  }

  function wholeNumbersBelow(length) {
    return Array.from({ length }, (_, k) => BigInt(k));
  }

  scripts.values = {
    REACH,
    OPAQUE,
    Library,
    Method,
    Closure,
    Scope,
    Mask,
    FloatLimits,
    IndexIterator,
    KnownFunction,
    isFlag,
    isLibrary,
    kindOf,
    typeNamed,
    isItems,
    likeItems,
    itemsIn,
    itemAt,
    putItem,
    checkedKey,
    indicesOf,
    wholeNumbersBelow,
  };
}
