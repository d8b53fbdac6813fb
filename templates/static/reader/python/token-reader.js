/* A place among the tokens of a text, from which a parser reads on. */
"use strict";

{
  const { python } = globalThis.gradviz;
  const { PythonError, fail } = python;

  const DEEPEST = 700; // nested expressions, brackets included

  /** Takes tokens in their order, and makes nodes that reach over them. */
  class TokenReader {
    constructor(tokens, depth = 0) {
      this.tokens = tokens;
      this.position = 0;
      this.depth = depth;
      this.isInFunction = false;
      this.isInLoop = false;
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
      if (this.depth > DEEPEST) fail("too-deep", this.token.line);
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

    /** A node from a token, or a node, to the token that was taken last. */
    node(type, start, fields) {
      return this.nodeUpTo(this.tokens[this.position - 1], type, start, fields);
    }

    nodeUpTo(last, type, start, fields) {
      const { line, column } = start;
      const { endLine, endColumn } = last;
      return { type, ...fields, line, column, endLine, endColumn };
    }

    name() {
      if (this.token.kind !== "name") this.fail();
      return this.take().text;
    }
  }

  Object.assign(python, { TokenReader });
}
