/* NumPy's functions that make grids, join arrays, and reduce or bound their numbers. Each
   entry of the table names the parameters of a function, as in numpy-functions.js. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { NotFollowed, Stops, isWholeNumber, isAnyNumber } = scripts.small;
  const { asKind, newArray, filledArray, numberOrArray, smallArrayOf } = scripts.small;
  const { stackedArrays, areSameShape, reshaped, stretched, entryByEntry } =
    scripts.small;
  const { Mask, isItems, itemsIn } = scripts.values;

  const { most_entries: mostEntries } = vocabulary.interpreter;

  /** A shape, given as one number or as several. */
  function shapeGiven(value) {
    const lengths = isItems(value) ? itemsIn(value) : [value];
    if (!lengths.every(isWholeNumber)) throw new NotFollowed();
    return lengths.map(Number);
  }

  /** The shape of a new array. */
  function lengthsOf(value) {
    const lengths = shapeGiven(value);
    if (lengths.some((length) => length < 0)) throw new Stops();
    return lengths;
  }

  /** `np.linspace`. */
  function evenlySpaced(start, stop, count, endpoint) {
    const isKnown = isAnyNumber(start) && isAnyNumber(stop);
    if (!isKnown || !isWholeNumber(count ?? 50n)) throw new NotFollowed();
    const total = Number(count ?? 50n);
    if (total > mostEntries) throw new NotFollowed();
    if (total < 0) throw new Stops();
    const [first, last] = [Number(start), Number(stop)];
    const gaps = endpoint === false ? total : total - 1;
    const step = gaps ? (last - first) / gaps : 0;
    const numbers = Array.from({ length: total }, (_, k) => first + k * step);
    if (endpoint !== false && total > 1) numbers[total - 1] = last;
    return newArray(numbers, [total], false);
  }

  /** `np.arange`. */
  function counted(first, stop, step) {
    const [start, end] = stop === null ? [0n, first] : [first, stop];
    const bounds = [start, end, step ?? 1n];
    if (!bounds.every(isAnyNumber)) throw new NotFollowed();
    const [from, to, by] = bounds.map(Number);
    if (by === 0) throw new Stops();
    const length = Math.max(Math.ceil((to - from) / by), 0);
    if (!Number.isFinite((to - from) / by) || length > mostEntries)
      throw new NotFollowed();
    const isWhole = bounds.every(isWholeNumber);
    const numbers = Array.from({ length }, (_, k) => asKind(from + k * by, isWhole));
    return newArray(numbers, [length], isWhole);
  }

  /** `np.meshgrid`, of two arrays. */
  function gridOfAxes(first, second, indexing) {
    const along = [first, second].map((each) => smallArrayOf(each));
    const isFlat = along.every(({ shape }) => shape.length === 1);
    if (![null, "xy", "ij"].includes(indexing) || !isFlat) throw new NotFollowed();
    const [width, height] = along.map(({ size }) => size);
    const isTurned = indexing === "ij";
    const shape = isTurned ? [width, height] : [height, width];
    const upright = reshaped(along[isTurned ? 0 : 1], [isTurned ? width : height, 1]);
    const places = isTurned ? [upright, along[1]] : [along[0], upright];
    return places.map((each) => stretched(each, shape).copied());
  }

  /** `np.stack`, along a new first or last axis. */
  function stackedAlong(values, axis) {
    const parts = itemsIn(values).map((each) => smallArrayOf(each));
    if (!parts.length) throw new Stops();
    const stacked = stackedArrays(parts);
    const place = Number(axis ?? 0);
    if (place === 0) return stacked;
    if (place !== -1 && place !== parts[0].shape.length) throw new NotFollowed();
    const behind = ([first, ...others]) => [...others, first];
    return stacked.withAxes(behind(stacked.shape), behind(stacked.strides)).copied();
  }

  /** `np.dstack`: along a new last axis; flat arrays are rows, as in `np.vstack`. */
  function inDepth(values) {
    const tables = itemsIn(values).map((each) => asRow(smallArrayOf(each)));
    if (tables.some(({ shape }) => shape.length !== 2)) throw new NotFollowed();
    return stackedAlong(tables, 2n);
  }

  /** `np.vstack`: each flat array is a row. */
  function belowEachOther(values) {
    return joined(itemsIn(values).map((each) => asRow(smallArrayOf(each))));
  }

  /** A flat array as a table of one row, and any other as it is. */
  function asRow(array) {
    return array.shape.length < 2 ? reshaped(array, [1, array.size]) : array;
  }

  /** `np.column_stack`: each flat array is a column. */
  function asColumns(values) {
    const turned = itemsIn(values).map((each) => smallArrayOf(each).transposed());
    return belowEachOther(turned).transposed().copied();
  }

  /** `np.concatenate`, along the first axis, or along the second of tables. */
  function joined(values, axis = null) {
    const parts = itemsIn(values).map((each) => smallArrayOf(each));
    const isSecond = axis === 1n || axis === -1n;
    if (isSecond && parts.every(({ shape }) => shape.length === 2)) {
      return joined(parts.map((part) => part.transposed()))
        .transposed()
        .copied();
    }
    if (Number(axis ?? 0) !== 0 || !parts.length) throw new NotFollowed();
    const inner = parts[0].shape.slice(1);
    const areAlike = parts.every(({ shape }) => areSameShape(shape.slice(1), inner));
    if (!parts[0].shape.length || !areAlike) throw new Stops();
    const isWhole = parts.every((part) => part.isWhole);
    const entries = parts.flatMap((part) => part.entries());
    const length = parts.reduce((sum, { shape }) => sum + shape[0], 0);
    const numbers = entries.map((entry) => asKind(entry, isWhole));
    return newArray(numbers, [length, ...inner], isWhole);
  }

  /** `np.where`, with a comparison. */
  function chosenBy(mask, one, other) {
    if (typeof mask === "boolean") {
      return entryByEntry((a, b) => (mask ? a : b), one, other);
    }
    if (!(mask instanceof Mask)) throw new NotFollowed();
    return entryByEntry((holds, a, b) => (holds ? a : b), mask.array, one, other);
  }

  /** `np.clip`. */
  function bounded(value, low, high) {
    if (!isAnyNumber(low) || !isAnyNumber(high)) throw new NotFollowed();
    return entryByEntry((each) => smaller(larger(each, low), high), value);
  }

  // NumPy's, of which nan is the larger and the smaller of any two.
  const larger = (one, other) => (other > one || Number.isNaN(other) ? other : one);
  const smaller = (one, other) => (other < one || Number.isNaN(other) ? other : one);

  /** `np.full`. */
  function filledWith(shape, value) {
    if (!isAnyNumber(value)) throw new NotFollowed();
    return filledArray(lengthsOf(shape), value, isWholeNumber(value));
  }

  /** The entries of each line along the axis at a place. */
  function linesAlong(array, place) {
    const length = array.shape[place];
    if (!length) throw new NotFollowed();
    const last = (items) => [...items.toSpliced(place, 1), items[place]];
    const turned = array.withAxes(last(array.shape), last(array.strides));
    const entries = turned.entries();
    return Array.from({ length: entries.length / length }, (_, k) =>
      entries.slice(k * length, (k + 1) * length),
    );
  }

  /** One number for all entries of an array, or for each line along an axis. */
  function reduced(value, axis, keepdims, ofNumbers) {
    const array = smallArrayOf(value);
    const axes = Math.max(array.shape.length, 1);
    if (keepdims !== null && typeof keepdims !== "boolean") throw new NotFollowed();
    if (axis === null) {
      if (keepdims) throw new NotFollowed();
      return ofNumbers(array.entries());
    }
    if (!isWholeNumber(axis)) throw new NotFollowed();
    if (axis < -axes || axis >= axes) throw new Stops();
    if (!array.shape.length) return ofNumbers(array.entries());
    const place = (Number(axis) + axes) % axes;
    const results = linesAlong(array, place).map(ofNumbers);
    const outer = keepdims
      ? array.shape.with(place, 1)
      : array.shape.toSpliced(place, 1);
    return numberOrArray(newArray(results, outer, results.every(isWholeNumber)));
  }

  /** A function such as `np.max`; it is not followed without numbers. */
  function reduction(ofNumbers) {
    return [
      "value axis keepdims",
      (value, axis, keepdims) => reduced(value, axis, keepdims, ofNumbers),
    ];
  }

  /** Of a table, 2 stands for its largest singular value. */
  function refuseOtherNorms(value, order, axis) {
    if (order !== null && order !== 2n) throw new NotFollowed();
    const isOfTable = axis === null && smallArrayOf(value).shape.length > 1;
    if (order !== null && isOfTable) throw new NotFollowed();
  }

  function extreme(choose) {
    return reduction((numbers) => {
      if (!numbers.length) throw new NotFollowed();
      return numbers.reduce(choose);
    });
  }

  function plus(one, other) {
    const areWhole = isWholeNumber(one) && isWholeNumber(other);
    return areWhole ? one + other : Number(one) + Number(other);
  }

  function times(one, other) {
    const areWhole = isWholeNumber(one) && isWholeNumber(other);
    return areWhole ? one * other : Number(one) * Number(other);
  }

  const sumOf = (numbers) => numbers.reduce(plus, 0n);

  /** `np.dot`, `@`: of arrays with one axis or two. */
  function productOf(left, right) {
    const [one, other] = [smallArrayOf(left), smallArrayOf(right)];
    const axes = [one.shape.length, other.shape.length];
    if (axes.some((count) => count < 1 || count > 2)) throw new NotFollowed();
    if (one.shape.at(-1) !== other.shape[0]) throw new Stops();
    const rows = axes[0] === 1 ? [one] : itemsIn(one);
    const columns = axes[1] === 1 ? [other] : itemsIn(other.transposed());
    const numbers = rows.flatMap((row) => {
      const entries = row.entries();
      return columns.map((column) =>
        sumOf(column.entries().map((entry, k) => times(entries[k], entry))),
      );
    });
    const shape = [...one.shape.slice(0, -1), ...other.shape.slice(1)];
    const isWhole = one.isWhole && other.isWhole;
    const kept = numbers.map((each) => asKind(each, isWhole));
    return numberOrArray(newArray(kept, shape, isWhole));
  }

  /** `sum`. */
  function sumOfItems(values) {
    const items = itemsIn(values);
    if (!items.length) return 0n;
    return items.reduce((sum, each) => entryByEntry(plus, sum, each));
  }

  const ofTwo = (compute) => [
    "one other",
    (one, other) => entryByEntry(compute, one, other),
  ];
  const ofOne = (compute) => ["value", (value) => entryByEntry(compute, value)];

  const LARGEST = extreme(larger);
  const SMALLEST = extreme(smaller);
  const TOTAL = reduction(sumOf);
  const MEAN = reduction((numbers) => {
    if (!numbers.length) throw new NotFollowed();
    return Number(sumOf(numbers)) / numbers.length;
  });
  const lengthOfVector = (numbers) =>
    Math.sqrt(numbers.reduce((sum, each) => sum + Number(each) ** 2, 0));

  function lengthAlong(value, ord, axis, keepdims) {
    refuseOtherNorms(value, ord, axis);
    return reduced(value, axis, keepdims, lengthOfVector);
  }

  const ARRAY_FUNCTIONS = {
    "numpy.linspace": ["start stop num endpoint", evenlySpaced],
    "numpy.arange": ["start stop step", counted],
    "numpy.meshgrid": ["first second indexing", gridOfAxes],
    "numpy.stack": ["arrays axis", stackedAlong],
    "numpy.vstack": ["values", belowEachOther],
    "numpy.column_stack": ["values", asColumns],
    "numpy.dstack": ["values", inDepth],
    "numpy.concatenate": ["values axis", joined],
    "numpy.where": ["mask one other", chosenBy],
    "numpy.clip": ["value low high", bounded],
    "numpy.full": ["shape number", filledWith],
    "numpy.linalg.norm": ["value ord axis keepdims", lengthAlong],
    "numpy.max": LARGEST,
    "numpy.min": SMALLEST,
    "numpy.mean": MEAN,
    "numpy.sum": TOTAL,
    "numpy.dot": ["left right", productOf],
    "numpy.hypot": ofTwo((one, other) => Math.hypot(Number(one), Number(other))),
    "numpy.maximum": ofTwo(larger),
    "numpy.minimum": ofTwo(smaller),
    "numpy.square": ofOne((each) => each * each),
    "numpy.negative": ofOne((each) => -each),
    sum: ["values", sumOfItems],
  };

  scripts.arrayFunctions = {
    ARRAY_FUNCTIONS,
    LARGEST,
    SMALLEST,
    TOTAL,
    MEAN,
    asColumns,
    counted,
    evenlySpaced,
    gridOfAxes,
    lengthsOf,
    productOf,
    shapeGiven,
  };
}
