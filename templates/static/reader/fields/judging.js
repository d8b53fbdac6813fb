/* Judging: what the arrows of a script show, seen by carrying out the whole of it. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { EXACT, SCALED, TOLERANCE, arePairsAlike, heightsAt } = scripts.fields;
  const { Candidate, fitsOf, subjectsOf, withSlopes } = scripts.fields;
  const { factorsOf, knownSlopes, missesOf, returnsKnownSlopes } = scripts.fields;
  const { SmallArray, areSameShape } = scripts.small;

  const SHIFT = 2n; // between the functions that take the places of several

  // Whether a plot is right as it is, or once its two components are exchanged.
  const RIGHT = "right";
  const SWAPPED = "swapped";

  // What may be unread of a call; the last two are only said on a page.
  const CODES_OF_CALLS = ["array", "call", "result", "routine", "f", "grid"];

  /** The plots of a script, judged: whether they `areRight`; those that are once their
      two components are exchanged; quotients of differences that are a multiple of the
      slope, and the factor; the calls whose array and result lack a .T, and which
      argument the array is; and the lines of routines' calls whose results are right.
      `reruns` carry the script out; `inside` are the nodes of its routines. */
  class JudgedFields {
    areRight = false;
    swapped = [];
    wrongQuotients = new Map();
    unturned = new Map();
    rightLines = new Set();
    negatedTwice = []; // plots that point uphill, though both components get a minus
    misses = []; // plots that show something else than slopes
    haveSubject = false; // a function whose slopes the arrows may be meant to show

    constructor(reruns, inside) {
      this.reruns = reruns;
      this.inside = inside;
      this.judge();
    }

    /** The run of the script as it is written. */
    get firstRun() {
      return this.reruns.first;
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

    judge() {
      const outcome = this.reruns.run({});
      if (!outcome) return;
      const { run, fields } = outcome;
      const candidates = [...run.functionsMade.values()]
        .filter(({ node }) => !this.inside.has(node))
        .map((closure) => new Candidate(run, closure))
        .filter((candidate) => candidate.isOfPoints(fields));
      this.haveSubject = candidates.length > 0;
      this.compareWithFunctions(run, fields, candidates);
      if (!this.areJudged) this.tryWithTransposes(run, fields, candidates);
      if (!this.areJudged) this.lookForMisses(run, fields, candidates);
    }

    /** Find the plots that show slopes, and what keeps others from showing them. */
    compareWithFunctions(firstRun, fields, candidates) {
      const fits = fitsOfAll(fields, candidates);
      const behind = new Set(
        [...firstRun.functionsOfSites.values()].flatMap((each) => [...each]),
      );
      const matched = new Set(fits.flat().map(({ candidate }) => candidate));
      for (const each of candidates) {
        if (behind.has(each.closure.node)) matched.add(each);
      }
      const noShifts = new Map([...matched].map((each) => [each, 0n]));
      const outcome = this.reruns.withKnownFunction(fields, noShifts);
      if (!outcome || !this.areUnmixed(fields, fits, [...matched])) return;
      const { run, fields: known } = outcome;
      const factors = factorsOf(run, known);
      const calls = this.reruns.callsOfRoutines(run);
      const wrongCalls = calls.filter((call) => !returnsKnownSlopes(call));
      this.rightLines = linesOf(run, calls);
      for (const line of linesOf(run, wrongCalls)) this.rightLines.delete(line);
      const byHand = [...factors]
        .filter(([site]) => !this.inside.has(site))
        .map(([, factor]) => factor);
      const isScaleKnown = byHand.length + calls.length > 0 && areSlopes(byHand);
      const states = new Map();
      for (const [k, field] of fields.entries()) {
        const areCallsRight = !wrongCalls.length;
        const state = stateOf(field, known[k], fits[k], areCallsRight, isScaleKnown);
        const before = states.get(field.node) ?? state;
        states.set(field.node, before === state ? state : "");
      }
      const all = [...states];
      this.areRight = all.every(([, state]) => state === RIGHT);
      if (this.areRight) {
        this.negatedTwice = known
          .filter(({ arrows }, k) => !arePairsAlike(arrows, fields[k].arrows))
          .filter(isNegatedTwice)
          .map(({ node }) => node);
      }
      if (all.every(([, state]) => state)) {
        this.swapped = all
          .filter(([, state]) => state === SWAPPED)
          .map(([node]) => node);
      }
      if (!this.areRight && !this.swapped.length) {
        this.tryWithFactors(run, fields, known, matched, factors);
      }
    }

    /** Whether each plot shows the slopes of one function, or none that it calls. */
    areUnmixed(fields, fits, matched) {
      if (matched.length < 2) return true;
      const shifts = new Map(matched.map((each, k) => [each, SHIFT * BigInt(k)]));
      const outcome = this.reruns.withKnownFunction(fields, shifts);
      if (!outcome) return false;
      return fields.every((field, k) => {
        const known = outcome.fields[k];
        const isShown = fits[k].some((fit) =>
          showsKnown(known, fit, Number(shifts.get(fit.candidate))),
        );
        return isShown || arePairsAlike(known.arrows, field.arrows);
      });
    }

    /** Find the quotients that are a multiple of the slope. */
    tryWithFactors(run, fields, known, matched, factors) {
      if ([...factors.values()].includes(null)) return;
      const functions = new Set([...matched].map(({ closure }) => closure.node));
      const wrong = new Map(
        [...factors].filter(
          ([site, factor]) =>
            Math.abs(factor - 1) > TOLERANCE &&
            [...run.functionsOfSites.get(site)].every((node) => functions.has(node)),
        ),
      );
      if (!wrong.size) return;
      const areOpposite = [...wrong.values()].every(
        (factor) => Math.abs(factor + 1) <= TOLERANCE,
      );
      // What is computed is the way down, and is drawn as it is.
      if (areOpposite && known.every(pointsDown)) return;
      if (this.reruns.isRightWith({ factors: wrong }, fields, [...matched])) {
        this.wrongQuotients = wrong;
      }
    }

    /** Find the calls that lack a .T at their array, and one at their result. */
    tryWithTransposes(run, fields, candidates) {
      const nodes = new Set(
        run.ownCalls.filter(mayLackTransposes).map(({ node }) => node),
      );
      const ofPoints = candidates.filter(({ count }) => count === 1);
      if (!nodes.size) return;
      if (!this.reruns.isRightWith({ turned: nodes }, fields, ofPoints)) return;
      for (const node of nodes) this.unturned.set(node, run.placesOfTables.get(node));
    }

    /** Compare with heights that no function gives, and find what else is drawn. */
    lookForMisses(run, fields, candidates) {
      let subjects = fields.map((field) => [...subjectsOf(candidates, field)]);
      const areOfHeights = subjects.every(({ length }) => !length);
      if (areOfHeights) {
        const tables = this.reruns.slopesOfHeights(run);
        subjects = fields.map((field) => [...heightsAt(tables, field)]);
      }
      const isFitting = (field, k) =>
        subjects[k].some(({ slopes }) => field.shows(slopes));
      if (areOfHeights && fields.length && fields.every(isFitting)) {
        this.areRight = true;
        return;
      }
      this.misses = fields.flatMap((field, k) =>
        isFitting(field, k) ? [] : [...missesOf(field, subjects[k])],
      );
    }
  }

  /** The functions whose slopes each plot shows. Slopes at the same points are computed
      once. */
  function fitsOfAll(fields, candidates) {
    const slopes = new Map(); // of the candidates, by the points
    for (const { points } of fields) {
      const key = points.join(" ");
      if (!slopes.has(key)) slopes.set(key, [...withSlopes(candidates, points)]);
    }
    return fields.map((field) => [
      ...fitsOf(field, slopes.get(field.points.join(" "))),
    ]);
  }

  /** Whether quotients with these factors are all slopes, or all the opposite. */
  function areSlopes(factors) {
    return [1, -1].some((sign) =>
      factors.every(
        (factor) => factor !== null && Math.abs(factor - sign) <= TOLERANCE,
      ),
    );
  }

  /** Whether arrows point down the known function. */
  function pointsDown(known) {
    return known.pointsDown(known.points.map(knownSlopes));
  }

  /** Whether arrows point up the known function, though both components get a minus. */
  function isNegatedTwice(known) {
    const components = known.node.args.slice(2, 4);
    const haveMinuses =
      components.length === 2 &&
      components.every(({ type, op }) => type === "UnaryOp" && op === "USub");
    return haveMinuses && !pointsDown(known);
  }

  /** Whether arrows are the slopes of the known function with this shift. */
  function showsKnown(known, { isSwapped }, shift) {
    const slopes = known.points.map(([x, y]) => knownSlopes([x + shift, y]));
    return known.compared(slopes, isSwapped) !== "";
  }

  /** Whether a plot is right, or right once its components are exchanged. */
  function stateOf(field, known, fits, areCallsRight, isScaleKnown) {
    const isByHand = arePairsAlike(known.arrows, field.arrows);
    for (const isSwapped of [false, true]) {
      const own = fits.filter((fit) => fit.isSwapped === isSwapped);
      if (!own.length) continue;
      let isRightSo = own.some(({ how }) => how !== SCALED);
      if (!isByHand) {
        const how = known.compared(known.points.map(knownSlopes), isSwapped);
        isRightSo = areCallsRight && (how === EXACT || (how !== "" && isScaleKnown));
      }
      if (isRightSo) return isSwapped ? SWAPPED : RIGHT;
    }
    return "";
  }

  /** The lines of calls, and where `functools.partial` gets their functions. */
  function linesOf({ partials }, calls) {
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

  Object.assign(scripts.fields, { JudgedFields });
}
