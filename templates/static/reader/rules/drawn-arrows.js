/* Drawn arrows: what a run of the whole script shows to be wrong in its plots. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { TOLERANCE_OF_FACTORS, hasStarred, number } = scripts;
  const { slipOf } = scripts.routines;
  const { appended, exchange, findingsOfSlips, insertion } = scripts.rules;

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
    yield* findingsOfSlips(script, [...slipsIn(script, fields)]);
  }

  /** What is wrong in the quotients of differences. */
  function* slipsIn({ source }, { wrongQuotients }) {
    for (const [quotient, factor] of wrongQuotients) {
      const { op, left, right } = quotient;
      if (op === "Mult" && right.type === "Name") {
        const isDivided = left.type === "BinOp" && left.op === "Div";
        if (isDivided && number(left.right) !== null) {
          yield slipOf("precedence", quotient, left.right, { step: right.id });
        }
        continue;
      }
      for (const wrong of [2, 0.5]) {
        if (op !== "Div" || Math.abs(factor - wrong) >= TOLERANCE_OF_FACTORS) continue;
        const step = wrong === 2 && right.type === "Name" ? right : null;
        const values = { routine: source.text(quotient), factor: `${wrong}` };
        yield slipOf("formula", quotient, step, values);
      }
    }
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

  Object.assign(scripts.rules, { drawnArrows });
}
