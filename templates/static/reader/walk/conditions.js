/* Conditions: which tests of a script hold whatever it computes. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { number } = scripts;

  /** The names that a script gives a truth value once, and nothing else. */
  function flagsOf({ nodes, tree }) {
    const others = new Set();
    const stored = new Map();
    for (const { type, ctx, id, arg } of nodes) {
      if (type === "arg") others.add(arg);
      if (type === "Name" && ctx !== "Load") stored.set(id, (stored.get(id) ?? 0) + 1);
    }
    const flags = new Map();
    for (const { type, targets, value } of tree.body) {
      if (type !== "Assign" || targets.length > 1) continue;
      const [{ type: targetType, id }] = targets;
      const isFlag = value.kind === "True" || value.kind === "False";
      if (targetType !== "Name" || !isFlag || others.has(id)) continue;
      if (stored.get(id) === 1) flags.set(id, value.kind === "True");
    }
    return flags;
  }

  /** Whether a condition that is written out holds, null for any other. */
  function truthOf(test, flags) {
    if (test.type === "UnaryOp" && test.op === "Not") {
      const truth = truthOf(test.operand, flags);
      return truth === null ? null : !truth;
    }
    // Another file may import this one. A text such as "main" is never right.
    const ownName = textOfOwnName(test);
    if (ownName !== null) return ownName === "__main__" ? null : false;
    if (test.type === "Name") return flags.get(test.id) ?? null;
    if (test.kind === "True" || test.kind === "False") return test.kind === "True";
    const value = number(test);
    return value === null ? null : value !== 0;
  }

  /** Whether this is the test in `if __name__ == "__main__"`. */
  function isMainGuard(test) {
    return textOfOwnName(test) === "__main__";
  }

  /** The text in `__name__ == "…"`, null for any other test. */
  function textOfOwnName({ type, left, ops, comparators }) {
    if (type !== "Compare" || left.id !== "__name__") return null;
    const [{ kind, value }] = comparators;
    return ops.join() === "Eq" && kind === "str" ? value : null;
  }

  Object.assign(scripts.walk, { flagsOf, truthOf, isMainGuard });
}
