/* Unread: the calls of gradient routines that were not followed to their end, and why.
   Nobody knows whether their results are right. Where no such call is left, and a routine is
   called, a script was checked. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { TAKES, COORDINATES, POINTS, ONE_POINT, RANGE, COLUMN } = scripts;
  const { SHORTEST_STEP, isArray, isNumber, isSpacingRead, scaledCalls, stopAt } =
    scripts;
  const { ORDERS, isDrawnUnturned, orderOf, orderOfAxes, partOfCoordinate, plotsOf } =
    scripts;

  // What of an array of each form is known, by what a routine takes an array for.
  const FORMS = {
    [TAKES.ROWS]: [COORDINATES, POINTS],
    [TAKES.COLUMNS]: [COORDINATES],
    [TAKES.WHOLE]: [ONE_POINT, RANGE],
    [TAKES.POINT]: [ONE_POINT, RANGE],
  };

  /** The calls of routines that were not followed, in the order of the lines: each with the
      code of the reason, its line, and the name of the routine. */
  function unreadCalls(source, routines, observations) {
    const bodies = nodesOfRoutines(routines);
    for (const statement of observations.skipped) {
      for (const node of python.walk(statement)) bodies.add(node);
    }
    const reasons = [...missedCalls(source, routines, observations, bodies)];
    const { differentiations } = observations;
    if (observations.quivers.length)
      reasons.push(...missedSlopes(source, observations));
    if (differentiations.length) {
      reasons.push(...missingImports(source, routines.imports));
    }
    const stopped = new Set(
      differentiations.filter(stopAt).map(({ call }) => call.node),
    );
    for (const differentiation of differentiations) {
      const { call, routine } = differentiation;
      const code = reasonOf(differentiation, observations.quivers, routines);
      const isRead = bodies.has(call.node) || stopped.has(call.node);
      if (code && !isRead) {
        reasons.push(unread(code, call.node.line, routine.name));
      }
    }
    if (reasons.length && !observations.isWhole)
      reasons.push(unread("too-long", 1, ""));
    return inOrder(reasons);
  }

  function unread(code, line, name) {
    return { code, line, values: { name } };
  }

  /** Each reason once, in the order of the lines. */
  function inOrder(reasons) {
    const places = new Map();
    for (const reason of reasons) places.set(`${reason.line} ${reason.code}`, reason);
    return [...places.values()].sort(
      (one, other) => one.line - other.line || (one.code < other.code ? -1 : 1),
    );
  }

  /** All that stands in a routine: how it hands on is known by what it takes. */
  function nodesOfRoutines(routines) {
    return new Set([...routines.own.keys()].flatMap(python.walk));
  }

  /** Where a routine is named, and the walk met no call of it: in a method, say. */
  function* missedCalls(source, routines, { differentiations }, bodies) {
    const ownNames = new Set([...routines.own.values()].map(({ name }) => name));
    const names = new Set([...ownNames, ...routines.imported.keys()]);
    const followed = new Set(differentiations.map(({ call }) => call.node.func));
    const assignments = source.nodes.filter(({ type }) => type === "Assign");
    const aliased = new Set(assignments.map(({ value }) => value));
    for (const node of source.nodes) {
      if (bodies.has(node) || followed.has(node)) continue;
      const name = nameRead(node);
      const isFollowed = aliased.has(node) && ownNames.has(name);
      if (names.has(name) && !isFollowed) yield unread("call", node.line, name);
    }
  }

  /** Where `np.gradient` or `jax.grad` is called, and not followed to a plot. */
  function* missedSlopes(source, observations) {
    const { quivers, heights, axisGradients, derivatives } = observations;
    const scaled = scaledCalls(quivers);
    const unreadSpacings = axisGradients.filter(
      (each) => !isSpacingRead(each, scaled.has(each.node)),
    );
    const spaced = new Set(unreadSpacings.map(({ node }) => node));
    const drawn = new Map(); // calls, and whether the order of every plot is known
    for (const quiver of quivers) {
      const isKnown = orderOfAxes(quiver) !== ORDERS.UNKNOWN;
      for (const { is, call } of quiver.values) {
        if (is === "axis-slope") drawn.set(call, isKnown && (drawn.get(call) ?? true));
      }
    }
    const called = ({ func, line }, code) => unread(code, line, source.text(func));
    for (const [node, isFollowed] of heights) {
      if (!isFollowed) yield called(node, "array");
      else if (!drawn.get(node)) yield called(node, "result");
      else if (spaced.has(node)) yield called(node, "spacing");
    }
    for (const [node, isCalled] of derivatives) {
      if (!isCalled) yield called(node, "call");
    }
  }

  /** Where a module is used that no import names, in what is no fragment. */
  function* missingImports({ nodes }, imports) {
    const hasAllOfAnother = [...imports.keys()].some((name) => name.startsWith("* "));
    if (!imports.size || hasAllOfAnother) return;
    const ownNames = nodes.filter(({ type, ctx }) => type === "Name" && ctx !== "Load");
    const missing = new Set(Object.keys(vocabulary.names.usual));
    for (const name of [...imports.keys(), ...ownNames.map(({ id }) => id)]) {
      missing.delete(name);
    }
    for (const { type, id, line } of nodes) {
      if (type !== "Name" || !missing.has(id)) continue;
      missing.delete(id);
      yield unread("no-value", line, id);
    }
  }

  /** The name that is read here, of a variable or of an attribute. */
  function nameRead({ type, ctx, id, attr }) {
    if (type === "Name" && ctx === "Load") return id;
    return type === "Attribute" ? attr : "";
  }

  /** Why a call was not followed to its end; nothing if it was. */
  function reasonOf(differentiation, quivers, routines) {
    const { routine, argument: array, call } = differentiation;
    if (!routine.isFollowed || isSpoiltByRounding(routine, routines)) return "routine";
    if (isNumber(array) && routine.takes === TAKES.NUMBER) return "";
    if (!isArray(array) || !isFormKnown(routine, array)) return "array";
    if (routine.cutsWholeNumbers && array.kind === "") return "kind";
    const { form, mesh } = array;
    // How the slopes of all points of a grid are put together:
    if (form === ONE_POINT && mesh) return "result";
    const isWrong = routine.takes === TAKES.ROWS && form === COORDINATES; // however drawn
    if (isWrong && call.uses.has("elsewhere")) return "result";
    const isOfGrid = (form === POINTS || form === COORDINATES) && !isWrong;
    return isOfGrid && !isDrawn(differentiation, quivers) ? "result" : "";
  }

  /** Whether a step is too short to tell what a routine gives, and no finding says so. */
  function isSpoiltByRounding({ step, uses }, routines) {
    if (step === null || step >= SHORTEST_STEP) return false;
    return ![...uses].some((definition) => routines.own.get(definition)?.stepNode);
  }

  /** Whether it is known what a routine makes of an array. */
  function isFormKnown({ takes, takesOnePoint, misreadsColumns }, { form }) {
    if (form === COLUMN) return misreadsColumns; // which is said
    const isOnePoint = form === ONE_POINT || form === RANGE;
    if (takes === TAKES.ROWS && isOnePoint) return takesOnePoint;
    return (FORMS[takes] ?? []).includes(form);
  }

  /** Whether it is known in which order every plot of a result has the slopes. */
  function isDrawn(differentiation, quivers) {
    const { argument, call } = differentiation;
    const plots = plotsOf(call, quivers);
    const isUnturned = argument.form === POINTS && isDrawnUnturned(differentiation);
    const part = isUnturned ? "rows" : partOfCoordinate(argument); // which is a finding
    const areKnown = plots.every(
      (quiver) => orderOf(quiver, argument, part) !== ORDERS.UNKNOWN,
    );
    return plots.length > 0 && areKnown;
  }

  Object.assign(scripts, { unreadCalls, nodesOfRoutines });
}
