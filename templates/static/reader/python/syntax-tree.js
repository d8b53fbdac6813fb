/* The nodes of a syntax tree, which are those of Python's own module `ast`.

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

  function fail(code, line) {
    throw new PythonError(code, line);
  }

  gradviz.python = { PythonError, children, fail, walk };
}
