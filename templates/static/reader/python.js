/* Python, read and never run: a text to a syntax tree of the same nodes as Python's own
   module `ast` gives. It reads all of Python 3.11, and takes some of what Python refuses.

   Lines count from 1, columns are positions in a line, in code units. Operators are
   texts, such as "Add"; a constant says its `kind`, and the value of a text is what
   stands between its quotes. A node in an f-string has the place of that string, and is
   `inText`. */
"use strict";

{
  const gradviz = (globalThis.gradviz ??= {});

  /** A text that is not Python: the code of the reason, and the line where it goes
      wrong. */
  class PythonError extends Error {
    constructor(code, line) {
      super(code);
      this.code = code;
      this.line = line;
    }
  }

  /** The nodes directly below a node, in the order of its fields, which is Python's. */
  function children(node) {
    if (node.type === "Name" || node.type === "Constant") return NONE; // the most of all
    const nodes = [];
    for (const field in node) {
      const value = node[field];
      if (!isNode(value)) continue;
      if (!Array.isArray(value)) nodes.push(value);
      else for (const each of value) if (isNode(each)) nodes.push(each);
    }
    return nodes;
  }

  const NONE = [];

  function isNode(value) {
    return typeof value === "object" && value !== null;
  }

  /** A node and all below it, those above before those below. */
  function walk(node) {
    const nodes = [node];
    for (const each of nodes) {
      for (const child of children(each)) nodes.push(child);
    }
    return nodes;
  }

  /* Tokens */

  const TOKEN_KINDS = {
    space: /[ \t\f]+|\\\n/,
    comment: /#[^\n]*/,
    newline: /\n/,
    number:
      /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?/,
    formatted: /(?:[fF][rR]?|[rR][fF])(?:"""|'''|["'])/, // the beginning of an f-string
    string:
      /(?:[rR]?[bB]?|[bB][rR]|[uU])(?:"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?!"")(?:\\[^]|[^\\\n"])*"|'(?!'')(?:\\[^]|[^\\\n'])*')/,
    name: /[\p{XID_Start}_]\p{XID_Continue}*/,
    symbol:
      /\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|==|!=|<=|>=|\*\*|\/\/|>>|<<|[-+*/%@&|^]=|[-+*/%@&|^~<>()[\]{},:;.=]/,
  };
  const KINDS = Object.keys(TOKEN_KINDS);
  const TOKEN = RegExp(
    Object.values(TOKEN_KINDS)
      .map(({ source }) => `(${source})`)
      .join("|"),
    "uy",
  );

  const OUTSIDE_ASCII = /[^\0-~]/;

  const OPENING = new Set(["(", "[", "{"]);
  const CLOSING = { ")": "(", "]": "[", "}": "{" };
  const TAB = 8;

  // Tokens that stand for no text.
  const MARKS = new Set(["newline", "indent", "dedent", "end"]);

  // Python allows no deeper nesting of brackets, and of blocks.
  const MOST_BRACKETS = 200;
  const MOST_INDENTS = 100;

  const KEYWORDS = new Set([
    ...["False", "None", "True", "and", "as", "assert", "async", "await", "break"],
    ...["class", "continue", "def", "del", "elif", "else", "except", "finally", "for"],
    ...["from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not"],
    ...["or", "pass", "raise", "return", "try", "while", "with", "yield"],
  ]);

  function fail(code, line) {
    throw new PythonError(code, line);
  }

  /** Makes tokens of a text: names, numbers, strings and symbols, and the ends of lines and
      blocks. Each has a kind, a text, and where it begins and ends. */
  class Lexer {
    constructor(text) {
      this.text = text;
      this.tokens = [];
      this.position = 0;
      this.line = 1;
      this.lineStart = 0;
      this.lineEnd = this.endOfLine();
      this.brackets = []; // that are open, with their lines
      this.indents = [{ width: 0, count: 0 }];
      this.isAtStart = true; // of a line that may begin or end a block
    }

    /** The tokens of all of the text. */
    all() {
      while (this.position < this.text.length) {
        if (this.isAtStart) this.readIndent();
        if (this.position < this.text.length) this.readToken();
      }
      const open = this.brackets.at(-1);
      if (open) fail("open-bracket", open.line);
      if (!this.isAtStart) this.addMark("newline");
      this.indentTo({ width: 0, count: 0 });
      this.addMark("end");
      return this.tokens;
    }

    readIndent() {
      let width = 0;
      let count = 0; // of characters: how wide a tab is must not matter
      let before = null; // a backslash: the line goes on, and keeps its indentation
      for (;;) {
        const character = this.text[this.position];
        const isContinued = this.text.startsWith("\\\n", this.position);
        if (character === " ") width += 1;
        else if (character === "\t") width += TAB - (width % TAB);
        else if (character === "\f") width = 0;
        else if (isContinued && width > 0) before ??= { width, count };
        else if (!isContinued) break;
        if (character === "\f") count = 0;
        else if (!isContinued) count += 1;
        this.pass(isContinued ? 2 : 1);
      }
      // A line without code says nothing about blocks.
      const next = this.text[this.position] ?? "\n";
      if (next === "\n" || next === "#") return;
      this.indentTo(before ?? { width, count });
      this.isAtStart = false;
    }

    indentTo(indent) {
      const isDeeper = indent.width > this.indents.at(-1).width;
      if (isDeeper) {
        if (this.indents.length === MOST_INDENTS) fail("too-deep", this.line);
        if (indent.count <= this.indents.at(-1).count) fail("indentation", this.line);
        this.indents.push(indent);
        this.addMark("indent");
      }
      while (indent.width < this.indents.at(-1).width) {
        this.indents.pop();
        this.addMark("dedent");
      }
      const { width, count } = this.indents.at(-1);
      if (indent.width !== width || indent.count !== count) {
        fail("indentation", this.line);
      }
    }

    /** The next token: its kind and its text. */
    next() {
      TOKEN.lastIndex = this.position;
      const match = TOKEN.exec(this.text);
      if (!match?.[0]) return this.failAtCharacter();
      const [text] = match;
      return { kind: KINDS[match.indexOf(text, 1) - 1], text };
    }

    failAtCharacter() {
      const isQuote = ["'", '"'].includes(this.text[this.position]);
      if (isQuote) fail("open-string", this.line);
      fail("invalid-character", this.line);
    }

    readToken() {
      if (this.text[this.position] === " ") {
        this.passBlanks(); // more often than all else
        return;
      }
      const { kind, text } = this.next();
      if (kind === "space" || kind === "comment") {
        this.pass(text.length);
      } else if (kind === "newline") {
        if (!this.brackets.length && !this.isAtStart) {
          this.addMark("newline");
          this.isAtStart = true;
        }
        this.pass(1);
      } else if (kind === "formatted") {
        this.readFormatted(text);
      } else {
        if (kind === "symbol") this.countBracket(text);
        this.add(KEYWORDS.has(text) ? "keyword" : kind, text);
      }
    }

    countBracket(text) {
      if (OPENING.has(text)) {
        if (this.brackets.length === MOST_BRACKETS) {
          fail("too-deep", this.line);
        }
        this.brackets.push({ text, line: this.line });
      } else if (CLOSING[text] && this.brackets.pop()?.text !== CLOSING[text]) {
        fail("stray-bracket", this.line);
      }
    }

    /** Skip a number of characters. */
    pass(length) {
      this.position += length;
      while (this.lineEnd < this.position) {
        this.line += 1;
        this.lineStart = this.lineEnd + 1;
        this.lineEnd = this.endOfLine();
      }
    }

    /** Where the line that begins last ends. */
    endOfLine() {
      const end = this.text.indexOf("\n", this.lineStart);
      return end === -1 ? Infinity : end;
    }

    passBlanks() {
      while (this.text[this.position] === " ") this.position += 1;
    }

    /** Add a token that begins here, and go on after it. */
    add(kind, text) {
      const place = this.place();
      this.pass(text.length);
      // Python takes letters of another width for the plain ones.
      const isWide = kind === "name" && OUTSIDE_ASCII.test(text);
      const plain = isWide ? text.normalize("NFKC") : text;
      this.addFrom(place, kind, { text: plain });
    }

    /** Add a token without a text. */
    addMark(kind) {
      this.addFrom(this.place(), kind, { text: "" });
    }

    /** Add a token that ends here. */
    addFrom({ line, column }, kind, fields) {
      const { line: endLine, column: endColumn } = this.place();
      this.tokens.push({ kind, ...fields, line, column, endLine, endColumn });
    }

    place() {
      return { line: this.line, column: this.position - this.lineStart };
    }

    /* f-strings: texts, and fields with an expression in braces */

    readFormatted(opening) {
      const place = this.place();
      this.pass(opening.length);
      const quotes = /["']+$/.exec(opening)[0];
      const isRaw = /[rR]/.test(opening);
      const parts = this.formattedParts(quotes, isRaw, false);
      this.pass(quotes.length);
      this.addFrom(place, "string", { text: "", parts });
    }

    /** The parts of an f-string up to its quotes, or of a format up to its brace: texts, and
        fields, which have the tokens of their expression, and their format if they have
        one. */
    formattedParts(quotes, isRaw, isFormat) {
      const parts = [];
      for (;;) {
        const text = this.formattedText(quotes, isRaw, isFormat);
        if (text) parts.push(text);
        if (this.text[this.position] !== "{") return parts;
        const { start, field, showsItself } = this.formattedField(quotes, isRaw);
        if (showsItself) parts.push(this.text.slice(start, this.position));
        parts.push(field);
      }
    }

    /** The text up to the next field, or up to the end. */
    formattedText(quotes, isRaw, isFormat) {
      const start = this.position;
      const end = isFormat ? "}" : quotes;
      let position = start;
      while (!this.text.startsWith(end, position)) {
        const character = this.text[position];
        const isDoubled = this.text[position + 1] === character && !isFormat;
        if (character === undefined) fail("open-string", this.line);
        if (character === "\n" && quotes.length === 1) {
          fail("open-string", this.line);
        }
        if (character === "{" && !isDoubled) break;
        if (character === "}" && !isDoubled) fail("stray-brace", this.line);
        if (character === "{" || character === "}") position += 2;
        else if (character === "\\") position += this.escapeLength(position, isRaw);
        else position += 1;
      }
      this.pass(position - start);
      return this.text.slice(start, position);
    }

    escapeLength(position, isRaw) {
      const next = this.text[position + 1];
      if (next === "{" || next === "}") return 1;
      if (!isRaw && this.text.startsWith("N{", position + 1)) {
        const end = this.text.indexOf("}", position);
        return end === -1 ? 2 : end + 1 - position;
      }
      return 2;
    }

    formattedField(quotes, isRaw) {
      const outer = this.tokens;
      const start = this.position;
      const depth = this.brackets.length;
      this.tokens = [];
      this.countBracket("{");
      this.pass(1);
      while (!this.isAtEndOfExpression(depth + 1)) this.readToken();
      this.addMark("end");
      const { tokens } = this;
      this.tokens = outer;

      const rest = /(=?)[ \t\f\n]*(?:![a-z]+)?[ \t\f\n]*(:?)/y;
      rest.lastIndex = this.position;
      const [found, equals, colon] = rest.exec(this.text);
      this.pass(found.length);
      const format = colon && this.formattedParts(quotes, isRaw, true);
      if (this.text[this.position] !== "}") fail("open-field", this.line);
      this.countBracket("}");
      this.pass(1);
      const field = { tokens, format: format || null };
      return { start, field, showsItself: equals !== "" }; // as {x=} does
    }

    /** Whether the next token ends the expression of a field. */
    isAtEndOfExpression(depth) {
      if (this.brackets.length > depth) return false;
      const rest = this.text.slice(this.position, this.position + 2);
      if (rest === "" || rest[0] === "}" || rest[0] === ":") return true;
      return (rest[0] === "!" || rest[0] === "=") && rest[1] !== "=";
    }
  }

  /* The parser: one method for each rule of Python's grammar that matters here */

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
  const DEEPEST = 700; // nested expressions, brackets included

  /** Reads a node at the next token, and goes on after it. */
  class Parser {
    constructor(tokens, depth = 0) {
      this.tokens = tokens;
      this.position = 0;
      this.depth = depth;
    }

    get token() {
      return this.tokens[this.position];
    }

    is(text) {
      const token = this.tokens[this.position];
      if (token.text !== text) return false;
      return token.kind !== "string" && token.kind !== "newline";
    }

    take() {
      return this.tokens[this.position++];
    }

    accept(text) {
      return this.is(text) ? this.take() : null;
    }

    expect(text) {
      if (!this.is(text)) this.fail();
      return this.take();
    }

    fail() {
      return fail("invalid-syntax", this.token.line);
    }

    /** Go one level deeper, if that is not too deep. */
    enter() {
      this.depth += 1;
      if (this.depth > DEEPEST) {
        throw new PythonError("too-deep", this.token.line);
      }
    }

    leave(node) {
      this.depth -= 1;
      return node;
    }

    /** What a method reads, or nothing if that is not Python: another one may try. */
    attempt(read) {
      const { position, depth } = this;
      try {
        return read();
      } catch (error) {
        if (!(error instanceof PythonError)) throw error;
        this.position = position;
        this.depth = depth;
        return null;
      }
    }

    /** A node from a token, or a node, to the token before the current one. */
    node(type, start, fields) {
      const last = this.tokens[this.position - 1];
      const { line, column } = start;
      const { endLine, endColumn } = last;
      return { type, ...fields, line, column, endLine, endColumn };
    }

    /* Statements */

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
      return this.node(type, this.take(), {});
    }

    returnStatement() {
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

    name() {
      if (this.token.kind !== "name") this.fail();
      return this.take().text;
    }

    dottedName() {
      let name = this.name();
      while (this.accept(".")) name += `.${this.name()}`;
      return name;
    }

    expressionStatement() {
      const start = this.token;
      const first = this.is("yield") ? this.yieldExpression() : this.starExpressions();
      const operator = this.token.kind === "symbol" && AUGMENTED[this.token.text];
      if (operator) {
        this.take();
        const value = this.assignedValue();
        const target = this.asSingleTarget(first);
        return this.node("AugAssign", start, { target, op: operator, value });
      }
      if (this.accept(":")) {
        const annotation = this.expression();
        const value = this.accept("=") ? this.assignedValue() : null;
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
        value = this.assignedValue();
      }
      return this.node("Assign", start, { targets, value });
    }

    assignedValue() {
      return this.is("yield") ? this.yieldExpression() : this.starExpressions();
    }

    /** Mark the names that an expression assigns or deletes, if it can be assigned to. */
    asTarget(node, ctx = "Store") {
      if (node.type === "Name" || node.type === "Attribute") {
        node.ctx = ctx;
      } else if (node.type === "Tuple" || node.type === "List") {
        for (const element of node.elts) this.asTarget(element, ctx);
      } else if (node.type === "Starred") {
        this.asTarget(node.value, ctx);
      } else if (node.type !== "Subscript") {
        this.fail();
      }
      return node;
    }

    /** The same for a target that is changed, or has a type: that is only one thing. */
    asSingleTarget(node) {
      if (node.type === "Tuple" || node.type === "List") this.fail();
      return this.asTarget(node);
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
      const { line, column } = start;
      const { endLine, endColumn } = this.tokens[last];
      return { type, ...fields, line, column, endLine, endColumn };
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
      const body = this.block();
      const orelse = this.accept("else") ? this.block() : [];
      return this.compound("While", start, { test, body, orelse });
    }

    forStatement(start = this.token) {
      this.expect("for");
      const target = this.asTarget(this.targets());
      this.expect("in");
      const iter = this.starExpressions();
      const body = this.block();
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
      const body = this.block();
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
      const body = this.block();
      return this.compound("ClassDef", start, {
        name,
        bases,
        keywords,
        body,
        decorator_list: [],
      });
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
      return parameters;
    }

    parameter(isTyped) {
      const start = this.token;
      const arg = this.name();
      const annotation = isTyped && this.accept(":") ? this.starExpression() : null;
      return this.node("arg", start, { arg, annotation });
    }

    /* Expressions */

    /** Expressions with commas between, which make a tuple. */
    expressions() {
      return this.listOf(() => this.expression());
    }

    starExpressions() {
      return this.listOf(() => (this.is("*") ? this.starred() : this.expression()));
    }

    listOf(item) {
      const start = this.token;
      const first = item();
      if (!this.is(",")) return first;
      const elts = [first];
      while (this.accept(",")) {
        if (!this.startsExpression()) break;
        elts.push(item());
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
      return this.listOf(() => this.target());
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
          node = this.node("Subscript", start, { value: node, slice });
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
          this.take();
          const value = this.expression();
          keywords.push(this.node("keyword", start, { arg, value }));
        } else {
          if (keywords.length) this.fail();
          const value = this.namedExpression();
          const isGenerator = this.is("for") || this.is("async");
          args.push(isGenerator ? this.generator(bracket, value) : value);
        }
        if (!this.accept(",")) break;
      }
      return { args, keywords };
    }

    /** A generator, which as the only argument takes the brackets of the call for its own. */
    generator(bracket, elt) {
      const generators = this.comprehensions();
      const node = this.node("GeneratorExp", bracket, { elt, generators });
      const { endLine, endColumn } = this.token;
      return { ...node, endLine, endColumn };
    }

    comprehensions() {
      const generators = [];
      while (this.is("for") || this.is("async")) {
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
        const values = { None: null, True: true, False: false };
        if (!(start.text in values)) this.fail();
        this.take();
        return this.node("Constant", start, {
          kind: start.text,
          value: values[start.text],
        });
      }
      if (this.is("(")) return this.parenthesised();
      if (this.is("[")) return this.listAtom();
      if (this.is("{")) return this.braces();
      if (this.accept("..."))
        return this.node("Constant", start, { kind: "...", value: null });
      return this.fail();
    }

    numberAtom() {
      const start = this.take();
      const text = start.text.replaceAll("_", "");
      if (/^0+[1-9]\d*$/.test(text)) this.fail();
      const isComplex = /[jJ]$/.test(text) && !/^0[xX]/.test(text);
      const isWhole = /^(?:\d+|0[xXoObB][\da-fA-F]+)$/.test(text);
      const kind = isComplex ? "complex" : isWhole ? "int" : "float";
      return this.node("Constant", start, {
        kind,
        value: isComplex ? Number(text.slice(0, -1)) : Number(text),
      });
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
      const inner = new Parser(tokens, this.depth + 1);
      const value = inner.assignedValue();
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
      if (this.is("for") || this.is("async")) {
        const generators = this.comprehensions();
        this.expect(")");
        return this.node("GeneratorExp", start, { elt: first, generators });
      }
      if (!this.is(",")) {
        if (first.type === "Starred") this.fail();
        this.expect(")");
        return first; // the bracket is not part of it, as in Python
      }
      const elts = [first];
      while (this.accept(",")) {
        if (this.is(")")) break;
        elts.push(this.starExpression());
      }
      this.expect(")");
      return this.node("Tuple", start, { elts });
    }

    listAtom() {
      const start = this.take();
      if (this.accept("]")) return this.node("List", start, { elts: [] });
      const first = this.starExpression();
      if (this.is("for") || this.is("async")) {
        const generators = this.comprehensions();
        this.expect("]");
        return this.node("ListComp", start, { elt: first, generators });
      }
      const elts = [first];
      while (this.accept(",")) {
        if (this.is("]")) break;
        elts.push(this.starExpression());
      }
      this.expect("]");
      return this.node("List", start, { elts });
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
          if (this.accept(":")) {
            const value = this.expression();
            if (this.is("for") || this.is("async")) {
              const generators = this.comprehensions();
              this.expect("}");
              return this.node("DictComp", start, { key: first, value, generators });
            }
            keys.push(first);
            values.push(value);
          } else if (this.is("for") || this.is("async")) {
            const generators = this.comprehensions();
            this.expect("}");
            return this.node("SetComp", start, { elt: first, generators });
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
  }

  /** The syntax tree of a text; throws a PythonError if it is no Python 3. */
  function parsePython(text) {
    return new Parser(new Lexer(text).all()).module();
  }

  gradviz.python = { parse: parsePython, walk, children, PythonError };
}
