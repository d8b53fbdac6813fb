/* Derivatives: the operators and functions of the language, and the chain rule, as in
   gradviz_core/spelling/derivatives.py. A tree is differentiated in forward mode: each
   operation carries, beside its value, its slopes along x[0] and x[1]. */
"use strict";

{
  const { numerics } = globalThis.gradviz;
  const { addColumns, subtractColumns, multiplyColumns, divideColumns } = numerics;
  const { powerColumns, powerVectorColumns, power } = numerics;
  const { loopOver, loopOfThree, strideOf, stretched } = numerics;
  const { LONGEST_BLOCK, sum, mean, norm, Points, reduceAcross } = numerics;
  const { sumWithChange, meanWithChange, normWithChange } = numerics;
  const { foldWithChange, choiceWithChange } = numerics;

  /* Rules: how an operation is computed, and its partial derivatives, one for each operand. A
     partial that does not exist is nan or infinite: both survive every later product and
     sum. */

  function ruleOf(compute, ...partials) {
    return { compute, partials, loop: loopOver(compute) };
  }

  const one = () => 1;
  const minusOne = () => -1;

  /** A partial that exists only in its domain. */
  function within(domain, partial) {
    return domain ? partial : NaN;
  }

  /** 1 where a is larger, 0 where b is, and nan at a tie. */
  function isLarger(v, a, b) {
    if (a === b) return NaN;
    return a > b ? 1 : 0;
  }

  function isSmaller(v, a, b) {
    return isLarger(v, b, a);
  }

  /** Of a**b along a. Where b varies and a <= 0, the partial along b does not exist. */
  function basePartial(v, a, b) {
    if (b === 0) return 0;
    const partial = b * power(a, b - 1);
    return within(a > 0 || Number.isInteger(b), partial);
  }

  /** Of a**b along b. */
  function exponentPartial(v, a, b, c, baseVaries) {
    if (baseVaries || a > 0) return v * Math.log(a);
    return within(a === 0 && b > 0, 0);
  }

  /** Of a comparison along either side: it jumps where they are equal. */
  function truthPartial(v, a, b) {
    return a === b ? NaN : 0;
  }

  function comparisonOf(compute) {
    return ruleOf(compute, truthPartial, truthPartial);
  }

  function ruleOfThree(compute, ...partials) {
    return { compute, partials, loop: loopOfThree(compute) };
  }

  /** The number nearest to a within its limits; the high one takes precedence. */
  function clip(a, low, high) {
    if (Number.isNaN(a + low + high)) return NaN;
    const raised = a < low ? low : a;
    return raised > high ? high : raised;
  }

  /** Of a between its limits, along a. */
  function clipPartial(v, a, low, high) {
    return isLarger(v, a, low) * isSmaller(v, a, high);
  }

  function lowPartial(v, a, low, high) {
    return isLarger(v, low, a) * isSmaller(v, low, high);
  }

  function highPartial(v, a, low, high) {
    return isSmaller(v, high, larger(a, low));
  }

  /** The larger of two, and nan if one of them is. */
  function larger(a, b) {
    if (Number.isNaN(a)) return a;
    return a > b ? a : b;
  }

  function smaller(a, b) {
    if (Number.isNaN(a)) return a;
    return a < b ? a : b;
  }

  /** The sign of a number, where that of -0 is 0. */
  function sign(a) {
    return Math.sign(a) + 0;
  }

  // How tightly operators bind: signs bind tighter than a product, and powers than signs.
  const SUM = 1;
  const PRODUCT = 2;
  const POWER = 4;

  function operatorOf(precedence, loop, compute, ...partials) {
    return { precedence, loop, compute, partials };
  }

  const OPERATORS = new Map(
    Object.entries({
      "+": operatorOf(SUM, addColumns, (a, b) => a + b, one, one),
      "-": operatorOf(SUM, subtractColumns, (a, b) => a - b, one, minusOne),
      "*": operatorOf(
        PRODUCT,
        multiplyColumns,
        (a, b) => a * b,
        (v, a, b) => b,
        (v, a) => a,
      ),
      "@": { precedence: PRODUCT, isProduct: true },
      "/": operatorOf(
        PRODUCT,
        divideColumns,
        (a, b) => a / b,
        (v, a, b) => 1 / b,
        (v, a, b) => -v / b,
      ),
      "**": {
        ...operatorOf(POWER, powerColumns, power, basePartial, exponentPartial),
        loopOfVector: powerVectorColumns, // to the power of a number
      },
    }),
  );

  const SIGNS = new Map(
    Object.entries({
      "+": ruleOf((a) => a, one),
      "-": ruleOf((a) => -a, minusOne),
    }),
  );

  const COMPARISONS = new Map(
    Object.entries({
      "<": comparisonOf((a, b) => a < b),
      "<=": comparisonOf((a, b) => a <= b),
      ">": comparisonOf((a, b) => a > b),
      ">=": comparisonOf((a, b) => a >= b),
      "==": comparisonOf((a, b) => a === b),
      "!=": comparisonOf((a, b) => a !== b),
    }),
  );

  const add = OPERATORS.get("+");
  const multiply = OPERATORS.get("*");
  const abs = ruleOf(Math.abs, (v, a) => a / v);
  const maximum = ruleOf(larger, isLarger, isSmaller);
  const minimum = ruleOf(smaller, isSmaller, isLarger);
  const hypot = ruleOf(
    Math.hypot,
    (v, a) => a / v,
    (v, a, b) => b / v,
  );

  /** A rule of one operand, a row: `reduce` gives the number that it reduces to, and
      `withChange` the same with one entry changed, at a cost that may depend on the
      length of the row. `partial` is its partial derivative along the entry k. */
  function reductionOf(reduce, withChange, partial) {
    const costOfChange = () => LONGEST_BLOCK;
    return { reduce, withChange, costOfChange, partials: [partial] };
  }

  /** A reduction along the row by a rule of two operands. */
  function foldOf({ compute }, partial) {
    function reduce(row) {
      let [total] = row;
      for (let i = 1; i < row.length; i++) total = compute(total, row[i]);
      return total;
    }

    return reductionOf(reduce, foldWithChange(compute), partial);
  }

  function productOfOthers(v, row, k) {
    return row.reduce((total, entry, i) => (i === k ? total : total * entry), 1);
  }

  const product = {
    ...foldOf(multiply, productOfOthers),
    costOfChange: (length) => length,
  };

  /** 1 for the entry that was picked, 0 for any other, and nan at a tie. */
  function isPicked(v, row, k) {
    if (row.filter((entry) => entry === v).length !== 1) return NaN;
    return row[k] === v ? 1 : 0;
  }

  /** A fold that picks one of the entries. */
  function choiceOf(ofTwo) {
    return { ...foldOf(ofTwo, isPicked), withChange: choiceWithChange(ofTwo.compute) };
  }

  const FUNCTIONS = new Map(
    Object.entries({
      sin: ruleOf(Math.sin, (v, a) => Math.cos(a)),
      cos: ruleOf(Math.cos, (v, a) => -Math.sin(a)),
      tan: ruleOf(Math.tan, (v) => 1 + v * v),
      arcsin: ruleOf(Math.asin, (v, a) => 1 / Math.sqrt((1 - a) * (1 + a))),
      arccos: ruleOf(Math.acos, (v, a) => -1 / Math.sqrt((1 - a) * (1 + a))),
      arctan: ruleOf(Math.atan, (v, a) => 1 / (1 + a * a)),
      sinh: ruleOf(Math.sinh, (v, a) => Math.cosh(a)),
      cosh: ruleOf(Math.cosh, (v, a) => Math.sinh(a)),
      tanh: ruleOf(Math.tanh, (v, a) => Math.cosh(a) ** -2),
      exp: ruleOf(Math.exp, (v) => v),
      expm1: ruleOf(Math.expm1, (v, a) => Math.exp(a)),
      log: ruleOf(Math.log, (v, a) => within(a > 0, 1 / a)),
      log2: ruleOf(Math.log2, (v, a) => within(a > 0, 1 / a / Math.LN2)),
      log10: ruleOf(Math.log10, (v, a) => within(a > 0, 1 / a / Math.LN10)),
      log1p: ruleOf(Math.log1p, (v, a) => within(a > -1, 1 / (1 + a))),
      sqrt: ruleOf(Math.sqrt, (v) => 0.5 / v),
      square: ruleOf(
        (a) => a * a,
        (v, a) => 2 * a,
      ),
      sign: ruleOf(sign, (v, a) => 0 / a),
      abs,
      maximum,
      minimum,
      hypot,
      sum: reductionOf((row) => sum(row), sumWithChange, one),
      mean: reductionOf(mean, meanWithChange, (v, row) => 1 / row.length),
      prod: product,
      max: choiceOf(maximum),
      min: choiceOf(minimum),
      "linalg.norm": {
        ...reductionOf(norm, normWithChange, (v, row, k) => row[k] / v),
        reduceShort: (row) => Math.hypot(...row), // which squares nothing too small
      },
      dot: { isProduct: true, partials: [one, one] },
      where: ruleOfThree(
        (c, a, b) => (c ? a : b),
        one, // where the sides of the comparison are equal, it has a slope of nan
        (v, c) => (c ? 1 : 0),
        (v, c) => (c ? 0 : 1),
      ),
      clip: ruleOfThree(clip, clipPartial, lowPartial, highPartial),
    }),
  );

  /* Duals: a value with its slopes along x[0] and x[1], null where it cannot depend on that
     coordinate. All three are columns. */

  function constantDual(value) {
    return { value, alongX0: null, alongX1: null };
  }

  const SLOPE_OF_ITSELF = Float64Array.of(1);

  function coordinateDuals({ columns: [x0, x1] }) {
    return [
      { value: x0, alongX0: SLOPE_OF_ITSELF, alongX1: null },
      { value: x1, alongX0: null, alongX1: SLOPE_OF_ITSELF },
    ];
  }

  function varies(dual) {
    return dual.alongX0 !== null || dual.alongX1 !== null;
  }

  function columnOver(...columns) {
    return new Float64Array(Math.max(...columns.map((column) => column.length)));
  }

  /** total + partial * slope, with null as zero. */
  function plusProduct(total, partial, slope) {
    if (slope === null) return total;
    const column = columnOver(partial, slope);
    multiplyColumns(column, partial, slope);
    addColumns(column, total ?? NOTHING, column);
    return column;
  }

  const NOTHING = Float64Array.of(0);

  function partialColumn(partial, value, [a, b = NO_OPERAND, c = b], baseVaries) {
    const column = new Float64Array(value.length);
    const strideOfA = strideOf(a);
    const strideOfB = strideOf(b);
    const strideOfC = strideOf(c);
    for (let i = 0; i < column.length; i++) {
      const atC = c[strideOfC * i];
      column[i] = partial(
        value[i],
        a[strideOfA * i],
        b[strideOfB * i],
        atC,
        baseVaries,
      );
    }
    return column;
  }

  // A placeholder for the second operand of an operation that has only one; no rule
  // looks at it.
  const NO_OPERAND = Float64Array.of(NaN);

  /** The dual of an operation by the chain rule. */
  function chain(rule, ...operands) {
    const inputs = operands.map((operand) => operand.value);
    const value = columnOver(...inputs);
    rule.loop(value, inputs[0], inputs[1] ?? NO_OPERAND, inputs[2]);
    const dual = constantDual(value);
    for (const [k, operand] of operands.entries()) {
      if (!varies(operand)) continue; // the partial along a constant is not needed
      const partial = rule.partials[k];
      addSlopes(
        dual,
        partialColumn(partial, value, inputs, varies(operands[0])),
        operand,
      );
    }
    return dual;
  }

  function addSlopes(dual, partial, operand) {
    dual.alongX0 = plusProduct(dual.alongX0, partial, operand.alongX0);
    dual.alongX1 = plusProduct(dual.alongX1, partial, operand.alongX1);
  }

  /** The dual of the one number that entries reduce to. */
  function reducedDual({ reduce, reduceShort = reduce, partials: [partial] }, duals) {
    const entries = duals.map(({ value }) => value);
    const dual = constantDual(reduceAcross(reduceShort, entries));
    for (const [k, operand] of duals.entries()) {
      if (!varies(operand)) continue;
      const { value } = dual;
      const partials = reduceAcross((row, i) => partial(value[i], row, k), entries);
      addSlopes(dual, partials, operand);
    }
    return dual;
  }

  /** The duals of a product of matrices, row by row; for vectors, its single dual. */
  function multipliedDuals(left, right) {
    const rows = left.length === 4 ? [left.slice(0, 2), left.slice(2)] : [left];
    const columns =
      right.length === 4
        ? [
            [right[0], right[2]],
            [right[1], right[3]],
          ]
        : [right];
    return rows.flatMap((row) => columns.map((column) => innerDual(row, column)));
  }

  // NumPy's sum begins here, too: terms that are all -0 come to 0, not to -0.
  const NO_TERMS = constantDual(NOTHING);

  function innerDual(row, column) {
    const products = row.map((entry, k) => chain(multiply, entry, column[k]));
    return products.reduce((total, term) => chain(add, total, term), NO_TERMS);
  }

  /** The dual of the choice made at each point. */
  function chosenDual(truth, a, b) {
    const choose = (slopeOfA, slopeOfB) => {
      if (slopeOfA === null && slopeOfB === null) return null;
      return chosenColumn(truth.value, slopeOfA ?? NOTHING, slopeOfB ?? NOTHING);
    };
    const dual = {
      value: chosenColumn(truth.value, a.value, b.value),
      alongX0: choose(a.alongX0, b.alongX0),
      alongX1: choose(a.alongX1, b.alongX1),
    };
    addSlopes(dual, SLOPE_OF_ITSELF, truth);
    return dual;
  }

  function chosenColumn(...inputs) {
    const column = columnOver(...inputs);
    FUNCTIONS.get("where").loop(column, ...inputs);
    return column;
  }

  /** The exact gradients at many points, a column along each coordinate; nan where a step of
      the computation has none. */
  function differentiate(root, columns) {
    const { length } = columns[0];
    const [{ value, alongX0, alongX1 }] = root.duals(new Points(columns));
    const values = stretched(value, length);
    const slopes0 = stretched(alongX0 ?? NOTHING, length);
    const slopes1 = stretched(alongX1 ?? NOTHING, length);
    for (let i = 0; i < length; i++) {
      const isGradient =
        isFinite(values[i]) && isFinite(slopes0[i]) && isFinite(slopes1[i]);
      if (isGradient) continue;
      slopes0[i] = NaN;
      slopes1[i] = NaN;
    }
    return [slopes0, slopes1];
  }

  Object.assign(globalThis.gradviz.numerics, {
    SUM,
    PRODUCT,
    POWER,
    OPERATORS,
    SIGNS,
    COMPARISONS,
    FUNCTIONS,
    NO_OPERAND,
    constantDual,
    coordinateDuals,
    chain,
    reducedDual,
    multipliedDuals,
    chosenDual,
    chosenColumn,
    differentiate,
  });
}
