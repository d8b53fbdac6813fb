/* Nodes of the syntax tree, which compute themselves: what Python composes of closures. A
   node knows whether it is a vector; a column of the text, if it may be the root and a
   vector; read(x), its columns in a layout, which it overwrites the next time; duals(x), one
   a column; the reductions in it; and whether it is mixed: a number that depends on x, a
   vector whose entries depend on more than their own entry of x. */
"use strict";

{
  const { numerics } = globalThis.gradviz;
  const { NO_OPERAND, constantDual, coordinateDuals, chain, reduceAcross } = numerics;

  function numberNode(read, dualOf, dependsOnX) {
    return {
      isVector: false,
      read: (x) => [read(x)],
      duals: (x) => [dualOf(x)],
      reductions: [],
      isMixed: dependsOnX,
    };
  }

  /** A number that does not vary with x, though it may depend on the length of x. */
  function constantNode(evaluate) {
    const read = (x) => Float64Array.of(evaluate(x));
    return numberNode(read, (x) => constantDual(read(x)), false);
  }

  function itemNode(index) {
    const dualOf = (x) => coordinateDuals(x).at(index);
    return numberNode((x) => x.entry(index), dualOf, true);
  }

  function vectorNode(column) {
    return {
      column,
      isVector: true,
      read: (x) => x.columns,
      duals: coordinateDuals,
      reductions: [],
      isMixed: false,
    };
  }

  function reductionNode(rule, operand) {
    function read(x) {
      return operand.isVector ? x.reduced(node) : reduceAcross(rule, operand.read(x));
    }

    function dualOf(x) {
      const duals = operand.duals(x);
      return chain(duals.length === 1 ? rule.ofOne : rule.ofTwo, ...duals);
    }

    const node = numberNode(read, dualOf, operand.isVector || operand.isMixed);
    node.rule = rule;
    node.operand = operand;
    node.reductions = [...operand.reductions, node];
    return node;
  }

  function stepNode(rule, column, a, b = null) {
    const wider = a.isVector || b === null ? a : b;
    const isOfVectorByNumber = a.isVector && b !== null && !b.isVector;
    const loop = (isOfVectorByNumber && rule.loopOfVector) || rule.loop;
    const columns = []; // what was read last

    function read(x) {
      const columnsOfA = a.read(x);
      const columnsOfB = b === null ? [NO_OPERAND] : b.read(x);
      const count = wider === a ? columnsOfA.length : columnsOfB.length;
      columns.length = count;
      for (let k = 0; k < count; k++) {
        // Of a vector and a number, the number goes with each column.
        const columnOfA = columnsOfA[a.isVector ? k : 0];
        const columnOfB = columnsOfB[b?.isVector ? k : 0];
        const length = Math.max(columnOfA.length, columnOfB.length);
        if (columns[k]?.length !== length) columns[k] = new Float64Array(length);
        loop(columns[k], columnOfA, columnOfB);
      }
      return columns;
    }

    function duals(x) {
      const dualsOfA = a.duals(x);
      if (b === null) return dualsOfA.map((dual) => chain(rule, dual));
      const dualsOfB = b.duals(x);
      const widerDuals = wider === a ? dualsOfA : dualsOfB;
      return widerDuals.map((_, k) =>
        chain(rule, dualsOfA[a.isVector ? k : 0], dualsOfB[b.isVector ? k : 0]),
      );
    }

    const operands = b === null ? [a] : [a, b];
    return {
      column,
      isVector: wider.isVector,
      read,
      duals,
      reductions: operands.flatMap(({ reductions }) => reductions),
      isMixed: operands.some(({ isMixed }) => isMixed),
    };
  }

  Object.assign(globalThis.gradviz.numerics, {
    constantNode,
    itemNode,
    vectorNode,
    reductionNode,
    stepNode,
  });
}
