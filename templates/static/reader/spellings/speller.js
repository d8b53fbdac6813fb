/* Speller: what all parts share that write a function as a spelling, and how far they may
   go. Two functions that it is given tell what an expression stands for, and what
   statements return. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { spellings } = scripts;
  const { Unspellable, asTerm, refuse, shortEnough } = spellings;

  // What a function demands of x, beyond what its spelling says.
  const TWO_NUMBERS = "two numbers"; // more or fewer of them raise an error
  const MATH_DOMAIN = "math domain"; // a value that is no number raises an error
  const MEETS = "an array of two meets x in "; // before the text, which then raises an error

  const DEEPEST = 12; // nested functions
  const MOST_LEVELS = 100; // nested expressions, those of functions included
  const MOST_STEPS = 100000; // expressions and statements that are read in one script

  /** Reads the functions of a script. `definitions` are its functions by name, to be put in
      where they are called, and `constants` its numbers by name: what is assigned once,
      at the top. `valueOf` gives the value of an expression, where the names have these
      `values`; `returnedBy` that of statements, null if they return none. */
  class Speller {
    #valueOf;
    #returnedBy;
    #depth = 0; // of nested functions
    #level = 0; // of nested expressions
    #steps = 0;

    constructor(source, imports, definitions, constants, valueOf, returnedBy) {
      this.source = source;
      this.imports = imports;
      this.definitions = definitions;
      this.constants = constants;
      this.#valueOf = valueOf;
      this.#returnedBy = returnedBy;
      this.start();
    }

    /** Begin a function of which nothing is known. */
    start() {
      this.demands = new Set();
      this.takesOnePoint = false; // whether a test of its ndim was decided for one point
    }

    /** Count a step, and refuse what is too deep, or too long for one script. */
    count(node) {
      this.#steps += 1;
      if (this.#level > MOST_LEVELS) refuse("too-deep", node);
      if (this.#steps > MOST_STEPS) refuse("too-long", node);
    }

    /** What a function reads, one level deeper. */
    deeper(read) {
      this.#level += 1;
      try {
        return read();
      } finally {
        this.#level -= 1;
      }
    }

    /** What is read in another function, or instead of a name. */
    within(read) {
      this.#depth += 1;
      try {
        return read();
      } finally {
        this.#depth -= 1;
      }
    }

    get isTooDeep() {
      return this.#depth > DEEPEST;
    }

    /** The value of an expression. */
    value(node, values) {
      this.count(node);
      const value = this.deeper(() => this.#valueOf(this, node, values));
      if (value.meetsOther) {
        this.demands.add(value.text ? MEETS + value.text : TWO_NUMBERS);
      }
      return shortEnough(value, node);
    }

    /** The same, of one that gives a number, x, or something computed from all of x. */
    term(node, values) {
      return asTerm(this.value(node, values), node);
    }

    /** The same, null for one that cannot be spelled. */
    valueIfAny(node, values) {
      const before = this.demands;
      try {
        return this.value(node, values);
      } catch (error) {
        if (!(error instanceof Unspellable)) throw error;
        this.demands = before;
        return null;
      }
    }

    /** What statements return, null without a return. */
    statements(statements, values) {
      return this.deeper(() => this.#returnedBy(this, statements, values));
    }

    /** The result of reading, and what it alone demands. */
    withDemands(read) {
      const before = this.demands;
      this.demands = new Set();
      try {
        const value = read();
        return { value, demands: this.demands };
      } finally {
        this.demands = new Set([...before, ...this.demands]);
      }
    }

    /** What is read of one of two branches, and what that demands, which is not yet
        demanded of x. */
    branch(read) {
      const before = this.demands;
      this.demands = new Set();
      const value = read();
      // Only a text outside of any branch is sure to be computed, and to raise its error.
      const hasBranches = value.text.includes(" if ");
      const isSaid = (text) => !hasBranches && value.text.includes(text);
      const demands = this.demandsUnless(isSaid);
      this.demands = before;
      return { value, demands };
    }

    /** What is demanded so far. Where x meets an array of two, it has to be two numbers;
        `isSaid` tells whether the spelling raises an error by itself if it is not. */
    demandsUnless(isSaid) {
      const others = new Set();
      for (const demand of this.demands) {
        if (!demand.startsWith(MEETS)) others.add(demand);
        else if (!isSaid(demand.slice(MEETS.length))) others.add(TWO_NUMBERS);
      }
      return others;
    }
  }

  Object.assign(spellings, { MATH_DOMAIN, Speller, TWO_NUMBERS });
}
