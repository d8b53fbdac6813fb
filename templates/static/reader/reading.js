/* Reading: a script in, what there is to say of it out. Nothing is run. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { Definitions, NamedFunctions, Source } = scripts;
  const { filled, importsOf, readRoutines } = scripts;
  const { follow } = scripts.walk;
  const { Script, findingsOf } = scripts.rules;
  const { firstCall, firstPlot, unreadForPlot, windowOf } = scripts;
  const { isWorthARun, nodesOf, readByRun, reasonsInOrder, unreadCalls } = scripts;

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
      return readByRun(script, findings, reasons, ofPlot);
    }
    return {
      findings,
      reasons: [...reasons, ...ofPlot],
      uncompared: [],
      areArrowsRight: false,
    };
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
