/* Syntax: what a single node says in the body of a routine. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;

  /** The name that a node is, nothing if it is not a name. */
  function nameOf({ type, id }) {
    return type === "Name" ? id : "";
  }

  /** What a statement assigns to, if that is one thing. */
  function onlyTarget({ type, targets, target }) {
    if (type === "Assign" && targets.length === 1) return targets[0];
    return type === "AugAssign" ? target : null;
  }

  /** Whether a node computes with an operator. */
  function isOperation({ type, op }, operator) {
    return type === "BinOp" && op === operator;
  }

  /** Whether a node adds or subtracts. */
  function isSum(node) {
    return isOperation(node, "Add") || isOperation(node, "Sub");
  }

  /** Whether a node subtracts a product, as a step downhill does. */
  function subtractsProduct(node) {
    if (node.op !== "Sub") return false;
    const operand = node.type === "AugAssign" ? node.value : node.right;
    return python.walk(operand).some((inner) => isOperation(inner, "Mult"));
  }

  Object.assign(scripts.routines, {
    nameOf,
    onlyTarget,
    isOperation,
    isSum,
    subtractsProduct,
  });
}
