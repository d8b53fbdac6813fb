/* Array methods: the results of methods of slopes, heights and arrays. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { COLUMN, COORDINATE, COORDINATES, FLOAT, ONE_POINT, OTHER, POINTS } = scripts;
  const { POINT_SHEETS, RANGE, RESHAPED, SHEETS, UNKNOWN, WHOLE } = scripts;
  const {
    arrayOf,
    exchangesAxes,
    isArray,
    isFloatType,
    isOfSlopes,
    meaning,
    moved,
    number,
  } = scripts;
  const { numberValue, plainText, transposed, unknownPart } = scripts;
  const { givesSameArray, lose } = scripts.walk;
  const words = vocabulary.walk;

  const LOW_TYPES = new Map(Object.entries(vocabulary.types.low));

  /** The result of a method of an array, null for any other method. */
  function resultOfMethod(walk, node, receiver) {
    const name = node.func.attr;
    if (isOfSlopes(receiver)) return ofSlopes(name, node, receiver);
    if (receiver.is === "heights") return ofHeights(walk, name, node, receiver);
    return isArray(receiver) ? ofArray(walk, name, node, receiver) : null;
  }

  function ofSlopes(name, node, slopes) {
    if (hasOtherOrder(name, node) || keepsAxes(name, node)) {
      lose(slopes);
      return unknownPart(slopes);
    }
    if (name === "transpose") return transposed(slopes);
    const isSame = [...words.flattening, ...words.same_array, "reshape"].includes(name);
    if (!isSame && !words.sizes.includes(name)) lose(slopes);
    return isSame ? slopes : null;
  }

  /** Whether an array is reshaped or flattened in another order than row by row. */
  function hasOtherOrder(name, { args, keywords }) {
    const isFlattened = words.flattening.includes(name);
    if (!isFlattened && name !== "reshape") return false;
    const orders = keywords.filter(({ arg }) => arg === "order");
    const given = [...orders.map(({ value }) => value), ...(isFlattened ? args : [])];
    return given.some((order) => plainText(order) !== "C");
  }

  /** Whether this is a transpose that need not exchange the axes. */
  function keepsAxes(name, node) {
    return name === "transpose" && !exchangesAxes(node, true);
  }

  function ofHeights({ imports }, name, node, heights) {
    const { args, keywords } = node;
    if (keepsAxes(name, node)) return UNKNOWN;
    if (name === "transpose") return transposed(heights);
    if (words.same_array.includes(name)) return heights;
    if (name === "astype" && args.length) {
      const isCutOff = ["", WHOLE].includes(kindNamed(args[0], imports));
      return isCutOff ? UNKNOWN : heights;
    }
    const isOfAll = !args.length && !keywords.length;
    const isNumberOfAll = words.reductions.includes(name) && isOfAll;
    return isNumberOfAll ? numberValue(null, false) : UNKNOWN;
  }

  function ofArray(walk, name, node, array) {
    if (words.reductions.includes(name)) {
      return reduced(name, array, node, node.args.length > 0);
    }
    if (keepsAxes(name, node)) return unknownPart(array);
    if (name === "transpose") return transposed(array);
    if (words.flattening.includes(name)) {
      const flat = flattened(array);
      return hasOtherOrder(name, node) ? moved(flat) : flat;
    }
    if (words.same_array.includes(name)) return array;
    if (name === "astype" && node.args.length) {
      const kind = kindNamed(node.args[0], walk.imports);
      if (givesSameArray(name, node, array, kind)) return { ...array, kind };
      return ofKind(walk, array, kind);
    }
    if (name === "reshape") {
      const value = reshaped(array, node.args);
      return hasOtherOrder(name, node) ? moved(value) : value;
    }
    if (words.views.includes(name)) {
      const kind = name === "view" && node.args.length ? "" : array.kind;
      return arrayOf(OTHER, kind, { mesh: array.mesh, made: array.made });
    }
    return arrayOf(OTHER, words.same_kind.includes(name) ? array.kind : "");
  }

  /** An array with numbers of another kind; whole ones are cut off. */
  function ofKind(walk, array, kind) {
    const { mesh } = array;
    const isCutOff = kind === WHOLE && array.kind !== WHOLE;
    if (!mesh || !isCutOff) {
      return { ...array, kind, made: null };
    }
    if (!walk.cutOff.has(mesh)) {
      walk.cutOff.set(mesh, { ...mesh, ranges: [null, null] });
    }
    return { ...array, kind, made: null, mesh: walk.cutOff.get(mesh) };
  }

  function reshaped(array, givenShape) {
    const isTuple = givenShape.length === 1 && givenShape[0].type === "Tuple";
    const lengths = (isTuple ? givenShape[0].elts : givenShape).map(number);
    if (lengths.length === 1 && lengths[0] === -1) return flattened(array);
    const isUpright = array.form === ONE_POINT || array.form === COLUMN;
    if (isUpright && lengths.length === 2 && lengths[1] === 1) {
      return arrayOf(COLUMN, array.kind, { made: array.made });
    }
    const isPair = lengths.length === 2 && lengths[0] === 2 && lengths[1] === -1;
    const hasCoordinates = array.form === COORDINATES || array.form === SHEETS;
    if (hasCoordinates && isPair) return { ...array, form: COORDINATES };
    const areRows = lengths.length === 2 && lengths[0] === -1 && lengths[1] === 2;
    if (array.form === POINT_SHEETS && areRows) return { ...array, form: POINTS };
    const arePairs = lengths.length === 2 && lengths[0] !== 2 && lengths[1] === 2;
    if (array.form === COORDINATES && arePairs) {
      return { ...array, form: RESHAPED, made: null };
    }
    return arrayOf(OTHER, array.kind, { mesh: array.mesh, made: array.made });
  }

  /** An array on one axis. */
  function flattened(array) {
    if (array.form === COORDINATE) return { ...array, isSquare: false };
    if (array.form === COLUMN) return { ...array, form: ONE_POINT };
    if (array.form === RANGE || array.form === ONE_POINT) return array;
    return arrayOf(OTHER, array.kind, { mesh: array.mesh, made: array.made });
  }

  /** What a sum or a mean makes of an array: one number, if taken over all of it. */
  function reduced(name, array, node, hasAxis) {
    const { kind } = array;
    if (hasAxis || node.keywords.length || kind === "") return arrayOf(OTHER, "");
    const givesFloat = name === "mean" || name === "linalg.norm";
    const isBound = name === "min" || name === "max";
    const boundOf = isBound ? array : null;
    return numberValue(null, kind === WHOLE && !givesFloat, { boundOf });
  }

  /** The kind of numbers that a type stands for. */
  function kindNamed(node, imports) {
    if (isFloatType(node, imports)) return FLOAT;
    const isText = node.type === "Constant" && node.kind === "str";
    const name = isText ? node.value : meaning(node, imports);
    return LOW_TYPES.get(name) ?? (vocabulary.types.whole.includes(name) ? WHOLE : "");
  }

  Object.assign(scripts.walk, {
    resultOfMethod,
    flattened,
    reduced,
    kindNamed,
    LOW_TYPES,
  });
}
