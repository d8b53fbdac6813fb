/* Detection: the routines among the functions of a script. They are functions that
   differentiate another one numerically. A trial on a few numbers shows what such a
   routine takes for a point, and what is wrong in it. A routine that cannot be carried
   out to its end is unknown. Once a trial shows that there is a slip, the text is
   searched for its place. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { Interpreter, canSetNamesUnseen, parametersOf, globalNamesOf } = scripts;
  const { unknownRoutine, unsettledImports } = scripts;
  const { Body, Routines, nameOf, triedRoutine, subtractsProduct } = scripts.routines;

  // Expressions with a part that runs repeatedly, later, or perhaps not at all.
  const TURNS = ["ListComp", "GeneratorExp", "Lambda", "IfExp", "BoolOp"];
  // What returns a value to the caller of a function.
  const GIVING = ["Return", "Yield", "YieldFrom"];

  /** The routines among the functions of a script, and those it imports. */
  function readRoutines(definitions, imports, source) {
    const declaredGlobal = namesDeclaredGlobal(source);
    const globalNames = globalNamesOf(definitions, imports, source, declaredGlobal);
    const interpreter = new Interpreter(globalNames);
    const routines = new Routines(definitions, imports, interpreter, declaredGlobal);
    routines.unsettle(unsettledImports(source.nodes));
    const bodies = definitions.all
      .filter((definition) => parametersOf(definition).length >= 2)
      .map((definition) => new Body(definition, imports));
    addOwnRoutines(bodies, routines);
    for (const [definition, routine] of routines.own) {
      routines.own.set(definition, routines.ifExplained(routine));
    }
    if (canSetNamesUnseen(source.nodes, imports)) routines.countAsUnknown();
    return routines;
  }

  function namesDeclaredGlobal({ nodes }) {
    const declarations = nodes.filter(
      ({ type }) => type === "Global" || type === "Nonlocal",
    );
    return new Set(declarations.flatMap(({ names }) => names));
  }

  /** Add the functions that a trial shows to be routines, or that at least look like
      one. */
  function addOwnRoutines(bodies, routines) {
    const { own } = routines;
    const tried = triedRoutines(bodies, routines.interpreter);
    // A routine that hands its work on is known once the other one is: twice is enough.
    for (const body of [...bodies, ...bodies]) {
      const { definition } = body;
      let routine = tried.get(definition) ?? own.get(definition);
      if (!routine && looksLikeARoutine(body, routines)) routine = unknown(body);
      if (routine) own.set(definition, routine);
    }
  }

  /** What trials show functions to be as routines. */
  function triedRoutines(bodies, interpreter) {
    const routines = new Map();
    for (const body of bodies) {
      routines.set(body.definition, triedRoutine(body, interpreter));
    }
    if (!interpreter.lostIndices.size) return routines;
    // Perhaps a helper defined below its caller.
    for (const body of bodies) {
      if (!routines.get(body.definition)?.slips.length) {
        routines.set(body.definition, triedRoutine(body, interpreter));
      }
    }
    return routines;
  }

  /** Whether a function calls an f twice and divides or subtracts, or hands it on to a
      routine. One that walks downhill hands it on, too, but subtracts a product, and
      one that draws returns nothing. One whose lines each run once is followed like any
      other function. */
  function looksLikeARoutine(body, routines) {
    const fNames = body.positions().map(([f]) => body.parameters[f]);
    if (body.differentiates(fNames)) return true;
    if (fNames.some((fName) => body.takesDifferenceOf(fName))) return true;
    const calls = body.calls.filter((call) =>
      isCallOfOtherRoutine(call, body, routines),
    );
    const handsOn = calls.some(({ args }) =>
      args.some((node) => fNames.includes(nameOf(node))),
    );
    if (!handsOn || runsStraight(body) || !returnsSomething(body)) return false;
    return !body.nodes.some(subtractsProduct);
  }

  /** Whether each line runs once, down to a return in the last. */
  function runsStraight({ definition, nodes }) {
    const others = definition.body.slice(0, -1);
    const last = definition.body.at(-1);
    const arePlain = others.every(({ type }) => type === "Assign" || type === "Expr");
    const hasTurns = nodes.some(({ type }) => TURNS.includes(type));
    return arePlain && last.type === "Return" && !hasTurns;
  }

  /** Whether there is a return with a value, or a generator's yield. */
  function returnsSomething({ nodes }) {
    return nodes.some(({ type, value }) => GIVING.includes(type) && value);
  }

  function isCallOfOtherRoutine({ func }, { definition }, routines) {
    if (nameOf(func) === definition.name) return false;
    return Boolean(routines.calledIn(definition, func));
  }

  /** A function as a routine about which no more is known. */
  function unknown(body) {
    const { definition, parameters } = body;
    const { points } = vocabulary.routines;
    const positions = body.positions();
    const byName = positions.find(([, x]) => points.includes(parameters[x]));
    const [functionParameter, arrayParameter] = byName ?? positions[0];
    const facts = { definition, functionParameter, arrayParameter };
    return { ...unknownRoutine(definition.name), ...facts };
  }

  scripts.readRoutines = readRoutines;
}
