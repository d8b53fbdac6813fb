/* Numerics: the spelling language and the measurement in the browser, as Python has them in
   gradviz_core/spelling/ and gradviz_core/numerics/: a change here is a change there.

   Legend: f the function, x one point, v the value of a step, a and b the values of its
   operands, h the step of the difference, T the true gradients, G what a layout gave. */
"use strict";

{
  /* Loops: one operation along rows of numbers. The entry i of a row stands at stride * i:
     the stride of a vector is 1, and that of a number, whose one entry serves for all, 0.
     The operators have loops of their own: to call a function costs more than to add. */

  function addRows(v, a, strideOfA, b, strideOfB) {
    for (let i = 0; i < v.length; i++) {
      v[i] = a[strideOfA * i] + b[strideOfB * i];
    }
  }

  function subtractRows(v, a, strideOfA, b, strideOfB) {
    for (let i = 0; i < v.length; i++) {
      v[i] = a[strideOfA * i] - b[strideOfB * i];
    }
  }

  function multiplyRows(v, a, strideOfA, b, strideOfB) {
    for (let i = 0; i < v.length; i++) {
      v[i] = a[strideOfA * i] * b[strideOfB * i];
    }
  }

  function divideRows(v, a, strideOfA, b, strideOfB) {
    for (let i = 0; i < v.length; i++) {
      v[i] = a[strideOfA * i] / b[strideOfB * i];
    }
  }

  /** The loop of any other operation. */
  function loopOver(compute) {
    return (v, a, strideOfA, b, strideOfB) => {
      for (let i = 0; i < v.length; i++) {
        v[i] = compute(a[strideOfA * i], b[strideOfB * i]);
      }
    };
  }

  const takePowers = loopOver(power);
  const takeRoots = loopOver(Math.sqrt);

  /** Rows to a power, with the short cuts that NumPy takes where the exponent is a number. */
  function powerRows(v, a, strideOfA, b, strideOfB) {
    const exponent = strideOfB === 0 ? b[0] : NaN;
    if (exponent === 2) {
      multiplyRows(v, a, strideOfA, a, strideOfA);
    } else if (exponent === 0.5 && strideOfA === 1) {
      takeRoots(v, a, strideOfA, b, strideOfB);
    } else {
      takePowers(v, a, strideOfA, b, strideOfB);
    }
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

  /** The sum of a row, or of a part of it, rounded as NumPy rounds it. */
  function sum(row, start = 0, end = row.length) {
    const length = end - start;
    if (length > 128) {
      const middle = start + 8 * Math.floor(length / 16);
      return sum(row, start, middle) + sum(row, middle, end);
    }
    const totals = new Float64Array(8);
    let i = start;
    for (; i + 8 <= end; i += 8) {
      for (let k = 0; k < 8; k++) totals[k] += row[i + k];
    }
    const [a, b, c, d, e, f, g, h] = totals;
    const firstHalf = a + b + (c + d);
    const secondHalf = e + f + (g + h);
    let total = firstHalf + secondHalf;
    for (; i < end; i++) total += row[i];
    return total;
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
      "+": operatorOf(SUM, addRows, (a, b) => a + b, one, one),
      "-": operatorOf(SUM, subtractRows, (a, b) => a - b, one, minusOne),
      "*": operatorOf(
        PRODUCT,
        multiplyRows,
        (a, b) => a * b,
        (v, a, b) => b,
        (v, a) => a,
      ),
      "/": operatorOf(
        PRODUCT,
        divideRows,
        (a, b) => a / b,
        (v, a, b) => 1 / b,
        (v, a, b) => -v / b,
      ),
      "**": operatorOf(POWER, powerRows, power, basePartial, exponentPartial),
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

  /** A rule of one operand, a row, by the rules of one number and of two, since x has two. */
  function reductionOf(reduce, ofOne, ofTwo) {
    return { reduce, partials: [one], ofOne, ofTwo };
  }

  /** A reduction that goes along the row by a rule of two. Most keep a single number. */
  function foldOf(ofTwo) {
    const { compute } = ofTwo;
    return reductionOf((row) => row.reduce((a, b) => compute(a, b)), identity, ofTwo);
  }

  function mean(row) {
    return sum(row) / row.length;
  }

  function norm(row) {
    return Math.sqrt(row.reduce((total, a) => total + a * a, 0));
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
      sum: reductionOf(sum, identity, add),
      mean: reductionOf(mean, identity, meanOfTwo),
      prod: foldOf(multiply),
      max: foldOf(maximum),
      min: foldOf(minimum),
      "linalg.norm": reductionOf(norm, abs, hypot),
    }),
  );

  /* Duals: a value with its slopes along x[0] and x[1], null where it cannot depend on that
     coordinate. */

  function constantDual(value) {
    return { value, alongX0: null, alongX1: null };
  }

  function coordinateDuals(x) {
    return [
      { value: x[0], alongX0: 1, alongX1: null },
      { value: x[1], alongX0: null, alongX1: 1 },
    ];
  }

  function varies(dual) {
    return dual.alongX0 !== null || dual.alongX1 !== null;
  }

  /** total + partial * slope, where what is null is zero. */
  function plusProduct(total, partial, slope) {
    if (slope === null) return total;
    return (total ?? 0) + partial * slope;
  }

  /** The dual of a step by the chain rule. A step with one operand has none in b. */
  function chain(rule, a, b = constantDual()) {
    const value = rule.compute(a.value, b.value);
    let alongX0 = null;
    let alongX1 = null;
    for (const [k, operand] of [a, b].entries()) {
      if (!varies(operand)) continue; // the partial along a constant is not needed
      const partial = rule.partials[k](value, a.value, b.value, varies(a));
      alongX0 = plusProduct(alongX0, partial, operand.alongX0);
      alongX1 = plusProduct(alongX1, partial, operand.alongX1);
    }
    return { value, alongX0, alongX1 };
  }

  /* Nodes of the syntax tree. A node has a stride, as its rows have; a column, if it may be
     the root and a vector; read(x), its value there, in a row that it overwrites the next
     time; and duals(x), of a number one, of a vector two. */

  function numberNode(evaluate, dualAt) {
    const row = new Float64Array(1);
    return {
      stride: 0,
      read: (x) => row.fill(evaluate(x)),
      duals: (x) => [dualAt(x)],
    };
  }

  /** A number that does not vary with x, though it may depend on the length of x. */
  function constantNode(evaluate) {
    return numberNode(evaluate, (x) => constantDual(evaluate(x)));
  }

  function itemNode(index) {
    function evaluate(x) {
      const entry = x.at(index);
      if (entry === undefined) throw new RangeError("too few numbers");
      return entry;
    }
    return numberNode(evaluate, (x) => coordinateDuals(x).at(index));
  }

  function vectorNode(column) {
    return { column, stride: 1, read: (x) => x, duals: coordinateDuals };
  }

  function reductionNode(rule, operand) {
    function dualAt(x) {
      const duals = operand.duals(x);
      return chain(duals.length === 1 ? rule.ofOne : rule.ofTwo, ...duals);
    }
    return numberNode((x) => rule.reduce(operand.read(x)), dualAt);
  }

  // Stands for the second operand of a step that has one alone; no rule looks at it.
  const NO_OPERAND = constantNode(() => NaN);

  function stepNode(rule, column, a, b = NO_OPERAND) {
    const wider = a.stride ? a : b;
    let row = new Float64Array(1);

    function read(x) {
      const rowOfA = a.read(x);
      const rowOfB = b.read(x);
      const { length } = wider === a ? rowOfA : rowOfB;
      if (row.length !== length) row = new Float64Array(length);
      rule.loop(row, rowOfA, a.stride, rowOfB, b.stride);
      return row;
    }

    function duals(x) {
      const dualsOfA = a.duals(x);
      const dualsOfB = b.duals(x);
      const widerDuals = wider === a ? dualsOfA : dualsOfB;
      // Of a vector and a number, the number goes with each entry.
      return widerDuals.map((_, k) =>
        chain(rule, dualsOfA[a.stride * k], dualsOfB[b.stride * k]),
      );
    }

    return { column, stride: wider.stride, read, duals };
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
      if (root.stride) fail("vector", root.column);
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
      return constantNode((x) => x.length);
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
    const root = new Parser(text).root();
    return {
      source: text,
      evaluate: (x) => root.read(x)[0],
      gradient: (x) => gradientAt(root, x),
    };
  }

  function areFinite(numbers) {
    return numbers.every(Number.isFinite);
  }

  /** The exact gradient at a point; nan where a step of the computation has none. */
  function gradientAt(root, x) {
    if (x.length !== 2) throw new RangeError("a point has two numbers");
    const [dual] = root.duals(x);
    const gradient = [dual.alongX0 ?? 0, dual.alongX1 ?? 0];
    const exists = areFinite([dual.value, ...gradient]);
    return exists ? gradient : [NaN, NaN];
  }

  /* The grid */

  /** How many values numpy.arange(start, stop, step) has, if they make an axis of a grid. */
  function axisLength(start, stop, step) {
    const size = (stop - start) / step;
    const isGrid = areFinite([start, stop, step]) && size > 0 && size <= MAX_VALUES;
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
    return axis.flatMap((x1) => axis.map((x0) => [x0, x1]));
  }

  /* The book's routine, on a copy: each row of X is taken for a point. It is one of the
     generators that yield between small steps of long work, so that a page stays quick. */

  function* numericalGradient(f, X, h) {
    const gradient = [];
    for (const row of X) {
      const x = Float64Array.from(row);
      const slopes = [];
      for (const [i, coordinate] of row.entries()) {
        x[i] = coordinate + h;
        const ahead = f(x);
        x[i] = coordinate - h;
        const behind = f(x);
        slopes.push((ahead - behind) / (2 * h));
        x[i] = coordinate;
        yield;
      }
      gradient.push(slopes);
    }
    return gradient;
  }

  /* Layouts: how points are arranged in the array that the routine gets, and what the
     result says of them, one arrow a point */

  const LAYOUTS = {
    rows: {
      arrange: (points) => points,
      arrowsOf: (result) => result,
    },
    columns: {
      arrange: (points) => [points.map(([x0]) => x0), points.map(([, x1]) => x1)],
      arrowsOf: (result) => result[0].map((_, i) => [result[0][i], result[1][i]]),
    },
  };

  /* The measurement. A point counts where its true gradient is finite. */

  // An entry is right if it is off by no more than this, relative to 1 + the largest true
  // length: the central difference with h = 1e-4 stays well below it where f is smooth.
  const TOLERANCE = 1e-6;

  // Arrows point the right way up to this angle: nobody sees a tenth of a degree.
  const PARALLEL_DEGREES = 0.1;

  // Lengths are wrong by one factor if their ratios differ by no more than a thousandth.
  const EQUAL_RATIOS = 1e-3;

  /** Measure f in both layouts. Beside its measurement, each has the array X that the routine
      got, and its gradient; both share the points and the truth. */
  function* measuring(f, { start = -2, stop = 2.5, step = 0.25, h = 1e-4 } = {}) {
    if (!Number.isFinite(h) || h <= 0) fail("h");
    const points = gridPoints(start, stop, step);
    const truth = [];
    for (const point of points) {
      truth.push(f.gradient(point));
      yield;
    }
    if (!truth.some(areFinite)) fail("truth");
    const rows = yield* measuringLayout("rows", f, points, truth, h);
    const columns = yield* measuringLayout("columns", f, points, truth, h);
    return { points, truth, rows, columns };
  }

  function* measuringLayout(layout, f, points, T, h) {
    const { arrange, arrowsOf } = LAYOUTS[layout];
    const X = arrange(points);
    const measurement = {
      argument_shape: [X[0].length],
      calls: null,
      arrows: points.length,
      nonzero: null,
      wrong: null,
      max_error: null,
      median_length_ratio: null,
      max_angle_deg: null,
      verdict: "raises",
    };
    let result;
    try {
      result = yield* numericalGradient(f.evaluate, X, h);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // f asked for x[1] of one number
      return { X, gradient: points.map(() => [NaN, NaN]), measurement };
    }
    const gradient = arrowsOf(result);
    const figures = yield* comparing(T, gradient, layout);
    return { X, gradient, measurement: { ...measurement, ...figures } };
  }

  function* comparing(T, G, layout) {
    const halfOfTolerance = TOLERANCE * (0.5 + halfOfLongest(T));
    const ratios = [];
    let nonzero = 0;
    let trueNonzero = 0;
    let wrong = 0;
    let maxError = -Infinity;
    let maxAngle = -Infinity;
    for (const [i, truth] of T.entries()) {
      const arrow = G[i];
      if (isArrow(arrow)) nonzero += 1;
      if (isArrow(truth)) trueNonzero += 1;
      if (areFinite(truth)) {
        const errors = arrow.map((entry, k) => Math.abs(entry - truth[k]));
        const isRight = errors.every((error) => error / 2 <= halfOfTolerance);
        if (!isRight) wrong += 1; // so nan is wrong, too
        maxError = Math.max(maxError, ...errors.filter(Number.isFinite));
      }
      if (isArrow(arrow) && isArrow(truth)) {
        ratios.push(Math.hypot(...arrow) / Math.hypot(...truth));
        maxAngle = Math.max(maxAngle, degreesBetween(arrow, truth));
      }
      yield;
    }
    const sortedRatios = Float64Array.from(ratios).sort();
    const isScaled = maxAngle <= PARALLEL_DEGREES && areEqual(sortedRatios);
    return {
      calls: 4 * T.length,
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
  function halfOfLongest(T) {
    const lengths = T.filter(areFinite).map(([a, b]) => Math.hypot(a / 2, b / 2));
    return lengths.reduce((longest, length) => Math.max(longest, length), 0);
  }

  /** Whether a vector is finite, and not exactly zero. */
  function isArrow(vector) {
    return areFinite(vector) && vector.some((entry) => entry !== 0);
  }

  function degreesBetween(arrow, other) {
    const turn = Math.abs(Math.atan2(...arrow) - Math.atan2(...other));
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
