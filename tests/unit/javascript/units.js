// The browser's interpreter by itself: what Python has no part in.
"use strict";

const { test } = require("node:test");
const assert = require("node:assert/strict");

require(`${process.env.GRADVIZ_SCRIPTS}/gradviz.js`);
const { parse, measure, measuring } = globalThis.gradviz;

function refusal(text) {
  try {
    parse(text);
  } catch (error) {
    assert.ok(error.column, `${JSON.stringify(text)}: ${error.stack}`);
    return error;
  }
  return assert.fail(`${JSON.stringify(text)} was taken`);
}

function finished(steps) {
  for (let yields = 0; ; yields++) {
    const { done, value } = steps.next();
    if (done) return { ...value, yields };
  }
}

test("a vector meets a number, and reductions of either", () => {
  const f = parse(
    "np.sum(2 * x - np.mean(x) / 3) + np.prod(x[0]) + np.linalg.norm(-2) + len(x)",
  );
  assert.equal(f.evaluate([3]), 6 - 1 + 3 + 2 + 1);
  assert.equal(f.evaluate([3, 6, 9]), 36 - 6 + 3 + 2 + 3);
  assert.equal(f.evaluate(Int8Array.of(3, 6, 9)), 38);
  assert.equal(f.evaluate([3]), 11);
});

test("evaluation leaves its argument alone", () => {
  const x = Float64Array.of(0.5, -2, 3);
  parse("np.sum(x**2 * -x) + x @ x + np.linalg.norm(x)").evaluate(x);
  assert.deepEqual(x, Float64Array.of(0.5, -2, 3));
});

test("two spellings do not share their rows", () => {
  const [f, g] = [parse("np.sum(x**2)"), parse("np.sum(x**2 + 1)")];
  assert.deepEqual(
    [f.evaluate([1, 2]), g.evaluate([1, 2, 3]), f.evaluate([1, 2])],
    [5, 17, 5],
  );
});

test("a refusal has a reason", () => {
  const reasons = {
    "x[0] +": "end",
    "x[": "end",
    "x[0] x[1]": "unexpected",
    "x[0] > 1": "unexpected",
    "1 if x[0] else 2": "unexpected",
    "x @ 2": "number",
    "1 if x[0] > 1 else x": "choice",
    "1 if x > 1 else 2": "vector",
    "np.array([x, 1]) @ x": "vector",
    "x[0] end": "unexpected",
    "x[0] ^ 2": "character",
    π: "character",
    "2 * np.foo": "name",
    "sin(x[0])": "name",
    "x[2]": "index",
    "x[]": "index",
    "np.sin()": "arity",
    "(2 * x)": "vector",
  };
  for (const [text, expected] of Object.entries(reasons)) {
    const { column, reason, message } = refusal(text);
    assert.equal(reason, expected, text);
    assert.ok(message.startsWith(`column ${column}: ${reason}`), message);
  }
});

test("a refusal says what a page needs to word it", () => {
  const told = (text) => {
    const { found, expected, suggestion, wanted, given, most, of } = refusal(text);
    return { found, expected, suggestion, wanted, given, most, of };
  };
  const nothing = told("x");
  assert.deepEqual(new Set(Object.values(nothing)), new Set([undefined]));
  const cases = {
    "(x[0] 2": { found: "2", expected: ["operator", ")"] },
    "np.": { found: "", expected: ["name"] },
    "len x": { found: "x", expected: ["("] },
    "norm(x)": { found: "norm", expected: ["operand"], suggestion: "np.linalg.norm" },
    "2 * pi": { found: "pi", expected: ["operand"], suggestion: "np.pi" },
    "np.pie": { found: "pie", expected: ["function"] },
    array: { found: "array", expected: ["operand"], suggestion: "np.array" },
    "np.where(x[0], 1, 2)": { found: ",", expected: ["operator", "comparison"] },
    "1 if 2 > 1": { found: "", expected: ["operator", "else"] },
    "np.array(1)": { found: "1", expected: ["["] },
    "np.array([1])": { found: "]", expected: ["operator", ","] },
    "np.sin()": { found: "np.sin", wanted: 1, given: 0 },
    "x[3]": { found: "3", expected: ["0", "1", "-1", "-2"] },
    ["-".repeat(256)]: { most: 200, of: "nodes" },
    ["(".repeat(33)]: { most: 32, of: "brackets" },
    [" ".repeat(257)]: { most: 256, of: "characters" },
  };
  for (const [text, fields] of Object.entries(cases)) {
    assert.deepEqual(told(text), { ...nothing, ...fields }, text);
  }
});

