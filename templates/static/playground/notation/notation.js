/* Notation: what a formula from elsewhere means as a spelling. Either the whole text is
   read or nothing is offered: a wrong mend is worse than none. */
"use strict";

{
  const { parse } = globalThis.gradviz;
  const { Unclear, unclear, plain, withoutHead } = globalThis.gradviz.notation;
  const { tokensOf, withIndices, variables, Formula } = globalThis.gradviz.notation;
  const { FUNCTIONS, functionNamed, marked } = globalThis.gradviz.notation;

  const LONGEST = 300; // characters
  const MOST_MISSING = 3; // closing brackets that are added at the end

  /** What a text is likely to mean: none, one, or two spellings that differ. Each has its
      `spelling`, its `parts` with what was changed, and `sum`, where one was added. */
  function meanings(text) {
    const { spellings } = readingOf(text);
    return spellings.map((each) => ({ ...each, parts: marked(text, each.spelling) }));
  }

  /** Why a text cannot be read, if a rule says so: the `reason`, and `found`, a part of
      the text, with its `column` if the text contains it as it was read. */
  function problemIn(text) {
    const { problem } = readingOf(text);
    if (!problem) return null;
    const { before, ...answer } = problem;
    if (!text.includes(answer.found)) return answer; // it was typed with another character
    const isLast = before === undefined;
    const index = isLast
      ? text.lastIndexOf(answer.found)
      : text.split(answer.found, before + 1).join(answer.found).length;
    return { ...answer, column: index + 1 };
  }

  /** The spellings of a text, and its problem, if a rule names one. */
  function readingOf(text) {
    if (text.length > LONGEST) return { spellings: [], problem: null };
    const asTyped = attempt(text);
    const decimal = decimalIn(text);
    if (asTyped.spellings.length > 0 || !decimal) return asTyped;
    const { spellings } = attempt(text.replace(DECIMAL_COMMA, "$1.$2"));
    return spellings.length > 0 ? { spellings, problem: decimal } : asTyped;
  }

  function attempt(text) {
    try {
      const spellings = spellingsOf(text);
      for (const { spelling } of spellings) parse(spelling);
      return { spellings, problem: null };
    } catch (error) {
      if (error instanceof Unclear) return { spellings: [], problem: error.problem };
      if (error.column) return { spellings: [], problem: null };
      throw error;
    }
  }

  // 0,5 and 1,25; but 1,000 may be a thousand.
  const DECIMAL_COMMA = /(?<![\w.,])(0|\d+(?=,(?!\d{3}(?!\d)))),(\d+)(?![\d.,])/g;

  /** The problem of a number with a decimal comma, unless the comma may separate
      arguments. */
  function decimalIn(text) {
    const [number] = text.match(DECIMAL_COMMA) ?? [];
    const words = text.match(/[A-Za-z]\w*/g) ?? [];
    const mayPart = words.some((word) => {
      const own = functionNamed(word);
      return own && !FUNCTIONS.has(own);
    });
    if (!number || mayPart) return null;
    const point = number.replace(",", ".");
    return { reason: "decimal_comma", found: number, before: 0, point };
  }

  /* Reading closes brackets that are missing at the end; if too many are missing, the
     text is something else. */

  function missingBrackets(tokens) {
    let open = 0;
    for (const { text } of tokens) {
      if ("([{".includes(text)) open += 1;
      else if (")]}".includes(text)) open -= 1;
    }
    return open;
  }

  /** The spellings of a formula, each with the way it is summed, if any. */
  function spellingsOf(text) {
    const { value, names } = withoutHead(plain(text));
    const tokens = withIndices(tokensOf(value));
    if (!tokens.length || missingBrackets(tokens) > MOST_MISSING) unclear();
    const formula = new Formula(tokens, variables(tokens, names));
    const whole = formula.whole();
    if (!whole.isVector) return [{ spelling: bare(whole.text), sum: "" }];
    const outside = { spelling: `np.sum(${whole.text})`, sum: "outside" };
    if (formula.isNorm && whole.text === "np.abs(x)") {
      return [{ spelling: "np.linalg.norm(x)", sum: "norm" }, outside];
    }
    const inside = { spelling: bare(whole.summed.text), sum: "inside" };
    return areAlike(outside.spelling, inside.spelling) ? [outside] : [outside, inside];
  }

  /** A text without the brackets that enclose all of it. */
  function bare(text) {
    return text === "(x @ x)" ? "x @ x" : text;
  }

  const TRIALS = [
    [0.3, 1.7],
    [1.1, 0.6],
    [0.8, 0.9],
  ];

  /** Whether two spellings are the same function, as far as three points tell. */
  function areAlike(one, other) {
    const f = parse(one);
    const g = parse(other);
    return TRIALS.every((point) => {
      const [a, b] = [f.evaluate(point), g.evaluate(point)];
      return Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a));
    });
  }

  Object.assign(globalThis.gradviz.notation, { meanings, problemIn });
}
