// What a formula from elsewhere means as a spelling: the whole of it, or nothing.
"use strict";

const { test } = require("node:test");
const assert = require("node:assert/strict");

require(`${process.env.GRADVIZ_SCRIPTS}/gradviz.js`);
const { parse, notation } = globalThis.gradviz;

function meant(text) {
  return notation.meanings(text).map(({ spelling }) => spelling);
}

// One rule a line: what is typed, and what it means.
const ONE_MEANING = {
  "x^2 + y^2": "x[0]**2 + x[1]**2",
  "x[0]^2": "x[0]**2",
  "2xy": "2 * x[0] * x[1]",
  "x y": "x[0] * x[1]",
  "x[0]x[1]": "x[0] * x[1]",
  "sin(x)cos(y)": "np.sin(x[0]) * np.cos(x[1])",
  "2 (x[0] + 1)(x[1] - 1)": "2 * (x[0] + 1) * (x[1] - 1)",
  "e^(-x^2-y^2)": "np.exp(-x[0]**2 - x[1]**2)",
  "x²+y²": "x[0]**2 + x[1]**2",
  "x⁻² + y": "x[0]**-2 + x[1]",
  "x₀² + x₁²": "x[0]**2 + x[1]**2",
  "x0*x_1": "x[0] * x[1]",
  "x1*x2": "x[0] * x[1]",
  "X*Y": "x[0] * x[1]",
  "ｘ［０］＊ｘ［１］": "x[0] * x[1]",
  "ｓｉｎ（ｘ［０］）　＋　２": "np.sin(x[0]) + 2",
  "−x[0]·x[1]×3÷2": "-x[0] * x[1] * 3 / 2",
  "x\u200b[0]\u00a0* x[1]": "x[0] * x[1]",
  "\\frac{x^2}{2} + \\sin(y)": "x[0]**2 / 2 + np.sin(x[1])",
  "\\sqrt{x^2+y^2}": "np.sqrt(x[0]**2 + x[1]**2)",
  "√(x²+y²)": "np.sqrt(x[0]**2 + x[1]**2)",
  "2π x[0]": "2 * np.pi * x[0]",
  "sin^2(x)+y": "np.sin(x[0])**2 + x[1]",
  "sin x + cos y": "np.sin(x[0]) + np.cos(x[1])",
  "ln(x²+y²+1)": "np.log(x[0]**2 + x[1]**2 + 1)",
  "pow(x[0], 2)": "x[0]**2",
  "np.power(x[0], x[1])": "x[0]**x[1]",
  "Math.sin(x)*Math.pow(y,2)": "np.sin(x[0]) * x[1]**2",
  "jnp.sum(x**2)": "np.sum(x**2)",
  "torch.sum(x**2)": "np.sum(x**2)",
  "cp.exp(-cp.sum(x**2))": "np.exp(-np.sum(x**2))",
  "math.atan(x[0])": "np.arctan(x[0])",
  "max(x[0], x[1])": "np.maximum(x[0], x[1])",
  "np.min(x[0], x[1])": "np.minimum(x[0], x[1])",
  "np.sum(x**2": "np.sum(x**2)",
  "np.sin(x[0]*x[1": "np.sin(x[0] * x[1])",
  "np.sum(x**2))": "np.sum(x**2)",
  "np.sum(x**2, axis=-1, keepdims=True)": "np.sum(x**2)",
  "np.sum(x**2, 0)": "np.sum(x**2)",
  "x.sum()": "np.sum(x)",
  "(x**2).mean()": "np.mean(x**2)",
  "3 * np.dot(x, x)": "3 * (x @ x)",
  "x.T @ x": "x @ x",
  "||x||": "np.linalg.norm(x)",
  "|x[0]| + |x[1]|": "np.abs(x[0]) + np.abs(x[1])",
  "lambda a, b: a*b": "x[0] * x[1]",
  "lambda w: np.sum(w**2)": "np.sum(x**2)",
  "f(x, y) = x y^2 + 3": "x[0] * x[1]**2 + 3",
  "z = x^2 - y^2": "x[0]**2 - x[1]**2",
  "return x[0]**2;": "x[0]**2",
  "x[0] * x[1]  # mine": "x[0] * x[1]",
  "x.^2 + y.^2": "x[0]**2 + x[1]**2",
  "Exp[-x^2-y^2]": "np.exp(-x[0]**2 - x[1]**2)",
  "(1-x)^2 + 100(y-x^2)^2": "(1 - x[0])**2 + 100 * (x[1] - x[0]**2)**2",
  "x**2": "np.sum(x**2)",
  "x - (y - x)": "x[0] - (x[1] - x[0])",
  "-2^2 * x[0]": "-2**2 * x[0]",
  "(-2)^2 x[0]": "(-2)**2 * x[0]",
  "2^3^2 x[0]": "2**3**2 * x[0]",
  "x₀² + x₀x₁": "x[0]**2 + x[0] * x[1]",
  "３ｘ０ｘ１": "3 * x[0] * x[1]",
  "x_{0}^2 + x_{1}^2": "x[0]**2 + x[1]**2",
  "½x² + ¼y²": "1 / 2 * x[0]**2 + 1 / 4 * x[1]**2",
  "3½x + y": "(3 + 1 / 2) * x[0] + x[1]",
  "2 ¾ xy": "(2 + 3 / 4) * x[0] * x[1]",
  "３½xy": "(3 + 1 / 2) * x[0] * x[1]",
  "x2½x1": "x[1] * (1 / 2) * x[0]",
  "x^2½y": "x[0]**(2 + 1 / 2) * x[1]",
  "(x^2+y^2)^1/2": "(x[0]**2 + x[1]**2)**(1 / 2)",
  "x^1/2": "np.sum(x**(1 / 2))",
  "x^1 / 2 + y": "x[0]**1 / 2 + x[1]",
  "x**1/2 + y": "x[0]**1 / 2 + x[1]",
  "x^3/3 + y": "x[0]**3 / 3 + x[1]",
  "0,5x^2 + 1,25y^2": "0.5 * x[0]**2 + 1.25 * x[1]**2",
  "sin(0,5x)y": "np.sin(0.5 * x[0]) * x[1]",
  "def f(x, y): return x**2 - y**2": "x[0]**2 - x[1]**2",
  "$f(x_0, x_1) = \\sin(x_0 x_1)$": "np.sin(x[0] * x[1])",
  "\\(x y\\)": "x[0] * x[1]",
  "$$\\tfrac{1}{2} x y$$.": "1 / 2 * x[0] * x[1]",
  "\\mathrm{e}^{-x y}": "np.exp(-x[0] * x[1])",
  "\\sin x \\cos y": "np.sin(x[0]) * np.cos(x[1])",
  "sinx + cosy": "np.sin(x[0]) + np.cos(x[1])",
  sinxcosy: "np.sin(x[0]) * np.cos(x[1])",
  "`x[0]^2`": "x[0]**2",
  "ｘ＾２＋ｙ＾２。": "x[0]**2 + x[1]**2",
  "x(1).^2 + 2*x(2).^2": "x[0]**2 + 2 * x[1]**2",
  "@(x) x(1)*x(2)": "x[0] * x[1]",
  "f = @(x, y) x.*y": "x[0] * x[1]",
  "(x, y) -> x y": "x[0] * x[1]",
  "x => x[0]^2": "x[0]**2",
  "f[x_, y_] := Sin[Pi x y]": "np.sin(np.pi * x[0] * x[1])",
  "w[0]^2 + sin(w[1])": "x[0]**2 + np.sin(x[1])",
  "sgn(x y)": "np.sign(x[0] * x[1])",
  "sin^2 x + cos²y": "np.sin(x[0])**2 + np.cos(x[1])**2",
  "\\sin^{2}(x) y": "np.sin(x[0])**2 * x[1]",
  "tan^-1(y/x)": "np.arctan(x[1] / x[0])",
  "\\sin^{-1} x + y": "np.arcsin(x[0]) + x[1]",
  "1/2 x^2 + 1/2 y^2": "1 / 2 * x[0]**2 + 1 / 2 * x[1]**2",
  "\\frac12 x y": "1 / 2 * x[0] * x[1]",
  "|x|^2": "np.sum(np.abs(x)**2)",
  "\\|x\\|^2 - \\lVert x \\rVert": "np.linalg.norm(x)**2 - np.linalg.norm(x)",
  "\\lvert x_0 \\rvert": "np.abs(x[0])",
  "\\sum_{i=1}^{n} x_i^2": "np.sum(x**2)",
  "\\sum_i (x_i - 1)^2 + 3": "np.sum((x - 1)**2) + 3",
  "∑xᵢ²": "np.sum(x**2)",
  "sum(x_i^2)": "np.sum(x**2)",
  "x・y": "x[0] * x[1]",
  "f(x, y) =\nx^2\n+ y^2": "x[0]**2 + x[1]**2",
  "(x^2 + y^2) if x > y else -x y":
    "np.where(x[0] > x[1], x[0]**2 + x[1]**2, -x[0] * x[1])",
  "x if x >= 0 else -x^2": "np.sum(np.where(x >= 0, x, -x**2))",
  "Let f(x, y) = x^2 + y^2.": "x[0]**2 + x[1]**2",
  "function: x y, where x and y are real": "x[0] * x[1]",
  "x^2 + y^2 for x, y in [-2, 2]": "x[0]**2 + x[1]**2",
  "関数 f = x0^2 + x1^2 です。": "x[0]**2 + x[1]**2",
  "f(x,y) = x^2 + y^2 として": "x[0]**2 + x[1]**2",
  "x^2/20 + y^2 로 해주세요": "x[0]**2 / 20 + x[1]**2",
  "设 f(x,y)=xy": "x[0] * x[1]",
};

