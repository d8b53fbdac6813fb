/* Formula: its tokens read as a spelling, by precedence climbing; nothing is guessed in
   the middle of it. */
"use strict";

{
  const { notation, printing } = globalThis.gradviz;
  const { ATOM } = printing;
  const { unclear, SUM_SIGN, isLikeAnIndex } = notation;
  const { MODULES, FUNCTIONS, PAIRS, REDUCTIONS, CONSTANTS } = notation;
  const { nameInLanguage, functionNamed } = notation;
  const { term, joined, raised, negative, called, reduced, summedWhole, X } = notation;

  const DEEPEST = 60; // nested brackets
  const COMPARISONS = ["<", "<=", ">", ">=", "==", "!="];

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
      const value = this.choice();
      // One bracket too many at the end is dropped.
      if (this.is(")", "]") && this.position === this.tokens.length - 1) this.take();
      if (this.is("=", "==")) unclear({ reason: "equation", found: "=" });
      if (this.token.kind !== "end") unclear();
      return value;
    }

    /** `a if x > 0 else b`, around all of a formula. */
    choice() {
      const value = this.sum();
      if (!this.acceptName("if")) return value;
      const left = this.sum();
      const comparison = this.take()?.text;
      const right = this.sum();
      if (!COMPARISONS.includes(comparison) || !this.acceptName("else")) unclear();
      return chosen(`${left.text} ${comparison} ${right.text}`, [
        left,
        right,
        value,
        this.sum(),
      ]);
    }

    acceptName(text) {
      return this.token.kind === "name" && this.token.text === text
        ? this.take()
        : null;
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
      if (["if", "else"].includes(this.token.text)) return false;
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

    /** What is grouped may end in several places: this bracket is not added. */
    inBrackets() {
      this.take();
      const { text, binds, summed } = this.sum();
      if (!this.accept(")")) unclear();
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

  /** One of two values, for each number of x where a vector takes part. */
  function chosen(condition, [left, right, value, other]) {
    const text = `np.where(${condition}, ${value.text}, ${other.text})`;
    const hasVector = [left, right, value, other].some(({ isVector }) => isVector);
    return hasVector ? summedWhole(text, ATOM) : term(text, ATOM);
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

  globalThis.gradviz.notation.Formula = Formula;
}
