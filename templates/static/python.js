/* Python, read and never run: a text to a syntax tree of the same nodes as Python's own
   module `ast` gives. It reads all of Python 3 that scripts around gradients are typed in;
   what is left out (match, async comprehensions) is taken for an error. Lines count from 1,
   columns are positions in a line, in code units. */
"use strict";

{
  const gradviz = (globalThis.gradviz ??= {});

  /** A text that is no Python; `line` says where it goes wrong. */
  class PythonError extends Error {
    constructor(reason, line) {
      super(reason);
      this.line = line;
    }
  }

  /* The children of each kind of node, in the order of Python's own module. */
  const FIELDS = {
    Module: ["body"],
    FunctionDef: ["args", "body", "decorator_list", "returns"],
    AsyncFunctionDef: ["args", "body", "decorator_list", "returns"],
    ClassDef: ["bases", "keywords", "body", "decorator_list"],
    Return: ["value"],
    Delete: ["targets"],
    Assign: ["targets", "value"],
    AugAssign: ["target", "op", "value"],
    AnnAssign: ["target", "annotation", "value"],
    For: ["target", "iter", "body", "orelse"],
    AsyncFor: ["target", "iter", "body", "orelse"],
    While: ["test", "body", "orelse"],
    If: ["test", "body", "orelse"],
    With: ["items", "body"],
    AsyncWith: ["items", "body"],
    withitem: ["context_expr", "optional_vars"],
    Raise: ["exc", "cause"],
    Try: ["body", "handlers", "orelse", "finalbody"],
    ExceptHandler: ["type_", "body"],
    Assert: ["test", "msg"],
    Import: ["names"],
    ImportFrom: ["names"],
    alias: [],
    Global: [],
    Nonlocal: [],
    Expr: ["value"],
    Pass: [],
    Break: [],
    Continue: [],
    BoolOp: ["values"],
    NamedExpr: ["target", "value"],
    BinOp: ["left", "right"],
    UnaryOp: ["operand"],
    Lambda: ["args", "body"],
    IfExp: ["test", "body", "orelse"],
    Dict: ["keys", "values"],
    Set: ["elts"],
    ListComp: ["elt", "generators"],
    SetComp: ["elt", "generators"],
    DictComp: ["key", "value", "generators"],
    GeneratorExp: ["elt", "generators"],
    comprehension: ["target", "iter", "ifs"],
    Await: ["value"],
    Yield: ["value"],
    YieldFrom: ["value"],
    Compare: ["left", "comparators"],
    Call: ["func", "args", "keywords"],
    keyword: ["value"],
    JoinedStr: [],
    Constant: [],
    Attribute: ["value"],
    Subscript: ["value", "slice"],
    Starred: ["value"],
    Name: [],
    List: ["elts"],
    Tuple: ["elts"],
    Slice: ["lower", "upper", "step"],
    arguments: [
      "posonlyargs",
      "args",
      "vararg",
      "kwonlyargs",
      "kw_defaults",
      "kwarg",
      "defaults",
    ],
    arg: ["annotation"],
  };

  /** The nodes directly below a node. */
  function children(node) {
    const found = [];
    for (const field of FIELDS[node.type] ?? []) {
      const value = node[field];
      if (Array.isArray(value)) found.push(...value.filter((child) => child?.type));
      else if (value?.type) found.push(value);
    }
    return found;
  }

  /** A node and all below it, those above before those below. */
  function walk(node) {
    const nodes = [node];
    for (let k = 0; k < nodes.length; k++) nodes.push(...children(nodes[k]));
    return nodes;
  }

  /* Tokens */

  const TOKEN =
    /(?<space>[ \t\f]+|\\\n)|(?<comment>#[^\n]*)|(?<newline>\n)|(?<number>0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?)|(?<string>(?:[rRbBuUfF]{0,2})(?:"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\[^]|[^\\\n"])*"|'(?:\\[^]|[^\\\n'])*'))|(?<name>[\p{ID_Start}_][\p{ID_Continue}]*)|(?<symbol>\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|==|!=|<=|>=|\*\*|\/\/|>>|<<|[-+*/%@&|^]=|[-+*/%@&|^~<>()[\]{},:;.=])/uy;

  const OPENING = new Set(["(", "[", "{"]);
  const CLOSING = { ")": "(", "]": "[", "}": "{" };
  const TAB = 8;

  const KEYWORDS = new Set(
    (
      "False None True and as assert async await break class continue def del elif else " +
      "except finally for from global if import in is lambda nonlocal not or pass raise " +
      "return try while with yield"
    ).split(" "),
  );

  /** The tokens of a text: names, numbers, strings and symbols, and the ends of lines and
      blocks. Each has a kind, a text, and where it begins and ends. */
  function tokensOf(text) {
    const tokens = [];
    const indents = [0];
    const open = [];
    const lineStarts = [0];
    for (let k = 0; k < text.length; k++) {
      if (text[k] === "\n") lineStarts.push(k + 1);
    }
    let line = 1;
    let position = 0;
    let atStart = true;

    function add(kind, start, end, endLine = line) {
      const column = start - lineStarts[line - 1];
      const endColumn = end - lineStarts[endLine - 1];
      tokens.push({
        kind,
        text: text.slice(start, end),
        line,
        column,
        endLine,
        endColumn,
      });
    }

    function indentTo(width) {
      if (width > indents.at(-1)) {
        indents.push(width);
        add("indent", position, position);
      }
      while (width < indents.at(-1)) {
        indents.pop();
        add("dedent", position, position);
      }
      if (width !== indents.at(-1)) {
        throw new PythonError(
          "no Python 3: an indentation that matches no other",
          line,
        );
      }
    }

    while (position < text.length) {
      if (atStart) {
        let width = 0;
        while (" \t\f".includes(text[position] || "x")) {
          width = text[position] === "\t" ? width + TAB - (width % TAB) : width + 1;
          position += 1;
        }
        if (position >= text.length) break;
        if (text[position] === "\n" || text[position] === "#") {
          // a line without code says nothing about blocks
        } else {
          indentTo(width);
          atStart = false;
        }
      }
      TOKEN.lastIndex = position;
      const match = TOKEN.exec(text);
      if (!match) throw new PythonError("no Python 3: invalid character", line);
      const { groups } = match;
      const end = position + match[0].length;
      const newlines = match[0].split("\n").length - 1;
      if (groups.newline !== undefined) {
        if (!open.length && !atStart) {
          add("newline", position, position);
          atStart = true;
        }
      } else if (groups.symbol !== undefined) {
        if (OPENING.has(match[0])) open.push(match[0]);
        else if (CLOSING[match[0]]) {
          if (open.pop() !== CLOSING[match[0]]) {
            throw new PythonError("no Python 3: a bracket that is not open", line);
          }
        }
        add("symbol", position, end);
      } else if (groups.name !== undefined) {
        add(KEYWORDS.has(match[0]) ? "keyword" : "name", position, end);
      } else if (groups.number !== undefined) {
        add("number", position, end);
      } else if (groups.string !== undefined) {
        add("string", position, end, line + newlines);
      }
      line += newlines;
      position = end;
    }
    if (open.length)
      throw new PythonError("no Python 3: a bracket that is not closed", line);
    if (!atStart) add("newline", position, position);
    indentTo(0);
    add("end", position, position);
    return tokens;
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
  const BINARY = [
    { "|": "BitOr" },
    { "^": "BitXor" },
    { "&": "BitAnd" },
    { "<<": "LShift", ">>": "RShift" },
    { "+": "Add", "-": "Sub" },
    { "*": "Mult", "/": "Div", "//": "FloorDiv", "%": "Mod", "@": "MatMult" },
  ];
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
  const DEEPEST = 150; // expressions within each other

  class Parser {
    constructor(tokens) {
      this.tokens = tokens;
      this.position = 0;
      this.depth = 0;
    }

    get token() {
      return this.tokens[this.position];
    }

    is(text) {
      const { kind } = this.token;
      return this.token.text === text && kind !== "string" && kind !== "newline";
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
      throw new PythonError("no Python 3: invalid syntax", this.token.line);
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
      while (this.token.kind !== "end") body.push(...this.statement());
      return { type: "Module", body };
    }

    statement() {
      const start = this.token;
      if (start.kind === "indent") this.fail();
      if (start.text === "@" && start.kind === "symbol") return [this.decorated()];
      if (start.kind === "keyword") {
        const compound = {
          if: this.ifStatement,
          while: this.whileStatement,
          for: this.forStatement,
          try: this.tryStatement,
          with: this.withStatement,
          def: this.definition,
          class: this.classDefinition,
          async: this.asyncStatement,
        }[start.text];
        if (compound) return [compound.call(this)];
      }
      return this.simpleStatements();
    }

    simpleStatements() {
      const statements = [this.simpleStatement()];
      while (this.accept(";")) {
        if (this.token.kind === "newline") break;
        statements.push(this.simpleStatement());
      }
      if (this.token.kind !== "newline") this.fail();
      this.take();
      return statements;
    }

    simpleStatement() {
      const start = this.token;
      const simple =
        start.kind === "keyword" &&
        {
          return: this.returnStatement,
          pass: () => this.plain("Pass"),
          break: () => this.plain("Break"),
          continue: () => this.plain("Continue"),
          raise: this.raiseStatement,
          global: () => this.namesStatement("Global"),
          nonlocal: () => this.namesStatement("Nonlocal"),
          del: this.deleteStatement,
          assert: this.assertStatement,
          import: this.importStatement,
          from: this.importFrom,
        }[start.text];
      return simple ? simple.call(this) : this.expressionStatement();
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
      const targets = [this.expression()];
      while (this.accept(",") && !this.atEndOfStatement())
        targets.push(this.expression());
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
        const target = this.asTarget(first);
        return this.node("AugAssign", start, { target, op: operator, value });
      }
      if (this.accept(":")) {
        const annotation = this.expression();
        const value = this.accept("=") ? this.assignedValue() : null;
        return this.node("AnnAssign", start, {
          target: this.asTarget(first),
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

    /** Mark the names that an expression assigns, if it can be assigned to. */
    asTarget(node) {
      if (node.type === "Name") node.ctx = "Store";
      else if (node.type === "Tuple" || node.type === "List")
        node.elts.forEach((e) => this.asTarget(e));
      else if (node.type === "Starred") this.asTarget(node.value);
      else if (node.type !== "Attribute" && node.type !== "Subscript") this.fail();
      return node;
    }

    block() {
      this.expect(":");
      if (this.token.kind !== "newline") return this.simpleStatements();
      this.take();
      if (this.token.kind !== "indent") this.fail();
      this.take();
      const body = [];
      while (this.token.kind !== "dedent") body.push(...this.statement());
      this.take();
      return body;
    }

    /** A node of a statement that ends with a block. */
    compound(type, start, fields) {
      const handlers = fields.handlers?.at(-1)?.body;
      const parts = [fields.finalbody, fields.orelse, handlers, fields.body];
      const last = parts.find((part) => part?.length).at(-1);
      const { line, column } = start;
      const { endLine, endColumn } = last;
      return { type, ...fields, line, column, endLine, endColumn };
    }

    ifStatement() {
      const start = this.take();
      const test = this.namedExpression();
      const body = this.block();
      let orelse = [];
      if (this.is("elif")) orelse = [this.ifStatement()];
      else if (this.accept("else")) orelse = this.block();
      return this.compound("If", start, { test, body, orelse });
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
      while (this.is("except")) {
        const first = this.take();
        this.accept("*");
        const type_ = this.is(":") ? null : this.expressions();
        const name = this.accept("as") ? this.name() : null;
        const inner = this.block();
        handlers.push(
          this.compound("ExceptHandler", first, { type_, name, body: inner }),
        );
      }
      const orelse = this.accept("else") ? this.block() : [];
      const finalbody = this.accept("finally") ? this.block() : [];
      if (!handlers.length && !finalbody.length) this.fail();
      return this.compound("Try", start, { body, handlers, orelse, finalbody });
    }

    withStatement(start = this.token) {
      this.expect("with");
      const before = this.position;
      let items;
      try {
        items = this.withItems(this.accept("("));
      } catch (error) {
        if (!(error instanceof PythonError)) throw error;
        this.position = before; // the bracket belongs to the first expression
        items = this.withItems(null);
      }
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
      const found = {
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
          found.posonlyargs = found.args;
          found.args = [];
        } else if (this.accept("**")) {
          found.kwarg = this.parameter(areTyped);
        } else if (this.accept("*")) {
          afterStar = true;
          if (!this.is(",")) found.vararg = this.parameter(areTyped);
        } else {
          const parameter = this.parameter(areTyped);
          const value = this.accept("=") ? this.expression() : null;
          if (afterStar) {
            found.kwonlyargs.push(parameter);
            found.kw_defaults.push(value);
          } else {
            found.args.push(parameter);
            if (value) found.defaults.push(value);
            else if (found.defaults.length) this.fail();
          }
        }
        if (!this.accept(",")) break;
      }
      return found;
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
      return this.listOf(() => this.starExpression());
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
      const start = this.token;
      if (this.accept("*"))
        return this.node("Starred", start, { value: this.target() });
      return this.binary(0);
    }

    starExpression() {
      const start = this.token;
      if (this.accept("*")) {
        const value = this.binary(0);
        return this.node("Starred", start, { value });
      }
      return this.namedExpression();
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
      this.depth += 1;
      if (this.depth > DEEPEST)
        throw new PythonError("nested too deeply", this.token.line);
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
      this.depth -= 1;
      return node;
    }

    lambda() {
      const start = this.take();
      const args = this.parameters(":", false);
      this.expect(":");
      const body = this.expression();
      return this.node("Lambda", start, { args, body });
    }

    disjunction() {
      return this.boolean("or", "Or", () => this.conjunction());
    }

    conjunction() {
      return this.boolean("and", "And", () => this.inversion());
    }

    boolean(word, op, operand) {
      const start = this.token;
      const first = operand();
      if (!this.is(word)) return first;
      const values = [first];
      while (this.accept(word)) values.push(operand());
      return this.node("BoolOp", start, { op, values });
    }

    inversion() {
      const start = this.token;
      if (!this.accept("not")) return this.comparison();
      const operand = this.inversion();
      return this.node("UnaryOp", start, { op: "Not", operand });
    }

    comparison() {
      const start = this.token;
      const left = this.binary(0);
      const ops = [];
      const comparators = [];
      for (;;) {
        const op = this.comparisonOperator();
        if (!op) break;
        ops.push(op);
        comparators.push(this.binary(0));
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

    /** Operators of one level and above: + and - before * and /. */
    binary(level) {
      if (level === BINARY.length) return this.signed();
      const start = this.token;
      let left = this.binary(level + 1);
      while (this.token.kind === "symbol" && BINARY[level][this.token.text]) {
        const op = BINARY[level][this.take().text];
        const right = this.binary(level + 1);
        left = this.node("BinOp", start, { left, op, right });
      }
      return left;
    }

    signed() {
      const start = this.token;
      const op = start.kind === "symbol" && SIGNS[start.text];
      if (!op) return this.power();
      this.take();
      this.depth += 1;
      if (this.depth > DEEPEST) throw new PythonError("nested too deeply", start.line);
      const operand = this.signed();
      this.depth -= 1;
      return this.node("UnaryOp", start, { op, operand });
    }

    power() {
      const start = this.token;
      const left = this.awaited();
      if (!this.accept("**")) return left;
      const right = this.signed();
      return this.node("BinOp", start, { left, op: "Pow", right });
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
          node = this.node("Attribute", start, { value: node, attr });
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
      if (!this.is(",")) return first;
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
        this.take();
        return this.node("Name", start, {
          id: start.text.normalize("NFKC"),
          ctx: "Load",
        });
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
        value: isComplex ? null : Number(text),
      });
    }

    strings() {
      const start = this.token;
      let isFormatted = false;
      let value = "";
      while (this.token.kind === "string") {
        const { text } = this.take();
        const [, prefix, quoted] = /^([a-zA-Z]*)([^]*)$/.exec(text);
        if (/[fF]/.test(prefix)) isFormatted = true;
        const quotes = /^("""|''')/.test(quoted) ? 3 : 1;
        value += quoted.slice(quotes, -quotes);
      }
      if (isFormatted) return this.node("JoinedStr", start, { value });
      return this.node("Constant", start, { kind: "str", value });
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
        this.expect(")");
        return first; // the bracket is no part of it, as in Python
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
          values.push(this.binary(0));
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

  const BYTE_ORDER_MARK = 0xfeff;

  function withoutMark(text) {
    return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
  }

  /** The syntax tree of a text; throws a PythonError if it is no Python 3. */
  function parsePython(text) {
    return new Parser(tokensOf(withoutMark(text))).module();
  }

  gradviz.python = { parse: parsePython, walk, children, PythonError };
}
