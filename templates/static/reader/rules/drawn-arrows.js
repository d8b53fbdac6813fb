/* Drawn arrows: what a run of the whole script shows to be wrong in its plots. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { KnownStop, hasStarred } = scripts;
  const { factorSlip, isFactor, precedenceSlip, slipOf } = scripts.routines;
  const { angles, appended, exchange, findingsOfSlips, insertion } = scripts.rules;
  const { rounded } = scripts.rules;
  const { about_slopes: aboutSlopes } = vocabulary.findings;

  /** Slopes that are drawn along each other's axes, calls without their .T, and quotients
      that are no slopes. */
  function* drawnArrows(script, fields) {
    const { source } = script;
    for (const quiver of fields.swapped) {
      const [horizontal, , first, second] = quiver.args;
      const edits = hasStarred(quiver) ? [] : exchange(source, first, second);
      const values = { edits, horizontal: source.text(horizontal) };
      yield script.finding("swapped-components", "error", quiver, values);
    }
    for (const [call, place] of fields.unturned) {
      const edits = bothTransposes(script, call, place);
      const values = { edits, routine: source.text(call.func) };
      yield script.finding("layout", "error", call, values);
    }
    if (isAboutSlopes(script)) {
      for (const found of fields.misses) yield findingOfMiss(script, found);
    }
    yield* findingsOfSlips(script, [...slipsIn(script, fields)]);
    if (fields.areRight) yield* angles(script, true);
  }

  /** Whether a script speaks of slopes, so that arrows are meant to be some. */
  function isAboutSlopes({ source }) {
    const text = source.lines.join("\n").toLowerCase();
    return aboutSlopes.some((word) => text.includes(word));
  }

  /** Arrows that are not the slopes of their function, or stand elsewhere. */
  function findingOfMiss(script, { field, subject, slopes, miss }) {
    const { form, place, axis = 0, expected = 0 } = miss;
    const { args } = field.node;
    const names =
      args.length > 1 ? args.map((node) => script.source.text(node)) : ["x", "y"];
    const isNamed = subject.type === "FunctionDef" || subject.type === "Lambda";
    const [x, y] = field.points[place];
    const [slope, otherSlope] = slopes[place];
    return script.finding("not-slopes", "error", field.node, {
      form,
      f: isNamed ? (subject.name ?? "f") : script.source.text(subject),
      right: names[1 - axis],
      wrong: names[axis],
      x: rounded(x),
      y: rounded(y),
      drawn: rounded(field.arrows[place][axis]),
      expected: rounded(expected),
      slope: rounded(slope),
      other_slope: rounded(otherSlope),
    });
  }

  /** A call with which matplotlib stops, whatever the arrows show. */
  function* stopOfRun(script, stop) {
    if (!(stop instanceof KnownStop)) return;
    const values = Object.entries(stop.values).map(([name, value]) => [
      name,
      typeof value === "string" ? value : script.source.text(value),
    ]);
    const { form, node } = stop;
    yield script.finding("stops", "error", node, {
      form,
      ...Object.fromEntries(values),
    });
  }

  /** What is wrong in the quotients of differences. */
  function* slipsIn({ source }, { wrongQuotients }) {
    for (const [quotient, factor] of wrongQuotients) {
      const { op, left } = quotient;
      if (op === "Mult") {
        const slip = precedenceSlip(quotient);
        if (slip && isMovedBy(left.left, slip.values.step)) yield slip;
      } else if (op === "Div" && left.op === "Sub") {
        yield* wrongFormula(quotient, factor, source.text(quotient));
      }
    }
  }

  /** What doubles a slope, turns it round or halves it. */
  function* wrongFormula(quotient, factor, routine) {
    for (const named of [2, -1, 0.5]) {
      if (!isFactor(factor, named)) continue;
      const missing = named === 0.5 ? stepMissing(quotient.left) : null;
      if (missing) {
        const [place, step] = missing;
        yield slipOf("one-sided", place, null, { routine, step });
      } else {
        yield factorSlip(quotient, named, routine);
      }
    }
  }

  /** Whether a name is added to something in a difference, or taken from it. */
  function isMovedBy(difference, step) {
    return python.walk(difference).some(({ type, op, right }) => {
      const isMove = type === "BinOp" && (op === "Add" || op === "Sub");
      return isMove && right.type === "Name" && right.id === step;
    });
  }

  /** Where a step back is missing, and the step: `f(x + h, y) - f(x, y)`. */
  function stepMissing({ left, right }) {
    const missing = [...alike(left, right)]
      .filter(([ahead, behind]) => {
        const isAhead = ahead.type === "BinOp" && ahead.op === "Add";
        const areNames =
          isAhead && ahead.left.type === "Name" && behind.type === "Name";
        const isSame = areNames && ahead.left.id === behind.id;
        return isSame && ahead.right.type === "Name";
      })
      .map(([ahead, behind]) => [behind, ahead.right.id]);
    return missing.length === 1 ? missing[0] : null;
  }

  /** The parts at the same places of two calls, or of lists in them. */
  function* alike(one, other) {
    const parts = [one, other].map((each) => each.args ?? each.elts);
    if (!parts[0] || !parts[1]) {
      yield [one, other];
      return;
    }
    const length = Math.min(parts[0].length, parts[1].length);
    for (let k = 0; k < length; k += 1) yield* alike(parts[0][k], parts[1][k]);
  }

  /** Add a .T to the array of a call, and one to its result. */
  function bothTransposes(script, call, place) {
    const array = call.args[place];
    const isTurned = script.source.nodes.some(
      ({ type, attr, value }) => type === "Attribute" && attr === "T" && value === call,
    );
    if (isTurned || hasStarred(call) || !array) return [];
    if (array.type === "List" || array.type === "Tuple") return [];
    return [
      ...appended(script.source, array, ".T"),
      insertion(script.source, call, ".T"),
    ];
  }

  Object.assign(scripts.rules, { drawnArrows, stopOfRun });
}
