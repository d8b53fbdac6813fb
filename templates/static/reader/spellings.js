/* Spellings: a function of a script, written as one expression in x. Intermediate
   values are substituted where they are used. What the result demands of x, beyond what
   a spelling says, is kept beside it: `x0, x1 = x` fails for more than two numbers.

   A value is a term, a group of values in a tuple or a list, or a condition. A term has
   a text, and a tightness of binding. Its rank is 0 for a number, 1 for a vector and 2
   for a matrix. A vector may be, in the script, each of its numbers, one at a time, in
   a loop over x. An array that is written out has its entries, too; it has two, and so
   must whatever it meets. */
"use strict";

{
  const { functions, parse, printing, python, scripts } = globalThis.gradviz;
  const { ATOM, SAME_AS } = printing;
  const { number, isNumeric, plainText } = scripts;
  const { meaning, starModules, lastPart, parametersOf, isFloatType } = scripts;

  const OPERATORS = { Add: "+", Sub: "-", Mult: "*", Div: "/", Pow: "**" };

  const COMPARISONS = { Lt: "<", LtE: "<=", Gt: ">", GtE: ">=", Eq: "==", NotEq: "!=" };

  // Conditions that are made of others, entry by entry or of one number.
  const CONNECTIONS = { And: "all", Or: "any", BitAnd: "all", BitOr: "any" };

  const REDUCTIONS = ["sum", "prod", "mean", "max", "min"];

  // All numbers of one point stand along these axes.
  const AXES_OF_ONE_POINT = ["0", "-1", "None"];

  const BUILTINS = ["abs", "sum", "max", "min", "pow", "float", "len"];

  // Of these, `math` raises where NumPy gives nan or inf.
  const RAISES_IN_MATH = [
    ...["log", "log2", "log10", "log1p", "sqrt", "arcsin", "arccos"],
    ...["exp", "expm1", "sinh", "cosh"],
  ];

  const TWO_NUMBERS = "two numbers"; // more or fewer of them raise an error
  const MATH_DOMAIN = "math domain"; // a value that is no number raises an error
  const MEETS = "an array of two meets x in "; // before the text, which then raises an error

  const MOST_TURNS = 100; // a loop to a larger number is no loop over a few
  const DEEPEST = 12; // nested functions
  const MOST_LEVELS = 100; // nested expressions, those of functions included
  const MOST_STEPS = 100000; // expressions and statements that are read in one script
  const LONGEST_TERM = 1000; // characters; a spelling has far fewer

  /** A function that cannot be written as a spelling: the code of the reason, the node
      that cannot be read, and the named parts of the message about it. It is thrown for
      many a function, and is no Error, which takes longer. */
  class Unspellable {
    constructor(code, node, values = {}) {
      this.code = code;
      this.node = node;
      this.values = values;
    }
  }

  const NUMBER = { rank: 0, isVector: false, isEach: false };
  const VECTOR = { rank: 1, isVector: true, isEach: false };
  const OF_TWO = { ...VECTOR, isOfTwo: true };
  const MATRIX = { ...OF_TWO, rank: 2 };

  function termOf(text, binds = ATOM, shape = NUMBER) {
    return { text, binds, ...shape };
  }

  const X = termOf("x", ATOM, VECTOR);
  const EACH = termOf("x", ATOM, { ...VECTOR, isEach: true });
  const INDEX = termOf("index"); // in a loop over the indices of x
  const LENGTH = termOf("len(x)");
  const FIRST_TWO = vectorOf(["x[0]", "x[1]"].map((text) => termOf(text)));

  /** Writes the functions of a script as spellings. `definitions` are its functions by name,
      to be put in where they are called, and `constants` its numbers by name: what is
      assigned once, at the top. */
  class Speller {
    constructor(source, imports, definitions, constants) {
      this.source = source;
      this.imports = imports;
      this.definitions = definitions;
      this.constants = constants;
      this.demands = new Set();
      this.takesOnePoint = false;
      this.level = 0;
      this.steps = 0;
      this.readings = new Map();
    }

    /** Read a function of one argument: its name, its line, its spelling, or null and the
        `refusal`, why and in which line; what it demands of x, and whether a test of
        `x.ndim` was decided for one point. */
    read(name, definition) {
      if (!this.readings.has(definition)) {
        const reading = this.reading(definition, () =>
          this.call(definition, [X], definition, 0),
        );
        this.readings.set(definition, reading);
      }
      return { ...this.readings.get(definition), name };
    }

    /** Read an expression in x that stands alone. */
    readExpression(node) {
      return this.reading(node, () => this.term(node, new Map([["x", X]]), 0));
    }

    /** Read the body of a function of x that was pasted without its first line. */
    readBody(statements) {
      return this.reading(statements[0], () => {
        const value = this.statements(statements, new Map([["x", X]]), 0);
        if (!value) throw new Unspellable("no-return", statements.at(-1));
        return value;
      });
    }

    /** Read a function of two numbers, as a formula in x[0] and x[1]. */
    readPair(name, definition) {
      const reading = this.reading(definition, () =>
        this.call(definition, [termOf("x[0]"), termOf("x[1]")], definition, 0),
      );
      return { ...reading, name, isPair: true };
    }

    /** What comes of reading a function or an expression. */
    reading(node, readValue) {
      this.demands = new Set();
      this.takesOnePoint = false;
      const reading = { name: null, line: node.line, spelling: null, refusal: null };
      try {
        reading.spelling = checked(readValue(), node);
      } catch (error) {
        if (!(error instanceof Unspellable)) throw error;
        const { code, values } = error;
        reading.refusal = { code, line: error.node.line, values };
      }
      const [meetings, others] = partedBy(this.demands, isMeeting);
      if (meetings.length > 0) others.push(TWO_NUMBERS);
      reading.demands = [...new Set(others)].sort();
      reading.takesOnePoint = this.takesOnePoint;
      return reading;
    }

    /** Count a step, and refuse what is too deep, or too long for one script. */
    count(node) {
      this.steps += 1;
      if (this.level > MOST_LEVELS) {
        throw new Unspellable("too-deep", node);
      }
      if (this.steps > MOST_STEPS) throw new Unspellable("too-long", node);
    }

    /** What a method reads, one level deeper. */
    deeper(read) {
      this.level += 1;
      try {
        return read();
      } finally {
        this.level -= 1;
      }
    }

    /* Functions and their statements */

    /** Put arguments into a function of the script. */
    call(definition, given, node, depth) {
      if (depth > DEEPEST) {
        throw new Unspellable("calls-too-deep", node);
      }
      const values = this.bound(definition, given, node);
      if (definition.type === "Lambda") {
        return this.value(definition.body, values, depth);
      }
      const value = this.statements(definition.body, values, depth);
      if (!value) throw new Unspellable("no-return", definition);
      return value;
    }

    /** What the parameters of a function stand for in a call. */
    bound(definition, given, node) {
      const { vararg, kwonlyargs, kwarg, defaults } = definition.args;
      if (vararg || kwonlyargs.length || kwarg) {
        throw new Unspellable("open-parameters", node);
      }
      const names = parametersOf(definition);
      const missing = names.length - given.length;
      if (missing < 0 || missing > defaults.length) {
        throw new Unspellable("argument-count", node);
      }
      const values = new Map(given.map((value, k) => [names[k], value]));
      for (const [k, name] of names.entries()) {
        if (k >= given.length) {
          const place = defaults.length - names.length + k;
          values.set(name, this.term(defaults[place], new Map(), 0));
        }
      }
      return values;
    }

    /** Follow statements up to a return; its value, or null without one. */
    statements(statements, values, depth) {
      return this.deeper(() => this.returned(statements, values, depth));
    }

    returned(statements, values, depth) {
      for (const [i, statement] of statements.entries()) {
        this.count(statement);
        if (statement.type === "Return") {
          return this.returnedBy(statement, values, depth);
        }
        const choosesByShape =
          statement.type === "If" && this.isAboutShape(statement.test, values);
        if (choosesByShape) {
          const { test, body, orelse } = statement;
          const branch = this.isForOnePoint(test, values) ? body : orelse;
          const value = this.statements(branch, values, depth);
          if (value) return value;
        } else if (statement.type === "If" && !isGuard(statement)) {
          return this.chosenPath(statement, statements.slice(i + 1), values, depth);
        } else {
          this.statement(statement, values, depth);
        }
      }
      return null;
    }

    returnedBy(statement, values, depth) {
      if (!statement.value) throw new Unspellable("no-return", statement);
      const value = this.value(statement.value, values, depth);
      if (isCondition(value)) throw new Unspellable("expression", statement.value);
      return value;
    }

    /** What the statements after an `if` return, with its body or with its `else`. */
    chosenPath({ test, body, orelse }, rest, values, depth) {
      const path = (branch) => {
        const value = this.statements([...branch, ...rest], new Map(values), depth);
        if (!value) throw new Unspellable("no-return", test);
        return asTerm(value, test);
      };
      const condition = this.condition(test, values, depth);
      return this.either(
        condition,
        () => path(body),
        () => path(orelse),
        test,
      );
    }

    /** A condition, which must not stop a function for want of a value. */
    condition(node, values, depth) {
      const { value, demands } = this.withDemands(() =>
        this.value(node, values, depth),
      );
      if (!isCondition(value) || demands.has(MATH_DOMAIN)) {
        throw new Unspellable("condition", node);
      }
      return value;
    }

    /** One of two terms. If either demands a shape of x, both have to. */
    either(condition, readChosen, readOtherwise, node) {
      const before = this.demands;
      const chosen = this.branch(readChosen);
      const otherwise = this.branch(readOtherwise);
      this.demands = new Set([...before, ...chosen.demands, ...otherwise.demands]);
      if (chosen.demands.has(TWO_NUMBERS) !== otherwise.demands.has(TWO_NUMBERS)) {
        throw new Unspellable("condition", node);
      }
      return choiceOf(condition, chosen.value, otherwise.value, node);
    }

    /** What is read of a branch. Where an array of two meets x, its spelling raises an
        error by itself, if it contains that outside its own branches. */
    branch(read) {
      this.demands = new Set();
      const value = read();
      const [meetings, others] = partedBy(this.demands, isMeeting);
      const hasBranches = value.text.includes(" if ");
      const isSaid = (meeting) => value.text.includes(meeting.slice(MEETS.length));
      const areSaid = !hasBranches && meetings.every(isSaid);
      if (meetings.length > 0 && !areSaid) others.push(TWO_NUMBERS);
      return { value, demands: new Set(others) };
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

    statement(statement, values, depth) {
      switch (statement.type) {
        case "Assign": {
          const value = this.value(statement.value, values, depth);
          for (const target of statement.targets) this.assign(target, value, values);
          return;
        }
        case "AugAssign":
          this.assignAugmented(statement, values, depth);
          return;
        case "For":
          this.loop(statement, values, depth);
          return;
        case "Assert":
          this.assertion(statement, statement.test, values);
          return;
        case "If":
          // One that only raises asserts that its test is false.
          this.assertion(statement, { ...statement.test, ops: ["Eq"] }, values);
          return;
      }
      if (statement.type === "AnnAssign" && statement.value) {
        const value = this.value(statement.value, values, depth);
        this.assign(statement.target, value, values);
      } else if (!doesNothing(statement)) {
        throw new Unspellable("statement", statement);
      }
    }

    assign(target, value, values) {
      if (target.type === "Name") {
        values.set(target.id, value);
        return;
      }
      if (target.type !== "Tuple" && target.type !== "List") {
        throw new Unspellable("array-write", target);
      }
      const names = target.elts;
      const group = isGroup(value) ? value : this.unpacked(value, names.length, target);
      if (group.items.length !== names.length) {
        throw new Unspellable("name-count", target);
      }
      for (const [k, name] of names.entries()) {
        this.assign(name, group.items[k], values);
      }
    }

    /** The entries of an array, or of x, which has to have as many as there are names. */
    unpacked(term, count, node) {
      if (term.entries) return { items: term.entries };
      if (term !== X || count !== 2) {
        throw new Unspellable("unpacking", node);
      }
      this.demands.add(TWO_NUMBERS);
      return { items: [termOf("x[0]"), termOf("x[1]")] };
    }

    assignAugmented(statement, values, depth) {
      const { target, op } = statement;
      if (target.type !== "Name") {
        throw new Unspellable("array-write", target);
      }
      const before = this.term(target, values, depth);
      const isShared = [...values].some(
        ([name, value]) => before.rank > 0 && value === before && name !== target.id,
      );
      if (before === X || before.entries || isShared) {
        throw new Unspellable("in-place-change", statement);
      }
      const operand = this.term(statement.value, values, depth);
      values.set(target.id, joined(op, before, operand, statement));
    }

    /** Read a loop that adds up one term for each number of x, or for a few. */
    loop(statement, values, depth) {
      if (statement.orelse.length) {
        throw new Unspellable("loop-else", statement);
      }
      const turns = fewTurns(statement.iter);
      if (turns) {
        for (const turn of turns) {
          this.assign(statement.target, termOf(`${turn}`), values);
          this.deeper(() => this.statementsOfLoop(statement, values, depth));
        }
        return;
      }
      const elements = this.elements(statement.target, statement.iter, values, depth);
      const last = statement.body.at(-1);
      const isSum = last.type === "AugAssign" && last.op === "Add";
      if (statement.body.length !== 1 || !isSum) {
        throw new Unspellable("loop-body", last);
      }
      if (last.target.type !== "Name") {
        throw new Unspellable("array-write", last);
      }
      const name = last.target.id;
      if (elements.has(name) || usesName(last.value, name)) {
        throw new Unspellable("self-sum", last);
      }
      const before = this.term(last.target, values, depth);
      const summand = this.term(last.value, new Map([...values, ...elements]), depth);
      const total = sumOver(summand, last);
      const isZero = ["0", "0.0", "0."].includes(before.text);
      values.set(name, isZero ? total : joined("Add", before, total, last));
    }

    statementsOfLoop(statement, values, depth) {
      for (const inner of statement.body) {
        this.count(inner);
        this.statement(inner, values, depth);
      }
    }

    /** What the names of a loop over x stand for: x, for all its entries. An index stands
        for itself, and x[index] for x. */
    elements(target, iterable, values, depth) {
      if (target.type === "Name" && this.isX(iterable, values, depth)) {
        return new Map([[target.id, EACH]]);
      }
      if (target.type === "Name" && this.isRangeOfX(iterable, values)) {
        return new Map([[target.id, INDEX]]);
      }
      throw new Unspellable("loop-range", iterable);
    }

    valueIfAny(node, values, depth) {
      const before = this.demands;
      try {
        return this.value(node, values, depth);
      } catch (error) {
        if (!(error instanceof Unspellable)) throw error;
        this.demands = before;
        return null;
      }
    }

    isX(node, values, depth) {
      return this.valueIfAny(node, values, depth) === X;
    }

    isLength(node, values) {
      return this.valueIfAny(node, values, 0) === LENGTH;
    }

    isRangeOfX(node, values) {
      if (node.type !== "Call" || meaning(node.func, new Map()) !== "range")
        return false;
      return node.args.length === 1 && this.isLength(node.args[0], values);
    }

    isAboutShape(test, values) {
      return this.holdsForOnePoint(test, values) !== null;
    }

    /** Whether a test of how x is shaped holds for one point. */
    isForOnePoint(test, values) {
      this.takesOnePoint = true;
      return this.holdsForOnePoint(test, values);
    }

    /** The same; null for another test. */
    holdsForOnePoint(test, values) {
      if (test.type !== "Compare" || test.ops.length !== 1) return null;
      if (!this.isNdim(test.left, values)) return null;
      const dimensions = number(test.comparators[0]);
      if (dimensions === null) return null;
      const outcomes = {
        Eq: dimensions === 1,
        NotEq: dimensions !== 1,
        Lt: dimensions > 1,
        LtE: dimensions >= 1,
        Gt: dimensions < 1,
        GtE: dimensions <= 1,
      };
      return outcomes[test.ops[0]] ?? null;
    }

    /** Whether this is `x.ndim`, `np.ndim(x)` or `len(x.shape)`. */
    isNdim(node, values) {
      if (isAttribute(node, "ndim")) return this.isX(node.value, values, 0);
      if (node.type !== "Call" || node.args.length !== 1) return false;
      const name = meaning(node.func, this.imports);
      const [argument] = node.args;
      if (name === "numpy.ndim") return this.isX(argument, values, 0);
      if (name !== "len" || !isAttribute(argument, "shape")) return false;
      return this.isX(argument.value, values, 0);
    }

    /** Read an assertion about the shape of x: it is a demand, or says nothing. */
    assertion(statement, test, values) {
      if (this.holdsForOnePoint(test, values)) return;
      const isEqual =
        test.type === "Compare" && test.ops.length === 1 && test.ops[0] === "Eq";
      if (isEqual) {
        const { left } = test;
        const wanted = plainText(test.comparators[0]);
        const demandsPair =
          (isAttribute(left, "shape") &&
            wanted === "(2,)" &&
            this.isX(left.value, values, 0)) ||
          (wanted === "2" && this.isLength(left, values));
        if (demandsPair) this.demands.add(TWO_NUMBERS);
        if (demandsPair || isAttribute(left, "dtype")) return;
      }
      throw new Unspellable("assertion", statement);
    }

    /* Expressions */

    /** Read an expression that gives a number, x, or something computed from all of
        x. */
    term(node, values, depth) {
      return asTerm(this.value(node, values, depth), node);
    }

    /** Read any expression that is read at all. */
    value(node, values, depth) {
      this.count(node);
      const value = this.deeper(() => this.valueOf(node, values, depth));
      if (value.meetsOther) {
        this.demands.add(value.text ? MEETS + value.text : TWO_NUMBERS);
      }
      return shortEnough(value, node);
    }

    valueOf(node, values, depth) {
      switch (node.type) {
        case "Constant":
          return this.number(node);
        case "Name":
          return this.name(node, values, depth);
        case "IfExp":
          return this.conditional(node, values, depth);
        case "Compare":
          return this.comparison(node, values, depth);
        case "BoolOp": {
          const parts = node.values.map((each) => this.value(each, values, depth));
          if (!parts.every(isOfNumbers)) throw new Unspellable("condition", node);
          return connected(node.op, parts);
        }
        case "UnaryOp":
          return this.signed(node, values, depth);
        case "BinOp":
          return this.operation(node, values, depth);
        case "Subscript":
          return this.subscript(node, values, depth);
        case "Attribute":
          return this.attribute(node, values, depth);
        case "Call":
          return this.functionCall(node, values, depth);
        case "Tuple":
        case "List":
          return { items: node.elts.map((item) => this.value(item, values, depth)) };
        default:
          throw new Unspellable("expression", node);
      }
    }

    /** Read `a if c else b`. */
    conditional({ test, body, orelse }, values, depth) {
      if (this.isAboutShape(test, values)) {
        const branch = this.isForOnePoint(test, values) ? body : orelse;
        return this.value(branch, values, depth);
      }
      const condition = this.condition(test, values, depth);
      return this.either(
        condition,
        () => this.term(body, values, depth),
        () => this.term(orelse, values, depth),
        test,
      );
    }

    /** Read a comparison, or a chain of them. */
    comparison(node, values, depth) {
      const operands = [node.left, ...node.comparators];
      const terms = operands.map((each) => this.term(each, values, depth));
      refuseIndex(terms, node);
      const parts = node.ops.map((op, k) => {
        const sign = COMPARISONS[op];
        if (!sign) throw new Unspellable("condition", node);
        const sides = [terms[k], terms[k + 1]];
        const { text } = printing.comparison(sides[0], sign, sides[1]);
        return { ...shapeOf(sides, node), isCondition: true, text, sides };
      });
      if (parts.length === 1) return parts[0];
      if (!parts.every(isOfNumbers)) throw new Unspellable("condition", node);
      return connected("And", parts);
    }

    number(node) {
      if (!isNumeric(node)) throw new Unspellable("no-number", node);
      const text = this.source.text(node).replaceAll("_", "");
      if (/^0[xob]/i.test(text)) {
        throw new Unspellable("number-form", node);
      }
      return termOf(text);
    }

    name(node, values, depth) {
      if (values.has(node.id)) return values.get(node.id);
      const constant = this.constants.get(node.id);
      if (constant && depth <= DEEPEST)
        return this.term(constant, new Map(), depth + 1);
      const term = namedNumber(this.meaning(node));
      if (term) return term;
      throw new Unspellable("no-value", node, {
        name: node.id,
      });
    }

    /** What a name stands for, even if everything in its module is imported. */
    meaning(node) {
      const full = meaning(node, this.imports);
      const isBuiltin = BUILTINS.includes(full) && !this.starHas(full);
      if (full.includes(".") || isBuiltin) return full;
      const modules = starModules(this.imports);
      const module = modules.find((each) => each === "numpy" || each === "math");
      if (module) return `${module}.${full}`;
      return this.imports.size ? full : `numpy.${full}`;
    }

    /** Whether NumPy's own function of this name has replaced Python's. */
    starHas(name) {
      return REDUCTIONS.includes(name) && starModules(this.imports).includes("numpy");
    }

    signed(node, values, depth) {
      const value = this.value(node.operand, values, depth);
      // ~ of a truth value of Python, such as that of len(x) > 1, is not a truth value.
      const isNot = node.op === "Not" && isOfNumbers(value);
      const isInverted = node.op === "Invert" && value.rank > 0;
      if (isCondition(value) && (isNot || isInverted)) {
        const { rank, isOfTwo } = value;
        return { rank, isOfTwo, isCondition: true, not: value };
      }
      const operand = asTerm(value, node.operand);
      if (node.op === "UAdd") return operand;
      if (node.op !== "USub") {
        throw new Unspellable("operator", node);
      }
      refuseIndex([operand], node);
      const { text, binds } = printing.negative(operand);
      return termOf(text, binds, shapeOf([operand], node));
    }

    operation(node, values, depth) {
      const sides = [node.left, node.right];
      const [left, right] = sides.map((side) => this.value(side, values, depth));
      if (isCondition(left) && isCondition(right) && CONNECTIONS[node.op]) {
        return connected(node.op, [left, right]);
      }
      // Next to an array, a list is one, too.
      const hasArray = left.rank > 0 || right.rank > 0;
      const [a, b] = [left, right].map((value) => (hasArray ? asArray(value) : value));
      return joined(node.op, asTerm(a, node.left), asTerm(b, node.right), node);
    }

    subscript(node, values, depth) {
      if (isAttribute(node.value, "shape") && number(node.slice) === 0) {
        if (this.isX(node.value.value, values, depth)) return LENGTH;
      }
      const value = this.value(node.value, values, depth);
      return this.item(value, node.slice, node, values, depth);
    }

    /** Read `[0]`, `[0, 1]` or `[:2]` after a value. */
    item(value, slice, node, values, depth) {
      if (slice.type === "Slice") return sliced(value, slice, node);
      if (slice.type === "Tuple") {
        const [first, ...more] = slice.elts;
        if (isEllipsis(first) && value.rank === 1 && more.length === 1) {
          return this.item(value, more[0], node, values, depth);
        }
        if (value.rank !== 2 || more.length !== 1) throw new Unspellable("index", node);
        const row = this.item(value, first, node, values, depth);
        return this.item(row, more[0], node, values, depth);
      }
      const index = this.term(slice, values, depth);
      const items = value.items ?? value.entries;
      if (items) {
        const item = /^-?\d+$/.test(index.text) && items.at(Number(index.text));
        const isWithin = Number(index.text) >= -items.length;
        if (!item || !isWithin) throw new Unspellable("index", node);
        return item;
      }
      if (value !== X) throw new Unspellable("index-of-other", node);
      if (index === INDEX) return EACH;
      if (!["0", "1", "-1", "-2"].includes(index.text)) {
        throw new Unspellable("index-range", node);
      }
      return termOf(`x[${index.text}]`);
    }

    attribute(node, values, depth) {
      const term = namedNumber(meaning(node, this.imports));
      if (term) return term;
      if (node.attr === "size" && this.isX(node.value, values, depth)) return LENGTH;
      if (node.attr === "T") {
        const value = this.valueIfAny(node.value, values, depth);
        if (value?.rank > 0) return transposed(value, node);
      }
      throw new Unspellable("attribute", node);
    }

    functionCall(node, values, depth) {
      const definition = this.ownFunction(node.func, values);
      if (definition) {
        if (node.keywords.length) {
          throw new Unspellable("keyword", node);
        }
        const given = this.givenTo(node, values, depth);
        return this.call(definition, given, node, depth + 1);
      }
      if (node.func.type === "Attribute") {
        const receiver = this.valueIfAny(node.func.value, values, depth);
        if (receiver) {
          const term = asTerm(receiver, node.func.value);
          return this.method(node.func.attr, term, node, values, depth);
        }
      }
      const full = this.meaning(node.func);
      const name = lastPart(full);
      const module = full.slice(0, full.length - name.length).replace(/\.$/, "");
      if (!["", "numpy", "numpy.linalg", "math"].includes(module)) {
        throw new Unspellable("function", node, { name: full });
      }
      return this.libraryCall(module, name, node, values, depth);
    }

    /** The function of the script that is called, if it is one. */
    ownFunction(node, values) {
      if (node.type === "Lambda") return node;
      if (node.type !== "Name" || values.has(node.id)) return null;
      return this.definitions.get(node.id) ?? null;
    }

    /** The values of the arguments of a call. */
    givenTo(node, values, depth) {
      const given = [];
      for (const argument of node.args) {
        if (argument.type === "Starred") {
          const value = this.value(argument.value, values, depth);
          const group = isGroup(value) ? value : this.unpacked(value, 2, argument);
          for (const item of group.items) given.push(item);
        } else {
          given.push(this.value(argument, values, depth));
        }
      }
      return given;
    }

    /** Read `x.sum()` and the like. */
    method(name, receiver, node, values, depth) {
      const { args, keywords } = node;
      // A number of Python has no such methods.
      if (!receiver.isVector) {
        throw new Unspellable("method", node, { name });
      }
      if (name === "copy" && !args.length) return receiver;
      const isFlat = receiver.rank === 1;
      if (["flatten", "ravel"].includes(name) && !args.length && isFlat)
        return receiver;
      if (name === "astype" && args.length === 1 && !keywords.length) {
        if (isFloatType(args[0], this.imports)) return receiver;
        throw new Unspellable("type", node);
      }
      if (name === "dot" && args.length === 1) {
        const other = asArray(this.value(args[0], values, depth));
        return dot(receiver, asTerm(other, args[0]), node);
      }
      if (name === "clip" && args.length === 2 && !keywords.length) {
        const limits = args.map((each) => this.term(each, values, depth));
        return this.spelledCall("numpy", "clip", [receiver, ...limits], node);
      }
      const isReduction = REDUCTIONS.includes(name) && !receiver.isEach;
      const isOfAll = isOverOnePoint(node) && (isFlat || !keywords.length);
      if (isReduction && !args.length && isOfAll) {
        return termOf(printing.call(name, receiver).text);
      }
      throw new Unspellable("method", node, { name });
    }

    /** Read a call of NumPy, of `math` or of Python. */
    libraryCall(module, name, node, values, depth) {
      const sum = this.sumOfComprehension(module, name, node, values, depth);
      if (sum) return sum;
      const { value: given, demands } = this.withDemands(() =>
        this.givenTo(node, values, depth),
      );
      if (["array", "asarray"].includes(name) && module === "numpy") {
        return this.sameArray(given, node);
      }
      const reduced = reductionOfGroup(name, given, node);
      if (reduced) return reduced;
      if (name === "where" && module === "numpy") {
        // It also computes what it does not choose.
        if (demands.has(MATH_DOMAIN)) throw new Unspellable("condition", node);
        return chosenEach(given, node);
      }
      const arrays = module === "numpy" ? given.map(asArray) : given;
      const terms = arrays.map((value) => asTerm(value, node));
      if (node.keywords.length && !this.hasAxisAlone(module, name, terms, node)) {
        throw new Unspellable("keyword", node);
      }
      if (module === "") refuseArrayAsNumber(name, terms, node);
      if (terms.length === 2 && REDUCTIONS.includes(name) && module === "numpy") {
        const axis = terms.pop().text;
        if (terms[0].rank > 1 || !AXES_OF_ONE_POINT.includes(axis)) {
          throw new Unspellable("axis", node);
        }
      }
      return this.spelledCall(module, name, terms, node);
    }

    /** Whether the named arguments of a call are an axis that holds all numbers of x. */
    hasAxisAlone(module, name, terms, node) {
      if (module === "" || !isOverOnePoint(node)) return false;
      const own = SAME_AS.get(name) ?? name;
      if (terms.some((term) => term.rank > 1)) return false;
      if (own === "linalg.norm") return terms.every((term) => term.isVector);
      return REDUCTIONS.includes(own);
    }

    /** What `np.array` makes an array of. */
    sameArray(given, node) {
      if (given.length !== 1) {
        throw new Unspellable("array-of-several", node);
      }
      const areFloats = node.keywords.every(
        ({ arg, value }) => arg === "dtype" && isFloatType(value, this.imports),
      );
      if (!areFloats) {
        throw new Unspellable("type", node);
      }
      return asArray(given[0]);
    }

    spelledCall(module, givenName, terms, node) {
      const isOfMath = module === "math";
      const hasArray = terms.some((term) => term.isVector && !term.isEach);
      if (isOfMath && hasArray) {
        throw new Unspellable("array-as-number", node, {
          name: `math.${givenName}`,
        });
      }
      if (givenName === "len" && terms.length === 1) {
        if (terms[0] === X) return LENGTH;
        if (terms[0].entries) return termOf("2");
      }
      if (["float", "float64"].includes(givenName) && terms.length === 1) {
        if (!hasArray) return terms[0];
        throw new Unspellable("array-as-number", node, {
          name: "float",
        });
      }
      const name = languageName(module, givenName, terms);
      if (module === "numpy.linalg" && name !== "linalg.norm") {
        throw new Unspellable("function", node, {
          name: `np.linalg.${name}`,
        });
      }
      if (name === "dot" && terms.length === 2) return dot(...terms, node);
      if (name === "power" && terms.length === 2) return joined("Pow", ...terms, node);
      const rule = functions.get(name);
      if (!rule) {
        throw new Unspellable("not-in-language", node, {
          name,
        });
      }
      if (rule.partials.length !== terms.length) {
        throw new Unspellable("function-arguments", node, {
          name,
        });
      }
      if (isOfMath && RAISES_IN_MATH.includes(name)) this.demands.add(MATH_DOMAIN);
      refuseIndex(terms, node);
      const { text } = printing.call(name, ...terms);
      if (!rule.reduce) return termOf(text, ATOM, shapeOf(terms, node));
      // A reduction gives one number.
      if (terms.some((term) => term.isEach)) {
        throw new Unspellable("one-at-a-time", node, {
          name: `np.${name}`,
        });
      }
      return termOf(text);
    }

    /** Read `sum(t**2 for t in x)`. */
    sumOfComprehension(module, name, node, values, depth) {
      const [comprehension] = node.args;
      const kinds = ["GeneratorExp", "ListComp"];
      if (node.args.length !== 1 || !kinds.includes(comprehension.type)) return null;
      const [generator, ...more] = comprehension.generators;
      const isPlain = !more.length && !generator.ifs.length && !node.keywords.length;
      if (name !== "sum" || !isPlain || module === "math") {
        throw new Unspellable("comprehension", node);
      }
      const elements = this.elements(generator.target, generator.iter, values, depth);
      const inner = new Map([...values, ...elements]);
      return sumOver(this.term(comprehension.elt, inner, depth), node);
    }
  }

  /** Whether a statement leaves the value of the function alone. */
  function doesNothing({ type, value }) {
    if (["Pass", "Import", "ImportFrom", "FunctionDef"].includes(type)) return true;
    if (type !== "Expr") return false;
    if (value.type === "Constant") return true; // a docstring
    return value.type === "Call" && meaning(value.func, new Map()) === "print";
  }

  function isMeeting(demand) {
    return demand.startsWith(MEETS);
  }

  function partedBy(items, test) {
    const all = [...items];
    return [all.filter(test), all.filter((item) => !test(item))];
  }

  function isGroup(value) {
    return value.items !== undefined;
  }

  function isCondition(value) {
    return value.isCondition === true;
  }

  /** Whether this is a condition on numbers, which Python can decide. */
  function isOfNumbers(value) {
    return isCondition(value) && value.rank === 0;
  }

  /** Whether an `if` only stops the function, where x has another shape. */
  function isGuard({ test, body, orelse }) {
    const isOfOne = body.length === 1 && orelse.length === 0;
    const isUnequal = test.type === "Compare" && `${test.ops}` === "NotEq";
    return isOfOne && body[0].type === "Raise" && isUnequal;
  }

  function isEllipsis(node) {
    return node.type === "Constant" && node.kind === "...";
  }

  function isAttribute(node, attr) {
    return node.type === "Attribute" && node.attr === attr;
  }

  function namedNumber(full) {
    if (full === "numpy.pi" || full === "math.pi") return termOf("np.pi");
    if (full === "numpy.e" || full === "math.e") return termOf("np.e");
    return null;
  }

  /** The name that the language has for a function. */
  function languageName(module, givenName, terms) {
    const name = SAME_AS.get(givenName) ?? givenName;
    const isOfTwo =
      ["max", "min"].includes(name) && terms.length === 2 && module === "";
    return isOfTwo ? `${name}imum` : name;
  }

  /** Whether a reduction goes over all numbers of one point. */
  function isOverOnePoint(node) {
    return node.keywords.every(
      ({ arg, value }) =>
        arg === "axis" && AXES_OF_ONE_POINT.includes(plainText(value)),
    );
  }

  /** Refuse what Python's own sum, max and min refuse: a single number, and a
      comparison of arrays. */
  function refuseArrayAsNumber(name, terms, node) {
    if (!REDUCTIONS.includes(name)) return;
    const areArrays = terms.map((term) => term.isVector && !term.isEach);
    const isRefused = terms.length === 1 ? !areArrays[0] : areArrays.includes(true);
    if (isRefused) throw new Unspellable("function", node, { name });
  }

  /** Read `np.sum([a, b])` and the like, of a few values that are written out. */
  function reductionOfGroup(name, given, node) {
    if (given.length !== 1) return null;
    const [{ items = [], entries = items }] = given;
    const operators = new Map([
      ["sum", "Add"],
      ["prod", "Mult"],
      ["product", "Mult"],
    ]);
    const operator = operators.get(name);
    const areNumbers = entries.length > 0 && entries.every(isNumber);
    if (operator && areNumbers) {
      return entries.reduce((total, item) => joined(operator, total, item, node));
    }
    if (isGroup(given[0]) && isGroup(asArray(given[0]))) {
      throw new Unspellable("group", node);
    }
    return null;
  }

  /** The text of a spelling, if it is one. */
  function checked(value, node) {
    if (isGroup(value)) {
      throw new Unspellable("several-values", node);
    }
    if (value.isVector) {
      throw new Unspellable("vector-value", node);
    }
    try {
      parse(value.text);
    } catch (error) {
      if (!error.column) throw error;
      throw new Unspellable("long-expression", node);
    }
    return value.text;
  }

  function asTerm(value, node) {
    if (isGroup(value)) {
      throw new Unspellable("group", node);
    }
    if (isCondition(value)) throw new Unspellable("expression", node);
    return value;
  }

  /* Arrays that are written out */

  function isNumber(value) {
    return value.rank === 0 && value !== INDEX && !isCondition(value);
  }

  /** The array of two numbers, or of two rows of two, made from a group; any other
      value as it is. */
  function asArray(value) {
    if (!isGroup(value) || value.items.length !== 2) return value;
    const rows = value.items.map(asArray);
    if (rows.every(isNumber)) return vectorOf(rows);
    return rows.every(({ entries, rank }) => entries && rank === 1)
      ? matrixOf(rows)
      : value;
  }

  function listed(terms) {
    return `[${terms.map(({ text }) => text).join(", ")}]`;
  }

  function vectorOf(entries) {
    return { ...termOf(`np.array(${listed(entries)})`, ATOM, OF_TWO), entries };
  }

  function matrixOf(rows) {
    const lists = rows.map(({ entries }) => ({ text: listed(entries) }));
    return { ...termOf(`np.array(${listed(lists)})`, ATOM, MATRIX), entries: rows };
  }

  /** The transpose of one point, or of any vector, is itself. */
  function transposed(term, node) {
    if (term.rank === 1) return term;
    if (!term.entries) throw new Unspellable("attribute", node);
    const [[a, b], [c, d]] = term.entries.map(({ entries }) => entries);
    return matrixOf([vectorOf([a, c]), vectorOf([b, d])]);
  }

  /** `x[:]`, or `x[:2]`: of the first two numbers of x. */
  function sliced(value, { lower, upper, step }, node) {
    const isFromStart = lower === null || number(lower) === 0;
    const isTwo = upper !== null && number(upper) === 2;
    if (value.rank !== 1 || value.isEach || step !== null || !isFromStart) {
      throw new Unspellable("index", node);
    }
    if (upper === null || (isTwo && value.entries)) return value;
    if (value !== X || !isTwo) throw new Unspellable("index", node);
    return FIRST_TWO;
  }

  /* Conditions */

  function connected(operator, parts) {
    const rank = Math.max(...parts.map((part) => part.rank));
    const sizes = new Set(
      parts.filter((part) => part.rank > 0).map((part) => Boolean(part.isOfTwo)),
    );
    const shape = { rank, isOfTwo: sizes.has(true), meetsOther: sizes.size > 1 };
    return { ...shape, isCondition: true, [CONNECTIONS[operator]]: parts };
  }

  /** One of two terms by a condition on numbers; of each number of x by one on it. */
  function choiceOf(condition, chosen, otherwise, node) {
    return decided(condition, chosen, otherwise, (comparison, a, b) => {
      const terms = [...comparison.sides, a, b];
      refuseIndex(terms, node);
      const shape = shapeOf(terms, node);
      if (shape.isEach) return whereOf(comparison, a, b, shape);
      const areAlike = a.rank === b.rank && Boolean(a.isOfTwo) === Boolean(b.isOfTwo);
      if (comparison.rank > 0 || !areAlike) {
        throw new Unspellable("condition", node);
      }
      const { text, binds } = printing.choice(a, comparison, b);
      return shortEnough(termOf(text, binds, shapeOf([a, b], node)), node);
    });
  }

  /** Read the arguments of `np.where`. */
  function chosenEach(given, node) {
    const [condition, ...values] = given;
    if (given.length !== 3 || node.keywords.length || !isCondition(condition)) {
      throw new Unspellable("condition", node);
    }
    const [chosen, otherwise] = values.map((value) => asTerm(asArray(value), node));
    return decided(condition, chosen, otherwise, (comparison, a, b) => {
      const terms = [...comparison.sides, a, b];
      refuseIndex(terms, node);
      return shortEnough(whereOf(comparison, a, b, shapeOf(terms, node)), node);
    });
  }

  function whereOf(comparison, a, b, shape) {
    return termOf(printing.call("where", comparison, a, b).text, ATOM, shape);
  }

  /** What a condition chooses, where `choose` does it for one comparison. */
  function decided(condition, a, b, choose) {
    const { all, any, not } = condition;
    if (not) return decided(not, b, a, choose);
    if (all) return all.reduceRight((rest, part) => decided(part, rest, b, choose), a);
    if (any) return any.reduceRight((rest, part) => decided(part, a, rest, choose), b);
    return choose(condition, a, b);
  }

  function usesName(node, name) {
    return python.walk(node).some(({ type, id }) => type === "Name" && id === name);
  }

  /** The numbers of `range(2)` and the like, null for another loop. */
  function fewTurns(iterable) {
    const isRange =
      iterable.type === "Call" && meaning(iterable.func, new Map()) === "range";
    if (!isRange || !iterable.args.every(({ kind }) => kind === "int")) return null;
    const bounds = iterable.args.map(({ value }) => value);
    if (bounds.length !== 1 && bounds.length !== 2) return null;
    if (Math.max(...bounds) > MOST_TURNS) return null;
    const [start, stop] = bounds.length === 1 ? [0, ...bounds] : bounds;
    const turns = [];
    for (let turn = start; turn < stop; turn++) turns.push(turn);
    return turns.length <= 4 ? turns : null;
  }

  /** The sum of a term over all numbers of x. */
  function sumOver(summand, node) {
    if (!summand.isEach) {
      // np.sum would count it once, and the loop once for every number of x.
      throw new Unspellable("sum-without-x", node);
    }
    return termOf(printing.call("sum", summand).text);
  }

  function dot(left, right, node) {
    if ([left, right].some(({ isVector, isEach }) => !isVector || isEach)) {
      throw new Unspellable("array-product", node);
    }
    const { text, binds } = printing.operation(left, "@", right);
    const shape = [NUMBER, OF_TWO, MATRIX][left.rank + right.rank - 2];
    const meetsOther = Boolean(left.isOfTwo) !== Boolean(right.isOfTwo);
    return shortEnough(termOf(text, binds, { ...shape, meetsOther }), node);
  }

  /** Refuse to compute with the index of a loop: it may occur only between brackets. */
  function refuseIndex(terms, node) {
    if (terms.includes(INDEX)) {
      throw new Unspellable("computed-index", node);
    }
  }

  /** A value whose text may still become a spelling. */
  function shortEnough(value, node) {
    if (value.text?.length > LONGEST_TERM) {
      throw new Unspellable("too-long", node);
    }
    return value;
  }

  /** Two terms with an operator between them. */
  function joined(operator, left, right, node) {
    if (operator === "MatMult") return dot(left, right, node);
    const sign = OPERATORS[operator];
    if (!sign) throw new Unspellable("operator", node);
    refuseIndex([left, right], node);
    const shape = shapeOf([left, right], node);
    const { text, binds } = printing.operation(left, sign, right);
    return shortEnough(termOf(text, binds, shape), node);
  }

  /** Whether the result of these is a vector, and whether it is one number at a
      time. */
  function shapeOf(terms, node) {
    const vectors = terms.filter((term) => term.isVector);
    const each = vectors.filter((term) => term.isEach);
    if (each.length && each.length < vectors.length) {
      throw new Unspellable("mixed", node);
    }
    const rank = Math.max(...terms.map((term) => term.rank));
    const isOfTwo = vectors.some((term) => term.isOfTwo);
    const meetsOther = isOfTwo && !vectors.every((term) => term.isOfTwo);
    return { rank, isVector: rank > 0, isEach: each.length > 0, isOfTwo, meetsOther };
  }

  Object.assign(scripts, { Speller, TWO_NUMBERS });
}
