/* Calls: what a gradient routine is called with, and what is done with its result. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { COLUMN, COORDINATES, POINTS, TAKES } = scripts;
  const { isAtPoints, isDrawnUnturned, isOnly, isWronglyReshaped, plotsOf } = scripts;
  const { meaning, parametersOf, plainText } = scripts;
  const { appended, insertion, coarseNumbers } = scripts.rules;
  const { replacementBehind, turned, turnedResult } = scripts.rules;

  /** Apply the rules of this module to each call. */
  function* calls(script) {
    for (const differentiation of script.observations.differentiations) {
      for (const rule of RULES_OF_CALLS) yield* rule(script, differentiation);
    }
  }

  /** One coordinate per row, for a routine that takes rows as points. */
  function* layout(script, differentiation) {
    const { routine, call, argument } = differentiation;
    if (argument.form !== COORDINATES) return;
    if (routine.isFollowed && routine.takes === TAKES.ROWS) {
      yield layoutForRows(script, differentiation);
    } else if (!routine.isFollowed && !routine.isOfLibrary) {
      yield script.finding("layout", "note", call.node, { routine: routine.name });
    }
  }

  function layoutForRows(script, differentiation) {
    const { routine, call, argumentNode } = differentiation;
    const { isTurnedAtOnce, isOneByOne } = differentiation;
    const { node, uses } = call;
    const values = { routine: routine.name };
    if (!script.isFollowedToPlots(differentiation)) {
      return script.finding("layout", "note", node, values);
    }
    if (isOneByOne || script.getsSeveralForms(node)) {
      return script.finding("layout", "error", node, values);
    }
    let edits = appended(script.source, argumentNode, ".T");
    if (!isTurnedAtOnce) {
      edits.push(...turnedResult(script, differentiation));
    } else if (isOnly(uses, "rows")) {
      edits = []; // the result is taken apart in some other way
    } else {
      const form = "inside";
      return script.finding("half-fix", "error", node, { edits, form, ...values });
    }
    return script.finding("layout", "error", node, { edits, ...values });
  }

  /** One point per row, and a result whose rows are drawn as coordinates. */
  function* halfFixOutside(script, differentiation) {
    const { routine, call, argument } = differentiation;
    const { node } = call;
    if (argument.form !== POINTS || routine.takes !== TAKES.ROWS) return;
    if (script.getsSeveralForms(node) || !isDrawnUnturned(differentiation)) return;
    const plots = plotsOf(call, script.observations.quivers);
    const areAtPoints = plots.every((quiver) => isAtPoints(quiver, argument));
    const isMendable = areAtPoints && !differentiation.isOneByOne;
    const canBeMended = isMendable && script.uses.areOfCoordinates(node);
    const edits = canBeMended ? [insertion(script.source, node, ".T")] : [];
    const values = { form: "outside", routine: routine.name };
    yield script.finding("half-fix", "error", node, { edits, ...values });
  }

  /** One point per row, for a routine that takes one coordinate per row. */
  function* transposedPoints(script, differentiation) {
    const { routine, call, argument, argumentNode } = differentiation;
    const { node, uses } = call;
    if (argument.form !== POINTS || routine.takes !== TAKES.COLUMNS) return;
    if (!isOnly(uses, "columns") || !script.isFollowedToPlots(differentiation)) return;
    let edits = [];
    if (!script.getsSeveralForms(node)) {
      const result = withTranspose(script, node) ?? node;
      edits = [...turned(script, argumentNode), ...turned(script, result)];
    }
    const values = { routine: routine.name };
    yield script.finding("transposed-points", "error", node, { edits, ...values });
  }

  /** The `….T` in the script that transposes a node. */
  function withTranspose({ source }, node) {
    return source.nodes.find(({ attr, value }) => attr === "T" && value === node);
  }

  /** `reshape(-1, 2)`, where rows and columns should be exchanged. */
  function* reshape(script, differentiation) {
    if (!isWronglyReshaped(differentiation, script.observations.quivers)) return;
    const {
      argument: { made },
      routine,
      call: { node },
    } = differentiation;
    const isMethod = made?.type === "Call" && made.func.type === "Attribute";
    let edits = [];
    if (isMethod && !script.getsSeveralForms(node)) {
      edits = [replacementBehind(script.source, made.func.value, made, ".T")];
    }
    const values = { routine: routine.name };
    yield script.finding("reshape", "error", made ?? node, { edits, ...values });
  }

  /** A column, for a routine that keeps a view of the entry it moves. */
  function* columnVector(script, { routine, call, argument, argumentNode }) {
    if (argument.form !== COLUMN || !routine.misreadsColumns) return;
    const edits = appended(script.source, argumentNode, ".ravel()");
    const values = { routine: routine.name };
    yield script.finding("column-vector", "error", call.node, { edits, ...values });
  }

  /** An array of X and Y, which are probably those of the book. */
  function* layoutOfFragment(script, { routine, call, argumentNode }) {
    if (!looksLikeCoordinates(script, argumentNode)) return;
    if (![TAKES.ROWS, TAKES.UNKNOWN].includes(routine.takes)) return;
    const form = routine.isFollowed ? "fragment" : "note";
    yield script.finding("layout", "note", call.node, { form, routine: routine.name });
  }

  /** Whether this is `np.array([X, Y])` in a fragment that leaves out both. */
  function looksLikeCoordinates(script, node) {
    if (node.type !== "Call" || node.args.length !== 1) return false;
    if (meaning(node.func, script.imports) !== "numpy.array") return false;
    if (plainText(node.args[0]) !== "[X, Y]") return false;
    return !script.source.nodes.some(
      ({ ctx, id }) => ctx === "Store" && (id === "X" || id === "Y"),
    );
  }

  /** A function that does not use its argument. */
  function* ignoredArgument(script, { f }) {
    if (f.is !== "function") return;
    const parameters = parametersOf(f.node);
    const [argument] = parameters;
    if (parameters.length === 1 && !script.namesInBody(f.node).has(argument)) {
      yield script.finding("ignored-argument", "note", f.node, { argument });
    }
  }

  // Findings at one place come in this order.
  const RULES_OF_CALLS = [
    layout,
    halfFixOutside,
    transposedPoints,
    reshape,
    columnVector,
    coarseNumbers,
    layoutOfFragment,
    ignoredArgument,
  ];

  Object.assign(scripts.rules, { calls });
}