test("a formula has the one meaning that it can have", () => {
  for (const [text, spelling] of Object.entries(ONE_MEANING)) {
    assert.deepEqual(meant(text), [spelling], text);
    parse(spelling);
  }
});

// Where a sum is added, both ways to add it are offered, unless they are the same function.
const TWO_MEANINGS = {
  "e^(-x^2)": ["np.sum(np.exp(-x**2))", "np.exp(-np.sum(x**2))"],
  "ln(x^2+1)": ["np.sum(np.log(x**2 + 1))", "np.log(np.sum(x**2) + 1)"],
  "x**2 + 1": ["np.sum(x**2 + 1)", "np.sum(x**2) + 1"],
  "2^x": ["np.sum(2**x)", "2**np.sum(x)"],
  "1/(1+exp(-x))": ["np.sum(1 / (1 + np.exp(-x)))", "1 / (1 + np.exp(-np.sum(x)))"],
  "1/(1+x^2)": ["np.sum(1 / (1 + x**2))", "1 / (1 + np.sum(x**2))"],
  "|x|": ["np.linalg.norm(x)", "np.sum(np.abs(x))"],
};

test("a formula with two meanings is offered both", () => {
  for (const [text, spellings] of Object.entries(TWO_MEANINGS)) {
    assert.deepEqual(meant(text), spellings, text);
  }
});

