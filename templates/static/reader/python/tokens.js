/* The tokens of a text: names, numbers, strings and symbols, and the ends of lines and
   blocks. */
"use strict";

{
  const { python } = globalThis.gradviz;
  const { fail } = python;

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

  // Python allows no deeper nesting of brackets, and of blocks.
  const MOST_BRACKETS = 200;
  const MOST_INDENTS = 100;

  const KEYWORDS = new Set([
    "False",
    "None",
    "True",
    "and",
    "as",
    "assert",
    "async",
    "await",
    "break",
    "class",
    "continue",
    "def",
    "del",
    "elif",
    "else",
    "except",
    "finally",
    "for",
    "from",
    "global",
    "if",
    "import",
    "in",
    "is",
    "lambda",
    "nonlocal",
    "not",
    "or",
    "pass",
    "raise",
    "return",
    "try",
    "while",
    "with",
    "yield",
  ]);

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

  function tokensOf(text) {
    return new Lexer(text).all();
  }

  Object.assign(python, { tokensOf });
}
