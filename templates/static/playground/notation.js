/* Notation: what a formula from elsewhere means as a spelling. Either the whole text is
   read or nothing is offered: a wrong mend is worse than none. */
"use strict";

{
  const { parse, functions, printing } = globalThis.gradviz;
  const { PRODUCT, ATOM, SAME_AS, operation } = printing;

  const LONGEST = 300; // characters
  const DEEPEST = 60; // nested brackets
  const MOST_MISSING = 3; // closing brackets that are added at the end

  /** A text without a certain meaning. If a rule explains why, `problem` has its
      `reason`; `found`, the part of the text in question; and how often the same part
      occurs `before` it, or nothing if it is the last. */
  class Unclear extends Error {
    constructor(problem = null) {
      super();
      this.problem = problem;
    }
  }

  function unclear(problem) {
    throw new Unclear(problem);
  }

  /* Characters, before anything is read. One rule per line: the typed text, and its
     meaning. */

  const INVISIBLE = /\p{Cf}/gu; // soft hyphens, direction marks, zero-width spaces
  const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
  const PLAIN_SUPERSCRIPTS = "0123456789+-";
  const SUBSCRIPTS = "₀₁₂";
  // A sum over all numbers of x, with its limits: from i = 1 to n, say.
  const SUM_SIGN = "sum_over_all";
  const SUM_OVER_ALL =
    /(?:\\sum(?![a-z])|[∑Σ])(?:\s*_\s*(?:[ijk]|\{\s*[ijk]\s*(?:=\s*[01]\s*)?\}))?(?:\s*\^\s*(?:[nNdD]|\{\s*[nNdD]\s*(?:-\s*1\s*)?\}))?/g;
  const CHARACTERS = [
    [INVISIBLE, ""],
    [/[⁰¹²³⁴-⁹⁺⁻]+/g, (run) => `**(${plainSuperscripts(run)})`],
    [/_?[₀₁₂]/g, (mark) => String(SUBSCRIPTS.indexOf(mark.at(-1)))],
    [/[−–—‐‑﹣]/g, "-"],
    [/[×·⋅∙∗•・]/g, "*"],
    [/[÷∕⁄]/g, "/"],
    [/[‖∥]/g, "||"],
    // 3½ is three and a half, not a product.
    [
      /(?<![\w.])(\p{Nd}+)\s?([½⅓⅔¼¾⅛])/gu,
      (mixed, whole, part) => `(${whole}+${plainFraction(part)})`,
    ],
    [/[½⅓⅔¼¾⅛]/g, (part) => `(${plainFraction(part)})`],
    [/√/g, " sqrt "],
    [/ᵢ/g, "_i"],
    [SUM_OVER_ALL, ` ${SUM_SIGN} `],
    [/\\\||\\[lr]Vert\b/g, "||"],
    [/\\[lr]?vert\b/g, "|"],
    [/\\[dt]?frac\s*(\d)\s*(\d)/g, "($1/$2)"],
    [/π/g, " pi "],
    [/^\s*(?:\${1,2}|\\[([])|(?:\${1,2}|\\[)\]])[\s.。]*$/g, ""], // around TeX
    [/^\s*`|`\s*$/g, ""], // around code in Markdown
    [/\\(?:left|right|,|;|!|quad)/g, " "],
    [/\\(?:cdot|times)\b/g, "*"],
    [/\\[dt]frac\b/g, "\\frac"],
    [/\\(?:mathrm|operatorname)\s*\{(\w+)\}/g, " $1 "],
    [/_\{([012ijk])\}/g, "_$1"],
    [/\\(?=[a-z])/g, " "],
    [/#[^\n]*/g, ""],
  ];

  function plainSuperscripts(run) {
    return [...run]
      .map((each) => PLAIN_SUPERSCRIPTS[SUPERSCRIPTS.indexOf(each)])
      .join("");
  }

  function plainFraction(part) {
    return part.normalize("NFKC").replace("⁄", "/");
  }

  function plain(text) {
    let changed = text;
    for (const [pattern, replacement] of CHARACTERS) {
      changed = changed.replace(pattern, replacement);
    }
    return changed.normalize("NFKC").trim();
  }

  /* What precedes the value: a name and its arguments, a lambda, a return. */

  const NAME = "[A-Za-z]\\w*";
  const NAMES = `\\s*(?<names>${NAME}(?:\\s*,\\s*${NAME})?)\\s*`;
  const HEADS = [
    /^return\b/,
    new RegExp(`^lambda\\b${NAMES}:`),
    // On one line only: a text with further lines is a script.
    new RegExp(`^def\\s+${NAME}\\s*\\(${NAMES}\\)\\s*:(?![^\\S\\n]*\\n)`),
    new RegExp(`^@\\s*\\(${NAMES}\\)`), // MATLAB
    new RegExp(`^(?:\\(${NAMES}\\)|(?<name>${NAME}))\\s*[-=]>`), // Julia, JavaScript
    // With brackets and underscores, as in Mathematica: f[x_, y_] := x y.
    new RegExp(`^(?:${NAME}\\s*=\\s*)?${NAME}\\s*(?:[([]${NAMES}[)\\]])?\\s*:?=(?!=)`),
  ];

  function headOf(text) {
    for (const head of HEADS) {
      const match = head.exec(text);
      if (match) return match;
    }
    return null;
  }

  /** The value, and the names of the arguments that precede it. */
  function withoutHead(text) {
    let rest = text;
    let names = [];
    for (let head = headOf(rest); head; head = headOf(rest)) {
      const listed = head.groups?.names ?? head.groups?.name;
      if (listed) names = listed.split(",").map(nameAlone);
      rest = rest.slice(head[0].length).trim();
    }
    return { value: rest.replace(/[;,.。、\s]+$/, ""), names };
  }

  function nameAlone(name) {
    return name.trim().replace(/_$/, "");
  }

  /* Tokens */

  const TOKEN =
    /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?<symbol>\*\*|\.\^|\.\*|\.\/|\|\||[-+*/^()[\]{},|@=.]))/y;

  // Tables keyed by typed text have no prototype: "constructor" would be found in it.
  const SAME_SYMBOL = { __proto__: null, "^": "**", ".^": "**", ".*": "*", "./": "/" };

  function tokensOf(text) {
    const tokens = [];
    let position = 0;
    while (position < text.length) {
      TOKEN.lastIndex = position;
      const match = TOKEN.exec(text);
      if (!match) unclear();
      const { number, name, symbol } = match.groups;
      const first = tokens.length;
      position += match[0].length;
      if (number) tokens.push({ kind: "number", text: number });
      else if (name) tokens.push(...namesIn(name));
      else tokens.push(symbolTyped(symbol));
      tokens[first].isOnNewLine = /^\s*\n/.test(match[0]);
      tokens[first].isApart = /^\s/.test(match[0]);
    }
    return tokens;
  }

  function symbolTyped(symbol) {
    const text = SAME_SYMBOL[symbol] ?? symbol;
    return { kind: "symbol", text, isCaret: symbol.endsWith("^") };
  }

  // Words of several names: xy and x0x1 are products, and sinx is sin x.
  const PRODUCT_OF_NAMES = /^(?:[xy](?:_?[012])?){2,}$/;
  const FUNCTIONS_OF_NAMES = /^(?:(?:sin|cos|tan|exp|log|ln|sqrt)[xy])+$/;
  const NAMES_IN_PRODUCT = /[xy](?:_?[012])?/g;
  const NAMES_IN_FUNCTIONS = /[xy]|[a-wz]+/g;

  function namesIn(word) {
    let names = [word];
    if (PRODUCT_OF_NAMES.test(word)) names = word.match(NAMES_IN_PRODUCT);
    else if (FUNCTIONS_OF_NAMES.test(word)) names = word.match(NAMES_IN_FUNCTIONS);
    return names.map((text) => ({ kind: "name", text }));
  }

  /** The tokens, with x(1) and x(2), if both occur, as x[0] and x[1], as in MATLAB. */
  function withIndices(tokens) {
    const places = [...tokens.keys()].filter((k) => isLikeAnIndex(tokens.slice(k)));
    const indices = new Set(places.map((k) => tokens[k + 2].text));
    const isFromOne = indices.size === 2 && indices.has("1") && indices.has("2");
    if (!isFromOne) return tokens;
    const changed = [...tokens];
    for (const k of places) {
      changed[k + 1] = { kind: "symbol", text: "[" };
      changed[k + 2] = { kind: "number", text: `${tokens[k + 2].text - 1}` };
      changed[k + 3] = { kind: "symbol", text: "]" };
    }
    return changed;
  }

  /** Whether tokens begin with a name and a single number in brackets. */
  function isLikeAnIndex([name, open, number, end]) {
    const isNumber = number?.kind === "number";
    const isAlone = open?.text === "(" && isNumber && end?.text === ")";
    return isAlone && name.kind === "name" && !functionNamed(name.text);
  }

  /* Names */

  const MODULES =
    /^(?:np|numpy|math|Math|jnp|jax\.numpy|torch|cp|cupy|tf|tf\.math|K)\./;
  const FUNCTIONS = new Set(); // of one number, or of each number of a vector
  const PAIRS = new Set();
  const REDUCTIONS = new Set();
  for (const [name, { reduce, partials }] of functions) {
    if (partials.length === 2) PAIRS.add(name);
    else if (!reduce) FUNCTIONS.add(name);
    else if (!name.includes(".")) REDUCTIONS.add(name);
  }

  // From other libraries and languages.
  const SAME_ELSEWHERE = new Map([
    ["ln", "log"],
    ["sgn", "sign"],
    ["reduce_sum", "sum"],
    ["reduce_mean", "mean"],
  ]);
  const CONSTANTS = {
    __proto__: null,
    pi: "np.pi",
    Pi: "np.pi",
    PI: "np.pi",
    e: "np.e",
  };

  function nameInLanguage(name) {
    return SAME_AS.get(name) ?? SAME_ELSEWHERE.get(name) ?? name;
  }

  /** The name of a function of the language, or of one like it; else nothing. */
  function functionNamed(name) {
    const last = name.replace(MODULES, "");
    const own = nameInLanguage(last);
    const isOfLanguage = functions.has(own) || ["power", "dot"].includes(own);
    return isOfLanguage ? own : "";
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

  function isKnown(name) {
    const isFunction = functionNamed(name) || functionNamed(name.toLowerCase());
    return Boolean(isFunction) || name.replace(MODULES, "") in CONSTANTS;
  }

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
    for (const [k, digit] of countsFromOne
      ? [
          [0, 1],
          [1, 2],
        ]
      : [
          [0, 0],
          [1, 1],
        ]) {
      for (const name of ["x", "x_", "X"]) meaning.set(`${name}${digit}`, `x[${k}]`);
    }
    if (!isPair) for (const name of ["x_i", "x_j", "x_k"]) meaning.set(name, "each x");
    return meaning;
  }

  /* Terms. A vector, with one number for each number of x, can be summed in two ways:
     as a whole, with its text inside a sum, or inside the expression made from it. */

  function term(text, binds, summed = null) {
    return { text, binds, isVector: summed !== null, summed };
  }

  /** A term whose sum inside is the sum of all of it. */
  function summedWhole(text, binds) {
    return term(text, binds, { text: `np.sum(${text})`, binds: ATOM });
  }

  function scalarOf(side) {
    return side.isVector ? side.summed : side;
  }

  function joined(left, operator, right) {
    const { text, binds } = operation(left, operator, right);
    if (!left.isVector && !right.isVector) return term(text, binds);
    // A product or a quotient of two vectors can only be summed as a whole.
    if (binds === PRODUCT && left.isVector && right.isVector)
      return summedWhole(text, binds);
    return term(text, binds, operation(scalarOf(left), operator, scalarOf(right)));
  }

  function raised(base, exponent) {
    if (base.text === "np.e") return called("exp", exponent);
    const { text, binds } = operation(base, "**", exponent);
    if (base.isVector) return summedWhole(text, binds);
    if (!exponent.isVector) return term(text, binds);
    return term(text, binds, operation(base, "**", exponent.summed));
  }

  function negative(operand) {
    const { text, binds } = printing.negative(operand);
    if (!operand.isVector) return term(text, binds);
    return term(text, binds, printing.negative(operand.summed));
  }

  function called(name, argument) {
    const { text, binds } = printing.call(name, argument);
    if (!argument.isVector) return term(text, binds);
    return term(text, binds, printing.call(name, argument.summed));
  }

  /** A call that returns one number, whatever its arguments. */
  function reduced(name, ...terms) {
    const { text, binds } = printing.call(name, ...terms);
    return term(text, binds);
  }

  const X = summedWhole("x", ATOM);

  /* The formula, by precedence climbing; nothing is guessed in the middle of it. */

  class Formula {
    constructor(tokens, names) {
      this.tokens = tokens;
      this.names = names;
      this.position = 0;
      this.depth = 0;
      this.isNorm = false; // whether bars enclose a vector
      this.sums = 0; // how many are nested here; x_i has a meaning in them
    }

    get token() {
      return this.tokens[this.position] ?? { kind: "end", text: "" };
    }

    is(...texts) {
      return this.token.kind === "symbol" && texts.includes(this.token.text);
    }

    take() {
      return this.tokens[this.position++];
    }

    accept(text) {
      return this.is(text) ? this.take() : null;
    }

    /** Close a bracket; one that is missing at the end of the text is added. */
    close(text) {
      if (this.accept(text) || this.token.kind === "end") return;
      unclear();
    }

    whole() {
      const value = this.sum();
      // One bracket too many at the end is dropped.
      if (this.is(")", "]") && this.position === this.tokens.length - 1) this.take();
      if (this.is("=")) unclear({ reason: "equation", found: "=" });
      if (this.token.kind !== "end") unclear();
      return value;
    }

    sum() {
      this.depth += 1;
      if (this.depth > DEEPEST) unclear();
      let left = this.product();
      while (this.is("+", "-")) {
        const operator = this.take().text;
        left = joined(left, operator, this.product());
      }
      this.depth -= 1;
      return left;
    }

    product() {
      const start = this.position;
      let left = this.signed();
      let isQuotient = false;
      for (;;) {
        if (this.is("*", "/")) {
          const operator = this.take().text;
          isQuotient = operator === "/";
          left = joined(left, operator, this.signed());
        } else if (this.startsOperand()) {
          // 1/2x may be half of x or one over 2x; 1/2 x is half of x.
          if (isQuotient && !this.isFractionBefore(start)) unclear();
          const before = this.tokens.slice(this.position - 1);
          if (isLikeAnIndex(before)) unclear(); // x(1) is the first entry in MATLAB
          left = joined(left, "*", this.power());
        } else {
          return left;
        }
      }
    }

    /** Whether the product so far is a fraction of two numbers, followed by a blank. */
    isFractionBefore(start) {
      const [above, sign, below, ...rest] = this.tokens.slice(start, this.position);
      const areNumbers = above.kind === "number" && below?.kind === "number";
      const isFraction = areNumbers && sign.text === "/" && rest.length === 0;
      return isFraction && this.token.isApart;
    }

    /** Whether an operand follows with no operator before it: 2x, (x)(y). A number may
        be an exponent that lost its height: x 2. */
    startsOperand() {
      if (this.token.isOnNewLine) return false; // it is a statement of its own
      return this.token.kind === "name" || this.is("(");
    }

    signed() {
      if (this.accept("+")) return this.signed();
      if (this.accept("-")) return negative(this.signed());
      return this.power();
    }

    power() {
      const base = this.postfix();
      const sign = this.accept("**");
      if (!sign) return base;
      if (sign.isCaret && this.isFractionOfOne())
        return raised(base, this.fractionOfOne());
      const exponent = this.is("{") ? this.bracketed("{", "}") : this.exponent();
      // e^2x may be e^(2x), or e^2 times x.
      if (base.text === "np.e" && this.startsOperand()) unclear();
      return raised(base, exponent);
    }

    /** Whether 1/2 or -1/2 follows, written without blanks. */
    isFractionOfOne() {
      const isNegative = this.is("-");
      const [one, sign, below] = this.tokens.slice(this.position + isNegative);
      const isTight = sign?.text === "/" && !sign.isApart;
      return one?.text === "1" && isTight && below?.kind === "number";
    }

    /** x^1/2 is the root: nobody raises to the first power. But x^-1/2 may be half of
        1/x, and in x^1/2y nobody knows where the exponent ends. */
    fractionOfOne() {
      if (this.is("-")) unclear();
      const above = this.operand();
      const { text } = this.take();
      const value = joined(above, text, this.operand());
      if (this.startsOperand() || this.is("**")) unclear();
      return value;
    }

    exponent() {
      if (this.accept("-")) return negative(this.exponent());
      if (this.accept("+")) return this.exponent();
      const base = this.postfix();
      return this.accept("**") ? raised(base, this.exponent()) : base;
    }

    bracketed(open, end) {
      if (!this.accept(open)) unclear();
      const value = this.sum();
      this.close(end);
      return value;
    }

    postfix() {
      let value = this.operand();
      while (this.is(".", "@")) {
        const sign = this.take().text;
        if (sign === "@") value = this.dot(value, this.operand());
        else value = this.method(value, this.take() ?? this.token);
      }
      return value;
    }

    dot(left, right) {
      if (left.text !== "x" || right.text !== "x") unclear();
      return term("(x @ x)", ATOM);
    }

    /** `.sum()` and the like after a bracket or a name. */
    method(value, { kind, text }) {
      if (kind !== "name") unclear();
      if (text === "T") return value;
      if (!this.accept("(")) unclear();
      const own = nameInLanguage(text);
      if (own === "dot") {
        const right = this.sum();
        this.close(")");
        return this.dot(value, right);
      }
      this.axes();
      this.close(")");
      if (text === "copy" || text === "flatten" || text === "ravel") return value;
      if (!REDUCTIONS.has(own)) unclear();
      return reduced(own, value);
    }

    /** Axes that cover all of one point add nothing: axis=0, axis=-1, keepdims. */
    axes() {
      while (this.token.kind === "name" || this.is(",")) {
        this.accept(",");
        const name = this.take();
        if (!name || !["axis", "keepdims", "dim"].includes(name.text)) unclear();
        if (!this.accept("=")) unclear();
        const sign = this.accept("-") ? "-" : "";
        const value = `${sign}${this.take()?.text}`;
        if (!["0", "-1", "None", "False", "True"].includes(value)) unclear();
      }
    }

    operand() {
      const token = this.token;
      if (token.kind === "number") {
        this.take();
        return term(token.text, ATOM);
      }
      if (this.is("(")) return this.inBrackets();
      if (this.is("{")) return this.bracketed("{", "}");
      if (this.is("|")) return this.bars();
      if (this.is("||")) return this.doubleBars();
      if (token.kind === "name") return this.named();
      return unclear();
    }

    inBrackets() {
      const { text, binds, summed } = this.bracketed("(", ")");
      return term(text, binds, summed);
    }

    bars() {
      this.take();
      const value = this.sum();
      if (!this.accept("|")) unclear();
      if (value.isVector) this.isNorm = value.text === "x";
      return called("abs", value);
    }

    doubleBars() {
      this.take();
      const value = this.sum();
      if (!this.accept("||") || !value.isVector) unclear();
      return reduced("linalg.norm", value);
    }

    named() {
      const { text } = this.take();
      const [first, ...more] = text.split(".");
      const variable = this.names.get(first);
      if (variable && more.length) return this.ofVariable(variable, more);
      if (variable) return this.variable(text, variable);
      if (text === SUM_SIGN) return this.sumOverAll();
      const constant = CONSTANTS[text.replace(MODULES, "")];
      if (constant) return term(constant, ATOM);
      const own = functionNamed(text);
      // As in Mathematica: Sin[x].
      const isCapital = !own && this.is("[") && functionNamed(text.toLowerCase());
      if (isCapital) return this.call(isCapital, "[", "]");
      if (text === "frac") return this.fraction();
      if (text === "len" && this.accept("(")) return this.length();
      if (!own) return unclear();
      if (this.is("(")) return this.call(own, "(", ")");
      if (this.is("{")) return this.call(own, "{", "}");
      if (this.is("**")) return this.powerOfFunction(own);
      return this.withoutBrackets(own);
    }

    /** `x.sum()`: the name and the method are one token. */
    ofVariable(variable, [name, ...more]) {
      if (more.length) unclear();
      const value = variable === "x" ? X : term(variable, ATOM);
      return this.method(value, { kind: "name", text: name });
    }

    /** The sum of the product that follows. */
    sumOverAll() {
      this.sums += 1;
      const each = this.product();
      this.sums -= 1;
      return each.isVector ? reduced("sum", each) : unclear();
    }

    variable(name, meaning) {
      if (meaning === "each x") return this.sums > 0 ? X : unclear();
      if (!this.is("[")) return meaning === "x" ? X : term(meaning, ATOM);
      this.take();
      const sign = this.accept("-") ? "-" : "";
      const index = `${sign}${this.take()?.text}`;
      this.close("]");
      const isOfPoint = name === "x" || meaning === "x";
      if (!isOfPoint || !["0", "1", "-1", "-2"].includes(index)) unclear();
      return term(`x[${index}]`, ATOM);
    }

    length() {
      const argument = this.sum();
      this.close(")");
      if (argument.text !== "x") unclear();
      return term("len(x)", ATOM);
    }

    fraction() {
      const above = this.bracketed("{", "}");
      const below = this.bracketed("{", "}");
      return joined(above, "/", below);
    }

    /** sin^2(x) is the square of sin(x), and sin^-1(x) the arcsine. */
    powerOfFunction(name) {
      this.take();
      const exponent = this.plainExponent();
      const isInverse = exponent === "-1";
      const own = isInverse ? `arc${name}` : name;
      if (!FUNCTIONS.has(own) || (exponent.startsWith("-") && !isInverse)) unclear();
      const isCall = this.is("(", "{");
      const close = this.is("{") ? "}" : ")";
      const value = isCall
        ? this.call(own, this.token.text, close)
        : this.withoutBrackets(own);
      return isInverse ? value : raised(value, term(exponent, ATOM));
    }

    /** A whole number with its sign, in brackets or not. */
    plainExponent() {
      const bracket = this.accept("{") ?? this.accept("(");
      const sign = this.accept("-") ? "-" : "";
      const { kind, text } = this.token;
      if (kind !== "number") unclear();
      this.take();
      if (bracket) this.close(bracket.text === "{" ? "}" : ")");
      return `${sign}${text}`;
    }

    /** sin x, if nothing follows that could also belong to it. */
    withoutBrackets(name) {
      if (!FUNCTIONS.has(name)) unclear();
      const typed = this.lastName();
      const argument = this.operand();
      const isAtItsEnd = this.token.kind === "end" || this.is("+", "-", ")", ",");
      const { kind, text } = this.token;
      const isBeforeAnother = kind === "name" && functionNamed(text) !== "";
      if (isAtItsEnd || isBeforeAnother) return called(name, argument);
      return unclear({ reason: "parentheses", ...typed });
    }

    /** The last name read, as typed, and how often it occurs before. */
    lastName() {
      const words = this.tokens.slice(0, this.position).map(({ text }) => text);
      const found = words.findLast((text) => /^[A-Za-z]/.test(text));
      return { found, before: words.filter((text) => text === found).length - 1 };
    }

    call(name, open, end) {
      this.take();
      this.sums += name === "sum";
      const terms = [this.sum()];
      this.sums -= name === "sum";
      while (this.is(",")) {
        const next = this.tokens[this.position + 1];
        if (next?.kind === "name" && ["axis", "keepdims", "dim"].includes(next.text)) {
          this.axes();
          break;
        }
        this.take();
        terms.push(this.sum());
      }
      this.close(end);
      return applied(name, terms);
    }
  }

  /** What a function makes of its arguments. */
  function applied(name, terms) {
    const [first, second] = terms;
    if (terms.length === 1) {
      if (REDUCTIONS.has(name) || name === "linalg.norm") return reduced(name, first);
      if (FUNCTIONS.has(name)) return called(name, first);
    }
    if (terms.length === 2) {
      if (name === "power") return raised(first, second);
      if (name === "dot" && first.text === "x" && second.text === "x") {
        return term("(x @ x)", ATOM);
      }
      const isAxis = ["0", "-1"].includes(second.text);
      if (REDUCTIONS.has(name) && isAxis && first.isVector) {
        return reduced(name, first);
      }
      const own = { max: "maximum", min: "minimum" }[name] ?? name;
      const hasVector = first.isVector || second.isVector;
      if (PAIRS.has(own) && !hasVector) {
        return reduced(own, first, second);
      }
    }
    return unclear();
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

  /* What was changed: the words of one text that another does not have in this order */

  const WORD = /\d+\.?\d*(?:[eE][+-]?\d+)?|[A-Za-z_][\w.]*|\*\*|[^\s]/g;

  function marked(text, spelling, word = WORD) {
    const before = text.match(word) ?? [];
    const after = [...spelling.matchAll(word)];
    const kept = longestCommon(
      before,
      after.map(([each]) => each),
    );
    const parts = [];
    let position = 0;
    after.forEach((match, k) => {
      const end = match.index + match[0].length;
      const part = spelling.slice(position, end);
      const isChanged = !kept.has(k);
      if (parts.length && parts.at(-1).isChanged === isChanged)
        parts.at(-1).text += part;
      else parts.push({ text: part, isChanged });
      position = end;
    });
    return parts;
  }

  /** The places in the second list of a longest common subsequence of both. */
  function longestCommon(first, second) {
    const lengths = Array.from({ length: first.length + 1 }, () =>
      new Array(second.length + 1).fill(0),
    );
    for (let i = first.length - 1; i >= 0; i--) {
      for (let j = second.length - 1; j >= 0; j--) {
        const isSame = first[i] === second[j];
        lengths[i][j] = isSame
          ? lengths[i + 1][j + 1] + 1
          : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    const places = new Set();
    let i = 0;
    let j = 0;
    while (i < first.length && j < second.length) {
      if (first[i] === second[j]) {
        places.add(j);
        i += 1;
        j += 1;
      } else if (lengths[i + 1][j] >= lengths[i][j + 1]) i += 1;
      else j += 1;
    }
    return places;
  }

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

  globalThis.gradviz.notation = { meanings, marked, problemIn };
}
