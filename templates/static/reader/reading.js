/* Reading: a script in, what there is to say of it out. Nothing is run. */
"use strict";

{
  const { axisLength, gridPoints, parse, python, scripts } = globalThis.gradviz;
  const { Definitions, NamedFunctions, Source } = scripts;
  const { follow } = scripts.walk;
  const { Script, drawnArrows, findingsOf, reported, stopOfRun } = scripts.rules;
  const { filled, importsOf, isArray, readRoutines } = scripts;
  const { takesOneArgument, takesTwo } = scripts;
  const { MATH_DOMAIN } = scripts.spellings;
  const {
    windowOf,
    arrowsNotCompared,
    reasonsInOrder,
    callsOfNoCaller,
    arrowsOfNoRoutine,
    negatedTwice,
    unreadCalls,
    namesWithoutValue,
    nodesOf,
    stopAt,
    TAKES,
    POINTS,
    COORDINATES,
    isNumber,
    WholeRun,
    differencesIn,
    ifFollowed,
  } = scripts;
  const { JudgedFields, Reruns } = scripts.fields;
  const { quiversIn } = scripts.wholeRuns;

  // What engines say if a text is nested more deeply than their stack allows.
  const STACK_ERROR = /call stack|too much recursion/;

  /** What a script is found to say: its `findings`; its `functions` of one argument as
      spellings; what is `unread`, and why; and for its first plot the `grid`, the
      routine's `h`, and whether the arrows point `downhill`, each null where it is not
      known; and whether it was `checked`: a routine is called, or slopes of
      `np.gradient` are drawn, and nothing of any call is unread. The wording comes from
      `words`, the tables `finding` and `unread` of a language.

      There are also `readings`, one for each function, which say what it demands of x;
      `pairs`, those of the functions of two numbers that have a spelling; the `call`
      that makes the plot: its line, the routine and what it takes, the reading of what
      it differentiates, and the kind of its numbers; `hasSubject`, whether there is any
      function, or call of a routine; the script `alone`, without the text around it;
      and the `window` in which it shows its field. What was `unreadBefore`, in the
      cells of a notebook, is listed with the rest. */
  function readScript(text, words, unreadBefore = []) {
    try {
      return readSource(new Source(text), words, unreadBefore);
    } catch (error) {
      if (error instanceof python.PythonError) return unreadable(error, words);
      if (!STACK_ERROR.test(error.message)) throw error;
      return unreadable({ code: "too-deep", line: 1 }, words);
    }
  }

  function unreadable({ code, line }, words) {
    return resultOf({ unread: [withReason({ code, line, values: {} }, words)] });
  }

  /** What is unread, and why, in words. */
  function withReason({ code, line, values }, words) {
    return { line, reason: filled(words.unread[code], values) };
  }

  /** A result. What only the page asks for does not stand among what is listed of it. */
  function resultOf(said, forPage = {}) {
    const nothingSaid = { findings: [], functions: [], unread: [], checked: false };
    const nothingDrawn = { grid: null, h: null, downhill: null, mended: false };
    const nothingForPage = {
      readings: [],
      pairs: [],
      call: null,
      hasSubject: false,
      hasUnfollowed: false,
      alone: null,
      window: null,
    };
    const hidden = {};
    for (const [name, value] of Object.entries({ ...nothingForPage, ...forPage })) {
      hidden[name] = { value };
    }
    const result = { ...nothingSaid, ...nothingDrawn, ...said };
    return Object.defineProperties(result, hidden);
  }

  function readSource(source, words, unreadBefore) {
    const imports = importsOf(source.nodes);
    const definitions = new Definitions(source.nodes);
    const functions = new NamedFunctions(source, imports, definitions);
    const routines = readRoutines(definitions, imports, source);
    const observations = follow(source, imports, routines);
    const script = new Script(
      source,
      imports,
      routines,
      definitions,
      observations,
      words.finding,
    );
    const bodies = nodesOf(routines.own.keys());
    const differentiations = observations.differentiations.filter(
      ({ call }) => !bodies.has(call.node),
    );

    let findings = findingsOf(script);
    const readings = functions.readings();
    const warnings = findings
      .filter(({ severity }) => severity === "warning")
      .map(({ code }) => code);
    const ofNoCaller = callsOfNoCaller(differentiations, script.uses);
    const run = differentiations.filter(({ call }) => !ofNoCaller.has(call.node));
    let reasons = unreadCalls(source, routines, observations, script.uses, warnings);
    const isTried = isWorthARun(script, findings);
    const isOpen = reasons.length > 0 || !observations.differentiations.length;
    reasons.push(...unreadOfPage(run, source, functions));
    let isRightByRun = false;
    const { heights, quivers } = observations;
    const areSlopesDrawn = heights.size > 0 && quivers.length > 0;
    let isNamed = !isTried || !isOpen || areSlopesDrawn; // what is not compared
    let firstRun = null;
    if (isTried && isOpen) {
      const fields = fieldsOf(script);
      const aboutArrows = [...drawnArrows(script, fields)];
      findings = reported(script, [...findings, ...aboutArrows]);
      if (fields.areRight || aboutArrows.length)
        reasons = reasons.filter((reason) => !fields.explain(reason));
      if (reasons.every(({ code }) => code !== "two-minuses"))
        reasons.push(...negatedTwice(source, fields.negatedTwice));
      if (fields.areRight && !reasons.length)
        reasons.push(...namesWithoutValue(source, imports));
      const isJudged = fields.areJudged || !fields.haveSubject;
      if (observations.heights.size > 0 && !isJudged && !reasons.length)
        reasons.push(...arrowsOfNoRoutine(source, observations));
      isRightByRun = fields.areRight;
      isNamed ||= isRightByRun || aboutArrows.length > 0;
      firstRun = fields.firstRun;
    } else if (isTried) firstRun = firstRunOf(script);
    if (firstRun?.stop) {
      const stops = [...stopOfRun(script, firstRun)];
      findings = reported(script, [...findings, ...stops]);
      if (!stops.length)
        reasons.push({ code: "stops", line: firstRun.stopLine, values: {} });
      isNamed = true;
    }
    const uncompared = isNamed || reasons.length ? [] : arrowsNotCompared(source);
    const unfollowed = [...unreadBefore, ...source.unread, ...reasonsInOrder(reasons)];
    const unread = [...unfollowed, ...uncompared];
    unread.sort((one, other) => one.line - other.line);
    const drawsAxisSlopes = areAxisSlopesRead(observations, findings);
    const call = callOf(differentiations, functions);
    const subjects = [functions.all, differentiations, unread];
    const said = {
      findings,
      functions: readings.map(({ line, name, spelling }) => ({ line, name, spelling })),
      unread: unread.map((each) => withReason(each, words)),
      checked: (call !== null || drawsAxisSlopes || isRightByRun) && !unread.length,
      ...plotOf(differentiations, observations.quivers),
      mended: source.isMended,
    };
    return resultOf(said, {
      readings,
      pairs: functions.pairs(),
      call,
      hasUnfollowed: unfollowed.length > 0,
      hasSubject: drawsAxisSlopes || subjects.some(({ length }) => length > 0),
      alone: source.alone,
      window: windowOf(source.nodes, observations.quivers),
    });
  }

  /** Whether a script draws arrows of which nothing wrong is known yet. */
  function isWorthARun({ routines, source }, findings) {
    const areNotes = findings.every(({ severity }) => severity === "note");
    const hasArrows = quiversIn(source.nodes).size > 0;
    return hasArrows && areNotes && routines.areNamesCertain;
  }

  /** Carry out a script all of whose calls of routines are known to be right. The routines
      are left out, unless a `raise` or an `assert` may ask for their numbers. */
  function firstRunOf({ source, routines }) {
    const refuses = source.nodes.some(({ type }) => ["Raise", "Assert"].includes(type));
    const change = { leftOut: refuses ? new Set() : routines.knownRight };
    const own = new Set(routines.own.keys());
    const run = new WholeRun(routines.interpreter.script, own, [], change);
    ifFollowed(() => run.hasDrawnAll(source.tree, []));
    return run;
  }

  /** The plots of a script, judged by carrying it out. */
  function fieldsOf({ source, routines, imports }) {
    const nodesOfRight = nodesOf(routines.knownRight);
    const differences = differencesIn(source, imports).filter(
      (node) => !nodesOfRight.has(node),
    );
    const own = new Set(routines.own.keys());
    const reruns = new Reruns(source, routines.interpreter.script, own, differences);
    return new JudgedFields(reruns, nodesOf(own));
  }

  /** Whether slopes of `np.gradient` are drawn, and no question about them is left
      open. A note on their spacing leaves their length open. */
  function areAxisSlopesRead({ heights, quivers }, findings) {
    const isLengthOpen = findings.some(
      ({ code, severity }) => code === "spacing" && severity === "note",
    );
    return heights.size > 0 && quivers.length > 0 && !isLengthOpen;
  }

  /** What only a picture needs, but was not read: functions without a spelling, and
      grids. */
  function unreadOfPage(differentiations, source, functions) {
    const reasons = new Map();
    for (const differentiation of differentiations) {
      const { call, routine, f, fNode, argument } = differentiation;
      // Said instead:
      if (!routine.isFollowed || stopAt(differentiation)) continue;
      const { line } = call.node;
      const isOfGrid = argument.form === POINTS || argument.form === COORDINATES;
      const unread = [];
      if (!isDifferentiated(f, routine, argument)) {
        const refusal = functions.readingOf(f)?.refusal;
        unread.push(
          refusal ?? { code: "f", line, values: { name: source.text(fNode) } },
        );
      }
      const grid = gridOf(argument);
      if (isOfGrid && !grid) {
        unread.push({ code: "grid", line, values: { name: routine.name } });
      }
      if (grid && leavesDomain(functions.readingOf(f), grid, routine.step)) {
        unread.push({ code: "domain", line, values: { name: source.text(fNode) } });
      }
      for (const each of unread) reasons.set(`${each.line} ${each.code}`, each);
    }
    return [...reasons.values()];

    function isDifferentiated(f, { takes, argumentsOfF }, argument) {
      if (f.is !== "function") return false;
      const isOfOne = takesOneArgument(f.node);
      // What differentiates a function of one number needs no spelling.
      if (isNumber(argument) && takes === TAKES.NUMBER) return isOfOne;
      const isOfRightCount = argumentsOfF === 2 ? takesTwo(f.node) : isOfOne;
      return isOfRightCount && functions.readingOf(f).refusal === null;
    }
  }

  /** Whether a function of `math` gets a number for which it has no value, at a point
      of the grid or a step away: there Python stops, and NumPy would go on. */
  function leavesDomain(reading, { x0, x1 }, h) {
    if (!reading?.spelling || !reading.demands.includes(MATH_DOMAIN)) return false;
    const f = parse(reading.spelling);
    const points = gridPoints(x0, x1);
    const areAllNumbers = [-h, h].every((move) =>
      [0, 1].every((axis) => {
        const moved = [...points];
        moved[axis] = points[axis].map((coordinate) => coordinate + move);
        return f.valuesAt(moved).every(Number.isFinite);
      }),
    );
    return !areAllNumbers;
  }

  /** The call that is drawn first, as far as is known. */
  function firstOnGrid(differentiations) {
    const first = differentiations.find(({ argument }) => gridOf(argument));
    return first ?? differentiations[0];
  }

  function callOf(differentiations, functions) {
    const first = firstOnGrid(differentiations);
    if (!first) return null;
    const { call, routine, argument, f } = first;
    return {
      line: call.node.line,
      routine: routine.name,
      takes: routine.isFollowed ? routine.takes : TAKES.UNKNOWN,
      numbers: isArray(argument) ? argument.kind : "",
      reading: functions.readingOf(f),
    };
  }

  /** On which grid, with which h, and in which direction the arrows are drawn. */
  function plotOf(differentiations, quivers) {
    const first = firstOnGrid(differentiations);
    if (!first) return {};
    const grid = gridOf(first.argument);
    const downhill = quivers.length ? isDownhill(quivers[0]) : null;
    return { grid, h: first.routine.step, downhill };
  }

  /** Whether both slopes of a plot have a minus; null if they are no slopes. */
  function isDownhill({ values }) {
    const [u, v] = values.slice(2).map(({ sign }) => sign);
    if (u === undefined || v === undefined) return null;
    return u < 0 && v < 0;
  }

  /** The grid that an array of points lies on, if its axes are known; else null. */
  function gridOf(argument) {
    const mesh = isArray(argument) && !argument.isMoved && argument.mesh;
    const [x0, x1] = mesh ? mesh.ranges.map((range) => range?.axis ?? null) : [];
    if (!x0 || !x1 || !isGridAxis(x0) || !isGridAxis(x1)) return null;
    return { x0: rangeOf(x0), x1: rangeOf(x1) };
  }

  function rangeOf({ start, stop, step }) {
    return { start, stop, step };
  }

  /** Whether a grid can have such an axis. */
  function isGridAxis({ start, stop, step }) {
    try {
      return axisLength(start, stop, step) > 0;
    } catch (error) {
      if (error.reason !== "grid") throw error;
      return false;
    }
  }

  Object.assign(scripts, { readScript });
}
