/* Routine calls: which gradient routine is called, with which f, at which array. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { IMPORTED, TAKES, UNKNOWN } = scripts;
  const { derivativeOf, derivativeRoutine, dotted, gradientCall, hasStarred } = scripts;
  const { slopesOf, unknownRoutine } = scripts;
  const { applied, stopInF, withThisF } = scripts.walk;
  const words = vocabulary.walk;
  const ROLES = new Map(Object.entries(words.parameters)); // f and x, by names

  /** The gradient routine that is called, if it is one. */
  function calledRoutine(walk, { func }, names) {
    if (func.type !== "Name") return routineOfAttribute(walk, func, names);
    const called = walk.value(func, names);
    if (called.is === "function") {
      const own = ownRoutine(walk, called);
      const mayChange = own && walk.routines.declaredGlobal.has(func.id);
      return mayChange ? unknownRoutine(func.id) : own;
    }
    const routine = walk.routines.imported.get(func.id) ?? null;
    const isAsImported = [null, IMPORTED].includes(names.get(func.id));
    return isAsImported || !routine ? routine : unknownRoutine(func.id);
  }

  /** The routine in `module.routine`, or in `self.routine`. */
  function routineOfAttribute(walk, called, names) {
    const [owner, ...rest] = dotted(called).split(".");
    const value = names.get(owner);
    if (value?.is === "instance" && rest.length === 1) {
      return ownRoutine(walk, walk.objects.attributeOf(value, rest[0]));
    }
    const isAsImported = [null, IMPORTED].includes(value);
    return isAsImported ? walk.routines.ofModule(called) : null;
  }

  /** What a function of the script is as a routine, null if it is not a routine. */
  function ownRoutine(walk, { is, node, method, receiver }) {
    if (is !== "function") return null;
    const routine = walk.routines.own.get(method ?? node) ?? null;
    return routine && receiver ? walk.routines.asMethod(routine) : routine;
  }

  /** Note a call of a gradient routine; its result. */
  function slopesOfRoutine(walk, call, plainRoutine) {
    const { node, names } = call;
    const slopes = slopesOf(gradientCall(node));
    if (hasStarred(node)) return slopes;
    const given = argumentsByRole(call, plainRoutine);
    if (given.has("x") && given.has("f")) {
      let f = given.get("f");
      const argument = given.get("x");
      // An asynchronous function gives no number.
      if (walk.isAsynchronous(f.value.node)) f = { ...f, value: UNKNOWN };
      const asCalled = walk.routines.asCalled(plainRoutine, node);
      const routine = withThisF(walk, asCalled, node, f.value, argument.value);
      const stop = stopInF(walk, routine, f.value, argument.value);
      noteDifferentiation(walk, slopes.call, routine, f, argument, names, stop);
    }
    return slopes;
  }

  /** What f and x, the array, are, and the nodes that say so, as far as a call has them. */
  function argumentsByRole({ node, arguments: values, keywords }, routine) {
    const places = new Map([
      [routine.functionParameter, "f"],
      [routine.arrayParameter, "x"],
    ]);
    const given = new Map();
    for (const [place, role] of places) {
      // A method may differentiate its own object.
      if (place >= 0 && place < values.length) {
        given.set(role, { node: node.args[place], value: values[place] });
      }
    }
    for (const { arg, value } of node.keywords) {
      const role = ROLES.get(arg);
      if (role && !given.has(role)) {
        given.set(role, { node: value, value: keywords.get(arg) });
      }
    }
    return given;
  }

  /** What `jax.grad`, `jax.vmap` and `jax.jit` make of a function. */
  function differentiated(walk, call, fullName) {
    const { differentiating, compiling, for_each_row: forEachRow } = words;
    if (call.arguments.length !== 1) return null;
    const [value] = call.arguments;
    const { node } = call;
    const isPlain = !node.keywords.length;
    if (differentiating.includes(fullName) && isPlain) {
      const isCalled = walk.observations.derivatives.get(node) ?? false;
      walk.observations.derivatives.set(node, isCalled);
      return derivativeOf(node, value, TAKES.POINT);
    }
    if (value.is !== "derivative") return null;
    if (compiling.includes(fullName)) return value;
    const isOfRows = forEachRow.includes(fullName) && isPlain;
    return isOfRows ? { ...value, takes: TAKES.ROWS } : null;
  }

  /** Note a call of the result of `jax.grad`; gives its result. */
  function slopesOfDerivative(walk, call, { node: maker, f: value, takes }) {
    const { node, names } = call;
    const slopes = slopesOf(gradientCall(node));
    const isPlain = !node.keywords.length && !hasStarred(node);
    if (call.arguments.length === 1 && isPlain) {
      walk.observations.derivatives.set(maker, true);
      const f = { node: maker.args[0], value };
      const argument = { node: node.args[0], value: call.first };
      const routine = derivativeRoutine(takes);
      noteDifferentiation(walk, slopes.call, routine, f, argument, names);
    }
    return slopes;
  }

  /** Note what is differentiated, and where: each a value, and its node. */
  function noteDifferentiation(walk, call, routine, f, argument, names, stop = null) {
    const origin = originOf(walk, argument.value);
    const fOfArray = applied(walk, f.value, argument.value, names);
    walk.observations.differentiations.push({
      call,
      routine,
      f: f.value,
      fNode: f.node,
      argument: walk.changes.asItIsNow(argument.value), // f may have changed it by now
      argumentNode: argument.node,
      isTurnedAtOnce: walk.outline.turned.has(call.node),
      origin,
      fOfArray,
      stopOfF: stop, // how the script stops if f gets one point
      isOneByOne: false, // in a comprehension over the rows of the array
    });
  }

  /** The outermost call of a function that passed this very value on. */
  function originOf(walk, passed) {
    return walk.passing.find(({ value }) => value === passed) ?? null;
  }

  Object.assign(scripts.walk, {
    calledRoutine,
    slopesOfRoutine,
    differentiated,
    slopesOfDerivative,
  });
}
