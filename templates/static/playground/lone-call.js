/* Lone call: a text of one line that calls a routine of that name which is not known, with
   an array of two names; and the lines that take its place if the routine is the book's. */
"use strict";

{
  const ROUTINE = "numerical_gradient"; // as the book calls it
  const ARRAY = "points"; // as the lines call it

  /** The line, its `routine`, both `names`, and the lines of the `mend`, if a text is
      such a call; else null. */
  function loneCallOf(text, { alone, call }) {
    if (call?.takes !== "unknown" || call.routine !== ROUTINE) return null;
    const source = new globalThis.gradviz.scripts.Source(alone);
    const { body } = source.tree;
    const [statement] = body;
    const parts = body.length === 1 && partsOf(statement, source);
    if (!parts || parts.texts.includes(ARRAY)) return null;
    const [target, f, x, y] = parts.texts;
    const { line, routine } = call;
    const [margin] = /^\s*/.exec(text.split("\n")[line - 1]);
    const mend = [
      `${margin}${ARRAY} = np.array([${x}, ${y}], float).T`,
      `${margin}${target} = ${ROUTINE}(${f}, ${ARRAY}).T`,
    ];
    return { line, routine, names: [x, y], mend: mend.join("\n") };
  }

  /** What is named in `grad = numerical_gradient(f, np.array([X, Y]))`; else null. */
  function partsOf({ type, targets, value }, source) {
    if (type !== "Assign" || targets.length !== 1 || !isCallOf(value, 2)) return null;
    const [f, array] = value.args;
    if (value.func.id !== ROUTINE || !isCallOf(array, 1)) return null;
    const [list] = array.args;
    if (source.text(array.func) !== "np.array" || list.type !== "List") return null;
    const names = [targets[0], f, ...list.elts];
    if (names.length !== 4 || names.some((node) => node.type !== "Name")) return null;
    return { texts: names.map(({ id }) => id) };
  }

  function isCallOf({ type, args, keywords }, count) {
    return type === "Call" && args.length === count && keywords.length === 0;
  }

  Object.assign(globalThis.gradviz, { loneCallOf });
}
