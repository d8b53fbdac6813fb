// The rules by which a text from elsewhere becomes a spelling: each by itself, and all of them.
"use strict";

const { test } = require("node:test");
const assert = require("node:assert/strict");

require("../../../templates/static/numerics.js");
require("../../../templates/static/mends.js");
const { RULES, meantBy } = globalThis.gradviz.mends;

// What each rule makes of a text.
const BY_ITSELF = {
  wideSpace: ["x[0]\u3000* 2", "x[0] * 2"],
  fullWidth: ["ｘ［０］＊（ｙ＋２．５）－３／４，", "x[0]*(y+2.5)-3/4,"],
  comment: ["x[0] # mine\nnot this", "x[0] "],
  axisByName: ["np.sum(x, axis=-1, keepdims = True)", "np.sum(x)"],
  beforeTheValue: ["def f(x):\n  y = x[0]", " x[0]"],
  return: ["return x[0]", " x[0]"],
  capitalX: ["X + XY", "x + XY"],
  capitalY: ["Y + XY", "y + XY"],
  factor: ["2x + 3y", "2*x + 3*y"],
  otherModule: ["math.sin(numpy.pi)", "np.sin(np.pi)"],
  caret: ["x[0]^2", "x[0]**2"],
  axisByPlace: ["np.sum(x, 0) + np.max(x**2, None)", "np.sum(x) + np.max(x**2)"],
  method: ["x.sum() + (x**2).mean()", "np.sum(x) + np.mean((x**2))"],
  doubleBrackets: ["np.mean((x**2))", "np.mean(x**2)"],
  dot: ["np.dot(x, x) + x.dot(x)", "(x @ x) + (x @ x)"],
  squared: ["x[0]²", "x[0]**2"],
  cubed: ["x[0]³", "x[0]**3"],
  timesSign: ["2·x[0]×3", "2*x[0]*3"],
  divisionSign: ["x[0]÷2", "x[0]/2"],
  minusSign: ["−x[0]–1", "-x[0]-1"],
  greekPi: ["2 * π", "2 * np.pi"],
  bareProduct: ["3 * x@x", "3 * (x @ x)"],
  subscriptZero: ["x₀", "x0"],
  subscriptOne: ["x₁", "x1"],
  numberedX: ["x0 * x_1", "x[0] * x[1]"],
  ends: ["  x[0]; ", "x[0]"],
  xBesideY: ["x * y + x + x[1]", "x[0] * y + x[0] + x[1]"],
  y: ["x[0] * y", "x[0] * x[1]"],
};

// What a rule leaves as it is.
const LEFT = {
  beforeTheValue: "y = 2 if x[0] else 3",
  bareProduct: "(x @ x)",
  method: "np.abs(x).sum()",
  numberedX: "max0 + x2",
  xBesideY: "x + x[0]",
};

function apply(name, text) {
  const [pattern, replacement] = RULES[name];
  return text.replace(pattern, replacement);
}

test("each rule mends one way to write", () => {
  assert.deepEqual(Object.keys(BY_ITSELF), Object.keys(RULES));
  for (const [name, [text, mended]] of Object.entries(BY_ITSELF)) {
    assert.equal(apply(name, text), mended, name);
  }
});

test("a rule leaves what only looks alike", () => {
  for (const [name, text] of Object.entries(LEFT)) {
    assert.equal(apply(name, text), text, name);
  }
});

test("the point of f may have any name", () => {
  assert.equal(
    meantBy("def f(w):\n    return np.sin(w[0]) - w[1]"),
    "np.sin(x[0]) - x[1]",
  );
  assert.equal(meantBy("lambda v: np.sum(v**2)"), "np.sum(x**2)");
  assert.equal(meantBy("lambda p: np.exp(p[0])"), "np.exp(x[0])");
});

test("a name without its prefix is given one", () => {
  assert.equal(
    meantBy("sin(x[0]) * norm(x) + pi"),
    "np.sin(x[0]) * np.linalg.norm(x) + np.pi",
  );
  assert.equal(meantBy("np.norm(x)"), "np.linalg.norm(x)");
});

test("a vector is summed", () => {
  assert.equal(meantBy("x**2"), "np.sum(x**2)");
});

test("nothing is offered for what nobody can mend", () => {
  for (const text of ["", "x[0] +", "foo(x)", "x[2]", "sin (", "np . norm(x)"]) {
    assert.equal(meantBy(text), "", text);
  }
});
