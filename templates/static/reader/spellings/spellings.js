/* Spellings: a function of a script, written as one expression in x. Intermediate
   values are substituted where they are used. What the result demands of x, beyond what
   a spelling says, is kept beside it: `x0, x1 = x` fails for more than two numbers. */
"use strict";

{
  const { parse, scripts } = globalThis.gradviz;
  const { spellings } = scripts;
  const { COORDINATES, Speller, Unspellable, X, isGroup, refuse } = spellings;
  const { resultOf, returnedBy, valueOf } = spellings;

  /** The functions of a script as spellings. `definitions` are its functions by name, and
      `constants` its numbers by name. */
  class Spellings {
    #speller;
    #readings = new Map();

    constructor(source, imports, definitions, constants) {
      this.#speller = new Speller(
        source,
        imports,
        definitions,
        constants,
        valueOf,
        returnedBy,
      );
    }

    /** Read a function of one argument: its name, its line, its spelling, or null and the
        `refusal`, why and in which line; what it demands of x, and whether a test of
        `x.ndim` was decided for one point. */
    read(name, definition) {
      if (!this.#readings.has(definition)) {
        this.#readings.set(definition, this.#readingOfCall(definition, [X]));
      }
      return { ...this.#readings.get(definition), name };
    }

    /** Read a function of two numbers, as a formula in x[0] and x[1]. */
    readPair(name, definition) {
      const reading = this.#readingOfCall(definition, COORDINATES);
      return { ...reading, name, isPair: true };
    }

    #readingOfCall(definition, given) {
      return this.#reading(definition, () =>
        resultOf(this.#speller, definition, given, definition),
      );
    }

    /** Read an expression in x that stands alone. */
    readExpression(node) {
      return this.#reading(node, () => this.#speller.term(node, new Map([["x", X]])));
    }

    /** Read the body of a function of x that was pasted without its first line. */
    readBody(statements) {
      return this.#reading(statements[0], () => {
        const value = this.#speller.statements(statements, new Map([["x", X]]));
        return value ?? refuse("no-return", statements.at(-1));
      });
    }

    /** What comes of reading a function or an expression. */
    #reading(node, readValue) {
      const speller = this.#speller;
      speller.start();
      const reading = { name: null, line: node.line, spelling: null, refusal: null };
      try {
        reading.spelling = spellingOf(readValue(), node);
      } catch (error) {
        if (!(error instanceof Unspellable)) throw error;
        const { code, values } = error;
        reading.refusal = { code, line: error.node.line, values };
      }
      reading.demands = [...speller.demandsUnless(() => false)].sort();
      reading.takesOnePoint = speller.takesOnePoint;
      return reading;
    }
  }

  function spellingOf(value, node) {
    if (isGroup(value)) refuse("several-values", node);
    if (value.isVector) refuse("vector-value", node);
    try {
      parse(value.text);
    } catch (error) {
      if (!error.column) throw error;
      refuse("long-expression", node);
    }
    return value.text;
  }

  Object.assign(scripts, { Spellings });
}
