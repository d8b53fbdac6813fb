/* Walk: a script followed from line to line, as far as its arrays go. Nothing is run. Of
   each value is kept what arrays can say of it; a branch or a loop leaves what it changes
   unknown, unless both ways agree. What the rules of `findings` need is collected on the
   way. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { number, isNumeric, dotted, meaning, lastPart, isFloatType, unknownRoutine } =
    scripts;
  const { parametersOf, everyParameterOf, hasStarred, TAKES, derivativeRoutine } =
    scripts;
  const { WHOLE, FLOAT, UNKNOWN, IMPORTED } = scripts;
  const { RANGE, COORDINATE, COORDINATES, POINTS, ONE_POINT, COLUMN } = scripts;
  const { SHEETS, POINT_SHEETS, RESHAPED, OTHER, ENTRY, RANGE_OF_NUMBERS } = scripts;
  const { ownersOf, unknownPart, computedOf, eachOf, itemOf, isOfSlopes, isOfRoutine } =
    scripts;
  const { numberValue, meshOf, arrayOf, functionValue, itemsOf } = scripts;
  const { gradientCall, slopesOf, slopesPart } = scripts;
  const { amongEdges, arange, linspace, axisOfMgrid, lengthOf } = scripts;
  const { partOfRange, lineOfSheet } = scripts;
  const { heightsOf, heightsFrom, heightsOfArguments, combinedHeights } = scripts;
  const { histogram, coordinatesOf, gradientOfHeights, textsOfCoordinates } = scripts;
  const {
    derivativeOf,
    classValue,
    instanceOf,
    CONSTRUCTOR,
    Classes,
    isDefinition,
    receiverOf,
  } = scripts;
  const { isNumber, isItems, isArray, areEqual, eitherOf, withoutNumbers, moved } =
    scripts;
  const { kindOfNumbers, stacked, transposed } = scripts;
  const { givesSlopesOfCoordinates, stopOfF } = scripts;

  const { flattening, same_array: sameArray, drawing } = vocabulary.walk;
  const { joins_rows: joinsRows, joins_columns: joinsColumns } = vocabulary.walk;
  const { same_slopes: sameSlopes, sizes, reductions } = vocabulary.walk;
  const LOW_TYPES = new Map(Object.entries(vocabulary.types.low));
  const NUMPY_KEYWORDS = vocabulary.walk.numpy_keywords;
  const PARAMETERS = new Map(Object.entries(vocabulary.walk.parameters));

  /** What names stand for, in a branch or a function, over what they do around it. */
  class Names {
    constructor(around = null) {
      this.around = around;
      this.own = new Map(); // null is forgotten
    }

    /** What a name stands for, null if that is not known. */
    get(name) {
      for (let scope = this; scope; scope = scope.around) {
        if (scope.own.has(name)) return scope.own.get(name);
      }
      return null;
    }

    set(name, value) {
      this.own.set(name, value);
    }

    /** What all names stand for. */
    all() {
      return new Map([...(this.around?.all() ?? []), ...this.own]);
    }

    /** What names stand for that were set since an outer scope. */
    changesOf(outer) {
      const changes = new Map();
      for (let scope = this; scope !== outer; scope = scope.around) {
        for (const [name, value] of scope.own) {
          if (!changes.has(name)) changes.set(name, value);
        }
      }
      return changes;
    }

    /** Forget what a name stands for, but not to what its numbers may belong. */
    forget(name) {
      this.own.set(name, eitherOf(null, this.get(name)));
    }
  }

  /** Follows the statements of a script. `imports` say what names stand for; `routines` are
      the gradient routines. */
  class Walker {
    constructor(imports, routines) {
      this.imports = imports;
      this.routines = routines;
      // What was met on the way: calls of a routine, arrows that are drawn, what is passed
      // to functions of the script, and steps of descents; what is never run; and whether
      // nothing was cut off, because it was too long.
      this.observations = {
        differentiations: [],
        quivers: [],
        passedArguments: [],
        steps: [],
        derivatives: new Map(), // calls of jax.grad, and whether its result is called
        heights: new Map(), // calls of np.gradient, and whether they are followed
        axisGradients: [], // those that are, with all that they are given
        pictures: [], // calls that draw an array as it stands
        pairsWithoutList: [], // np.array(X, Y)
        skipped: [],
        isWhole: true,
      };
      this.turned = new Set(); // calls with a .T directly behind them
      this.entered = new Set(); // functions that were followed
      this.plain = new Map(); // of what is asynchronous
      this.unbound = new Map(); // of methods
      this.owners = new Map(); // of methods
      this.instances = new Map(); // by classes
      this.depth = 0;
      this.passing = []; // into the functions that are being followed
      this.callsFollowed = 0;
      this.level = 0;
      this.steps = 0;
      this.loops = 0; // that are being followed
      this.changed = new Set(); // the owners of numbers that were changed in place
      this.functionNames = new Set();
      this.outermost = new Set(); // functions that stand in no other function
      this.stopsOfF = new Map(); // how each f stops at one point
      this.flags = new Map(); // names that stand for one truth value
      this.cutOff = new Map(); // grids behind astype(int), by those before
    }

    /** Follow a script from its first line to its last. */
    follow(source) {
      for (const node of source.nodes) {
        const inner = this.turnedInside(node);
        if (inner?.type === "Call") this.turned.add(inner);
        if (isDefinition(node)) this.functionNames.add(node.name);
      }
      this.outermost = outermostFunctions(source.tree);
      if (this.routines.areNamesCertain) this.flags = flagsOf(source);
      this.classes = new Classes(source.nodes);
      const names = new Names();
      this.statements(source.tree.body, names);
      // What nobody calls may be called by another script.
      for (const node of functionsToBeginWith(source.nodes)) {
        this.enterUncalled(this.plainOf(node), names);
      }
      return this.observations;
    }

    /** Follow a function that was not called yet; a method, on an object. */
    enterUncalled(node, names) {
      if (this.entered.has(node)) return;
      let called = functionValue(node, node.name);
      if (this.owners.has(node) && receiverOf(node)) {
        called = this.bound(node, this.someInstance(this.owners.get(node), names));
      }
      this.enter(called, new Names(names), new Map());
    }

    /** A statement as one that is not asynchronous, and gives the same numbers. */
    plainOf(statement) {
      const { type } = statement;
      if (!type.startsWith("Async")) return statement;
      if (!this.plain.has(statement)) {
        const plain = { ...statement, type: type.slice("Async".length) };
        this.plain.set(statement, plain);
      }
      return this.plain.get(statement);
    }

    /** What is turned in `call(…).T`, `call(…).transpose()` or `np.transpose(call(…))`. */
    turnedInside({ type, attr, value, func, args }) {
      if (type === "Attribute" && attr === "T") return value;
      if (type !== "Call") return null;
      if (meaning(func, this.imports) === "numpy.transpose" && args.length)
        return args[0];
      const isMethod = func.type === "Attribute" && func.attr === "transpose";
      return isMethod && !args.length ? func.value : null;
    }

    /* Statements */

    /** Follow statements; what the returns among them give, null if none is met. */
    statements(body, names) {
      let returned = null;
      for (const [place, statement] of body.entries()) {
        returned = eitherReturn(returned, this.statement(statement, names));
        if (statement.type === "Return" || statement.type === "Raise") {
          this.observations.skipped.push(...body.slice(place + 1));
          break;
        }
      }
      return returned;
    }

    statement(statement, names) {
      if (this.isTooFar()) return null;
      this.level += 1;
      const returned = this.followed(statement, names);
      this.level -= 1;
      return returned;
    }

    /** Count a step; say whether it is one too many, or too deep. */
    isTooFar() {
      this.steps += 1;
      const isTooDeep = this.level >= vocabulary.walk.most_levels;
      const isTooFar = isTooDeep || this.steps > vocabulary.walk.most_steps;
      if (isTooFar) this.observations.isWhole = false;
      return isTooFar;
    }

    followed(given, names) {
      const statement = this.plainOf(given);
      switch (statement.type) {
        case "Assign": {
          const value = this.value(statement.value, names);
          for (const target of statement.targets) {
            if (target.type === "Subscript") {
              this.noteStep(target.value, value, names);
            }
            this.assign(target, value, names);
          }
          return null;
        }
        case "AnnAssign":
          if (statement.value) {
            const value = this.value(statement.value, names);
            this.assign(statement.target, value, names);
          }
          return null;
        case "AugAssign":
          this.assignAugmented(statement, names);
          return null;
        case "Return":
          return statement.value && this.value(statement.value, names);
        case "Expr":
          this.value(statement.value, names);
          return null;
        case "FunctionDef":
          this.defineFunction(statement, names);
          return null;
        case "ClassDef":
          this.defineClass(statement, names);
          return null;
        case "Import":
        case "ImportFrom":
          this.import(statement, names);
          return null;
        case "Delete":
          for (const target of statement.targets) this.assign(target, UNKNOWN, names);
          return null;
        default:
          return this.compound(statement, names);
      }
    }

    /** Note what is no function of the script any more. */
    import(statement, names) {
      const isOfLibrary = vocabulary.names.libraries.includes(statement.module);
      for (const { name, asname } of statement.names) {
        if (name !== "*") names.set(asname ?? name.split(".")[0], IMPORTED);
        // Any function of the script the module may have, too.
        if (name !== "*" || isOfLibrary) continue;
        for (const [own, value] of names.own) {
          if (value?.is === "function") names.forget(own);
        }
      }
    }

    /** Note a function. What a decorator makes of it is not followed. */
    defineFunction(node, names) {
      const decorators = node.decorator_list.map((each) => meaning(each, this.imports));
      const isPlain = decorators.every((name) => name === "staticmethod");
      const isKnown = isPlain && decorators.length <= 1;
      names.set(node.name, isKnown ? functionValue(node, node.name) : UNKNOWN);
    }

    /** Follow the body of a class, which is known if nothing else makes it. */
    defineClass(node, names) {
      const inside = new Names(names);
      this.statements(node.body, inside);
      if (!this.classes.isPlain(node)) {
        names.set(node.name, UNKNOWN);
        return;
      }
      const owner = classValue(node, inside.own);
      names.set(node.name, owner);
      for (const method of node.body.filter(isDefinition)) {
        this.owners.set(this.plainOf(method), owner);
      }
    }

    /** Follow an if, a loop, a with or a try: what they change is less certain. */
    compound(statement, names) {
      switch (statement.type) {
        case "If":
          if (isMainGuard(statement.test))
            return this.statements(statement.body, names);
          this.value(statement.test, names);
          return this.choice(statement, names);
        case "For": {
          const item = itemOf(this.value(statement.iter, names));
          return this.loop(statement, item, names);
        }
        case "While":
          return this.loop(statement, UNKNOWN, names);
        case "With":
          for (const {
            context_expr: context,
            optional_vars: target,
          } of statement.items) {
            const within = unknownPart(this.value(context, names));
            if (target) this.assign(target, within, names);
          }
          return this.statements(statement.body, names);
        case "Try": {
          const value = this.statements(statement.body, names);
          const handlers = statement.handlers.map(({ body }) => body);
          this.branches([...handlers, []], names);
          this.statements(statement.finalbody, names);
          return value;
        }
        default:
          return null;
      }
    }

    /** Follow both branches of an if, or the only one that is ever run. */
    choice({ test, body, orelse }, names) {
      const truth = truthOf(test, this.flags);
      if (truth === null) return this.branches([body, orelse], names);
      this.observations.skipped.push(...(truth ? orelse : body));
      return this.statements(truth ? body : orelse, names);
    }

    /** Follow the first turns of a loop, until a turn changes nothing any more. If none is
        like the one before, another one is followed that may be any turn. */
    loop(statement, item, names) {
      this.loops += 1;
      let turn = names;
      let returned = null;
      let isSettled = false;
      for (let k = 0; k < this.firstTurns() && !isSettled; k++) {
        const before = turn;
        turn = new Names(before);
        returned = eitherReturn(returned, this.turn(statement, item, turn));
        isSettled = [...turn.own].every(([name, value]) =>
          areAlike(before.get(name), value),
        );
      }
      if (!isSettled) {
        this.forgetAssigned(statement.body, names);
        turn = new Names(names);
        returned = eitherReturn(returned, this.turn(statement, item, turn));
      }
      this.loops -= 1;
      for (const [name, value] of turn.changesOf(names)) {
        names.set(name, eitherOf(names.get(name), value));
      }
      if (statement.type === "For") this.assign(statement.target, item, names);
      return eitherReturn(returned, this.statements(statement.orelse, names));
    }

    turn(statement, item, names) {
      if (statement.type === "For") this.assign(statement.target, item, names);
      return this.statements(statement.body, names);
    }

    /** How many first turns are followed: none of a loop deep within others. */
    firstTurns() {
      const isDeep = this.loops > vocabulary.walk.most_loops;
      return isDeep ? 0 : vocabulary.walk.first_turns;
    }

    /** Forget what a loop changes: it may come back with another value. An array that is
        changed in place, `x -= …`, stays what it is. */
    forgetAssigned(body, names) {
      const nodes = body.flatMap(python.walk);
      const augmented = nodes.filter(({ type }) => type === "AugAssign");
      const changedInPlace = new Set(augmented.map(({ target }) => target));
      for (const node of nodes) {
        if (node.type !== "Name") continue;
        this.steps += 1;
        const isKept = isArray(names.get(node.id)) && changedInPlace.has(node);
        if (node.ctx !== "Load" && !isKept) names.forget(node.id);
      }
    }

    /** Follow branches side by side; keep what is the same behind all of them. */
    branches(bodies, names) {
      let returned = null;
      const outcomes = [];
      for (const body of bodies) {
        const outcome = new Names(names);
        returned = eitherReturn(returned, this.statements(body, outcome));
        outcomes.push(outcome);
      }
      const changed = new Set(outcomes.flatMap(({ own }) => [...own.keys()]));
      for (const name of changed) {
        const values = outcomes.map((outcome) => outcome.get(name));
        names.set(
          name,
          values.reduce((one, other) => eitherOf(one, other)),
        );
      }
      return returned;
    }

    assign(target, value, names) {
      if (target.type === "Name") {
        names.set(target.id, value);
      } else if (target.type === "Tuple" || target.type === "List") {
        const parts = unpacked(value, target.elts.length);
        for (const [k, element] of target.elts.entries()) {
          this.assign(element, parts[k], names);
        }
      } else if (target.type === "Starred") {
        this.assign(target.value, unknownPart(value), names);
      } else {
        this.store(target, value, names);
      }
    }

    /** Store a value in an attribute, or in an entry of an array or a list. */
    store({ type, value: container, attr }, value, names) {
      if (type === "Attribute" && container.type === "Name") {
        const owner = names.get(container.id);
        if (owner?.is === "instance") {
          this.storeIn(owner, attr, value);
          return;
        }
        names.set(container.id, unknownPart(owner)); // P.shape = …
      }
      this.change(this.value(container, names));
      this.putInto(container, [value], names);
      lose(value);
    }

    /** Let a list, or something unknown, hold other values besides its own. */
    putInto({ type, id }, values, names) {
      const before = type === "Name" ? names.get(id) : null;
      if (before?.is === "items" || before?.is === "unknown") {
        names.set(id, unknownPart(before, ...values));
      }
    }

    storeIn(instance, name, value) {
      const isFollowed = this.classes.isFollowed(instance.of.node, name);
      if (isFollowed) instance.attributes.set(name, value);
      else lose(value);
    }

    /** Note that numbers are changed in place: in all that shares them. */
    change(...values) {
      for (const owner of ownersOf(...values)) this.changed.add(owner);
    }

    assignAugmented({ target, op, value }, names) {
      const operand = this.value(value, names);
      const place = target.type === "Subscript" ? target.value : target;
      this.noteStep(place, operand, names);
      if (target.type !== "Name") {
        this.change(this.value(place, names));
        return;
      }
      const before = this.name(target, names);
      const isChanged = ownersOf(before).length > 0; // in place
      this.change(before);
      const after = isChanged ? this.asItIs(before) : combined(op, before, operand);
      names.set(target.id, after);
    }

    /** Note floats that are written into an array: `x -= …`, `x[i] = …`. */
    noteStep(node, value, names) {
      const isOfObject = node.type === "Name" || node.type === "Attribute";
      const array = isOfObject ? this.value(node, names) : null;
      const areFloats = isArray(value) && value.kind === FLOAT;
      if (isArray(array) && (areFloats || isOfRoutine(value))) {
        this.observations.steps.push({ array });
      }
    }

    /* Values */

    /** What is known of an expression. */
    value(node, names) {
      if (this.isTooFar()) return UNKNOWN;
      this.level += 1;
      const value = this.valueOf(node, names);
      this.level -= 1;
      const isNew = isArray(value) && value.made === null;
      const isMade = isNew && (node.type === "Call" || node.type === "BinOp");
      return isMade ? { ...value, made: node } : value;
    }

    valueOf(node, names) {
      switch (node.type) {
        case "Constant":
          return constant(node);
        case "Name":
          return this.name(node, names);
        case "Tuple":
        case "List":
          return itemsOf(
            node.elts.map((item) => this.value(item, names)),
            node.type === "List",
          );
        case "UnaryOp":
          return signed(node.op, this.value(node.operand, names));
        case "BinOp": {
          const left = this.value(node.left, names);
          return combined(node.op, left, this.value(node.right, names));
        }
        case "Compare": {
          const nodes = [node.left, ...node.comparators];
          const sides = nodes.map((side) => this.value(side, names));
          return sides.some(heightsOf) ? combinedHeights(sides) : UNKNOWN;
        }
        case "Lambda":
          return functionValue(node, "lambda");
        case "Attribute":
          return this.attribute(node, names);
        case "Subscript":
          return this.subscript(node, names);
        case "Call":
          return this.call(node, names);
        case "Await":
          return this.value(node.value, names);
        case "ListComp":
        case "GeneratorExp":
          return this.comprehension(node, names);
      }
      if (node.type === "NamedExpr") {
        const value = this.value(node.value, names);
        this.assign(node.target, value, names);
        return value;
      }
      const children = [...python.children(node)]
        .filter(({ type }) => type !== "comprehension")
        .map((child) => this.value(child, names));
      return unknownPart(...children);
    }

    name({ id }, names) {
      const value = this.asItIs(names.get(id) ?? UNKNOWN);
      // Any call of a function may give the name another array.
      const isFollowed = ["function", "class", "instance", "imported"].includes(
        value.is,
      );
      const mayBeAnother = this.routines.declaredGlobal.has(id) && !isFollowed;
      return mayBeAnother ? unknownPart(value) : value;
    }

    /** A value as it is by now: its numbers may have been changed since. */
    asItIs(value) {
      if (!this.changed.size) return value;
      if (isItems(value)) {
        return { ...value, values: value.values.map((each) => this.asItIs(each)) };
      }
      if (!ownersOf(value).some((owner) => this.changed.has(owner))) return value;
      if (value.is === "each") return eachOf(this.asItIs(value.item));
      if (isOfRoutine(value)) return slopesPart(value.call, ENTRY);
      return isArray(value) ? moved(value) : unknownPart(value);
    }

    /** What is known of an attribute, or of a method. */
    attributeOf(instance, name) {
      const owner = instance.of;
      if (this.classes.has(owner.node, name)) {
        const stored = this.asItIs(instance.attributes.get(name) ?? UNKNOWN);
        if (!this.classes.isChanged(owner.node, name)) return stored;
        return isArray(stored) ? moved(stored) : unknownPart(stored);
      }
      const value = owner.names.get(name) ?? UNKNOWN;
      if (value.is !== "function") return this.asItIs(value);
      const isOfObject = this.owners.has(value.node) && receiverOf(value.node);
      return isOfObject ? this.bound(value.node, instance) : value;
    }

    /** A method of an object as a function of its other parameters. */
    bound(method, instance) {
      if (!this.unbound.has(method)) {
        const { posonlyargs, args } = method.args;
        const others = posonlyargs.length
          ? { ...method.args, posonlyargs: posonlyargs.slice(1) }
          : { ...method.args, args: args.slice(1) };
        this.unbound.set(method, { ...method, args: others });
      }
      return functionValue(this.unbound.get(method), method.name, method, instance);
    }

    /** A new object of a class. */
    instance(owner, names, values = [], keywords = new Map()) {
      const instance = instanceOf(owner);
      this.instances.set(owner, [...(this.instances.get(owner) ?? []), instance]);
      const constructor = owner.names.get(CONSTRUCTOR);
      if (constructor?.is === "function") {
        const called = this.bound(constructor.node, instance);
        const parameters = parametersOf(called.node).slice(0, values.length);
        const given = parameters.map((name, k) => [name, values[k]]);
        this.enter(called, new Names(names), new Map([...given, ...keywords]));
      }
      return instance;
    }

    /** The only object that a script makes of a class, or any object. */
    someInstance(owner, names) {
      const instances = this.instances.get(owner) ?? [];
      return instances.length === 1 ? instances[0] : this.instance(owner, names);
    }

    attribute(node, names) {
      if (vocabulary.walk.named_numbers.includes(meaning(node, this.imports))) {
        return numberValue(null, false);
      }
      const value = this.value(node.value, names);
      if (value.is === "instance") return this.attributeOf(value, node.attr);
      return node.attr === "T" ? transposed(value) : unknownPart(value);
    }

    subscript(node, names) {
      const full = meaning(node.value, this.imports);
      if (full === "numpy.mgrid") return this.mgrid(node, names);
      if (full === "numpy.c_") {
        const columns = this.value(node.slice, names);
        return isItems(columns) ? stacked(columns, "", false) : unknownPart(columns);
      }
      const value = this.value(node.value, names);
      const index = node.slice;
      if (isItems(value)) {
        const place = number(index);
        const isWithin = place !== null && 0 <= place && place < value.values.length;
        if (isWithin) return value.values[Math.trunc(place)];
      }
      if (value.is === "slopes") return partOfSlopes(value, index);
      return isArray(value) ? this.partOfArray(value, index) : unknownPart(value);
    }

    /** One coordinate, one point, or a column of an array. */
    partOfArray(array, index) {
      const { form, kind, mesh, made } = array;
      const place = number(index);
      if (form === RANGE || array.isSquare) {
        const read = form === RANGE ? partOfRange : lineOfSheet;
        return read(array, index) ?? arrayOf(OTHER, kind, { made });
      }
      if (form === SHEETS && [0, 1].includes(place)) return sheetOf(array, place);
      if (form === COORDINATES && place !== null) {
        return { ...array, form: COORDINATE, coordinate: Math.trunc(place) };
      }
      if (form === POINTS && place !== null) return arrayOf(ONE_POINT, kind, { made });
      if (form === ONE_POINT && mesh && place !== null && kind) {
        const isPlaceKnown = [0, 1].includes(place) && !array.isMoved;
        const coordinate = isPlaceKnown ? place : null;
        return numberValue(null, kind === WHOLE, { mesh, coordinate });
      }
      if (index.type === "Tuple" && index.elts.length === 2) {
        const [first, second] = index.elts;
        const isAll = first.type === "Slice" && first.lower === null;
        if (isAll && form === ONE_POINT && this.isNewAxis(second)) {
          return arrayOf(COLUMN, kind, { made });
        }
        const column = number(second);
        if (isAll && form === POINTS && column !== null) {
          return { ...array, form: COORDINATE, coordinate: Math.trunc(column) };
        }
      }
      return arrayOf(OTHER, kind, { mesh, made });
    }

    isNewAxis(node) {
      const isNone = node.type === "Constant" && node.kind === "None";
      return isNone || meaning(node, this.imports) === "numpy.newaxis";
    }

    /** Follow a comprehension once; a list of pairs is a list of points. */
    comprehension(node, names) {
      const inner = new Names(names);
      let array = UNKNOWN;
      for (const { iter, target } of node.generators) {
        array = this.value(iter, inner);
        this.assign(target, itemOf(array), inner);
      }
      const element = this.value(node.elt, inner);
      const [generator, ...more] = node.generators;
      if (more.length || generator.ifs.length) {
        const isPair = isItems(element) && element.values.length === 2;
        return isPair ? arrayOf(POINTS, "") : unknownPart(element);
      }
      return this.ofEach(element, array, generator.iter);
    }

    /** What is made of each item of an array, which a node gives. */
    ofEach(element, array, node) {
      const isOfRow =
        element.is === "slopes" && this.areOfEachRow(array, node, element);
      return isOfRow ? element : eachOf(element);
    }

    /** Note a call for each row of an array as one for all of them. */
    areOfEachRow(array, node, slopes) {
      const last = this.observations.differentiations.at(-1);
      if (slopes.isTurned || last?.call !== slopes.call) return false;
      const { argument } = last;
      const item = itemOf(array);
      if (!isArray(argument) || !last.routine.takesOnePoint) return false;
      if (isArray(array) && array.mesh && areEqual(argument, item)) {
        Object.assign(last, { argument: array, argumentNode: node });
      } else if (
        argument.form === ONE_POINT &&
        meshesOf(item).includes(argument.mesh)
      ) {
        last.argument = { ...argument, form: POINTS };
      } else {
        return false;
      }
      const routine = { ...last.routine, takes: TAKES.ROWS, stopsAt: new Set() };
      Object.assign(last, { routine, isOneByOne: true });
      return true;
    }

    /* Calls */

    call(node, names) {
      const given = node.args.flatMap((argument) => this.argument(argument, names));
      const keywords = new Map();
      for (const { arg, value } of node.keywords) {
        if (arg) keywords.set(arg, this.value(value, names));
      }
      this.change(keywords.get("out"));
      const routine = this.routineCalled(node, names);
      if (routine) return this.gradient(node, routine, given, keywords, names);
      let called = UNKNOWN;
      if (node.func.type === "Attribute") {
        const receiver = this.value(node.func.value, names);
        if (receiver.is === "instance") {
          called = this.attributeOf(receiver, node.func.attr);
        }
        this.noteMethod(node.func, receiver, given, names);
        const result = this.method(node, receiver);
        if (result) return result;
        if (ownersOf(receiver).length) {
          lose(...given);
          return partOrComputed(node.func.attr, [receiver]);
        }
      } else {
        called = this.value(node.func, names);
      }
      if (called.is === "function") {
        return this.ownCall(node, called, given, keywords, names);
      }
      if (called.is === "class") return this.instance(called, names, given, keywords);
      if (called.is === "derivative") return this.derived(node, called, given, names);
      const full = meaning(node.func, this.imports);
      const derivative = this.derivative(full, node, given);
      if (derivative) return derivative;
      if (drawing.includes(lastPart(full)) && given.length >= 4) {
        this.draw(node, given);
        return UNKNOWN;
      }
      this.notePicture(node, lastPart(full), given, keywords);
      if (vocabulary.walk.histograms.includes(lastPart(full))) {
        return histogram(node, full.endsWith("dd"));
      }
      if (full.startsWith("numpy.")) {
        const name = full.slice("numpy.".length);
        return name === "gradient"
          ? this.axisGradient(node, given, names)
          : this.numpy(name, node, given, keywords);
      }
      if (full === "range") return RANGE_OF_NUMBERS;
      if ((full === "list" || full === "tuple") && given.length === 1) {
        const isList = ["items", "range", "each", "slopes"].includes(given[0].is);
        return isList ? given[0] : eachOf(itemOf(given[0]));
      }
      const isIterated = ["zip", "enumerate", "map"].includes(full) && given.length;
      if (isIterated && !hasStarred(node)) {
        return this.iterated(full, node, given, names);
      }
      if ((full === "float" || full === "int") && given.length === 1) {
        return converted(given[0], full === "int");
      }
      const all = [...given, ...keywords.values()];
      const isLooking = vocabulary.walk.looking.includes(full);
      if (!isLooking) lose(...all);
      if (!this.leavesArraysAlone(node.func, full)) this.change(...all);
      const heights = isLooking ? null : heightsOfArguments(all);
      return heights ?? unknownPart(called, ...all);
    }

    /** What `zip`, `enumerate` and `map` give, one after the other. */
    iterated(name, node, values, names) {
      if (name === "zip") return eachOf(itemsOf(values.map(itemOf)));
      if (name === "enumerate") {
        return eachOf(itemsOf([numberValue(null, true), itemOf(values[0])]));
      }
      const [called, array, ...more] = values;
      if (called.is !== "function" || !array || more.length)
        return unknownPart(...values);
      const parameters = everyParameterOf(called.node).slice(0, 1);
      const bound = new Map(parameters.map((parameter) => [parameter, itemOf(array)]));
      const element = this.enter(called, new Names(names), bound);
      return this.ofEach(element, array, node.args[1]);
    }

    /** Note what a method changes: `x.sort()`, `history.append(x)`. */
    noteMethod({ value, attr }, receiver, given, names) {
      if (!vocabulary.walk.changing_methods.includes(attr)) return;
      this.change(receiver);
      this.putInto(value, given, names);
    }

    /** Whether what is called is of Python or a library, and changes no array. */
    leavesArraysAlone(called, fullName) {
      const { type, id, attr } = called;
      if (type !== "Name" && type !== "Attribute") return false;
      const isOfLibrary = vocabulary.walk.unchanging.includes(fullName.split(".")[0]);
      const isOfModule = this.imports.has(dotted(called).split(".")[0]);
      const isMethod = type === "Attribute" && !isOfModule;
      const isOfPython = vocabulary.names.builtin.includes(fullName);
      const isNotOfScript = isOfLibrary || isOfPython || isMethod;
      return isNotOfScript && !this.functionNames.has(attr ?? id);
    }

    /** What an argument gives a call by place: one value, or the parts of `*grad`. */
    argument(node, names) {
      if (node.type !== "Starred") return [this.value(node, names)];
      const value = this.value(node.value, names);
      if (isItems(value)) return value.values;
      const isPair = isArray(value) && value.form === COORDINATES;
      return isPair || value.is === "slopes"
        ? unpacked(value, 2)
        : [unknownPart(value)];
    }

    /** The gradient routine that is called, if it is one. */
    routineCalled({ func }, names) {
      if (func.type !== "Name") return this.routineOfAttribute(func, names);
      const called = this.value(func, names);
      if (called.is === "function") {
        const own = this.ownRoutine(called);
        const mayChange = own && this.routines.declaredGlobal.has(func.id);
        return mayChange ? unknownRoutine(func.id) : own;
      }
      const routine = this.routines.imported.get(func.id) ?? null;
      const isAsImported = [null, IMPORTED].includes(names.get(func.id));
      return isAsImported || !routine ? routine : unknownRoutine(func.id);
    }

    /** The routine in `module.routine`, or in `self.routine`. */
    routineOfAttribute(called, names) {
      const [owner, ...rest] = dotted(called).split(".");
      const value = names.get(owner);
      if (value?.is === "instance" && rest.length === 1) {
        return this.ownRoutine(this.attributeOf(value, rest[0]));
      }
      const isAsImported = [null, IMPORTED].includes(value);
      return isAsImported ? this.routines.ofModule(called) : null;
    }

    /** What a function of the script is as a routine, null if it is none. */
    ownRoutine({ is, node, method, receiver }) {
      if (is !== "function") return null;
      const routine = this.routines.own.get(method ?? node) ?? null;
      return routine && receiver ? this.routines.asMethod(routine) : routine;
    }

    /** Note a call of a gradient routine. */
    gradient(node, plainRoutine, values, keywords, names) {
      if (hasStarred(node)) return slopesOf(gradientCall(node));
      const routine = this.routines.asCalled(plainRoutine, node);
      const places = new Map([
        [routine.functionParameter, "f"],
        [routine.arrayParameter, "x"],
      ]);
      const given = new Map(); // what f and x are, and the nodes that say so
      for (const [k, name] of places) {
        if (k < values.length)
          given.set(name, { node: node.args[k], value: values[k] });
      }
      for (const keyword of node.keywords) {
        const name = PARAMETERS.get(keyword.arg);
        if (name && !given.has(name)) {
          const value = keywords.get(keyword.arg);
          given.set(name, { node: keyword.value, value });
        }
      }
      const call = gradientCall(node);
      if (given.has("x") && given.has("f")) {
        let f = given.get("f");
        // What is asynchronous gives no number.
        if ([...this.plain.values()].includes(f.value.node))
          f = { ...f, value: UNKNOWN };
        const argument = given.get("x");
        const withThisF = this.withThisF(routine, node, f.value, argument.value);
        const stop = this.stopOfF(withThisF, f.value, argument.value);
        this.noteDifferentiation(call, withThisF, f, argument, names, stop);
      }
      return slopesOf(call);
    }

    /** A routine as one of coordinates, if it is one with the f of a call. */
    withThisF(routine, node, f, array) {
      const { isFollowed, takes, definition, isMethod, isOfLibrary } = routine;
      const isOpen = !isFollowed || takes === TAKES.WHOLE || takes === TAKES.POINT;
      const hasOthers = node.args.length + node.keywords.length > 2;
      if (!isOpen || hasOthers || isMethod || isOfLibrary) return routine;
      if (!definition && takes !== TAKES.WHOLE) return routine;
      if (!isArray(array) || array.form !== COORDINATES) return routine;
      const isOfKind = array.kind === WHOLE || array.kind === FLOAT;
      if (!isOfKind || !this.canBeTried(f)) return routine;
      const { interpreter } = this.routines;
      const places = [routine.functionParameter, routine.arrayParameter];
      const givesSlopes = (areWhole) =>
        givesSlopesOfCoordinates(interpreter, definition, places, f.node, areWhole);
      if (!givesSlopes(false)) return routine;
      return {
        ...routine,
        takes: TAKES.COLUMNS,
        cutsWholeNumbers: !definition || !givesSlopes(true),
        stopsAt: new Set(),
        isFollowed: true,
        isRight: true,
      };
    }

    /** How a script stops where f gets one of the points of a grid; else null. */
    stopOfF(routine, f, array) {
      const forms = { [TAKES.ROWS]: POINTS, [TAKES.COLUMNS]: COORDINATES };
      const isOfPoints = isArray(array) && array.form === forms[routine.takes];
      if (!isOfPoints || routine.argumentsOfF !== 1 || !this.canBeTried(f)) return null;
      if (!this.stopsOfF.has(f.node)) {
        this.stopsOfF.set(f.node, stopOfF(this.routines.interpreter, f.node));
      }
      return this.stopsOfF.get(f.node);
    }

    /** Whether f is a function of one argument, whose names have one meaning. */
    canBeTried({ is, node }) {
      if (is !== "function" || !this.outermost.has(node)) return false;
      return everyParameterOf(node).length === 1 && this.routines.areNamesCertain;
    }

    /** Note what is differentiated, and where: each a value, and its node. */
    noteDifferentiation(call, routine, f, argument, names, stop = null) {
      const origin = this.originOf(argument.value);
      const fOfArray = this.applied(f.value, argument.value, names);
      this.observations.differentiations.push({
        call,
        routine,
        f: f.value,
        fNode: f.node,
        argument: this.asItIs(argument.value), // by now: f may have changed it
        argumentNode: argument.node,
        isTurnedAtOnce: this.turned.has(call.node),
        origin,
        fOfArray,
        stopOfF: stop, // how the script stops where f gets one point
        isOneByOne: false, // in a comprehension over the rows of the array
      });
    }

    /** The outermost call of a function that passed this very value on. */
    originOf(passed) {
      return this.passing.find(({ value }) => value === passed) ?? null;
    }

    /** What `jax.grad`, `jax.vmap` and `jax.jit` make of a function. */
    derivative(fullName, node, values) {
      const { differentiating, compiling, for_each_row: forEachRow } = vocabulary.walk;
      if (values.length !== 1) return null;
      const [value] = values;
      const isPlain = !node.keywords.length;
      if (differentiating.includes(fullName) && isPlain) {
        const isCalled = this.observations.derivatives.get(node) ?? false;
        this.observations.derivatives.set(node, isCalled);
        return derivativeOf(node, value, TAKES.POINT);
      }
      if (value.is !== "derivative") return null;
      if (compiling.includes(fullName)) return value;
      const isOfRows = forEachRow.includes(fullName) && isPlain;
      return isOfRows ? { ...value, takes: TAKES.ROWS } : null;
    }

    /** Note a call of what `jax.grad` gave. */
    derived(node, { node: maker, f, takes }, values, names) {
      const call = gradientCall(node);
      const isPlain = values.length === 1 && !node.keywords.length && !hasStarred(node);
      if (isPlain) {
        this.observations.derivatives.set(maker, true);
        const differentiated = { node: maker.args[0], value: f };
        const argument = { node: node.args[0], value: values[0] };
        const routine = derivativeRoutine(takes);
        this.noteDifferentiation(call, routine, differentiated, argument, names);
      }
      return slopesOf(call);
    }

    /** What a function of one argument and of one course gives for an array. */
    applied(f, array, names) {
      if (f.is !== "function" || everyParameterOf(f.node).length !== 1) return UNKNOWN;
      const [parameter] = everyParameterOf(f.node);
      const result = this.enter(f, new Names(names), new Map([[parameter, array]]));
      return f.node.type === "Lambda" || hasOneCourse(f.node) ? result : UNKNOWN;
    }

    /** What a method makes of an array, null if it is none of an array. */
    method(node, receiver) {
      const name = node.func.attr;
      if (isOfSlopes(receiver)) {
        if (name === "transpose") return transposed(receiver);
        const isSame = [...flattening, ...sameArray, "reshape"].includes(name);
        if (!isSame && !sizes.includes(name)) lose(receiver);
        return isSame ? receiver : null;
      }
      if (receiver.is === "heights") return methodOfHeights(node, receiver);
      if (!isArray(receiver)) return null;
      if (reductions.includes(name)) {
        return reduced(name, receiver, node, node.args.length > 0);
      }
      if (name === "transpose") return transposed(receiver);
      if (flattening.includes(name)) {
        const hasOrder = node.args.length || node.keywords.length;
        return hasOrder ? moved(flattened(receiver)) : flattened(receiver);
      }
      if (sameArray.includes(name)) return receiver;
      if (name === "astype" && node.args.length) {
        const kind = this.kindNamed(node.args[0]);
        const { mesh, form } = receiver;
        const isCutOff = kind === WHOLE && receiver.kind !== WHOLE;
        if (!mesh || form !== COORDINATE || !isCutOff) {
          return { ...receiver, kind, made: null };
        }
        if (!this.cutOff.has(mesh)) {
          this.cutOff.set(mesh, { ...mesh, ranges: [null, null] });
        }
        return { ...receiver, kind, made: null, mesh: this.cutOff.get(mesh) };
      }
      if (name === "reshape") return reshaped(receiver, node.args);
      return arrayOf(OTHER, receiver.kind);
    }

    /** Follow a call into a function of the script. */
    ownCall(node, called, given, keywords, names) {
      const definition = called.method ?? called.node;
      const parameters = parametersOf(called.node);
      const nodes = new Map();
      const bound = new Map();
      for (const [k, name] of parameters.slice(0, given.length).entries()) {
        if (!hasStarred(node)) nodes.set(name, node.args[k]);
        bound.set(name, given[k]);
      }
      for (const keyword of node.keywords) {
        if (parameters.includes(keyword.arg)) {
          nodes.set(keyword.arg, keyword.value);
          bound.set(keyword.arg, keywords.get(keyword.arg));
        }
      }
      const passing = [];
      if (definition.type === "FunctionDef") {
        for (const [parameter, argumentNode] of nodes) {
          const value = bound.get(parameter);
          passing.push({ node, definition, parameter, argumentNode, value });
        }
      }
      for (const argument of passing) {
        this.observations.passedArguments.push(argument);
        this.passing.push(argument);
      }
      const returned = this.enter(called, new Names(names), bound);
      this.passing.length -= passing.length;
      const heights = heightsOfArguments([...given, ...keywords.values()]);
      if (!heights) return returned;
      const isPlain = definition.type === "Lambda" || hasOneCourse(definition);
      const isOverGrid = heightsOf(returned) || isItems(returned);
      return isPlain && isOverGrid ? returned : heights;
    }

    /** Follow the body of a function; what it returns. */
    enter({ node: definition, method, receiver }, names, bound) {
      const { most_depth: mostDepth, most_calls: mostCalls } = vocabulary.walk;
      if (this.depth >= mostDepth || this.callsFollowed >= mostCalls) {
        this.observations.isWhole = false;
        return UNKNOWN;
      }
      this.callsFollowed += 1;
      this.entered.add(method ?? definition);
      if (receiver) names.set(receiverOf(method), receiver);
      for (const name of everyParameterOf(definition)) {
        names.set(name, bound.get(name) ?? UNKNOWN);
      }
      this.depth += 1;
      const { type, body } = definition;
      const isLambda = type === "Lambda";
      const returned = isLambda
        ? this.value(body, names)
        : this.statements(body, names);
      this.depth -= 1;
      return returned ?? UNKNOWN;
    }

    /** Note how a call of quiver takes apart what a routine gave. */
    draw(node, values) {
      for (const value of values.slice(2, 4)) {
        const isKnown = value.is === "slopes-part" && value.part !== ENTRY;
        if (isKnown) value.call.uses.add(value.part);
        else computedOf(value).call?.uses.add("elsewhere");
      }
      const drawn = values.slice(0, 4);
      // All that its numbers belong to, and the calls of which it draws something.
      const owners = new Set([...ownersOf(...drawn), ...drawn.map(({ call }) => call)]);
      this.observations.quivers.push({ node, values: drawn, owners });
    }

    /** Note a call that draws an array as it stands. */
    notePicture(node, name, values, keywords) {
      if (!vocabulary.walk.pictures.includes(name) || hasStarred(node)) return;
      const takesPlaces = name !== "imshow" && values.length > 2;
      const place = takesPlaces ? 2 : 0;
      if (place >= values.length) return;
      const extent = keywords.get("extent") ?? null;
      const origin = keywordOf(node, "origin");
      const isLower = origin?.kind === "str" && origin.value === "lower";
      this.observations.pictures.push({
        node,
        name,
        arrayNode: node.args[place],
        array: values[place],
        places: takesPlaces ? values.slice(0, 2) : [], // horizontal and vertical
        extent,
        isLower,
        // It has a horizontal and a vertical axis, and is no printed matrix.
        isGraph: name !== "imshow" || isLower || extent !== null,
      });
    }

    /** Note a call of `np.gradient`; the slopes that it gives. */
    axisGradient(node, values, names) {
      const [heights = UNKNOWN, ...spacings] = values;
      const slopes = gradientOfHeights(node, heights);
      const isKnown = this.observations.heights.get(node) ?? true;
      this.observations.heights.set(node, isKnown && slopes !== UNKNOWN);
      if (slopes !== UNKNOWN) {
        const coordinates = textsOfCoordinates(heights.mesh, names.all());
        const isPlain = !hasStarred(node);
        const gradient = { node, heights, spacings, isPlain, coordinates };
        this.observations.axisGradients.push(gradient);
      }
      return slopes;
    }

    /** What a function of NumPy makes of its arguments. */
    numpy(name, node, values, keywords) {
      this.change(...writtenBy(name, values));
      if (isPairWithoutList(name, values)) {
        this.observations.pairsWithoutList.push(node);
        return joined(name, node, itemsOf(values), "");
      }
      if (!node.keywords.every(({ arg }) => NUMPY_KEYWORDS.includes(arg))) {
        lose(...values);
        return heightsOfArguments(values) ?? partOrComputed(name, values);
      }
      const asked = typeAskedFor(name, node);
      const kind = asked ? this.kindNamed(asked) : "";
      const value = this.resultOfNumpy(name, node, values, keywords, kind);
      return asked && !kind && isArray(value) ? { ...value, kind } : value;
    }

    /** The same, with numbers of the kind that is asked for, if one is. */
    resultOfNumpy(name, node, values, keywords, kind) {
      const first = values.length ? values[0] : UNKNOWN;
      if (name === "negative" && values.length === 1) return signed("USub", first);
      if (first.is === "slopes" && sameSlopes.includes(name)) return first;
      if (name !== "transpose" && !sizes.includes(name)) lose(first);
      if (joinsRows.includes(name) || joinsColumns.includes(name)) {
        return joined(name, node, first, kind);
      }
      if (name === "arange") return arange(values, keywords, kind);
      if (name === "linspace") return linspace(node, values, keywords, kind);
      if (name === "meshgrid" && values.length === 2) return meshgrid(node, values);
      if (name === "transpose") return transposed(first);
      if (name === "ravel" && isArray(first)) {
        const hasOrder = values.length > 1 || node.keywords.length;
        return hasOrder ? moved(flattened(first)) : flattened(first);
      }
      if (name === "copy" && isArray(first)) return first;
      if (vocabulary.walk.whole_numbers.includes(name)) {
        return arrayOf(OTHER, kind || WHOLE);
      }
      if (name === "full" && values.length > 1) {
        return arrayOf(OTHER, kind || kindOfNumbers([values[1]]));
      }
      if (vocabulary.walk.making.some((start) => name.startsWith(start))) {
        const inherited = name.endsWith("_like") && isArray(first) ? first.kind : "";
        return arrayOf(OTHER, kind || inherited || FLOAT);
      }
      if (LOW_TYPES.has(`numpy.${name}`)) {
        return numberValue(null, false);
      }
      if (reductions.includes(name) && isArray(first)) {
        return reduced(name, first, node, values.length > 1);
      }
      if (values.length === 1 && isArray(first) && !first.isSquare) {
        return elementwise(name, first);
      }
      return ofHeights(name, node, values);
    }

    /** The kind of numbers that a type stands for. */
    kindNamed(node) {
      if (isFloatType(node, this.imports)) return FLOAT;
      const isText = node.type === "Constant" && node.kind === "str";
      const name = isText ? node.value : meaning(node, this.imports);
      return (
        LOW_TYPES.get(name) ?? (vocabulary.types.whole.includes(name) ? WHOLE : "")
      );
    }

    /** The two coordinates of `np.mgrid[a:b:c, d:e:f]`. */
    mgrid(node, names) {
      const index = node.slice;
      if (index.type !== "Tuple" || index.elts.length !== 2) return UNKNOWN;
      const ranges = [];
      const kinds = [];
      for (const piece of index.elts) {
        if (piece.type !== "Slice") return UNKNOWN;
        const bounds = [piece.lower, piece.upper, piece.step].filter(Boolean);
        const numbers = bounds.map((bound) => this.value(bound, names));
        const known = {
          axis: axisOfMgrid(numbers, piece.step),
          length: lengthOf(numbers),
        };
        ranges.push(arrayOf(RANGE, "", known));
        kinds.push(kindOfNumbers(numbers));
      }
      const kind = kinds.every((each) => each === WHOLE) ? WHOLE : FLOAT;
      return arrayOf(SHEETS, kind, { mesh: meshOf(node, 0, ranges) });
    }
  }

  /** The type of numbers that a call of NumPy names, null if there is none. */
  function typeAskedFor(name, node) {
    const takesType = name === "array" || name === "asarray";
    return keywordOf(node, "dtype") ?? (takesType ? (node.args[1] ?? null) : null);
  }

  /** What is known of a result that two returns give; null is no return. */
  function eitherReturn(one, other) {
    return one === null || other === null ? (one ?? other) : eitherOf(one, other);
  }

  /** What a function or a method of NumPy gives that may give a view. */
  function partOrComputed(name, values) {
    const givesView = vocabulary.walk.views.includes(name);
    return givesView ? unknownPart(...values) : computedOf(...values);
  }

  /** The arguments that a function of NumPy may write into. */
  function writtenBy(name, values) {
    if (vocabulary.walk.changing.includes(lastPart(name))) return values;
    return values.slice(vocabulary.walk.inputs[name] ?? 2);
  }

  /** The functions of a script that stand in no other function. */
  function outermostFunctions(tree) {
    const functions = new Set();
    const waiting = [tree];
    while (waiting.length) {
      const node = waiting.pop();
      const isClosed = node.type === "AsyncFunctionDef" || node.type === "ClassDef";
      if (node.type === "FunctionDef" || node.type === "Lambda") functions.add(node);
      else if (!isClosed) waiting.push(...python.children(node));
    }
    return functions;
  }

  /** The functions of a script, those first that nothing in it names. */
  function functionsToBeginWith(nodes) {
    const named = new Set(
      nodes.map(({ type, id, attr }) => (type === "Name" ? id : attr)),
    );
    const functions = nodes.filter(isDefinition);
    const isNamed = ({ name }) => named.has(name);
    return [
      ...functions.filter((each) => !isNamed(each)),
      ...functions.filter(isNamed),
    ];
  }

  /** Whether this is the test in `if __name__ == "__main__"`. */
  function isMainGuard(test) {
    if (!comparesOwnName(test)) return false;
    const [{ kind, value }] = test.comparators;
    return kind === "str" && value === "__main__";
  }

  /** Whether this is `__name__ == …`, of which only one text ever holds. */
  function comparesOwnName({ type, left }) {
    return type === "Compare" && left.type === "Name" && left.id === "__name__";
  }

  /** The names that a script gives a truth value once, and nothing else. */
  function flagsOf({ nodes, tree }) {
    const others = new Set();
    const stored = new Map();
    for (const { type, ctx, id, arg } of nodes) {
      if (type === "arg") others.add(arg);
      if (type === "Name" && ctx !== "Load") stored.set(id, (stored.get(id) ?? 0) + 1);
    }
    const flags = new Map();
    for (const { type, targets, value } of tree.body) {
      if (type !== "Assign" || targets.length > 1) continue;
      const [{ type: targetType, id }] = targets;
      const isFlag = value.kind === "True" || value.kind === "False";
      if (targetType !== "Name" || !isFlag || others.has(id)) continue;
      if (stored.get(id) === 1) flags.set(id, value.kind === "True");
    }
    return flags;
  }

  /** Whether a condition that is written out holds, null for another one. */
  function truthOf(test, flags) {
    if (test.type === "UnaryOp" && test.op === "Not") {
      const truth = truthOf(test.operand, flags);
      return truth === null ? null : !truth;
    }
    // With a text that is never right, such as "main":
    if (comparesOwnName(test)) return false;
    if (test.type === "Name") return flags.get(test.id) ?? null;
    if (test.kind === "True" || test.kind === "False") return test.kind === "True";
    const value = number(test);
    return value === null ? null : value !== 0;
  }

  /** The value of a keyword that a call is given; the first one, if it is given twice. */
  function keywordOf(node, name) {
    return node.keywords.find(({ arg }) => arg === name)?.value ?? null;
  }

  /** One coordinate of a grid, on its two axes. */
  function sheetOf(array, coordinate) {
    return { ...array, form: COORDINATE, coordinate, isSquare: true };
  }

  /** Note that what a routine gave goes where it is not followed. */
  function lose(...values) {
    for (const value of values) {
      if (value.is === "slopes") value.call.uses.add("elsewhere");
    }
  }

  function unpacked(value, count) {
    if (isItems(value) && value.values.length === count) return value.values;
    if (value.is === "slopes") {
      const part = value.isTurned ? "columns" : "rows";
      return Array.from({ length: count }, (_, k) =>
        slopesPart(value.call, part, k, value.sign),
      );
    }
    if (isArray(value) && value.form === SHEETS && count === 2) {
      return [0, 1].map((coordinate) => sheetOf(value, coordinate));
    }
    if (isArray(value) && value.form === COORDINATES && count === 2) {
      return [0, 1].map((coordinate) => ({ ...value, form: COORDINATE, coordinate }));
    }
    return Array(count).fill(unknownPart(value));
  }

  function constant(node) {
    if (node.kind === "complex") return numberValue(null, false);
    if (!isNumeric(node)) return UNKNOWN;
    return numberValue(number(node), node.kind === "int");
  }

  function signed(op, operand) {
    if (isArray(operand)) return op === "UAdd" ? operand : moved(operand);
    if (isOfSlopes(operand) && op === "USub") {
      if (isOfRoutine(operand) && operand.sign < 0) operand.call.hasTwoMinuses = true;
      return { ...operand, sign: -operand.sign };
    }
    if (!isNumber(operand) || op !== "USub") return operand;
    const { value, isWhole, mesh } = operand;
    return numberValue(value === null ? null : -value, isWhole, { mesh });
  }

  /** What an operator makes of two values. */
  function combined(op, left, right) {
    if (isNumber(left) && isNumber(right)) return computed(op, left, right);
    const values = [left, right];
    if (op === "Add" || op === "Sub") {
      const [first, second] = isArray(left) ? [left, right] : [right, left];
      const areSlopes = second.is === "slopes" || second.part === ENTRY;
      if (isArray(first) && areSlopes) return afterStep(first);
    }
    const slopes = values.find(isOfSlopes);
    if (slopes) return multipleOf(slopes, op, slopes === left ? right : left);
    if (values.some(({ is }) => is === "heights")) return combinedHeights(values);
    const arrays = values.filter(isArray);
    if (!arrays.length) return computedOf(...values);
    const edges = amongEdges(op, left, right);
    if (edges) return edges;
    const kind = kindOfNumbers(values);
    const kindOfResult = op === "Div" && kind === WHOLE ? FLOAT : kind;
    if (arrays.length === 1) {
      const [array] = arrays;
      const isFloatNow = kindOfResult === FLOAT && array.kind === WHOLE;
      const made = isFloatNow ? null : array.made;
      const other = { kind: kindOfResult, axis: null, length: null, made };
      return { ...array, ...other, isMoved: true };
    }
    return heightsFrom(arrays) ?? arrayOf(OTHER, kindOfResult);
  }

  /** What is known of slopes with something done to them: -1 times them. */
  function multipleOf(slopes, op, other) {
    const isMultiple = op === "Mult" || op === "Div";
    const factor = isNumber(other) ? other.value : null;
    const isOne = factor === 1 || factor === -1;
    const sign = factor < 0 ? -slopes.sign : slopes.sign;
    if (slopes.is === "axis-slope") {
      const isScaled = slopes.isScaled || !isOne;
      const isKnown = isMultiple && factor !== null;
      return isKnown ? { ...slopes, sign, isScaled } : UNKNOWN;
    }
    return isMultiple && isOne ? { ...slopes, sign } : computedOf(slopes);
  }

  /** What is left of an array once slopes have been added to it. */
  function afterStep(array) {
    const kind = array.kind === WHOLE ? FLOAT : array.kind;
    return { ...array, kind, axis: null, made: null, isMoved: true };
  }

  /** Whether the same is known of two values, in one turn of a loop and in the next. */
  function areAlike(one, other) {
    if (one === null || other === null) return false;
    if (isOfRoutine(one) && isOfRoutine(other)) {
      const isOfOneLine = one.call.node === other.call.node;
      return isOfOneLine && areEqual({ ...one, call: other.call }, other);
    }
    return areEqual(withoutNumbers(one), withoutNumbers(other));
  }

  /** Whether a function runs from its first line to a return in its last. */
  function hasOneCourse({ body }) {
    const isPlain = ({ type }) => type === "Assign" || type === "Expr";
    return body.at(-1).type === "Return" && body.slice(0, -1).every(isPlain);
  }

  /** What `int` or `float` makes of a value. */
  function converted(value, isWhole) {
    if (!isNumber(value)) return numberValue(null, isWhole);
    const coordinate = isWhole === value.isWhole ? value.coordinate : null;
    return numberValue(null, isWhole, { mesh: value.mesh, coordinate });
  }

  /** What `np.array` makes of values that are like this one. */
  function stackedEach(item, kind) {
    const point = isItems(item) ? stacked(item, kind) : item;
    if (isArray(point) && point.form === ONE_POINT) {
      return { ...point, form: POINTS, kind: kind || point.kind, made: null };
    }
    return arrayOf(OTHER, kind || kindOfNumbers([item]));
  }

  /** The grids of which an item of a list holds each point, in their order. */
  function meshesOf(item) {
    if (isItems(item)) return [stacked(item, ""), ...item.values].flatMap(meshesOf);
    return isArray(item) && item.form === ONE_POINT && item.mesh ? [item.mesh] : [];
  }

  /** The number that an operator makes of two, as far as that is plain. */
  function computed(op, left, right) {
    const isWhole = left.isWhole && right.isWhole && op !== "Div";
    const boundOf = left.boundOf ?? right.boundOf;
    if (left.value === null || right.value === null) {
      const mesh = left.mesh ?? right.mesh;
      return numberValue(null, isWhole, { boundOf, mesh });
    }
    const results = {
      Add: left.value + right.value,
      Sub: left.value - right.value,
      Mult: left.value * right.value,
      Div: left.value / right.value,
    };
    const value = results[op];
    return numberValue(Number.isFinite(value) ? value : null, isWhole, { boundOf });
  }

  /** Which part of a routine's result an index takes. */
  function partOfSlopes(slopes, index) {
    const { call, isTurned, sign } = slopes;
    const alongFirst = isTurned ? "columns" : "rows";
    const alongSecond = isTurned ? "rows" : "columns";
    const part = (along, place) => slopesPart(call, along, Math.abs(place) % 2, sign);
    if (number(index) !== null) return part(alongFirst, number(index));
    if (index.type === "Tuple" && index.elts.length === 2) {
      const [first, second] = index.elts;
      if (first.type === "Slice" && number(second) !== null) {
        return part(alongSecond, number(second));
      }
      if (second.type === "Slice" && number(first) !== null) {
        return part(alongFirst, number(first));
      }
    }
    return unknownPart(slopes);
  }

  function flattened(array) {
    if (array.form === COORDINATE) return { ...array, isSquare: false };
    if (array.form === COLUMN) return { ...array, form: ONE_POINT };
    const isFlat = array.form === RANGE || array.form === ONE_POINT;
    return isFlat ? array : arrayOf(OTHER, array.kind, { made: array.made });
  }

  function reshaped(array, givenShape) {
    const isTuple = givenShape.length === 1 && givenShape[0].type === "Tuple";
    const lengths = (isTuple ? givenShape[0].elts : givenShape).map(number);
    if (lengths.length === 1 && lengths[0] === -1) return flattened(array);
    const isUpright = array.form === ONE_POINT || array.form === COLUMN;
    if (isUpright && lengths.length === 2 && lengths[1] === 1) {
      return arrayOf(COLUMN, array.kind, { made: array.made });
    }
    const isPair = lengths.length === 2 && lengths[0] === 2 && lengths[1] === -1;
    const hasCoordinates = array.form === COORDINATES || array.form === SHEETS;
    if (hasCoordinates && isPair) return { ...array, form: COORDINATES };
    const areRows = lengths.length === 2 && lengths[0] === -1 && lengths[1] === 2;
    if (array.form === POINT_SHEETS && areRows) return { ...array, form: POINTS };
    const arePairs = lengths.length === 2 && lengths[0] !== 2 && lengths[1] === 2;
    if (array.form === COORDINATES && arePairs) {
      return { ...array, form: RESHAPED, made: null };
    }
    return arrayOf(OTHER, array.kind, { mesh: array.mesh, made: array.made });
  }

  /** What a sum or a mean makes of an array: one number, if of all of it. */
  function reduced(name, array, node, hasAxis) {
    const { kind } = array;
    if (hasAxis || node.keywords.length || kind === "") return arrayOf(OTHER, "");
    const givesFloat = name === "mean" || name === "linalg.norm";
    const isBound = name === "min" || name === "max";
    const boundOf = isBound ? array : null;
    return numberValue(null, kind === WHOLE && !givesFloat, { boundOf });
  }

  /** What `np.array` makes of coordinates that are not flattened. */
  function sheets({ values }, askedFor) {
    const kind = askedFor || kindOfNumbers(values);
    const { mesh } = values.find(isArray);
    const areBoth =
      values.length === 2 &&
      values.every(
        (value, k) =>
          isArray(value) &&
          value.isSquare &&
          value.mesh === mesh &&
          value.coordinate === k,
      );
    const isMoved = values.some((value) => value.isMoved);
    return areBoth ? arrayOf(SHEETS, kind, { mesh, isMoved }) : arrayOf(OTHER, kind);
  }

  /** What is joined of coordinates that are not flattened. */
  function joinedSheets(name, items, kind, axis) {
    const whole = sheets(items, kind);
    const isAlongLast =
      name === "dstack" || (name === "stack" && [-1, 2].includes(axis));
    if (isAlongLast && whole.form === SHEETS) return { ...whole, form: POINT_SHEETS };
    const isAlongFirst =
      name === "array" ||
      name === "asarray" ||
      (name === "stack" && [null, 0].includes(axis));
    return isAlongFirst ? whole : arrayOf(OTHER, whole.kind);
  }

  /** What a function of each number makes of an array. */
  function elementwise(name, value) {
    const givesFloats = vocabulary.walk.gives_floats.includes(name);
    const isPlain = value.kind === WHOLE || value.kind === FLOAT;
    return arrayOf(OTHER, givesFloats && isPlain ? FLOAT : "");
  }

  /** What a function of NumPy makes of heights over a grid. */
  function ofHeights(name, node, values) {
    const words = vocabulary.walk;
    const heights = heightsOfArguments(values);
    if (!heights || words.reordering.includes(name))
      return partOrComputed(name, values);
    if (reductions.includes(name) && heightsOf(values[0])) {
      const isOfAll = values.length === 1 && !node.keywords.length;
      return isOfAll ? numberValue(null, false) : UNKNOWN;
    }
    const eachNumber = [...words.gives_floats, ...words.each_number];
    const isPlain = eachNumber.includes(name) && values.some(heightsOf);
    return isPlain ? combinedHeights(values) : heights;
  }

  /** What a method makes of heights over a grid. */
  function methodOfHeights({ func, args, keywords }, heights) {
    const name = func.attr;
    if (name === "transpose") return transposed(heights);
    if (sameArray.includes(name) || name === "astype") return heights;
    const isPlain = !args.length && !keywords.length;
    const isNumberOfAll = reductions.includes(name) && isPlain;
    return isNumberOfAll ? numberValue(null, false) : UNKNOWN;
  }

  /** What is joined of a list: rows, or columns. */
  /** Whether this is `np.array(X, Y)`, where a list of both is to stand. */
  function isPairWithoutList(name, values) {
    const isJoining = joinsRows.includes(name) || joinsColumns.includes(name);
    return isJoining && values.length === 2 && values.every(isArray);
  }

  function joined(name, node, first, kind) {
    if (isArray(first)) return kind ? { ...first, kind, made: null } : first;
    if (first === RANGE_OF_NUMBERS) return arrayOf(RANGE, kind || WHOLE);
    if (first.is === "each") return stackedEach(first.item, kind);
    if (!isItems(first)) return unknownPart(first);
    const axis = number(keywordOf(node, "axis"));
    const areColumns = joinsColumns.includes(name) || axis === 1 || axis === -1;
    const hasSquare = first.values.some((value) => isArray(value) && value.isSquare);
    if (hasSquare) return joinedSheets(name, first, kind, axis);
    return stacked(first, kind, !areColumns);
  }

  function meshgrid(node, values) {
    const given = node.keywords.findLast(({ arg }) => arg === "indexing")?.value;
    const isText = given?.type === "Constant" && given.kind === "str";
    // PyTorch has the other default.
    const usual = dotted(node.func).startsWith("torch.") ? "ij" : "xy";
    const named = isText ? given.value : "";
    const indexing = given ? named : usual;
    if (indexing !== "xy" && indexing !== "ij") return UNKNOWN;
    const kinds = values.map((value) => (isArray(value) ? value.kind : ""));
    return coordinatesOf(meshOf(node, indexing === "ij" ? 0 : 1, values), kinds);
  }

  Object.assign(scripts, { Walker });
}
