/* One run of a script: what it knows so far, and what it leaves. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { AXES, FIGURE, Drawing, Instance, Interpreter, unshared } = scripts;
  const { CALLS, callOfParser, givesView, isOfParser } = scripts.wholeRuns;
  const { EXPRESSIONS, STATEMENTS, functionsOf } = scripts.wholeRuns;
  const { Abandoned, CallsSeen, OnePass, areTargets, areWhole } = scripts.wholeRuns;
  const { asItIs, isTable, isUnknown, runsCode } = scripts.wholeRuns;
  const { NotFollowed, Stops, SmallArray, filledArray } = scripts.small;
  const { OPAQUE, Scope, itemsIn } = scripts.values;
  const { combined } = scripts.operators;

  const { most_steps: mostSteps } = vocabulary.whole_run;

  /** One run of a script. The calls of `watched` functions are recorded, and the results
      of the operations at some `sites`. A `change` says what is carried out otherwise
      than it is written: other functions are called `instead` of some; `turned` calls
      get and give their arrays as if with a .T; some results are divided by
      `factors`; and grids are `moved` along each axis. */
  class WholeRun extends Interpreter {
    constructor(script, watched, sites, change) {
      super(script);
      Object.assign(this, { watched, change });
      this.limits = {
        ...this.limits,
        most_steps: mostSteps,
        most_steps_of_all: mostSteps,
        many_entries: 0,
      };
      this.statements = STATEMENTS;
      this.expressions = EXPRESSIONS;
      this.functions = functionsOf(this, this.functions);
      this.isLooking = false; // at what is drawn besides arrows, or printed
      this.nodeCalled = null;
      this.nodeOfFunction = null; // what stands in front of the parentheses of a call
      this.drawn = []; // the plots: each with its node, its places and its arrows
      this.heights = []; // that are drawn besides, as contours or as a surface
      this.recorded = new Map([...sites].map((site) => [site, []]));
      this.ownCalls = []; // of watched functions, and those that get a table
      this.placesOfTables = new Map(); // which argument of a call was one
      this.functionsMade = new Map(); // by their definitions
      this.stop = null; // the error with which the script stops, and its line
      this.stopLine = 0;
      this.callsSeen = new Map(); // what they got in all their calls
      this.partials = new Map(); // from calls of functools.partial to their functions
      this.functionsOfSites = new Map([...sites].map((site) => [site, new Set()]));
      this.openSites = []; // those that are being carried out
    }

    /** Carry out a script; whether every plot in it was reached. */
    hasDrawnAll({ body }, quivers) {
      const scope = new Scope(null);
      scope.own.set("__name__", "__main__");
      for (const statement of body) {
        try {
          this.block([statement], scope);
        } catch (error) {
          if (error instanceof Stops) {
            this.stop = error;
            this.stopLine ||= statement.line;
          }
          throw error;
        }
      }
      const reached = new Set(this.drawn.map(({ node }) => node));
      return [...quivers].every((node) => reached.has(node));
    }

    /* Values */

    /** The value of an expression. What can be gone over once ends the run here. */
    value(node, scope) {
      const value = this.anyValue(node, scope);
      if (value instanceof OnePass) throw new Abandoned();
      return value;
    }

    items(node, scope) {
      return itemsIn(this.anyValue(node, scope));
    }

    default(node, around) {
      return unshared(this.value(node, around));
    }

    /** Any value of an expression; while looking, it may be unknown. */
    anyValue(node, scope) {
      const { level, openSites } = this;
      let value = OPAQUE;
      if (this.recorded.has(node)) this.openSites = [...openSites, node];
      try {
        value = super.value(node, scope);
      } catch (error) {
        if (error instanceof Stops) this.stopLine ||= node.line;
        if (error instanceof Abandoned || !(error instanceof NotFollowed)) throw error;
        const isTooLong = this.stepsOfAll >= mostSteps;
        if (isTooLong || !this.isLooking || runsCode(node)) throw new Abandoned();
        this.level = level;
      }
      this.openSites = openSites;
      if (this.recorded.has(node)) {
        this.recorded.get(node).push(asItIs(value));
        const factor = this.change.factors?.get(node) ?? 1;
        if (factor !== 1) value = combined("Div", value, factor);
      }
      return value;
    }

    closure(node, around) {
      const closure = super.closure(node, around);
      this.functionsMade.set(node, closure);
      return closure;
    }

    outside(node) {
      const { functions, constants, imports, rebound } = this.script;
      const isBoundLater = [functions, constants, rebound].some((names) =>
        names.has(node.id),
      );
      // Above a fragment may be lines that bind it.
      if (isBoundLater && !imports.has(node.id))
        throw imports.size ? new Stops() : new NotFollowed();
      return super.outside(node);
    }

    /* Calls */

    /** The result of calling a function, a class or an object. */
    call(called, given, keywords) {
      const call = CALLS.get(called?.constructor);
      if (call) return call(this, called, given, keywords);
      if (isOfParser(called)) return callOfParser(called, given, keywords);
      const result = super.call(called, given, keywords);
      return givesView(called) ? OnePass.from(result) : result;
    }

    callClosure(closure, given, keywords) {
      const { nodeCalled: node } = this;
      const all = [...given, ...keywords.values()];
      const arrays = all.filter((each) => each instanceof SmallArray);
      if (this.change.leftOut?.has(closure.node) && arrays.length === 1)
        return filledArray(arrays[0].shape, NaN, false);
      const isWatched = this.watched.has(closure.node) || all.some(isTable);
      const before = isWatched ? all.map(asItIs) : [];
      this.noteCall(closure.node, given, keywords);
      const { openSites } = this;
      for (const site of openSites) this.functionsOfSites.get(site).add(closure.node);
      this.openSites = [];
      let result = null;
      try {
        result = super.callClosure(closure, given, keywords);
        const known = this.change.instead?.get(closure.node);
        if (known) result = known(given, result);
      } catch (error) {
        if (error instanceof NotFollowed) throw new Abandoned();
        throw error;
      }
      this.openSites = openSites;
      if (isWatched && node) {
        const { node: definition } = closure;
        this.ownCalls.push({ node, definition, given: before, result: asItIs(result) });
      }
      return result;
    }

    noteCall(definition, given, keywords) {
      const calls = this.callsSeen.get(definition);
      if (calls) calls.meet(given, keywords);
      else this.callsSeen.set(definition, new CallsSeen(given, keywords));
    }

    /* Statements */

    assign(target, value, scope) {
      const { type } = target;
      const isUnpacked = areTargets(target);
      if (value instanceof OnePass && !isUnpacked) throw new Abandoned();
      if (isUnpacked && isUnknown(value)) {
        if (value.kind === FIGURE || value.kind === AXES) throw new Stops();
        for (const each of target.elts) this.assign(each, value, scope);
        return;
      }
      if (type === "Attribute" || type === "Subscript")
        this.assignPart(target, value, scope);
      else super.assign(target, value, scope);
    }

    /** Give a value to an attribute, or to an item. */
    assignPart({ type, value: node, attr, slice }, value, scope) {
      const owner = this.value(node, scope);
      if (owner instanceof Drawing) return;
      if (type === "Subscript") {
        if (Array.isArray(owner) && isUnknown(value)) throw new Abandoned();
        this.put(owner, this.index(slice, scope), value);
      } else if (owner instanceof Instance) owner.own.set(attr, value);
      else throw new NotFollowed();
    }

    /** Set an item; an array of whole numbers that cuts it off ends the run. */
    put(owner, index, value) {
      const isOfWholeNumbers = owner instanceof SmallArray && owner.isWhole;
      if (isOfWholeNumbers && !areWhole(value)) throw new Abandoned();
      super.put(owner, index, value);
    }
  }

  Object.assign(scripts, { WholeRun });
}
