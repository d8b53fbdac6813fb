/* Trying: a function of a script carried out node by node, on small arrays of numbers.
   JavaScript runs nothing of it. Whatever is not listed here, and whatever takes too many
   steps, is not followed: then nothing may be concluded. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { meaning, parametersOf, everyParameterOf } = scripts;
  const { NotFollowed, Stops, Tuple, Slice, ELLIPSIS, SmallArray } = scripts.small;
  const { isWholeNumber, isAnyNumber, placeOf, asKind, newArray } = scripts.small;
  const { filledArray, numberOrArray, smallArrayOf, stackedArrays } = scripts.small;
  const { reshaped, entryByEntry } = scripts.small;

  const { largest_integer: largestInteger } = vocabulary.literals;
  const limits = vocabulary.trying;

  /* Values, beside numbers, texts, lists, tuples and arrays */

  /** A value of which nothing is known: whoever uses it is not followed. */
  const OPAQUE = { is: "opaque" };

  /** Something of NumPy or of Python itself, by its full name. */
  class Library {
    constructor(name) {
      this.name = name;
    }
  }

  /** A method of a value. */
  class Method {
    constructor(owner, name) {
      this.owner = owner;
      this.name = name;
    }
  }

  /** A function of the script, with what its names stand for around it. */
  class Closure {
    constructor(node, around, defaults) {
      this.node = node;
      this.around = around;
      this.defaults = defaults;
    }
  }

  /** What names stand for in a function. */
  class Scope {
    constructor(around) {
      this.around = around;
      this.own = new Map();
      this.flags = new Set(); // parameters that choose between ways to work
    }
  }

  /** What `np.nditer` gives: one index after the other. */
  class Visitor {
    constructor(array) {
      this.indices = indicesOf(array.shape);
      this.turn = 0;
    }
  }

  /** The f of a trial: it keeps the arguments that it is asked about. */
  class KnownFunction {
    constructor(valueAt) {
      this.valueAt = valueAt;
      this.asked = [];
      this.mostArguments = 0;
    }

    /** The value for all the numbers that it gets, in their order. */
    answer(values) {
      const numbers = values.flatMap((each) =>
        smallArrayOf(each).entries().map(Number),
      );
      this.asked.push(numbers);
      this.mostArguments = Math.max(this.mostArguments, values.length);
      return this.valueAt(numbers);
    }
  }

  /* How a block of statements ends: with null, if it ends of its own */

  class Returned {
    constructor(value) {
      this.value = value;
    }
  }
  const BREAK = { is: "break" };
  const CONTINUE = { is: "continue" };

  /** Carries out functions of a script, of which it is told the `imports`, the `functions`
      and the `constants` by their names, and which names are `rebound`: that stand for
      more than one thing, or for something else. */
  class Interpreter {
    constructor(script) {
      this.script = script;
      this.entered = new Set(); // the functions that were carried out, at least in part
      this.visited = new Set(); // their statements, and the sides of their choices
      this.stepsOfAll = 0;
      this.steps = 0;
      this.level = 0;
    }

    /** Carry out one call, with arguments by name; what it gives. Throws NotFollowed if
        something in it is not known, or it takes too long, and Stops if Python or NumPy
        would stop with an error. */
    run(definition, given) {
      this.steps = 0;
      this.level = 0;
      const { defaults } = this.closure(definition, null);
      const all = new Map([...defaults, ...given]);
      return this.callClosure(new Closure(definition, null, all), [], new Map());
    }

    /** An argument that is a number, a text, a truth value or null. */
    argument(node) {
      this.steps = 0;
      this.level = 0;
      const names = python.walk(node).filter(({ type }) => type === "Name");
      if (!names.every(({ id }) => this.script.constants.has(id))) {
        throw new NotFollowed();
      }
      const value = this.value(node, null);
      if (!isAnyNumber(value) && !isFlag(value)) throw new NotFollowed();
      return value;
    }

    step() {
      this.steps += 1;
      this.stepsOfAll += 1;
      const isTooLong =
        this.steps > limits.most_steps || this.stepsOfAll > limits.most_steps_of_all;
      if (isTooLong || this.level > limits.most_levels) throw new NotFollowed();
    }

    /* Calls */

    call(called, given, keywords) {
      if (called instanceof Closure) return this.callClosure(called, given, keywords);
      if (called instanceof KnownFunction) {
        if (keywords.size || !given.length) throw new NotFollowed();
        return called.answer(given);
      }
      if (called instanceof Library) {
        return this.callListed(FUNCTIONS, typeNamed(called.name), given, keywords);
      }
      if (called instanceof Method) {
        const methods = METHODS.get(kindOf(called.owner)) ?? new Map();
        return this.callListed(
          methods,
          called.name,
          [called.owner, ...given],
          keywords,
        );
      }
      throw new NotFollowed();
    }

    callClosure({ node, around, defaults }, given, keywords) {
      const { vararg, kwarg } = node.args;
      if (node.decorator_list?.length || vararg || kwarg) throw new NotFollowed();
      const byPlace = parametersOf(node);
      const every = everyParameterOf(node);
      const areKnown = [...keywords.keys()].every((name) => every.includes(name));
      if (given.length > byPlace.length || !areKnown) throw new Stops();
      const scope = new Scope(around);
      const named = given.map((value, k) => [byPlace[k], value]);
      const own = new Map([...named, ...keywords]);
      scope.own = new Map([...defaults, ...own]);
      if (!every.every((name) => scope.own.has(name))) throw new Stops();
      for (const [name, value] of defaults) {
        if (!own.has(name) && isFlag(value)) scope.flags.add(name);
      }
      this.entered.add(node);
      if (node.type === "Lambda") return this.value(node.body, scope);
      const ending = this.block(node.body, scope);
      return ending instanceof Returned ? ending.value : null;
    }

    /** Call a function of a table, which names its parameters in their order. */
    callListed(table, name, given, keywords) {
      if (!table.has(name)) throw new NotFollowed();
      const [listed, listedFunction] = table.get(name);
      const parameters = listed.split(" ");
      if (parameters.at(-1) === "*") {
        if (keywords.size) throw new NotFollowed();
        return listedFunction(this, ...given);
      }
      const areKnown = [...keywords.keys()].every((each) => parameters.includes(each));
      if (given.length > parameters.length || !areKnown) throw new NotFollowed();
      const all = new Map(given.map((value, k) => [parameters[k], value]));
      for (const [each, value] of keywords) all.set(each, value);
      if (!all.has(parameters[0])) throw new NotFollowed();
      return listedFunction(this, ...parameters.map((each) => all.get(each) ?? null));
    }

    closure(node, around) {
      const byPlace = parametersOf(node);
      const { defaults, kwonlyargs, kw_defaults } = node.args;
      const first = byPlace.length - defaults.length;
      const given = defaults.map((value, k) => [byPlace[first + k], value]);
      for (const [k, { arg }] of kwonlyargs.entries()) {
        if (kw_defaults[k]) given.push([arg, kw_defaults[k]]);
      }
      const values = given.map(([name, value]) => [name, this.default(value, around)]);
      return new Closure(node, around, new Map(values));
    }

    default(node, around) {
      const { level } = this;
      try {
        return this.value(node, around);
      } catch (error) {
        this.level = level;
        if (isExpected(error)) return OPAQUE;
        throw error;
      }
    }

    /* Statements */

    block(body, scope) {
      for (const statement of body) {
        this.step();
        this.visited.add(statement);
        const handler = STATEMENTS[statement.type];
        if (!handler) throw new NotFollowed();
        this.level += 1;
        const ending = handler.call(this, statement, scope);
        this.level -= 1;
        if (ending) return ending;
      }
      return null;
    }

    assign(target, value, scope) {
      switch (target.type) {
        case "Name":
          scope.own.set(target.id, value);
          scope.flags.delete(target.id);
          break;
        case "Tuple":
        case "List": {
          const parts = itemsIn(value);
          if (target.elts.some(({ type }) => type === "Starred"))
            throw new NotFollowed();
          if (parts.length !== target.elts.length) throw new Stops();
          for (const [k, element] of target.elts.entries()) {
            this.assign(element, parts[k], scope);
          }
          break;
        }
        case "Subscript": {
          const owner = this.value(target.value, scope);
          putItem(owner, this.index(target.slice, scope), value);
          break;
        }
        default:
          throw new NotFollowed();
      }
    }

    augmented({ target, op, value }, scope) {
      if (target.type === "Name") {
        // Python stops, unless the name is said to be another's.
        if (!scope.own.has(target.id)) throw new NotFollowed();
        const before = this.named(target, scope);
        scope.own.set(target.id, this.changed(op, before, this.value(value, scope)));
      } else if (target.type === "Subscript") {
        const owner = this.value(target.value, scope);
        const index = this.index(target.slice, scope);
        const before = itemAt(owner, index);
        putItem(owner, index, this.changed(op, before, this.value(value, scope)));
      } else {
        throw new NotFollowed();
      }
    }

    /** What `before += operand` leaves; an array is changed in place. */
    changed(op, before, operand) {
      const result = combined(op, before, operand);
      if (!(before instanceof SmallArray)) return result;
      const isCut = before.isWhole && !smallArrayOf(result).isWhole;
      const isAlike =
        result instanceof SmallArray && areAlike(result.shape, before.shape);
      if (isCut || !isAlike) throw new Stops();
      before.put(new Tuple([]), result);
      return before;
    }

    /** Carry out one side of a choice; the other one counts as met if flags rule it out. */
    sideOf({ test, body, orelse }, scope) {
      const isTrue = truthOf(this.value(test, scope));
      const names = python.walk(test).filter(({ type }) => type === "Name");
      const isByFlags =
        scope && names.length > 0 && names.every(({ id }) => scope.flags.has(id));
      if (isByFlags) {
        for (const node of [isTrue ? orelse : body].flat()) {
          for (const each of python.walk(node)) this.visited.add(each);
        }
      }
      return isTrue ? body : orelse;
    }

    for({ target, iter, body, orelse }, scope) {
      for (const item of itemsIn(this.value(iter, scope))) {
        this.assign(target, item, scope);
        const ending = this.block(body, scope);
        if (ending instanceof Returned) return ending;
        if (ending === BREAK) return null;
      }
      return this.block(orelse, scope);
    }

    while({ test, body, orelse }, scope) {
      while (truthOf(this.value(test, scope))) {
        this.step();
        const ending = this.block(body, scope);
        if (ending instanceof Returned) return ending;
        if (ending === BREAK) return null;
      }
      return this.block(orelse, scope);
    }

    /* Expressions */

    value(node, scope) {
      this.step();
      const handler = EXPRESSIONS[node.type];
      if (!handler) throw new NotFollowed();
      this.level += 1;
      const value = handler.call(this, node, scope);
      this.level -= 1;
      return value;
    }

    named(node, scope) {
      for (let around = scope; around; around = around.around) {
        if (around.own.has(node.id)) return around.own.get(node.id);
      }
      return this.outside(node);
    }

    /** What a name stands for outside all functions. */
    outside(node) {
      const { imports, functions, constants, rebound } = this.script;
      if (constants.has(node.id)) return this.value(constants.get(node.id), null);
      if (rebound.has(node.id)) throw new NotFollowed();
      const definition = functions.get(node.id);
      return definition
        ? this.closure(definition, null)
        : new Library(meaning(node, imports));
    }

    attribute(node, scope) {
      const owner = this.value(node.value, scope);
      if (owner instanceof Library) return this.ofLibrary(owner, node);
      const kind = kindOf(owner);
      const attribute = ATTRIBUTES.get(kind)?.get(node.attr);
      if (attribute) return attribute(owner);
      if (METHODS.get(kind)?.has(node.attr)) return new Method(owner, node.attr);
      const isList = Array.isArray(owner) || owner instanceof Tuple;
      if (isList && OF_ARRAYS_ALONE.includes(node.attr)) throw new Stops();
      throw new NotFollowed();
    }

    ofLibrary(owner, node) {
      const name = meaning(node, this.script.imports);
      return NUMBERS.get(name) ?? new Library(name);
    }

    index(node, scope) {
      if (node.type === "Tuple") {
        return new Tuple(node.elts.map((item) => this.index(item, scope)));
      }
      if (node.type !== "Slice") {
        const index = this.value(node, scope);
        return isLibrary(index, "numpy.newaxis") ? null : index;
      }
      const bounds = [node.lower, node.upper, node.step].map((bound) =>
        bound ? this.value(bound, scope) : null,
      );
      if (!bounds.every((bound) => bound === null || isWholeNumber(bound))) {
        throw new NotFollowed();
      }
      if (bounds[2] === 0n) throw new Stops();
      return new Slice(...bounds);
    }

    /** The values of a list or of arguments, starred ones included. */
    values(nodes, scope) {
      return nodes.flatMap((node) =>
        node.type === "Starred"
          ? itemsIn(this.value(node.value, scope))
          : [this.value(node, scope)],
      );
    }

    signed({ op, operand }, scope) {
      const value = this.value(operand, scope);
      if (op === "Not") return !truthOf(value);
      const sign = SIGNS[op];
      if (!sign || !(isAnyNumber(value) || value instanceof SmallArray)) {
        throw new NotFollowed();
      }
      return entryByEntry(sign, value);
    }

    allOrAny({ op, values }, scope) {
      let value = null;
      for (const operand of values) {
        value = this.value(operand, scope);
        if (truthOf(value) === (op === "Or")) break;
      }
      return value;
    }

    comparison(node, scope) {
      let left = this.value(node.left, scope);
      for (const [k, op] of node.ops.entries()) {
        const right = this.value(node.comparators[k], scope);
        if (!isSo(op, left, right)) return false;
        left = right;
      }
      return true;
    }

    comprehension({ elt, generators }, scope) {
      const values = [];
      this.generate(elt, generators, new Scope(scope), values);
      return values;
    }

    generate(item, [first, ...others], scope, values) {
      if (!first) {
        values.push(this.value(item, scope));
        return;
      }
      if (first.ifs.length) throw new NotFollowed();
      for (const each of itemsIn(this.value(first.iter, scope))) {
        this.assign(first.target, each, scope);
        this.generate(item, others, scope, values);
      }
    }

    calls(node, scope) {
      const called = this.value(node.func, scope);
      if (isLibrary(called, "print")) return null;
      const given = this.values(node.args, scope);
      const keywords = new Map();
      for (const { arg, value } of node.keywords) {
        if (!arg) throw new NotFollowed();
        keywords.set(arg, this.value(value, scope));
      }
      return this.call(called, given, keywords);
    }
  }

  const nothing = () => null;

  const STATEMENTS = {
    Return({ value }, scope) {
      return new Returned(value ? this.value(value, scope) : null);
    },
    Expr({ value }, scope) {
      if (value.type !== "Constant") this.value(value, scope); // a docstring
    },
    Assign({ targets, value }, scope) {
      const assigned = this.value(value, scope);
      for (const target of targets) this.assign(target, assigned, scope);
    },
    AnnAssign({ target, value }, scope) {
      if (value) this.assign(target, this.value(value, scope), scope);
    },
    AugAssign(node, scope) {
      this.augmented(node, scope);
    },
    If(node, scope) {
      return this.block(this.sideOf(node, scope), scope);
    },
    For(node, scope) {
      return this.for(node, scope);
    },
    While(node, scope) {
      return this.while(node, scope);
    },
    FunctionDef(node, scope) {
      scope.own.set(node.name, this.closure(node, scope));
    },
    Pass: nothing,
    Import: nothing,
    ImportFrom: nothing,
    Break: () => BREAK,
    Continue: () => CONTINUE,
    Raise() {
      throw new Stops();
    },
    Assert({ test }, scope) {
      if (!truthOf(this.value(test, scope))) throw new Stops();
    },
  };

  const EXPRESSIONS = {
    Constant: constantOf,
    Name(node, scope) {
      return this.named(node, scope);
    },
    Attribute(node, scope) {
      return this.attribute(node, scope);
    },
    Subscript({ value, slice }, scope) {
      const owner = this.value(value, scope);
      return itemAt(owner, this.index(slice, scope));
    },
    Tuple({ elts }, scope) {
      return new Tuple(this.values(elts, scope));
    },
    List({ elts }, scope) {
      return this.values(elts, scope);
    },
    UnaryOp(node, scope) {
      return this.signed(node, scope);
    },
    BinOp({ left, op, right }, scope) {
      const first = this.value(left, scope);
      return combined(op, first, this.value(right, scope));
    },
    BoolOp(node, scope) {
      return this.allOrAny(node, scope);
    },
    Compare(node, scope) {
      return this.comparison(node, scope);
    },
    IfExp(node, scope) {
      const side = this.sideOf(node, scope);
      this.visited.add(side);
      return this.value(side, scope);
    },
    Lambda(node, scope) {
      return this.closure(node, scope);
    },
    ListComp(node, scope) {
      return this.comprehension(node, scope);
    },
    GeneratorExp(node, scope) {
      return this.comprehension(node, scope);
    },
    Call(node, scope) {
      return this.calls(node, scope);
    },
  };

  function constantOf({ kind, value }) {
    switch (kind) {
      case "int":
        if (!(value < largestInteger)) throw new NotFollowed();
        return BigInt(value);
      case "...":
        return ELLIPSIS;
      case "float":
      case "str":
      case "None":
      case "True":
      case "False":
        return value;
      default:
        throw new NotFollowed();
    }
  }

  function isExpected(error) {
    return error instanceof NotFollowed || error instanceof Stops;
  }

  /** Whether a value may choose between ways to work: a truth value, a text or null. */
  function isFlag(value) {
    return value === null || typeof value === "boolean" || typeof value === "string";
  }

  function isLibrary(value, name) {
    return value instanceof Library && value.name === name;
  }

  /** Of which kind a value is that has methods. */
  function kindOf(value) {
    if (value instanceof SmallArray) return "array";
    if (Array.isArray(value)) return "list";
    if (isAnyNumber(value)) return "number";
    return value instanceof Visitor ? "visitor" : "";
  }

  /* Operators */

  /** An operation on two whole numbers, or on two floats. */
  function eitherWay(operation) {
    return (left, right) =>
      isWholeNumber(left) && isWholeNumber(right)
        ? operation(left, right)
        : operation(Number(left), Number(right));
  }

  /** A quotient; NumPy and Python do not agree on one by zero. */
  function quotient(left, right) {
    if (Number(right) === 0) throw new NotFollowed();
    return Number(left) / Number(right);
  }

  /** A power that is a real number. */
  function power(base, exponent) {
    const times = Number(exponent);
    const isRoot = !Number.isInteger(times);
    const isNone = (base < 0 && isRoot) || (Number(base) === 0 && times < 0);
    if (isNone || Math.abs(times) > 1000) throw new NotFollowed();
    if (isWholeNumber(base) && isWholeNumber(exponent) && times >= 0) {
      return base ** exponent;
    }
    const result = Number(base) ** times;
    if (!Number.isFinite(result)) throw new NotFollowed();
    return result;
  }

  const OPERATIONS = {
    Add: eitherWay((left, right) => left + right),
    Sub: eitherWay((left, right) => left - right),
    Mult: eitherWay((left, right) => left * right),
    Div: quotient,
    Pow: power,
  };

  const SIGNS = { UAdd: (value) => value, USub: (value) => -value };

  const ORDERS = {
    Lt: (left, right) => left < right,
    LtE: (left, right) => left <= right,
    Gt: (left, right) => left > right,
    GtE: (left, right) => left >= right,
  };

  /** A value, unless it is a whole number that no float can hold. */
  function small(value) {
    const isLarge =
      isWholeNumber(value) && (value < 0n ? -value : value) >= largestInteger;
    if (isLarge) throw new NotFollowed();
    return value;
  }

  function combined(op, left, right) {
    for (const isOfKind of [Array.isArray, (value) => value instanceof Tuple]) {
      if (isOfKind(left) && isOfKind(right)) {
        if (op !== "Add") throw new NotFollowed();
        return likeItems(left, [...itemsIn(left), ...itemsIn(right)]);
      }
      if (isOfKind(left) && isWholeNumber(right)) return repeated(op, left, right);
      if (isOfKind(right) && isWholeNumber(left)) return repeated(op, right, left);
    }
    const operation = OPERATIONS[op];
    if (!operation) throw new NotFollowed();
    // An error of Python, unless the number is one of NumPy.
    if (isListOrTuple(left) && isAnyNumber(right)) throw new NotFollowed();
    if (isAnyNumber(left) && isListOrTuple(right)) throw new NotFollowed();
    return entryByEntry((one, other) => small(operation(one, other)), left, right);
  }

  function isListOrTuple(value) {
    return Array.isArray(value) || value instanceof Tuple;
  }

  function likeItems(like, items) {
    return Array.isArray(like) ? items : new Tuple(items);
  }

  /** A list or a tuple several times over. */
  function repeated(op, value, times) {
    const items = itemsIn(value);
    const isShort = items.length * Number(times) <= limits.most_entries;
    if (op !== "Mult" || !isShort) throw new NotFollowed();
    const turns = Array.from({ length: Math.max(Number(times), 0) }, () => items);
    return likeItems(value, turns.flat());
  }

  /** Whether a comparison holds. */
  function isSo(op, left, right) {
    if (left === OPAQUE || right === OPAQUE) throw new NotFollowed();
    switch (op) {
      case "Is":
      case "IsNot":
        if (left !== null && right !== null) throw new NotFollowed();
        return (left === right) === (op === "Is");
      case "In":
      case "NotIn":
        return itemsIn(right).some((item) => areEqual(left, item)) === (op === "In");
      case "Eq":
      case "NotEq":
        return areEqual(left, right) === (op === "Eq");
    }
    if (!isAnyNumber(left) || !isAnyNumber(right)) throw new NotFollowed();
    return ORDERS[op](left, right);
  }

  /** Whether two plain values are equal. */
  function areEqual(left, right) {
    if (!isPlain(left) || !isPlain(right)) throw new NotFollowed();
    if (isItems(left) && isItems(right)) {
      if (Array.isArray(left) !== Array.isArray(right)) return false;
      return areAlike(itemsIn(left), itemsIn(right), areEqual);
    }
    if (left instanceof Library && right instanceof Library) {
      return typeNamed(left.name) === typeNamed(right.name);
    }
    if (left instanceof Library || right instanceof Library) throw new NotFollowed();
    if ((typeof left === "boolean") !== (typeof right === "boolean")) {
      throw new NotFollowed();
    }
    if (isAnyNumber(left) && isAnyNumber(right)) return Number(left) === Number(right);
    return left === right;
  }

  function areAlike(some, others, areSame = (one, other) => one === other) {
    return (
      some.length === others.length && some.every((each, k) => areSame(each, others[k]))
    );
  }

  function isPlain(value) {
    const isSimple = isFlag(value) || isAnyNumber(value) || isItems(value);
    return isSimple || value instanceof Library;
  }

  function isItems(value) {
    return Array.isArray(value) || value instanceof Tuple;
  }

  /** Whether a plain value counts as true. */
  function truthOf(value) {
    if (isItems(value)) return itemsIn(value).length > 0;
    if (!isFlag(value) && !isAnyNumber(value)) throw new NotFollowed();
    return Boolean(value);
  }

  /* Items */

  /** What a loop over a value gives. */
  function itemsIn(value) {
    if (Array.isArray(value)) return [...value];
    if (value instanceof Tuple) return value.items;
    if (isAnyNumber(value)) throw new Stops();
    if (!(value instanceof SmallArray)) throw new NotFollowed();
    return Array.from({ length: value.shape[0] }, (_, k) => value.part(BigInt(k)));
  }

  /** What stands at an index of a list, a tuple or an array. */
  function itemAt(owner, index) {
    if (owner instanceof SmallArray) return owner.part(index);
    if (isAnyNumber(owner)) throw new Stops();
    if (!isItems(owner)) throw new NotFollowed();
    const items = itemsIn(owner);
    if (index instanceof Slice) {
      const places = index.places(items.length);
      return likeItems(
        owner,
        places.map((place) => items[place]),
      );
    }
    if (!isWholeNumber(index)) throw new NotFollowed();
    return items[placeOf(index, items.length)];
  }

  /** Write into a list or an array. */
  function putItem(owner, index, value) {
    if (owner instanceof SmallArray) {
      owner.put(index, value);
    } else if (Array.isArray(owner) && isWholeNumber(index)) {
      owner[placeOf(index, owner.length)] = value;
    } else if (isAnyNumber(owner)) {
      throw new Stops();
    } else {
      throw new NotFollowed();
    }
  }

  /** The indices of an array of a shape, the last axis fastest. */
  function indicesOf(shape) {
    filledArray(shape, 0n, true); // which refuses a large one
    let indices = [[]];
    for (const length of shape) {
      const along = whole(length);
      indices = indices.flatMap((index) => along.map((k) => [...index, k]));
    }
    return indices.map((index) => new Tuple(index));
  }

  function whole(length) {
    return Array.from({ length }, (_, k) => BigInt(k));
  }

  /* Functions and methods: their parameters, as far as they are read, and what they do */

  /** A shape that is given as a number or as several. */
  function shapeGiven(value) {
    const lengths = isItems(value) ? itemsIn(value) : [value];
    if (!lengths.every(isWholeNumber)) throw new NotFollowed();
    return lengths.map(Number);
  }

  /** The shape of a new array. */
  function lengthsOf(value) {
    const lengths = shapeGiven(value);
    if (lengths.some((length) => length < 0)) throw new Stops();
    return lengths;
  }

  /** `float` or `int` for any of their names; another name comes back as it is. */
  function typeNamed(name) {
    const { float, float_texts: texts, whole_64: wholes } = vocabulary.types;
    if (float.includes(name) || texts.includes(name)) return "float";
    return wholes.includes(name) ? "int" : name;
  }

  /** Whether a type is one of whole numbers, null if none is named. */
  function isWholeType(dtype) {
    if (dtype === null) return null;
    const kind = typeNamed(dtype instanceof Library ? dtype.name : dtype);
    if (kind !== "float" && kind !== "int") throw new NotFollowed();
    return kind === "int";
  }

  /** The function that makes an array of one number: `np.zeros`. */
  function full(value) {
    return (_, shape, dtype) =>
      filledArray(lengthsOf(shape), value, isWholeType(dtype) ?? false);
  }

  /** The function that makes one like another array: `np.zeros_like`. */
  function fullLike(value) {
    return (_, model, dtype) => {
      const like = smallArrayOf(model);
      return filledArray(like.shape, value, isWholeType(dtype) ?? like.isWhole);
    };
  }

  /** `np.array`: a copy, of another type if one is named. */
  function converted(_, value, dtype, copy) {
    if (copy === false) throw new NotFollowed();
    return numberOrArray(smallArrayOf(value, isWholeType(dtype)));
  }

  /** `np.asarray`: the array itself, if it has that type. */
  function asArray(_, value, dtype) {
    const kind = isWholeType(dtype);
    const isOne =
      value instanceof SmallArray && (kind ?? value.isWhole) === value.isWhole;
    return isOne ? value : numberOrArray(smallArrayOf(value, kind));
  }

  /** A copy of an array, a list or a number. */
  function copied(_, value) {
    if (value instanceof SmallArray) return value.copied();
    return isAnyNumber(value) ? value : itemsIn(value);
  }

  /** `np.copy`: an array, also of a list. */
  function copiedArray(_, value) {
    return numberOrArray(smallArrayOf(value));
  }

  /** The number of an array that holds one, as NumPy gave it before its 2.4. */
  function onlyNumber(value) {
    if (value instanceof SmallArray) {
      if (value.size !== 1) throw new Stops();
      return value.entries()[0];
    }
    if (!isAnyNumber(value)) throw new NotFollowed();
    return value;
  }

  /** `range`. */
  function range(_, ...bounds) {
    const isKnown = bounds.length >= 1 && bounds.length <= 3;
    if (!isKnown || !bounds.every(isWholeNumber)) throw new NotFollowed();
    const [start, stop, step] = bounds.length > 1 ? bounds : [0n, bounds[0]];
    const by = step ?? 1n;
    if (by === 0n) throw new Stops();
    const numbers = [];
    for (let k = start; by > 0n ? k < stop : k > stop; k += by) {
      numbers.push(k);
      if (numbers.length > limits.most_entries) throw new NotFollowed();
    }
    return numbers;
  }

  /** `np.arange`, of whole numbers. */
  function arangeOf(interpreter, ...bounds) {
    const numbers = range(interpreter, ...bounds);
    return newArray(numbers, [numbers.length], true);
  }

  /** `enumerate`. */
  function enumerated(_, value, start) {
    const first = start ?? 0n;
    if (!isWholeNumber(first)) throw new NotFollowed();
    return itemsIn(value).map((item, k) => new Tuple([first + BigInt(k), item]));
  }

  /** `zip`. */
  function zipped(_, ...values) {
    const lists = values.map(itemsIn);
    const length = lists.length ? Math.min(...lists.map((list) => list.length)) : 0;
    return Array.from({ length }, (__, k) => new Tuple(lists.map((list) => list[k])));
  }

  /** `np.eye`. */
  function unitVectors(_, size) {
    const array = filledArray(lengthsOf([size, size]), 0, false);
    for (const k of whole(array.shape[0])) array.put(new Tuple([k, k]), 1);
    return array;
  }

  /** The array with its axes in reverse order. */
  function turned(_, value, axes) {
    if (axes !== null) throw new NotFollowed();
    return ofArray(value).transposed();
  }

  /** An array; whatever is none is not followed. */
  function ofArray(value) {
    if (!(value instanceof SmallArray)) throw new NotFollowed();
    return value;
  }

  /** `reshape`. */
  function withShape(_, value, ...lengths) {
    const [first] = lengths;
    const shape = lengths.length === 1 ? shapeGiven(first) : shapeGiven(lengths);
    return reshaped(ofArray(value), shape);
  }

  /** `np.atleast_1d` and `np.atleast_2d`. */
  function atLeast(axes) {
    return (_, value) => {
      const array = value instanceof SmallArray ? value : smallArrayOf(value);
      if (array.shape.length >= axes) return array;
      return reshaped(array, axes === 1 ? [1] : [1, array.size]);
    };
  }

  /** `np.nditer`, with the indices of what it visits. */
  function visitor(_, value, flags) {
    const isIndexed = Array.isArray(flags) && flags.includes("multi_index");
    if (!isIndexed) throw new NotFollowed();
    return new Visitor(ofArray(value));
  }

  /** `np.ndindex`. */
  function allIndices(_, ...shape) {
    return indicesOf(lengthsOf(shape.length === 1 ? shape[0] : shape));
  }

  /** `np.apply_along_axis`, of an array with two axes. */
  function alongAxis(interpreter, called, axis, value) {
    const array = ofArray(value);
    const isAxis = axis === 0n || axis === 1n || axis === -1n;
    if (array.shape.length !== 2 || !isAxis) throw new NotFollowed();
    const byRows = axis === 0n ? array.transposed() : array;
    const results = itemsIn(byRows).map((row) =>
      smallArrayOf(interpreter.call(called, [row], new Map())),
    );
    const result = stackedArrays(results);
    return axis === 0n ? result.transposed() : result;
  }

  /** `isinstance`, for arrays, lists, tuples and numbers. */
  function isInstance(_, value, kinds) {
    if (value === OPAQUE) throw new NotFollowed();
    const names = kinds instanceof Tuple ? kinds.items : [kinds];
    let isOne = false;
    for (const name of names) {
      const isOfKind = name instanceof Library && INSTANCES.get(name.name);
      if (!isOfKind) throw new NotFollowed();
      isOne ||= isOfKind(value);
    }
    return isOne;
  }

  const sizes = (value) => new Tuple(value.shape.map(BigInt));

  const INSTANCES = new Map([
    ["numpy.ndarray", (value) => value instanceof SmallArray],
    ["list", Array.isArray],
    ["tuple", (value) => value instanceof Tuple],
    ["int", isWholeNumber],
    ["float", (value) => typeof value === "number"],
  ]);
  const NUMBERS = new Map([
    ["numpy.pi", Math.PI],
    ["numpy.e", Math.E],
  ]);

  const absolute = (_, value) =>
    entryByEntry((entry) => (entry < 0 ? -entry : entry), value);

  const FUNCTIONS = new Map(
    Object.entries({
      float: ["value", (_, value) => Number(onlyNumber(value))],
      int: ["value", (_, value) => asKind(onlyNumber(value), true)],
      abs: ["value", absolute],
      len: ["value", (_, value) => BigInt(itemsIn(value).length)],
      list: ["value", (_, value) => [...itemsIn(value)]],
      tuple: ["value", (_, value) => new Tuple(itemsIn(value))],
      range: ["*", range],
      enumerate: ["value start", enumerated],
      zip: ["*", zipped],
      map: [
        "function value",
        (interpreter, called, value) =>
          itemsIn(value).map((item) => interpreter.call(called, [item], new Map())),
      ],
      isinstance: ["value kinds", isInstance],
      "copy.deepcopy": ["value", copied],
      "numpy.abs": ["value", absolute],
      "numpy.zeros": ["shape dtype", full(0)],
      "numpy.ones": ["shape dtype", full(1)],
      "numpy.empty": ["shape dtype", full(0)],
      "numpy.zeros_like": ["value dtype", fullLike(0)],
      "numpy.ones_like": ["value dtype", fullLike(1)],
      "numpy.empty_like": ["value dtype", fullLike(0)],
      "numpy.array": ["value dtype copy", converted],
      "numpy.asarray": ["value dtype", asArray],
      "numpy.copy": ["value", copiedArray],
      "numpy.eye": ["size", unitVectors],
      "numpy.identity": ["size", unitVectors],
      "numpy.arange": ["*", arangeOf],
      "numpy.transpose": ["value axes", turned],
      "numpy.atleast_1d": ["value", atLeast(1)],
      "numpy.atleast_2d": ["value", atLeast(2)],
      "numpy.ndim": ["value", (_, value) => BigInt(smallArrayOf(value).shape.length)],
      "numpy.nditer": ["value flags op_flags", visitor],
      "numpy.ndindex": ["*", allIndices],
      "numpy.apply_along_axis": ["function axis value", alongAxis],
    }),
  );

  const METHODS = new Map(
    Object.entries({
      array: {
        copy: ["value", copied],
        astype: ["value dtype", (_, value, dtype) => value.copied(isWholeType(dtype))],
        flatten: ["value", (_, value) => reshaped(value.copied(), [-1])],
        ravel: ["value", (_, value) => reshaped(value, [-1])],
        reshape: ["*", withShape],
        transpose: ["value axes", turned],
        item: ["value", (_, value) => onlyNumber(value)],
      },
      list: {
        append: [
          "items item",
          (_, items, item) => {
            items.push(item);
            return null;
          },
        ],
        copy: ["value", copied],
      },
      number: { copy: ["value", copied], item: ["value", copied] },
      visitor: {
        iternext: [
          "visited",
          (_, visited) => {
            visited.turn += 1;
            return null;
          },
        ],
      },
    }).map(([kind, methods]) => [kind, new Map(Object.entries(methods))]),
  );

  const OF_ARRAYS_ALONE = ["ndim", "shape", "size"]; // no list has these
  const ATTRIBUTES = new Map(
    Object.entries({
      array: {
        T: (array) => array.transposed(),
        shape: sizes,
        size: ({ size }) => BigInt(size),
        ndim: ({ shape }) => BigInt(shape.length),
        dtype: ({ isWhole }) => new Library(isWhole ? "int" : "float"),
      },
      // A number may be one of an array, which has these.
      number: {
        shape: () => new Tuple([]),
        size: () => 1n,
        ndim: () => 0n,
      },
      visitor: {
        finished: ({ indices, turn }) => turn >= indices.length,
        multi_index: ({ indices, turn }) => itemAt(indices, BigInt(turn)),
      },
    }).map(([kind, attributes]) => [kind, new Map(Object.entries(attributes))]),
  );

  Object.assign(scripts, { Interpreter, KnownFunction, OPAQUE, isExpected });
}