test("each of two meanings is told by where its sum stands", () => {
  const sums = (text) => notation.meanings(text).map(({ sum }) => sum);
  assert.deepEqual(sums("e^(-x^2)"), ["outside", "inside"]);
  assert.deepEqual(sums("|x|"), ["norm", "outside"]);
});

// What has no certain meaning, or none in the language.
const UNCLEAR = [
  "", "1/2x", "(x^2+y^2)^-1/2", "x^1/2y", "x^1/2^2 y", "e^2x", "sin 2x", "sin x^2", "sin x y", "sin^2 x y", "sinh^-1(x)", "sin^-2(x)", "x_i^2", "x(1)", "x(0)*x(1)*x(2)", "x[2]",
  "x[1]*x[2]", "x if y else 2", "x % 2", "foo(x)", "x!", "arctan2(x,y)", "LOG(x)", "a*x + b*y",
  "x = y = 2 =", "np.sum(x**2)) + 1", "|x", "x[0] +", "np.sum(x, axis=1)", "f(x)", "sin()",
  "__proto__", "constructor(x)", "x + toString",
  "x2 + y", "x1 + y", "x 2 + y 2", "x[0]2", "1.2.3 x", "x{0}", "y = 2\nx y", "w[0] + v[1]", "w[0] + w", "w[2]",
  "x < 2", "3 +* 2", "np.sum()", "\\frac{1}", "\\sum_{i=2}^n x_i", "\\sum x_i y", "3/1/2 x", "for x in y", "勾配",
  "(x^2 + y^2", "2 * (x + y", "np.sin((x[0] + 1) * x[1]) + (x[1]", "x^2 + y^2 の平方根", "x^2 ではなく y^2",
  "x^2 for x > 0", "x^2 for x = 1", "a x^2 where a is 2", "x if x else y", "x if x > 0", "x if 0 < x < 1 else y",
]; // prettier-ignore

