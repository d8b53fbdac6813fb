/* Numerics: the spelling language and the measurement in the browser, as Python has them in
   gradviz_core/spelling/ and gradviz_core/numerics/: a change here is a change there.

   Legend: f the function, x one point, v the value of a step, a and b the values of its
   operands, h the step of the difference.

   f is computed for many points at once: a column holds one number for each of them, and a
   vector is a list of columns. Fields of arrows and grids are two columns, along x0 and
   along x1. */
"use strict";

{
  /* Loops: one operation along columns. A column of one number serves for all numbers of
     the other: its stride is 0. The operators have loops of their own: to call a function
     costs more than to add. */

  function strideOf(column) {
    return column.length === 1 ? 0 : 1;
  }

  function addColumns(v, a, b) {
    const strideOfA = strideOf(a);
    const strideOfB = strideOf(b);
    for (let i = 0; i < v.length; i++) {
      v[i] = a[strideOfA * i] + b[strideOfB * i];
    }
  }

  function subtractColumns(v, a, b) {
    const strideOfA = strideOf(a);
    const strideOfB = strideOf(b);
    for (let i = 0; i < v.length; i++) {
      v[i] = a[strideOfA * i] - b[strideOfB * i];
    }
  }

  function multiplyColumns(v, a, b) {
    const strideOfA = strideOf(a);
    const strideOfB = strideOf(b);
    for (let i = 0; i < v.length; i++) {
      v[i] = a[strideOfA * i] * b[strideOfB * i];
    }
  }

  function divideColumns(v, a, b) {
    const strideOfA = strideOf(a);
    const strideOfB = strideOf(b);
    for (let i = 0; i < v.length; i++) {
      v[i] = a[strideOfA * i] / b[strideOfB * i];
    }
  }

  /** The loop of any other operation. */
  function loopOver(compute) {
    return (v, a, b) => {
      const strideOfA = strideOf(a);
      const strideOfB = strideOf(b);
      for (let i = 0; i < v.length; i++) {
        v[i] = compute(a[strideOfA * i], b[strideOfB * i]);
      }
    };
  }

  const takePowers = loopOver(power);
  const takePowersOfVector = loopOver(powerOfVector);

  function powerColumns(v, a, b) {
    if (b.length === 1 && b[0] === 2) multiplyColumns(v, a, a);
    else takePowers(v, a, b);
  }

  /** An entry of a vector to the power of a number: NumPy takes its root for a half. */
  function powerOfVector(a, b) {
    return b === 0.5 ? Math.sqrt(a) : power(a, b);
  }

  function powerVectorColumns(v, a, b) {
    if (b.length === 1 && b[0] === 2) multiplyColumns(v, a, a);
    else takePowersOfVector(v, a, b);
  }

  /** The power of two numbers as C has it, where ** gives nan for some powers of ±1. */
  function power(a, b) {
    if (b === 2) return a * a;
    if (b === 3) return a * a * a;
    if (b === 4) return a * a * (a * a);
    if (a === 1) return 1;
    if (a === -1 && Math.abs(b) === Infinity) return 1;
    return a ** b;
  }

  const LONGEST_BLOCK = 128; // numbers that NumPy adds up without parting them

  /** The sum of a row, or of a part of it, rounded as NumPy rounds it. */
  function sum(row, start = 0, end = row.length) {
    if (end - start <= LONGEST_BLOCK) return sumOfBlock(row, start, end);
    const middle = middleOf(start, end);
    return sum(row, start, middle) + sum(row, middle, end);
  }

  function middleOf(start, end) {
    return start + 8 * Math.floor((end - start) / 16);
  }

  function sumOfBlock(row, start, end) {
    let i = start;
    let total = 0;
    if (end - start >= 8) {
      let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (; i + 8 <= end; i += 8) {
        a += row[i];
        b += row[i + 1];
        c += row[i + 2];
        d += row[i + 3];
        e += row[i + 4];
        f += row[i + 5];
        g += row[i + 6];
        h += row[i + 7];
      }
      total = a + b + (c + d) + (e + f + (g + h));
    }
    for (; i < end; i++) total += row[i];
    return total;
  }

  /* A row of which one entry at a time is another one: what it is reduced to then. What the
     other entries amount to is kept, where rounding allows it. */

  /** A sum, kept block by block: only the block of the entry is added up again. */
  function sumWithChange(row) {
    /** The sums of a part and of its two halves, of their halves, and so on. */
    function partOf(start, end) {
      if (end - start <= LONGEST_BLOCK) {
        return {
          start,
          end,
          total: sumOfBlock(row, start, end),
          left: null,
          right: null,
        };
      }
      const middle = middleOf(start, end);
      const left = partOf(start, middle);
      const right = partOf(middle, end);
      return { start, end, total: left.total + right.total, left, right };
    }

    function changed(part, i) {
      const { start, end, left, right } = part;
      if (left === null) return sumOfBlock(row, start, end);
      if (i < right.start) return changed(left, i) + right.total;
      return left.total + changed(right, i);
    }

    const whole = partOf(0, row.length);
    return (i, value) => {
      const kept = row[i];
      row[i] = value;
      const total = changed(whole, i);
      row[i] = kept;
      return total;
    };
  }

  /** What the entries of a row up to each one come to by a rule of two. */
  function folded(compute, row) {
    const before = row.slice();
    for (let i = 1; i < row.length; i++) before[i] = compute(before[i - 1], row[i]);
    return before;
  }

  /** What comes of a row by a rule of two, from its first entry to its last. */
  function foldWithChange(compute) {
    return (row) => {
      const before = folded(compute, row);
      return (i, value) => {
        let total = i === 0 ? value : compute(before[i - 1], value);
        for (let k = i + 1; k < row.length; k++) total = compute(total, row[k]);
        return total;
      };
    };
  }

  /** The same by a rule that rounds nothing: what comes after the entry is kept, too. */
  function choiceWithChange(compute) {
    return (row) => {
      const before = folded(compute, row);
      const backwards = folded((a, b) => compute(b, a), row.slice().reverse());
      const after = backwards.reverse();
      return (i, value) => {
        const upToIt = i === 0 ? value : compute(before[i - 1], value);
        return i + 1 < row.length ? compute(upToIt, after[i + 1]) : upToIt;
      };
    };
  }

  /* Rules: how a step is computed, and its partial derivatives, one for each operand. A
     partial that does not exist is nan or infinite: both survive every later product and
     sum. */

  function ruleOf(compute, ...partials) {
    return { compute, partials, loop: loopOver(compute) };
  }

  const one = () => 1;
  const minusOne = () => -1;
  const half = () => 0.5;

  /** A partial that exists in its domain alone. */
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
  function exponentPartial(v, a, b, baseVaries) {
    if (baseVaries || a > 0) return v * Math.log(a);
    return within(a === 0 && b > 0, 0);
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

  const add = OPERATORS.get("+");
  const multiply = OPERATORS.get("*");
  const identity = SIGNS.get("+");
  const abs = ruleOf(Math.abs, (v, a) => a / v);
  const maximum = ruleOf(larger, isLarger, isSmaller);
  const minimum = ruleOf(smaller, isSmaller, isLarger);
  const meanOfTwo = ruleOf((a, b) => (a + b) / 2, half, half);
  const hypot = ruleOf(
    Math.hypot,
    (v, a) => a / v,
    (v, a, b) => b / v,
  );

  /** A rule of one operand, a row: `reduce` gives the number that it comes to, and
      `withChange` the same while one entry is another one, at a cost that may depend on the
      length of the row. `ofOne` and `ofTwo` are the rules of its one number, or of two,
      since x has two. */
  function reductionOf(reduce, withChange, ofOne, ofTwo) {
    const costOfChange = () => LONGEST_BLOCK;
    return { reduce, withChange, costOfChange, partials: [one], ofOne, ofTwo };
  }

  /** A reduction that goes along the row by a rule of two. */
  function foldOf(ofTwo) {
    const { compute } = ofTwo;

    function reduce(row) {
      let [total] = row;
      for (let i = 1; i < row.length; i++) total = compute(total, row[i]);
      return total;
    }

    return reductionOf(reduce, foldWithChange(compute), identity, ofTwo);
  }

  function productOf(ofTwo) {
    return { ...foldOf(ofTwo), costOfChange: (length) => length };
  }

  /** A fold that picks one of the entries. */
  function choiceOf(ofTwo) {
    return { ...foldOf(ofTwo), withChange: choiceWithChange(ofTwo.compute) };
  }

  function mean(row) {
    return sum(row) / row.length;
  }

  function meanWithChange(row) {
    const total = sumWithChange(row);
    return (i, value) => total(i, value) / row.length;
  }

  function norm(row) {
    return Math.sqrt(sum(row.map((a) => a * a)));
  }

  function normWithChange(row) {
    const total = sumWithChange(row.map((a) => a * a));
    return (i, value) => Math.sqrt(total(i, value * value));
  }

  const CONSTANTS = new Map(Object.entries({ pi: Math.PI, e: Math.E }));

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
      sum: reductionOf((row) => sum(row), sumWithChange, identity, add),
      mean: reductionOf(mean, meanWithChange, identity, meanOfTwo),
      prod: productOf(multiply),
      max: choiceOf(maximum),
      min: choiceOf(minimum),
      "linalg.norm": reductionOf(norm, normWithChange, abs, hypot),
    }),
  );

  /* Arrangements: what x is while a tree is computed. Each has the number of entries of x;
     what a vector consists of, its columns; one entry, as a column; and, as a column, what
     vectors are reduced to. */

  function tooFew() {
    throw new RangeError("too few numbers");
  }

  /** Many points of as many coordinates each: a column for each coordinate. */
  class Points {
    constructor(columns) {
      this.columns = columns;
      this.size = columns.length;
    }

    entry(index) {
      return this.columns.at(index) ?? tooFew();
    }

    reduced({ rule, operand }) {
      return reduceAcross(rule, operand.read(this));
    }
  }

  function reduceAcross(rule, columns) {
    const row = new Float64Array(columns.length);
    const reduced = new Float64Array(columns[0].length);
    for (let i = 0; i < reduced.length; i++) {
      for (let k = 0; k < row.length; k++) row[k] = columns[k][i];
      reduced[i] = rule.reduce(row);
    }
    return reduced;
  }

  /** One x, however many numbers it has: they are its only column. */
  class OneRow {
    constructor(row) {
      this.columns = [row];
      this.size = row.length;
    }

    entry(index) {
      return Float64Array.of(this.columns[0].at(index) ?? tooFew());
    }

    reduced({ rule, operand }) {
      const [row] = operand.read(this);
      return Float64Array.of(rule.reduce(row));
    }
  }

  const LONGEST_STRETCH = 1024; // numbers that are computed without a pause
  const WORK_OF_STRETCH = 2 ** 17; // additions without a pause

  /** One x of which one entry is moved at a time, by h ahead and by h behind. What is made
      of each entry alone is computed once: of no entry moved, and of all of them moved. */
  class MovingRow {
    constructor(row, h) {
      this.base = row;
      this.ahead = row.map((entry) => entry + h);
      this.behind = row.map((entry) => entry - h);
      this.reductions = new Map(); // by their nodes
    }

    /** Compute the vectors of a tree, and get their reductions ready. */
    *prepare(tree) {
      for (const node of tree.reductions) {
        if (!node.operand.isVector) continue;
        const rows = yield* this.rowsOf(node.operand);
        const [base, ahead, behind] = rows;
        const reduceChanged = node.rule.withChange(base);
        this.reductions.set(node, { reduceChanged, ahead, behind });
      }
    }

    *rowsOf(vector) {
      const own = [this.base, this.ahead, this.behind];
      const size = this.base.length;
      const rows = own.map(() => new Float64Array(size));
      for (const [from, to] of stretches(size, LONGEST_STRETCH)) {
        const columns = own.map((row) => row.subarray(from, to));
        const computed = vector.read({ columns, size });
        for (const [k, row] of rows.entries()) row.set(computed[k], from);
        yield;
      }
      return rows;
    }
  }

  /** A stretch of the moves of a row: two for each entry, ahead and behind. */
  class Moves {
    constructor(moving, from, to) {
      this.moving = moving;
      this.from = from;
      this.to = to;
      this.size = moving.base.length;
    }

    column() {
      return new Float64Array(2 * (this.to - this.from));
    }

    entry(index) {
      const { base, ahead, behind } = this.moving;
      const place = index < 0 ? this.size + index : index;
      const column = this.column().fill(base[place] ?? tooFew());
      if (place >= this.from && place < this.to) {
        const k = 2 * (place - this.from);
        column[k] = ahead[place];
        column[k + 1] = behind[place];
      }
      return column;
    }

    reduced(node) {
      const { reduceChanged, ahead, behind } = this.moving.reductions.get(node);
      const column = this.column();
      for (let i = this.from; i < this.to; i++) {
        const k = 2 * (i - this.from);
        column[k] = reduceChanged(i, ahead[i]);
        column[k + 1] = reduceChanged(i, behind[i]);
      }
      return column;
    }
  }

  /** From one index to another, in stretches of this length at most. */
  function* stretches(end, longest) {
    for (let from = 0; from < end; from += longest) {
      yield [from, Math.min(from + longest, end)];
    }
  }

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

  /** total + partial * slope, where what is null is zero. */
  function plusProduct(total, partial, slope) {
    if (slope === null) return total;
    const column = columnOver(partial, slope);
    multiplyColumns(column, partial, slope);
    addColumns(column, total ?? NOTHING, column);
    return column;
  }

  const NOTHING = Float64Array.of(0);

  function partialColumn(partial, value, a, b, baseVaries) {
    const column = new Float64Array(value.length);
    const strideOfA = strideOf(a);
    const strideOfB = strideOf(b);
    for (let i = 0; i < column.length; i++) {
      column[i] = partial(value[i], a[strideOfA * i], b[strideOfB * i], baseVaries);
    }
    return column;
  }

  // Stands for the second operand of a step that has one alone; no rule looks at it.
  const NO_OPERAND = Float64Array.of(NaN);

  /** The dual of a step by the chain rule. */
  function chain(rule, a, b = constantDual(NO_OPERAND)) {
    const value = columnOver(a.value, b.value);
    rule.loop(value, a.value, b.value);
    let alongX0 = null;
    let alongX1 = null;
    for (const [k, operand] of [a, b].entries()) {
      if (!varies(operand)) continue; // the partial along a constant is not needed
      const { partials } = rule;
      const partial = partialColumn(partials[k], value, a.value, b.value, varies(a));
      alongX0 = plusProduct(alongX0, partial, operand.alongX0);
      alongX1 = plusProduct(alongX1, partial, operand.alongX1);
    }
    return { value, alongX0, alongX1 };
  }

  /* Nodes of the syntax tree. A node knows whether it is a vector; a column of the text, if
     it may be the root and a vector; read(x), its columns in an arrangement, which it
     overwrites the next time; duals(x), one a column; the reductions in it; and whether it is
     mixed: a number that depends on x, a vector whose entries depend on more than their own
     entry of x. */

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

  /* The parser: from a text to the root of a tree, or to a column and a reason */

  const MAX_CHARACTERS = 256;
  const MAX_BRACKETS = 32; // that are open at the same time
  const MAX_NODES = 200; // a number, name, index, operator or call is one each
  const MAX_VALUES = 1000; // of an axis of the grid: a million points

  const INDEXES = ["0", "1", "-1", "-2"];

  const TOKEN_KINDS = {
    number: /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/,
    name: /[A-Za-z_]\w*/,
    symbol: /\*\*=?|\/\/=?|->|\.{3}|[-+*/@]=/, // each one token of Python
    character: /[^ ]/,
    end: /$/,
  };
  const TOKEN = RegExp(
    Object.values(TOKEN_KINDS)
      .map((kind) => kind.source)
      .join("|"),
    "gu",
  );
  const NUMBER = /^\.?\d/;
  const NAME = /^[A-Z_]/i;
  const OCTAL_LOOKING = /^0+[1-9]\d*$/; // 012 is no number to Python
  const FOREIGN = /^[^-+*/@.,()[\]\w]/u; // no token of the language begins so

  /** Refuse what a reader typed. The page has words for each reason: of a grid these are
      grid, h and truth; of a spelling, which goes wrong at a column, they are end,
      character, unexpected, name, index, arity, limit and vector. */
  function fail(reason, column, details) {
    const message = column ? `column ${column}: ${reason}` : reason;
    throw Object.assign(new RangeError(message), details, { column, reason });
  }

  /** Refuse a token, for a reason of its own if there is one that is more telling. */
  function refuse(token, expected, otherwise = "unexpected") {
    const { text: found, column } = token;
    let reason = otherwise;
    if (found === "") reason = "end";
    else if (FOREIGN.test(found)) reason = "character";
    fail(reason, column, { found, expected, suggestion: suggestionFor(found) });
  }

  /** The name of the language that is meant by one without its prefix. */
  function suggestionFor(found) {
    const names = [found, `linalg.${found}`];
    const name = names.find((each) => CONSTANTS.has(each) || FUNCTIONS.has(each));
    return name && `np.${name}`;
  }

  function tokensOf(text) {
    const matches = [...text.matchAll(TOKEN)];
    return matches.map((match) => ({ text: match[0], column: match.index + 1 }));
  }

  function isTooLong(text) {
    // A character is of at most two code units, and an endless text is not worth its count.
    const beginning = text.slice(0, 2 * MAX_CHARACTERS + 1);
    return [...beginning].length > MAX_CHARACTERS;
  }

  /** Precedence climbing over the tokens. A method that reads an operand returns its node. */
  class Parser {
    constructor(text) {
      this.tokens = tokensOf(text);
      this.position = 0;
      this.nodes = 0;
      this.openBrackets = 0;
    }

    /** Read all of the text. */
    root() {
      const root = this.expression();
      if (this.ahead()) refuse(this.take(), ["operator"]);
      if (root.isVector) fail("vector", root.column);
      return root;
    }

    /** Read operands joined by operators that bind at least this tightly. */
    expression(loosest = SUM) {
      let node = this.signed(loosest);
      for (;;) {
        const rule = OPERATORS.get(this.ahead());
        if (!rule || rule.precedence < loosest) return node;
        const { column } = this.count(this.take(), 1);
        // What stands to the right binds tighter; only powers go on to the right.
        const isPower = rule.precedence === POWER;
        const right = this.expression(isPower ? POWER : rule.precedence + 1);
        node = stepNode(rule, column, node, right);
      }
    }

    signed(loosest) {
      const rule = SIGNS.get(this.ahead());
      if (!rule) return this.operand(this.take(), loosest <= PRODUCT);
      const { column } = this.count(this.take(), 1);
      return stepNode(rule, column, this.expression(POWER));
    }

    /** Read a number, a name, a call, or an expression in parentheses. */
    operand(token, startsProduct) {
      const { text } = token;
      if (text === "(") return this.enclosed(token, () => this.expression());
      if (text === "np") return this.dottedName(token);
      if (text === "len") return this.length(token);
      if (text === "x") return this.variable(token, startsProduct);
      if (NUMBER.test(text) && !OCTAL_LOOKING.test(text)) {
        return this.constant(token, Number(text));
      }
      return refuse(token, ["operand"], NAME.test(text) ? "name" : "unexpected");
    }

    constant(token, number) {
      this.count(token);
      return constantNode(() => number);
    }

    /** Read `(x)` behind len. */
    length(token) {
      this.count(token);
      this.take("(");
      this.enclosed(token, () => this.take("x"));
      return constantNode((x) => x.size);
    }

    /** Read `[0]` or `@ x` behind x, or nothing. */
    variable(token, startsProduct) {
      this.count(token);
      if (this.ahead() === "[") {
        return itemNode(this.enclosed(this.take(), () => this.index(), "]"));
      }
      const vector = vectorNode(token.column);
      if (this.ahead() !== "@" || !startsProduct) return vector;
      this.count(this.take(), 1);
      this.count(this.take("x"));
      if (this.ahead() === "**") refuse(this.take(), ["(x @ x)**2"]);
      const squares = stepNode(multiply, token.column, vector, vector);
      return reductionNode(FUNCTIONS.get("sum"), squares);
    }

    index() {
      const minus = this.ahead() === "-" ? this.take().text : "";
      const place = this.take();
      const index = minus + place.text;
      if (!INDEXES.includes(index)) refuse(place, INDEXES, "index");
      return Number(index);
    }

    /** Read `.pi`, or `.sin(…)`, behind np. */
    dottedName(token) {
      this.take(".");
      let name = this.name();
      if (name === "linalg") {
        this.take(".");
        name = `linalg.${this.name()}`;
      }
      if (CONSTANTS.has(name)) return this.constant(token, CONSTANTS.get(name));
      const rule = FUNCTIONS.get(name);
      if (!rule) refuse({ text: name, column: token.column }, ["function"], "name");
      return this.call(rule, name, token);
    }

    name() {
      const token = this.take();
      if (!NAME.test(token.text)) refuse(token, ["name"]);
      return token.text;
    }

    /** Read the arguments of a function. */
    call(rule, name, token) {
      const { column } = token;
      const wanted = rule.partials.length;
      this.count(token, wanted);
      this.take("(");
      const operands = this.enclosed(token, () => this.operands());
      if (operands.length !== wanted) {
        fail("arity", column, { found: `np.${name}`, wanted, given: operands.length });
      }
      if (rule.reduce) return reductionNode(rule, ...operands);
      return stepNode(rule, column, ...operands);
    }

    operands() {
      if (this.ahead() === ")") return [];
      const operands = [this.expression()];
      while (this.ahead() === ",") {
        this.take();
        operands.push(this.expression());
      }
      return operands;
    }

    /** Read what stands behind an open bracket, and the bracket that closes it. */
    enclosed(token, read, closing = ")") {
      this.openBrackets += 1;
      if (this.openBrackets > MAX_BRACKETS) {
        fail("limit", token.column, { most: MAX_BRACKETS, of: "brackets" });
      }
      const enclosed = read();
      this.take(closing, ["operator", closing]);
      this.openBrackets -= 1;
      return enclosed;
    }

    /** The text of the next token. */
    ahead() {
      return this.tokens[this.position].text;
    }

    /** Take the next token, which has to have this text, if one is wanted. */
    take(wanted, expected = [wanted]) {
      const token = this.tokens[this.position];
      this.position += 1;
      if (wanted && token.text !== wanted) refuse(token, expected);
      return token;
    }

    /** Count a node, and see that those it needs behind it still have room. */
    count(token, operands = 0) {
      this.nodes += 1;
      if (this.nodes + operands > MAX_NODES) {
        fail("limit", token.column, { most: MAX_NODES, of: "nodes" });
      }
      return token;
    }
  }

  /** The function that a text spells; a text that is no spelling fails with its column. */
  function parse(text) {
    if (isTooLong(text)) {
      fail("limit", MAX_CHARACTERS + 1, { most: MAX_CHARACTERS, of: "characters" });
    }
    return new Spelled(text, new Parser(text).root());
  }

  /** A function that was spelled. Its methods can be handed on without it. */
  class Spelled {
    constructor(text, root) {
      this.source = text;
      this.root = root;
      this.evaluate = this.evaluate.bind(this);
      this.gradient = this.gradient.bind(this);
    }

    /** The value at one x. */
    evaluate(x) {
      const row = x instanceof Float64Array ? x : Float64Array.from(x);
      return this.root.read(new OneRow(row))[0][0];
    }

    /** The exact gradient at a point; nan where a step of the computation has none. */
    gradient(x) {
      if (x.length !== 2) throw new RangeError("a point has two numbers");
      const columns = [Float64Array.of(x[0]), Float64Array.of(x[1])];
      const [[alongX0], [alongX1]] = this.gradientsAt(columns);
      return [alongX0, alongX1];
    }

    /** The values at many points, a column for each coordinate. */
    valuesAt(columns) {
      const [values] = this.root.read(new Points(columns));
      return stretched(values, columns[0].length);
    }

    /** The same for exact gradients, a column along each coordinate. */
    gradientsAt(columns) {
      const { length } = columns[0];
      const [{ value, alongX0, alongX1 }] = this.root.duals(new Points(columns));
      const gradients = [alongX0, alongX1].map((slopes) =>
        stretched(slopes ?? NOTHING, length),
      );
      const values = stretched(value, length);
      const [slopes0, slopes1] = gradients;
      for (let i = 0; i < length; i++) {
        if (isFinite(values[i]) && isFinite(slopes0[i]) && isFinite(slopes1[i]))
          continue;
        slopes0[i] = NaN;
        slopes1[i] = NaN;
      }
      return gradients;
    }

    /** The values while one entry of x at a time is moved, ahead and then behind: in
        stretches, with pauses between small steps of work. */
    *valuesOfMoves(row, h) {
      const isSeparable = this.root.reductions.every(
        ({ operand }) => !operand.isVector || !operand.isMixed,
      );
      if (isSeparable) yield* this.valuesOfMovesAtOnce(row, h);
      else yield* this.valuesOfMovesOneByOne(row, h);
    }

    *valuesOfMovesAtOnce(row, h) {
      const moving = new MovingRow(row, h);
      yield* moving.prepare(this.root);
      const costs = this.root.reductions.map(({ rule }) =>
        rule.costOfChange(row.length),
      );
      const longest = Math.ceil(WORK_OF_STRETCH / Math.max(LONGEST_BLOCK, ...costs));
      for (const [from, to] of stretches(row.length, longest)) {
        const [values] = this.root.read(new Moves(moving, from, to));
        yield { from, to, values: stretched(values, 2 * (to - from)) };
      }
    }

    *valuesOfMovesOneByOne(row, h) {
      const x = row.slice();
      for (const [i, entry] of row.entries()) {
        x[i] = entry + h;
        const ahead = this.evaluate(x);
        x[i] = entry - h;
        const behind = this.evaluate(x);
        x[i] = entry;
        yield { from: i, to: i + 1, values: [ahead, behind] };
      }
    }
  }

  /** A column of this length of its own. */
  function stretched(column, length) {
    if (column.length === length) return column.slice();
    return new Float64Array(length).fill(column[0]);
  }

  /* The grid */

  /** How many values numpy.arange(start, stop, step) has, if they make an axis of a grid. */
  function axisLength(start, stop, step) {
    const size = (stop - start) / step;
    const areNumbers = [start, stop, step].every(Number.isFinite);
    const isGrid = areNumbers && size > 0 && size <= MAX_VALUES;
    if (!isGrid) fail("grid");
    return Math.ceil(size);
  }

  /** The points of the square grid whose axes are numpy.arange(start, stop, step), x0 fastest. */
  function gridPoints(start, stop, step) {
    const length = axisLength(start, stop, step);
    // NumPy computes the first two values, and goes on by their rounded difference.
    const difference = start + step - start;
    const axis = [];
    for (let i = 0; i < length; i++) {
      axis.push(start + i * (i < 2 ? step : difference));
    }
    const points = emptyField(axis.length ** 2);
    for (const [i, x1] of axis.entries()) {
      points[0].set(axis, i * axis.length);
      points[1].fill(x1, i * axis.length, (i + 1) * axis.length);
    }
    return points;
  }

  /** Two columns of this length. */
  function emptyField(length) {
    return [new Float64Array(length), new Float64Array(length)];
  }

  /* The book's routine, on a copy, in both layouts: with the points in rows, each is an
     argument of f; without .T, each column of coordinates is one. These are generators that
     pause between small steps of long work, so that a page stays quick: a pause says how
     much is done, from 0 to 1. */

  const SLOPES = {
    *rows(f, [x0, x1], { h, mustBeFinite }) {
      const slopes = emptyField(x0.length);
      for (const [from, to] of stretches(x0.length, LONGEST_STRETCH)) {
        const stretch = [x0.subarray(from, to), x1.subarray(from, to)];
        for (const [k, column] of stretch.entries()) {
          const ahead = column.map((coordinate) => coordinate + h);
          const behind = column.map((coordinate) => coordinate - h);
          const valuesAhead = f.valuesAt(withColumn(stretch, k, ahead));
          const valuesBehind = f.valuesAt(withColumn(stretch, k, behind));
          if (mustBeFinite) [valuesAhead, valuesBehind].forEach(refuseNonFinite);
          for (const [i, value] of valuesAhead.entries()) {
            slopes[k][from + i] = (value - valuesBehind[i]) / (2 * h);
          }
        }
        yield to / x0.length;
      }
      return slopes;
    },

    *columns(f, points, { h, mustBeFinite, mustBeTwo }) {
      const slopes = emptyField(points[0].length);
      for (const [k, row] of points.entries()) {
        if (mustBeTwo && row.length !== 2) throw new RangeError("not two numbers");
        for (const stretch of f.valuesOfMoves(row, h)) {
          if (stretch) {
            const { from, to, values } = stretch;
            if (mustBeFinite) refuseNonFinite(values);
            for (let i = from; i < to; i++) {
              const n = 2 * (i - from);
              slopes[k][i] = (values[n] - values[n + 1]) / (2 * h);
            }
          }
          yield (k + (stretch?.to ?? 0) / row.length) / 2;
        }
      }
      return slopes;
    },
  };

  function withColumn(columns, k, column) {
    return columns.map((other, n) => (n === k ? column : other));
  }

  function refuseNonFinite(values) {
    if (!values.every(isFinite)) throw new RangeError("not finite");
  }

  /* The measurement. A point counts where its true gradient is finite. */

  // An entry is right if it is off by no more than this, relative to 1 + the largest true
  // length: the central difference with h = 1e-4 stays well below it where f is smooth.
  const TOLERANCE = 1e-6;

  // Arrows point the right way up to this angle: nobody sees a tenth of a degree.
  const PARALLEL_DEGREES = 0.1;

  // Lengths are wrong by one factor if their ratios differ by no more than a thousandth.
  const EQUAL_RATIOS = 1e-3;

  /** Measure f in both layouts. Beside its measurement, each has the gradient that the
      routine gave; both share the points and the truth. A function from a script may demand
      that x is two numbers, or that its values are finite: else it raises an error. */
  function* measuring(f, grid = {}, demands = {}) {
    const { start = -2, stop = 2.5, step = 0.25, h = 1e-4 } = grid;
    if (!Number.isFinite(h) || h <= 0) fail("h");
    const points = gridPoints(start, stop, step);
    const options = { h, ...demands };
    const measuringAs = (layout) => measuringLayout(layout, f, points, truth, options);
    const truth = yield* sharing(0, 0.05, exactGradients(f, points));
    const rows = yield* sharing(0.05, 0.15, measuringAs("rows"));
    const columns = yield* sharing(0.15, 1, measuringAs("columns"));
    return { points, truth, rows, columns };
  }

  /** Steps that say how much of themselves is done, as a share of all the work. */
  function* sharing(from, to, steps) {
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      yield from + (to - from) * value;
    }
  }

  function* exactGradients(f, [x0, x1]) {
    const truth = emptyField(x0.length);
    for (const [from, to] of stretches(x0.length, LONGEST_STRETCH)) {
      const gradients = f.gradientsAt([x0.subarray(from, to), x1.subarray(from, to)]);
      truth[0].set(gradients[0], from);
      truth[1].set(gradients[1], from);
      yield to / x0.length;
    }
    if (!truth[0].some((slope) => !Number.isNaN(slope))) fail("truth");
    return truth;
  }

  function* measuringLayout(layout, f, points, truth, options) {
    const { length } = points[0];
    const measurement = {
      argument_shape: [layout === "rows" ? 2 : length],
      calls: null,
      arrows: length,
      nonzero: null,
      wrong: null,
      max_error: null,
      median_length_ratio: null,
      max_angle_deg: null,
      verdict: "raises",
    };
    let gradient;
    try {
      gradient = yield* SLOPES[layout](f, points, options);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // f asked for x[1] of one number
      gradient = emptyField(length).map((column) => column.fill(NaN));
      return { gradient, measurement };
    }
    const figures = yield* comparing(truth, gradient, layout);
    return { gradient, measurement: { ...measurement, ...figures } };
  }

  function* comparing([truth0, truth1], [gradient0, gradient1], layout) {
    const halfOfTolerance = TOLERANCE * (0.5 + halfOfLongest(truth0, truth1));
    const ratios = [];
    let nonzero = 0;
    let trueNonzero = 0;
    let wrong = 0;
    let maxError = -Infinity;
    let maxAngle = -Infinity;
    for (const [from, to] of stretches(truth0.length, LONGEST_STRETCH)) {
      for (let i = from; i < to; i++) {
        const t0 = truth0[i];
        const t1 = truth1[i];
        const g0 = gradient0[i];
        const g1 = gradient1[i];
        const hasArrow = isArrow(g0, g1);
        const hasTrueArrow = isArrow(t0, t1);
        if (hasArrow) nonzero += 1;
        if (hasTrueArrow) trueNonzero += 1;
        if (isFinite(t0) && isFinite(t1)) {
          const error0 = Math.abs(g0 - t0);
          const error1 = Math.abs(g1 - t1);
          const isRight =
            error0 / 2 <= halfOfTolerance && error1 / 2 <= halfOfTolerance;
          if (!isRight) wrong += 1; // so nan is wrong, too
          if (isFinite(error0)) maxError = Math.max(maxError, error0);
          if (isFinite(error1)) maxError = Math.max(maxError, error1);
        }
        if (hasArrow && hasTrueArrow) {
          ratios.push(Math.hypot(g0, g1) / Math.hypot(t0, t1));
          maxAngle = Math.max(maxAngle, degreesBetween(g0, g1, t0, t1));
        }
      }
      yield 1;
    }
    const sortedRatios = Float64Array.from(ratios).sort();
    const isScaled = maxAngle <= PARALLEL_DEGREES && areEqual(sortedRatios);
    return {
      calls: 4 * truth0.length,
      nonzero,
      wrong,
      max_error: finiteOrNull(maxError),
      median_length_ratio: finiteOrNull(medianOf(sortedRatios)),
      max_angle_deg: finiteOrNull(maxAngle),
      verdict: verdictOf(layout, { nonzero, trueNonzero, wrong, isScaled }),
    };
  }

  function verdictOf(layout, { nonzero, trueNonzero, wrong, isScaled }) {
    if (layout === "rows") return wrong > 0 ? "inexact" : "right";
    if (wrong === 0) return "hidden";
    if (nonzero === 0) return "blank";
    if (nonzero < trueNonzero / 2) return "sparse";
    if (isScaled) return "scaled";
    return "plausible";
  }

  /** Half of the largest true length: the whole of it may exceed the largest number where its
      entries do not. */
  function halfOfLongest(truth0, truth1) {
    let longest = 0;
    for (const [i, t0] of truth0.entries()) {
      const length = Math.hypot(t0 / 2, truth1[i] / 2);
      if (length > longest) longest = length; // which nan is not
    }
    return longest;
  }

  /** Whether a vector is finite, and not exactly zero. */
  function isArrow(a, b) {
    return isFinite(a) && isFinite(b) && (a !== 0 || b !== 0);
  }

  function degreesBetween(a0, a1, b0, b1) {
    const turn = Math.abs(Math.atan2(a0, a1) - Math.atan2(b0, b1));
    return Math.min(turn, 2 * Math.PI - turn) * (180 / Math.PI);
  }

  /** The median of sorted numbers, among which nan is last. */
  function medianOf(sorted) {
    const last = sorted.length - 1;
    if (last < 0 || Number.isNaN(sorted[last])) return NaN;
    return (sorted[Math.floor(last / 2)] + sorted[Math.ceil(last / 2)]) / 2;
  }

  /** Whether sorted ratios are one factor; false for none. */
  function areEqual(sortedRatios) {
    const spread = sortedRatios.at(-1) - sortedRatios[0];
    return spread <= EQUAL_RATIOS * medianOf(sortedRatios);
  }

  function finiteOrNull(value) {
    return Number.isFinite(value) ? value : null;
  }

  /** Measure a text on a grid {start, stop, step, h}, without a pause. */
  function measure(text, grid) {
    const steps = measuring(parse(text), grid);
    let step = steps.next();
    while (!step.done) step = steps.next();
    const { rows, columns } = step.value;
    return { rows: rows.measurement, columns: columns.measurement };
  }

  globalThis.gradviz = {
    parse,
    measure,
    measuring,
    gridPoints,
    axisLength,
    functions: FUNCTIONS,
    PARALLEL_DEGREES,
  };
}
