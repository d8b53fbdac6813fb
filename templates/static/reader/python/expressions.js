/* Expressions: one method for each rule of Python's grammar that matters here. Each reads
   a node at the next token, and goes on after it. */
"use strict";

{
  const { python } = globalThis.gradviz;
  const { TokenReader, children, walk } = python;

  const COMPARISONS = {
    "<": "Lt",
    ">": "Gt",
    "==": "Eq",
    "!=": "NotEq",
    "<=": "LtE",
    ">=": "GtE",
  };
  // How tightly operators bind, and their names.
  const BINARY = new Map(
    Object.entries({
      "|": [1, "BitOr"],
      "^": [2, "BitXor"],
      "&": [3, "BitAnd"],
      "<<": [4, "LShift"],
      ">>": [4, "RShift"],
      "+": [5, "Add"],
      "-": [5, "Sub"],
      "*": [6, "Mult"],
      "/": [6, "Div"],
      "//": [6, "FloorDiv"],
      "%": [6, "Mod"],
      "@": [6, "MatMult"],
    }),
  );
  const SIGNS = { "+": "UAdd", "-": "USub", "~": "Invert" };

  const NAMED_CONSTANTS = { None: null, True: true, False: false };

  class ExpressionParser extends TokenReader {
    expressions() {
      return this.oneOrTuple(() => this.expression());
    }

    starExpressions() {
      return this.oneOrTuple(() => (this.is("*") ? this.starred() : this.expression()));
    }

    /** One item, or a tuple of several with commas between them. */
    oneOrTuple(readItem) {
      const start = this.token;
      const first = readItem();
      if (!this.is(",")) return first;
      const elts = [first];
      while (this.accept(",")) {
        if (!this.startsExpression()) break;
        elts.push(readItem());
      }
      return this.node("Tuple", start, { elts });
    }

    startsExpression() {
      const { kind, text } = this.token;
      if (kind === "name" || kind === "number" || kind === "string") return true;
      if (kind === "keyword") {
        return ["not", "lambda", "None", "True", "False", "await", "yield"].includes(
          text,
        );
      }
      return (
        kind === "symbol" && ["(", "[", "{", "+", "-", "~", "...", "*"].includes(text)
      );
    }

    targets() {
      return this.oneOrTuple(() => this.target());
    }

    target() {
      return this.is("*") ? this.starred() : this.binary();
    }

    starExpression() {
      return this.is("*") ? this.starred() : this.namedExpression();
    }

    starred() {
      const start = this.take();
      return this.node("Starred", start, { value: this.binary() });
    }

    namedExpression() {
      const start = this.token;
      const first = this.expression();
      if (!this.is(":=") || first.type !== "Name") return first;
      this.take();
      const value = this.expression();
      return this.node("NamedExpr", start, { target: this.asTarget(first), value });
    }

    yieldExpression() {
      const start = this.take();
      if (this.accept("from")) {
        return this.node("YieldFrom", start, { value: this.expression() });
      }
      const value = this.startsExpression() ? this.starExpressions() : null;
      return this.node("Yield", start, { value });
    }

    expression() {
      this.enter();
      const start = this.token;
      let node;
      if (this.is("lambda")) {
        node = this.lambda();
      } else {
        node = this.disjunction();
        if (this.accept("if")) {
          const test = this.disjunction();
          this.expect("else");
          const orelse = this.expression();
          node = this.node("IfExp", start, { test, body: node, orelse });
        }
      }
      return this.leave(node);
    }

    lambda() {
      const start = this.take();
      const args = this.parameters(":", false);
      this.expect(":");
      const body = this.expression();
      return this.node("Lambda", start, { args, body });
    }

    disjunction() {
      const start = this.token;
      const first = this.conjunction();
      if (!this.is("or")) return first;
      const values = [first];
      while (this.accept("or")) values.push(this.conjunction());
      return this.node("BoolOp", start, { op: "Or", values });
    }

    conjunction() {
      const start = this.token;
      const first = this.inversion();
      if (!this.is("and")) return first;
      const values = [first];
      while (this.accept("and")) values.push(this.inversion());
      return this.node("BoolOp", start, { op: "And", values });
    }

    inversion() {
      const start = this.token;
      if (!this.accept("not")) return this.comparison();
      this.enter();
      const operand = this.inversion();
      return this.leave(this.node("UnaryOp", start, { op: "Not", operand }));
    }

    comparison() {
      const start = this.token;
      const left = this.binary();
      const ops = [];
      const comparators = [];
      for (;;) {
        const op = this.comparisonOperator();
        if (!op) break;
        ops.push(op);
        comparators.push(this.binary());
      }
      return ops.length
        ? this.node("Compare", start, { left, ops, comparators })
        : left;
    }

    comparisonOperator() {
      const { kind, text } = this.token;
      if (kind === "symbol" && COMPARISONS[text]) {
        this.take();
        return COMPARISONS[text];
      }
      if (kind !== "keyword") return "";
      if (this.accept("in")) return "In";
      if (this.accept("is")) return this.accept("not") ? "IsNot" : "Is";
      if (this.is("not") && this.tokens[this.position + 1].text === "in") {
        this.take();
        this.take();
        return "NotIn";
      }
      return "";
    }

    /** Read operands joined by operators that bind at least this tightly. */
    binary(loosest = 0) {
      const start = this.token;
      let left = this.signed();
      for (;;) {
        const operator = this.token.kind === "symbol" && BINARY.get(this.token.text);
        if (!operator || operator[0] < loosest) return left;
        const [binds, op] = operator;
        this.take();
        const right = this.binary(binds + 1);
        left = this.node("BinOp", start, { left, op, right });
      }
    }

    signed() {
      const start = this.token;
      const op = start.kind === "symbol" && SIGNS[start.text];
      if (!op) return this.power();
      this.take();
      this.enter();
      const operand = this.signed();
      return this.leave(this.node("UnaryOp", start, { op, operand }));
    }

    power() {
      const start = this.token;
      const left = this.awaited();
      if (!this.accept("**")) return left;
      this.enter();
      const right = this.signed();
      return this.leave(this.node("BinOp", start, { left, op: "Pow", right }));
    }

    awaited() {
      const start = this.token;
      if (!this.accept("await")) return this.primary();
      return this.node("Await", start, { value: this.primary() });
    }

    primary() {
      const start = this.token;
      let node = this.atom();
      for (;;) {
        if (this.accept(".")) {
          const attr = this.name();
          node = this.node("Attribute", start, { value: node, attr, ctx: "Load" });
        } else if (this.is("(")) {
          const { args, keywords } = this.callArguments(this.take());
          this.expect(")");
          node = this.node("Call", start, { func: node, args, keywords });
        } else if (this.accept("[")) {
          const slice = this.slices();
          this.expect("]");
          node = this.node("Subscript", start, { value: node, slice, ctx: "Load" });
        } else {
          return node;
        }
      }
    }

    callArguments(bracket) {
      const args = [];
      const keywords = [];
      while (!this.is(")")) {
        const start = this.token;
        if (this.accept("**")) {
          const value = this.expression();
          keywords.push(this.node("keyword", start, { arg: null, value }));
        } else if (this.accept("*")) {
          const value = this.expression();
          args.push(this.node("Starred", start, { value }));
        } else if (
          start.kind === "name" &&
          this.tokens[this.position + 1].text === "="
        ) {
          const arg = this.name();
          if (keywords.some((keyword) => keyword.arg === arg)) this.fail();
          this.take();
          const value = this.expression();
          keywords.push(this.node("keyword", start, { arg, value }));
        } else {
          if (keywords.length) this.fail();
          const value = this.namedExpression();
          args.push(this.startsGenerators() ? this.generator(bracket, value) : value);
        }
        if (!this.accept(",")) break;
      }
      return { args, keywords };
    }

    /** A generator, which as the only argument takes the brackets of the call for its own. */
    generator(bracket, elt) {
      const generators = this.generators();
      return this.nodeUpTo(this.token, "GeneratorExp", bracket, { elt, generators });
    }

    /** A comprehension, from the `for` after its element to its closing bracket. */
    comprehension(type, start, element, closing) {
      const generators = this.generators();
      this.expect(closing);
      return this.node(type, start, { ...element, generators });
    }

    startsGenerators() {
      return this.is("for") || this.is("async");
    }

    generators() {
      const generators = [];
      while (this.startsGenerators()) {
        const start = this.token;
        this.accept("async");
        this.expect("for");
        const target = this.asTarget(this.targets());
        this.expect("in");
        const iter = this.disjunction();
        const ifs = [];
        while (this.accept("if")) ifs.push(this.disjunction());
        generators.push(this.node("comprehension", start, { target, iter, ifs }));
      }
      return generators;
    }

    slices() {
      const start = this.token;
      const first = this.slicePiece();
      if (!this.is(",") && first.type !== "Starred") return first;
      const elts = [first];
      while (this.accept(",") && !this.is("]")) elts.push(this.slicePiece());
      return this.node("Tuple", start, { elts });
    }

    slicePiece() {
      const start = this.token;
      if (this.is("*")) return this.starExpression();
      const lower = this.is(":") ? null : this.namedExpression();
      if (!this.accept(":")) return lower;
      const ends = [":", ",", "]"];
      const upper = ends.some((text) => this.is(text)) ? null : this.expression();
      let step = null;
      if (this.accept(":") && !this.is(",") && !this.is("]")) step = this.expression();
      return this.node("Slice", start, { lower, upper, step });
    }

    atom() {
      const start = this.token;
      if (start.kind === "name") {
        return this.node("Name", this.take(), { id: start.text, ctx: "Load" });
      }
      if (start.kind === "number") return this.numberAtom();
      if (start.kind === "string") return this.strings();
      if (start.kind === "keyword") {
        if (!(start.text in NAMED_CONSTANTS)) this.fail();
        return this.constant(start.text, NAMED_CONSTANTS[start.text]);
      }
      if (this.is("(")) return this.parenthesised();
      if (this.is("[")) return this.listAtom();
      if (this.is("{")) return this.braces();
      if (this.is("...")) return this.constant("...", null);
      return this.fail();
    }

    /** The constant that the next token stands for. */
    constant(kind, value) {
      return this.node("Constant", this.take(), { kind, value });
    }

    numberAtom() {
      const text = this.token.text.replaceAll("_", "");
      if (/^0+[1-9]\d*$/.test(text)) this.fail();
      const isComplex = /[jJ]$/.test(text) && !/^0[xX]/.test(text);
      const isWhole = /^(?:\d+|0[xXoObB][\da-fA-F]+)$/.test(text);
      if (isComplex) return this.constant("complex", Number(text.slice(0, -1)));
      return this.constant(isWhole ? "int" : "float", Number(text));
    }

    strings() {
      const start = this.token;
      const parts = [];
      let isFormatted = false;
      let isBytes = false;
      while (this.token.kind === "string") {
        const token = this.take();
        if (token.parts) {
          isFormatted = true;
          parts.push(...token.parts);
        } else {
          const [, prefix, quotes] = /^([a-zA-Z]*)("""|'''|"|')/.exec(token.text);
          if (/b/i.test(prefix)) isBytes = true;
          if (isBytes && /[^\0-\x7f]/.test(token.text)) this.fail();
          parts.push(token.text.slice(prefix.length + quotes.length, -quotes.length));
        }
      }
      if (isFormatted) return this.formattedString(start, parts);
      const kind = isBytes ? "bytes" : "str";
      return this.node("Constant", start, { kind, value: parts.join("") });
    }

    formattedString(start, parts) {
      const node = this.joinedParts(start, parts);
      const { line, column, endLine, endColumn } = node;
      for (const inner of walk(node).slice(1)) {
        Object.assign(inner, { line, column, endLine, endColumn, inText: true });
      }
      return node;
    }

    joinedParts(start, parts) {
      const values = [];
      for (const part of parts) {
        const isText = typeof part === "string";
        const isNext = isText && values.at(-1)?.type === "Constant";
        if (part && !isNext) {
          values.push(
            isText
              ? this.node("Constant", start, { kind: "str", value: part })
              : this.formattedValue(start, part),
          );
        }
      }
      return this.node("JoinedStr", start, { values });
    }

    formattedValue(start, { tokens, format }) {
      const inner = new ExpressionParser(tokens, this.depth + 1);
      const value = inner.valueOrYield();
      if (inner.token.kind !== "end") inner.fail();
      const format_spec = format && this.joinedParts(start, format);
      return this.node("FormattedValue", start, { value, format_spec });
    }

    parenthesised() {
      const start = this.take();
      if (this.accept(")")) return this.node("Tuple", start, { elts: [] });
      if (this.is("yield")) {
        const value = this.yieldExpression();
        this.expect(")");
        return value;
      }
      const first = this.starExpression();
      if (this.startsGenerators()) {
        return this.comprehension("GeneratorExp", start, { elt: first }, ")");
      }
      if (this.is(",")) {
        return this.node("Tuple", start, { elts: this.elementsFrom(first, ")") });
      }
      if (first.type === "Starred") this.fail();
      this.expect(")");
      return first; // the bracket is not part of it, as in Python
    }

    listAtom() {
      const start = this.take();
      if (this.accept("]")) return this.node("List", start, { elts: [] });
      const first = this.starExpression();
      if (this.startsGenerators()) {
        return this.comprehension("ListComp", start, { elt: first }, "]");
      }
      return this.node("List", start, { elts: this.elementsFrom(first, "]") });
    }

    /** The elements of a tuple or a list, up to its closing bracket. */
    elementsFrom(first, closing) {
      const elements = [first];
      while (this.accept(",") && !this.is(closing)) {
        elements.push(this.starExpression());
      }
      this.expect(closing);
      return elements;
    }

    braces() {
      const start = this.take();
      const keys = [];
      const values = [];
      const elts = [];
      while (!this.is("}")) {
        if (this.accept("**")) {
          keys.push(null);
          values.push(this.binary());
        } else {
          const first = this.starExpression();
          const value = this.accept(":") ? this.expression() : null;
          if (this.startsGenerators()) {
            return value
              ? this.comprehension("DictComp", start, { key: first, value }, "}")
              : this.comprehension("SetComp", start, { elt: first }, "}");
          }
          if (value) {
            keys.push(first);
            values.push(value);
          } else {
            elts.push(first);
          }
        }
        if (!this.accept(",")) break;
      }
      this.expect("}");
      return elts.length
        ? this.node("Set", start, { elts })
        : this.node("Dict", start, { keys, values });
    }

    /* Targets and parameters */

    /** Mark the names that an expression assigns or deletes, if it can be assigned to. */
    asTarget(node, ctx = "Store") {
      if (["Name", "Attribute", "Subscript"].includes(node.type)) {
        node.ctx = ctx;
      } else if (node.type === "Tuple" || node.type === "List") {
        for (const element of node.elts) this.asTarget(element, ctx);
      } else if (node.type === "Starred") {
        this.asTarget(node.value, ctx);
      } else {
        this.fail();
      }
      return node;
    }

    /** The same for a target that is changed, or has a type: that is only one thing. */
    asSingleTarget(node) {
      if (node.type === "Tuple" || node.type === "List") this.fail();
      return this.asTarget(node);
    }

    valueOrYield() {
      return this.is("yield") ? this.yieldExpression() : this.starExpressions();
    }

    /** The parameters of a function, up to the token that ends them. */
    parameters(end, areTyped) {
      const parameters = {
        type: "arguments",
        posonlyargs: [],
        args: [],
        vararg: null,
        kwonlyargs: [],
        kw_defaults: [],
        kwarg: null,
        defaults: [],
      };
      let afterStar = false;
      while (!this.is(end)) {
        if (this.accept("/")) {
          parameters.posonlyargs = parameters.args;
          parameters.args = [];
        } else if (this.accept("**")) {
          parameters.kwarg = this.parameter(areTyped);
        } else if (this.accept("*")) {
          afterStar = true;
          if (!this.is(",")) parameters.vararg = this.parameter(areTyped);
        } else {
          const parameter = this.parameter(areTyped);
          const value = this.accept("=") ? this.expression() : null;
          if (afterStar) {
            parameters.kwonlyargs.push(parameter);
            parameters.kw_defaults.push(value);
          } else {
            parameters.args.push(parameter);
            if (value) parameters.defaults.push(value);
            else if (parameters.defaults.length) this.fail();
          }
        }
        if (!this.accept(",")) break;
      }
      const names = children(parameters).map(({ arg }) => arg);
      const given = names.filter((name) => name !== undefined); // others are defaults
      if (new Set(given).size < given.length) this.fail();
      return parameters;
    }

    parameter(isTyped) {
      const start = this.token;
      const arg = this.name();
      const annotation = isTyped && this.accept(":") ? this.starExpression() : null;
      return this.node("arg", start, { arg, annotation });
    }
  }

  Object.assign(python, { ExpressionParser });
}
