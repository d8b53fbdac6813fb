/* Python, read and never run: a text to a syntax tree of the same nodes as Python's own
   module `ast` gives. It reads all of Python 3.11, and takes some of what Python refuses,
   such as `global` after a name was used. */
"use strict";

{
  const { python } = globalThis.gradviz;
  const { StatementParser, tokensOf } = python;

  /** The syntax tree of a text, which may be the body of a function; throws a PythonError
      if it is no Python 3. */
  function parse(text, mayBeBody = true) {
    const parser = new StatementParser(tokensOf(text));
    parser.isInFunction = mayBeBody;
    return parser.module();
  }

  Object.assign(python, { parse });
}
