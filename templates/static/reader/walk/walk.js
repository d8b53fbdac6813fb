/* Walk: what all parts of a walk share, and how far it may still go. Two functions that
   a walk is given tell what a statement does, and what an expression stands for. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { IMPORTED, UNKNOWN } = scripts;
  const { everyParameterOf, isArray, isToldToShare, receiverOf, unknownPart } = scripts;
  const { Changes, Objects, Observations, eitherReturn } = scripts.walk;
  const words = vocabulary.walk;

  /** A walk through a script. `imports` say what names stand for; `routines` are its
      gradient routines; `outline` says where everything is. `followStatement` follows a
      statement, and gives what it returns from a function, else null; `valueOf` gives
      what is known of an expression. */
  class Walk {
    #followStatement;
    #valueOf;
    #depth = 0; // of nested functions
    #level = 0; // of nested nodes
    #callsFollowed = 0;
    #plain = new Map(); // by what is asynchronous

    constructor(imports, routines, outline, followStatement, valueOf) {
      this.imports = imports;
      this.routines = routines;
      this.outline = outline;
      this.observations = new Observations();
      this.changes = new Changes();
      this.objects = new Objects(outline.classes, this.changes, this.observations);
      this.entered = new Set(); // functions that were followed
      this.passing = []; // into the functions being followed
      this.loops = 0; // that are being followed
      this.steps = 0;
      this.stopsOfF = new Map(); // how each f stops at one point
      this.cutOff = new Map(); // grids after astype(int), by those before
      this.#followStatement = followStatement;
      this.#valueOf = valueOf;
    }

    /** Follow statements; gives the values of the returns among them, null if none is
        met. */
    statements(body, names) {
      let returned = null;
      for (const [place, statement] of body.entries()) {
        returned = eitherReturn(returned, this.#statement(statement, names));
        if (statement.type === "Return" || statement.type === "Raise") {
          this.observations.skipped.push(...body.slice(place + 1));
          break;
        }
      }
      return returned;
    }

    #statement(statement, names) {
      if (this.#isTooFar()) return null;
      this.#level += 1;
      const returned = this.#followStatement(this, this.plainOf(statement), names);
      this.#level -= 1;
      return returned;
    }

    /** A statement as one that is not asynchronous, and gives the same numbers. */
    plainOf(statement) {
      const { type } = statement;
      if (!type.startsWith("Async")) return statement;
      if (!this.#plain.has(statement)) {
        const plain = { ...statement, type: type.slice("Async".length) };
        this.#plain.set(statement, plain);
      }
      return this.#plain.get(statement);
    }

    /** Whether a function was asynchronous before it was made plain. */
    isAsynchronous(definition) {
      return [...this.#plain.values()].includes(definition);
    }

    /** What is known of an expression. */
    value(node, names) {
      if (this.#isTooFar()) return UNKNOWN;
      this.#level += 1;
      const value = this.#valueOf(this, node, names);
      this.#level -= 1;
      return isArray(value) ? this.#ownArray(node, value) : value;
    }

    /** An array that an expression gives, and whether it is made there. */
    #ownArray(node, array) {
      const { type, func } = node;
      if (type !== "Call" && type !== "BinOp") return array;
      if (array.made === null) {
        this.changes.forget(node);
        return { ...array, made: node, isCopy: false };
      }
      const mayCopy = type === "BinOp" || words.copying.includes(func.attr);
      const isCopy = mayCopy && !(type === "Call" && isToldToShare(node));
      return isCopy ? { ...array, isCopy } : array;
    }

    /** What is known of a name. */
    valueOfName(name, names) {
      const before = names.get(name) ?? UNKNOWN;
      // An imported name is known only by its full name.
      if (before === IMPORTED) return UNKNOWN;
      const value = this.changes.asItIsNow(before);
      this.observations.noteRead(before, value);
      return this.#mayBeRebound(name, value) ? unknownPart(value) : value;
    }

    /** Whether any call of a function may give a name another array. */
    #mayBeRebound(name, { is }) {
      const isFollowed = ["function", "class", "instance"].includes(is);
      return this.routines.declaredGlobal.has(name) && !isFollowed;
    }

    /** Follow the body of a function; gives what it returns. */
    enter({ node: definition, method, receiver }, names, bound) {
      const { most_depth: mostDepth, most_calls: mostCalls } = words;
      if (this.#depth >= mostDepth || this.#callsFollowed >= mostCalls) {
        this.observations.isWhole = false;
        return UNKNOWN;
      }
      this.#callsFollowed += 1;
      this.entered.add(method ?? definition);
      if (receiver) names.set(receiverOf(method), receiver);
      for (const name of everyParameterOf(definition)) {
        names.set(name, bound.get(name) ?? UNKNOWN);
      }
      this.#depth += 1;
      const { type, body } = definition;
      const isLambda = type === "Lambda";
      const returned = isLambda
        ? this.value(body, names)
        : this.statements(body, names);
      this.#depth -= 1;
      return returned ?? UNKNOWN;
    }

    /** Count a step; tell whether it is one too many, or too deep. */
    #isTooFar() {
      this.steps += 1;
      const isTooDeep = this.#level >= words.most_levels;
      const isTooFar = isTooDeep || this.steps > words.most_steps;
      if (isTooFar) this.observations.isWhole = false;
      return isTooFar;
    }
  }

  Object.assign(scripts.walk, { Walk });
}
