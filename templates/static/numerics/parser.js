/* Parser: from a text to a function with an exact derivative, or to a column and a
   reason, as in gradviz_core/spelling/parser.py. The grammar is closed: the first token
   at which no spelling can continue is refused. */
"use strict";

{
  const { numerics } = globalThis.gradviz;
  const { SUM, POWER, OPERATORS, SIGNS, COMPARISONS, FUNCTIONS } = numerics;
  const { constantNode, itemNode, vectorNode, reductionNode, stepNode } = numerics;
  const { productNode, arrayNode, choiceNode } = numerics;
  const { Points, OneRow, valuesOfMoves, differentiate, stretched } = numerics;
  const { refuseInput } = numerics;

  const MAX_CHARACTERS = 256;
  const MAX_BRACKETS = 32; // that are open at the same time
  const MAX_NODES = 200; // a number, name, index, operator or call is one each
  const NODES_OF_COMPARISON = 3; // its two sides, and the sign between them

  const CONSTANTS = new Map(Object.entries({ pi: Math.PI, e: Math.E }));
  const INDEXES = ["0", "1", "-1", "-2"];

  const TOKEN_KINDS = {
    number: /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/,
    name: /[A-Za-z_]\w*/,
    // Each one token of Python.
    symbol: /\*\*=?|\/\/=?|<<=?|>>=?|->|<>|\.{3}|[-+*/%@&|^!=<>:]=/,
    character: /[^ ]/,
    end: /$/,
  };
  const TOKEN = RegExp(
    Object.values(TOKEN_KINDS)
      .map((kind) => kind.source)
      .join("|"),
    "gu",
  );
  const NUMBER = /^\.?\d/;
  const NAME = /^[A-Z_]/i;
  const OCTAL_LOOKING = /^0+[1-9]\d*$/; // 012 is not a number to Python
  // No token of the language begins like this.
  const FOREIGN = /^(?![<>]|[=!]=)[^-+*/@.,()[\]\w]/u;

  /** Refuse a token, with a more telling reason of its own if there is one. */
  function refuse(token, expected, otherwise = "unexpected") {
    const { text: found, column } = token;
    let reason = otherwise;
    if (found === "") reason = "end";
    else if (FOREIGN.test(found)) reason = "character";
    refuseInput(reason, column, { found, expected, suggestion: suggestionFor(found) });
  }

  /** The name of the language that is meant by one without its prefix. */
  function suggestionFor(found) {
    const names = [found, `linalg.${found}`];
    const name = names.find(
      (each) => each === "array" || CONSTANTS.has(each) || FUNCTIONS.has(each),
    );
    return name && `np.${name}`;
  }

  function tokensOf(text) {
    const matches = [...text.matchAll(TOKEN)];
    return matches.map((match) => ({ text: match[0], column: match.index + 1 }));
  }

  function isTooLong(text) {
    // A character has at most two code units, and an endless text is not worth
    // counting.
    const beginning = text.slice(0, 2 * MAX_CHARACTERS + 1);
    return [...beginning].length > MAX_CHARACTERS;
  }

  /** Precedence climbing over the tokens. A method that reads an operand returns its node. */
  class Parser {
    constructor(text) {
      this.tokens = tokensOf(text);
      this.position = 0;
      this.nodes = 0;
      this.openBrackets = 0;
    }

    /** Read all of the text. */
    root() {
      const root = this.value();
      if (this.ahead()) refuse(this.take(), ["operator"]);
      return asNumber(root);
    }

    /** Read what is between brackets or commas: an expression, or a choice. */
    value(mayCompare = false) {
      const value = this.expression(SUM, mayCompare);
      if (value.isComparison) return value;
      if (mayCompare && COMPARISONS.has(this.ahead())) return this.comparison(value);
      if (this.ahead() === "if") return this.choice(value);
      return value;
    }

    /** Read a value that has to be one number. */
    number() {
      return asNumber(this.value());
    }

    /** Read a comparison, in parentheses or not. */
    condition() {
      const value = this.expression(SUM, true);
      return value.isComparison ? value : this.comparison(value);
    }

    /** Read `< 1` after the first side of a comparison. */
    comparison(left) {
      const token = this.take();
      const rule = COMPARISONS.get(token.text);
      if (!rule) refuse(token, ["operator", "comparison"]);
      this.count(token, 1);
      const right = this.expression();
      return { ...stepNode(rule, token.column, left, right), isComparison: true };
    }

    /** Read `if c else b` after a value. */
    choice(value) {
      const { column } = this.count(this.take(), NODES_OF_COMPARISON + 1);
      const condition = asNumber(this.condition());
      this.take("else", ["operator", "else"]);
      const otherwise = this.value();
      if (value.rank !== otherwise.rank) refuseInput("choice", column);
      return choiceNode(column, condition, value, otherwise);
    }

    /** Read operands joined by operators that bind at least this tightly. */
    expression(loosest = SUM, mayCompare = false) {
      let node = this.signed(mayCompare);
      if (node.isComparison) return node;
      for (;;) {
        const rule = OPERATORS.get(this.ahead());
        if (!rule || rule.precedence < loosest) return node;
        const { column } = this.count(this.take(), 1);
        if (rule.isProduct && !node.rank) refuseInput("number", column);
        // The right operand binds tighter; only powers group to the right.
        const isPower = rule.precedence === POWER;
        const right = this.expression(isPower ? POWER : rule.precedence + 1);
        if (rule.isProduct && !right.rank) refuseInput("number", column);
        node = joined(rule, column, node, right);
      }
    }

    signed(mayCompare) {
      const rule = SIGNS.get(this.ahead());
      if (!rule) return this.operand(this.take(), mayCompare);
      const { column } = this.count(this.take(), 1);
      return stepNode(rule, column, this.expression(POWER));
    }

    /** Read a number, a name, a call, or an expression in parentheses. */
    operand(token, mayCompare) {
      const { text } = token;
      if (text === "(") return this.enclosed(token, () => this.value(mayCompare));
      if (text === "np") return this.dottedName(token);
      if (text === "len") return this.length(token);
      if (text === "x") return this.variable(token);
      if (NUMBER.test(text) && !OCTAL_LOOKING.test(text)) {
        return this.constant(token, Number(text));
      }
      return refuse(token, ["operand"], NAME.test(text) ? "name" : "unexpected");
    }

    constant(token, number) {
      this.count(token);
      return constantNode(() => number);
    }

    /** Read `(x)` after len. */
    length(token) {
      this.count(token);
      this.take("(");
      this.enclosed(token, () => this.take("x"), ")", [")"]);
      return constantNode((x) => x.size);
    }

    /** Read `[0]` after x, or nothing. */
    variable(token) {
      this.count(token);
      if (this.ahead() !== "[") return vectorNode(token.column);
      return itemNode(this.enclosed(this.take(), () => this.index(), "]", ["]"]));
    }

    index() {
      const minus = this.ahead() === "-" ? this.take().text : "";
      const place = this.take();
      const index = minus + place.text;
      if (!INDEXES.includes(index)) refuse(place, INDEXES, "index");
      return Number(index);
    }

    /** Read `.pi`, or `.sin(…)`, after np. */
    dottedName(token) {
      this.take(".");
      let name = this.name();
      if (name === "linalg") {
        this.take(".");
        name = `linalg.${this.name()}`;
      }
      if (CONSTANTS.has(name)) return this.constant(token, CONSTANTS.get(name));
      if (name === "array") return this.array(token);
      const rule = FUNCTIONS.get(name);
      if (!rule) refuse({ text: name, column: token.column }, ["function"], "name");
      return this.call(rule, name, token);
    }

    name() {
      const token = this.take();
      if (!NAME.test(token.text)) refuse(token, ["name"]);
      return token.text;
    }

    /** Read the arguments of a function. */
    call(rule, name, token) {
      const wanted = rule.partials.length;
      const isWhere = name === "where";
      this.count(token, isWhere ? NODES_OF_COMPARISON + 2 : wanted);
      const first = () => (isWhere ? this.condition() : this.value());
      const operands = this.operands(name, token, wanted, first);
      if (rule.reduce) return reductionNode(rule, ...operands);
      return joined(rule, token.column, ...operands);
    }

    /** Read the operands of a function, the first in a way of its own. */
    operands(name, token, wanted, first) {
      this.take("(");
      const operands = this.enclosed(token, () => this.list(first));
      const given = operands.length;
      if (given !== wanted) {
        refuseInput("arity", token.column, { found: `np.${name}`, wanted, given });
      }
      return operands;
    }

    list(first) {
      if (this.ahead() === ")") return [];
      const operands = [first()];
      while (this.ahead() === ",") {
        this.take();
        operands.push(this.value());
      }
      return operands;
    }

    /** Read `([1, 2])`, or a matrix, after np.array. */
    array(token) {
      this.count(token, 2);
      const [entries] = this.operands("array", token, 1, () => this.rows());
      return arrayNode(entries.length / 2, token.column, entries);
    }

    /** Read two numbers in brackets, or two such rows: all numbers, row by row. */
    rows() {
      return this.bracketed(() => {
        const readRow = () => this.bracketed(() => this.pair(() => [this.number()]));
        return this.pair(this.ahead() === "[" ? readRow : () => [this.number()]);
      });
    }

    bracketed(read) {
      return this.enclosed(this.take("["), read, "]");
    }

    pair(read) {
      const first = read();
      this.take(",", ["operator", ","]);
      return [...first, ...read()];
    }

    /** Read what follows an open bracket, and the bracket that closes it. */
    enclosed(token, read, closing = ")", expected = ["operator", closing]) {
      this.openBrackets += 1;
      if (this.openBrackets > MAX_BRACKETS) {
        refuseInput("limit", token.column, { most: MAX_BRACKETS, of: "brackets" });
      }
      const enclosed = read();
      this.take(closing, expected);
      this.openBrackets -= 1;
      return enclosed;
    }

    /** The text of the next token. */
    ahead() {
      return this.tokens[this.position].text;
    }

    /** Take the next token, which must have this text, if one is given. */
    take(wanted, expected = [wanted]) {
      const token = this.tokens[this.position];
      this.position += 1;
      if (wanted && token.text !== wanted) refuse(token, expected);
      return token;
    }

    /** Count a node, and check that there is room for those it still needs. */
    count(token, operands = 0) {
      this.nodes += 1;
      if (this.nodes + operands > MAX_NODES) {
        refuseInput("limit", token.column, { most: MAX_NODES, of: "nodes" });
      }
      return token;
    }
  }

  function asNumber(node) {
    if (node.rank) refuseInput("vector", node.column);
    return node;
  }

  /** An operation of one operator or function. */
  function joined(rule, column, ...operands) {
    const node = rule.isProduct ? productNode : (...rest) => stepNode(rule, ...rest);
    return node(column, ...operands);
  }

  /** The function that a text spells; a text that is no spelling fails with its column. */
  function parse(text) {
    if (isTooLong(text)) {
      refuseInput("limit", MAX_CHARACTERS + 1, {
        most: MAX_CHARACTERS,
        of: "characters",
      });
    }
    return new Spelling(text, new Parser(text).root());
  }

  /** A spelled function. Its methods can be passed on without it. */
  class Spelling {
    constructor(text, root) {
      this.source = text;
      this.root = root;
      this.evaluate = this.evaluate.bind(this);
      this.gradient = this.gradient.bind(this);
    }

    /** The value at one x. */
    evaluate(x) {
      const row = x instanceof Float64Array ? x : Float64Array.from(x);
      return this.root.read(new OneRow(row))[0][0];
    }

    /** The exact gradient at a point; nan where an operation has none. */
    gradient(x) {
      if (x.length !== 2) throw new RangeError("a point has two numbers");
      const columns = [Float64Array.of(x[0]), Float64Array.of(x[1])];
      const [[alongX0], [alongX1]] = this.gradientsAt(columns);
      return [alongX0, alongX1];
    }

    /** The values at many points, a column for each coordinate. */
    valuesAt(columns) {
      const [values] = this.root.read(new Points(columns));
      return stretched(values, columns[0].length);
    }

    /** The same for exact gradients, a column along each coordinate. */
    gradientsAt(columns) {
      return differentiate(this.root, columns);
    }

    /** The values with one entry of x moved at a time, ahead and then behind. */
    valuesOfMoves(row, h) {
      return valuesOfMoves(this.root, row, h);
    }
  }

  Object.assign(globalThis.gradviz, { parse, functions: FUNCTIONS });
}