test("names that every object has are unknown names", () => {
  for (const name of [
    "constructor",
    "__proto__",
    "hasOwnProperty",
    "toString",
    "valueOf",
    "size",
  ]) {
    assert.equal(refusal(name).reason, "name");
    assert.equal(refusal(`np.${name}(x)`).reason, "name");
    assert.equal(refusal(`np.linalg.${name}(x)`).reason, "name");
    assert.equal(refusal(`x[${name}]`).reason, "index");
    assert.equal(refusal(`x ${name}`).reason, "unexpected");
  }
  for (const text of [null, undefined, 3, ["x[0]"], {}])
    assert.throws(() => parse(text), TypeError);
});

test("hostile input is refused or bounded, and soon", () => {
  const texts = [
    "x".repeat(1e6),
    "(".repeat(1e4),
    "9**9**9**9",
    "1" + "+1".repeat(127),
    "😀".repeat(1e6),
    "9".repeat(256),
    "1e".repeat(128),
    " ".repeat(255) + "1",
    "np.sum(x*".repeat(28),
    "np.sum(x*".repeat(19) + "x" + ")".repeat(19),
    "2**".repeat(84) + "2",
    "-".repeat(199) + "1",
    "((((".repeat(8) + "x[0]" + "))))".repeat(8),
  ];
  for (const text of texts) {
    const start = process.cpuUsage();
    try {
      const f = parse(text);
      f.evaluate([0.5, 0.25]);
      f.gradient([0.5, 0.25]);
    } catch (error) {
      assert.ok(error.column, error.stack);
    }
    const { user } = process.cpuUsage(start);
    assert.ok(user < 50000, `${text.slice(0, 20)}… took ${user / 1000} ms`);
  }
});

test("a gradient is that at a point of two numbers", () => {
  const f = parse("x[0]**2 * x[1]");
  assert.deepEqual(f.gradient([1, 2]), [4, 1]);
  assert.deepEqual(f.gradient(Float64Array.of(3, 4)), [24, 9]);
  for (const x of [[], [1], [1, 2, 3]]) assert.throws(() => f.gradient(x), RangeError);
  assert.throws(() => f.evaluate([1]), RangeError);
});

test("a measurement has the fields of functions.json", () => {
  assert.deepEqual(
    JSON.parse(
      JSON.stringify(
        measure("x[1]", { start: 0.5, stop: 1, step: 1, h: 1e-4 }).columns,
      ),
    ),
    {
      argument_shape: [1],
      calls: null,
      arrows: 1,
      nonzero: null,
      wrong: null,
      max_error: null,
      median_length_ratio: null,
      max_angle_deg: null,
      verdict: "raises",
    },
  );
  const { rows, columns } = measure("x[0] * x[1]");
  assert.deepEqual(Object.keys(rows), Object.keys(columns));
  assert.deepEqual(
    [rows.verdict, columns.verdict, columns.nonzero],
    ["right", "sparse", 2],
  );
  assert.deepEqual([rows.argument_shape, columns.argument_shape], [[2], [324]]);
  assert.deepEqual([rows.calls, columns.calls, rows.arrows], [1296, 1296, 324]);
});

const inPairs = ([first, second]) => Array.from(first, (a, i) => [a, second[i]]);

