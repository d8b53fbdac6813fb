/* Small arrays: NumPy's arrays, as far as a gradient routine needs them. An array is a
   window on a list of numbers that several arrays may share: what is written into
   `X[0]` or `X.T` appears in `X`. Its numbers are whole or floats, and whole numbers
   cut off what is written into them, as NumPy's do.

   Python's whole numbers are BigInts here, and its floats are numbers; its lists are
   arrays, and its tuples are Tuples. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { most_entries: mostEntries } = vocabulary.interpreter;

  // What is thrown often is no Error: an Error writes down where it comes from, which takes
  // longer than what it stops.

  /** Something not known well enough to be carried out. */
  class NotFollowed {}

  /** Python or NumPy would stop here with an error. */
  class Stops {}

  class Tuple {
    constructor(items) {
      this.items = items;
    }
  }

  /** A slice of an index, whose bounds may be null. */
  class Slice {
    constructor(lower, upper, step) {
      this.lower = lower;
      this.upper = upper;
      this.step = step;
    }

    /** The places that it takes in a list of a length. If it ends beyond the end, it
        would take more of a longer list: that is not followed. */
    places(length) {
      const step = Number(this.step ?? 1);
      const [first, last] = step > 0 ? [0, length] : [length - 1, -1];
      const within = (bound, open) => {
        if (bound === null) return open;
        const place = Number(bound) + (bound < 0 ? length : 0);
        if (place < 0 || place > length) throw new NotFollowed();
        return step > 0 ? place : Math.min(place, length - 1);
      };
      const end = within(this.upper, last);
      const places = [];
      for (let at = within(this.lower, first); (end - at) * step > 0; at += step) {
        places.push(at);
      }
      return places;
    }
  }

  const ELLIPSIS = { is: "ellipsis" };

  /** A window on a list of `numbers`: the lengths of its axes, how far apart in the
      list two neighbours are, and where its first number is. */
  class SmallArray {
    constructor(numbers, shape, strides, start, isWhole) {
      this.numbers = numbers;
      this.shape = shape;
      this.strides = strides;
      this.start = start;
      this.isWhole = isWhole;
    }

    get size() {
      return productOf(this.shape);
    }

    /** Where its numbers are in the list, the last axis fastest. */
    places() {
      if (this.size > mostEntries) throw new NotFollowed();
      let places = [this.start];
      for (let axis = 0; axis < this.shape.length; axis++) {
        const stride = this.strides[axis];
        const further = [];
        for (const place of places) {
          for (let k = 0; k < this.shape[axis]; k++) further.push(place + k * stride);
        }
        places = further;
      }
      return places;
    }

    /** Its numbers, the last axis fastest. */
    entries() {
      return this.places().map((place) => this.numbers[place]);
    }

    /** The window that an index opens, which may have no axis at all. */
    window(index) {
      const items = index instanceof Tuple ? index.items : [index];
      const shape = [];
      const strides = [];
      let { start } = this;
      let axis = 0;
      for (const item of withoutEllipsis(items, this.shape.length)) {
        if (item === null) {
          shape.push(1);
          strides.push(0);
          continue;
        }
        if (axis === this.shape.length) throw new Stops();
        const length = this.shape[axis];
        const stride = this.strides[axis];
        axis += 1;
        if (item instanceof Slice) {
          const places = item.places(length);
          shape.push(places.length);
          strides.push(stride * Number(item.step ?? 1));
          start += stride * (places[0] ?? 0);
        } else if (isWholeNumber(item)) {
          start += stride * placeOf(item, length);
        } else {
          throw new NotFollowed();
        }
      }
      shape.push(...this.shape.slice(axis));
      strides.push(...this.strides.slice(axis));
      return new SmallArray(this.numbers, shape, strides, start, this.isWhole);
    }

    /** The value at an index: a number, or an array. */
    part(index) {
      return numberOrArray(this.window(index));
    }

    /** Write a value at an index. */
    put(index, value) {
      const opened = this.window(index);
      if (isAnyNumber(value) && !opened.shape.length) {
        this.numbers[opened.start] = asKind(value, this.isWhole);
        return;
      }
      let written = smallArrayOf(value);
      if (written.size === 1) written = reshaped(written, []);
      const entries = stretched(written, opened.shape).entries();
      for (const [k, place] of opened.places().entries()) {
        this.numbers[place] = asKind(entries[k], this.isWhole);
      }
    }

    /** The array with its axes in reverse order. */
    transposed() {
      return this.withAxes(this.shape.toReversed(), this.strides.toReversed());
    }

    /** Another window on the same numbers, from the same first one. */
    withAxes(shape, strides) {
      return new SmallArray(this.numbers, shape, strides, this.start, this.isWhole);
    }

    /** A new array with the same numbers, of another kind if one is named. */
    copied(isWhole = null) {
      const kind = isWhole ?? this.isWhole;
      const numbers = this.entries().map((entry) => asKind(entry, kind));
      return newArray(numbers, this.shape, kind);
    }
  }

  function productOf(lengths) {
    return lengths.reduce((product, length) => product * length, 1);
  }

  function isWholeNumber(value) {
    return typeof value === "bigint";
  }

  function isAnyNumber(value) {
    return typeof value === "bigint" || typeof value === "number";
  }

  /** The position that an index stands for; it may count from the end. */
  function placeOf(index, length) {
    const place = Number(index);
    if (place < -length || place >= length) throw new Stops();
    return place < 0 ? place + length : place;
  }

  /** A number as an array of this kind stores it. */
  function asKind(value, isWhole) {
    if (!isWhole) return Number(value);
    if (isWholeNumber(value)) return value;
    if (!Number.isFinite(value)) throw new Stops();
    return BigInt(Math.trunc(value));
  }

  /** An array with a list of numbers of its own. */
  function newArray(numbers, shape, isWhole) {
    const strides = new Array(shape.length);
    let step = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= shape[axis];
    }
    return new SmallArray(numbers, shape, strides, 0, isWhole);
  }

  /** An array of a shape, with the same number everywhere. */
  function filledArray(shape, value, isWhole) {
    const size = productOf(shape);
    if (size > mostEntries) throw new NotFollowed();
    return newArray(new Array(size).fill(asKind(value, isWhole)), shape, isWhole);
  }

  /** The number of an array that has no axis, else the array. */
  function numberOrArray(array) {
    return array.shape.length ? array : array.numbers[array.start];
  }

  /** What `np.array` makes of a number, an array, or lists of these. */
  function smallArrayOf(value, isWhole = null) {
    if (value instanceof SmallArray) return value.copied(isWhole);
    if (isAnyNumber(value)) {
      const kind = isWhole ?? isWholeNumber(value);
      return newArray([asKind(value, kind)], [], kind);
    }
    const items = value instanceof Tuple ? value.items : value;
    if (!Array.isArray(items)) throw new NotFollowed();
    return stackedArrays(
      items.map((item) => smallArrayOf(item)),
      isWhole,
    );
  }

  /** The array itself, or one made of another value: for who only reads its numbers. */
  function arrayFor(value) {
    return value instanceof SmallArray ? value : smallArrayOf(value);
  }

  /** Arrays of one shape, in order along a new first axis. */
  function stackedArrays(parts, isWhole = null) {
    if (!parts.length) return newArray([], [0], false);
    const [{ shape }] = parts;
    if (!parts.every((part) => areSameShape(part.shape, shape))) throw new Stops();
    const kind = isWhole ?? parts.every((part) => part.isWhole);
    const entries = parts.flatMap((part) => part.entries());
    const numbers = entries.map((entry) => asKind(entry, kind));
    return newArray(numbers, [parts.length, ...shape], kind);
  }

  function areSameShape(one, other) {
    return one.length === other.length && one.every((length, k) => length === other[k]);
  }

  /** An array in another shape: a window on the same numbers if it can be one. As in
      NumPy it always is of an array with one axis, also of one that is a column. */
  function reshaped(array, shape) {
    const lengths = [...shape];
    if (lengths.filter((length) => length === -1).length === 1) {
      const others = productOf(lengths.filter((length) => length !== -1));
      if (others) lengths[lengths.indexOf(-1)] = Math.floor(array.size / others);
    }
    const isOpen = lengths.some((length) => length < 0);
    if (isOpen || productOf(lengths) !== array.size) throw new Stops();
    if (array.shape.length === 1) {
      const [stride] = array.strides;
      const inOrder = newArray(array.numbers, lengths, array.isWhole);
      const strides = inOrder.strides.map((each) => stride * each);
      return array.withAxes(lengths, strides);
    }
    const isInOrder = array.places().every((place, k) => place === array.start + k);
    const own = isInOrder ? array : array.copied();
    const { strides } = newArray(own.numbers, lengths, own.isWhole);
    return own.withAxes(lengths, strides);
  }

  /** An array whose axes of length 1 are repeated to fill a shape. */
  function stretched(array, shape) {
    const missing = shape.length - array.shape.length;
    if (missing < 0) throw new Stops();
    const lengths = [...new Array(missing).fill(1), ...array.shape];
    const strides = [...new Array(missing).fill(0), ...array.strides];
    for (const [axis, length] of lengths.entries()) {
      if (length === shape[axis]) continue;
      if (length !== 1) throw new Stops();
      strides[axis] = 0;
    }
    return array.withAxes(shape, strides);
  }

  /** The shape to which NumPy stretches arrays that are combined. */
  function commonShape(shapes) {
    const most = Math.max(...shapes.map((shape) => shape.length));
    return Array.from({ length: most }, (_, k) => {
      const lengths = shapes.map((shape) => shape[shape.length - most + k] ?? 1);
      const longer = new Set(lengths.filter((length) => length !== 1));
      if (longer.size > 1) throw new Stops();
      return [...longer, 1][0];
    });
  }

  /** Apply a function of numbers to each entry of arrays, or to numbers. */
  function entryByEntry(operation, ...operands) {
    if (operands.every(isAnyNumber)) return operation(...operands);
    const isTable = (operand) => operand instanceof SmallArray && operand.shape.length;
    const tables = operands.filter(isTable);
    if (tables.length && tables.every(hasColumnsFirst)) {
      const turned = operands.map((each) => (isTable(each) ? each.transposed() : each));
      return entryByEntry(operation, ...turned).transposed();
    }
    const arrays = operands.map(arrayFor);
    const shape = commonShape(arrays.map((array) => array.shape));
    const columns = arrays.map((array) => stretched(array, shape).entries());
    const [first, second, third] = columns; // there are no more
    const entries = first.map((entry, k) => {
      if (third) return operation(entry, second[k], third[k]);
      return second ? operation(entry, second[k]) : operation(entry);
    });
    return numberOrArray(newArray(entries, shape, entries.every(isWholeNumber)));
  }

  /** Whether an array is stored column by column, like `X.T`. NumPy gives a new array that
      is made of it the same order. */
  function hasColumnsFirst({ shape, strides }) {
    if (shape.length !== 2 || Math.min(...shape) < 2) return false;
    return Math.abs(strides[0]) < Math.abs(strides[1]);
  }

  /** The items of an index, with slices in the place of `...`. */
  function withoutEllipsis(items, axes) {
    const place = items.indexOf(ELLIPSIS);
    if (place < 0) return items;
    if (place !== items.lastIndexOf(ELLIPSIS)) throw new Stops();
    const named = items.filter((item) => item !== null).length - 1;
    const length = Math.max(axes - named, 0);
    const slices = Array.from({ length }, () => new Slice(null, null, null));
    return items.toSpliced(place, 1, ...slices);
  }

  scripts.small = {
    NotFollowed,
    Stops,
    Tuple,
    Slice,
    ELLIPSIS,
    SmallArray,
    isWholeNumber,
    isAnyNumber,
    placeOf,
    asKind,
    newArray,
    filledArray,
    numberOrArray,
    smallArrayOf,
    arrayFor,
    stackedArrays,
    areSameShape,
    hasColumnsFirst,
    reshaped,
    stretched,
    entryByEntry,
  };
}
