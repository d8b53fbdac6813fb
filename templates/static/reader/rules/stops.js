/* Stops: calls that end the script with an error, and the mends that let them run. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { COORDINATES, SHEETS, TAKES } = scripts;
  const { isArray, isNumber, lastPart, meaning, nodesOf, parametersOf, stopAt } =
    scripts;
  const { appended, insertion, insertionBefore, insertionInCall } = scripts.rules;
  const { replacement, textWith, turnedResult } = scripts.rules;

  /** `np.array(X, Y)`. */
  function* pairsWithoutList(script) {
    for (const node of script.observations.pairsWithoutList) {
      const edits = putInList(script, node);
      const values = { form: "no-list", array: script.source.text(node.func) };
      yield script.finding("stops", "error", node, { edits, ...values });
    }
  }

  /** Put brackets around the two arguments of a call. */
  function putInList({ source }, call) {
    const [first, last] = call.args;
    const isInParentheses =
      source.endWithin(first, call).column !== source.end(first).column;
    if (isInParentheses) return []; // the bracket belongs before them
    return [
      insertionBefore(source, first, "["),
      insertionInCall(source, last, call, "]"),
    ];
  }

  /** Calls of routines that do not accept their arguments. */
  function* stops(script) {
    for (const differentiation of script.observations.differentiations) {
      const stop = stopAt(differentiation);
      if (!stop) continue;
      const { call, fNode, routine } = differentiation;
      const mend = script.getsSeveralForms(call.node) ? null : MENDS[stop.form];
      const edits = mend?.(script, differentiation) ?? [];
      yield script.finding("stops", "error", call.node, {
        edits,
        f: script.source.text(fNode),
        routine: routine.name,
        ...stop,
      });
    }
  }

  /* Mends of calls of routines */

  /** `lambda x: f(x[0], x[1])`, for an f of two numbers. */
  function fOfPoint(script, { f, fNode }) {
    const takesTwo = parametersOf(f.node).length === 2;
    const text = script.source.text(fNode);
    if (!takesTwo || fNode.type !== "Name" || text === "x") return [];
    if (!takesNumbers(script, f.node)) return [];
    return [replacement(script.source, fNode, `lambda x: ${text}(x[0], x[1])`)];
  }

  /** Whether nothing shows that an argument of f is an array, or an object. */
  function takesNumbers({ imports }, definition) {
    const names = parametersOf(definition);
    const { reductions } = vocabulary.walk;
    return !python.walk(definition).some(({ type, value, op, func }) => {
      if (type === "BinOp") return op === "MatMult";
      if (type === "Call") return reductions.includes(lastPart(meaning(func, imports)));
      const isOwner = type === "Subscript" || type === "Attribute";
      return isOwner && value.type === "Name" && names.includes(value.id);
    });
  }

  /** `f` in place of `f(x)`. */
  function fItself({ definitions, source }, { fNode: node }) {
    if (node.type !== "Call" || node.func.type !== "Name") return [];
    const { id } = node.func;
    return definitions.byName.has(id) ? [replacement(source, node, id)] : [];
  }

  /** Turn a list into an array of floats. */
  function arrayOfList(script, { argument, argumentNode: node }) {
    const { source, nameOfNumpy: numpy } = script;
    if (!numpy || isNumber(argument)) return [];
    if (isChangedAsList(script, source.text(node), argument)) return [];
    // Coordinates of many points may want a .T, too.
    if (argument.values?.some(isArray)) return [];
    return [
      insertionBefore(source, node, `${numpy}.array(`),
      insertion(source, node, ", dtype=float)"),
    ];
  }

  /** Whether the script uses a name in a way that an array would not allow. */
  function isChangedAsList(script, name, { isList }) {
    return isLengthened(script, name) || (!isList && isWrittenByEntry(script, name));
  }

  /** Whether `name[i] = …` changes it, outside of routines. */
  function isWrittenByEntry({ routines, source }, name) {
    const bodies = nodesOf(routines.own.keys());
    return source.nodes.some((node) => {
      const targets = node.targets ?? [node.target];
      const isWritten = targets.some(
        (target) => target?.type === "Subscript" && target.value.id === name,
      );
      return isWritten && !bodies.has(node);
    });
  }

  /** Whether `name += …` changes it: a list becomes longer by that. */
  function isLengthened({ source }, name) {
    return source.nodes.some(
      ({ type, op, target }) =>
        type === "AugAssign" && op === "Add" && target.id === name,
    );
  }

  /** `np.array([X.ravel(), Y.ravel()]).T`, and the other .T. */
  function flattened(script, differentiation) {
    const { argument, argumentNode, routine } = differentiation;
    const { source } = script;
    const coordinates = coordinatesWithin(argumentNode, argument.made);
    if (!coordinates || routine.takes !== TAKES.ROWS) return [];
    const edits = coordinates.elts.flatMap((each) =>
      appended(source, each, ".ravel()"),
    );
    if (argument.form === SHEETS) edits.push(...appended(source, argumentNode, ".T"));
    return [...edits, ...turnedResult(script, differentiation)];
  }

  /** The list in `np.array([X, Y])`, if the array is made within a node; else null. */
  function coordinatesWithin(node, made) {
    if (made?.type !== "Call" || !python.walk(node).includes(made)) return null;
    const [coordinates] = made.args;
    return ["List", "Tuple"].includes(coordinates.type) ? coordinates : null;
  }

  /** A call for each point: `np.array([g(f, p) for p in P]).T`. */
  function oneByOne(script, differentiation) {
    const { call, argument, argumentNode } = differentiation;
    const { source, nameOfNumpy: numpy } = script;
    const { node } = call;
    if (!numpy || !node.args.includes(argumentNode)) return [];
    const isTurned = argument.form === COORDINATES;
    const points = isTurned
      ? textWith(source, argumentNode, ".T")
      : source.text(argumentNode);
    const point = newName(node);
    return [
      insertionBefore(source, node, `${numpy}.array([`),
      replacement(source, argumentNode, point),
      insertion(source, node, ` for ${point} in ${points}])`),
      ...turnedResult(script, differentiation),
    ];
  }

  /** A name for a point that is not used within a node. */
  function newName(node) {
    const names = new Set(python.walk(node).map(({ id }) => id));
    let name = "p";
    while (names.has(name)) name += "_";
    return name;
  }

  // By the forms of stops.
  const MENDS = {
    arguments: fOfPoint,
    "no-function": fItself,
    "no-array": arrayOfList,
    "not-flat": flattened,
    "many-points": oneByOne,
  };

  Object.assign(scripts.rules, { pairsWithoutList, stops });
}
