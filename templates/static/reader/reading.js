/* Reading: a script in, what there is to say of it out. Nothing is run. */
"use strict";

{
  const { axisLength, gridPoints, parse, python, scripts } = globalThis.gradviz;
  const { Definitions, Source, Speller } = scripts;
  const { follow } = scripts.walk;
  const { Script, drawnArrows, findingsOf, reported, stopOfRun } = scripts.rules;
  const { filled, importsOf, isArray, number, readRoutines } = scripts;
  const { parametersOf, takesOneArgument } = scripts;
  const {
    windowOf,
    reasonsInOrder,
    callsOfNoCaller,
    unreadCalls,
    namesWithoutValue,
    nodesOfRoutines,
    stopAt,
    TAKES,
    POINTS,
    COORDINATES,
    isNumber,
    Fields,
    firstRunOf,
    isWorthARun,
  } = scripts;

  // Methods that change an array.
  const MUTATING = ["fill", "sort", "put", "partition", "resize", "itemset"];

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

  function resultOf(parts) {
    const { findings = [], readings = [], unread = [], ...rest } = parts;
    const { isRightByRun = false } = rest;
    const { pairs = [], call = null, hasSubject = false, alone = null } = rest;
    const { window = null, drawsAxisSlopes = false } = rest;
    const { isMended = false, grid = null, h = null, downhill = null } = rest;
    const functions = readings.map(({ line, name, spelling }) => ({
      line,
      name,
      spelling,
    }));
    const plot = { grid, h, downhill };
    const hasChecked = call !== null || drawsAxisSlopes || isRightByRun;
    const checked = hasChecked && unread.length === 0;
    const result = { findings, functions, unread, checked, ...plot, mended: isMended };
    return Object.defineProperties(result, {
      readings: { value: readings },
      pairs: { value: pairs },
      call: { value: call },
      hasSubject: { value: hasSubject },
      alone: { value: alone },
      window: { value: window },
    });
  }

  function readSource(source, words, unreadBefore) {
    const { nodes, tree } = source;
    const imports = importsOf(nodes);
    const definitions = new Definitions(nodes);
    const lambdas = new Map(namedLambdas(nodes));
    const routines = readRoutines(definitions, imports, source);
    const speller = new Speller(
      source,
      imports,
      new Map([...lambdas, ...definitions.byName]),
      constantsOf(source),
    );
    const observations = follow(source, imports, routines);
    const script = new Script(
      source,
      imports,
      routines,
      definitions,
      observations,
      words.finding,
    );
    const bodies = nodesOfRoutines(routines);
    const differentiations = observations.differentiations.filter(
      ({ call }) => !bodies.has(call.node),
    );

    let findings = findingsOf(script);
    const named = functionsOfOneArgument(definitions.all, lambdas);
    const readings = named.map(([name, node]) => speller.read(name, node));
    const isWhole = source.unread.length === 0;
    if (!readings.length && isWhole) readings.push(...bareFormula(tree, speller));
    const names = new Map(named.map(([name, node]) => [node, name]));
    const warnings = findings
      .filter(({ severity }) => severity === "warning")
      .map(({ code }) => code);
    const ofNoCaller = callsOfNoCaller(differentiations, script.uses);
    const run = differentiations.filter(({ call }) => !ofNoCaller.has(call.node));
    let reasons = unreadCalls(source, routines, observations, script.uses, warnings);
    const isTried = isWorthARun(script, findings);
    const isOpen = reasons.length > 0 || !observations.differentiations.length;
    reasons.push(...unreadOfPage(run, { source, speller, names }));
    let isRightByRun = false;
    let firstRun = null;
    if (isTried && isOpen) {
      const fields = new Fields(script);
      const aboutArrows = [...drawnArrows(script, fields)];
      findings = reported(script, [...findings, ...aboutArrows]);
      if (fields.areRight || aboutArrows.length)
        reasons = reasons.filter((reason) => !fields.explain(reason));
      if (fields.areRight && !reasons.length)
        reasons.push(...namesWithoutValue(source, imports));
      isRightByRun = fields.areRight;
      firstRun = fields.firstRun;
    } else if (isTried) firstRun = firstRunOf(script);
    if (firstRun?.stop) {
      const stops = [...stopOfRun(script, firstRun)];
      findings = reported(script, [...findings, ...stops]);
      if (!stops.length)
        reasons.push({ code: "stops", line: firstRun.stopLine, values: {} });
    }
    const unread = [...unreadBefore, ...source.unread, ...reasonsInOrder(reasons)];
    unread.sort((one, other) => one.line - other.line);
    const drawsAxisSlopes = areAxisSlopesRead(observations, findings);
    const hasSubject =
      drawsAxisSlopes ||
      definitions.all.length + lambdas.size + differentiations.length + unread.length >
        0;
    const call = callOf(differentiations, speller, names);
    const pairs = pairsAmong(definitions.all, lambdas, speller);
    const { isMended, alone } = source;
    const beside = {
      pairs,
      call,
      drawsAxisSlopes,
      isRightByRun,
      hasSubject,
      isMended,
      alone,
    };
    const plot = plotOf(differentiations, observations.quivers);
    const window = windowOf(nodes, observations.quivers);
    return resultOf({
      findings,
      readings,
      unread: unread.map((each) => withReason(each, words)),
      ...beside,
      ...plot,
      window,
    });
  }

  /** Whether slopes of `np.gradient` are drawn, and no question about them is left
      open. A note on their spacing leaves their length open. */
  function areAxisSlopesRead({ heights, quivers }, findings) {
    const isLengthOpen = findings.some(
      ({ code, severity }) => code === "spacing" && severity === "note",
    );
    return heights.size > 0 && quivers.length > 0 && !isLengthOpen;
  }

  function* namedLambdas(nodes) {
    for (const { type, value, targets } of nodes) {
      if (type !== "Assign" || value.type !== "Lambda") continue;
      for (const target of targets) {
        if (target.type === "Name") yield [target.id, value];
      }
    }
  }

  /** Names that are given a number or an array once, at the top of the script. */
  function constantsOf({ nodes, tree }) {
    const changeable = changeableNames(nodes);
    const stored = new Map();
    for (const { type, ctx, id } of nodes) {
      if (type === "Name" && ctx === "Store") stored.set(id, (stored.get(id) ?? 0) + 1);
    }
    const constants = new Map();
    for (const { type, targets, value } of tree.body) {
      if (type !== "Assign" || targets.length !== 1) continue;
      const [{ type: targetType, id }] = targets;
      const isConstant = targetType === "Name" && stored.get(id) === 1;
      const isFixed = isArrayOfList(value) && !changeable.has(id);
      if (isConstant && (isFixed || number(value) !== null)) constants.set(id, value);
    }
    return constants;
  }

  function isArrayOfList({ type, func, args }) {
    if (type !== "Call" || !["Name", "Attribute"].includes(func.type)) return false;
    return (
      ["array", "asarray"].includes(func.attr ?? func.id) && args[0]?.type === "List"
    );
  }

  /** Names whose array may change, since it is written into, or has another name, too. */
  function changeableNames(nodes) {
    const names = new Set();
    for (const { type, targets, target, value, func } of nodes) {
      const isMethod = type === "Call" && func.type === "Attribute";
      if (isMethod && MUTATING.includes(func.attr)) names.add(func.value.id);
      if (type === "Assign") names.add(value.id);
      for (const each of [...(targets ?? []), target]) names.add(innermost(each)?.id);
    }
    return names;
  }

  /** What `a[0] = …`, `a.flat = …` and the like write into. */
  function innermost(node) {
    let inner = node;
    while (inner?.type === "Subscript" || inner?.type === "Attribute") {
      inner = inner.value;
    }
    return inner === node ? null : inner;
  }

  /** Functions of one argument by their names, in the order of the lines. */
  function functionsOfOneArgument(defs, lambdas) {
    return inOrder(defs, lambdas).filter(([, definition]) => {
      const { vararg, kwarg, kwonlyargs } = definition.args;
      const isOpen = vararg || kwarg || kwonlyargs.length;
      const [first] = parametersOf(definition);
      return takesOneArgument(definition) && !isOpen && first !== "self";
    });
  }

  function inOrder(defs, lambdas) {
    const all = [...defs.map((node) => [node.name, node]), ...lambdas];
    return all.sort(([, one], [, other]) => one.line - other.line);
  }

  /** The functions of two numbers that can be drawn: f(x, y). */
  function pairsAmong(defs, lambdas, speller) {
    return inOrder(defs, lambdas)
      .filter(([, definition]) => takesTwo(definition))
      .map(([name, definition]) => speller.readPair(name, definition))
      .filter(({ spelling }) => spelling !== null);
  }

  function takesTwo(definition) {
    return parametersOf(definition).length === 2 && !takesOneArgument(definition);
  }

  /** The script itself, if it is an expression in x, or the body of a function of x. */
  function bareFormula({ body }, speller) {
    const last = body.at(-1);
    let reading = null;
    if (last?.type === "Return") reading = speller.readBody(body);
    else if (last?.type === "Expr" && body.length === 1)
      reading = speller.readExpression(last.value);
    return reading && reading.spelling !== null ? [reading] : [];
  }

  /** What only a picture needs, but was not read: functions without a spelling, and
      grids. */
  function unreadOfPage(differentiations, { source, speller, names }) {
    const reasons = new Map();
    for (const differentiation of differentiations) {
      const { call, routine, f, fNode, argument } = differentiation;
      // Said instead:
      if (!routine.isFollowed || stopAt(differentiation)) continue;
      const { line } = call.node;
      const isOfGrid = argument.form === POINTS || argument.form === COORDINATES;
      const unread = [];
      if (!isDifferentiated(f, routine, argument)) {
        const refusal = readingOf(f, speller, names)?.refusal;
        unread.push(
          refusal ?? { code: "f", line, values: { name: source.text(fNode) } },
        );
      }
      const grid = gridOf(argument);
      if (isOfGrid && !grid) {
        unread.push({ code: "grid", line, values: { name: routine.name } });
      }
      if (grid && leavesDomain(readingOf(f, speller, names), grid, routine.step)) {
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
      return isOfRightCount && readingOf(f, speller, names).refusal === null;
    }
  }

  /** Whether a function of `math` gets a number for which it has no value, at a point
      of the grid or a step away: there Python stops, and NumPy would go on. */
  function leavesDomain(reading, { x0, x1 }, h) {
    if (!reading?.spelling || !reading.demands.includes("math domain")) return false;
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

  function callOf(differentiations, speller, names) {
    const first = firstOnGrid(differentiations);
    if (!first) return null;
    const { call, routine, argument, f } = first;
    return {
      line: call.node.line,
      routine: routine.name,
      takes: routine.isFollowed ? routine.takes : TAKES.UNKNOWN,
      numbers: isArray(argument) ? argument.kind : "",
      reading: readingOf(f, speller, names),
    };
  }

  /** The reading of what is differentiated. A lambda may have a name. */
  function readingOf({ is, node, name }, speller, names) {
    if (is !== "function" || !node) return null;
    const own = names.get(node) ?? name;
    if (takesOneArgument(node)) return speller.read(own, node);
    return takesTwo(node) ? speller.readPair(own, node) : null;
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
