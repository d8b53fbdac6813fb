/* One run of a script: what it knows so far, and what it leaves. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { AXES, FIGURE, Drawing, Instance, Interpreter, unshared } = scripts;
  const { CALLS, callOfParser, givesView, isOfParser } = scripts.wholeRuns;
  const { EXPRESSIONS, STATEMENTS, functionsOf } = scripts.wholeRuns;
  const { Abandoned, OnePass, Records, areTargets, areWhole } = scripts.wholeRuns;
  const { asItIs, isTable, isUnknown, quiversIn, runsCode } = scripts.wholeRuns;
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
    constructor(globalNames, watched, sites, change) {
      super(globalNames);
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
      this.records = new Records(sites);
      this.called = new Set(); // what stands before the parentheses of calls
      this.openCall = null; // the one that is being carried out, none outside the script
      this.openSites = []; // those that are being carried out
      this.isLooking = false; // at what is drawn besides arrows, or printed
    }

    /** Carry out a script; whether every plot in it was reached. */
    hasDrawnAll(tree) {
      const { records } = this;
      const nodes = python.walk(tree);
      this.called = new Set(nodes.map(({ func }) => func));
      const scope = new Scope(null);
      scope.own.set("__name__", "__main__");
      for (const statement of tree.body) {
        try {
          this.block([statement], scope);
        } catch (error) {
          if (error instanceof Stops) {
            records.stop = error;
            records.stopLine ||= statement.line;
          }
          throw error;
        }
      }
      const reached = new Set(records.drawn.map(({ node }) => node));
      return [...quiversIn(nodes)].every((node) => reached.has(node));
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
      const { level, openSites, records } = this;
      const results = records.resultsOfSites.get(node);
      let value = OPAQUE;
      if (results) this.openSites = [...openSites, node];
      try {
        value = super.value(node, scope);
      } catch (error) {
        if (error instanceof Stops) records.stopLine ||= node.line;
        if (error instanceof Abandoned || !(error instanceof NotFollowed)) throw error;
        const isTooLong = this.stepsOfAll >= mostSteps;
        if (isTooLong || !this.isLooking || runsCode(node)) throw new Abandoned();
        this.level = level;
      }
      this.openSites = openSites;
      if (results) {
        results.push(asItIs(value));
        const factor = this.change.factors?.get(node) ?? 1;
        if (factor !== 1) value = combined("Div", value, factor);
      }
      return value;
    }

    closure(node, around) {
      const closure = super.closure(node, around);
      this.records.functionsMade.set(node, closure);
      return closure;
    }

    outside(node) {
      const { functions, constants, imports, rebound } = this.globalNames;
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
      const { openSites, records } = this;
      const all = [...given, ...keywords.values()];
      const arrays = all.filter((each) => each instanceof SmallArray);
      if (this.change.leftOut?.has(closure.node) && arrays.length === 1)
        return filledArray(arrays[0].shape, NaN, false);
      const isWatched = this.watched.has(closure.node) || all.some(isTable);
      const before = isWatched ? all.map(asItIs) : [];
      records.noteCall(closure.node, given, keywords);
      for (const site of openSites)
        records.functionsOfSites.get(site).add(closure.node);
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
      if (isWatched) this.noteOwnCall(closure.node, before, asItIs(result));
      return result;
    }

    /** Note a call that the script makes; a library's function has no definition. */
    noteOwnCall(definition, given, result) {
      const { openCall: node, records } = this;
      if (node) records.ownCalls.push({ node, definition, given, result });
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
