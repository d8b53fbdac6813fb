/* Unread: the calls of gradient routines that were not followed to their end, and why.
   Nobody knows whether their results are right. Where no such call is left, and a routine is
   called, a script was checked. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { TAKES, COORDINATES, POINTS, ONE_POINT, RANGE, COLUMN } = scripts;
  const { SHORTEST_STEP, hasMinus, isArray, isNumber, stopAt } = scripts;

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
    if (differentiations.length) {
      reasons.push(...missingImports(source, routines.imports));
    }
    const stopped = new Set(
      differentiations.filter(stopAt).map(({ call }) => call.node),
    );
    for (const differentiation of differentiations) {
      const { call, routine } = differentiation;
      const code = reasonOf(differentiation, observations.quivers);
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
  function reasonOf(differentiation, quivers) {
    const { routine, argument: array, call } = differentiation;
    if (!routine.isFollowed || isSpoiltByRounding(routine)) return "routine";
    if (isNumber(array) && routine.takes === TAKES.NUMBER) return "";
    if (!isArray(array) || !isFormKnown(routine, array)) return "array";
    if (routine.cutsWholeNumbers && array.kind === "") return "kind";
    const { form, mesh } = array;
    // How the slopes of all points of a grid are put together:
    if (form === ONE_POINT && mesh) return "result";
    const isWrong = routine.takes === TAKES.ROWS && form === COORDINATES; // however drawn
    if (isWrong && call.uses.has("elsewhere")) return "result";
    const isOfGrid = (form === POINTS || form === COORDINATES) && !isWrong;
    if (form === POINTS && isDrawnUnturned(differentiation)) return ""; // a finding
    return isOfGrid && !isDrawn(call, array, quivers) ? "result" : "";
  }

  /** Whether points are drawn as coordinates, for want of the second .T. */
  function isDrawnUnturned({ call: { uses }, isTurnedAtOnce }) {
    return uses.size === 1 && uses.has("rows") && !isTurnedAtOnce;
  }

  /** Whether a step is too short to tell what a routine gives, and no finding says so. */
  function isSpoiltByRounding({ step, stepNode }) {
    if (step === null || step >= SHORTEST_STEP) return false;
    return !(step <= vocabulary.findings.lost_step && stepNode);
  }

  /** Whether it is known what a routine makes of an array. */
  function isFormKnown({ takes, takesOnePoint, misreadsColumns }, { form }) {
    if (form === COLUMN) return misreadsColumns; // which is said
    const isOnePoint = form === ONE_POINT || form === RANGE;
    if (takes === TAKES.ROWS && isOnePoint) return takesOnePoint;
    return (FORMS[takes] ?? []).includes(form);
  }

  /** Whether every plot of a result shows each slope at its point, along its axis. */
  function isDrawn(call, array, quivers) {
    const plots = quivers.filter(({ values }) =>
      values.some((one) => one.call === call),
    );
    return plots.length > 0 && plots.every((quiver) => isInOrder(quiver, array));
  }

  /** Whether a plot has x0 and x1 of these points, and their two slopes in this order. */
  function isInOrder({ node, values }, array) {
    const [x, y, u, v] = values;
    const areSlopes = u.is === "slopes-part" && v.is === "slopes-part";
    if (!areSlopes || !isArray(x) || !isArray(y)) return false;
    const isMoved = array.isMoved || x.isMoved || y.isMoved;
    const { mesh } = array;
    const areOfGrid = mesh !== null && !isMoved && x.mesh === mesh && y.mesh === mesh;
    // Of points by row the slopes are by row, too, so those along x0 are a column.
    const part = array.form === POINTS ? "columns" : "rows";
    const areOfCall = u.call === v.call && u.part === part && v.part === part;
    const areInOrder =
      x.coordinate === 0 && y.coordinate === 1 && u.index === 0 && v.index === 1;
    const [minus, otherMinus] = node.args.slice(2, 4).map(hasMinus);
    return areOfGrid && areOfCall && areInOrder && minus === otherMinus;
  }

  Object.assign(scripts, { unreadCalls, nodesOfRoutines });
}
