/* Tangents: `y = f(x) - d*x`, which is right only for numbers. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { COLUMN, ONE_POINT, RANGE, TAKES, isArray } = scripts;
  const { insertion, insertionBefore } = scripts.rules;

  /** `y = f(x) - d*x`, where d and x are arrays. */
  function* tangents(script) {
    for (const definition of script.definitions.all) {
      const nodes = python.walk(definition);
      const slopes = new Map(slopesNamedAmong(script, definition, nodes));
      const node = nodes.find((each) => slopeOfTangent(each, slopes));
      // Its mend is that of the whole function.
      if (node) yield* tangent(script, definition, node, slopes);
    }
  }

  /** Names that hold the result of a gradient routine at another name. */
  function* slopesNamedAmong(script, definition, nodes) {
    for (const { type, value, targets } of nodes) {
      if (type !== "Assign") continue;
      const differentiated = script.nameDifferentiated(definition, value);
      if (!differentiated || differentiated.routine.takes === TAKES.NUMBER) continue;
      for (const target of targets) {
        if (target.type !== "Name") continue;
        yield [target.id, { place: differentiated.name, call: value }];
      }
    }
  }

  /** d in `f(x) - d*x`, if d is a slope at x; else nothing. */
  function slopeOfTangent({ type, op, left, right }, slopes) {
    if (type !== "BinOp" || op !== "Sub" || left.type !== "Call") return "";
    const [one, other] = namesMultiplied(right);
    if (one === undefined) return "";
    if (slopes.get(one)?.place === other) return one;
    return slopes.get(other)?.place === one ? other : "";
  }

  /** The two names in `d*x`; none for anything else. */
  function namesMultiplied({ type, op, left, right }) {
    if (type !== "BinOp" || op !== "Mult") return [];
    const areNames = left.type === "Name" && right.type === "Name";
    return areNames ? [left.id, right.id] : [];
  }

  function* tangent(script, definition, node, slopes) {
    const name = slopeOfTangent(node, slopes);
    const edits = summedProducts(script, definition, name);
    const product = script.source.text(node.right);
    const values = { product, function: definition.name };
    if (!isCalled(script, definition)) {
      yield script.finding("tangent", "note", node, { edits, ...values });
      return;
    }
    const { call } = slopes.get(name);
    const haveSeveral = script.observations.differentiations
      .filter((each) => each.call.node === call)
      .map(({ argument }) => hasSeveralCoordinates(argument));
    if (!haveSeveral.some(Boolean)) return;
    // A sum over numbers along one coordinate would be one height for a whole curve.
    const certainEdits = haveSeveral.every(Boolean) ? edits : [];
    yield script.finding("tangent", "error", node, { edits: certainEdits, ...values });
  }

  function isCalled({ observations }, definition) {
    return observations.passedArguments.some((each) => each.definition === definition);
  }

  /** Whether a value is a single point, and not a number on a line. */
  function hasSeveralCoordinates(value) {
    if (!isArray(value)) return false;
    if (value.form === RANGE) return true; // nobody makes one number this way
    return [ONE_POINT, COLUMN].includes(value.form) && value.dimension > 1;
  }

  /** Add up every product with the slope in a function. */
  function summedProducts({ nameOfNumpy: numpy, source }, definition, name) {
    if (!numpy) return [];
    const products = python
      .walk(definition)
      .filter((node) => namesMultiplied(node).includes(name) && !node.inText);
    return products.flatMap((node) => [
      insertionBefore(source, node, `${numpy}.sum(`),
      insertion(source, node, ")"),
    ]);
  }

  Object.assign(scripts.rules, { tangents });
}
