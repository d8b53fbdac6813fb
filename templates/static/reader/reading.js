/* Reading: a script in, what there is to say of it out. Nothing is run. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { Definitions, NamedFunctions, Source } = scripts;
  const { filled, importsOf, readRoutines } = scripts;
  const { follow } = scripts.walk;
  const { Script, drawnArrows, findingsOf, reported, stopOfRun } = scripts.rules;
  const { JudgedFields, Reruns } = scripts.fields;
  const { quiversIn } = scripts.wholeRuns;
  const { firstCall, firstPlot, unreadForPlot, windowOf } = scripts;
  const {
    WholeRun,
    arrowsNotCompared,
    arrowsOfNoRoutine,
    differencesIn,
    ifFollowed,
    namesWithoutValue,
    negatedTwice,
    nodesOf,
    reasonsInOrder,
    unreadCalls,
  } = scripts;

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

    const { findings, reasons, uncompared, areArrowsRight } = found(
      script,
      unreadForPlot(differentiations, script, functions),
    );
    const unfollowed = [...unreadBefore, ...source.unread, ...reasonsInOrder(reasons)];
    const unread = [...unfollowed, ...uncompared];
    unread.sort((one, other) => one.line - other.line);

    const readings = functions.readings();
    const call = firstCall(differentiations, functions);
    const drawsAxisSlopes = areAxisSlopesRead(observations, findings);
    const isAnswered = call !== null || drawsAxisSlopes || areArrowsRight;
    const subjects = [functions.all, differentiations, unread];
    const said = {
      findings,
      functions: readings.map(({ line, name, spelling }) => ({ line, name, spelling })),
      unread: unread.map((each) => withReason(each, words)),
      checked: isAnswered && unread.length === 0,
      ...firstPlot(differentiations, observations.quivers),
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

  /** What is found in a script: its findings; the reasons why it was not followed, with
      those `ofPlot`; the plots that nothing was compared with; and whether a run has
      shown that all arrows are right. */
  function found(script, ofPlot) {
    const { source, routines, observations, uses } = script;
    const findings = findingsOf(script);
    const warnings = findings
      .filter(({ severity }) => severity === "warning")
      .map(({ code }) => code);
    const reasons = unreadCalls(source, routines, observations, uses, warnings);
    if (isWorthARun(script, findings)) {
      return foundByRun(script, findings, reasons, ofPlot);
    }
    return {
      findings,
      reasons: [...reasons, ...ofPlot],
      uncompared: [],
      areArrowsRight: false,
    };
  }

  /** The same, after the whole script was carried out. */
  function foundByRun(script, findings, unfollowed, ofPlot) {
    const { source, imports, observations } = script;
    const { differentiations, heights, quivers } = observations;
    const isOpen = unfollowed.length > 0 || differentiations.length === 0;
    let reasons = [...unfollowed, ...ofPlot];
    const aboutArrows = [];
    let run;
    let areArrowsRight = false;
    let isCompared = true;
    if (isOpen) {
      const fields = fieldsOf(script);
      run = fields.firstRun;
      areArrowsRight = fields.areRight;
      aboutArrows.push(...drawnArrows(script, fields));
      if (areArrowsRight || aboutArrows.length > 0) {
        reasons = reasons.filter((reason) => !fields.explain(reason));
      }
      if (reasons.every(({ code }) => code !== "two-minuses")) {
        reasons.push(...negatedTwice(source, fields.negatedTwice));
      }
      if (areArrowsRight && reasons.length === 0) {
        reasons = [...namesWithoutValue(source, imports)];
      }
      const isJudged = fields.areJudged || !fields.haveSubject;
      if (heights.size > 0 && !isJudged && reasons.length === 0) {
        reasons = [...arrowsOfNoRoutine(source, observations)];
      }
      const areSlopesDrawn = heights.size > 0 && quivers.length > 0;
      isCompared = areArrowsRight || areSlopesDrawn;
    } else {
      run = firstRunOf(script);
    }
    if (run?.stop) {
      const stops = [...stopOfRun(script, run)];
      aboutArrows.push(...stops);
      if (stops.length === 0) {
        reasons.push({ code: "stops", line: run.stopLine, values: {} });
      }
    }
    const isNamed = isCompared || aboutArrows.length > 0 || reasons.length > 0;
    return {
      findings: reported(script, [...findings, ...aboutArrows]),
      reasons,
      uncompared: isNamed ? [] : arrowsNotCompared(source),
      areArrowsRight,
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

  Object.assign(scripts, { readScript });
}
