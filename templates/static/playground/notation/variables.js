/* Variables: what the names of a point and of its numbers stand for. */
"use strict";

{
  const { unclear, isKnown } = globalThis.gradviz.notation;

  /** What the names of a text stand for: x and y, x0 and x1, x1 and x2, or others. */
  function variables(tokens, given) {
    const used = new Set(tokens.filter((t) => t.kind === "name").map((t) => t.text));
    const has = (...all) => all.some((name) => used.has(name));
    const meaning = new Map();
    const names = given.length > 0 ? given : otherPoint(tokens);
    if (names.length === 2) {
      return new Map(names.map((name, k) => [name, `x[${k}]`]));
    }
    const isPair = has("y", "Y");
    // x2 + y may be a square that lost its height, and x1 + y may be anything.
    if (isPair && [...used].some((name) => /^[xX]_?[012]$/.test(name))) unclear();
    for (const name of names.length === 1 ? names : ["x", "X"]) {
      meaning.set(name, isPair ? "x[0]" : "x");
    }
    if (isPair) ["y", "Y"].forEach((name) => meaning.set(name, "x[1]"));
    const countsFromOne = has("x2", "x_2", "X2") && !has("x0", "x_0", "X0");
    const first = countsFromOne ? 1 : 0;
    for (const k of [0, 1]) {
      for (const name of ["x", "x_", "X"]) {
        meaning.set(`${name}${first + k}`, `x[${k}]`);
      }
    }
    if (!isPair) for (const name of ["x_i", "x_j", "x_k"]) meaning.set(name, "each x");
    return meaning;
  }

  /** The names of points that are neither x nor X: w in w[0]**2 + w[1]**2. */
  function otherPoint(tokens) {
    const named = tokens.filter(({ kind, text }) => kind === "name" && !isKnown(text));
    const names = new Set(named.map(({ text }) => text));
    const areIndexed = named.every((token) => {
      const [open, index, end] = tokens.slice(tokens.indexOf(token) + 1);
      return open?.text === "[" && "01".includes(index?.text) && end?.text === "]";
    });
    return areIndexed && names.size === 1 ? [...names] : [];
  }

  globalThis.gradviz.notation.variables = variables;
}
