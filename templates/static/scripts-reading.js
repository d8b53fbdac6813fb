/* Reading: a script in, what there is to say of it out. Nothing is run. */
"use strict";

{
  const { gradviz } = globalThis;
  const { python, scripts } = gradviz;
  const { Source, Speller, Walker, Judge } = scripts;
  const { gridOf, importsOf, isArray, number, parametersOf, readRoutines } = scripts;

  // What engines say where a text is nested more deeply than their stack is.
  const STACK_ERROR = /call stack|too much recursion/;
  const TOO_DEEP = new python.PythonError("nested too deeply", 1);

  /** What a script is found to say: its `findings`; its `functions` of one argument as
      spellings; what is `unread`, and why; and of its first plot the `grid`, the routine's
      `h`, and whether the arrows point `downhill`, each null where it is not known.

      Beside these stand `readings`, one for each function, which say what it demands of x,
      and the `call` that makes the plot: its line, the routine and what that takes, the
      reading of what it differentiates, and the kind of its numbers. They are no part of
      what is compared with Python's. */
  function read(text) {
    try {
      return readSource(new Source(text));
    } catch (error) {
      if (error instanceof python.PythonError) return unreadable(error);
      if (!STACK_ERROR.test(error.message)) throw error;
      return unreadable(TOO_DEEP);
    }
  }

  function unreadable({ line, message }) {
    return resultOf({ unread: [unreadLine(line, message)] });
  }

  /** What is unread, and why. A page has words for the pattern of the reason, and its values:
      they, too, are no part of what is compared with Python's. */
  function unreadLine(line, reason, pattern = reason, values = {}) {
    return Object.defineProperties(
      { line, reason },
      { pattern: { value: pattern }, values: { value: values } },
    );
  }

  function resultOf(found) {
    const { findings = [], readings = [], unread = [], call = null, ...ofPlot } = found;
    const functions = readings.map(({ line, name, spelling }) => ({
      line,
      name,
      spelling,
    }));
    const plot = { grid: null, h: null, downhill: null, ...ofPlot };
    const result = { findings, functions, unread, ...plot };
    return Object.defineProperties(result, {
      readings: { value: readings },
      call: { value: call },
    });
  }

  function readSource(source) {
    const { nodes, tree } = source;
    const imports = importsOf(nodes);
    const defs = nodes.filter(({ type }) => type === "FunctionDef");
    const definitions = new Map(defs.map((node) => [node.name, node]));
    const lambdas = new Map(namedLambdas(nodes));
    const routines = readRoutines(definitions, imports);
    const speller = new Speller(
      source,
      imports,
      new Map([...lambdas, ...definitions]),
      constantsOf(source),
    );
    const seen = new Walker(imports, routines, definitions).follow(source);
    const judge = new Judge(source, imports, routines, definitions, seen, speller);

    const findings = judge.findings();
    const named = functionsOfOneArgument(defs, lambdas);
    const readings = named.map(([name, node]) => speller.read(name, node));
    if (!readings.length) readings.push(...bareExpression(tree, speller));
    const call = callOf(seen, speller);
    return resultOf({
      findings,
      readings,
      unread: unreadAmong(seen, readings),
      call,
      ...plotOf(seen),
    });
  }

  function* namedLambdas(nodes) {
    for (const { type, value, targets } of nodes) {
      if (type !== "Assign" || value.type !== "Lambda") continue;
      for (const target of targets) {
        if (target.type === "Name") yield [target.id, value];
      }
    }
  }

  /** Names that are given a number once, at the top of the script. */
  function constantsOf({ nodes, tree }) {
    const stored = new Map();
    for (const { type, ctx, id } of nodes) {
      if (type === "Name" && ctx === "Store") stored.set(id, (stored.get(id) ?? 0) + 1);
    }
    const constants = new Map();
    for (const { type, targets, value } of tree.body) {
      if (type !== "Assign" || targets.length !== 1) continue;
      const [{ type: targetType, id }] = targets;
      const isConstant = targetType === "Name" && stored.get(id) === 1;
      if (isConstant && number(value) !== null) constants.set(id, value);
    }
    return constants;
  }

  /** Functions of one argument by their names, in the order of the lines. */
  function functionsOfOneArgument(defs, lambdas) {
    const found = [...defs.map((node) => [node.name, node]), ...lambdas];
    found.sort(([, one], [, other]) => one.line - other.line);
    return found.filter(([, definition]) => {
      const { vararg, kwarg, kwonlyargs } = definition.args;
      const names = parametersOf(definition);
      const isOpen = vararg || kwarg || kwonlyargs.length;
      return names.length === 1 && !isOpen && names[0] !== "self";
    });
  }

  /** The script itself, if it is one expression in x. */
  function bareExpression({ body }, speller) {
    if (body.length !== 1 || body[0].type !== "Expr") return [];
    const reading = speller.readExpression(body[0].value);
    return reading.spelling === null ? [] : [reading];
  }

  /** Functions that a routine differentiates, and that have no spelling. */
  function unreadAmong(seen, readings) {
    // What differentiates a function of one number needs no spelling.
    const handed = seen.calls.filter(
      ({ f, routine }) => f.is === "function" && routine.addsInPlace,
    );
    const lines = new Set(handed.map(({ f }) => f.node.line));
    return readings
      .filter(({ spelling, line }) => spelling === null && lines.has(line))
      .map(({ reasonLine, reason, pattern, values }) =>
        unreadLine(reasonLine, reason, pattern, values),
      );
  }

  /** The call that is drawn first, as far as is known. */
  function firstCall(calls) {
    return calls.find(({ argument }) => gridOf(argument)) ?? calls[0];
  }

  function callOf({ calls }, speller) {
    const first = firstCall(calls);
    if (!first) return null;
    const { call, routine, argument, f } = first;
    const isKnown = f.is === "function" && f.node && parametersOf(f.node).length === 1;
    return {
      line: call.node.line,
      routine: routine.name,
      takes: routine.takes,
      numbers: isArray(argument) ? argument.kind : "",
      reading: isKnown ? speller.read(f.name, f.node) : null,
    };
  }

  /** On which grid, with which h, and in which direction the arrows are drawn. */
  function plotOf({ calls, drawn }) {
    const first = firstCall(calls);
    if (!first) return {};
    const grid = gridOf(first.argument);
    const downhill = drawn.length ? drawn[0].isNegative : null;
    return { grid, h: first.routine.step, downhill };
  }

  Object.assign(gradviz, { read });
}
