/* Functions of Python, SciPy and JAX that whole runs follow besides those of trials. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { Drawing, STEP, parserOf } = scripts;
  const { Differentiated, Mapped, OnePass, Partial, Vectorized } = scripts.wholeRuns;
  const { NotFollowed, Stops, Slice, isWholeNumber, isAnyNumber } = scripts.small;
  const { SmallArray, Tuple, areSameShape, entryByEntry, smallArrayOf } = scripts.small;
  const { Library, itemsIn } = scripts.values;
  const { combined } = scripts.operators;
  const { full, fullLike, onlyNumber, zipped } = scripts.numpyFunctions;

  const { for_each_row: forEachRow, compiling } = vocabulary.walk;
  const { gone_over_once: goneOverOnce } = vocabulary.whole_run;
  const [shortest, longest] = vocabulary.whole_run.usual_steps;

  /** All functions that a run follows, given those of a trial. */
  function functionsOf(run, ofTrials) {
    const own = {
      "numpy.vectorize": ["pyfunc", (called) => new Vectorized(called)],
      "numpy.empty": ["shape dtype", full(NaN)],
      "numpy.empty_like": ["value dtype", fullLike(NaN)],
      "scipy.optimize.approx_fprime": [
        "x f epsilon",
        (...given) => approximated(run, ...given),
      ],
      "numdifftools.Gradient": ["fun", gradientAtPoints],
      "jax.grad": ["fun argnums", (...given) => new Differentiated(...given)],
      "autograd.grad": ["fun argnum", (...given) => new Differentiated(...given)],
      "autograd.elementwise_grad": [
        "fun argnum",
        (called, place) => new Differentiated(called, place, true),
      ],
      ...listedAs(forEachRow, (called) => new Mapped(called)),
      ...listedAs(compiling, (called) => called),
      "functools.partial": ["**", partialOf],
      "argparse.ArgumentParser": ["**", parserOf],
      slice: ["*", sliceOf],
      zip: ["*", sideBySide],
    };
    const functions = new Map([...ofTrials, ...Object.entries(own)]);
    const [parametersOfGrid, gridOf] = functions.get("numpy.meshgrid");
    functions.set("numpy.meshgrid", [parametersOfGrid, movedAsTold(run, gridOf)]);
    for (const name of goneOverOnce) {
      const [parameters, compute] = functions.get(name);
      functions.set(name, [parameters, once(compute)]);
    }
    return functions;
  }

  function listedAs(names, make) {
    return Object.fromEntries(names.map((name) => [name, ["fun", make]]));
  }

  /** The function, with a result that can be gone over once. */
  function once(compute) {
    return (...given) => OnePass.from(compute(...given));
  }

  /** The function, with grids that are moved as the run is told. */
  function movedAsTold(run, gridOf) {
    const { moved: moves = [0, 0] } = run.change;
    return (...given) =>
      gridOf(...given).map((each, k) =>
        moves[k] ? combined("Add", each, moves[k]) : each,
      );
  }

  /** `zip`; there are as many axes to draw on as anything else. */
  function sideBySide(...values) {
    const others = values.filter((value) => !(value instanceof Drawing)).map(itemsIn);
    if (!others.length) throw new NotFollowed();
    const length = Math.min(...others.map((items) => items.length));
    return zipped(
      ...values.map((value) =>
        value instanceof Drawing ? new Array(length).fill(value) : value,
      ),
    );
  }

  /** `functools.partial`. */
  function partialOf([called, ...given], keywords) {
    if (!called) throw new Stops();
    return new Partial(called, given, keywords);
  }

  /** `slice`. */
  function sliceOf(...bounds) {
    const isPlain = bounds.every((bound) => bound === null || isWholeNumber(bound));
    const isOfLength = bounds.length >= 1 && bounds.length <= 3;
    if (!isPlain || !isOfLength || bounds[2] === 0n) throw new NotFollowed();
    if (bounds.length === 1) return new Slice(null, bounds[0], null);
    return new Slice(bounds[0], bounds[1], bounds[2] ?? null);
  }

  /** What `np.vectorize` gives; its first number decides on the kind. */
  function resultForEachEntry(run, called, given, keywords) {
    const results = [];
    const values = entryByEntry(
      (...numbers) => {
        const result = run.call(called, numbers, keywords);
        if (!isAnyNumber(result)) throw new NotFollowed();
        results.push(result);
        return result;
      },
      ...given,
    );
    const areCut = isWholeNumber(results[0]) && !results.every(isWholeNumber);
    if (areCut) throw new NotFollowed();
    return values;
  }

  /** `approx_fprime`, with a step for which it gives the slopes. */
  function approximated(run, x, called, epsilon) {
    const isUsual = isAnyNumber(epsilon) && shortest <= epsilon && epsilon <= longest;
    if (epsilon !== null && !isUsual) throw new NotFollowed();
    return slopesAt(run, called, x);
  }

  /** `numdifftools.Gradient`. */
  function gradientAtPoints(called) {
    const routine = new Library("scipy.optimize.approx_fprime");
    return new Partial(routine, [], new Map([["f", called]]));
  }

  /** The slope along one of several arguments, or those along some of them. */
  function slopesAlong(run, { called, place, isElementwise }, given) {
    const places = place instanceof Tuple ? itemsIn(place) : [place ?? 0n];
    const isFollowed = (value) =>
      value instanceof SmallArray
        ? isElementwise && !value.isWhole
        : typeof value === "number";
    const results = places.map((each) => {
      const isPlace = isWholeNumber(each) && each >= 0n && each < given.length;
      if (!isPlace || !given.every(isFollowed)) throw new NotFollowed();
      const [ahead, behind] = [STEP, -STEP].map((move) => {
        const moved = [...given];
        moved[each] = combined("Add", given[each], move);
        return run.call(called, moved, new Map());
      });
      const result = combined("Div", combined("Sub", ahead, behind), 2 * STEP);
      const shapes = [result, given[each]].map((value) => smallArrayOf(value).shape);
      if (!areSameShape(...shapes)) throw new NotFollowed();
      run.noteOwnCall(null, [...given], result);
      return result;
    });
    return place instanceof Tuple ? new Tuple(results) : results[0];
  }

  /** The slopes of a function at one point, as libraries give them. */
  function slopesAt(run, called, x) {
    const point = smallArrayOf(x, false);
    if (point.shape.length !== 1) throw new NotFollowed();
    const slopes = point.entries().map((entry, k) => {
      const [ahead, behind] = [STEP, -STEP].map((move) => {
        const moved = point.copied();
        moved.put(BigInt(k), entry + move);
        return Number(onlyNumber(run.call(called, [moved], new Map())));
      });
      return (ahead - behind) / (2 * STEP);
    });
    const result = smallArrayOf(slopes);
    run.noteOwnCall(null, [point], result.copied());
    return result;
  }

  Object.assign(scripts.wholeRuns, {
    functionsOf,
    resultForEachEntry,
    slopesAlong,
    slopesAt,
  });
}
