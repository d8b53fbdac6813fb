/* Unread: the calls of gradient routines that were not followed to the end, and why.
   Whether their results are right is unknown. A script that calls a routine, and has no
   such call left, has been checked. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { TAKES, COORDINATES, POINTS, ONE_POINT, RANGE, COLUMN } = scripts;
  const { ORDERS, SHORTEST_STEP, WHOLE } = scripts;
  const {
    hasTooFewDigits,
    isArray,
    isFollowedToPlots,
    isNumber,
    isArrowTurned,
    isSpacingRead,
    isWronglyReshaped,
    nameRead,
    orderOfAxes,
    parametersOf,
    plotsOf,
    scaledCalls,
    stopAt,
  } = scripts;
  const {
    arrowsOfNoPlot,
    arrowsOfNoRoutine,
    arrowsOfOtherLooks,
    arrowsOnTurnedAxes,
    differencesIn,
    namesWithoutValue,
    reasonsInOrder,
    removedNames,
    slopesByHand,
    unread,
  } = scripts;

  // The forms of arrays that are understood, by what a routine takes an array for.
  const FORMS = {
    [TAKES.ROWS]: [COORDINATES, POINTS],
    [TAKES.COLUMNS]: [COORDINATES, POINTS],
    [TAKES.WHOLE]: [ONE_POINT, RANGE],
    [TAKES.POINT]: [ONE_POINT, RANGE],
  };

  /** The calls of routines that were not followed, in line order: each with the code of
      the reason, its line, and the name of the routine. `uses` says where the names of the
      script are read; `warnings` are the codes of the warnings about it. */
  function unreadCalls(source, routines, observations, uses, warnings) {
    const { differentiations: calls, quivers } = observations;
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
        reasonAround(differentiation, readLater, uses) ||
        reasonInLoop(differentiation, observations, uses);
      if (code) reasons.push(unread(code, call.node.line, routine.name));
    }
    if (!reasons.length && calls.length) {
      reasons.push(...gapsBesideCalls(source, imports, observations, stopped));
      for (const { code, line, name } of slopesByHand(routines, calls, uses.namesRead))
        reasons.push(unread(code, line, name));
    } else if (!reasons.length)
      reasons.push(...gapsWithoutCalls(source, imports, observations));
    if (calls.length) reasons.push(...removedNames(source, imports));
    if (reasons.length + calls.length && !observations.isWhole)
      reasons.push(unread("too-long", 1, ""));
    return reasonsInOrder(reasons);
  }

  /** What leaves a script open although each call of a routine was followed. Behind a call
      that stops the script, arrows are not drawn. */
  function* gapsBesideCalls(source, imports, observations, stopped) {
    yield* arrowsOfOtherLooks(source, observations);
    yield* namesWithoutValue(source, imports);
    if (!stopped.size) yield* arrowsOfNoRoutine(source, observations);
  }

  /** Where a script that calls no routine may draw slopes of its own. */
  function* gapsWithoutCalls(source, imports, observations) {
    yield* arrowsOfOtherLooks(source, observations);
    const hasDifferences = differencesIn(source, imports).length > 0;
    if (!hasDifferences || observations.heights.size) return;
    yield* arrowsOfNoRoutine(source, observations);
    yield* arrowsOfNoPlot(source);
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
    if (form !== POINTS && form !== COORDINATES)
      return call.meetsGrid || isArrowTurned(call, quivers) ? "result" : "";
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
  function mayBeCut(routine, { kind, made }, { givenSlopes, maybeCut }) {
    if (kind !== WHOLE || routine.cutsWholeNumbers) return false;
    const isSaid = made !== null && givenSlopes.some((array) => array.made === made);
    return !isSaid && maybeCut.some((array) => array.made === made);
  }

  /** Why the code around a call leaves its effect open, or nothing. */
  function reasonAround(differentiation, readLater, uses) {
    const { argument, argumentNode: array, call, origin } = differentiation;
    if (uses.isInSingleTurn(call.node)) return "single-turn";
    if (uses.isOfHalfAStep(call.node, array)) return "array";
    if (isChangedByF(differentiation, uses)) return "changed";
    if (!isArray(argument) || argument.form !== ONE_POINT) return "";
    const isSeen = [array, origin?.argumentNode ?? array].some((each) =>
      uses.isChangedWhileKept(each),
    );
    return isSeen || readLater.includes(argument.made) ? "changed" : "";
  }

  /** Why the steps of a loop may not be those that are meant, or nothing. */
  function reasonInLoop({ argument, argumentNode, call }, { changed }, uses) {
    const isMoved = isArray(argument) && changed.has(argument.made);
    const code = uses.reasonOfSameSteps(call.node, argumentNode, isMoved);
    if (code) return code;
    if (uses.hasSumNeverRead(call.node, argumentNode)) return "unused";
    return uses.isResultChangedWhileKept(call.node) ? "changed-slopes" : "";
  }

  /** Whether f changes the point that a routine gives it: `x -= np.max(x)`. */
  function isChangedByF({ f }, uses) {
    if (f.is !== "function") return false;
    const [parameter] = parametersOf(f.node);
    return uses.isChangedIn(f.method ?? f.node, parameter);
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

  Object.assign(scripts, {
    callsOfNoCaller,
    nodesOf,
    unreadCalls,
  });
}
