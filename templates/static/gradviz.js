/* The spelling language and the measurement in the browser, after gradviz_core/{rules,grammar,
   spelling,book,layout,measure}.py. Legend: f the function, x one point, v the value of a step, a
   and b its operands, h the step of the difference, T the true gradients, G what a layout gave. */
"use strict";

{
  /* Rows of numbers. A row of one number serves for all: its stride, p or q, is 0. What is used
     most has a loop of its own, since to call a function costs more than to add. */

  const LOOPS = {
    "+": (v, a, p, b, q) => { for (let i = 0; i < v.length; i++) v[i] = a[p * i] + b[q * i]; },
    "-": (v, a, p, b, q) => { for (let i = 0; i < v.length; i++) v[i] = a[p * i] - b[q * i]; },
    "*": (v, a, p, b, q) => { for (let i = 0; i < v.length; i++) v[i] = a[p * i] * b[q * i]; },
    "/": (v, a, p, b, q) => { for (let i = 0; i < v.length; i++) v[i] = a[p * i] / b[q * i]; },
    "**": (v, a, p, b, q) => {
      if (q === 0 && b[0] === 2) LOOPS["*"](v, a, p, a, p);
      else for (let i = 0; i < v.length; i++) v[i] = power(a[p * i], b[q * i]);
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

  const addSquare = (total, a) => total + a * a;
  const fold = (compute, total, row) => {
    for (let i = 0; i < row.length; i++) total = compute(total, row[i]);
    return total;
  };

  /** The sum of a row, or a part of it, as NumPy rounds it: by halves, and then by eight totals. */
  function sum(row, start = 0, end = row.length) {
    if (end - start > 128) {
      const middle = start + (((end - start) >> 4) << 3);
      return sum(row, start, middle) + sum(row, middle, end);
    }
    let [i, a, b, c, d, e, f, g, h] = [start, 0, 0, 0, 0, 0, 0, 0, 0];
    for (; i + 8 <= end; i += 8) {
      a += row[i]; b += row[i + 1]; c += row[i + 2]; d += row[i + 3];
      e += row[i + 4]; f += row[i + 5]; g += row[i + 6]; h += row[i + 7];
    }
    let total = a + b + (c + d) + (e + f + (g + h));
    for (; i < end; i++) total += row[i];
    return total;
  }

  /* The rules: how a step is computed, and its partial derivatives, one an operand.
     One that does not exist is nan or infinite, which every later product and sum lets through. */

  const rule = (compute, ...partials) => ({ compute, partials, loop: loopOver(compute) });
  const one = () => 1;
  const within = (domain, partial) => (domain ? partial : NaN);
  const larger = (a, b) => Number(a > b) / Number(a !== b); // a tie divides 0 by 0

  const basePartial = (v, a, b, exponentVaries) =>
    // If both vary, the other partial is nan where a <= 0.
    b === 0 && !exponentVaries ? 0
      : within(a > 0 || exponentVaries || Number.isInteger(b), b * power(a, b - 1));
  const exponentPartial = (v, a, b, baseVaries) =>
    baseVaries || a > 0 ? v * Math.log(a) : within(a === 0 && b > 0, 0);

  const [SUM, TERM, POWER] = [1, 2, 4]; // signs bind between the last two
  const operator = (text, precedence, compute, ...partials) =>
    [text, { ...rule(compute, ...partials), precedence, loop: LOOPS[text] }];
  const OPERATORS = new Map([
    operator("+", SUM, (a, b) => a + b, one, one),
    operator("-", SUM, (a, b) => a - b, one, () => -1),
    operator("*", TERM, (a, b) => a * b, (v, a, b) => b, (v, a) => a),
    operator("/", TERM, (a, b) => a / b, (v, a, b) => 1 / b, (v, a, b) => -v / b),
    operator("**", POWER, power, basePartial, exponentPartial),
  ]);
  const SIGNS = new Map([["+", rule((a) => a, one)], ["-", rule((a) => -a, () => -1)]]);
  const [add, multiply, plus] = [OPERATORS.get("+"), OPERATORS.get("*"), SIGNS.get("+")];
  const absolute = rule(Math.abs, (v, a) => a / v);
  const hypot = rule((a, b) => Math.hypot(a, b), (v, a, b) => a / v, (v, a, b) => b / v);
  const [aLarger, bLarger] = [(v, a, b) => larger(a, b), (v, a, b) => larger(b, a)];
  const maximum = rule((a, b) => (a > b || a !== a ? a : b), aLarger, bLarger);
  const minimum = rule((a, b) => (a < b || a !== a ? a : b), bLarger, aLarger);
  const middle = rule((a, b) => (a + b) / 2, () => 0.5, () => 0.5);
  // What a reduction makes of a row; over one number, and over the two of a point, it has a rule.
  const reduction = (reduce, pair, single = plus) => ({ reduce, partials: [one], over: [single, pair] });
  const FUNCTIONS = new Map(Object.entries({
    sin: rule(Math.sin, (v, a) => Math.cos(a)),
    cos: rule(Math.cos, (v, a) => -Math.sin(a)),
    tan: rule(Math.tan, (v) => 1 + v * v),
    arcsin: rule(Math.asin, (v, a) => 1 / Math.sqrt((1 - a) * (1 + a))),
    arccos: rule(Math.acos, (v, a) => -1 / Math.sqrt((1 - a) * (1 + a))),
    arctan: rule(Math.atan, (v, a) => 1 / (1 + a * a)),
    sinh: rule(Math.sinh, (v, a) => Math.cosh(a)),
    cosh: rule(Math.cosh, (v, a) => Math.sinh(a)),
    tanh: rule(Math.tanh, (v, a) => Math.cosh(a) ** -2),
    exp: rule(Math.exp, (v) => v),
    log: rule(Math.log, (v, a) => within(a > 0, 1 / a)),
    log2: rule(Math.log2, (v, a) => within(a > 0, 1 / a / Math.LN2)),
    log10: rule(Math.log10, (v, a) => within(a > 0, 1 / a / Math.LN10)),
    log1p: rule(Math.log1p, (v, a) => within(a > -1, 1 / (1 + a))),
    expm1: rule(Math.expm1, (v, a) => Math.exp(a)),
    sqrt: rule(Math.sqrt, (v) => 0.5 / v),
    abs: absolute,
    sign: rule((a) => Math.sign(a) + 0, (v, a) => 0 / a), // + 0 makes 0 of -0
    square: rule((a) => a * a, (v, a) => 2 * a),
    maximum, minimum, hypot,
    sum: reduction((row) => sum(row), add),
    prod: reduction((row) => fold(multiply.compute, 1, row), multiply),
    mean: reduction((row) => sum(row) / row.length, middle),
    max: reduction((row) => fold(maximum.compute, row[0], row), maximum),
    min: reduction((row) => fold(minimum.compute, row[0], row), minimum),
    "linalg.norm": reduction((row) => Math.sqrt(fold(addSquare, 0, row)), hypot, absolute),
  }));
  const CONSTANTS = new Map([["pi", Math.PI], ["e", Math.E]]);

  /* A node of the tree: the column it is told at, read(x), a row with its value, which it keeps and
     writes anew each time, and duals(x), for a number one dual, for a vector two. A dual is a value
     and its slopes along x[0] and x[1], null where it cannot depend on that coordinate. */

  const coordinates = (x) => [[x[0], 1, null], [x[1], null, 1]];
  const vectorNode = (column) => ({ column, read: (x) => x, duals: coordinates });

  function numberNode(column, numberOf, duals = (x) => [[numberOf(x), null, null]]) {
    const row = new Float64Array(1);
    return { column, read: (x) => row.fill(numberOf(x)), duals };
  }

  function itemNode(column, index) {
    const missing = (x) => { throw new RangeError(`x[${index}] of ${x.length} numbers`); };
    return numberNode(column, (x) => x.at(index) ?? missing(x), (x) => [coordinates(x).at(index)]);
  }

  function apply({ reduce, over, ...rule }, column, a, b) {
    if (over) return numberNode(column, (x) => reduce(a.read(x)), (x) => reducedDual(over, a.duals(x)));
    let row = new Float64Array(1);
    const read = (x) => {
      const first = a.read(x);
      const second = b ? b.read(x) : first;
      const length = Math.max(first.length, second.length);
      if (row.length !== length) row = new Float64Array(length);
      rule.loop(row, first, Number(first.length > 1), second, Number(second.length > 1));
      return row;
    };
    return { column, read, duals: (x) => chainEach(rule, a.duals(x), b?.duals(x)) };
  }

  const reducedDual = (over, duals) => [chain(over[duals.length - 1], ...duals)];
  const CONSTANT = [NaN, null, null];
  const varies = ([, first, second]) => first !== null || second !== null;

  function chainEach(rule, a, b = [CONSTANT]) {
    const longer = a.length > b.length ? a : b;
    return longer.map((_, k) => chain(rule, a[k % a.length], b[k % b.length]));
  }

  function chain({ compute, partials }, a, b = CONSTANT) {
    const dual = [compute(a[0], b[0]), null, null];
    for (const [k, operand, other] of [[0, a, b], [1, b, a]]) {
      if (!varies(operand)) continue; // a constant: its partial is not needed
      const partial = partials[k](dual[0], a[0], b[0], varies(other));
      for (const along of [1, 2]) {
        if (operand[along] !== null) dual[along] = (dual[along] ?? 0) + partial * operand[along];
      }
    }
    return dual;
  }

  /* The grammar: from text to the root of a tree, or to a column and a reason */

  const MOST = { characters: 256, brackets: 32, nodes: 200 };
  const INDEXES = new Map([["0", 0], ["1", 1], ["-1", -1], ["-2", -2]]);
  const TOKEN =
    / *((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|\*\*=?|\/\/=?|<<=?|>>=?|->|<>|\.{3}|[-+*/%@&|^!=<>:]=|.|$)/gsu;
  const [NUMBER, NAME, LEADING_ZERO] = [/^\.?\d/, /^[A-Za-z_]/, /^0+[1-9]\d*$/];
  const FOREIGN = /^[^-+*/@.,()[\]\w]$/u;

  /** It has a column, 1 for the first character, and for a page to put in words of its own a reason:
      "end", "character", "unexpected", "name" or "index", with found, expected, perhaps suggestion;
      "arity" with found, wanted, given; "limit" with most, of; "vector". */
  class SpellingError extends Error {
    constructor(column, reason, details) {
      super(`column ${column}: ${reason} ${JSON.stringify(details)}`);
      Object.assign(this, details, { name: "SpellingError", column, reason });
    }
  }

  const refuseLimit = (of, column) => { throw new SpellingError(column, "limit", { most: MOST[of], of }); };

  function refuse({ text: found, column }, expected, reason = "unexpected") {
    if (!found) reason = "end";
    else if (FOREIGN.test(found)) reason = "character";
    const known = [...FUNCTIONS.keys(), ...CONSTANTS.keys()];
    const suggestion = known.find((name) => found && name.split(".").pop() === found);
    throw new SpellingError(column, reason, { found, expected, ...(suggestion && { suggestion }) });
  }

  // Precedence climbing: a function takes the tokens of a node and returns it. One text at a time.
  let [tokens, position, nodes, brackets] = [[], 0, 0, 0];

  /** Give {source, evaluate(x), gradient(x)}, or throw a SpellingError. */
  function parse(text) {
    if (typeof text !== "string") throw new TypeError(`a spelling is text, not ${typeof text}`);
    const most = MOST.characters; // of at most two code units each
    if (text.length > 2 * most || [...text].length > most) refuseLimit("characters", most + 1);
    tokens = Array.from(text.matchAll(TOKEN), ({ 0: { length }, 1: token, index }) => (
      { text: token, column: index + length - token.length + 1 }
    ));
    [position, nodes, brackets] = [0, 0, 0];
    const root = expression();
    if (ahead()) refuse(take(), ["operator"]);
    if (root.duals([0, 0]).length > 1) throw new SpellingError(root.column, "vector", {});
    const evaluate = (x) => root.read(x instanceof Float64Array ? x : Float64Array.from(x))[0];
    return { source: text, evaluate, gradient: (x) => gradientAt(root, x) };
  }

  function gradientAt(root, x) {
    if (x.length !== 2) throw new RangeError("a gradient is taken at a point of two numbers");
    const [[value, first, second]] = root.duals(x);
    const gradient = [first ?? 0, second ?? 0];
    return [value, ...gradient].every(Number.isFinite) ? gradient : [NaN, NaN];
  }

  const ahead = () => tokens[position].text;

  function take(wanted, expected = [wanted]) {
    const token = tokens[position];
    if (wanted && token.text !== wanted) refuse(token, expected);
    position++;
    return token;
  }

  /** Count a node, and see that those it needs behind it still have room. */
  function count({ column }, operands = 0) {
    if (++nodes + operands > MOST.nodes) refuseLimit("nodes", column);
    return column;
  }

  /** What is read between brackets, the first of which was taken. */
  function enclosed(column, read, closing = ")") {
    if (++brackets > MOST.brackets) refuseLimit("brackets", column);
    const found = read();
    take(closing, ["operator", closing]);
    brackets--;
    return found;
  }

  function expression(loosest = SUM) {
    const signs = [];
    while (SIGNS.has(ahead())) signs.unshift([SIGNS.get(ahead()), count(take(), 1)]);
    let node = signs.length ? expression(POWER) : operand(take(), loosest <= TERM);
    for (const [rule, column] of signs) node = apply(rule, column, node);
    for (;;) {
      const rule = OPERATORS.get(ahead());
      if (!rule || rule.precedence < loosest) return node;
      const column = count(take(), 1);
      const next = expression(Math.min(rule.precedence + 1, POWER)); // ** groups from the right
      node = apply(rule, column, node, next);
    }
  }

  function operand(token, startsTerm) {
    const { text, column } = token;
    if (text === "(") return enclosed(column, expression);
    if (text === "np") return dotted(token);
    if (text === "len") return numberNode(count(token), lengthOf(column));
    if (text === "x") return variable(count(token), startsTerm);
    if (NUMBER.test(text) && !LEADING_ZERO.test(text)) return constant(token, Number(text));
    return refuse(token, ["operand"], NAME.test(text) ? "name" : "unexpected");
  }

  const constant = (token, number) => numberNode(count(token), () => number);

  function lengthOf(column) {
    take("(");
    enclosed(column, () => take("x"));
    return (x) => x.length;
  }

  function variable(column, startsTerm) {
    if (ahead() === "[") return itemNode(column, enclosed(take().column, index, "]"));
    if (ahead() !== "@" || !startsTerm) return vectorNode(column);
    count(take(), 1);
    count(take("x"));
    if (ahead() === "**") refuse(take(), ["(x @ x)**2"]);
    const squares = apply(multiply, column, vectorNode(column), vectorNode(column));
    return apply(FUNCTIONS.get("sum"), column, squares);
  }

  function index() {
    const sign = ahead() === "-" ? take().text : "";
    const place = take();
    return INDEXES.get(sign + place.text) ?? refuse(place, [...INDEXES.keys()], "index");
  }

  function dotted(token) {
    take(".");
    let name = identifier();
    if (name === "linalg") name += take(".").text + identifier();
    if (CONSTANTS.has(name)) return constant(token, CONSTANTS.get(name));
    const rule = FUNCTIONS.get(name) ?? refuse({ ...token, text: name }, ["function"], "name");
    const wanted = rule.partials.length;
    const column = count(token, wanted);
    take("(");
    const given = enclosed(column, operands);
    if (given.length === wanted) return apply(rule, column, ...given);
    throw new SpellingError(column, "arity", { found: `np.${name}`, wanted, given: given.length });
  }

  const identifier = (token = take()) => (NAME.test(token.text) ? token.text : refuse(token, ["name"]));

  function operands() {
    const found = ahead() === ")" ? [] : [expression()];
    while (found.length && ahead() === "," && take()) found.push(expression());
    return found;
  }

  /* The book's routine. X holds points; they are written to, and restored. */

  function* numericalGradient(f, X, h) {
    const gradient = X.map((x) => x.slice());
    for (const [k, x] of X.entries()) {
      for (let i = 0; i < x.length; i++) {
        const kept = x[i];
        x[i] = kept + h;
        const ahead = f(x);
        x[i] = kept - h;
        gradient[k][i] = (ahead - f(x)) / (2 * h);
        x[i] = kept;
        yield;
      }
    }
    return gradient;
  }

  /* The measurement: points and arrows are pairs of numbers */

  const [MOST_VALUES, TOLERANCE, PARALLEL_DEGREES, EQUAL_RATIOS] = [1000, 1e-6, 0.1, 1e-3];
  const NOTHING = { calls: null, nonzero: null, wrong: null, max_error: null,
    median_length_ratio: null, max_angle_deg: null, verdict: "raises" };
  const refuseInput = (reason, told) => { throw Object.assign(new RangeError(told), { reason }); };
  const flat = (pairs) => Float64Array.from({ length: 2 * pairs.length }, (_, i) => pairs[i >> 1][i % 2]);
  const isFinitePair = ([first, second]) => Number.isFinite(first) && Number.isFinite(second);
  const isArrow = (pair) => isFinitePair(pair) && (pair[0] !== 0 || pair[1] !== 0);
  const length = ([first, second]) => Math.hypot(first, second);
  const finite = (value) => (Number.isFinite(value) ? value : null);

  /** The points of the square grid whose axes are numpy.arange(start, stop, step), x0 fastest. */
  function gridPoints(start, stop, step) {
    const size = (stop - start) / step;
    if (![start, stop, step].every(Number.isFinite) || !(size > 0 && size <= MOST_VALUES)) {
      refuseInput("grid", `an axis has 1 to ${MOST_VALUES} values, not ${start}:${stop}:${step}`);
    }
    const stride = start + step - start; // as NumPy rounds it, from the second value on
    const value = (_, i) => start + i * (i < 2 ? step : stride);
    const axis = Array.from({ length: Math.ceil(size) }, value);
    return axis.flatMap((x1) => axis.map((x0) => [x0, x1]));
  }

  /** The measurement of a parsed spelling in small steps. It returns {points, truth, rows, columns},
      the latter two {gradient, measurement}; arrays hold two numbers a point, end to end. */
  function* measuring(f, { start = -2, stop = 2.5, step = 0.25, h = 1e-4 } = {}) {
    if (!(Number.isFinite(h) && h > 0)) refuseInput("h", `h is a positive number, not ${h}`);
    const [points, truth] = [gridPoints(start, stop, step), []];
    for (const point of points) {
      truth.push(f.gradient(point));
      yield;
    }
    if (!truth.some(isFinitePair)) refuseInput("truth", "no point of the grid has a gradient");
    const rows = yield* measureLayout(f, points, truth, h, false);
    const columns = yield* measureLayout(f, points, truth, h, true);
    return { points: flat(points), truth: flat(truth), rows, columns };
  }

  function* measureLayout(f, points, T, h, inColumns) {
    const coordinates = [0, 1].map((k) => Float64Array.from(points, (point) => point[k]));
    const X = inColumns ? coordinates : points.map((point) => new Float64Array(point));
    const measurement = { argument_shape: [X[0].length], calls: 0, arrows: points.length };
    const witness = (x) => {
      measurement.calls++;
      return f.evaluate(x);
    };
    try {
      const result = yield* numericalGradient(witness, X, h);
      const G = inColumns ? points.map((_, i) => [result[0][i], result[1][i]]) : result;
      Object.assign(measurement, yield* compare(T, G, inColumns));
      return { gradient: flat(G), measurement };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // x[1] of a point of one number
      return { gradient: flat(points.map(() => [NaN, NaN])), measurement: { ...measurement, ...NOTHING } };
    }
  }

  function* compare(T, G, inColumns) {
    let [longest, nonzero, trueNonzero, wrong, error, angle, ratios] = [0, 0, 0, 0, NaN, NaN, []];
    // In halves, since a length may exceed the largest number where its entries do not.
    for (const t of T) if (isFinitePair(t)) longest = Math.max(longest, length([t[0] / 2, t[1] / 2]));
    const isOff = (e) => !(e / 2 <= TOLERANCE * (0.5 + longest));
    for (const [i, t] of T.entries()) {
      yield;
      const g = G[i];
      if (isArrow(g)) nonzero++;
      if (!isFinitePair(t)) continue;
      const errors = [Math.abs(g[0] - t[0]), Math.abs(g[1] - t[1])];
      if (errors.some(isOff)) wrong++;
      for (const e of errors) if (Number.isFinite(e) && !(e <= error)) error = e;
      if (!isArrow(t)) continue;
      trueNonzero++;
      if (!isArrow(g)) continue;
      ratios.push(length(g) / length(t));
      angle = angleDeg(g, t) <= angle ? angle : angleDeg(g, t);
    }
    ratios = Float64Array.from(ratios).sort();
    const last = ratios.length - 1; // where nan is sorted to
    const median = Number.isNaN(ratios[last]) ? NaN : (ratios[last >> 1] + ratios[(last + 1) >> 1]) / 2;
    const isScaled = angle <= PARALLEL_DEGREES && ratios[last] - ratios[0] <= EQUAL_RATIOS * median;
    const inRows = wrong ? "inexact" : "right";
    const verdict = inColumns ? verdictOfColumns(wrong, nonzero, trueNonzero, isScaled) : inRows;
    return { nonzero, wrong, max_error: finite(error), median_length_ratio: finite(median),
      max_angle_deg: finite(angle), verdict };
  }

  function verdictOfColumns(wrong, nonzero, trueNonzero, isScaled) {
    if (!wrong) return "hidden";
    if (!nonzero) return "blank";
    if (nonzero < trueNonzero / 2) return "sparse";
    return isScaled ? "scaled" : "plausible";
  }

  /** The angle of two arrows, which are scaled first: squares of 1e-239 would vanish. */
  function angleDeg(...arrows) {
    const [[a, b], [c, d]] = arrows.map(([first, second]) => {
      const scale = Math.max(Math.abs(first), Math.abs(second));
      return [first / scale, second / scale];
    });
    return Math.atan2(Math.abs(a * d - b * c), a * c + b * d) * (180 / Math.PI);
  }

  /** Both measurements of a text. */
  function measure(text, grid) {
    const steps = measuring(parse(text), grid);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return { rows: value.rows.measurement, columns: value.columns.measurement };
    }
  }

  globalThis.gradviz = { parse, measure, measuring, SpellingError };
}
