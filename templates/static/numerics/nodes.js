/* Nodes of the syntax tree, which compute themselves: what the Python version builds
   from closures. A node knows its rank: 0 for a number, 1 for a vector, 2 for a matrix;
   a column of the text, if it may be refused; read(x), its columns in a layout, which
   it overwrites the next time; duals(x), one per entry; the reductions in it; whether
   it is mixed: a number that depends on x, a vector whose entries depend on more than
   their own entry of x; and whether it contains an array. */
"use strict";

{
  const { numerics } = globalThis.gradviz;
  const { OPERATORS, FUNCTIONS, NO_OPERAND, constantDual, coordinateDuals } = numerics;
  const { chain, reducedDual, multipliedDuals, chosenDual, chosenColumn } = numerics;
  const { reduceAcross, misfit } = numerics;

  function nodeOf(rank, column, operands, methods) {
    return {
      rank,
      column,
      reductions: operands.flatMap(({ reductions }) => reductions),
      isMixed: operands.some(({ isMixed }) => isMixed),
      hasArray: operands.some(({ hasArray }) => hasArray),
      ...methods,
    };
  }

  /** A number that does not vary with x, though it may depend on the length of x. */
  function constantNode(evaluate) {
    const read = (x) => [Float64Array.of(evaluate(x))];
    return nodeOf(0, null, [], { read, duals: (x) => read(x).map(constantDual) });
  }

  function itemNode(index) {
    return nodeOf(0, null, [], {
      isMixed: true,
      read: (x) => [x.entry(index)],
      duals: (x) => [coordinateDuals(x).at(index)],
    });
  }

  function vectorNode(column) {
    return nodeOf(1, column, [], { read: (x) => x.columns, duals: coordinateDuals });
  }

  function reductionNode(rule, operand) {
    function read(x) {
      if (operand.rank) return [x.reduced(node)];
      return [reduceAcross(rule.reduce, operand.read(x))];
    }

    const node = nodeOf(0, null, [operand], {
      rule,
      operand,
      read,
      duals: (x) => [reducedDual(rule, operand.duals(x))],
    });
    node.isMixed ||= operand.rank > 0;
    node.reductions.push(node);
    return node;
  }

  /** An operation that goes entry by entry. */
  function stepNode(rule, column, ...operands) {
    const ranks = operands.map(({ rank }) => rank);
    const rank = Math.max(...ranks);
    const isOfArrayByNumber = ranks[0] > 0 && ranks[1] === 0;
    const loop = (isOfArrayByNumber && rule.loopOfVector) || rule.loop;
    const columns = []; // the columns read last

    function read(x) {
      const columnsOfOperands = operands.map((operand) => operand.read(x));
      columns.length = longest(columnsOfOperands);
      for (let k = 0; k < columns.length; k++) {
        let inputs = columnsOfOperands.map((each) => each[k % each.length]);
        const isMatrixInOneColumn = rank === 2 && columns.length === 1;
        if (isMatrixInOneColumn) {
          inputs = inputs.map((input, i) =>
            ranks[i] === 1 ? inBothRows(input) : input,
          );
        }
        const length = fittingLength(inputs, rule.isAligned && columns.length === 1);
        if (columns[k]?.length !== length) columns[k] = new Float64Array(length);
        loop(columns[k], inputs[0], inputs[1] ?? NO_OPERAND, inputs[2]);
      }
      return columns;
    }

    function duals(x) {
      const dualsOfOperands = operands.map((operand) => operand.duals(x));
      return Array.from({ length: longest(dualsOfOperands) }, (_, k) =>
        chain(rule, ...dualsOfOperands.map((each) => each[k % each.length])),
      );
    }

    return nodeOf(rank, column, operands, { read, duals });
  }

  function longest(lists) {
    return Math.max(...lists.map((list) => list.length));
  }

  /** A vector that is combined with a matrix, as each of its two rows. */
  function inBothRows(vector) {
    if (vector.length === 1) return vector;
    return vector.length === 2 ? Float64Array.of(...vector, ...vector) : misfit();
  }

  /** The length of the result of combining columns: a single number goes with any
      length, unless they have to be aligned. */
  function fittingLength(columns, areAligned) {
    const length = longest(columns);
    for (const column of columns) {
      const isAlone = column.length === 1 && !areAligned;
      if (column.length !== length && !isAlone) misfit();
    }
    return length;
  }

  const TIMES = OPERATORS.get("*");

  /** The product of vectors and matrices; that of numbers goes entry by entry. */
  function productNode(column, left, right) {
    if (!left.rank || !right.rank) return stepNode(TIMES, column, left, right);
    if (left.rank === 1 && right.rank === 1) {
      const products = stepNode({ ...TIMES, isAligned: true }, column, left, right);
      return { ...reductionNode(FUNCTIONS.get("sum"), products), column };
    }
    return nodeOf(left.rank + right.rank - 2, column, [left, right], {
      read(x) {
        const entriesOf = (operand) => x.entries(operand.read(x), operand.rank);
        const [a, b] = [left, right].map(entriesOf);
        const duals = multipliedDuals(a.map(constantDual), b.map(constantDual));
        return x.stacked(duals.map(({ value }) => value));
      },
      duals: (x) => multipliedDuals(left.duals(x), right.duals(x)),
    });
  }

  /** An array of numbers, row by row. */
  function arrayNode(rank, column, entries) {
    return nodeOf(rank, column, entries, {
      hasArray: true,
      read: (x) => x.stacked(entries.flatMap((entry) => entry.read(x))),
      duals: (x) => entries.flatMap((entry) => entry.duals(x)),
    });
  }

  /** `a if c else b`: as in Python, what one x does not choose is not computed for it. */
  function choiceNode(column, condition, a, b) {
    function read(x) {
      const [truth] = condition.read(x);
      if (truth.length === 1) return (truth[0] ? a : b).read(x);
      const columnsOfB = b.read(x);
      return a.read(x).map((each, k) => chosenColumn(truth, each, columnsOfB[k]));
    }

    function duals(x) {
      const [truth] = condition.duals(x);
      const dualsOfB = b.duals(x);
      return a.duals(x).map((each, k) => chosenDual(truth, each, dualsOfB[k]));
    }

    return nodeOf(a.rank, column, [condition, a, b], { read, duals });
  }

  Object.assign(globalThis.gradviz.numerics, {
    constantNode,
    itemNode,
    vectorNode,
    reductionNode,
    stepNode,
    productNode,
    arrayNode,
    choiceNode,
  });
}