test("what has no certain meaning is offered none", () => {
  for (const text of UNCLEAR) assert.deepEqual(meant(text), [], text);
});

// The reason, what it is about, and what is said of it.
const PROBLEMS = {
  "sin x^2": { reason: "parentheses", found: "sin", column: 1 },
  "sqrt x^2+y^2": { reason: "parentheses", found: "sqrt", column: 1 },
  "x + cos 2y": { reason: "parentheses", found: "cos", column: 5 },
  "sin x + sin y^2 + sin(x)": { reason: "parentheses", found: "sin", column: 9 },
  "√x^2": { reason: "parentheses", found: "sqrt" },
  "0 = x - y = 1": { reason: "equation", found: "=", column: 11 },
  "sin^2 x y": { reason: "parentheses", found: "sin", column: 1 },
  "x^2 + y^2 = 1": { reason: "equation", found: "=", column: 11 },
  "x - 0,5y": { reason: "decimal_comma", found: "0,5", point: "0.5", column: 5 },
};

test("why a formula cannot be read is told where a rule knows", () => {
  for (const [text, problem] of Object.entries(PROBLEMS)) {
    assert.deepEqual(notation.problemIn(text), problem, text);
  }
  for (const text of [
    "x^2 + y^2",
    "foo(x)",
    "1,000x",
    "max(0,5x)",
    "1.000,5x",
    "x[0,1]",
  ]) {
    assert.equal(notation.problemIn(text), null, text);
  }
});

test("a comma that may part arguments, or thousands, is none of a decimal", () => {
  for (const text of ["1,000x", "max(0,5x)", "1.000,5x", "x[0,1]", "1,2,3 x"]) {
    assert.deepEqual(meant(text), [], text);
  }
  assert.deepEqual(meant("max(0,5)"), ["np.maximum(0, 5)"]);
});

test("a hostile text takes no time and raises nothing", () => {
  const start = performance.now();
  for (const text of [
    "(".repeat(299),
    "sin ".repeat(70),
    "x".repeat(299),
    "-".repeat(299),
  ]) {
    meant(text);
  }
  meant("(".repeat(1e6));
  assert.ok(performance.now() - start < 1000);
});

test("what was changed is marked, and nothing else", () => {
  const [{ parts }] = notation.meanings("x[0]^2 + sin(x[1])");
  assert.equal(parts.map(({ text }) => text).join(""), "x[0]**2 + np.sin(x[1])");
  const changed = parts.filter(({ isChanged }) => isChanged);
  assert.deepEqual(
    changed.map(({ text }) => text.trim()),
    ["**", "np.sin"],
  );
});
