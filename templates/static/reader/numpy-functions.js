/* NumPy's functions, methods and attributes, and those of Python itself. Each table
   names the parameters of a function in order, as far as they are read; `*` alone
   stands for any number of them, `**` also for those with any names. A function that is
   not listed is not followed. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { NotFollowed, Stops, Tuple, SmallArray, isWholeNumber, isAnyNumber } =
    scripts.small;
  const { arrayFor, asKind, filledArray, numberOrArray, smallArrayOf } = scripts.small;
  const { hasColumnsFirst, reshaped, entryByEntry } = scripts.small;
  const { OPAQUE, Library, FloatLimits, IndexIterator, typeNamed } = scripts.values;
  const { itemsIn, itemAt, checkedKey, indicesOf, wholeNumbersBelow } = scripts.values;

  const { ARRAY_FUNCTIONS, LARGEST, SMALLEST, TOTAL, MEAN } = scripts.arrayFunctions;
  const { lengthsOf, productOf, shapeGiven } = scripts.arrayFunctions;

  const { most_entries: mostEntries } = vocabulary.interpreter;

  /** What a function of a table gives. */
  function callListed(table, name, given, keywords) {
    if (!table.has(name)) throw new NotFollowed();
    const [listed, listedFunction] = table.get(name);
    if (listed === "**") return listedFunction(given, keywords);
    if (listed === "*") {
      if (keywords.size) throw new NotFollowed();
      return listedFunction(...given);
    }
    const parameters = listed.split(" ");
    if (given.length > parameters.length) throw new NotFollowed();
    const values = parameters.map((_, k) => given[k] ?? null);
    for (const [each, value] of keywords) {
      const place = parameters.indexOf(each);
      if (place < 0) throw new NotFollowed();
      values[place] = value;
    }
    if (!given.length && !keywords.has(parameters[0])) throw new NotFollowed();
    return listedFunction(...values);
  }

  /** Whether a type is one of whole numbers, null if none is named. */
  function isWholeType(dtype) {
    if (dtype === null) return null;
    const kind = typeNamed(dtype instanceof Library ? dtype.name : dtype);
    if (kind !== "float" && kind !== "int") throw new NotFollowed();
    return kind === "int";
  }

  /** The function that makes an array of one number: `np.zeros`. */
  function full(value) {
    return (shape, dtype) =>
      filledArray(lengthsOf(shape), value, isWholeType(dtype) ?? false);
  }

  /** The function that makes one like another array: `np.zeros_like`. */
  function fullLike(value) {
    return function make(model, dtype) {
      if (model instanceof SmallArray && hasColumnsFirst(model)) {
        return make(model.transposed(), dtype).transposed();
      }
      const like = smallArrayOf(model);
      return filledArray(like.shape, value, isWholeType(dtype) ?? like.isWhole);
    };
  }

  /** `np.array`: a copy, of another type if one is named. */
  function converted(value, dtype, copy) {
    if (copy === false) throw new NotFollowed();
    if (value instanceof SmallArray && hasColumnsFirst(value)) {
      return asType(value, dtype);
    }
    return numberOrArray(smallArrayOf(value, isWholeType(dtype)));
  }

  /** `x.astype`: a copy with another type. */
  function asType(array, dtype) {
    const kind = isWholeType(dtype);
    return hasColumnsFirst(array)
      ? array.transposed().copied(kind).transposed()
      : array.copied(kind);
  }

  /** `np.asarray`: the array itself, if it has that type. */
  function asArray(value, dtype) {
    const kind = isWholeType(dtype);
    const isOne =
      value instanceof SmallArray && (kind ?? value.isWhole) === value.isWhole;
    return isOne ? value : numberOrArray(smallArrayOf(value, kind));
  }

  /** A copy of an array, a list or a number. */
  function copied(value) {
    if (value instanceof SmallArray) return value.copied();
    if (isAnyNumber(value)) return value;
    if (!Array.isArray(value)) throw new NotFollowed();
    return [...value];
  }

  /** `copy.deepcopy`. */
  function deeplyCopied(value) {
    return Array.isArray(value) ? value.map(deeplyCopied) : copied(value);
  }

  /** `np.copy`: an array, also of a list. */
  function copiedArray(value) {
    return converted(value, null, null);
  }

  /** The number of an array that holds one, as NumPy gave it before its 2.4. */
  function onlyNumber(value) {
    if (value instanceof SmallArray) {
      if (value.size !== 1) throw new Stops();
      return value.entries()[0];
    }
    if (!isAnyNumber(value)) throw new NotFollowed();
    return value;
  }

  /** `range`. */
  function range(...bounds) {
    const isKnown = bounds.length >= 1 && bounds.length <= 3;
    if (!isKnown || !bounds.every(isWholeNumber)) throw new NotFollowed();
    const [start, stop, step] = bounds.length > 1 ? bounds : [0n, bounds[0]];
    const by = step ?? 1n;
    if (by === 0n) throw new Stops();
    const numbers = [];
    for (let k = start; by > 0n ? k < stop : k > stop; k += by) {
      numbers.push(k);
      if (numbers.length > mostEntries) throw new NotFollowed();
    }
    return numbers;
  }

  /** `enumerate`. */
  function enumerated(value, start) {
    const first = start ?? 0n;
    if (!isWholeNumber(first)) throw new NotFollowed();
    return itemsIn(value).map((item, k) => new Tuple([first + BigInt(k), item]));
  }

  /** `zip`. */
  function zipped(...values) {
    const lists = values.map(itemsIn);
    const length = lists.length ? Math.min(...lists.map((list) => list.length)) : 0;
    return Array.from({ length }, (_, k) => new Tuple(lists.map((list) => list[k])));
  }

  /** `max` or `min`, of numbers or of the items of a list. */
  function oneOfNumbers(isBetter) {
    return (...values) => {
      const numbers = values.length === 1 ? itemsIn(values[0]) : values;
      if (!numbers.length || !numbers.every(isAnyNumber)) throw new NotFollowed();
      return numbers.reduce((best, each) => (isBetter(each, best) ? each : best));
    };
  }

  /** `np.sqrt`, of what has one. */
  function root(value) {
    return entryByEntry((entry) => {
      if (entry < 0) throw new NotFollowed();
      return Math.sqrt(Number(entry));
    }, value);
  }

  /** A function of each entry, such as `np.exp`, where it has a value. */
  function ofRealNumbers(compute) {
    return (value) =>
      entryByEntry((entry) => {
        const result = compute(Number(entry));
        if (!Number.isFinite(result)) throw new NotFollowed();
        return result;
      }, value);
  }

  /** `np.eye`. */
  function unitVectors(size) {
    const array = filledArray(lengthsOf([size, size]), 0, false);
    for (const k of wholeNumbersBelow(array.shape[0])) array.put(new Tuple([k, k]), 1);
    return array;
  }

  /** The array with its axes in reverse order. */
  function turned(value, axes) {
    if (axes !== null) throw new NotFollowed();
    return checkedArray(value).transposed();
  }

  /** A value that must be an array; anything else is not followed. */
  function checkedArray(value) {
    if (!(value instanceof SmallArray)) throw new NotFollowed();
    return value;
  }

  /** `ravel`: a window on numbers that are neighbours, else a copy. */
  function inOneRow(value) {
    const array = checkedArray(value);
    const isSpread = array.shape.length === 1 && array.strides[0] !== 1;
    return reshaped(isSpread ? array.copied() : array, [-1]);
  }

  /** `x.flat`: what is written into it is written into the array. */
  function flatWindow(array) {
    const opened = reshaped(array, [-1]);
    if (opened.numbers !== array.numbers) throw new NotFollowed();
    return opened;
  }

  /** `reshape`. */
  function withShape(value, ...lengths) {
    const [first] = lengths;
    const shape = lengths.length === 1 ? shapeGiven(first) : shapeGiven(lengths);
    return reshaped(checkedArray(value), shape);
  }

  /** `np.atleast_1d` and `np.atleast_2d`. */
  function atLeast(axes) {
    return (value) => {
      const array = arrayFor(value);
      if (array.shape.length >= axes) return array;
      return reshaped(array, axes === 1 ? [1] : [1, array.size]);
    };
  }

  /** `np.finfo`, of the floats of Python itself. */
  function floatLimits(dtype) {
    if (isWholeType(dtype) !== false) throw new NotFollowed();
    return new FloatLimits();
  }

  /** `np.nditer`, with the indices of its array. */
  function indexIterator(value, flags) {
    const isIndexed = Array.isArray(flags) && flags.includes("multi_index");
    if (!isIndexed) throw new NotFollowed();
    return new IndexIterator(checkedArray(value));
  }

  /** `np.ndindex`. */
  function allIndices(...shape) {
    return indicesOf(lengthsOf(shape.length === 1 ? shape[0] : shape));
  }

  /** `isinstance`, for arrays, lists, tuples and numbers. */
  function isInstance(value, kinds) {
    if (value === OPAQUE) throw new NotFollowed();
    const names = kinds instanceof Tuple ? kinds.items : [kinds];
    let isOne = false;
    for (const name of names) {
      const isOfKind = name instanceof Library && INSTANCES.get(name.name);
      if (!isOfKind) throw new NotFollowed();
      isOne ||= isOfKind(value);
    }
    return isOne;
  }

  /** `np.full_like`. */
  function filledLike(value, number, dtype) {
    if (!isAnyNumber(number)) throw new NotFollowed();
    return fullLike(number)(value, dtype);
  }

  /** `sorted`, of texts. */
  function inOrder(value) {
    const items = itemsIn(value);
    if (items.some((item) => typeof item !== "string")) throw new NotFollowed();
    return [...items].sort();
  }

  /** `dict`, of named values. */
  function dictionaryOf(given, keywords) {
    if (given.length) throw new NotFollowed();
    return new Map(keywords);
  }

  /** `itertools.product`. */
  function everyCombination(given, keywords) {
    const { repeat = 1n, ...others } = Object.fromEntries(keywords);
    if (Object.keys(others).length || !isWholeNumber(repeat)) throw new NotFollowed();
    const along = Array.from({ length: Math.max(Number(repeat), 0) }, () =>
      given.map(itemsIn),
    ).flat();
    const count = along.reduce((total, { length }) => total * length, 1);
    if (count > mostEntries) throw new NotFollowed();
    let combinations = [[]];
    for (const items of along) {
      combinations = combinations.flatMap((each) =>
        items.map((item) => [...each, item]),
      );
    }
    return combinations.map((each) => new Tuple(each));
  }

  /** `get`. */
  function valueOrOther(dictionary, key, other) {
    return dictionary.has(checkedKey(key)) ? dictionary.get(key) : other;
  }

  const sizes = (value) => new Tuple(value.shape.map(BigInt));

  const INSTANCES = new Map([
    ["numpy.ndarray", (value) => value instanceof SmallArray],
    ["list", Array.isArray],
    ["tuple", (value) => value instanceof Tuple],
    ["int", isWholeNumber],
    ["float", (value) => typeof value === "number"],
  ]);

  const absolute = (value) =>
    entryByEntry((entry) => (entry < 0 ? -entry : entry), value);

  const OF_REAL_NUMBERS = [
    "sin",
    "cos",
    "tan",
    "exp",
    "log",
    "tanh",
    "sinh",
    "cosh",
    "log10",
    "log1p",
  ];

  const FUNCTIONS = new Map(
    Object.entries({
      ...ARRAY_FUNCTIONS,
      ...Object.fromEntries(
        OF_REAL_NUMBERS.flatMap((name) => {
          const compute = ofRealNumbers(Math[name]);
          return [
            [`numpy.${name}`, ["value", compute]],
            [`math.${name}`, ["value", (value) => compute(onlyNumber(value))]],
          ];
        }),
      ),
      float: ["value", (value) => Number(onlyNumber(value))],
      int: ["value", (value) => asKind(onlyNumber(value), true)],
      abs: ["value", absolute],
      len: ["value", (value) => BigInt(itemsIn(value).length)],
      list: ["value", (value) => [...itemsIn(value)]],
      tuple: ["value", (value) => new Tuple(itemsIn(value))],
      range: ["*", range],
      enumerate: ["value start", enumerated],
      zip: ["*", zipped],
      isinstance: ["value kinds", isInstance],
      sorted: ["value", inOrder],
      dict: ["**", dictionaryOf],
      "itertools.product": ["**", everyCombination],
      max: ["*", oneOfNumbers((each, best) => each > best)],
      min: ["*", oneOfNumbers((each, best) => each < best)],
      "math.sqrt": ["value", (value) => root(onlyNumber(value))],
      "numpy.sqrt": ["value", root],
      "numpy.ravel": ["value", inOneRow],
      "numpy.reshape": ["*", withShape],
      "copy.deepcopy": ["value", deeplyCopied],
      "numpy.abs": ["value", absolute],
      "numpy.zeros": ["shape dtype", full(0)],
      "numpy.ones": ["shape dtype", full(1)],
      "numpy.empty": ["shape dtype", full(0)],
      "numpy.zeros_like": ["value dtype", fullLike(0)],
      "numpy.ones_like": ["value dtype", fullLike(1)],
      "numpy.empty_like": ["value dtype", fullLike(0)],
      "numpy.full_like": ["value number dtype", filledLike],
      "numpy.array": ["value dtype copy", converted],
      "numpy.asarray": ["value dtype", asArray],
      "numpy.copy": ["value", copiedArray],
      "numpy.eye": ["size", unitVectors],
      "numpy.identity": ["size", unitVectors],
      "numpy.transpose": ["value axes", turned],
      "numpy.atleast_1d": ["value", atLeast(1)],
      "numpy.atleast_2d": ["value", atLeast(2)],
      "numpy.ndim": ["value", (value) => BigInt(smallArrayOf(value).shape.length)],
      "numpy.finfo": ["dtype", floatLimits],
      "numpy.nditer": ["value flags op_flags", indexIterator],
      "numpy.ndindex": ["*", allIndices],
    }),
  );

  const METHODS = new Map(
    Object.entries({
      array: {
        copy: ["value", copied],
        astype: ["value dtype", asType],
        flatten: ["value", (value) => reshaped(value.copied(), [-1])],
        ravel: ["value", inOneRow],
        reshape: ["*", withShape],
        transpose: ["value axes", turned],
        sum: TOTAL,
        max: LARGEST,
        min: SMALLEST,
        mean: MEAN,
        dot: ["left right", productOf],
        item: ["value", onlyNumber],
      },
      list: {
        append: [
          "items item",
          (items, item) => {
            items.push(item);
            return null;
          },
        ],
        copy: ["value", copied],
      },
      dictionary: {
        keys: ["dictionary", itemsIn],
        values: ["dictionary", (dictionary) => [...dictionary.values()]],
        items: [
          "dictionary",
          (dictionary) => [...dictionary].map((pair) => new Tuple(pair)),
        ],
        get: ["dictionary key other", valueOrOther],
      },
      number: { copy: ["value", copied], item: ["value", copied] },
      iterator: { iternext: ["iterator", (iterator) => iterator.next()] },
    }).map(([kind, methods]) => [kind, new Map(Object.entries(methods))]),
  );

  const ATTRIBUTES_OF_ARRAYS_ALONE = ["ndim", "shape", "size"]; // no list has these
  const ATTRIBUTES = new Map(
    Object.entries({
      array: {
        T: (array) => array.transposed(),
        flat: flatWindow,
        shape: sizes,
        size: ({ size }) => BigInt(size),
        ndim: ({ shape }) => BigInt(shape.length),
        dtype: ({ isWhole }) => new Library(isWhole ? "int" : "float"),
      },
      // A number may be one of an array, which has these.
      number: {
        shape: () => new Tuple([]),
        size: () => 1n,
        ndim: () => 0n,
      },
      limits: { eps: ({ eps }) => eps },
      iterator: {
        finished: ({ isFinished }) => isFinished,
        multi_index: ({ indices, turn }) => itemAt(indices, BigInt(turn)),
      },
    }).map(([kind, attributes]) => [kind, new Map(Object.entries(attributes))]),
  );

  scripts.numpyFunctions = {
    ATTRIBUTES,
    ATTRIBUTES_OF_ARRAYS_ALONE,
    FUNCTIONS,
    METHODS,
    callListed,
    checkedArray,
    full,
    fullLike,
    onlyNumber,
    zipped,
  };
}
