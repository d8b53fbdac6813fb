/* Slips: the errors in the body of a gradient routine. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { SHORTEST_STEP } = scripts;
  const { editBetween, insertion, insertionBefore, replacement } = scripts.rules;

  /** Slips in the formula of a routine, and in what it puts back or returns. */
  function* slips(script) {
    for (const routine of routinesInUse(script)) {
      yield* findingsOfSlips(script, routine.slips);
    }
  }

  /** Slips that only help if they are mended together. */
  function* findingsOfSlips(script, found) {
    const mends = found.map((slip) => MENDS[slip.code](script.source, slip));
    for (const [k, slip] of found.entries()) {
      const values = { ...slip.values };
      if (slip.code === "precedence") values.number = script.source.text(slip.other);
      const edits = mends.every((mend) => mend.length) ? mends[k] : [];
      const { code, severity, node } = slip;
      yield script.finding(code, severity, node, { edits, ...values });
    }
  }

  /** An h that is lost in rounding, or nearly so. */
  function* stepsTooShort(script) {
    for (const routine of routinesInUse(script)) {
      const { step, stepNode: node } = routine;
      if (step === null || !node || step >= SHORTEST_STEP) continue;
      if (mayBeBadExample(script, routine)) continue;
      const isLost = step <= vocabulary.findings.lost_step;
      const form = isLost ? "error" : "rounded";
      const edits = [replacement(script.source, node, "1e-4")];
      const values = { form, step: script.source.text(node) };
      yield script.finding("absorption", "error", node, { edits, ...values });
    }
  }

  /** The routines that are called, or could be: not those that are defined again. The
      book's bad example is followed by a better one of the same name. */
  function* routinesInUse(script) {
    const { byName, methods } = script.definitions;
    for (const [definition, routine] of script.routines.own) {
      const isLast = byName.get(definition.name) === definition;
      const canBeCalled = methods.has(definition) || isLast;
      if (canBeCalled || isCalled(script, routine)) yield routine;
    }
  }

  /** Whether a script has other routines beside this one, and nothing calls it. */
  function mayBeBadExample(script, routine) {
    return script.routines.own.size > 1 && !isCalled(script, routine);
  }

  function isCalled({ observations }, { definition }) {
    return observations.differentiations.some(
      ({ routine }) => routine.definition === definition,
    );
  }

  /* Mends */

  /** Divide by a product: `(a / 2) * h` becomes `(a / (2 * h))`. */
  function oneDivisor(source, { node: { right: step }, other: number }) {
    const end = source.end(number);
    const start = source.start(step);
    if (end.line !== start.line) return [];
    const between = source.lines[end.line - 1].slice(end.column, start.column);
    const sign = between.replaceAll(")", "");
    const closing = ")".repeat(between.length - sign.length + 1);
    const text = `${sign}${source.text(step)}${closing}`;
    return [
      insertionBefore(source, number, "("),
      editBetween(end, source.end(step), text),
    ];
  }

  /** Subtract the two values, or divide by two steps. */
  function rightFormula(source, { other }) {
    if (other?.type === "BinOp") return minusForPlus(source, other);
    return other ? [replacement(source, other, `(2 * ${other.id})`)] : [];
  }

  function minusForPlus(source, { left, right }) {
    const start = source.end(left);
    const end = source.start(right);
    const between = source.lines[start.line - 1].slice(start.column, end.column);
    if (start.line !== end.line || between.split("+").length !== 2) return [];
    const column = start.column + between.indexOf("+");
    const place = { line: start.line, column };
    return [editBetween(place, { ...place, column: column + 1 }, "-")];
  }

  /** Give a return the indent of the loop that it stands in. */
  function returnBehindLoop(source, { node, other: loop }) {
    const start = source.start(node);
    return [editBetween({ ...start, column: 0 }, start, indentOf(source, loop))];
  }

  /** Put an entry back in a line of its own, below the last one of the loop. */
  function putBack(source, { node, other, values }) {
    const indent = indentOf(source, node);
    if (!other || indent.trim()) return [];
    return [insertion(source, node, `\n${indent}${values.place} = ${values.saved}`)];
  }

  function indentOf(source, node) {
    const { line, column } = source.start(node);
    return source.lines[line - 1].slice(0, column);
  }

  // By the codes of slips.
  const MENDS = {
    precedence: oneDivisor,
    formula: rightFormula,
    "one-sided": (source, { node, values }) => [
      insertion(source, node, ` - ${values.step}`),
    ],
    "early-return": returnBehindLoop,
    "not-restored": putBack,
    "lost-index": (source, { node, values }) => [
      insertion(source, node, `[${values.index}]`),
    ],
  };

  Object.assign(scripts.rules, { findingsOfSlips, slips, stepsTooShort });
}
