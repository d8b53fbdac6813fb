/* NumPy calls: the results of functions of NumPy. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { FLOAT, GENERATOR, ONE_POINT, OTHER, TABLE, UNKNOWN, WHOLE } = scripts;
  const { arange, arrayOf, combinedHeights, computedOf, coordinatesOf } = scripts;
  const { dotted, exchangesAxes, gradientOfHeights, hasStarred, heightsOf } = scripts;
  const { heightsOfArguments, isArray, sequenceOf, kindOfNumbers, lastPart } = scripts;
  const { linspace, meshOf, moved, numberValue, textsOfCoordinates } = scripts;
  const { isOnePoint, transposed, unknownPart } = scripts;
  const { LOW_TYPES, flattened, joined, keywordOf, kindNamed, lose, noteCut } =
    scripts.walk;
  const { axisOfJoining, reduced, signed } = scripts.walk;
  const words = vocabulary.walk;

  /** The result of a function of NumPy for its arguments. */
  function resultOfNumpy(walk, call, name) {
    if (name === "gradient") return axisGradient(walk, call);
    const { node, arguments: values } = call;
    const written = writtenBy(name, values);
    walk.changes.note(...written);
    for (const value of written) noteCut(walk, value);
    if (isPairWithoutList(name, values)) {
      walk.observations.pairsWithoutList.push(node);
      return joined(name, node, sequenceOf(values), "");
    }
    if ((isArray(call.first) || call.first.is === "items") && isType(name)) {
      // np.float32([1, 2]) is np.array([1, 2], np.float32)
      return joined("array", node, call.first, kindNamed(node.func, walk.imports));
    }
    if (!node.keywords.every(({ arg }) => words.numpy_keywords.includes(arg))) {
      lose(...values);
      return heightsOfArguments(values) ?? partOrComputed(name, values);
    }
    const asked = typeAskedFor(name, node);
    const kind = asked ? kindNamed(asked, walk.imports) : "";
    const value = result(name, call, kind);
    return asked && !kind && isArray(value) ? { ...value, kind } : value;
  }

  /** Whether a function of NumPy is a type of floats. */
  function isType(name) {
    return (
      vocabulary.types.float.includes(`numpy.${name}`) || LOW_TYPES.has(`numpy.${name}`)
    );
  }

  /** Note a call of `np.gradient`; the slopes that it gives. */
  function axisGradient({ observations }, { node, arguments: values, names }) {
    const [heights = UNKNOWN, ...spacings] = values;
    const slopes = gradientOfHeights(node, heights);
    const isKnown = observations.heights.get(node) ?? true;
    observations.heights.set(node, isKnown && slopes !== UNKNOWN);
    if (slopes !== UNKNOWN) {
      const coordinates = textsOfCoordinates(heights.mesh, names.all());
      const isPlain = !hasStarred(node);
      const gradient = { node, heights, spacings, isPlain, coordinates };
      observations.axisGradients.push(gradient);
    }
    return slopes;
  }

  /** Whether this is `np.array(X, Y)`, where a list of both is meant. */
  function isPairWithoutList(name, values) {
    return isJoining(name) && values.length === 2 && values.every(isArray);
  }

  function isJoining(name) {
    return words.joins_rows.includes(name) || words.joins_columns.includes(name);
  }

  /** The same, with numbers of the kind asked for, if any. */
  function result(name, call, kind) {
    const { node, first, arguments: values } = call;
    if (name === "negative" && values.length === 1) return signed("USub", first);
    if (first.is === "slopes" && words.same_slopes.includes(name)) {
      const axis = axisOfJoining(name, node);
      if (axis === 0) return first;
      if (axis === 1 || axis === -1) return transposed(first);
    }
    if (name !== "transpose" && !words.sizes.includes(name)) lose(first);
    if (isJoining(name)) return joined(name, node, first, kind);
    return (
      grid(name, call, kind) ??
      rearranged(name, call) ??
      newArray(name, call, kind) ??
      numbers(name, call) ??
      ofHeights(name, node, values)
    );
  }

  /** What gives the numbers along an axis, or the points of a grid. */
  function grid(name, { node, arguments: values, keywords }, kind) {
    if (name === "arange") return arange(values, keywords, kind);
    if (name === "linspace") return linspace(node, values, keywords, kind);
    return name === "meshgrid" && values.length === 2 ? meshgrid(node, values) : null;
  }

  /** What has the same numbers in another form, or some of them. */
  function rearranged(name, { node, first, arguments: values }) {
    if (name === "transpose") {
      return exchangesAxes(node, false) ? transposed(first) : unknownPart(first);
    }
    if (!isArray(first)) return null;
    if (name === "copy") return first;
    if (name === "ravel") {
      const hasOrder = values.length > 1 || node.keywords.length;
      return hasOrder ? moved(flattened(first)) : flattened(first);
    }
    return words.views.includes(name) ? unknownPart(first) : null;
  }

  /** An array of zeros, of random numbers and the like. */
  function newArray(name, call, kind) {
    const { first, arguments: values } = call;
    if (words.generators.includes(name)) return GENERATOR;
    if (words.whole_numbers.includes(name)) return arrayOf(OTHER, kind || WHOLE);
    if (words.drawn_from.includes(name)) return arrayOf(OTHER, kindOfNumbers([first]));
    if (name === "full" && values.length > 1) {
      return arrayOf(OTHER, kind || kindOfNumbers([values[1]]));
    }
    if (!words.making.some((start) => name.startsWith(start))) return null;
    const inherited = name.endsWith("_like") && isArray(first) ? first.kind : "";
    return filledArray(name, call, kind || inherited || FLOAT);
  }

  /** The argument of `np.zeros(2)`, or the last of `uniform(-3, 3, size=2)`. */
  function shapeAskedFor(name, { first, arguments: values, keywords }) {
    if (words.making_points_between.includes(name))
      return values[2] ?? keywords.get("size") ?? UNKNOWN;
    const isSize = words.making_points.includes(name) && values.length === 1;
    return isSize ? first : UNKNOWN;
  }

  /** An array of zeros and the like: one point in `np.zeros(2)`. */
  function filledArray(name, call, kind) {
    if (words.making_like_points.includes(name) && isOnePoint(call.first))
      return arrayOf(ONE_POINT, kind, { dimension: call.first.dimension });
    const { isWhole, value: length, values: lengths } = shapeAskedFor(name, call);
    if (isWhole && length !== null)
      return arrayOf(ONE_POINT, kind, { dimension: length });
    const isTable = lengths?.length === 2 && lengths[1].value === 2;
    return isTable ? arrayOf(TABLE, kind, { dimension: 2 }) : arrayOf(OTHER, kind);
  }

  /** One number, or one for each of an array. */
  function numbers(name, { node, first, arguments: values }) {
    if (LOW_TYPES.has(`numpy.${name}`)) return numberValue(null, false);
    if (!isArray(first)) return null;
    if (words.reductions.includes(name)) {
      return reduced(name, first, node, values.length > 1);
    }
    return values.length === 1 && !first.isSquare ? elementwise(name, first) : null;
  }

  /** The result of a function of each number for an array. */
  function elementwise(name, value) {
    const givesFloats = words.gives_floats.includes(name);
    const isPlain = value.kind === WHOLE || value.kind === FLOAT;
    const form = isOnePoint(value) ? ONE_POINT : OTHER;
    return arrayOf(form, givesFloats && isPlain ? FLOAT : "");
  }

  /** The result of a function of NumPy for heights over a grid. */
  function ofHeights(name, node, values) {
    const heights = heightsOfArguments(values);
    if (!heights || words.reordering.includes(name))
      return partOrComputed(name, values);
    if (words.reductions.includes(name) && heightsOf(values[0])) {
      const isOfAll = values.length === 1 && !node.keywords.length;
      return isOfAll ? numberValue(null, false) : UNKNOWN;
    }
    const eachNumber = [...words.gives_floats, ...words.each_number];
    const isPlain = eachNumber.includes(name) && values.some(heightsOf);
    return isPlain ? combinedHeights(values) : heights;
  }

  /** The result of a function or a method of NumPy that may give a view. */
  function partOrComputed(name, values) {
    const givesView = words.views.includes(name);
    return givesView ? unknownPart(...values) : computedOf(...values);
  }

  /** The arguments that a function of NumPy may write into. */
  function writtenBy(name, values) {
    if (words.changing.includes(lastPart(name))) return values;
    return values.slice(words.inputs[name] ?? 2);
  }

  function meshgrid(node, values) {
    const indexing = indexingOf(node);
    if (indexing !== "xy" && indexing !== "ij") return UNKNOWN;
    const kinds = values.map((value) => (isArray(value) ? value.kind : ""));
    return coordinatesOf(meshOf(node, indexing === "ij" ? 0 : 1, values), kinds);
  }

  /** "xy" or "ij" for a call of `meshgrid`, empty if that is not known. */
  function indexingOf({ func, keywords }) {
    const given = keywords.find(({ arg }) => arg === "indexing")?.value;
    if (given) return given.kind === "str" ? given.value : "";
    // PyTorch has the other default.
    return dotted(func).startsWith("torch.") ? "ij" : "xy";
  }

  /** The type of numbers that a call of NumPy names, null if there is none. */
  function typeAskedFor(name, node) {
    const takesType = name === "array" || name === "asarray";
    return keywordOf(node, "dtype") ?? (takesType ? (node.args[1] ?? null) : null);
  }

  Object.assign(scripts.walk, { resultOfNumpy, partOrComputed });
}
