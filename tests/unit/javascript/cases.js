// The browser's interpreter on the cases that Python's is held to: tests/cases/spellings.json.
"use strict";

const { test } = require("node:test");
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");

require(`${process.env.GRADVIZ_SCRIPTS}/numerics.js`);
const { parse } = globalThis.gradviz;
const TABLE = JSON.parse(
  readFileSync(`${__dirname}/../../cases/spellings.json`, "utf8"),
);

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
