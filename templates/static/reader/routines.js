/* Routines: functions of a script that differentiate another one by trying. What such a
   routine takes for a point is read from its body. So are its step, and the slips within
   it: a step of the loop that returns, a coordinate that is not put back. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { number, plainText, indexText, meaning, lastPart, parametersOf } = scripts;

  // What a routine makes of an array of two dimensions.
  const TAKES = {
    ROWS: "rows", // each row is a point
    COLUMNS: "columns", // each row is a coordinate
    WHOLE: "whole", // all of it is one point
    POINT: "point", // it takes one point, and no such array
    NUMBER: "number", // f gets one number of it at a time
    UNKNOWN: "unknown",
  };
  const { ROWS, COLUMNS, WHOLE, POINT, NUMBER, UNKNOWN } = TAKES;

  // The book's own modules, by the last part of their names: what each routine takes.
  const BOOK = new Map(
    Object.entries(vocabulary.routines.book).map(([module, takes]) => [
      module,
      new Map(Object.entries(takes)),
    ]),
  );

  // A routine by this name, of which no more is known.
  const USUAL_NAME = vocabulary.routines.usual_name;

  const BOOK_STEP = 1e-4;

  /** What is known of a routine: what it takes, the places of f and of the array among its
      parameters, whether it converts the array to floats first, writes x + h into it, or
      keeps a view of what it puts back; its h, and where that is given; the slips in its
      body; and whether it is followed, for its body was read or it is the book's own: else
      only its name is known. */
  function routineOf(name, takes, facts) {
    return {
      name,
      takes,
      functionParameter: 0,
      arrayParameter: 1,
      converts: false,
      addsInPlace: true,
      keepsView: false,
      takesOnePoint: true,
      needsArray: true,
      countsEntries: true,
      step: BOOK_STEP,
      stepNode: null,
      isFollowed: true,
      slips: [],
      ...facts,
    };
  }

  /** Something wrong in the body of a routine: where, what else its mend needs, and the
      named parts of its message. */
  function slipOf(code, node, other = null, words = {}) {
    return { code, node, other, words };
  }

  function unknownRoutine(name) {
    return routineOf(name, UNKNOWN, { step: null, isFollowed: false });
  }

  /** What is known of a routine by the name that a script imports. */
  function importedRoutine(fullName) {
    const name = lastPart(fullName);
    const module = fullName.slice(0, fullName.length - name.length).replace(/\.$/, "");
    if (module.includes("gradviz_core")) return null;
    const takes = BOOK.get(lastPart(module))?.get(name);
    if (takes) return routineOf(name, takes);
    return name === USUAL_NAME ? unknownRoutine(name) : null;
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
  }

  /** The routines that a script has, its `own`, by their definitions in the order of the
      text; and those that it imports, by the names under which it calls them. A notebook
      defines a routine again and again: which definition a call means depends on where it
      stands. */
  class Routines {
    constructor(definitions, imports) {
      this.definitions = definitions;
      this.own = new Map();
      this.imported = new Map();
      for (const [name, full] of imports) {
        const routine = importedRoutine(full);
        if (routine) this.imported.set(name, routine);
      }
      // A fragment leaves out the import.
      if (!imports.has(USUAL_NAME)) {
        this.imported.set(USUAL_NAME, unknownRoutine(USUAL_NAME));
      }
    }

    /** The routine that a function calls by a name, if it is one. */
    calledIn({ line }, name) {
      const definition = this.definitions.nearest(name, line);
      return definition ? this.own.get(definition) : this.imported.get(name);
    }
  }

  /** The routines among the functions of a script, and those it imports. */
  function readRoutines(definitions, imports) {
    const routines = new Routines(definitions, imports);
    const candidates = new Map();
    for (const definition of definitions.all) {
      if (parametersOf(definition).length >= 2) {
        candidates.set(definition, definition.body.flatMap(python.walk));
      }
    }
    // One that hands its work on is known once the other is: twice is enough.
    for (let round = 0; round < 2; round++) {
      for (const [definition, nodes] of candidates) {
        const routine = readRoutine(definition, nodes, routines, imports);
        if (routine) routines.own.set(definition, routine);
      }
    }
    return routines;
  }

  function readRoutine(definition, nodes, routines, imports) {
    const parameters = parametersOf(definition);
    // What a routine differentiates, it calls, or hands on to another one.
    const called = new Set();
    for (const { type, func, args } of nodes) {
      if (type !== "Call") continue;
      for (const node of [func, ...args]) {
        if (node.type === "Name") called.add(node.id);
      }
    }
    for (const [functionParameter, fName] of parameters.slice(0, 2).entries()) {
      if (!called.has(fName)) continue;
      for (const [arrayParameter, xName] of parameters.slice(0, 3).entries()) {
        if (xName === fName) continue;
        const body = new Body(definition, nodes, fName, xName, routines, imports);
        const routine = body.routine();
        if (routine) return { ...routine, functionParameter, arrayParameter };
      }
    }
    return null;
  }

  /** The body of a function that may differentiate f at x. */
  class Body {
    constructor(definition, nodes, fName, xName, routines, imports) {
      this.definition = definition;
      this.nodes = nodes;
      this.fName = fName;
      this.xName = xName;
      this.routines = routines;
      this.imports = imports;
      this.loops = nodes.filter(({ type }) => type === "For" || type === "While");
      const rows = this.rowNames();
      // Names of the array, of its rows, and of copies of either.
      this.arrays = this.withCopies([xName, ...rows]);
      this.copiedRows = this.withCopies(rows);
      this.writes = this.placesWrittenTo();
      this.moved = new Set(this.writes.map(plainText));
      this.innerCalls = this.callsOfOthers();
    }

    /** What this function is as a routine, null if it is none. */
    routine() {
      const received = new Set([...this.receivedByF(), ...this.handedOn()]);
      const takes = vocabulary.routines.takes.find((kind) => received.has(kind));
      if (!takes) return null;
      const { name } = this.definition;
      const inner = this.innerCalls.map(({ routine }) => routine);
      if (inner.length) {
        // It hands on, and has no step of its own.
        return routineOf(name, takes, {
          converts: this.converts() || inner.every((one) => one.converts),
          addsInPlace: inner.some((one) => one.addsInPlace),
          keepsView: inner.some((one) => one.keepsView),
          takesOnePoint: this.asksForDimensions(),
          needsArray: this.needsArray(inner),
          countsEntries:
            !this.isArrayReplaced() && inner.every((one) => one.countsEntries),
          step: inner[0].step,
          slips: this.earlyReturns(),
        });
      }
      const [stepName, stepNode] = this.step();
      return routineOf(name, takes, {
        converts: this.converts(),
        addsInPlace: this.writes.length > 0,
        keepsView: this.keepsView(),
        takesOnePoint: this.asksForDimensions(),
        needsArray: this.needsArray(),
        countsEntries: this.countsEntries(),
        step: number(stepNode),
        stepNode,
        slips: this.slips(stepName),
      });
    }

    /* What f gets */

    /** Names that stand for a row of the array, in a loop over it. */
    rowNames() {
      const names = [];
      for (const loop of this.loops) {
        if (loop.type !== "For") continue;
        let { target, iter } = loop;
        if (isCallOf(iter, "enumerate")) {
          if (target.type === "Tuple" && target.elts.length === 2)
            [, target] = target.elts;
          [iter] = [...iter.args, iter];
        }
        const isArray = iter.type === "Name" && iter.id === this.xName;
        if (isArray && target.type === "Name") names.push(target.id);
      }
      return names;
    }

    /** These names, and those that are assigned from one of them: `xh = x.copy()`. */
    withCopies(ofArrays) {
      const names = new Set(ofArrays);
      for (const node of this.nodes) {
        if (node.type !== "Assign") continue;
        const value = node.value.type === "Call" ? this.copied(node.value) : node.value;
        if (value.type !== "Name" || !names.has(value.id)) continue;
        for (const name of namesAmong(node.targets)) names.add(name);
      }
      return names;
    }

    /** x in `np.array(x)`, `x.copy()` and the like, else the call itself. */
    copied(call) {
      const { func, args } = call;
      const full = meaning(func, this.imports);
      const { copying, copying_methods } = vocabulary.routines;
      if (copying.includes(lastPart(full)) && args.length) return args[0];
      const isMethod = func.type === "Attribute" && copying_methods.includes(func.attr);
      return isMethod ? func.value : call;
    }

    receivedByF() {
      const calls = this.nodes.filter(
        ({ type, func }) =>
          type === "Call" && func.type === "Name" && func.id === this.fName,
      );
      if (calls.length < 2 || !this.nodes.some(isQuotient)) return [];
      const received = [];
      for (const call of calls) {
        if (this.hasCoordinates(call)) received.push(COLUMNS);
        else if (call.args.length === 1) received.push(this.kindOf(call.args[0]));
      }
      return received;
    }

    /** What f, or another routine, gets: a row, all of the array, or nothing. */
    kindOf(argument) {
      const names = namesIn(argument);
      if (!names.some((name) => this.arrays.has(name))) return UNKNOWN;
      if (names.some((name) => this.copiedRows.has(name))) return ROWS;
      if (argument.type === "Subscript") return this.kindOfEntry(argument);
      return this.takesAllAtOnce() ? WHOLE : POINT;
    }

    /** What `X[i]` is: a row, or a number if it is what the routine moves. */
    kindOfEntry(argument) {
      if (argument.slice.type !== "Name") return UNKNOWN;
      const text = plainText(argument);
      return text && this.moved.has(text) ? NUMBER : ROWS;
    }

    /** Whether an array of two dimensions is one point to this routine. */
    takesAllAtOnce() {
      this.isOneOfAll ??=
        this.nodes.some(
          ({ type, func }) =>
            type === "Call" &&
            vocabulary.routines.visiting.includes(meaning(func, this.imports)),
        ) || this.writes.some(({ slice }) => slice.type === "Tuple");
      return this.isOneOfAll;
    }

    /** Whether f gets numbers taken from the rows of the array: X[0][i], X[1][i]. */
    hasCoordinates(call) {
      return python.walk(call).some((node) => this.isInAFixedRow(node));
    }

    isInAFixedRow(node) {
      if (node.type !== "Subscript") return false;
      const { value, slice } = node;
      if (slice.type === "Tuple" && slice.elts.length === 2) {
        const [first, second] = slice.elts;
        const isFixed = first.type === "Constant" || first.type === "Slice";
        return isFixed && second.type === "Name" && this.isOwnArray(value);
      }
      if (value.type !== "Subscript" || slice.type !== "Name") return false;
      return value.slice.type === "Constant" && this.isOwnArray(value.value);
    }

    isOwnArray(node) {
      return node.type === "Name" && this.arrays.has(node.id);
    }

    /* What is handed on */

    /** Calls of another routine with the same f. */
    callsOfOthers() {
      const calls = [];
      for (const node of this.nodes) {
        if (node.type !== "Call" || node.func.type !== "Name") continue;
        const routine = this.routines.calledIn(this.definition, node.func.id);
        if (!routine || routine.name === this.definition.name) continue;
        const f = node.args[routine.functionParameter];
        const isGiven = routine.arrayParameter < node.args.length && f;
        if (isGiven && f.type === "Name" && f.id === this.fName) {
          calls.push({ call: node, routine });
        }
      }
      return calls;
    }

    /** What another routine makes of what this one hands on to it. A function that walks
        downhill hands on the very array it was given; it is no routine, since it returns
        no slopes. */
    handedOn() {
      const returns = this.nodes.filter(({ type }) => type === "Return");
      const returned = new Set(returns.map(({ value }) => value));
      const kinds = [];
      for (const { call, routine } of this.innerCalls) {
        const kind = this.kindOf(call.args[routine.arrayParameter]);
        if (kind === ROWS) {
          kinds.push(routine.takes === NUMBER ? NUMBER : ROWS);
        } else if ((kind === POINT || kind === WHOLE) && returned.has(call)) {
          kinds.push(routine.takes);
        }
      }
      return kinds;
    }

    /* The step */

    /** The name of h and the number it is given, if it has these. */
    step() {
      const added = new Set();
      for (const node of this.nodes) {
        const isSum = node.type === "BinOp" && isSumOrDifference(node.op);
        if (isSum) for (const name of namesIn(node.right)) added.add(name);
        if (node.type === "AugAssign") {
          for (const name of namesIn(node.value)) added.add(name);
        }
      }
      const given = new Map(this.numbers());
      return [...given].find(([name]) => added.has(name)) ?? ["", null];
    }

    /** Names that are given a number: as a default, or by an assignment. */
    *numbers() {
      const parameters = parametersOf(this.definition);
      const { defaults } = this.definition.args;
      const withDefault = parameters.slice(parameters.length - defaults.length);
      for (const [k, name] of withDefault.entries()) {
        if (number(defaults[k]) !== null) yield [name, defaults[k]];
      }
      for (const node of this.nodes) {
        if (node.type === "Assign" && number(node.value) !== null) {
          for (const name of namesAmong(node.targets)) yield [name, node.value];
        }
      }
    }

    /* How the array is treated */

    /** Places of the array, or of a row of it, that are written to. */
    placesWrittenTo() {
      const targets = this.nodes.flatMap((node) => {
        if (node.type === "Assign") return node.targets;
        return node.type === "AugAssign" ? [node.target] : [];
      });
      return targets.filter((target) => this.isPlace(target));
    }

    isPlace(node) {
      return node?.type === "Subscript" && this.isOwnArray(node.value);
    }

    /** Whether the array is turned into floats before anything is added to it. */
    converts() {
      return this.nodes.some(
        (node) =>
          node.type === "Assign" &&
          node.targets.some((target) => this.isOwnArray(target)) &&
          makesFloats(node.value, this.imports),
      );
    }

    /** Whether `kept = x[i]` stays a view of x, if x[i] is an array. */
    keepsView() {
      return this.nodes.some(
        (node) => node.type === "Assign" && this.isPlace(node.value),
      );
    }

    /** Whether it looks at `X.ndim`, and so tells one point from many. */
    asksForDimensions() {
      return this.nodes.some(
        ({ type, attr }) => type === "Attribute" && attr === "ndim",
      );
    }

    /** Whether its array is another one from some line on: `X = np.array(X)`. */
    isArrayReplaced() {
      return this.nodes.some(
        ({ type, id, ctx }) => type === "Name" && id === this.xName && ctx === "Store",
      );
    }

    /** Whether it asks its array what no list has, or hands it to one that does. */
    needsArray(inner = []) {
      if (this.isArrayReplaced()) return false;
      const asks = this.nodes.some(
        ({ type, attr, value }) =>
          type === "Attribute" &&
          ["ndim", "shape", "size"].includes(attr) &&
          value.type === "Name" &&
          this.arrays.has(value.id),
      );
      return asks || inner.some((one) => one.needsArray);
    }

    /** Whether it moves `x[i]` for each i in `range(x.size)`. */
    countsEntries() {
      if (this.isArrayReplaced() || [...this.earlyReturns()].length) return false;
      const counting = this.loops.filter(
        ({ type, target, iter }) =>
          type === "For" && target.type === "Name" && this.isRangeOfSize(iter),
      );
      const indices = counting.map(({ target }) => target.id);
      const moved = this.writes.map(({ slice }) => plainText(slice));
      return moved.length > 0 && moved.every((index) => indices.includes(index));
    }

    isRangeOfSize(node) {
      if (!isCallOf(node, "range") || node.args.length !== 1) return false;
      const [{ type, attr, value }] = node.args;
      const isSize = type === "Attribute" && attr === "size";
      return isSize && this.arrays.has(plainText(value));
    }

    /* Slips */

    slips(stepName) {
      return [
        ...(stepName ? this.precedence(stepName) : []),
        ...this.earlyReturns(),
        ...this.notRestored(stepName),
        ...this.lostIndex(),
      ];
    }

    /** `/ 2*h` divides by two and multiplies by h. */
    *precedence(stepName) {
      for (const node of this.nodes) {
        if (node.type !== "BinOp" || node.op !== "Mult") continue;
        const { left, right } = node;
        const isStep = right.type === "Name" && right.id === stepName;
        if (isQuotient(left) && isStep && number(left.right) !== null) {
          yield slipOf("precedence", node, left.right, { step: stepName });
        }
      }
    }

    /** A return at the end of the loop's body ends it after its first turn. */
    earlyReturns() {
      const slips = [];
      for (const loop of this.loops) {
        const last = loop.body.at(-1);
        if (last.type !== "Return" || last.value?.type !== "Name") continue;
        const inside = new Set(python.walk(loop));
        const isMoving = this.writes.some((place) => inside.has(place));
        const handsOn = this.innerCalls.some(({ call }) => inside.has(call));
        if (isMoving || handsOn) slips.push(slipOf("early-return", last, loop));
      }
      return slips;
    }

    /** A loop that leaves a coordinate where it moved it. */
    *notRestored(stepName) {
      for (const loop of this.loops) {
        const { place, steps } = this.lastMove(loop, stepName);
        const saved = this.savedIn(loop);
        const isMoved = steps !== null && steps !== 0;
        if (isMoved && saved.has(place)) {
          const words = { place, saved: saved.get(place) };
          yield slipOf("not-restored", loop.body.at(-1), loop, words);
        }
      }
    }

    /** Places whose number a loop saves, and the names under which it does. */
    savedIn(loop) {
      const names = new Map();
      for (const statement of loop.body) {
        if (statement.type !== "Assign" || statement.targets.length !== 1) continue;
        const [target] = statement.targets;
        let saved = statement.value;
        if (saved.type === "Call" && saved.args.length) [saved] = saved.args; // float(x[i])
        const text = plainText(saved);
        if (target.type === "Name" && this.isPlace(saved) && text) {
          names.set(text, target.id);
        }
      }
      return names;
    }

    /** The place that a loop moves last, and how many steps it is off then; these are null
        where that is not seen. */
    lastMove(loop, stepName) {
      // A copy that is made in each turn need not be put back.
      const assignments = loop.body.filter(({ type }) => type === "Assign");
      const assigned = assignments.flatMap(({ targets }) => namesAmong(targets));
      let place = "";
      let steps = 0;
      for (const statement of loop.body) {
        const target = onlyTarget(statement);
        if (!this.isPlace(target) || assigned.includes(target.value.id)) continue;
        place = plainText(target);
        const isMoved = statement.type === "AugAssign";
        if (isMoved) steps = movedBy(steps, statement, stepName);
        else steps = offset(statement.value, stepName);
      }
      return { place, steps };
    }

    /** `grad = …` in the loop, where `grad[i] = …` is meant. */
    *lostIndex() {
      const arrays = new Set(this.newArrays());
      for (const loop of this.loops) {
        const index = this.indexWrittenIn(loop);
        for (const statement of loop.body) {
          if (statement.type !== "Assign" || !index) continue;
          const target = onlyTarget(statement);
          const isArray = target?.type === "Name" && arrays.has(target.id);
          if (isArray && python.walk(statement.value).some(isQuotient)) {
            yield slipOf("lost-index", target, null, { name: target.id, index });
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
        return isNew ? namesAmong(targets) : [];
      });
    }

    /** The index at which a loop first writes into the array. */
    indexWrittenIn(loop) {
      const inside = new Set(python.walk(loop));
      const written = this.writes.find((place) => inside.has(place));
      return written ? indexText(written.slice) : "";
    }
  }

  /** What a statement assigns to, if that is one thing. */
  function onlyTarget({ type, targets, target }) {
    if (type === "Assign" && targets.length === 1) return targets[0];
    return type === "AugAssign" ? target : null;
  }

  function isQuotient({ type, op }) {
    return type === "BinOp" && op === "Div";
  }

  function isSumOrDifference(op) {
    return op === "Add" || op === "Sub";
  }

  function isCallOf(node, name) {
    return node.type === "Call" && meaning(node.func, new Map()) === name;
  }

  /** The names that stand in an expression. */
  function namesIn(node) {
    return namesAmong(python.walk(node));
  }

  function namesAmong(nodes) {
    return nodes.filter(({ type }) => type === "Name").map(({ id }) => id);
  }

  /** Whether an expression turns an array into float64. */
  function makesFloats(node, imports) {
    if (node.type !== "Call") return false;
    const { func } = node;
    const given = [...node.args, ...node.keywords.map(({ value }) => value)];
    const isFloat = (argument) => isFloatType(argument, imports);
    if (func.type === "Attribute" && func.attr === "astype") return given.some(isFloat);
    return (
      vocabulary.routines.converting.includes(meaning(func, imports)) &&
      given.slice(1).some(isFloat)
    );
  }

  /** Whether this names float64. */
  function isFloatType(node, imports) {
    if (node.type === "Constant") {
      return node.kind === "str" && vocabulary.types.float_texts.includes(node.value);
    }
    return vocabulary.types.float.includes(meaning(node, imports));
  }

  /** By how many steps a value lies beside what it was; null if that is not seen. */
  function offset(value, stepName) {
    const isCall = value.type === "Call" && value.args.length === 1;
    const node = isCall ? value.args[0] : value;
    if (node.type === "BinOp" && isSumOrDifference(node.op)) {
      const steps = multiple(node.right, stepName);
      return node.op === "Sub" && steps !== null ? -steps : steps;
    }
    return node.type === "Name" ? 0 : null;
  }

  /** How many steps a place is off once `x[i] += …` has moved it, too. */
  function movedBy(steps, { op, value }, stepName) {
    const change = multiple(value, stepName);
    if (change === null || steps === null) return null;
    if (op === "Add") return steps + change;
    return op === "Sub" ? steps - change : steps;
  }

  /** k where an expression is k times the step, else null. */
  function multiple(node, stepName) {
    if (node.type === "Name") return node.id === stepName ? 1 : null;
    if (node.type !== "BinOp" || node.op !== "Mult") return null;
    for (const [constant, other] of [
      [node.left, node.right],
      [node.right, node.left],
    ]) {
      const factor = number(constant);
      const steps = multiple(other, stepName);
      if (factor !== null && steps !== null) return factor * steps;
    }
    return null;
  }

  Object.assign(scripts, { TAKES, Definitions, readRoutines, isFloatType });
}
