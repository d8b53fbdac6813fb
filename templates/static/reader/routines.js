/* Routines: functions of a script that differentiate another one by trying. What such a
   routine takes for a point is seen by trying it on a few numbers, and so is what is wrong
   in it. A routine that cannot be carried out to its end is unknown. Where a slip stands
   is looked for in the text, once the trial shows that there is one. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { number, plainText, indexText, dotted, meaning, lastPart, parametersOf } =
    scripts;
  const { canSetNamesUnseen, everyParameterOf, isRootOfEpsilon, unsettledImports } =
    scripts;
  const { TAKES, OUTCOMES, TOLERANCE, STOPPING, Trial, Interpreter, isExpected } =
    scripts;
  const { NotFollowed } = scripts.small;
  const { ROWS, UNKNOWN } = TAKES;

  // The book's own modules, by the last part of their names: what each routine takes.
  const BOOK = new Map(
    Object.entries(vocabulary.routines.book).map(([module, takes]) => [
      module,
      new Map(Object.entries(takes)),
    ]),
  );

  const LIBRARY = new Map(Object.entries(vocabulary.routines.library));

  // A routine by this name, of which no more is known.
  const USUAL_NAME = vocabulary.routines.usual_name;

  const BOOK_STEP = 1e-4;
  // Expressions of which a part is run again and again, later, or perhaps not at all.
  const TURNS = ["ListComp", "GeneratorExp", "Lambda", "IfExp", "BoolOp"];

  const STOPS_OF_THE_BOOK = new Set([TAKES.NUMBER, ...Object.values(STOPPING)]);

  /** What is known of a routine: what it takes; its definition, if that is in the script;
      the places of f and of the array among its parameters; whether whole numbers cut off
      what it adds to them, and whether a column gets other slopes than a flat point; whether
      it takes a flat array for one point, and what it stops with an error at; its h, and where that is given; whether this is certain, for its body was carried out, or
      it is the book's own; whether it gives the slopes; the functions that were carried
      out for it; the slips in its body; whether the first parameter of its definition is
      the object that it belongs to; whether it is one of SciPy's or of JAX's; and how many
      arguments leave it as it is, if its definition is not in the script. */
  function routineOf(name, takes, facts) {
    return {
      name,
      takes,
      definition: null,
      functionParameter: 0,
      arrayParameter: 1,
      cutsWholeNumbers: true,
      misreadsColumns: false,
      takesOnePoint: true,
      argumentsOfF: 1, // at most
      stopsAt: new Set(),
      step: BOOK_STEP,
      stepNode: null,
      isFollowed: true,
      isRight: true,
      uses: new Set(),
      slips: [],
      isMethod: false,
      isOfLibrary: false,
      mostArguments: 2,
      ...facts,
    };
  }

  /** Something wrong in the body of a routine: where, what else its mend needs, and the
      named parts of its message. */
  function slipOf(code, node, other = null, words = {}) {
    return { code, node, other, words, severity: "error" };
  }

  function unknownRoutine(name) {
    return routineOf(name, UNKNOWN, { step: null, isFollowed: false });
  }

  /** A routine of a library by its full name, null if there is none. */
  function libraryRoutine(fullName) {
    const entry = LIBRARY.get(fullName);
    if (!entry) return null;
    const { takes } = entry;
    return routineOf(lastPart(fullName), takes, {
      functionParameter: entry.f,
      arrayParameter: entry.x,
      cutsWholeNumbers: false,
      stopsAt: new Set(takes === TAKES.POINT ? [STOPPING.MANY_POINTS] : []),
      step: null,
      isFollowed: takes !== UNKNOWN,
      isOfLibrary: true,
      mostArguments: entry.arguments,
    });
  }

  /** The gradient that JAX makes of a function, as a routine. */
  function derivativeRoutine(takes) {
    return routineOf(takes === ROWS ? "vmap" : "grad", takes, {
      cutsWholeNumbers: false,
      takesOnePoint: takes !== ROWS,
      step: null,
      isOfLibrary: true,
    });
  }

  /** What is known of a routine by the name that a script imports. */
  function importedRoutine(fullName) {
    const name = lastPart(fullName);
    const module = fullName.slice(0, fullName.length - name.length).replace(/\.$/, "");
    if (module.includes("gradviz_core")) return null;
    if (LIBRARY.has(fullName)) return libraryRoutine(fullName);
    const takes = BOOK.get(lastPart(module))?.get(name);
    if (takes) return routineOf(name, takes, { stopsAt: STOPS_OF_THE_BOOK });
    return name === USUAL_NAME ? unknownRoutine(name) : null;
  }

  /** The routines that a script imports, by the names that it calls them by. */
  function importedRoutines(imports) {
    const routines = new Map([[USUAL_NAME, unknownRoutine(USUAL_NAME)]]); // of a fragment
    for (const [name, full] of imports) {
      if (!name.startsWith("* ")) continue;
      for (const each of routinesOfModule(full, imports)) routines.set(each.name, each);
    }
    if (imports.has(USUAL_NAME)) routines.delete(USUAL_NAME);
    for (const [name, full] of imports) {
      const routine = importedRoutine(full);
      if (routine && !name.startsWith("* ")) routines.set(name, routine);
    }
    return routines;
  }

  /** The routines of a module of which a script imports everything. They are not known if
      there is another such module, which may hide them. */
  function routinesOfModule(module, imports) {
    const others = [...imports].filter(
      ([name, full]) => name.startsWith("* ") && full !== module,
    );
    const { libraries } = vocabulary.names;
    const isAlone = others.every(([, full]) => libraries.includes(full));
    const names = [...(BOOK.get(lastPart(module))?.keys() ?? [])];
    return names.map((name) =>
      isAlone ? importedRoutine(`${module}.${name}`) : unknownRoutine(name),
    );
  }

  /** The functions of a script: `all` of them, in the order of the text; those that are
      `methods` of a class; and `byName` those that a plain name can stand for, which a
      method is not. If a name is defined more than once, the last definition counts. */
  class Definitions {
    constructor(nodes) {
      const classes = nodes.filter(({ type }) => type === "ClassDef");
      this.methods = new Set(classes.flatMap(({ body }) => body));
      this.all = nodes.filter(({ type }) => type === "FunctionDef");
      this.all.sort((one, other) => one.line - other.line);
      const plain = this.all.filter((definition) => !this.methods.has(definition));
      this.byName = new Map(plain.map((definition) => [definition.name, definition]));
      this.named = new Map(plain.map(({ name }) => [name, []]));
      for (const definition of plain) this.named.get(definition.name).push(definition);
    }

    /** The last definition of a name above a line, else the first below. */
    nearest(name, line) {
      const same = this.named.get(name) ?? [];
      return same.findLast((definition) => definition.line <= line) ?? same[0];
    }

    /** The functions whose names never stand for two different ones. */
    unambiguous() {
      const only = new Map();
      for (const [name, same] of this.named) {
        if (new Set(same.map(textOfTree)).size === 1) only.set(name, same.at(-1));
      }
      return only;
    }
  }

  const PLACES = ["line", "column", "endLine", "endColumn"];

  /** What a tree says, wherever it stands. */
  function textOfTree(tree) {
    return JSON.stringify(tree, (key, value) =>
      PLACES.includes(key) ? undefined : value,
    );
  }

  /** The routines that a script has, its `own`, by their definitions in the order of the
      text; and those that it imports, by the names under which it calls them. A notebook
      defines a routine again and again: which definition a call means depends on where it
      stands. */
  class Routines {
    constructor(definitions, imports, interpreter) {
      this.definitions = definitions;
      this.imports = imports;
      this.interpreter = interpreter;
      this.own = new Map();
      this.declaredGlobal = new Set(); // names that any call may change
      this.areNamesCertain = true; // none may mean another function unseen
      this.imported = importedRoutines(imports);
      this.tried = new Map();
      this.unsettled = new Set();
    }

    /** Count what names stand for as unknown that a script may import elsewhere. */
    unsettle(names) {
      this.unsettled = names;
      for (const name of names) {
        if (this.imported.has(name)) this.imported.set(name, unknownRoutine(name));
      }
    }

    /** Take back all that is known of the routines: their names may mean others. */
    countAsUnknown() {
      this.areNamesCertain = false;
      for (const [definition, routine] of this.own) {
        this.own.set(definition, { ...unclear(routine), step: null, slips: [] });
      }
      for (const name of this.imported.keys()) {
        this.imported.set(name, unknownRoutine(name));
      }
    }

    /** The routine in `module.routine`, if the module is imported; else null. */
    ofModule(called) {
      const [module, ...rest] = dotted(called).split(".");
      if (!rest.length || !this.imports.has(module)) return null;
      const routine = importedRoutine([this.imports.get(module), ...rest].join("."));
      const isUnsettled = routine !== null && this.unsettled.has(module);
      return isUnsettled ? unknownRoutine(routine.name) : routine;
    }

    /** The routine that a function calls, if it is one. */
    calledIn({ line }, called) {
      if (called.type !== "Name") return this.ofModule(called);
      const definition = this.definitions.nearest(called.id, line);
      return definition ? this.own.get(definition) : this.imported.get(called.id);
    }

    /** A routine, as unknown if it is wrong and no mend of a slip helps. */
    ifExplained(routine) {
      const used = [...routine.uses].map((definition) => this.own.get(definition));
      const slips = used.flatMap((each) => each?.slips ?? []);
      const haveMends = slips.every(({ code, other }) => code !== "formula" || other);
      const isExplained = slips.length > 0 && haveMends;
      return routine.isRight || isExplained ? routine : unclear(routine);
    }

    /** A routine as it is called on its object, which takes no place. */
    asMethod(routine) {
      const { functionParameter: f, arrayParameter: x } = routine;
      return {
        ...routine,
        functionParameter: f - 1,
        arrayParameter: x - 1,
        isMethod: true,
      };
    }

    /** What a routine is with the arguments that a call adds to f and x. An argument may
        choose another way to work, so the routine is tried again. */
    asCalled(routine, { args, keywords }) {
      const { definition, isMethod } = routine;
      if (args.some(({ type }) => type === "Starred")) return unclear(routine);
      if (!definition) {
        const count = args.length + keywords.length;
        const hasOthers = count > routine.mostArguments;
        return hasOthers || this.hasUnusualStep(args, keywords)
          ? unclear(routine)
          : routine;
      }
      const first = isMethod ? 1 : 0;
      const functionParameter = routine.functionParameter + first;
      const arrayParameter = routine.arrayParameter + first;
      const names = parametersOf(definition);
      const given = new Map();
      for (const [k, name] of names.slice(first, first + args.length).entries()) {
        given.set(name, args[k]);
      }
      for (const { arg, value } of keywords) given.set(arg ?? "**", value);
      const every = everyParameterOf(definition);
      const areKnown = [...given.keys()].every((name) => every.includes(name));
      const hasTooMany = args.length > names.length - first;
      if (hasTooMany || !areKnown) return unclear(routine); // Python stops
      for (const place of [functionParameter, arrayParameter])
        given.delete(names[place]);
      if (!given.size) return routine;
      const others = this.valuesOf(given);
      if (!others) return unclear(routine);
      const tried = this.tried.get(definition) ?? new Map();
      this.tried.set(definition, tried);
      const choice = [...others].map(([name, value]) => `${name}=${textOf(value)}`);
      const place = choice.sort().join();
      if (!tried.has(place)) {
        const body = new Body(definition, this);
        const again = body.routineAt(functionParameter, arrayParameter, others);
        tried.set(place, again ? this.ifExplained(again) : null);
      }
      const asTried = tried.get(place);
      if (!asTried) return unclear(routine);
      return isMethod ? this.asMethod(asTried) : asTried;
    }

    /** Whether a call gives, besides f and x, a step that may spoil the slopes. */
    hasUnusualStep(args, keywords) {
      const { names_of_steps: names, usual_steps: usual } = vocabulary.routines;
      const byName = keywords.filter(({ arg }) => names.includes(arg));
      const steps = this.valuesOf(
        [...args.slice(2), ...byName.map(({ value }) => value)].entries(),
      );
      const [low, high] = usual;
      return ![...(steps?.values() ?? [null])].every((step) => {
        const size = Math.abs(Number(step));
        return low <= size && size <= high;
      });
    }

    /** What arguments are, null if one of them is not known. */
    valuesOf(given) {
      try {
        return new Map(
          [...given].map(([name, node]) => [name, this.interpreter.argument(node)]),
        );
      } catch (error) {
        if (isExpected(error)) return null;
        throw error;
      }
    }
  }

  function textOf(value) {
    return `${typeof value} ${value}`;
  }

  /** A routine of which nothing is certain. */
  function unclear(routine) {
    return { ...routine, takes: UNKNOWN, isFollowed: false };
  }

  /** The routines among the functions of a script, and those it imports. */
  function readRoutines(definitions, imports, source) {
    const declarations = source.nodes.filter(
      ({ type }) => type === "Global" || type === "Nonlocal",
    );
    const declaredGlobal = new Set(declarations.flatMap(({ names }) => names));
    const script = scriptOf(definitions, imports, source, declaredGlobal);
    const routines = new Routines(definitions, imports, new Interpreter(script));
    routines.declaredGlobal = declaredGlobal;
    routines.unsettle(unsettledImports(source.nodes));
    const bodies = definitions.all
      .filter((definition) => parametersOf(definition).length >= 2)
      .map((definition) => new Body(definition, routines));
    const read = new Map(bodies.map((body) => [body, body.routine()]));
    if (routines.interpreter.lostIndices.size) {
      // Maybe of a helper below its caller.
      for (const body of bodies) {
        if (!read.get(body)?.slips.length) read.set(body, body.routine());
      }
    }
    // One that hands its work on is known once the other is: twice is enough.
    for (const body of [...bodies, ...bodies]) {
      if (!read.get(body) && body.looksLikeARoutine()) read.set(body, body.unknown());
      if (read.get(body)) routines.own.set(body.definition, read.get(body));
    }
    for (const [definition, routine] of routines.own) {
      routines.own.set(definition, routines.ifExplained(routine));
    }
    if (canSetNamesUnseen(source.nodes, imports)) routines.countAsUnknown();
    return routines;
  }

  /** What the names of a script stand for outside its functions. */
  function scriptOf(definitions, imports, { tree, nodes }, declaredGlobal) {
    const functions = definitions.unambiguous();
    const stored = new Map();
    for (const name of namesStoredOutside(tree)) {
      stored.set(name, (stored.get(name) ?? 0) + 1);
    }
    const constants = new Map();
    for (const { type, targets, value } of tree.body) {
      if (type !== "Assign" || targets.length !== 1) continue;
      if (number(value) === null && !isRootOfEpsilon(value, imports)) continue;
      const [target] = targets;
      const isOther = [functions, imports, declaredGlobal].some((names) =>
        names.has(target.id),
      );
      if (target.type === "Name" && stored.get(target.id) === 1 && !isOther) {
        constants.set(target.id, value);
      }
    }
    const named = [...stored.keys(), ...definitions.byName.keys()];
    const rebound = new Set([
      ...named.filter((name) => !constants.has(name) && !functions.has(name)),
      ...[...stored.keys()].filter((name) => functions.has(name)),
      ...importedBehind(functions, nodes),
      ...declaredGlobal,
    ]);
    return { imports, functions, constants, rebound };
  }

  /** The names that are given something outside of functions, each time. */
  function namesStoredOutside(tree) {
    const names = [];
    const waiting = [tree];
    while (waiting.length) {
      const node = waiting.pop();
      if (node.type === "Name" && node.ctx !== "Load") names.push(node.id);
      const isOfFunction = node.type === "FunctionDef" || node.type === "Lambda";
      if (!isOfFunction) waiting.push(...python.children(node));
    }
    return names;
  }

  /** The functions whose names stand for an import further down. */
  function importedBehind(functions, nodes) {
    const behind = [];
    for (const node of nodes) {
      if (node.type !== "Import" && node.type !== "ImportFrom") continue;
      for (const { name, asname } of node.names) {
        const definition = functions.get(asname ?? name);
        if (definition && definition.line < node.line) behind.push(definition.name);
      }
    }
    return behind;
  }

  /** A function that may be a routine, and where slips may stand in it. */
  class Body {
    constructor(definition, routines) {
      this.definition = definition;
      this.routines = routines;
      this.imports = routines.imports;
      this.nodes = definition.body.flatMap(python.walk);
      this.calls = this.nodes.filter(({ type }) => type === "Call");
      this.loops = this.nodes.filter(({ type }) => type === "For" || type === "While");
    }

    /** What this function is as a routine, null if it is none. */
    routine() {
      for (const [functionParameter, arrayParameter] of this.places()) {
        const routine = this.routineAt(functionParameter, arrayParameter, new Map());
        if (routine) return routine;
      }
      return null;
    }

    /** The places that f and the array may have among the parameters. */
    places() {
      const parameters = parametersOf(this.definition);
      // What a routine differentiates, it calls, and divides; or it hands it on.
      const called = new Set(this.calls.flatMap(({ args }) => args).map(nameOf));
      if (this.nodes.some((node) => isOperation(node, "Div"))) {
        for (const { func } of this.calls) called.add(nameOf(func));
      }
      const places = [];
      for (const [k, fName] of parameters.slice(0, 2).entries()) {
        for (const other of parameters.slice(0, 3).keys()) {
          if (called.has(fName) && other !== k) places.push([k, other]);
        }
      }
      return places;
    }

    /** What this function is, with f and the array in two places. */
    routineAt(functionParameter, arrayParameter, others) {
      const { definition } = this;
      const places = [functionParameter, arrayParameter];
      const routine = this.asTried(...places, others);
      if (this.nodes.length > vocabulary.routines.most_nodes) return routine;
      const fName = parametersOf(definition)[functionParameter];
      let changes = [];
      if (routine?.slips.some(isHalving)) changes = this.missingSteps(fName);
      else if (isUnexplained(routine) && this.callsFItself(fName))
        changes = this.sums();
      for (const slip of changes) {
        const mended = new Body(changedAs(slip, definition), this.routines);
        const right = mended.asTried(...places, others);
        if (right && isSound(right)) {
          const uses = new Set([...right.uses, definition]);
          return { ...right, definition, isRight: false, uses, slips: [slip] };
        }
      }
      return routine;
    }

    /** What a trial shows this function to be, null if it is no routine. */
    asTried(functionParameter, arrayParameter, others) {
      const { definition } = this;
      const { interpreter } = this.routines;
      const places = [functionParameter, arrayParameter];
      let trial = new Trial(interpreter, definition, ...places, others);
      try {
        const slips = this.slips(trial);
        const lost = slips.filter(({ code }) => code === "lost-index");
        // Which hides what else the routine does.
        if (lost.length) {
          for (const { node, other } of lost) interpreter.lostIndices.set(node, other);
          trial = new Trial(interpreter, definition, ...places, others);
          slips.push(...this.slips(trial));
        }
        const { takes, cutsWholeNumbers } = trial;
        if (takes === UNKNOWN && !slips.length) return null;
        const { misreadsColumns, takesOnePoint, isRight, step } = trial;
        const isFollowed = takes !== UNKNOWN && trial.hasVisitedAll();
        const stopsAt = trial.stopsAt();
        return routineOf(definition.name, isFollowed ? takes : UNKNOWN, {
          definition,
          functionParameter,
          arrayParameter,
          cutsWholeNumbers,
          misreadsColumns,
          takesOnePoint,
          argumentsOfF: trial.argumentsOfF,
          stopsAt,
          step,
          stepNode: this.stepNode(step),
          isFollowed,
          isRight,
          uses: new Set(interpreter.entered),
          slips,
        });
      } catch (error) {
        if (error instanceof NotFollowed) return null;
        throw error;
      }
    }

    /** This function as a routine of which no more is known. */
    unknown() {
      const { definition } = this;
      const parameters = parametersOf(definition);
      const places = this.places();
      const byName = places.find(([, x]) =>
        vocabulary.routines.points.includes(parameters[x]),
      );
      const [functionParameter, arrayParameter] = byName ?? places[0];
      const facts = { definition, functionParameter, arrayParameter };
      return { ...unknownRoutine(definition.name), ...facts };
    }

    /** Whether this calls an f twice and divides, or hands it on to a routine. A function
        that walks downhill hands it on, too, but subtracts a product. */
    looksLikeARoutine() {
      const parameters = parametersOf(this.definition);
      const fNames = new Set(this.places().map(([f]) => parameters[f]));
      const callsOfF = this.calls.filter(({ func }) => fNames.has(nameOf(func)));
      const divides = this.nodes.some((node) => isOperation(node, "Div"));
      if (callsOfF.length >= 2 && divides) return true;
      const handsOn = this.calls.some(
        (call) =>
          this.isRoutine(call) && call.args.some((node) => fNames.has(nameOf(node))),
      );
      if (!handsOn || this.runsStraight()) return false;
      return !this.nodes.some(subtractsProduct);
    }

    /** Whether each line is run once, down to a return in the last. A function of this kind
        is followed as any other is. */
    runsStraight() {
      const others = this.definition.body.slice(0, -1);
      const last = this.definition.body.at(-1);
      const arePlain = others.every(({ type }) => type === "Assign" || type === "Expr");
      const hasTurns = this.nodes.some(({ type }) => TURNS.includes(type));
      return arePlain && last.type === "Return" && !hasTurns;
    }

    isRoutine({ func }) {
      if (nameOf(func) === this.definition.name) return false;
      return Boolean(this.routines.calledIn(this.definition, func));
    }

    /** Where the step is written, as a default or in an assignment. */
    stepNode(step) {
      if (!step) return null;
      const assignments = this.nodes.filter(({ type }) => type === "Assign");
      const values = assignments.map(({ value }) => value);
      const nodes = [...this.definition.args.defaults, ...values];
      return nodes.find((node) => number(node) === step) ?? null;
    }

    /* Slips: what a trial shows to be wrong, where the text shows why */

    slips(trial) {
      const outcomes = trial.outcomes.map(({ outcome }) => outcome);
      const slips = [];
      if (outcomes.includes(OUTCOMES.SCALED)) slips.push(...this.precedence());
      if (outcomes.includes(OUTCOMES.PARTIAL)) slips.push(...this.earlyReturns());
      if (trial.isArrayChanged) slips.push(...this.notRestored(trial));
      const { result } = trial.point;
      const isOneNumber = result && !result.shape.length;
      if (isOneNumber && trial.point.asksFor(ROWS)) slips.push(...this.lostIndex());
      slips.push(...this.wrongFormula(trial));
      return slips;
    }

    /** `/ 2*h` divides by two and multiplies by h. */
    *precedence() {
      for (const node of this.nodes) {
        if (!isOperation(node, "Mult")) continue;
        const { left, right } = node;
        const isOfNumber = isOperation(left, "Div") && number(left.right) !== null;
        if (isOfNumber && right.type === "Name") {
          yield slipOf("precedence", node, left.right, { step: right.id });
        }
      }
    }

    /** A return at the end of the loop's body ends it after its first turn. It is to stand
        behind all loops that end with this one. */
    *earlyReturns() {
      for (const loop of this.loops) {
        const last = loop.body.at(-1);
        if (last.type === "Return") {
          yield slipOf("early-return", last, this.outermost(loop));
        }
      }
    }

    /** The outermost loop of which a loop is the last statement. */
    outermost(loop) {
      const outer = this.loops.find(({ body }) => body.at(-1) === loop);
      return outer ? this.outermost(outer) : loop;
    }

    /** A loop that leaves a coordinate where it moved it. With a step so short that no slope
        counts as wrong, only the array is changed. */
    *notRestored({ showsThatArrayIsChanged }) {
      const severity = showsThatArrayIsChanged ? "error" : "warning";
      for (const loop of this.loops) {
        const written = placesWrittenIn(loop).map(plainText);
        const saved = savedIn(loop).find(({ place }) => written.includes(place));
        if (!saved) continue;
        yield { ...slipOf("not-restored", loop.body.at(-1), loop, saved), severity };
      }
    }

    /** Slopes that are halved or doubled: one step for two, or two for one. */
    *wrongFormula({ outcomes, fName }) {
      if (!this.callsFItself(fName)) return;
      const divisions = this.nodes.filter((node) => isOperation(node, "Div"));
      for (const factor of [2, 0.5]) {
        const isFactor = outcomes.some(
          (each) =>
            each.outcome === OUTCOMES.SCALED &&
            Math.abs(each.factor - factor) < TOLERANCE,
        );
        if (!isFactor) continue;
        const [division] = divisions;
        const isByName = factor === 2 && division.right.type === "Name";
        const mended = isByName && divisions.length === 1 ? division.right : null;
        const words = { routine: this.definition.name, factor: `${factor}` };
        yield slipOf("formula", division, mended, words);
      }
    }

    /** Where a step back may be missing: `x[i] = saved`, and `f(x)`. */
    *missingSteps(fName) {
      const divisors = this.nodes
        .filter((node) => isOperation(node, "Div"))
        .flatMap(({ right }) => python.walk(right));
      const steps = new Set(divisors.map(nameOf).filter(Boolean));
      if (steps.size !== 1) return;
      const words = { routine: this.definition.name, step: [...steps][0] };
      for (const node of this.nodes) {
        const isWritten =
          node.type === "Assign" && onlyTarget(node)?.type === "Subscript";
        const isOfF = node.type === "Call" && nameOf(node.func) === fName;
        let moved = null;
        if (isWritten) moved = node.value;
        else if (isOfF) [moved] = node.args;
        if (moved?.type === "Name") yield slipOf("one-sided", moved, null, words);
      }
    }

    /** Sums that may have to be differences. */
    *sums() {
      const sums = this.nodes.filter((each) => isOperation(each, "Add"));
      if (sums.length > vocabulary.routines.most_sums) return;
      for (const node of sums) {
        const words = { form: "added", routine: this.definition.name };
        yield slipOf("formula", node, node, words);
      }
    }

    /** Whether the quotient is this function's own. */
    callsFItself(fName) {
      const callsOfF = this.calls.filter(({ func }) => nameOf(func) === fName);
      return (
        callsOfF.length >= 2 && this.nodes.some((node) => isOperation(node, "Div"))
      );
    }

    /** `grad = …` in the loop, where `grad[i] = …` is meant. */
    *lostIndex() {
      const arrays = new Set(this.newArrays());
      for (const loop of this.loops) {
        const [written] = placesWrittenIn(loop);
        const index = written ? indexText(written.slice) : "";
        for (const statement of loop.body) {
          const target = onlyTarget(statement);
          const isArray = target?.type === "Name" && arrays.has(target.id);
          if (isArray && index) {
            const words = { name: target.id, index };
            yield slipOf("lost-index", target, written.slice, words);
          }
        }
      }
    }

    /** Names of arrays that the function makes for its slopes. */
    newArrays() {
      return this.definition.body.flatMap(({ type, value, targets }) => {
        if (type !== "Assign" || value.type !== "Call") return [];
        const isNew = vocabulary.routines.new_arrays.includes(
          meaning(value.func, this.imports),
        );
        return isNew ? targets.map(nameOf).filter(Boolean) : [];
      });
    }
  }

  function isHalving({ code, words }) {
    return code === "formula" && words.factor === "0.5";
  }

  /** Whether a function gives no slopes, and no slip in it says why. */
  function isUnexplained(routine) {
    return !routine || !(routine.isRight || routine.slips.length);
  }

  function isSound({ isRight, isFollowed, slips }) {
    return isRight && isFollowed && !slips.length;
  }

  /** A copy of a function, in which a slip is mended. */
  function changedAs({ node, words }, definition) {
    const place = python.walk(definition).indexOf(node);
    const changed = JSON.parse(JSON.stringify(definition));
    const copy = python.walk(changed)[place];
    if (copy.type === "BinOp") {
      copy.op = "Sub";
    } else {
      const left = { ...copy };
      const right = { ...copy, id: words.step };
      Object.assign(copy, { type: "BinOp", op: "Sub", left, right });
      delete copy.id;
    }
    return changed;
  }

  function isOperation({ type, op }, operator) {
    return type === "BinOp" && op === operator;
  }

  function subtractsProduct(node) {
    if (node.op !== "Sub") return false;
    const operand = node.type === "AugAssign" ? node.value : node.right;
    return python.walk(operand).some((inner) => isOperation(inner, "Mult"));
  }

  function nameOf({ type, id }) {
    return type === "Name" ? id : "";
  }

  /** The entries of arrays that the statements of a loop write, in their order. */
  function placesWrittenIn({ body }) {
    return body.map(onlyTarget).filter((target) => target?.type === "Subscript");
  }

  /** Places whose number a loop saves, and the names under which it does. */
  function savedIn({ body }) {
    const places = [];
    for (const statement of body) {
      const target = onlyTarget(statement);
      if (statement.type !== "Assign" || target?.type !== "Name") continue;
      let { value } = statement;
      if (value.type === "Call" && value.args.length) [value] = value.args; // float(x[i])
      const place = plainText(value);
      if (value.type === "Subscript" && place) places.push({ place, saved: target.id });
    }
    return places;
  }

  /** What a statement assigns to, if that is one thing. */
  function onlyTarget({ type, targets, target }) {
    if (type === "Assign" && targets.length === 1) return targets[0];
    return type === "AugAssign" ? target : null;
  }

  /** Whether this names float64. */
  function isFloatType(node, imports) {
    if (node.type === "Constant") {
      return node.kind === "str" && vocabulary.types.float_texts.includes(node.value);
    }
    return vocabulary.types.float.includes(meaning(node, imports));
  }

  Object.assign(scripts, {
    Definitions,
    readRoutines,
    derivativeRoutine,
    isFloatType,
    unknownRoutine,
  });
}
