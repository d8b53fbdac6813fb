/* Python, read and never run: a text to a syntax tree of the same nodes as Python's own
   module `ast` gives. It reads all of Python 3.11, and takes some of what Python refuses. */
"use strict";

{
  const { python } = globalThis.gradviz;
  const { StatementParser, tokensOf } = python;

  /** The syntax tree of a text; throws a PythonError if it is no Python 3. */
  function parse(text) {
    return new StatementParser(tokensOf(text)).module();
  }

  Object.assign(python, { parse });
}
