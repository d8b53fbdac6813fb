/* Drawn: whether the arrows that a script draws are the slopes of one of its functions. The
   whole script is carried out. Its arrows are compared with the slopes of each of its
   functions at the same points. If a function has the same slopes, the script is carried
   out once more with another function in its place: arrows that are slopes by luck show. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const mostStepsOfRuns = vocabulary.whole_run.most_steps_of_all_runs;
  const { STEP, WholeRun, differencesIn } = scripts;
  const { Abandoned, CallsSeen, VARIES } = scripts.wholeRuns;
  const { isUnknown, nameCalled, quiversIn } = scripts.wholeRuns;
  const { ifFollowed, nodesOfRoutines, parametersOf } = scripts;
  const { NotFollowed, Stops, Tuple, SmallArray, isAnyNumber } = scripts.small;
  const { ELLIPSIS, areSameShape, smallArrayOf, reshaped, stretched } = scripts.small;
  const { OPAQUE } = scripts.values;
  const { areAlike, combined } = scripts.operators;
  const { emptyPlot, inPairs, otherOrder, slopesOfTable, wrongComponent } = scripts;

  const TOLERANCE = 2e-3; // of the longest slope, or of a factor
  const SHIFT = 2n; // between the functions that take the places of several
  const SHORTEST = 1e-6; // a longest slope below this is rounding

  // How arrows compare with slopes: exact, or the exact opposite; scaled, all by one
  // factor; along, each by a factor of its own. An empty text stands for none of these.
  const EXACT = "exact";
  const SCALED = "scaled";
  const ALONG = "along";

  // Whether a plot is right as it is, or once its two components are exchanged.
  const RIGHT = "right";
  const SWAPPED = "swapped";

  // What may be unread of a call; the last two are only said on a page.
  const CODES_OF_CALLS = ["array", "call", "result", "routine", "f", "grid"];

  /** How arrows compare with slopes. */
  function compared(arrows, slopes) {
    const lengths = slopes.map((slope) => Math.hypot(...slope));
    const longest = Math.max(0, ...lengths);
    if (!Number.isFinite(longest) || longest < SHORTEST) return "";
    const isOff = ([u, v], [du, dv], factor, most) =>
      !(Math.hypot(u - factor * du, v - factor * dv) <= TOLERANCE * most);
    const factors = [];
    for (const [k, [u, v]] of arrows.entries()) {
      if (lengths[k] <= TOLERANCE * longest) continue; // too short to have a direction
      const [du, dv] = slopes[k];
      const factor = (u * du + v * dv) / lengths[k] / lengths[k];
      const most = Math.abs(factor) * lengths[k];
      if (isOff(arrows[k], slopes[k], factor, most)) return "";
      factors.push(factor);
    }
    const areOfOneSign =
      factors.every((each) => each > 0) || factors.every((each) => each < 0);
    if (!factors.length || !areOfOneSign) return "";
    const [first] = factors;
    const size = Math.abs(first);
    if (factors.some((each) => !(Math.abs(each - first) <= TOLERANCE * size))) {
      return ALONG;
    }
    if (arrows.some((each, k) => isOff(each, slopes[k], first, size * longest))) {
      return "";
    }
    return Math.abs(size - 1) <= TOLERANCE ? EXACT : SCALED;
  }

  const exchanged = (arrows) => arrows.map(([u, v]) => [v, u]);

  const comparedWith = ({ arrows }, slopes, isSwapped = false) =>
    compared(isSwapped ? exchanged(arrows) : arrows, slopes);

  /** A function of the script that may be the one whose slopes are drawn. */
  class Candidate {
    constructor(run, closure) {
      this.run = run;
      this.closure = closure;
      const needed = parametersOf(closure.node).filter(
        (name) => !closure.defaults.has(name),
      ).length;
      const calls = run.callsSeen.get(closure.node) ?? new CallsSeen([], new Map());
      this.count = needed <= 2 ? needed : calls.countOfCoordinates;
      this.others = calls.given.slice(this.count);
      this.keywords = calls.keywords;
    }

    /** Its value at a point. It throws NotFollowed if it is no function of a point. */
    value(point) {
      let value = this.result(this.count === 2 ? point : [smallArrayOf(point)]);
      if (value instanceof SmallArray && value.size === 1) [value] = value.entries();
      if (!isAnyNumber(value)) throw new NotFollowed();
      return Number(value);
    }

    /** What it gives at a point, or at many in one array or two. */
    result(coordinates) {
      const { run, closure, others, keywords } = this;
      if ([...others, ...keywords.values()].includes(VARIES)) throw new NotFollowed();
      run.level = 0;
      try {
        return run.call(closure, [...coordinates, ...others], keywords);
      } catch (error) {
        if (error instanceof Stops) throw new NotFollowed();
        throw error;
      }
    }

    /** Its values at points: all at once, if it can be asked so. It throws NotFollowed if
        it is no function of a point. */
    values(points) {
      if (!points.length) return [];
      const along = smallArrayOf(
        [0, 1].map((axis) => points.map((each) => each[axis])),
      );
      const places = [0, Math.floor(points.length / 2)];
      const oneByOne = places.map((k) => this.value(points[k]));
      const ways =
        this.count === 2
          ? [[along.part(0n), along.part(1n)]]
          : [[along], [along.transposed().copied()]];
      for (const coordinates of ways) {
        const array = ifFollowed(() => smallArrayOf(this.result(coordinates)));
        if (!array || !areSameShape(array.shape, [points.length])) continue;
        const values = array.entries().map(Number);
        if (places.every((k, turn) => areClose(values[k], oneByOne[turn])))
          return values;
      }
      return points.map((point) => this.value(point));
    }

    /** Whether it gives a number at the first point of each plot. */
    isOfPoints(fields) {
      const points = fields.flatMap((field) => field.points.slice(0, 1));
      const values = ifFollowed(() => points.map((point) => this.value(point)));
      return Boolean(values?.length) && [1, 2].includes(this.count);
    }

    /** Its slopes at all points, by central differences. */
    slopes(points) {
      const moves = [
        [STEP, 0],
        [0, STEP],
      ];
      const [alongX, alongY] = moves.map(([dx, dy]) => {
        const ahead = this.values(points.map(([x, y]) => [x + dx, y + dy]));
        const behind = this.values(points.map(([x, y]) => [x - dx, y - dy]));
        return ahead.map((each, k) => (each - behind[k]) / (2 * STEP));
      });
      return alongX.map((each, k) => [each, alongY[k]]);
    }
  }

  function areClose(one, other) {
    const largest = Math.max(Math.abs(one), Math.abs(other));
    return Math.abs(one - other) <= Math.max(1e-9 * largest, SHORTEST);
  }

  /* The function that takes a candidate's place. Central differences give its slopes
     exactly, and they have both signs. */

  /** x² + 3y² + xy + 2x - 5y, of numbers or arrays. */
  function knownValue(x, y) {
    const plus = (one, other) => combined("Add", one, other);
    const times = (one, other) => combined("Mult", one, other);
    const ofX = times(x, plus(plus(x, y), 2n));
    const ofY = times(y, combined("Sub", times(y, 3n), 5n));
    return plus(ofX, ofY);
  }

  /** Its slopes. */
  const knownSlopes = ([x, y]) => [2 * x + y + 2, 6 * y + x - 5];

  /** The known function, as one of one array or of two numbers or arrays. Several are
      told apart by their shift: the first coordinate is that much larger. */
  function knownInstead(count, shift) {
    const valueAt = (x, y) => knownValue(combined("Add", x, shift), y);
    return (given, own) => {
      if (given.length < count) throw new Abandoned(); // a coordinate is passed by name
      if (given.some(isUnknown)) return OPAQUE;
      if (count === 2) return valueAt(given[0], given[1]);
      const points = smallArrayOf(given[0]);
      const shape = own instanceof SmallArray ? own.shape : [];
      const isOne = areSameShape(points.shape, [2]);
      const isByRows = areSameShape(points.shape, [...shape, 2]);
      const isByColumns = areSameShape(points.shape, [2, ...shape]);
      // It is unknown what a point is.
      if (isByRows === isByColumns && !isOne) throw new Abandoned();
      const part = (k) =>
        points.part(isOne || isByColumns ? k : new Tuple([ELLIPSIS, k]));
      return valueAt(part(0n), part(1n));
    };
  }

  /** The plots of a script, judged: whether they `areRight`; those that are once their
      two components are exchanged; quotients of differences that are a multiple of the
      slope, and the factor; the calls whose array and result lack a .T, and which
      argument the array is; and the lines of routines' calls whose results are right. */
  class Fields {
    areRight = false;
    swapped = [];
    wrongQuotients = new Map();
    unturned = new Map();
    rightLines = new Set();
    misses = []; // plots that show something else than slopes
    firstRun = null; // of the script as it is written
    haveSubject = false; // a function whose slopes the arrows may be meant to show

    constructor({ source, routines, imports }) {
      this.tree = source.tree;
      this.quivers = quiversIn(source.nodes);
      this.script = routines.interpreter.script;
      this.routines = new Set(routines.own.keys());
      const right = [...routines.own].filter(
        ([, routine]) => routine.isRight && routine.isFollowed,
      );
      const inside = nodesOfRoutines({ own: new Map(right) });
      const differences = differencesIn(source, imports).filter(
        (node) => !inside.has(node),
      );
      this.sites = new Set(differences.map((each) => quotientOf(each, source.nodes)));
      this.inside = nodesOfRoutines(routines);
      this.stepsOfRuns = 0;
      this.judgeAll();
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

    judgeAll() {
      const seen = this.fieldsOf({});
      if (!seen) return;
      const { run, fields } = seen;
      const candidates = [...run.functionsMade.values()]
        .filter(({ node }) => !this.inside.has(node))
        .map((closure) => new Candidate(run, closure))
        .filter((candidate) => candidate.isOfPoints(fields));
      this.haveSubject = candidates.length > 0;
      this.judge(run, fields, candidates);
      if (!this.areJudged) this.tryWithTransposes(run, fields, candidates);
      if (!this.areJudged) this.lookForMisses(run, fields, candidates);
    }

    /** A run, and the plots that it draws; null if that is not known. */
    fieldsOf(change) {
      return ifFollowed(() => {
        const { script, routines, sites } = this;
        if (this.stepsOfRuns > mostStepsOfRuns) return null;
        const run = new WholeRun(script, routines, sites, change);
        this.firstRun ??= run;
        const hasDrawnAll = run.hasDrawnAll(this.tree, this.quivers);
        this.stepsOfRuns += run.stepsOfAll;
        if (!hasDrawnAll) return null;
        return { run, fields: run.drawn.map(fieldOf) };
      });
    }

    /** The same with the known function in the place of some, shifted by their places
        times `shift`; null if it draws at other points. */
    knownFields(fields, replaced, change, shift = 0n) {
      const instead = new Map(
        replaced.map(({ closure, count }, k) => [
          closure.node,
          knownInstead(count, shift * BigInt(k)),
        ]),
      );
      const seen = instead.size ? this.fieldsOf({ ...change, instead }) : null;
      const areThere =
        seen?.fields.length === fields.length &&
        fields.every(({ points }, k) => arePairsAlike(points, seen.fields[k].points));
      return areThere ? seen : null;
    }

    judge(firstRun, fields, candidates) {
      const slopes = new Map(); // of the candidates, by the points
      for (const { points } of fields) {
        const key = points.join(" ");
        if (!slopes.has(key)) slopes.set(key, [...slopesOf(candidates, points)]);
      }
      const fits = fields.map((field) => {
        const own = slopes.get(field.points.join(" "));
        return [...fitsOf(field, own)];
      });
      const behind = new Set(
        [...firstRun.functionsOfSites.values()].flatMap((each) => [...each]),
      );
      const matched = new Set(fits.flat().map(({ candidate }) => candidate));
      for (const each of candidates) {
        if (behind.has(each.closure.node)) matched.add(each);
      }
      const seen = this.knownFields(fields, [...matched], {});
      if (!seen || !this.areUnmixed(fields, fits, matched)) return;
      const factors = factorsOf(seen.run, fields);
      const calls = this.callsOfRoutines(seen.run);
      const wrongCalls = calls.filter((call) => !isRight(call));
      this.rightLines = linesOf(seen.run, calls);
      for (const line of linesOf(seen.run, wrongCalls)) this.rightLines.delete(line);
      const byHand = [...factors]
        .filter(([site]) => !this.inside.has(site))
        .map(([, factor]) => factor);
      const areQuotients = [1, -1].some((sign) =>
        byHand.every(
          (factor) => factor !== null && Math.abs(factor - sign) <= TOLERANCE,
        ),
      );
      const isScaleKnown = areQuotients && byHand.length + calls.length > 0;
      const states = new Map();
      for (const [k, field] of fields.entries()) {
        const known = seen.fields[k];
        const areCallsRight = !wrongCalls.length;
        const state = stateOf(field, known, fits[k], areCallsRight, isScaleKnown);
        const before = states.get(field.node) ?? state;
        states.set(field.node, before === state ? state : "");
      }
      const all = [...states];
      this.areRight = all.every(([, state]) => state === RIGHT);
      if (all.every(([, state]) => state)) {
        this.swapped = all
          .filter(([, state]) => state === SWAPPED)
          .map(([node]) => node);
      }
      const isUnclear = [...factors.values()].includes(null);
      if (this.areRight || this.swapped.length || isUnclear) return;
      const functions = new Set([...matched].map(({ closure }) => closure.node));
      const wrong = new Map(
        [...factors].filter(
          ([site, factor]) =>
            Math.abs(factor - 1) > TOLERANCE &&
            [...seen.run.functionsOfSites.get(site)].every((node) =>
              functions.has(node),
            ),
        ),
      );
      if (wrong.size && this.isRightWith({ factors: wrong }, fields, [...matched])) {
        this.wrongQuotients = wrong;
      }
    }

    /** Whether each plot shows the slopes of one function, or none that it calls. */
    areUnmixed(fields, fits, matched) {
      if (matched.size < 2) return true;
      const candidates = [...matched];
      const seen = this.knownFields(fields, candidates, {}, SHIFT);
      const shiftOf = (fit) => Number(SHIFT) * candidates.indexOf(fit.candidate);
      return (
        Boolean(seen) &&
        fields.every((field, k) => {
          const known = seen.fields[k];
          const isShown = fits[k].some((fit) => showsKnown(known, fit, shiftOf(fit)));
          return isShown || arePairsAlike(known.arrows, field.arrows);
        })
      );
    }

    callsOfRoutines({ ownCalls }) {
      // Of no definition: a library differentiates.
      return ownCalls.filter(
        ({ definition }) => !definition || this.routines.has(definition),
      );
    }

    /** Find the calls that lack a .T at their array, and one at their result. */
    tryWithTransposes(run, fields, candidates) {
      const nodes = new Set(
        run.ownCalls.filter(mayLackTransposes).map(({ node }) => node),
      );
      const ofPoints = candidates.filter(({ count }) => count === 1);
      if (!nodes.size || !this.isRightWith({ turned: nodes }, fields, ofPoints)) return;
      for (const node of nodes) this.unturned.set(node, run.placesOfTables.get(node));
    }

    /** Compare with heights that no function gives, and find what else is drawn. */
    lookForMisses(run, fields, candidates) {
      let subjects = fields.map((field) => [...subjectsOf(candidates, field)]);
      const areOfHeights = subjects.every(({ length }) => !length);
      if (areOfHeights) {
        const tables = this.slopesOfHeights(run);
        subjects = fields.map((field) => [...heightsAt(tables, field)]);
      }
      const isFitting = (field, k) =>
        subjects[k].some(({ slopes }) => isFit(comparedWith(field, slopes)));
      if (areOfHeights && fields.length && fields.every(isFitting)) {
        this.areRight = true;
        return;
      }
      this.misses = fields.flatMap((field, k) =>
        isFitting(field, k) ? [] : [...missesOf(field, subjects[k])],
      );
    }

    /** The heights that are drawn, and their slopes at the points there. The script is
        carried out again with the grid moved, along each axis. */
    slopesOfHeights({ heights: tables }) {
      if (!tables.length) return [];
      const moves = [
        [STEP, 0],
        [-STEP, 0],
        [0, STEP],
        [0, -STEP],
      ];
      const moved = moves.map((move) => this.fieldsOf({ moved: move })?.run.heights);
      if (moved.some((each) => each?.length !== tables.length)) return [];
      return tables.flatMap(({ node, rows, heights }, k) => {
        const computed = [heights, ...moved.map((each) => each[k].heights)];
        const slopes = slopesOfTable(rows, computed, STEP);
        return slopes ? [{ subject: node, slopes }] : [];
      });
    }

    /** Whether a change makes all arrows right. */
    isRightWith(change, fields, replaced) {
      const seen = this.knownFields(fields, replaced, change);
      if (!seen) return false;
      const calls = this.callsOfRoutines(seen.run);
      const isScaleKnown = calls.length > 0 || change.factors;
      const ways = isScaleKnown ? [EXACT, SCALED, ALONG] : [EXACT];
      const turned = seen.run.ownCalls.filter(({ node }) => change.turned?.has(node));
      return (
        [...calls, ...turned].every(isRight) &&
        seen.fields.every((field) =>
          ways.includes(comparedWith(field, field.points.map(knownSlopes))),
        )
      );
    }
  }

  const isFit = (how) => how === EXACT || how === ALONG;

  /** The functions of a point whose values are not drawn as a component. */
  function* subjectsOf(candidates, { arrows, points }) {
    const components = [0, 1].map((axis) => arrows.map((arrow) => arrow[axis]));
    for (const [candidate, slopes] of slopesOf(candidates, points)) {
      const values = ifFollowed(() => candidate.values(points));
      if (!values) continue;
      const isComponent = [1, -1].some((sign) => {
        const signed = values.map((value) => sign * value);
        return components.some((drawn) => areNumbersAlike(drawn, signed));
      });
      if (!isComponent) yield { subject: candidate.closure.node, slopes };
    }
  }

  /** The heights that are known at all points of a plot, and their slopes. */
  function* heightsAt(tables, { points }) {
    for (const { subject, slopes: ofTable } of tables) {
      const slopes = points.map((point) => ofTable.get(`${point}`));
      if (slopes.every(Boolean)) yield { subject, slopes };
    }
  }

  /** What a plot shows in place of the slopes of a function or of heights. */
  function* missesOf(field, subjects) {
    const order = otherOrder(field.points);
    for (const { subject, slopes } of subjects) {
      const atPoints = new Map(field.points.map((point, k) => [`${point}`, slopes[k]]));
      const elsewhere = order?.map((point) => atPoints.get(`${point}`));
      let form = "";
      if (order && isFit(comparedWith(field, elsewhere))) form = "transposed";
      else if (compared(inPairs(field.arrows), slopes) === EXACT) form = "paired";
      if (form) {
        yield { field, subject, slopes, miss: { form, place: 0 } };
        return;
      }
    }
    const wrong = subjects.flatMap(({ subject, slopes }) => {
      const miss = wrongComponent(field.arrows, slopes);
      return miss ? [{ field, subject, slopes, miss }] : [];
    });
    if (wrong.length === 1) yield wrong[0];
    if (wrong.length || subjects.length !== 1) return;
    const [{ subject, slopes }] = subjects;
    const miss = emptyPlot(field.arrows, slopes);
    if (miss) yield { field, subject, slopes, miss };
  }

  /** The slopes of those candidates that are functions of a point. */
  function* slopesOf(candidates, points) {
    for (const candidate of candidates) {
      const slopes = ifFollowed(() => candidate.slopes(points));
      if (slopes) yield [candidate, slopes];
    }
  }

  /** The functions whose slopes the arrows show, as drawn or exchanged. */
  function* fitsOf(field, slopesOfCandidates) {
    for (const [candidate, slopes] of slopesOfCandidates) {
      for (const isSwapped of [false, true]) {
        const how = comparedWith(field, slopes, isSwapped);
        if (how) yield { candidate, how, isSwapped };
      }
    }
  }

  /** Whether arrows are the slopes of the known function with this shift. */
  function showsKnown(known, { isSwapped }, shift) {
    const slopes = known.points.map(([x, y]) => knownSlopes([x + shift, y]));
    return comparedWith(known, slopes, isSwapped) !== "";
  }

  /** Whether a plot is right, or right once its components are exchanged. */
  function stateOf(field, known, fits, areCallsRight, isScaleKnown) {
    const isByHand = arePairsAlike(known.arrows, field.arrows);
    for (const isSwapped of [false, true]) {
      const own = fits.filter((fit) => fit.isSwapped === isSwapped);
      if (!own.length) continue;
      let isRightSo = own.some(({ how }) => how !== SCALED);
      if (!isByHand) {
        const how = comparedWith(known, known.points.map(knownSlopes), isSwapped);
        isRightSo = areCallsRight && (how === EXACT || (how !== "" && isScaleKnown));
      }
      if (isRightSo) return isSwapped ? SWAPPED : RIGHT;
    }
    return "";
  }

  function arePairsAlike(some, others) {
    return areAlike(some, others, (one, other) => areAlike(one, other, Object.is));
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

  /** Whether a routine returned the slopes, or one of them, of the known function. */
  function isRight(call) {
    const result = ifFollowed(() => smallArrayOf(call.result));
    if (!result) return false;
    const given = call.given.filter((each) => each instanceof SmallArray);
    const numbers = call.given.filter(isAnyNumber);
    const arrays = (given.length ? given : numbers).map((each) => smallArrayOf(each));
    const [xs, ys] = arrays;
    const isAlike = arrays.length > 0 && areSameShape(xs.shape, result.shape);
    if (isAlike && areSlopes(result, xs)) return true;
    if (arrays.length < 2 || !areSameShape(xs.shape, ys.shape)) return false;
    const others = ys.entries().map(Number);
    const slopes = xs.entries().map((x, k) => knownSlopes([Number(x), others[k]]));
    const alongAxes = [0, 1].map((axis) => slopes.map((slope) => slope[axis]));
    const entries = result.entries();
    if (areSameShape(result.shape, [2, ...xs.shape])) {
      return areNumbersAlike(entries, alongAxes.flat());
    }
    const isOfOne = areSameShape(result.shape, xs.shape);
    return isOfOne && alongAxes.some((along) => areNumbersAlike(entries, along));
  }

  /** Whether numbers are the slopes at points, one a row, else one a column. */
  function areSlopes(result, points) {
    const ways = [
      [points, result],
      [points.transposed(), result.transposed()],
    ];
    const way = ways.find(([given]) => given.shape.at(-1) === 2);
    if (!way) return false;
    const numbers = way[0].entries().map(Number);
    const exact = numbers.flatMap((x, k) =>
      k % 2 ? [] : knownSlopes([x, numbers[k + 1]]),
    );
    return areNumbersAlike(way[1].entries(), exact);
  }

  function areNumbersAlike(some, others) {
    return some.every(
      (each, k) =>
        Math.abs(Number(each) - others[k]) <= TOLERANCE * (1 + Math.abs(others[k])),
    );
  }

  /* Quotients of differences */

  /** The quotient that a difference is part of, or the difference itself. */
  function quotientOf(difference, nodes) {
    const outer = nodes.find(({ type, operand, left, op }) =>
      type === "BinOp"
        ? left === difference && (op === "Div" || op === "Mult")
        : operand === difference,
    );
    return outer ? quotientOf(outer, nodes) : difference;
  }

  /** By which factor each quotient differs from a slope, null if that is not known.
      Quotients that were never computed are left out. */
  function factorsOf({ recorded }, fields) {
    const orders = fields.flatMap(({ points }) => [...ordersOfSlopes(points)]);
    const computed = [...recorded].filter(([, values]) => values.length);
    return new Map(
      computed.map(([site, values]) => [site, factorOf(numbersIn(values), orders)]),
    );
  }

  /** The numbers of some results, none if one of them is unknown. */
  function numbersIn(values) {
    const numbers = ifFollowed(() =>
      values.flatMap((value) => smallArrayOf(value).entries()),
    );
    return (numbers ?? []).map(Number);
  }

  /** The known slopes in each order in which a script may compute them. */
  function* ordersOfSlopes(points) {
    const pairs = points.map(knownSlopes);
    for (const first of [0, 1]) {
      const one = pairs.map((pair) => pair[first]);
      const other = pairs.map((pair) => pair[1 - first]);
      yield one;
      yield [...one, ...other];
      yield one.flatMap((slope, k) => [slope, other[k]]);
    }
  }

  /** By which factor numbers differ from slopes in any of these orders. */
  function factorOf(numbers, orders) {
    for (const slopes of orders) {
      const { length } = slopes;
      if (!length || !numbers.length || numbers.length % length) continue;
      const longest = Math.max(...slopes.map(Math.abs));
      const place = slopes.findIndex((slope) => Math.abs(slope) === longest);
      const factor = numbers[place] / (slopes[place] || 1);
      const most = TOLERANCE * Math.abs(factor) * longest;
      const areFitting = numbers.every(
        (each, k) => Math.abs(each - factor * slopes[k % length]) <= most,
      );
      if (longest && factor && areFitting) return factor;
    }
    return null;
  }

  /** The arrows of a plot, one for each point. It throws NotFollowed if it is not known
      which arrow stands where. */
  function fieldOf({ node, places, arrows }) {
    if ([...places, ...arrows].some(isUnknown)) throw new NotFollowed();
    let [x, y] = places;
    const [u, v] = arrows;
    const areTables = arrows.every(({ shape }) => shape.length === 2);
    // matplotlib wants tables.
    if (nameCalled(node) === "streamplot" && !areTables) throw new NotFollowed();
    const isAlongAxes = x.shape.length === 1 && y.shape.length === 1;
    if (isAlongAxes && u.shape.length === 2) {
      const shape = [y.size, x.size];
      y = stretched(reshaped(y, [y.size, 1]), shape);
      x = stretched(x, shape);
    }
    if (new Set([x.size, y.size, u.size, v.size]).size > 1) throw new NotFollowed();
    const [xs, ys, us, vs] = [x, y, u, v].map((each) => each.entries().map(Number));
    return {
      node,
      points: xs.map((each, k) => [each, ys[k]]),
      arrows: us.map((each, k) => [each, vs[k]]),
    };
  }

  /** Whether a script draws arrows of which nothing wrong is known yet. */
  function isWorthARun({ routines, source }, findings) {
    const areNotes = findings.every(({ severity }) => severity === "note");
    const hasArrows = quiversIn(source.nodes).size > 0;
    return hasArrows && areNotes && routines.areNamesCertain;
  }

  /** Carry out a script all of whose calls of routines are known to be right. The routines
      are left out, unless a `raise` or an `assert` may ask for their numbers. */
  function firstRunOf({ source, routines: { interpreter, own } }) {
    const refuses = source.nodes.some(({ type }) => ["Raise", "Assert"].includes(type));
    const right = [...own].filter(([, each]) => each.isRight && each.isFollowed);
    const leftOut = refuses ? [] : right.map(([definition]) => definition);
    const change = { leftOut: new Set(leftOut) };
    const run = new WholeRun(interpreter.script, new Set(own.keys()), [], change);
    ifFollowed(() => run.hasDrawnAll(source.tree, []));
    return run;
  }

  Object.assign(scripts, { Fields, TOLERANCE_OF_FACTORS: TOLERANCE });
  Object.assign(scripts, { firstRunOf, isWorthARun });
}
