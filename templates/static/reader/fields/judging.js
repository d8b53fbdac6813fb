/* Judging: what the arrows of a script show, seen by carrying out the whole of it. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { TOLERANCE, rightWays } = scripts.fields;
  const { Candidate, fitsOf, heightsAt, subjectsOf, withSlopes } = scripts.fields;
  const { ComparedPlot, RIGHT, SWAPPED, statesOf } = scripts.fields;
  const { factorsOf, missesOf, returnsKnownSlopes } = scripts.fields;
  const { SmallArray, areSameShape } = scripts.small;

  const SHIFT = 2n; // between the functions that take the places of several

  // What may be unread of a call; the last two are only said on a page.
  const CODES_OF_CALLS = ["array", "call", "result", "routine", "f", "grid"];

  /** The plots of a script, judged, with the run of it as it is written. */
  class JudgedFields {
    haveSubject = false; // a function whose slopes the arrows may be meant to show
    areRight = false; // all of them show the slopes of a function of the script
    swapped = []; // plots that are right once their two components are exchanged
    negatedTwice = []; // plots that point uphill, though both components get a minus
    wrongQuotients = new Map(); // multiples of the slope, and the factor
    rightLines = new Set(); // of calls of routines, whose results are all right
    unturned = new Map(); // calls that lack a .T, and which argument the array is
    misses = []; // plots that show something else than slopes

    constructor(known) {
      Object.assign(this, known);
    }

    /** Whether anything is known of the plots. */
    get areJudged() {
      const { swapped, wrongQuotients, unturned, misses } = this;
      const lists = [swapped, [...wrongQuotients], [...unturned], misses];
      return this.areRight || lists.some(({ length }) => length > 0);
    }

    /** Whether a run of the whole script answers what was not followed. */
    explain({ code, line }) {
      if (!this.areJudged) return false;
      const lines = new Set([...this.unturned.keys()].map((node) => node.line));
      const areOfSlopes = this.areRight || this.swapped.length > 0;
      const isAnswered = lines.has(line) || (areOfSlopes && this.rightLines.has(line));
      const isOfCall = CODES_OF_CALLS.includes(code);
      const isOfAll = code === "too-long" && this.areRight;
      return code === "arrows" || isOfAll || (isOfCall && isAnswered);
    }
  }

  /** The plots of a script, judged. `reruns` carry it out; `inside` are the nodes of its
      gradient routines. */
  function judgedFields(reruns, inside) {
    const outcome = reruns.run({});
    const firstRun = reruns.first;
    if (!outcome) return new JudgedFields({ firstRun });
    const { run, fields } = outcome;
    const candidates = [...run.records.functionsMade.values()]
      .filter(({ node }) => !inside.has(node))
      .map((closure) => new Candidate(run, closure))
      .filter((candidate) => candidate.isOfPoints(fields));
    const judge = new Judge(reruns, inside, run, fields, candidates);
    const haveSubject = candidates.length > 0;
    const known = { firstRun, haveSubject, ...judge.comparedWithFunctions() };
    const byFunctions = new JudgedFields(known);
    if (byFunctions.areJudged) return byFunctions;
    known.unturned = judge.callsWithoutTransposes();
    if (known.unturned.size) return new JudgedFields(known);
    return new JudgedFields({ ...known, ...judge.comparedWithHeights() });
  }

  /** What is asked of the plots of a script, one question after the other: `run` is the
      script as it is written, `fields` are its plots, and `candidates` the functions
      that they may belong to. */
  class Judge {
    constructor(reruns, inside, run, fields, candidates) {
      Object.assign(this, { reruns, inside, run, fields, candidates });
    }

    /** Find the plots that show slopes, and what keeps others from showing them. */
    comparedWithFunctions() {
      const { reruns, fields } = this;
      const fits = this.fits();
      const replaced = this.functionsBehind(fits);
      const noShifts = new Map(replaced.map((each) => [each, 0n]));
      const known = reruns.withKnownFunction(fields, noShifts);
      if (!known || !this.areUnmixed(fits, replaced)) return {};
      const plots = this.plotsBeside(known, fits);
      const factors = factorsOf(known.run, known.fields);
      const calls = reruns.callsOfRoutines(known.run);
      const wrongCalls = calls.filter((call) => !returnsKnownSlopes(call));
      const rightLines = linesOf(known.run, calls);
      for (const line of linesOf(known.run, wrongCalls)) rightLines.delete(line);
      const states = statesOf(plots, this.rightWays(factors, calls, wrongCalls));
      if ([...states.values()].every((state) => state === RIGHT)) {
        const negatedTwice = plots
          .filter(({ isNegatedTwice }) => isNegatedTwice)
          .map(({ field }) => field.node);
        return { rightLines, areRight: true, negatedTwice };
      }
      if ([...states.values()].every(Boolean)) {
        const swapped = [...states.keys()].filter(
          (node) => states.get(node) === SWAPPED,
        );
        return { rightLines, swapped };
      }
      const wrongQuotients = this.wrongQuotients(known.run, plots, replaced, factors);
      return { rightLines, wrongQuotients };
    }

    /** The functions whose slopes each plot shows. Slopes at the same points are computed
        once. */
    fits() {
      const slopes = new Map(); // of the candidates, by the points
      for (const { points } of this.fields) {
        const key = points.join(" ");
        if (!slopes.has(key)) slopes.set(key, [...withSlopes(this.candidates, points)]);
      }
      return this.fields.map((field) => [
        ...fitsOf(field, slopes.get(field.points.join(" "))),
      ]);
    }

    /** The functions that plots fit, or that differences are taken of. */
    functionsBehind(fits) {
      const differentiated = new Set(
        [...this.run.records.functionsOfSites.values()].flatMap((each) => [...each]),
      );
      const behind = this.candidates.filter(({ closure }) =>
        differentiated.has(closure.node),
      );
      const fitting = fits.flat().map(({ candidate }) => candidate);
      return [...new Set([...fitting, ...behind])];
    }

    plotsBeside(known, fits) {
      return this.fields.map(
        (field, k) => new ComparedPlot(field, known.fields[k], fits[k]),
      );
    }

    /** Whether each plot shows the slopes of one function, or none that it calls. */
    areUnmixed(fits, replaced) {
      if (replaced.length < 2) return true;
      const shifts = new Map(replaced.map((each, k) => [each, SHIFT * BigInt(k)]));
      const shifted = this.reruns.withKnownFunction(this.fields, shifts);
      if (!shifted) return false;
      return this.plotsBeside(shifted, fits).every(
        (plot) => plot.isByHand || plot.showsOneOf(shifts),
      );
    }

    /** How right arrows may compare with the slopes of the known function. */
    rightWays(factors, calls, wrongCalls) {
      if (wrongCalls.length) return [];
      const byHand = [...factors.keys()]
        .filter((site) => !this.inside.has(site))
        .map((site) => factors.get(site));
      return rightWays(byHand.length + calls.length > 0 && areSlopes(byHand));
    }

    /** The quotients that are a multiple of the slope, if that is all. */
    wrongQuotients(knownRun, plots, replaced, factors) {
      const none = new Map();
      if ([...factors.values()].includes(null)) return none;
      const functions = new Set(replaced.map(({ closure }) => closure.node));
      const wrong = new Map(
        [...factors].filter(
          ([site, factor]) =>
            Math.abs(factor - 1) > TOLERANCE &&
            [...knownRun.records.functionsOfSites.get(site)].every((node) =>
              functions.has(node),
            ),
        ),
      );
      if (!wrong.size) return none;
      const areOpposite = [...wrong.values()].every(
        (factor) => Math.abs(factor + 1) <= TOLERANCE,
      );
      // What is computed is the way down, and is drawn as it is.
      if (areOpposite && plots.every(({ pointsDown }) => pointsDown)) return none;
      const isAll = this.reruns.isRightWith({ factors: wrong }, this.fields, replaced);
      return isAll ? wrong : none;
    }

    /** The calls that lack a .T at their array, and one at their result; each is followed
        by which of its arguments the array is. */
    callsWithoutTransposes() {
      const { reruns, run, fields, candidates } = this;
      const calls = run.records.ownCalls.filter(mayLackTransposes);
      const turned = new Set(calls.map(({ node }) => node));
      const ofPoints = candidates.filter(({ count }) => count === 1);
      const areAll =
        turned.size > 0 && reruns.isRightWith({ turned }, fields, ofPoints);
      const nodes = areAll ? [...turned] : [];
      return new Map(nodes.map((node) => [node, run.records.placesOfTables.get(node)]));
    }

    /** Compare with heights that no function gives, and find what else is drawn. */
    comparedWithHeights() {
      const { reruns, run, fields, candidates } = this;
      let subjects = fields.map((field) => [...subjectsOf(candidates, field)]);
      const areOfHeights = subjects.every(({ length }) => !length);
      if (areOfHeights) {
        const tables = reruns.slopesOfHeights(run);
        subjects = fields.map((field) => [...heightsAt(tables, field)]);
      }
      const isOther = (field, k) =>
        !subjects[k].some(({ slopes }) => field.shows(slopes));
      const areRight = areOfHeights && fields.length > 0 && !fields.some(isOther);
      const misses = fields.flatMap((field, k) =>
        isOther(field, k) ? [...missesOf(field, subjects[k])] : [],
      );
      return { areRight, misses };
    }
  }

  /** Whether quotients with these factors are all slopes, or all the opposite. */
  function areSlopes(factors) {
    return [1, -1].some((sign) =>
      factors.every(
        (factor) => factor !== null && Math.abs(factor - sign) <= TOLERANCE,
      ),
    );
  }

  /** The lines of calls, and where `functools.partial` gets their functions. */
  function linesOf({ records }, calls) {
    const { partials } = records;
    const functions = new Set(calls.map(({ definition }) => definition));
    const nodes = [...partials.keys()].filter((node) =>
      functions.has(partials.get(node)),
    );
    return new Set(
      [...nodes, ...calls.map(({ node }) => node)].map(({ line }) => line),
    );
  }

  /** Whether a call gets one coordinate a row, and returns as many numbers. */
  function mayLackTransposes({ given, result }) {
    const shapes = given
      .filter((each) => each instanceof SmallArray)
      .map(({ shape }) => shape);
    if (shapes.length !== 1 || shapes[0].length !== 2) return false;
    const hasAlike =
      result instanceof SmallArray && areSameShape(result.shape, shapes[0]);
    return hasAlike && shapes[0][0] === 2 && shapes[0][1] > 2;
  }

  Object.assign(scripts.fields, { judgedFields });
}
