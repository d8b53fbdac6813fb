/* Reading: a script in, what there is to say of it out. Nothing is run. */
"use strict";

{
  const { gradviz } = globalThis;
  const { python, scripts } = gradviz;
  const { Definitions, Source, Speller, Walker, Judge } = scripts;
  const { gridOf, importsOf, isArray, number, readRoutines } = scripts;
  const { parametersOf, takesOneArgument } = scripts;

  // What engines say where a text is nested more deeply than their stack is.
  const STACK_ERROR = /call stack|too much recursion/;
  const OLD_PRINT = /^[ \t>]*print[ \t]+["'\w%]/; // as in Python 2
  const TOO_DEEP = new python.PythonError("nested too deeply", 1);

  /** What a script is found to say: its `findings`; its `functions` of one argument as
      spellings; what is `unread`, and why; and of its first plot the `grid`, the routine's
      `h`, and whether the arrows point `downhill`, each null where it is not known.

      Beside these stand `readings`, one for each function, which say what it demands of x;
      `pairs`, those of the functions of two numbers that have a spelling; the `call` that
      makes the plot: its line, the routine and what that takes, the reading of what it
      differentiates, and the kind of its numbers; and `hasSubject`, whether there is any
      function, or call of a routine. They are no part of what is compared with Python's. */
  function read(text) {
    try {
      return readSource(new Source(text));
    } catch (error) {
      if (error instanceof python.PythonError) return unreadable(error, text);
      if (!STACK_ERROR.test(error.message)) throw error;
      return unreadable(TOO_DEEP, text);
    }
  }

  function unreadable({ line, message }, text) {
    const isOldPrint = OLD_PRINT.test(text.split(/\r\n|\r|\n/)[line - 1]);
    const reason = isOldPrint ? "not Python 3: print needs parentheses" : message;
    return resultOf({ unread: [unreadLine(line, reason)] });
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
    const { findings = [], readings = [], unread = [], ...rest } = found;
    const { pairs = [], call = null, hasSubject = false, ...ofPlot } = rest;
    const functions = readings.map(({ line, name, spelling }) => ({
      line,
      name,
      spelling,
    }));
    const plot = { grid: null, h: null, downhill: null, ...ofPlot };
    const result = { findings, functions, unread, ...plot };
    return Object.defineProperties(result, {
      readings: { value: readings },
      pairs: { value: pairs },
      call: { value: call },
      hasSubject: { value: hasSubject },
    });
  }

  function readSource(source) {
    const { nodes, tree } = source;
    const imports = importsOf(nodes);
    const definitions = new Definitions(nodes);
    const lambdas = new Map(namedLambdas(nodes));
    const routines = readRoutines(definitions, imports);
    const speller = new Speller(
      source,
      imports,
      new Map([...lambdas, ...definitions.byName]),
      constantsOf(source),
    );
    const seen = new Walker(imports, routines, definitions.byName).follow(source);
    const judge = new Judge(source, imports, routines, definitions, seen, speller);

    const findings = judge.findings();
    const named = functionsOfOneArgument(definitions.all, lambdas);
    const readings = named.map(([name, node]) => speller.read(name, node));
    const hasSubject = definitions.all.length + lambdas.size + seen.calls.length > 0;
    if (!readings.length) readings.push(...bareFormula(tree, speller));
    const unread = unreadAmong(seen, readings);
    const names = new Map(named.map(([name, node]) => [node, name]));
    const call = callOf(seen, speller, names);
    const pairs = pairsAmong(definitions.all, lambdas, speller);
    const beside = { pairs, call, hasSubject };
    return resultOf({ findings, readings, unread, ...beside, ...plotOf(seen) });
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
    return inOrder(defs, lambdas).filter(([, definition]) => {
      const { vararg, kwarg, kwonlyargs } = definition.args;
      const isOpen = vararg || kwarg || kwonlyargs.length;
      const [first] = parametersOf(definition);
      return takesOneArgument(definition) && !isOpen && first !== "self";
    });
  }

  function inOrder(defs, lambdas) {
    const found = [...defs.map((node) => [node.name, node]), ...lambdas];
    return found.sort(([, one], [, other]) => one.line - other.line);
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

  function callOf({ calls }, speller, names) {
    const first = firstCall(calls);
    if (!first) return null;
    const { call, routine, argument, f } = first;
    return {
      line: call.node.line,
      routine: routine.name,
      takes: routine.takes,
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
  function plotOf({ calls, drawn }) {
    const first = firstCall(calls);
    if (!first) return {};
    const grid = gridOf(first.argument);
    const downhill = drawn.length ? drawn[0].isNegative : null;
    return { grid, h: first.routine.step, downhill };
  }

  Object.assign(gradviz, { read });
}
