/* Printing: how a formula is written as a spelling, whatever it was read from. A term
   has a `text`, and `binds` tells how tightly: an operand that binds more loosely gets
   parentheses. */
"use strict";

{
  // How tightly a text binds, as in Python.
  const CHOICE = 0;
  const SUM = 1;
  const PRODUCT = 2;
  const SIGN = 3;
  const POWER = 4;
  const ATOM = 5;

  const OPERATORS = new Map([
    ["+", { sign: " + ", binds: SUM }],
    ["-", { sign: " - ", binds: SUM }],
    ["*", { sign: " * ", binds: PRODUCT }],
    ["/", { sign: " / ", binds: PRODUCT }],
    ["@", { sign: " @ ", binds: PRODUCT }],
    ["**", { sign: "**", binds: POWER }],
  ]);

  // Other names in NumPy, `math` and Python for functions that the language has, or
  // writes with its operators.
  const SAME_AS = new Map([
    ["absolute", "abs"],
    ["fabs", "abs"],
    ["amax", "max"],
    ["amin", "min"],
    ["product", "prod"],
    ["norm", "linalg.norm"],
    ["asin", "arcsin"],
    ["acos", "arccos"],
    ["atan", "arctan"],
    ["pow", "power"],
    ["inner", "dot"],
    ["vdot", "dot"],
    ["fmax", "maximum"],
    ["fmin", "minimum"],
  ]);

  /** The text of an operand, in parentheses if it binds more loosely. */
  function within({ text, binds }, wanted) {
    return binds >= wanted ? text : `(${text})`;
  }

  /** Two terms with an operator between them. */
  function operation(left, operator, right) {
    const { sign, binds } = OPERATORS.get(operator);
    // A power groups to the right, and takes a sign there.
    const isPower = operator === "**";
    const leftText = within(left, isPower ? ATOM : binds);
    const rightText = within(right, isPower ? SIGN : binds + 1);
    return { text: leftText + sign + rightText, binds };
  }

  function negative(operand) {
    return { text: `-${within(operand, SIGN)}`, binds: SIGN };
  }

  /** A call of a function of the language. */
  function call(name, ...terms) {
    const texts = terms.map(({ text }) => text);
    return { text: `np.${name}(${texts.join(", ")})`, binds: ATOM };
  }

  /** A comparison of two terms; it occurs in a choice, or in a call of where. */
  function comparison(left, sign, right) {
    return { text: `${within(left, SUM)} ${sign} ${within(right, SUM)}` };
  }

  /** `a if c else b`, which groups to the right. */
  function choice(chosen, condition, otherwise) {
    const text = `${within(chosen, SUM)} if ${condition.text} else ${otherwise.text}`;
    return { text, binds: CHOICE };
  }

  globalThis.gradviz.printing = {
    PRODUCT,
    ATOM,
    SAME_AS,
    operation,
    negative,
    call,
    comparison,
    choice,
  };
}
