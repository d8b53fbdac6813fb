/* Transposes: where a mend puts a .T, or takes one away. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { isOnly, meaning } = scripts;
  const { appended, insertion, replacementBehind, textWith } = scripts.rules;

  /** Remove the .T after an expression, or add one. */
  function turned({ source }, node) {
    if (node.type !== "Attribute" || node.attr !== "T") {
      return appended(source, node, ".T");
    }
    return [replacementBehind(source, node.value, node, "")];
  }

  /** Put a .T after a call that gives a row for each point, where it is needed. */
  function turnedResult({ source }, { call, isTurnedAtOnce }) {
    if (isTurnedAtOnce || isOnly(call.uses, "columns")) return [];
    return [insertion(source, call.node, ".T")];
  }

  /** The text of an array with a .T more, or with one less. */
  function turnedText(script, node) {
    if (node.type === "UnaryOp" && node.op === "USub") {
      return `-${turnedText(script, node.operand)}`;
    }
    const inner = insideOfTranspose(script, node);
    return inner ? script.source.text(inner) : textWith(script.source, node, ".T");
  }

  /** What `Z.T`, `Z.transpose()` or `np.transpose(Z)` turns, else null. */
  function insideOfTranspose({ imports }, { type, attr, value, func, args, keywords }) {
    if (type === "Attribute" && attr === "T") return value;
    if (type !== "Call" || keywords.length) return null;
    if (meaning(func, imports) === "numpy.transpose" && args.length === 1) {
      return args[0];
    }
    const isMethod = func.type === "Attribute" && func.attr === "transpose";
    return isMethod && !args.length ? func.value : null;
  }

  Object.assign(scripts.rules, { turned, turnedResult, turnedText });
}
