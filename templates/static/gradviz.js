/* The spelling language and the measurement in the browser, after gradviz_core/{rules,spelling,
   book,layout,measurement}.py. Legend: f the function, x a point, v a value, a and b its
   operands, h the step of the difference, T the true gradients, G what a layout gave. */
"use strict";

{
  /* Rows of numbers. A number is a row of one that serves for all: its stride, p or q, is 0. An
     operator has a loop of its own, since to call a function costs more than to add. */

  const LOOPS = {
    "+": (v, a, p, b, q) => {
      for (let i = 0; i < v.length; i++) v[i] = a[p * i] + b[q * i];
    },
    "-": (v, a, p, b, q) => {
      for (let i = 0; i < v.length; i++) v[i] = a[p * i] - b[q * i];
    },
    "*": (v, a, p, b, q) => {
      for (let i = 0; i < v.length; i++) v[i] = a[p * i] * b[q * i];
    },
    "/": (v, a, p, b, q) => {
      for (let i = 0; i < v.length; i++) v[i] = a[p * i] / b[q * i];
    },
    "**": (v, a, p, b, q) => {
      if (q === 0 && b[0] === 2) LOOPS["*"](v, a, p, a, p);
      else loopOver(p > q && b[0] === 0.5 ? Math.sqrt : power)(v, a, p, b, q); // so does NumPy a row
    },
  };
  const loopOver = (compute) => (v, a, p, b, q) => {
    for (let i = 0; i < v.length; i++) v[i] = compute(a[p * i], b[q * i]);
  };

  function power(a, b) {
    if (b === 2) return a * a;
    if (b === 3) return a * a * a;
    if (b === 4) return a * a * (a * a);
    return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b; // C has 1, ** has nan
  }

  /** The sum of a row, or a part of it, as NumPy rounds it: by halves, and then by eight totals. */
  function sum(row, start = 0, end = row.length) {
    if (end - start > 128) {
      const middle = start + (((end - start) >> 4) << 3);
      return sum(row, start, middle) + sum(row, middle, end);
    }
    const totals = new Float64Array(8);
    let i = start;
    for (; i + 8 <= end; i += 8) for (let k = 0; k < 8; k++) totals[k] += row[i + k];
    const [a, b, c, d, e, f, g, h] = totals;
    let total = a + b + (c + d) + (e + f + (g + h));
    for (; i < end; i++) total += row[i];
    return total;
  }

  /* The rules: how a step is computed, and its partial derivatives, one an operand.
     One that does not exist is nan or infinite, which every later product and sum lets through. */

  const rule = (compute, ...partials) => ({
    compute,
    partials,
    loop: loopOver(compute),
  });
  const one = () => 1;
  const within = (domain, partial) => (domain ? partial : NaN);
  const larger = (v, a, b) => (a > b) / (a !== b); // a tie divides 0 by 0
  const smaller = (v, a, b) => larger(v, b, a);

  const basePartial = (v, a, b) =>
    // where b varies and a <= 0, the other partial is not finite
    b === 0 ? 0 : within(a > 0 || Number.isInteger(b), b * power(a, b - 1));
  const exponentPartial = (v, a, b, baseVaries) =>
    baseVaries || a > 0 ? v * Math.log(a) : within(a === 0 && b > 0, 0);

  const [SUM, TERM, POWER] = [1, 2, 4]; // signs bind between the last two
  const operator = (text, precedence, compute, ...partials) => [
    text,
    { compute, partials, precedence, loop: LOOPS[text] },
  ];
  const OPERATORS = new Map([
    operator("+", SUM, (a, b) => a + b, one, one),
    operator(
      "-",
      SUM,
      (a, b) => a - b,
      one,
      () => -1,
    ),
    operator(
      "*",
      TERM,
      (a, b) => a * b,
      (v, a, b) => b,
      (v, a) => a,
    ),
    operator(
      "/",
      TERM,
      (a, b) => a / b,
      (v, a, b) => 1 / b,
      (v, a, b) => -v / b,
    ),
    operator("**", POWER, power, basePartial, exponentPartial),
  ]);
  const SIGNS = new Map([
    ["+", rule((a) => a, one)],
    [
      "-",
      rule(
        (a) => -a,
        () => -1,
      ),
    ],
  ]);
  const [add, multiply, plus] = [
    OPERATORS.get("+"),
    OPERATORS.get("*"),
    SIGNS.get("+"),
  ];
  const abs = rule(Math.abs, (v, a) => a / v);
  const hypot = rule(
    Math.hypot,
    (v, a, b) => a / v,
    (v, a, b) => b / v,
  );
  const maximum = rule((a, b) => (a > b || a !== a ? a : b), larger, smaller);
  const minimum = rule((a, b) => (a < b || a !== a ? a : b), smaller, larger);
  const middle = rule(
    (a, b) => (a + b) / 2,
    () => 0.5,
    () => 0.5,
  );
  // What a reduction makes of a row, and its rules over one number and over the two of a point.
  const reduction = (reduce, ...over) => ({ reduce, partials: [one], over });
  const folded = (pair) => reduction((row) => row.reduce(pair.compute), plus, pair);
  const NAMES = new Map(
    Object.entries({
      pi: Math.PI,
      e: Math.E,
      sin: rule(Math.sin, (v, a) => Math.cos(a)),
      cos: rule(Math.cos, (v, a) => -Math.sin(a)),
      tan: rule(Math.tan, (v) => 1 + v * v),
      arctan: rule(Math.atan, (v, a) => 1 / (1 + a * a)),
      arcsin: rule(Math.asin, (v, a) => 1 / Math.sqrt((1 - a) * (1 + a))),
      arccos: rule(Math.acos, (v, a) => -1 / Math.sqrt((1 - a) * (1 + a))),
      sinh: rule(Math.sinh, (v, a) => Math.cosh(a)),
      cosh: rule(Math.cosh, (v, a) => Math.sinh(a)),
      tanh: rule(Math.tanh, (v, a) => Math.cosh(a) ** -2),
      exp: rule(Math.exp, (v) => v),
      expm1: rule(Math.expm1, (v, a) => Math.exp(a)),
      log: rule(Math.log, (v, a) => within(a > 0, 1 / a)),
      log2: rule(Math.log2, (v, a) => within(a > 0, 1 / a / Math.LN2)),
      log10: rule(Math.log10, (v, a) => within(a > 0, 1 / a / Math.LN10)),
      log1p: rule(Math.log1p, (v, a) => within(a > -1, 1 / (1 + a))),
      sqrt: rule(Math.sqrt, (v) => 0.5 / v),
      square: rule(
        (a) => a * a,
        (v, a) => 2 * a,
      ),
      sign: rule(
        (a) => Math.sign(a) + 0,
        (v, a) => 0 / a,
      ), // + 0 makes 0 of -0
      abs,
      maximum,
      minimum,
      hypot,
      sum: reduction(sum, plus, add),
      mean: reduction((row) => sum(row) / row.length, plus, middle),
      prod: folded(multiply),
      max: folded(maximum),
      min: folded(minimum),
      "linalg.norm": reduction(
        (row) => Math.sqrt(row.reduce((all, a) => all + a * a, 0)),
        abs,
        hypot,
      ),
    }),
  );

  /* A node of the tree: its stride, 1 for a vector, which has a column; read(x), its value, a row
     that it keeps; duals(x), for a number one, for a vector two. A dual is a value and its slopes along x[0]
     and x[1], undefined for none. */

  const coordinates = (x) => [
    [x[0], 1],
    [x[1], undefined, 1],
  ];

  function numberNode(numberOf, duals = (x) => [[numberOf(x)]]) {
    const row = new Float64Array(1);
    return { stride: 0, read: (x) => row.fill(numberOf(x)), duals };
  }

  function itemNode(index) {
    const missing = () => {
      throw new RangeError("too few numbers");
    };
    return numberNode(
      (x) => x.at(index) ?? missing(),
      (x) => [coordinates(x).at(index)],
    );
  }

  const nothing = numberNode(() => NaN);

  function apply(rule, column, a, b = nothing) {
    const reduced = (x) => [chain(rule.over[a.stride], ...a.duals(x))];
    if (rule.over) return numberNode((x) => rule.reduce(a.read(x)), reduced);
    let row = new Float64Array(1);
    const read = (x) => {
      const [first, second] = [a.read(x), b.read(x)];
      const { length } = a.stride ? first : second;
      if (row.length !== length) row = new Float64Array(length);
      rule.loop(row, first, a.stride, second, b.stride);
      return row;
    };
    const duals = (x) => {
      const [first, second] = [a.duals(x), b.duals(x)];
      const dual = (_, k) => chain(rule, first[a.stride * k], second[b.stride * k]);
      return (a.stride ? first : second).map(dual);
    };
    return { column, stride: a.stride || b.stride, read, duals };
  }

  const varies = (dual) => dual.length > 1;

  function chain({ compute, partials }, a, b = []) {
    const dual = [compute(a[0], b[0])];
    for (const [k, operand] of [a, b].entries()) {
      if (!varies(operand)) continue; // a constant: its partial is not needed
      const partial = partials[k](dual[0], a[0], b[0], varies(a));
      for (const along of [1, 2]) {
        if (operand[along] !== undefined)
          dual[along] = (dual[along] ?? 0) + partial * operand[along];
      }
    }
    return dual;
  }

  /* The grammar: from text to the root of a tree, or to a column and a reason */

  const MOST = { characters: 256, brackets: 32, nodes: 200, values: 1000 };
  const INDEXES = ["0", "1", "-1", "-2"];
  const TOKEN =
    /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|\*\*=?|\/\/=?|->|\.{3}|[-+*/@]=|[^ ]|$/gu;
  const [NUMBER, NAME, ZEROS] = [/^\.?\d/, /^[A-Z_]/i, /^0+[1-9]\d*$/];

  /** For a page to word, by reason: grid h truth; with the column of a spelling: end character
      unexpected name index arity limit vector. */
  function fail(reason, column, details) {
    const message = column ? `column ${column}: ${reason}` : reason;
    throw Object.assign(new RangeError(message), details, { column, reason });
  }

  const refuseLimit = (of, column) => fail("limit", column, { most: MOST[of], of });

  function refuse({ text: found, column }, expected, reason = "unexpected") {
    if (found === "") reason = "end";
    else if (/^[^-+*/@.,()[\]\w]/u.test(found)) reason = "character";
    const full = [`np.${found}`, `np.linalg.${found}`];
    const suggestion = full.find((name) => NAMES.has(name.slice(3)));
    fail(reason, column, { found, expected, suggestion });
  }

  // Precedence climbing: a function takes the tokens of a node and returns it. One text at a time.
  let [tokens, position, nodes, brackets] = [[], 0, 0, 0];

  /** Give {source, evaluate(x), gradient(x)}, or fail with its column. */
  function parse(text) {
    const most = MOST.characters; // of at most two code units each
    if ([...text.slice(0, 2 * most + 1)].length > most)
      refuseLimit("characters", most + 1);
    tokens = Array.from(text.matchAll(TOKEN), ({ 0: text, index }) => ({
      text,
      column: index + 1,
    }));
    [position, nodes, brackets] = [0, 0, 0];
    const root = expression();
    if (ahead()) refuse(take(), ["operator"]);
    if (root.stride) fail("vector", root.column);
    return {
      source: text,
      evaluate: (x) => root.read(x)[0],
      gradient: (x) => gradientAt(root, x),
    };
  }

  const areFinite = (numbers) => numbers.every(Number.isFinite);

  function gradientAt(root, x) {
    if (x.length !== 2) throw new RangeError("a point has two numbers");
    const [[value, first = 0, second = 0]] = root.duals(x);
    return areFinite([value, first, second]) ? [first, second] : [NaN, NaN];
  }

  const ahead = () => tokens[position].text;
  const name = (token = take()) =>
    NAME.test(token.text) ? token.text : refuse(token, ["name"]);
  const constant = (token, number) => count(token) && numberNode(() => number);
  const lengthOf = () => take("x") && ((x) => x.length);
  const called = (column, read) => take("(") && enclosed(column, read);

  function take(wanted, expected = [wanted]) {
    const token = tokens[position++];
    if (wanted && token.text !== wanted) refuse(token, expected);
    return token;
  }

  /** Count a node, and see that those it needs behind it still have room. */
  function count({ column }, operands = 0) {
    if (++nodes + operands > MOST.nodes) refuseLimit("nodes", column);
    return column;
  }

  function enclosed(column, read, closing = ")") {
    if (++brackets > MOST.brackets) refuseLimit("brackets", column);
    const found = read();
    take(closing, ["operator", closing]);
    brackets--;
    return found;
  }

  function expression(loosest = SUM) {
    const sign = SIGNS.get(ahead());
    let node = sign
      ? apply(sign, count(take(), 1), expression(POWER))
      : operand(take(), loosest <= TERM);
    let rule;
    while ((rule = OPERATORS.get(ahead()))?.precedence >= loosest) {
      const column = count(take(), 1); // ** groups from the right
      node = apply(
        rule,
        column,
        node,
        expression(Math.min(rule.precedence + 1, POWER)),
      );
    }
    return node;
  }

  function operand(token, startsTerm) {
    const { text, column } = token;
    if (text === "(") return enclosed(column, expression);
    if (text === "np") return dotted(token);
    if (text === "len") return count(token) && numberNode(called(column, lengthOf));
    if (text === "x") return variable(count(token), startsTerm);
    if (NUMBER.test(text) && !ZEROS.test(text)) return constant(token, Number(text));
    return refuse(token, ["operand"], NAME.test(text) ? "name" : "unexpected");
  }

  function variable(column, startsTerm) {
    if (ahead() === "[") return itemNode(enclosed(take().column, index, "]"));
    const vector = { column, stride: 1, read: (x) => x, duals: coordinates };
    if (ahead() !== "@" || !startsTerm) return vector;
    count(take(), 1);
    count(take("x"));
    if (ahead() === "**") refuse(take(), ["(x @ x)**2"]);
    return apply(NAMES.get("sum"), column, apply(multiply, column, vector, vector));
  }

  function index() {
    const sign = ahead() === "-" ? take().text : "";
    const place = take();
    const found = sign + place.text;
    return INDEXES.includes(found) ? Number(found) : refuse(place, INDEXES, "index");
  }

  function dotted(token) {
    take(".");
    let text = name();
    if (text === "linalg") text += take(".").text + name();
    const rule = NAMES.get(text) ?? refuse({ ...token, text }, ["function"], "name");
    if (typeof rule === "number") return constant(token, rule);
    const wanted = rule.partials.length;
    const column = count(token, wanted);
    const given = called(column, operands);
    if (given.length === wanted) return apply(rule, column, ...given);
    return fail("arity", column, { found: `np.${text}`, wanted, given: given.length });
  }

  function operands() {
    const found = ahead() === ")" ? [] : [expression()];
    while (found.length && ahead() === "," && take()) found.push(expression());
    return found;
  }

  /* The book's routine, on a copy: each row of X is taken for a point */

  function* numericalGradient(f, X, h) {
    const gradient = X.map(() => []);
    for (const [k, row] of X.entries()) {
      const x = Float64Array.from(row);
      for (const [i, kept] of row.entries()) {
        x[i] = kept + h;
        const ahead = f(x);
        x[i] = kept - h;
        gradient[k].push((ahead - f(x)) / (2 * h));
        x[i] = kept;
        yield;
      }
    }
    return gradient;
  }

  /* The measurement: points and arrows are pairs of numbers */

  const [TOLERANCE, PARALLEL, EQUAL] = [1e-6, 0.1, 1e-3]; // the second in degrees
  const isArrow = (pair) => areFinite(pair) && pair.some(Boolean);
  const finite = (value) => (Number.isFinite(value) ? value : null);

  /** The points of the square grid whose axes are numpy.arange(start, stop, step), x0 fastest. */
  function gridPoints(start, stop, step) {
    const size = (stop - start) / step;
    const isGrid = areFinite([start, stop, step]) && size > 0 && size <= MOST.values;
    if (!isGrid) fail("grid"); // so many values an axis
    const stride = start + step - start; // as NumPy rounds it, from the second value on
    const value = (_, i) => start + i * (i < 2 ? step : stride);
    const axis = Array.from({ length: Math.ceil(size) }, value);
    return axis.flatMap((x1) => axis.map((x0) => [x0, x1]));
  }

  /** The measurement of a parsed spelling in small steps, returned with its pairs of numbers, one
      a point: {points, truth, rows, columns}, the latter two {X, gradient, measurement}. */
  function* measuring(f, { start = -2, stop = 2.5, step = 0.25, h = 1e-4 } = {}) {
    if (!(Number.isFinite(h) && h > 0)) fail("h");
    const [points, truth] = [gridPoints(start, stop, step), []];
    for (const point of points) {
      truth.push(f.gradient(point));
      yield;
    }
    if (!truth.some(areFinite)) fail("truth"); // it is finite nowhere
    const rows = yield* measureLayout(f, points, truth, h, false);
    return {
      points,
      truth,
      rows,
      columns: yield* measureLayout(f, points, truth, h, true),
    };
  }

  function* measureLayout(f, points, T, h, inColumns) {
    const X = inColumns ? [0, 1].map((k) => points.map((point) => point[k])) : points;
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
    try {
      const result = yield* numericalGradient(f.evaluate, X, h);
      const G = inColumns ? points.map((_, i) => [result[0][i], result[1][i]]) : result;
      return {
        X,
        gradient: G,
        measurement: { ...measurement, ...(yield* compare(T, G, inColumns)) },
      };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // x[1] of a point of one number
      return { X, gradient: points.map(() => [NaN, NaN]), measurement };
    }
  }

  function* compare(T, G, inColumns) {
    const found = [];
    let [L, error, turn, nonzero, trueNonzero, wrong] = [
      0,
      -Infinity,
      -Infinity,
      0,
      0,
      0,
    ];
    // In halves, since a length may exceed the largest number where its entries do not.
    for (const [a, b] of T.filter(areFinite)) L = Math.max(L, Math.hypot(a / 2, b / 2));
    for (const [i, t] of T.entries()) {
      const g = G[i];
      const errors = areFinite(t) ? g.map((entry, k) => Math.abs(entry - t[k])) : [];
      nonzero += isArrow(g);
      trueNonzero += isArrow(t);
      wrong += !errors.every((entry) => entry / 2 <= TOLERANCE * (0.5 + L));
      error = Math.max(error, ...errors.filter(Number.isFinite));
      if (isArrow(t) && isArrow(g)) {
        found.push(Math.hypot(...g) / Math.hypot(...t));
        const angle = Math.abs(Math.atan2(...g) - Math.atan2(...t));
        turn = Math.max(turn, Math.min(angle, 2 * Math.PI - angle) * (180 / Math.PI));
      }
      yield;
    }
    const [ratios, end] = [Float64Array.from(found).sort(), found.length - 1]; // nan is last
    const median = isNaN(ratios[end])
      ? NaN
      : (ratios[end >> 1] + ratios[(end + 1) >> 1]) / 2;
    const isScaled = turn <= PARALLEL && ratios[end] - ratios[0] <= EQUAL * median;
    return {
      calls: 4 * T.length,
      nonzero,
      wrong,
      max_error: finite(error),
      median_length_ratio: finite(median),
      max_angle_deg: finite(turn),
      verdict: !inColumns
        ? wrong
          ? "inexact"
          : "right"
        : !wrong
          ? "hidden"
          : !nonzero
            ? "blank"
            : nonzero < trueNonzero / 2
              ? "sparse"
              : isScaled
                ? "scaled"
                : "plausible",
    };
  }

  function measure(text, grid) {
    const steps = measuring(parse(text), grid);
    let step;
    do step = steps.next();
    while (!step.done);
    return {
      rows: step.value.rows.measurement,
      columns: step.value.columns.measurement,
    };
  }

  globalThis.gradviz = { parse, measure, measuring, gridPoints };
}
