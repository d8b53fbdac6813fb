/* Calls: what a whole run carries out of them besides those of a trial. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { BoundMethod, Drawing, Instance, Parser, ScriptClass } = scripts;
  const { METHODS_OF_PARSERS, attributeOf } = scripts;
  const { Abandoned, Differentiated, Mapped, Partial, Vectorized } = scripts.wholeRuns;
  const { isTable, newInstance, resultForEachEntry, turned } = scripts.wholeRuns;
  const { slopesAlong, slopesAt } = scripts.wholeRuns;
  const { canBeChanged, changes, hasArrayToWrite, isForeign } = scripts.wholeRuns;
  const { DRAWING, drawsArrows, nameCalled, noteArrows } = scripts.wholeRuns;
  const { resultOfCallThatDraws, valuesByName } = scripts.wholeRuns;
  const { NotFollowed, Tuple, areSameShape, smallArrayOf } = scripts.small;
  const { itemsIn, OPAQUE, Closure, Library, Method } = scripts.values;
  const { isLibrary, typeNamed } = scripts.values;
  const { callListed } = scripts.numpyFunctions;

  const { using_up: usingUp, unseen } = vocabulary.whole_run;

  /** The result of a call, of a plot or of anything else. */
  function call(run, node, scope) {
    const name = nameCalled(node);
    if (unseen.includes(name)) throw new Abandoned();
    const called = run.value(node.func, scope);
    if (drawsArrows(node)) {
      noteArrows(run, node, called, scope);
      return DRAWING;
    }
    if (called instanceof Drawing || isLibrary(called, "print"))
      return resultOfCallThatDraws(run, node, called, scope);
    const valuesNamed = node.keywords.map(({ value }) => value);
    const given = usesUp(called)
      ? anyValues(run, node.args, scope)
      : run.values(node.args, scope);
    const find = isOfParser(called) ? run.anyValue : run.value;
    const values = valuesNamed.map((value) => find.call(run, value, scope));
    const keywords = valuesByName(node.keywords, values);
    if (called === OPAQUE) {
      const all = [...given, ...keywords.values()];
      if (changes(name) || all.some(canBeChanged)) throw new Abandoned();
      return OPAQUE;
    }
    const { openCall } = run;
    run.openCall = node;
    try {
      return resultOrUnknown(run, node, called, given, keywords);
    } finally {
      run.openCall = openCall;
    }
  }

  /** The result of a call; it may be unknown if nothing can have changed. */
  function resultOrUnknown(run, node, called, given, keywords) {
    const { level } = run;
    try {
      return resultOf(run, node, called, given, keywords);
    } catch (error) {
      if (error instanceof Abandoned || !(error instanceof NotFollowed)) throw error;
      const isOfLibrary = called instanceof Library;
      if (!isOfLibrary || changes(nameCalled(node))) throw new Abandoned();
      const canChange = [...given, ...keywords.values()].some(canBeChanged);
      if (canChange && (!run.isLooking || isForeign(called))) throw new Abandoned();
      if (keywords.has("out") || hasArrayToWrite(called, given)) throw new Abandoned();
      run.level = level;
      return OPAQUE;
    }
  }

  /** The values of arguments that may be gone over once. */
  function anyValues(run, nodes, scope) {
    return nodes.flatMap((node) =>
      node.type === "Starred"
        ? run.items(node.value, scope)
        : [run.anyValue(node, scope)],
    );
  }

  /** Whether a function goes over all that it is given. */
  function usesUp(called) {
    return called instanceof Library && usingUp.includes(typeNamed(called.name));
  }

  /** The result of a call; notes what the run is asked to note of it. */
  function resultOf(run, node, called, given, keywords) {
    for (const [place, value] of given.entries()) {
      if (isTable(value)) run.records.placesOfTables.set(node, place);
    }
    if (called instanceof Vectorized) {
      return resultForEachEntry(run, called.called, given, keywords);
    }
    const isTurned = run.change.turned?.has(node);
    const all = isTurned ? given.map(turned) : given;
    const result = run.call(called, all, keywords);
    if (isLibrary(called, "numpy.apply_along_axis")) {
      noteRows(run, all, result);
    }
    const isPartial = result instanceof Partial && result.called instanceof Closure;
    if (isPartial) run.records.partials.set(node, result.called.node);
    // Of no definition: a library differentiates.
    if (result instanceof Differentiated) run.records.partials.set(node, null);
    return isTurned ? turned(result) : result;
  }

  /** Note a call of a watched function for each row of an array. */
  function noteRows(run, [called, , array], result) {
    const isWatched = called instanceof Closure && run.watched.has(called.node);
    if (!isWatched || !areSameShape(array.shape, result.shape)) return;
    run.noteOwnCall(null, [array.copied()], result.copied());
  }

  function isOfParser(called) {
    return called instanceof Method && called.owner instanceof Parser;
  }

  /** Whether this is a method that shows what is in a dictionary. */
  function givesView(called) {
    const isOfDictionary = called instanceof Method && called.owner instanceof Map;
    return isOfDictionary && called.name !== "get";
  }

  /* What is called, besides functions */

  /** What a method of a parser of command lines gives. */
  function callOfParser({ owner, name }, given, keywords) {
    return callListed(METHODS_OF_PARSERS, name, [owner, ...given], keywords);
  }

  const CALLS = new Map([
    [ScriptClass, newInstance],
    [
      Instance,
      (run, instance, given, keywords) =>
        run.call(attributeOf(instance, "__call__"), given, keywords),
    ],
    [
      BoundMethod,
      (run, { method, owner }, given, keywords) =>
        run.callClosure(method, [owner, ...given], keywords),
    ],
    [
      Partial,
      (run, partial, given, keywords) => {
        const all = new Map([...partial.keywords, ...keywords]);
        return run.call(partial.called, [...partial.given, ...given], all);
      },
    ],
    [
      Differentiated,
      (run, differentiated, given, keywords) => {
        if (keywords.size) throw new NotFollowed();
        const { called, place, isElementwise } = differentiated;
        const isOfPoint = given.length === 1 && place === null && !isElementwise;
        if (isOfPoint) return slopesAt(run, called, given[0]);
        return slopesAlong(run, differentiated, given);
      },
    ],
    [
      Mapped,
      (run, { called }, given, keywords) => {
        const columns = given.map(itemsIn);
        const [first] = columns;
        const areAsMany = columns.every(({ length }) => length === first.length);
        if (keywords.size || !first || !areAsMany) throw new NotFollowed();
        const results = first.map((_, k) =>
          run.call(
            called,
            columns.map((column) => column[k]),
            new Map(),
          ),
        );
        if (!results.every((each) => each instanceof Tuple))
          return smallArrayOf(results);
        const tables = itemsIn(results[0] ?? new Tuple([])).map((_, k) =>
          smallArrayOf(results.map((each) => itemsIn(each)[k])),
        );
        return new Tuple(tables);
      },
    ],
  ]);

  Object.assign(scripts.wholeRuns, {
    CALLS,
    call,
    callOfParser,
    givesView,
    isOfParser,
  });
}
