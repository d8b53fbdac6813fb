// The browser's interpreter on the cases that Python's is held to: tests/cases/spellings.json,
// and its measurements on those of measurements.json.
"use strict";

const { test } = require("node:test");
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");

require(`${process.env.GRADVIZ_SCRIPTS}/gradviz.js`);
const { parse, measuring } = globalThis.gradviz;

function read(name) {
  return JSON.parse(readFileSync(`${__dirname}/../../cases/${name}`, "utf8"));
}

const TABLE = read("spellings.json");

/** The text of a case: itself, or pieces of which some are repeated. */
function textOf(pieces) {
  if (typeof pieces === "string") return pieces;
  const whole = (piece) =>
    typeof piece === "string" ? piece : piece[0].repeat(piece[1]);
  return pieces.map(whole).join("");
}

function columnOfRefusal(text) {
  try {
    parse(text);
  } catch (error) {
    return error.column;
  }
  return "none";
}

function assertNear(found, expected, tolerance, text) {
  const isSame = Object.is(found, expected) || found === expected;
  const isNear = Math.abs(found - expected) <= tolerance * Math.abs(expected);
  assert.ok(isSame || isNear, `${text} gives ${found}, not ${expected}`);
}

test("a wrong text is refused at its column", () => {
  const groups = Object.values(TABLE["refused at a column"]);
  assert.ok(groups.length > 5);
  for (const [pieces, column] of groups.flat()) {
    const text = textOf(pieces);
    assert.equal(columnOfRefusal(text), column, text);
  }
});

test("a spelling at the edge is taken", () => {
  for (const pieces of TABLE["at the edge and still allowed"]) {
    const f = parse(textOf(pieces));
    assert.equal(typeof f.evaluate([0.5, 0.25]), "number");
    assert.equal(f.gradient([0.5, 0.25]).length, 2);
  }
});

test("a value is what NumPy makes of the text", () => {
  for (const [pieces, value] of TABLE["values at the point (3, 4)"]) {
    const text = textOf(pieces);
    assertNear(parse(text).evaluate([3, 4]), Number(value), 1e-15, text);
  }
});

test("there is no gradient where a step has none", () => {
  for (const [text, point] of TABLE["a step has no derivative at the point"]) {
    assert.deepEqual(parse(text).gradient(point), [NaN, NaN], `${text} at ${point}`);
  }
});

test("the gradient at the edge", () => {
  const cases = TABLE["gradients at points where they are easily got wrong"];
  for (const [text, point, gradient] of cases) {
    const found = parse(text).gradient(point.map(Number));
    const entries = gradient.map(Number);
    entries.forEach((entry, i) => assertNear(found[i], entry, 1e-14, text));
  }
});

const inPairs = ([first, second]) => Array.from(first, (a, i) => [a, second[i]]);

/** A spelling whose gradient is said to be this: one pair for all points, or each its own. */
function withTruth(text, truth) {
  const f = Object.create(parse(text));
  const isShared = !Array.isArray(truth[0]);
  f.gradientsAt = ([first]) => {
    const pairs = Array.from(first, (_, i) => (isShared ? truth : truth[i]));
    return [0, 1].map((k) => pairs.map((pair) => Number(pair[k])));
  };
  return f;
}

function measured(f, grid) {
  const steps = measuring(f, grid);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

test("a measurement has the figures of the table", () => {
  for (const [name, each] of Object.entries(read("measurements.json"))) {
    const [start, stop, step] = each.grid;
    const f = withTruth(each.f, each.truth);
    const found = measured(f, { start, stop, step, h: each.h })[each.layout]
      .measurement;
    for (const [figure, expected] of Object.entries(each.expected)) {
      const value = found[figure];
      if (typeof expected === "number") {
        const off = Math.abs(value - expected);
        assert.ok(off <= 1e-9 * Math.max(1, expected), `${name}: ${figure} ${value}`);
      } else {
        assert.deepEqual(value, expected, `${name}: ${figure}`);
      }
    }
  }
});
