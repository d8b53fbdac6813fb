/* Whole runs: a script carried out from its first line, to see which arrows it draws.
   What is not followed exactly ends the run. Only what a plot is given besides its
   arrows, and what is printed, may be left out. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { Interpreter, STEP, unshared } = scripts;
  const { BoundMethod, Instance, ScriptClass, UnreadClass } = scripts;
  const { attributeOf, fieldsOfNew } = scripts;
  const { METHODS_OF_PARSERS, Parser, parserOf } = scripts;
  const { NotFollowed, Stops, Slice, Tuple, SmallArray } = scripts.small;
  const { areSameShape, isWholeNumber, isAnyNumber } = scripts.small;
  const { smallArrayOf, stackedArrays, entryByEntry, filledArray } = scripts.small;
  const { OPAQUE, Closure, Library, Method, Scope } = scripts.values;
  const { isFlag, isItems, isLibrary, kindOf, itemsIn, typeNamed } = scripts.values;
  const { combined, maskOf } = scripts.operators;
  const { METHODS, callListed, full, fullLike, onlyNumber, zipped } =
    scripts.numpyFunctions;
  const { AXES, FIGURE, AxesArray, Drawing, KnownStop, hasStarred } = scripts;
  const { attributeOfDrawing, attributeOfPyplot, checkArrows } = scripts;
  const { resultOfDrawing } = scripts;
  const { asColumns, counted, evenlySpaced, gridOfAxes } = scripts.arrayFunctions;

  const { drawing, drawing_libraries: drawingLibraries, unchanging } = vocabulary.walk;
  const { differentiating, for_each_row: forEachRow, compiling } = vocabulary.walk;
  const changing = [...vocabulary.walk.changing, ...vocabulary.walk.changing_methods];
  const { most_steps: mostSteps, gone_over_once: goneOverOnce } = vocabulary.whole_run;
  const { using_up: usingUp, unseen } = vocabulary.whole_run;
  const { changing_a_plot: changingAPlot } = vocabulary.whole_run;
  const { plain_bases: plainBases, flags_of_classes: flagsOfClasses } =
    vocabulary.whole_run;
  const [shortest, longest] = vocabulary.whole_run.usual_steps;
  const { unread_fields: unreadFields, followed_methods: followedMethods } =
    vocabulary.whole_run;

  /** What is not the same in all calls of a function. */
  const VARIES = { is: "varying" };

  /** The arguments of all calls of a function, where they are always the same. */
  class CallsSeen {
    constructor(given, keywords) {
      this.given = given.map((value) => sharedValue(value, value));
      this.keywords = new Map(
        [...keywords].map(([name, value]) => [name, sharedValue(value, value)]),
      );
    }

    /** How many arguments come before those that are always the same. */
    get countOfCoordinates() {
      return this.given.lastIndexOf(VARIES) + 1;
    }

    /** Note another call. */
    meet(given, keywords) {
      const longer = given.length > this.given.length ? given : this.given;
      this.given = longer.map((_, k) => sharedValue(this.given[k], given[k]));
      for (const name of new Set([...this.keywords.keys(), ...keywords.keys()])) {
        const value = sharedValue(this.keywords.get(name), keywords.get(name));
        this.keywords.set(name, value);
      }
    }
  }

  /** A plain value if both are that value. */
  function sharedValue(one, other) {
    const isPlain = isFlag(one) || isAnyNumber(one);
    return isPlain && one === other ? one : VARIES;
  }

  /** A statement was left halfway, so that nothing is known of what it changes. */
  class Abandoned extends NotFollowed {}

  const DRAWING = new Drawing();

  /** What can be gone over once: it is followed only where it is used up at once. */
  class OnePass extends Array {}

  /** What `np.vectorize` gives. */
  class Vectorized {
    constructor(called) {
      this.called = called;
    }
  }

  /** What `jax.grad` gives. */
  class Differentiated {
    constructor(called) {
      this.called = called;
    }
  }

  /** What `jax.vmap` gives. */
  class Mapped {
    constructor(called) {
      this.called = called;
    }
  }

  /** What `functools.partial` gives. */
  class Partial {
    constructor(called, given, keywords) {
      Object.assign(this, { called, given, keywords });
    }
  }

  // What may be changed, or runs code that changes something.
  const CHANGEABLE = [
    ...[SmallArray, Array, Map, Instance, ScriptClass, UnreadClass, Parser],
    ...[Closure, BoundMethod, Method, Vectorized, Partial],
  ];

  // Expressions that run code, so that they may have effects.
  const RUNNING = ["Call", "Lambda", "ListComp", "GeneratorExp", "NamedExpr"];

  /** One run of a script. The calls of `watched` functions are recorded, and the results
      of the operations at some `sites`. A `change` says what is carried out otherwise
      than it is written: other functions are called `instead` of some; `turned` calls
      get and give their arrays as if with a .T; and some results are divided by
      `factors`. */
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
      this.statements = { ...this.statements, ...STATEMENTS };
      this.expressions = { ...this.expressions, ...EXPRESSIONS };
      const own = {
        "numpy.vectorize": ["pyfunc", (called) => new Vectorized(called)],
        "numpy.empty": ["shape dtype", full(NaN)],
        "numpy.empty_like": ["value dtype", fullLike(NaN)],
        "scipy.optimize.approx_fprime": [
          "x f epsilon",
          (...given) => this.approximated(...given),
        ],
        ...listedAs(differentiating, (called) => new Differentiated(called)),
        ...listedAs(forEachRow, (called) => new Mapped(called)),
        ...listedAs(compiling, (called) => called),
        "functools.partial": ["**", partialOf],
        "argparse.ArgumentParser": ["**", parserOf],
        slice: ["*", sliceOf],
        zip: ["*", sideBySide],
      };
      for (const [name, listed] of Object.entries(own))
        this.functions.set(name, listed);
      for (const name of goneOverOnce) {
        const [parameters, compute] = this.functions.get(name);
        this.functions.set(name, [parameters, once(compute)]);
      }
      this.isLooking = false; // at what is drawn besides arrows, or printed
      this.nodeCalled = null;
      this.nodeOfFunction = null; // what stands in front of the parentheses of a call
      this.drawn = []; // the plots: each with its node, its places and its arrows
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

    attribute(node, scope) {
      const isCalled = node === this.nodeOfFunction;
      const owner = this.value(node.value, scope);
      if (changingAPlot.includes(node.attr)) throw new Abandoned();
      // It may draw under another name.
      if (drawing.includes(node.attr) && !isCalled) throw new Abandoned();
      if (owner instanceof Drawing || owner instanceof AxesArray)
        return attributeOfDrawing(owner, node, isCalled);
      if (isUnknown(owner)) return owner;
      const isHidden = node.attr.startsWith("__");
      if (owner instanceof Instance && !isHidden) return attributeOf(owner, node.attr);
      if (owner instanceof ScriptClass && owner.names.has(node.attr)) {
        return owner.names.get(node.attr);
      }
      if (owner instanceof Parser) return new Method(owner, node.attr);
      const isFollowed = METHODS.get(kindOf(owner))?.has(node.attr);
      const isCollection = owner instanceof SmallArray || Array.isArray(owner);
      if (isCollection && changes(node.attr) && !isFollowed) throw new Abandoned();
      if (owner instanceof Library) {
        const found = this.ofLibrary(owner, node);
        if (draws(found)) return attributeOfPyplot(found.name, node);
        if (isLibrary(found, "sys.argv")) return ["script.py"];
      }
      return super.attribute(node, scope);
    }

    subscript(node, scope) {
      const owner = this.value(node.value, scope);
      if (owner.kind === AXES)
        throw new KnownStop(node, "one-axes", { axes: node.value });
      if (isUnknown(owner)) return owner;
      const { slice } = node;
      if (owner instanceof AxesArray) return owner.part(this.index(slice, scope));
      if (isLibrary(owner, "numpy.mgrid")) return this.gridOfRanges(slice, scope);
      if (isLibrary(owner, "numpy.c_") && slice.type === "Tuple") {
        return asColumns(this.values(slice.elts, scope));
      }
      if (isOfTypes(owner) && !runsCode(slice)) return OPAQUE;
      return super.subscript(node, scope);
    }

    /** `np.mgrid`, of two ranges. */
    gridOfRanges({ type, elts }, scope) {
      if (type !== "Tuple" || elts.length !== 2) throw new NotFollowed();
      const along = elts.map((range) => this.numbersOfRange(range, scope));
      return stackedArrays(gridOfAxes(...along, "ij"));
    }

    numbersOfRange({ type, lower, upper, step }, scope) {
      if (type !== "Slice" || !lower || !upper) throw new NotFollowed();
      const [start, stop] = [this.value(lower, scope), this.value(upper, scope)];
      if (step?.type === "Constant" && step.kind === "complex") {
        const count = BigInt(Math.trunc(step.value));
        return evenlySpaced(start, stop, count, null);
      }
      const by = step ? this.value(step, scope) : null;
      return counted(start, stop, by);
    }

    comparison(node, scope) {
      const left = this.value(node.left, scope);
      if (node.ops.length === 1 && left instanceof SmallArray) {
        return maskOf(node.ops[0], left, this.value(node.comparators[0], scope));
      }
      return super.comparison(node, scope);
    }

    /* Calls */

    calls(node, scope) {
      const name = nameCalled(node);
      if (unseen.includes(name)) throw new Abandoned();
      this.nodeOfFunction = node.func;
      const called = this.value(node.func, scope);
      if (drawing.includes(name)) {
        this.draw(node, called, scope);
        return DRAWING;
      }
      if (called instanceof Drawing || isLibrary(called, "print"))
        return this.resultOfDrawing(node, called, scope);
      const valuesNamed = node.keywords.map(({ value }) => value);
      const given = usesUp(called)
        ? this.anyValues(node.args, scope)
        : this.values(node.args, scope);
      const find = isOfParser(called) ? this.anyValue : this.value;
      const values = valuesNamed.map((value) => find.call(this, value, scope));
      const keywords = named(node.keywords, values);
      const all = [...given, ...keywords.values()];
      const canChange = all.some(canBeChanged);
      if (called === OPAQUE) {
        if (changes(name) || canChange) throw new Abandoned();
        return OPAQUE;
      }
      const { level } = this;
      try {
        return this.called(node, called, given, keywords);
      } catch (error) {
        if (error instanceof Abandoned || !(error instanceof NotFollowed)) throw error;
        if (!(called instanceof Library) || changes(name)) throw new Abandoned();
        if (canChange && (!this.isLooking || isForeign(called))) throw new Abandoned();
        if (keywords.has("out") || hasArrayToWrite(called, given))
          throw new Abandoned();
        this.level = level;
        return OPAQUE;
      }
    }

    /** What a call gives that draws or prints. */
    resultOfDrawing(node, called, scope) {
      const { args, keywords } = node;
      const given = this.lookAt(args, scope);
      const values = this.lookAt(
        keywords.map(({ value }) => value),
        scope,
      );
      if (!(called instanceof Drawing) || hasStarred(node)) return DRAWING;
      const options = new Map(keywords.map(({ arg }, k) => [arg || "**", values[k]]));
      return resultOfDrawing(called, node, given, options);
    }

    /** The values of arguments that may be gone over once. */
    anyValues(nodes, scope) {
      return nodes.flatMap((node) =>
        node.type === "Starred"
          ? this.items(node.value, scope)
          : [this.anyValue(node, scope)],
      );
    }

    /** Carry out what is drawn or printed: nothing more depends on its values. */
    lookAt(nodes, scope) {
      const wasLooking = this.isLooking;
      this.isLooking = true;
      const values = nodes.map((node) => {
        const isAround = node.type === "Starred" || node.type === "FormattedValue";
        return this.value(isAround ? node.value : node, scope);
      });
      this.isLooking = wasLooking;
      return values;
    }

    /** Note the arrows of a plot; what else it gets, such as colours, only looks. */
    draw(node, called, scope) {
      const areStarred = node.args.slice(0, 4).some(({ type }) => type === "Starred");
      const count = areStarred ? node.args.length : 4;
      const given = this.values(node.args.slice(0, count), scope);
      given.push(...this.lookAt(node.args.slice(count), scope));
      const looks = this.lookAt(
        node.keywords.map(({ value }) => value),
        scope,
      );
      const keywords = named(node.keywords, looks);
      const isFlat = given.length === 4 || given.length === 5; // else in space
      if (!(called instanceof Drawing) || !isFlat) throw new Abandoned();
      checkArrows(node, given);
      const areTurned = keywords.has("angles") && !isUsualAngle(keywords.get("angles"));
      if (areTurned) throw new Abandoned();
      const [x, y, u, v] = given
        .slice(0, 4)
        .map((value) => (isUnknown(value) ? value : smallArrayOf(value)));
      this.drawn.push({ node, places: [x, y], arrows: [u, v] });
    }

    called(node, called, given, keywords) {
      this.nodeCalled = node;
      for (const [place, value] of given.entries()) {
        if (isTable(value)) this.placesOfTables.set(node, place);
      }
      if (called instanceof Vectorized) {
        return this.forEachEntry(called.called, given, keywords);
      }
      const isTurned = this.change.turned?.has(node);
      const all = isTurned ? given.map(turned) : given;
      const result = this.call(called, all, keywords);
      if (isLibrary(called, "numpy.apply_along_axis")) {
        this.noteRows(node, all, result);
      }
      const isPartial = result instanceof Partial && result.called instanceof Closure;
      if (isPartial) this.partials.set(node, result.called.node);
      return isTurned ? turned(result) : result;
    }

    /** Note a call of a watched function for each row of an array. */
    noteRows(node, [called, , array], result) {
      const isWatched = called instanceof Closure && this.watched.has(called.node);
      if (!isWatched || !areSameShape(array.shape, result.shape)) return;
      const given = [array.copied()];
      this.ownCalls.push({ node, definition: null, given, result: result.copied() });
    }

    /** What `np.vectorize` gives; its first number decides on the kind. */
    forEachEntry(called, given, keywords) {
      const results = [];
      const values = entryByEntry(
        (...numbers) => {
          const result = this.call(called, numbers, keywords);
          if (!isAnyNumber(result)) throw new NotFollowed();
          results.push(result);
          return result;
        },
        ...given,
      );
      const areCut = isWholeNumber(results[0]) && !results.every(isWholeNumber);
      if (areCut) throw new NotFollowed();
      return values;
    }

    call(called, given, keywords) {
      if (called instanceof ScriptClass)
        return this.instanceOf(called, given, keywords);
      if (called instanceof Instance) {
        return this.call(attributeOf(called, "__call__"), given, keywords);
      }
      if (called instanceof Partial) {
        const all = new Map([...called.keywords, ...keywords]);
        return this.call(called.called, [...called.given, ...given], all);
      }
      if (isOfParser(called)) {
        const all = [called.owner, ...given];
        return callListed(METHODS_OF_PARSERS, called.name, all, keywords);
      }
      if (called instanceof Differentiated || called instanceof Mapped) {
        if (given.length !== 1 || keywords.size) throw new NotFollowed();
        return called instanceof Mapped
          ? smallArrayOf(this.map(called.called, given[0]))
          : this.differentiated(given[0], called.called);
      }
      if (called instanceof BoundMethod) {
        return this.callClosure(called.method, [called.owner, ...given], keywords);
      }
      const result = super.call(called, given, keywords);
      return givesView(called) ? OnePass.from(result) : result;
    }

    /** A new object of a class. */
    instanceOf(kind, given, keywords) {
      const made = new Instance(kind);
      if (kind.names.has("__init__")) {
        this.call(attributeOf(made, "__init__"), given, keywords);
        return made;
      }
      made.own = fieldsOfNew(kind, given, keywords);
      if (kind.fields.length && kind.names.has("__post_init__")) {
        this.call(attributeOf(made, "__post_init__"), [], new Map());
      }
      return made;
    }

    /** A class, unless there is more in it than values and methods. */
    classOf(body, bases, isRecord, scope) {
      const inside = new Scope(scope);
      const [base] = bases.filter((each) => each instanceof ScriptClass);
      const names = new Map(base?.names);
      const fields = [...(base?.fields ?? [])];
      if (isRecord) names.delete("__init__"); // it gets one of its own
      for (const statement of body) {
        const { type, name, target, targets, annotation } = statement;
        if (type === "FunctionDef") {
          const { closure } = Interpreter.prototype;
          inside.own.set(name, closure.call(this, statement, scope));
        } else if (type === "AnnAssign" && target.type === "Name") {
          if (namesIn(annotation).some((each) => unreadFields.includes(each))) {
            return new UnreadClass();
          }
          this.block([statement], inside);
          if (isRecord) fields.push(target.id);
        } else if (type === "Assign" && targets.length === 1 && targets[0].id) {
          this.block([statement], inside);
        } else if (type !== "Pass") {
          return new UnreadClass();
        }
      }
      const special = [...inside.own.keys()].filter((name) => name.startsWith("__"));
      if (!special.every((name) => followedMethods.includes(name))) {
        return new UnreadClass();
      }
      return new ScriptClass(new Map([...names, ...inside.own]), [...new Set(fields)]);
    }

    /** `approx_fprime`, with a step for which it gives the slopes. */
    approximated(x, called, epsilon) {
      const isUsual = isAnyNumber(epsilon) && shortest <= epsilon && epsilon <= longest;
      if (epsilon !== null && !isUsual) throw new NotFollowed();
      return this.differentiated(x, called);
    }

    /** The slopes of a function at one point, as libraries give them. */
    differentiated(x, called) {
      const { nodeCalled: node } = this;
      const point = smallArrayOf(x, false);
      if (point.shape.length !== 1) throw new NotFollowed();
      const slopes = point.entries().map((entry, k) => {
        const [ahead, behind] = [STEP, -STEP].map((move) => {
          const moved = point.copied();
          moved.put(BigInt(k), entry + move);
          return Number(onlyNumber(this.call(called, [moved], new Map())));
        });
        return (ahead - behind) / (2 * STEP);
      });
      const result = smallArrayOf(slopes);
      if (node) {
        const given = [point];
        this.ownCalls.push({ node, definition: null, given, result: result.copied() });
      }
      return result;
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
      if (type === "Attribute" || type === "Subscript") {
        const owner = this.value(target.value, scope);
        if (owner instanceof Drawing) return;
        if (owner instanceof Instance && type === "Attribute") {
          owner.own.set(target.attr, value);
          return;
        }
        const isInList = type === "Subscript" && Array.isArray(owner);
        if (isInList && isUnknown(value)) throw new Abandoned();
      }
      super.assign(target, value, scope);
    }

    /** Set an item; an array of whole numbers that cuts it off ends the run. */
    put(owner, index, value) {
      const isOfWholeNumbers = owner instanceof SmallArray && owner.isWhole;
      if (isOfWholeNumbers && !areWhole(value)) throw new Abandoned();
      super.put(owner, index, value);
    }
  }

  function listedAs(names, make) {
    return Object.fromEntries(names.map((name) => [name, ["fun", make]]));
  }

  /** The function, with a result that can be gone over once. */
  function once(compute) {
    return (...given) => OnePass.from(compute(...given));
  }

  const EXPRESSIONS = {
    /** What it prints matters to no plot; what it calls may. */
    JoinedStr({ values }, scope) {
      this.lookAt(values, scope);
      return OPAQUE;
    },
    GeneratorExp(node, scope) {
      return OnePass.from(this.comprehension(node, scope));
    },
  };

  const STATEMENTS = {
    Assign({ targets, value }, scope) {
      const isUnpacked = targets.length === 1 && areTargets(targets[0]);
      const assigned = isUnpacked
        ? this.anyValue(value, scope)
        : this.value(value, scope);
      for (const target of targets) this.assign(target, assigned, scope);
    },
    With({ items, body }, scope) {
      for (const { context_expr: context, optional_vars: target } of items) {
        const value = this.value(context, scope);
        if (!isUnknown(value)) throw new Abandoned();
        if (target) this.assign(target, value, scope);
      }
      return this.block(body, scope);
    },
    ClassDef({ name, body, bases, keywords, decorator_list: decorators }, scope) {
      const own = bases.map((base) => this.value(base, scope));
      const values = decorators.map((each) =>
        this.value(functionOfDecorator(each), scope),
      );
      const isRecord =
        values.length === 1 && isLibrary(values[0], "dataclasses.dataclass");
      const isPlain = !keywords.length && (isRecord || !values.length);
      const ofScript = own.filter((base) => base instanceof ScriptClass);
      const areFollowed = isPlain && own.every(isPlainBase) && ofScript.length < 2;
      const plain = body.filter((each) => !isDocstring(each));
      const made = areFollowed
        ? this.classOf(plain, own, isRecord, scope)
        : new UnreadClass();
      scope.own.set(name, made);
    },
    Import: forgetImported,
    ImportFrom: forgetImported,
  };

  /** An imported name no longer stands for what the script called so before. */
  function forgetImported({ names }, scope) {
    for (const { name, asname } of names) {
      if (name === "*") throw new Abandoned(); // any name may stand for something else now
      scope.own.delete(asname || name.split(".")[0]);
    }
  }

  /** The calls in a script that draw arrows. */
  function quiversIn(nodes) {
    const areDrawn = (node) =>
      node.type === "Call" && drawing.includes(nameCalled(node));
    return new Set(nodes.filter(areDrawn));
  }

  function nameCalled({ func }) {
    return func.attr ?? func.id ?? "";
  }

  /** Whether an expression calls something, so that it may have effects. */
  function runsCode(node) {
    return python.walk(node).some(({ type }) => RUNNING.includes(type));
  }

  /** Whether a function goes over all that it is given. */
  function usesUp(called) {
    return called instanceof Library && usingUp.includes(typeNamed(called.name));
  }

  function areTargets({ type }) {
    return type === "Tuple" || type === "List";
  }

  /** Whether arrows point along their components, or look as if they did. */
  function isUsualAngle(angles) {
    return angles === "xy" || angles === "uv";
  }

  function isUnknown(value) {
    return value === OPAQUE || value instanceof Drawing;
  }

  function draws(value) {
    return (
      value instanceof Library && drawingLibraries.includes(value.name.split(".")[0])
    );
  }

  /** Whether this stands for a type, as `NDArray` and `tuple` do. */
  function isOfTypes(value) {
    if (!(value instanceof Library)) return false;
    const { types, of_types: modules } = vocabulary.whole_run;
    const module = value.name.split(".").slice(0, -1).join(".");
    return modules.includes(module) || types.includes(value.name);
  }

  function isOfParser(called) {
    return called instanceof Method && called.owner instanceof Parser;
  }

  /** Whether this is a method that shows what is in a dictionary. */
  function givesView(called) {
    const isOfDictionary = called instanceof Method && called.owner instanceof Map;
    return isOfDictionary && called.name !== "get";
  }

  /** The function of a decorator, whose arguments may be truth values. */
  function functionOfDecorator(node) {
    if (node.type !== "Call" || node.args.length) return node;
    const areFlags = node.keywords.every(
      ({ arg, value }) => flagsOfClasses.includes(arg) && value.type === "Constant",
    );
    return areFlags ? node.func : node;
  }

  /** Whether a base is another class of the script, or adds nothing of its own. */
  function isPlainBase(base) {
    if (base instanceof Library) return plainBases.includes(base.name);
    return base instanceof ScriptClass;
  }

  /** The names in an expression, those of attributes included. */
  function namesIn(node) {
    return python.walk(node).map(({ id, attr }) => id ?? attr);
  }

  /** The values of arguments by name, those in dictionaries included. */
  function named(keywords, values) {
    return new Map(
      keywords.flatMap(({ arg }, k) => {
        if (arg) return [[arg, values[k]]];
        if (values[k] instanceof Map) return [...values[k]];
        throw new Abandoned();
      }),
    );
  }

  /** Whether a function or method of this name changes what it is given. */
  function changes(name) {
    return changing.includes(name) || name.startsWith("__");
  }

  /** Whether a function of NumPy gets an array behind those that it reads. */
  function hasArrayToWrite({ name }, given) {
    const read = vocabulary.walk.inputs[name.split(".").at(-1)] ?? 2;
    return given.slice(read).some(canBeChanged);
  }

  /** Whether a function may change what it is given. */
  function isForeign({ name }) {
    const [first, ...rest] = typeNamed(name).split(".");
    return !(rest.length ? unchanging : vocabulary.names.builtin).includes(first);
  }

  function canBeChanged(value) {
    if (value instanceof Tuple) return value.items.some(canBeChanged);
    return CHANGEABLE.some((kind) => value instanceof kind);
  }

  /** A value that does not change when an array does. */
  function asItIs(value) {
    return isArrayLike(value) ? smallArrayOf(value) : value;
  }

  /** Whether this is an array, or a list of arrays. */
  function isArrayLike(value) {
    if (!isItems(value)) return value instanceof SmallArray;
    const items = itemsIn(value);
    return items.length > 0 && items.every((each) => each instanceof SmallArray);
  }

  function isTable(value) {
    if (!isArrayLike(value)) return false;
    return (isItems(value) ? itemsIn(value) : value.shape).length === 2;
  }

  /** Whether no number has a part behind the point. */
  function areWhole(value) {
    const entries = smallArrayOf(value).entries();
    return entries.every((entry) => isWholeNumber(entry) || Number.isInteger(entry));
  }

  function turned(value) {
    return isTable(value) ? smallArrayOf(value).transposed() : value;
  }

  /** `zip`; there are as many axes to draw on as anything else. */
  function sideBySide(...values) {
    const others = values.filter((value) => !(value instanceof Drawing)).map(itemsIn);
    if (!others.length) throw new NotFollowed();
    const length = Math.min(...others.map((items) => items.length));
    return zipped(
      ...values.map((value) =>
        value instanceof Drawing ? new Array(length).fill(value) : value,
      ),
    );
  }

  /** `functools.partial`. */
  function partialOf([called, ...given], keywords) {
    if (!called) throw new Stops();
    return new Partial(called, given, keywords);
  }

  /** `slice`. */
  function sliceOf(...bounds) {
    const isPlain = bounds.every((bound) => bound === null || isWholeNumber(bound));
    const isOfLength = bounds.length >= 1 && bounds.length <= 3;
    if (!isPlain || !isOfLength || bounds[2] === 0n) throw new NotFollowed();
    if (bounds.length === 1) return new Slice(null, bounds[0], null);
    return new Slice(bounds[0], bounds[1], bounds[2] ?? null);
  }

  function isDocstring({ type, value }) {
    return type === "Expr" && value.type === "Constant";
  }

  Object.assign(scripts, {
    Abandoned,
    CallsSeen,
    VARIES,
    WholeRun,
    isUnknown,
    nameCalled,
    quiversIn,
  });
}
