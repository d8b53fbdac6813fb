/* Expressions: what is known of each kind of expression. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { COORDINATE, FLOAT, POINTS, RANGE, SHEETS, TABLE, UNKNOWN, WHOLE } = scripts;
  const { arrayOf, axisOfMgrid, combinedHeights, functionValue, heightsOf } = scripts;
  const { isArray, isItems, isNumber, isNumeric, itemOf, sequenceOf, kindOfNumbers } =
    scripts;
  const { meaning, meshOf, number, numberValue, stacked } = scripts;
  const { transposed, unknownPart } = scripts;
  const { Names, assign, combined, ofEach, partOfArray, partOfSlopes } = scripts.walk;
  const { resultOfCall, signed } = scripts.walk;
  const words = vocabulary.walk;

  /** What is known of an expression. */
  function valueOf(walk, node, names) {
    const rule = EXPRESSIONS[node.type] ?? other;
    return rule(walk, node, names);
  }

  /** What may be a part of any value in an expression. */
  function other(walk, node, names) {
    const children = [...python.children(node)]
      .filter(({ type }) => type !== "comprehension")
      .map((child) => walk.value(child, names));
    return unknownPart(...children);
  }

  function constant(walk, node) {
    if (node.kind === "complex") return numberValue(null, false);
    if (!isNumeric(node)) return UNKNOWN;
    return numberValue(number(node), node.kind === "int");
  }

  function tupleOrList(walk, node, names) {
    const values = node.elts.map((item) => walk.value(item, names));
    return sequenceOf(values, node.type === "List");
  }

  function unary(walk, node, names) {
    return signed(node.op, walk.value(node.operand, names));
  }

  function binary(walk, node, names) {
    const left = walk.value(node.left, names);
    return combined(node.op, left, walk.value(node.right, names));
  }

  function compared(walk, node, names) {
    const nodes = [node.left, ...node.comparators];
    const sides = nodes.map((side) => walk.value(side, names));
    return sides.some(heightsOf) ? combinedHeights(sides) : UNKNOWN;
  }

  function named(walk, node, names) {
    const value = walk.value(node.value, names);
    assign(walk, node.target, value, names);
    return value;
  }

  function attribute(walk, node, names) {
    const known = words.named_numbers[meaning(node, walk.imports)];
    if (known) return numberValue(known, false);
    const value = walk.value(node.value, names);
    if (value.is === "instance") return walk.objects.attributeOf(value, node.attr);
    return node.attr === "T" ? transposed(value) : unknownPart(value);
  }

  function subscript(walk, node, names) {
    const fullName = meaning(node.value, walk.imports);
    if (fullName === "numpy.mgrid") return mgrid(walk, node, names);
    if (fullName === "numpy.c_") return columns(walk, node, names);
    const value = walk.value(node.value, names);
    const index = node.slice;
    if (isItems(value)) {
      const place = number(index);
      const isWithin = place !== null && 0 <= place && place < value.values.length;
      if (isWithin) return value.values[Math.trunc(place)];
    }
    if (value.is === "slopes") return partOfSlopes(value, index);
    if (isArray(value)) {
      const isRow = value.form === TABLE && isNumber(walk.value(index, names));
      return isRow ? itemOf(value) : partOfArray(value, index, walk.imports);
    }
    return unknownPart(value);
  }

  /** The array of `np.c_[X, Y]`. */
  function columns(walk, node, names) {
    const value = walk.value(node.slice, names);
    return isItems(value) ? stacked(value, "", false) : unknownPart(value);
  }

  /** The two coordinates of `np.mgrid[a:b:c, d:e:f]`. */
  function mgrid(walk, node, names) {
    const index = node.slice;
    if (index.type !== "Tuple" || index.elts.length !== 2) return UNKNOWN;
    const ranges = [];
    const kinds = [];
    for (const piece of index.elts) {
      if (piece.type !== "Slice") return UNKNOWN;
      const bounds = [piece.lower, piece.upper, piece.step].filter(Boolean);
      const numbers = bounds.map((bound) => walk.value(bound, names));
      ranges.push(arrayOf(RANGE, "", { axis: axisOfMgrid(numbers, piece.step) }));
      kinds.push(kindOfNumbers(numbers));
    }
    const kind = kinds.every((each) => each === WHOLE) ? WHOLE : FLOAT;
    return arrayOf(SHEETS, kind, { mesh: meshOf(node, 0, ranges) });
  }

  /** Follow a comprehension once; a list of pairs is a list of points. A list of the
      coordinates of a grid is followed for each of them. */
  function comprehension(walk, node, names) {
    const inner = new Names(names);
    let array = UNKNOWN;
    for (const { iter, target } of node.generators) {
      array = walk.value(iter, inner);
      assign(walk, target, itemOf(array), inner);
    }
    const element = walk.value(node.elt, inner);
    for (const { type, target } of python.walk(node)) {
      if (type === "NamedExpr") names.set(target.id, UNKNOWN); // of the code around
    }
    const [generator, ...more] = node.generators;
    if (more.length || generator.ifs.length) {
      const isPair = isItems(element) && element.values.length === 2;
      return isPair ? arrayOf(POINTS, "") : unknownPart(element);
    }
    if (node.type === "ListComp" && holdsCoordinates(array)) {
      return listOfEachCoordinate(walk, node, array, names);
    }
    return ofEach(walk, element, array, generator.iter);
  }

  /** Whether this is what `np.meshgrid` gives. */
  function holdsCoordinates(value) {
    if (!isItems(value)) return false;
    return value.values.every((each) => isArray(each) && each.form === COORDINATE);
  }

  /** The list of `[each.ravel() for each in np.meshgrid(x, y)]`. */
  function listOfEachCoordinate(walk, { elt, generators }, coordinates, names) {
    const elements = coordinates.values.map((coordinate) => {
      const inner = new Names(names);
      assign(walk, generators[0].target, coordinate, inner);
      return walk.value(elt, inner);
    });
    return sequenceOf(elements, true);
  }

  const EXPRESSIONS = {
    Constant: constant,
    Name: (walk, node, names) => walk.valueOfName(node.id, names),
    Tuple: tupleOrList,
    List: tupleOrList,
    UnaryOp: unary,
    BinOp: binary,
    Compare: compared,
    Lambda: (walk, node) => functionValue(node, "lambda"),
    Attribute: attribute,
    Subscript: subscript,
    Call: resultOfCall,
    ListComp: comprehension,
    GeneratorExp: comprehension,
    Await: (walk, node, names) => walk.value(node.value, names),
    NamedExpr: named,
  };

  Object.assign(scripts.walk, { valueOf });
}