test("measuring hands out every arrow", () => {
  const f = parse("x[0] * x[1]");
  const { points, truth, rows, columns } = finished(
    measuring(f, { start: 0, stop: 2, step: 1, h: 1e-4 }),
  );
  const rounded = ({ gradient }) =>
    inPairs(gradient).map((arrow) => arrow.map(Math.round));
  assert.deepEqual(inPairs(points), [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ]);
  assert.deepEqual(inPairs(truth), [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  assert.deepEqual(rounded(rows), [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  assert.deepEqual(rounded(columns), [
    [1, 0],
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
});

test("measuring pauses between small steps, and says how much is done", () => {
  for (const text of ["np.sum(x**2)", "np.prod(x)", "np.sum((x - np.mean(x))**2)"]) {
    const steps = measuring(parse(text), { start: 0, stop: 48, step: 1, h: 1e-4 });
    const shares = [];
    let longest = 0;
    for (;;) {
      const start = process.cpuUsage();
      const { done, value } = steps.next();
      longest = Math.max(longest, process.cpuUsage(start).user / 1000);
      if (done) break;
      assert.ok(value >= 0 && value <= 1, value);
      shares.push(value);
    }
    assert.ok(shares.length > 10, text);
    assert.ok(longest < 50, `${text}: ${longest} ms without a pause`);
  }
});

/* The book's routine as it is written: one entry is moved after the other. */
function slopesByHand(f, row, h) {
  const x = Float64Array.from(row);
  return row.map((entry, i) => {
    x[i] = entry + h;
    const ahead = f(x);
    x[i] = entry - h;
    const behind = f(x);
    x[i] = entry;
    return (ahead - behind) / (2 * h);
  });
}

test("what is computed at once is to the last bit what one move at a time gives", () => {
  const texts = [
    "np.sum(x**2)",
    "np.sum(np.sin(x) * x) + np.prod(x) / np.mean(x)",
    "np.max(x) - np.min(x**2) + x[-1] * x[0]**0.5",
    "np.linalg.norm(2 * x - 1) + np.sum(x[1]) + len(x)",
    "x[0] * np.sum(x / x[1]) + np.sum(x)**2",
    "np.sum(np.where(x > 2, x**2, 1)) + np.sum(np.clip(x, 1, 4))",
    "np.sum(np.where(x > 1.7 * x[0], x, 0)) + np.sum(np.clip(x, x[1] / 2, 4))",
    "np.where(x[0] < x[-1], np.sum(x), x[0]) if np.mean(x) > 3 else np.prod(x / 4)",
    "np.sum(x if x[0] > 1 else x**2)",
    "np.dot(x**2, x) + (x - 1) @ x + np.dot(2, x[0])",
    "np.sum((x**0.5 - np.mean(x))**2)",
    "np.exp(x @ x / 100)",
    "3",
  ];
  for (const size of [2, 5, 12, 19]) {
    const grid = { start: 0.3, stop: size, step: 1, h: 1e-3 };
    for (const text of texts) {
      const f = parse(text);
      const { points, rows, columns } = finished(measuring(f, grid));
      const byHand = points.map((row) => slopesByHand(f.evaluate, row, grid.h));
      assert.deepEqual(columns.gradient, byHand, `${text}, ${size}`);
      const arrows = inPairs(points).map((x) => slopesByHand(f.evaluate, x, grid.h));
      assert.deepEqual(inPairs(rows.gradient), arrows, `${text}, ${size}`);
    }
  }
});

test("a function of a script raises an error where its demands are not kept", () => {
  const grid = { start: 1, stop: 4, step: 1, h: 1e-4 };
  const verdicts = (text, demands) => {
    const { rows, columns } = finished(measuring(parse(text), grid, demands));
    return [rows.measurement.verdict, columns.measurement.verdict];
  };
  assert.deepEqual(verdicts("x[0] * x[1]", {}), ["right", "sparse"]);
  const two = { mustBeTwo: true };
  assert.deepEqual(verdicts("x[0] * x[1]", two), ["right", "raises"]);
  const finite = { mustBeFinite: true };
  assert.deepEqual(verdicts("np.log(x[0] - 1)", finite), ["raises", "raises"]);
  assert.deepEqual(verdicts("np.log(4 - np.mean(x))", finite), ["right", "plausible"]);
});

test("wrong grids and steps, and a truth that is finite nowhere, are wrong input", () => {
  const reasonOf = (text, change) => {
    try {
      measure(text, { start: -2, stop: 2.5, step: 0.25, h: 1e-4, ...change });
    } catch (error) {
      assert.ok(error instanceof RangeError, error.stack);
      return error.reason;
    }
    return "none";
  };
  for (const change of [
    { step: 0 },
    { stop: -2 },
    { step: -1 },
    { step: 1e-3 },
    { start: NaN },
    { stop: Infinity },
    { start: "0" },
    { start: 0, stop: 1001, step: 1 },
    { start: -1e308, stop: 1e308, step: 1e307 },
  ]) {
    assert.equal(reasonOf("x[0]", change), "grid", JSON.stringify(change));
  }
  for (const h of [0, -1e-4, NaN, Infinity, "1e-4"])
    assert.equal(reasonOf("x[0]", { h }), "h");
  assert.equal(reasonOf("np.log(-np.sum(x**2))"), "truth");
  assert.equal(reasonOf("x[0]", { stop: -1.875 }), "none");
  assert.ok(!measuring(parse("x[0]"), { start: 0, stop: 1000, step: 1 }).next().done);
});
