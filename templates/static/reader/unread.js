/* Unread: the calls of gradient routines that were not followed to the end, and why.
   Whether their results are right is unknown. A script that calls a routine, and has no
   such call left, has been checked. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { TAKES, COORDINATES, POINTS, ONE_POINT, RANGE, COLUMN, RESHAPED } = scripts;
  const { WHOLE, dotted, everyParameterOf, hasTooFewDigits, meaning } = scripts;
  const { nameRead, ownersOfNames } = scripts;
  const { SHORTEST_STEP, isArray, isNumber, isSpacingRead, scaledCalls, stopAt } =
    scripts;
  const {
    ORDERS,
    isDrawnUnturned,
    isOnly,
    orderOf,
    orderOfAxes,
    partOfCoordinate,
    plotsOf,
  } = scripts;

  const { top_down: topDown, turning_axes: turningAxes } = vocabulary.findings;
  const { changing_a_plot: changing } = vocabulary.whole_run;

  // The forms of arrays that are understood, by what a routine takes an array for.
  const FORMS = {
    [TAKES.ROWS]: [COORDINATES, POINTS],
    [TAKES.COLUMNS]: [COORDINATES, POINTS],
    [TAKES.WHOLE]: [ONE_POINT, RANGE],
    [TAKES.POINT]: [ONE_POINT, RANGE],
  };

  // Nodes that assign a value to their own name.
  const NAMED = ["FunctionDef", "AsyncFunctionDef", "ClassDef", "ExceptHandler"];

  /** The calls of routines that were not followed, in line order: each with the code of
      the reason, its line, and the name of the routine. `uses` says where the names of the
      script are read; `warnings` are the codes of the warnings about it. */
  function unreadCalls(source, routines, observations, uses, warnings) {
    const { differentiations: calls, heights, quivers } = observations;
    const { imports } = routines;
    const bodies = nodesNotFollowed(routines, observations);
    const outside = calls.filter(({ call }) => !bodies.has(call.node));
    const stopped = new Set(calls.filter(stopAt).map(({ call }) => call.node));
    const ofNoCaller = callsOfNoCaller(outside, uses);
    const openCalls = outside.filter(
      ({ call }) => !stopped.has(call.node) && !ofNoCaller.has(call.node),
    );
    const readLater = arraysReadLater(observations, warnings);

    const reasons = [...missedCalls(source, routines, observations, bodies)];
    if (quivers.length) reasons.push(...missedSlopes(source, observations));
    reasons.push(...arrowsOnTurnedAxes(source, observations));
    for (const differentiation of openCalls) {
      const { call, routine } = differentiation;
      const code =
        reasonOf(differentiation, observations, routines) ||
        reasonAround(differentiation, readLater, uses);
      if (code) reasons.push(unread(code, call.node.line, routine.name));
    }
    if (!reasons.length) {
      reasons.push(...arrowsOfOtherLooks(source, observations));
      if (calls.length) reasons.push(...namesWithoutValue(source, imports));
      const mayHideSlopes = calls.length
        ? !stopped.size
        : !heights.size && differencesIn(source, imports).length > 0;
      if (mayHideSlopes) reasons.push(...arrowsOfNoRoutine(source, observations));
      if (mayHideSlopes && !calls.length) reasons.push(...arrowsOfNoPlot(source));
    }
    if (calls.length) reasons.push(...removedNames(source, imports));
    if (reasons.length + calls.length && !observations.isWhole)
      reasons.push(unread("too-long", 1, ""));
    return reasonsInOrder(reasons);
  }

  function unread(code, line, name) {
    return { code, line, values: { name } };
  }

  /** Each reason once, in the order of the lines. */
  function reasonsInOrder(reasons) {
    const places = new Map();
    for (const reason of reasons) places.set(`${reason.line} ${reason.code}`, reason);
    return [...places.values()].sort(
      (one, other) => one.line - other.line || (one.code < other.code ? -1 : 1),
    );
  }

  /** All nodes in routines, and those that are never reached. Calls in a routine are known
      by what it takes. */
  function nodesNotFollowed(routines, { skipped }) {
    const nodes = nodesOf(routines.own.keys());
    for (const each of skipped.flatMap(python.walk)) nodes.add(each);
    return nodes;
  }

  /** All nodes in some functions. */
  function nodesOf(functions) {
    return new Set([...functions].flatMap(python.walk));
  }

  /** Where arrays are made that are changed, and read later by another name. */
  function arraysReadLater({ changed, readLater }, warnings) {
    if (warnings.includes("in-place")) return []; // a finding says so
    return [...readLater].filter((made) => made && changed.has(made));
  }

  /** Where a routine is named but the walk saw no call, as in a method. */
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

  /** The calls whose array is a parameter of a function that is never called. An example
      is `tangent_line(f, x)` in the book's script, beside its plot: only a caller could
      say what x is. Such a call is not among them if the function draws arrows, or if
      the script has no other call. */
  function callsOfNoCaller(calls, uses) {
    const ofNoCaller = new Set();
    for (const { call, argumentNode } of calls) {
      if (uses.isOfNoCaller(argumentNode)) ofNoCaller.add(call.node);
    }
    const hasOthers = calls.some(({ call }) => !ofNoCaller.has(call.node));
    return hasOthers ? ofNoCaller : new Set();
  }

  /** Where `np.gradient` or `jax.grad` is called but not followed to a plot. */
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

  /** The plots that the walk reached and that show no result of a routine. Plots that it
      did not reach may be right: code behind a guard, say. */
  function* arrowsOfNoRoutine(source, { quivers }) {
    for (const { node, owners, values } of quivers) {
      const areOfCall =
        [...owners].some((owner) => owner?.uses) ||
        values.some(({ is }) => is === "axis-slope");
      if (!areOfCall) yield unread("arrows", node.line, source.text(node.func));
    }
  }

  /** Every plot in the text, reached or not: it was compared with nothing. */
  function arrowsNotCompared(source) {
    return [...scripts.wholeRuns.quiversIn(source.nodes)].map((node) =>
      unread("arrows", node.line, source.text(node.func)),
    );
  }

  /** The plots whose slopes get a second minus. */
  function negatedTwice(source, plots) {
    return plots.map((node) =>
      unread("two-minuses", node.line, source.text(node.func)),
    );
  }

  /** Whether slopes may be taken by hand: `f(x + h, y) - f(x - h, y)`. */
  function differencesIn({ nodes }, imports) {
    const notOfScript = new Set([...imports.keys(), ...vocabulary.names.builtin]);
    const values = new Map(); // names, and the functions whose values they are
    for (const { type, targets, value } of nodes) {
      const isOfOneName = type === "Assign" && targets.length === 1;
      if (isOfOneName && targets[0].type === "Name") {
        values.set(targets[0].id, functionCalled(value));
      }
    }
    const functionBehind = (node) => functionCalled(node) || values.get(node.id) || "";
    return nodes.filter(({ type, op, left, right }) => {
      if (type !== "BinOp" || op !== "Sub") return false;
      const name = functionBehind(left);
      const isOfScript = name && !notOfScript.has(name.split(".")[0]);
      return isOfScript && name === functionBehind(right);
    });
  }

  /** The name of the function that is called, nothing if this is not a call.
      `np.vectorize(f)(x)` and `np.apply_along_axis(f, 1, x)` call f. */
  function functionCalled({ type, func, args }) {
    if (type !== "Call") return "";
    const name = dotted(func);
    const isCalling = vocabulary.walk.calling.includes(name.split(".").at(-1));
    const handedOn = func.type === "Call" ? func.args : isCalling && args;
    return handedOn?.[0]?.id ?? name;
  }

  /** Where arrows keep their angles, and some axes are turned round. */
  function arrowsOnTurnedAxes(source, { quivers }) {
    if (!source.nodes.some(turnsAxes)) return [];
    return quivers
      .map(({ node }) => ({ node, name: source.text(node.func) }))
      .filter(({ node, name }) => name.endsWith("quiver") && !hasAngles(node))
      .map(({ node, name }) => unread("turned-axes", node.line, name));
  }

  function hasAngles({ keywords }) {
    return keywords.some(({ arg }) => arg === "angles");
  }

  /** Where arrows of slopes get angles of their own, or are changed later. */
  function* arrowsOfOtherLooks(source, { differentiations, heights, quivers }) {
    if (!(differentiations.length || heights.size) || !quivers.length) return;
    const plots = new Set(quivers.map(({ node }) => node));
    for (const node of source.nodes) {
      const place = plots.has(node) ? node.func : node;
      const isOfPlot = place !== node && node.keywords.some(maySetAngles);
      const isChange = node.type === "Attribute" && changing.includes(node.attr);
      if (isOfPlot || isChange) yield unread("arrows", node.line, source.text(place));
    }
  }

  /** Whether an argument sets angles that are not those of the arrows. */
  function maySetAngles({ arg, value }) {
    return !arg || (arg === "angles" && !["xy", "uv"].includes(value.value));
  }

  /** Whether a call draws the first row at the top, or turns an axis round. */
  function turnsAxes({ type, func, keywords }) {
    if (type !== "Call" || func.type !== "Attribute") return false;
    if (turningAxes.includes(func.attr)) return true;
    const isUpright = keywords.some(
      ({ arg, value }) => arg === "origin" && value.value === "lower",
    );
    return topDown.includes(func.attr) && !isUpright;
  }

  /** Where arrows are drawn one by one, or by another name of `quiver`. */
  function* arrowsOfNoPlot(source) {
    const { drawing, drawing_one: drawingOne } = vocabulary.walk;
    const calls = source.nodes.filter(({ type }) => type === "Call");
    const called = new Set(calls.map(({ func }) => func));
    for (const node of source.nodes) {
      const { type, value } = node;
      const isLoop = type === "For";
      const names = isLoop ? drawingOne : drawing;
      let parts = type === "Assign" ? [value] : [];
      if (isLoop) parts = python.walk(node).filter((each) => called.has(each));
      for (const part of parts) {
        if (names.includes(part.attr))
          yield unread("arrows", part.line, source.text(part));
      }
    }
  }

  /** Where a NumPy name is read that newer versions no longer have. */
  function* removedNames(source, imports) {
    for (const node of source.nodes) {
      if (node.type !== "Attribute") continue;
      const full = meaning(node, imports);
      const isRemoved = vocabulary.names.removed.some(
        (name) => full === `numpy.${name}`,
      );
      if (isRemoved) {
        yield unread("removed", node.line, source.text(node));
      }
    }
  }

  /** Where a name is read that has no value, or that replaces a usual module. A fragment
      without imports is exempt: the lines above it may define what it reads. */
  function* namesWithoutValue({ nodes, tree }, imports) {
    const hasAllOfAnother = [...imports.keys()].some((name) => name.startsWith("* "));
    if (!imports.size || hasAllOfAnother) return;
    const { usual, builtin, all_names: allNames } = vocabulary.names;
    const given = new Set(namesGiven(nodes));
    const hasValue = new Set([...imports.keys(), ...given, ...builtin, ...allNames]);
    for (const name of Object.keys(usual)) if (given.has(name)) hasValue.delete(name);
    yield* namesLost(nodes, ownersOfNames(tree), [...builtin, ...allNames]);
    for (const { type, id, line } of nodes) {
      if (type !== "Name" || hasValue.has(id)) continue;
      // Python has many of these:
      if (!id.endsWith("Error")) yield unread("no-value", line, id);
      hasValue.add(id);
    }
  }

  /** Where a name is read that has no value any more, or none yet. It was deleted, or
      belonged to an `except`; its first assignment in a function reads it; or a function
      of Python is called whose name got another value. Functions that are kept while a
      name takes value after value all read the last one. */
  function* namesLost(nodes, owners, ofPython) {
    const lost = ({ line, id }) => unread("no-value", line, id);
    const names = [...owners.keys()].sort(
      (one, other) => one.line - other.line || one.column - other.column,
    );
    const firstSet = ({ id }, owner) =>
      names.find(
        (each) => each.id === id && each.ctx === "Store" && owners.get(each) === owner,
      );
    for (const node of nodes) {
      for (const { id, after } of endsOfNames(node)) {
        const later = names.find((each) => each.id === id && each.line > after);
        if (later?.ctx === "Load") yield lost(later);
      }
      for (const name of namesBoundLate(node)) yield lost(name);
      for (const [target, read] of namesReadInSetting(node)) {
        const owner = owners.get(read);
        if (owner.args && firstSet(read, owner) === target) {
          if (!everyParameterOf(owner).includes(read.id)) yield lost(read);
        }
      }
      const { type, func } = node;
      if (type === "Call" && ofPython.includes(func.id)) {
        if (firstSet(func, owners.get(func))) yield lost(func);
      }
    }
  }

  /** The names that have no value behind a statement, and its last line. */
  function endsOfNames({ type, name, targets, endLine: after }) {
    if (type === "ExceptHandler" && name) return [{ id: name, after }];
    const deleted = type === "Delete" ? targets : [];
    return deleted.filter(({ id }) => id).map(({ id }) => ({ id, after }));
  }

  /** The names of a loop that functions read which are kept in a list. A function that is
      called in the same turn is not meant. */
  function namesBoundLate(node) {
    let targets = [node.target];
    let functions = [];
    if (node.type === "ListComp") {
      targets = node.generators.map(({ target }) => target);
      functions = node.elt.type === "Tuple" ? node.elt.elts : [node.elt];
    } else if (node.type === "For") {
      functions = python
        .walk(node)
        .filter(
          (each) =>
            each.type === "Call" && scripts.wholeRuns.nameCalled(each) === "append",
        )
        .flatMap(({ args }) => args);
    }
    return functions
      .filter(({ type }) => type === "Lambda")
      .flatMap((each) => {
        const own = everyParameterOf(each);
        const late = targets.flatMap(namesIn).filter(({ id }) => !own.includes(id));
        return namesIn(each.body).filter(({ id }) => late.some((one) => one.id === id));
      });
  }

  function namesIn(node) {
    return python.walk(node).filter(({ type }) => type === "Name");
  }

  /** The names that an assignment sets, each with where it is read before. */
  function namesReadInSetting({ type, target, targets, value }) {
    if (type === "AugAssign") return target.type === "Name" ? [[target, target]] : [];
    if (type !== "Assign") return [];
    const read = namesIn(value);
    return targets
      .filter((each) => each.type === "Name")
      .flatMap((each) => read.filter(({ id }) => id === each.id).map((r) => [each, r]));
  }

  /** The names that a script assigns, other than by its first import. */
  function* namesGiven(nodes) {
    const imported = new Map();
    for (const { type, ctx, id, name, arg, names } of nodes) {
      if (type === "Name" && ctx !== "Load") yield id;
      else if (NAMED.includes(type) && name) yield name;
      else if (type === "arg") yield arg;
      else if (type === "Import") {
        for (const { name: full, asname } of names) {
          const own = asname ?? full;
          if ((imported.get(own) ?? full) !== full) yield own;
          imported.set(own, imported.get(own) ?? full);
        }
      }
    }
  }

  /** Why a call was not followed, empty if it was. */
  function reasonOf(differentiation, observations, routines) {
    const { quivers } = observations;
    const { routine, argument: array, call } = differentiation;
    if (!routine.isFollowed || isSpoiltByRounding(routine, routines)) return "routine";
    if (isNumber(array) && routine.takes === TAKES.NUMBER) return "";
    if (isWronglyReshaped(differentiation, quivers)) return ""; // a finding says so
    if (!isArray(array) || !isFormKnown(routine, array)) return "array";
    if (routine.cutsWholeNumbers && array.kind === "") return "kind";
    if (mayBeTooShort(routine, array)) return "routine";
    if (mayBeCut(routine, array, observations)) return "array";
    const { form, mesh } = array;
    // How the slopes at all points of a grid are put together:
    if (form === ONE_POINT && mesh) return "result";
    // A tangent plane is drawn at one point.
    if (form !== POINTS && form !== COORDINATES) return call.meetsGrid ? "result" : "";
    if (!isFollowedToPlots(differentiation, quivers)) return "result";
    if (call.hasTwoMinuses) return "two-minuses";
    const wrongForms = { [TAKES.ROWS]: COORDINATES, [TAKES.COLUMNS]: POINTS };
    const isWrong = form === wrongForms[routine.takes]; // drawn or not
    return isWrong || plotsOf(call, quivers).length ? "" : "result";
  }

  /** Whether a step may vanish in low-precision numbers, and no finding says so. `x[0] + h`
      has as few digits as x, `x.astype(float)` enough: neither writes into x. */
  function mayBeTooShort({ cutsWholeNumbers, isOfLibrary, step }, { kind }) {
    const isSaid = cutsWholeNumbers || isOfLibrary;
    return !isSaid && hasTooFewDigits(kind, step);
  }

  /** Whether whole numbers may truncate what they get, and no finding says so. */
  function mayBeCut(routine, { kind, made }, { steps, maybeCut }) {
    if (kind !== WHOLE || routine.cutsWholeNumbers) return false;
    const isSaid = made !== null && steps.some(({ array }) => array.made === made);
    return !isSaid && maybeCut.some((array) => array.made === made);
  }

  /** Why the code around a call leaves its effect open, or nothing. */
  function reasonAround({ argument, argumentNode: array, call }, readLater, uses) {
    if (uses.isInSingleTurn(call.node)) return "single-turn";
    if (uses.isOfHalfAStep(call.node, array)) return "array";
    if (!isArray(argument) || argument.form !== ONE_POINT) return "";
    const isSeen = array.type === "Name" && uses.isChangedWhileKept(array);
    return isSeen || readLater.includes(argument.made) ? "changed" : "";
  }

  /** Whether a step is too short to judge a routine, and no finding says so. */
  function isSpoiltByRounding({ step, uses }, routines) {
    if (step === null || step >= SHORTEST_STEP) return false;
    return ![...uses].some((definition) => isStepSaid(routines.own.get(definition)));
  }

  /** Whether a finding says that a routine's own step is too short. */
  function isStepSaid(routine) {
    const hasStep = routine?.stepNode && routine.step !== null;
    return Boolean(hasStep) && routine.step < SHORTEST_STEP;
  }

  /** Whether the effect of a routine on an array of this form is known. */
  function isFormKnown({ takes, takesOnePoint, misreadsColumns }, { form }) {
    if (form === COLUMN) return misreadsColumns; // a finding says so
    const isOnePoint = form === ONE_POINT || form === RANGE;
    if (takes === TAKES.ROWS && isOnePoint) return takesOnePoint;
    return (FORMS[takes] ?? []).includes(form);
  }

  /** Whether a call needs points and gets coordinates in pairs of neighbours. */
  function isWronglyReshaped(differentiation, quivers) {
    const { argument, routine, call } = differentiation;
    if (!isArray(argument) || argument.form !== RESHAPED) return false;
    const isDrawn = plotsOf(call, quivers).length > 0;
    if (routine.takes !== TAKES.ROWS || !isDrawn) return false;
    const points = { ...differentiation, argument: { ...argument, form: POINTS } };
    return isFollowedToPlots(points, quivers) && !isDrawnUnturned(points);
  }

  /** Whether the order of the slopes is known in every plot of a result. For a result that
      has a finding, it is the order after the mend. */
  function isFollowedToPlots(differentiation, quivers) {
    const { argument, call, routine } = differentiation;
    const { form, isMoved } = argument;
    let part = partOfCoordinate(argument);
    if (form === POINTS && isDrawnUnturned(differentiation)) part = "rows";
    if (form === COORDINATES && routine.takes === TAKES.ROWS) {
      if (isMoved || call.uses.has("elsewhere")) return false;
      part = isOnly(call.uses, "columns") ? "columns" : "rows";
    }
    return plotsOf(call, quivers).every(
      (quiver) => orderOf(quiver, argument, part) !== ORDERS.UNKNOWN,
    );
  }

  Object.assign(scripts, {
    arrowsNotCompared,
    negatedTwice,
    arrowsOfNoRoutine,
    callsOfNoCaller,
    differencesIn,
    isFollowedToPlots,
    isWronglyReshaped,
    namesWithoutValue,
    nodesOf,
    reasonsInOrder,
    unreadCalls,
  });
}
