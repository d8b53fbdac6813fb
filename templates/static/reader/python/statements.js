/* Statements: one method for each rule of Python's grammar that matters here. Each reads a
   node at the next token, and goes on after it. */
"use strict";

{
  const { python } = globalThis.gradviz;
  const { ExpressionParser } = python;

  const AUGMENTED = {
    "+=": "Add",
    "-=": "Sub",
    "*=": "Mult",
    "/=": "Div",
    "//=": "FloorDiv",
    "%=": "Mod",
    "@=": "MatMult",
    "&=": "BitAnd",
    "|=": "BitOr",
    "^=": "BitXor",
    ">>=": "RShift",
    "<<=": "LShift",
    "**=": "Pow",
  };
  // What reads a statement that begins with a keyword; the same method may read several types.
  const COMPOUND = new Map(
    Object.entries({
      if: "ifStatement",
      while: "whileStatement",
      for: "forStatement",
      try: "tryStatement",
      with: "withStatement",
      def: "definition",
      class: "classDefinition",
      async: "asyncStatement",
    }),
  );
  const SIMPLE = new Map(
    Object.entries({
      return: ["returnStatement"],
      pass: ["plain", "Pass"],
      break: ["plain", "Break"],
      continue: ["plain", "Continue"],
      raise: ["raiseStatement"],
      global: ["namesStatement", "Global"],
      nonlocal: ["namesStatement", "Nonlocal"],
      del: ["deleteStatement"],
      assert: ["assertStatement"],
      import: ["importStatement"],
      from: ["importFrom"],
    }),
  );

  // Tokens that stand for no text.
  const MARKS = new Set(["newline", "indent", "dedent", "end"]);

  class StatementParser extends ExpressionParser {
    module() {
      const body = [];
      while (this.token.kind !== "end") this.statementsInto(body);
      return { type: "Module", body };
    }

    /** Read a statement, or those of a line, into a body. */
    statementsInto(body) {
      const compound = this.compoundStatement();
      if (compound) body.push(compound);
      else this.simpleStatementsInto(body);
    }

    /** Read a statement with a block, if there is one here. */
    compoundStatement() {
      const start = this.token;
      if (start.kind === "indent") this.fail();
      if (this.is("@")) return this.decorated();
      if (this.is("match")) return this.attempt(() => this.matchStatement());
      const read = start.kind === "keyword" && COMPOUND.get(start.text);
      return read ? this[read]() : null;
    }

    simpleStatementsInto(body) {
      body.push(this.simpleStatement());
      while (this.accept(";")) {
        if (this.token.kind === "newline") break;
        body.push(this.simpleStatement());
      }
      if (this.token.kind !== "newline") this.fail();
      this.take();
    }

    simpleStatement() {
      const { kind, text } = this.token;
      const simple = kind === "keyword" && SIMPLE.get(text);
      if (!simple) return this.expressionStatement();
      const [read, type] = simple;
      return this[read](type);
    }

    plain(type) {
      if (type !== "Pass" && !this.isInLoop) this.fail();
      return this.node(type, this.take(), {});
    }

    returnStatement() {
      if (!this.isInFunction) this.fail();
      const start = this.take();
      const value = this.atEndOfStatement() ? null : this.starExpressions();
      return this.node("Return", start, { value });
    }

    atEndOfStatement() {
      return this.token.kind === "newline" || this.is(";");
    }

    raiseStatement() {
      const start = this.take();
      const exc = this.atEndOfStatement() ? null : this.expression();
      const cause = exc && this.accept("from") ? this.expression() : null;
      return this.node("Raise", start, { exc, cause });
    }

    namesStatement(type) {
      const start = this.take();
      const names = [this.name()];
      while (this.accept(",")) names.push(this.name());
      return this.node(type, start, { names });
    }

    deleteStatement() {
      const start = this.take();
      const targets = [this.asTarget(this.expression(), "Del")];
      while (this.accept(",") && !this.atEndOfStatement()) {
        targets.push(this.asTarget(this.expression(), "Del"));
      }
      return this.node("Delete", start, { targets });
    }

    assertStatement() {
      const start = this.take();
      const test = this.expression();
      const msg = this.accept(",") ? this.expression() : null;
      return this.node("Assert", start, { test, msg });
    }

    importStatement() {
      const start = this.take();
      const names = [this.importedModule()];
      while (this.accept(",")) names.push(this.importedModule());
      return this.node("Import", start, { names });
    }

    importedModule() {
      const start = this.token;
      const name = this.dottedName();
      const asname = this.accept("as") ? this.name() : null;
      return this.node("alias", start, { name, asname });
    }

    importFrom() {
      const start = this.take();
      let level = 0;
      while (this.is(".") || this.is("...")) level += this.take().text.length;
      const module = this.is("import") ? "" : this.dottedName();
      this.expect("import");
      if (this.accept("*")) {
        const names = [{ type: "alias", name: "*", asname: null }];
        return this.node("ImportFrom", start, { module, level, names });
      }
      const inBrackets = this.accept("(");
      const names = [];
      do {
        if (inBrackets && this.is(")")) break;
        const first = this.token;
        const name = this.name();
        const asname = this.accept("as") ? this.name() : null;
        names.push(this.node("alias", first, { name, asname }));
      } while (this.accept(","));
      if (inBrackets) this.expect(")");
      return this.node("ImportFrom", start, { module, level, names });
    }

    dottedName() {
      let name = this.name();
      while (this.accept(".")) name += `.${this.name()}`;
      return name;
    }

    expressionStatement() {
      const start = this.token;
      const first = this.valueOrYield();
      const operator = this.token.kind === "symbol" && AUGMENTED[this.token.text];
      if (operator) {
        this.take();
        const value = this.valueOrYield();
        const target = this.asSingleTarget(first);
        return this.node("AugAssign", start, { target, op: operator, value });
      }
      if (this.accept(":")) {
        const annotation = this.expression();
        const value = this.accept("=") ? this.valueOrYield() : null;
        return this.node("AnnAssign", start, {
          target: this.asSingleTarget(first),
          annotation,
          value,
        });
      }
      if (!this.is("=")) return this.node("Expr", start, { value: first });
      const targets = [];
      let value = first;
      while (this.accept("=")) {
        targets.push(this.asTarget(value));
        value = this.valueOrYield();
      }
      return this.node("Assign", start, { targets, value });
    }

    block() {
      const body = [];
      this.expect(":");
      if (this.token.kind === "newline") {
        this.beginBlock();
        while (this.token.kind !== "dedent") this.statementsInto(body);
        this.take();
      } else {
        this.simpleStatementsInto(body);
      }
      return body;
    }

    /** A block in which `return`, `break` and `continue` may stand, or may not. */
    blockIn(isInFunction, isInLoop) {
      const around = { isInFunction: this.isInFunction, isInLoop: this.isInLoop };
      Object.assign(this, { isInFunction, isInLoop });
      const body = this.block();
      Object.assign(this, around);
      return body;
    }

    /** Read the end of a line, and the indentation after it. */
    beginBlock() {
      if (this.token.kind !== "newline") this.fail();
      this.take();
      if (this.token.kind !== "indent") this.fail();
      this.take();
    }

    /** A node of a statement that ends with a block, up to the last token of that. */
    compound(type, start, fields) {
      let last = this.position - 1;
      while (MARKS.has(this.tokens[last].kind)) last -= 1;
      return this.nodeUpTo(this.tokens[last], type, start, fields);
    }

    ifStatement() {
      const start = this.take();
      const test = this.namedExpression();
      const body = this.block();
      let orelse = [];
      this.enter();
      if (this.is("elif")) orelse = [this.ifStatement()];
      else if (this.accept("else")) orelse = this.block();
      return this.leave(this.compound("If", start, { test, body, orelse }));
    }

    whileStatement() {
      const start = this.take();
      const test = this.namedExpression();
      const body = this.blockIn(this.isInFunction, true);
      const orelse = this.accept("else") ? this.block() : [];
      return this.compound("While", start, { test, body, orelse });
    }

    forStatement(start = this.token) {
      this.expect("for");
      const target = this.asTarget(this.targets());
      this.expect("in");
      const iter = this.starExpressions();
      const body = this.blockIn(this.isInFunction, true);
      const orelse = this.accept("else") ? this.block() : [];
      return this.compound("For", start, { target, iter, body, orelse });
    }

    tryStatement() {
      const start = this.take();
      const body = this.block();
      const handlers = [];
      let type = "Try";
      while (this.is("except")) {
        const first = this.take();
        if (this.accept("*")) type = "TryStar";
        const type_ = this.is(":") ? null : this.expression();
        const name = this.accept("as") ? this.name() : null;
        const inner = this.block();
        handlers.push(
          this.compound("ExceptHandler", first, { type_, name, body: inner }),
        );
      }
      const orelse = this.accept("else") ? this.block() : [];
      const finalbody = this.accept("finally") ? this.block() : [];
      if (!handlers.length && !finalbody.length) this.fail();
      return this.compound(type, start, { body, handlers, orelse, finalbody });
    }

    withStatement(start = this.token) {
      this.expect("with");
      // Else the bracket belongs to the first expression.
      const inBrackets = this.attempt(() => this.withItems(this.expect("(")));
      const items = inBrackets ?? this.withItems(null);
      const body = this.block();
      return this.compound("With", start, { items, body });
    }

    withItems(inBrackets) {
      const items = [];
      do {
        if (inBrackets && this.is(")")) break;
        const first = this.token;
        const context_expr = this.expression();
        const optional_vars = this.accept("as") ? this.asTarget(this.target()) : null;
        items.push(this.node("withitem", first, { context_expr, optional_vars }));
      } while (this.accept(","));
      if (inBrackets) {
        this.expect(")");
        if (!this.is(":")) this.fail();
      }
      return items;
    }

    /* match: a word that is a name elsewhere */

    matchStatement() {
      const start = this.take();
      const subject = this.starExpressions();
      this.expect(":");
      this.beginBlock();
      const cases = [];
      while (this.is("case")) cases.push(this.matchCase());
      if (this.token.kind !== "dedent" || !cases.length) this.fail();
      this.take();
      return this.compound("Match", start, { subject, cases });
    }

    matchCase() {
      this.take();
      const captured = this.pattern();
      const guard = this.accept("if") ? this.namedExpression() : null;
      const body = this.block();
      return { type: "match_case", captured, guard, body };
    }

    /** Pass over a pattern; returns the names in it that receive a value. */
    pattern() {
      const captured = [];
      let depth = 0;
      while (depth > 0 || !(this.is("if") || this.is(":"))) {
        const { kind, text } = this.take();
        if (kind === "newline" || kind === "end") this.fail();
        if (["(", "[", "{"].includes(text)) depth += 1;
        if ([")", "]", "}"].includes(text)) depth -= 1;
        const isPart = this.tokens[this.position - 2].text === ".";
        const isOther = isPart || [".", "(", "="].includes(this.token.text);
        if (kind === "name" && text !== "_" && !isOther) captured.push(text);
      }
      return captured;
    }

    asyncStatement() {
      const start = this.take();
      if (this.is("def"))
        return { ...this.definition(start), type: "AsyncFunctionDef" };
      if (this.is("for")) return { ...this.forStatement(start), type: "AsyncFor" };
      if (this.is("with")) return { ...this.withStatement(start), type: "AsyncWith" };
      return this.fail();
    }

    decorated() {
      const decorators = [];
      while (this.accept("@")) {
        decorators.push(this.namedExpression());
        if (this.token.kind !== "newline") this.fail();
        this.take();
      }
      const node = this.is("class") ? this.classDefinition() : this.definitionOrAsync();
      return { ...node, decorator_list: decorators };
    }

    definitionOrAsync() {
      return this.is("async") ? this.asyncStatement() : this.definition();
    }

    definition(start = this.token) {
      this.expect("def");
      const name = this.name();
      this.expect("(");
      const args = this.parameters(")", true);
      this.expect(")");
      const returns = this.accept("->") ? this.expressions() : null;
      const body = this.blockIn(true, false);
      const fields = { name, args, body, decorator_list: [], returns };
      return this.compound("FunctionDef", start, fields);
    }

    classDefinition() {
      const start = this.take();
      const name = this.name();
      let bases = [];
      let keywords = [];
      const bracket = this.accept("(");
      if (bracket) {
        ({ args: bases, keywords } = this.callArguments(bracket));
        this.expect(")");
      }
      const body = this.blockIn(false, false);
      return this.compound("ClassDef", start, {
        name,
        bases,
        keywords,
        body,
        decorator_list: [],
      });
    }
  }

  Object.assign(python, { StatementParser });
}
