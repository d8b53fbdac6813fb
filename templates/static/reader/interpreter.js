/* Interpreter: carries out a function of a script node by node, on small arrays. None
   of it is run as JavaScript. Whatever is not listed here, and whatever takes too many
   steps, is not followed: then nothing may be concluded. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { meaning, parametersOf, everyParameterOf } = scripts;
  const { NotFollowed, Stops, Tuple, Slice, ELLIPSIS, SmallArray } = scripts.small;
  const { isWholeNumber, isAnyNumber, smallArrayOf, stackedArrays } = scripts.small;
  const { entryByEntry } = scripts.small;
  const { OPAQUE, Library, Method, Closure, Scope, KnownFunction } = scripts.values;
  const { isFlag, isLibrary, kindOf, typeNamed } = scripts.values;
  const { isItems, itemsIn, itemAt, putItem } = scripts.values;
  const { SIGNS, areAlike, combined, comparisonHolds, truthOf } = scripts.operators;
  const { ATTRIBUTES, ATTRIBUTES_OF_ARRAYS_ALONE, FUNCTIONS, METHODS } =
    scripts.numpyFunctions;
  const { callListed, checkedArray } = scripts.numpyFunctions;

  const { largest_integer: largestInteger } = vocabulary.literals;

  /* How a block of statements ends: with null, if it runs to its end */

  class Returned {
    constructor(value) {
      this.value = value;
    }
  }

  const BREAK = { is: "break" };
  const CONTINUE = { is: "continue" };

  /** Carries out functions of a script, given its `imports`, its `functions` and
      `constants` by name, and the names that are `rebound`: those that stand for more
      than one thing, or for something else. */
  class Interpreter {
    constructor(script) {
      this.script = script;
      this.limits = vocabulary.interpreter;
      this.entered = new Set(); // the functions carried out, at least in part
      this.visited = new Set(); // their statements, and the sides of their choices
      // Names that are assigned where an entry of their array is meant, with the index
      // of that entry: these assignments are carried out as mended.
      this.lostIndices = new Map();
      this.stepsOfAll = 0;
      this.steps = 0;
      this.level = 0;
      this.statements = STATEMENTS;
      this.expressions = EXPRESSIONS;
      this.functions = new Map([
        ...FUNCTIONS,
        ["map", ["function value", this.map.bind(this)]],
        ["numpy.apply_along_axis", ["*", this.applyAlongAxis.bind(this)]],
      ]);
    }

    /** Carry out one call, with arguments by name; returns its result. Throws
        NotFollowed if something in it is not known, or it takes too long, and Stops if
        Python or NumPy would stop with an error. */
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
      const { constants, imports } = this.script;
      for (const { type, id } of python.walk(node)) {
        const isNamed = constants.has(id) || imports.has(id) || id === "float";
        if (type === "Name" && !isNamed) throw new NotFollowed();
      }
      const value = this.value(node, null);
      if (!isAnyNumber(value) && !isFlag(value)) throw new NotFollowed();
      return value;
    }

    step() {
      const { limits } = this;
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
        return callListed(this.functions, typeNamed(called.name), given, keywords);
      }
      if (called instanceof Method) {
        const { owner, name } = called;
        const methods = METHODS.get(kindOf(owner)) ?? new Map();
        return callListed(methods, name, [owner, ...given], keywords);
      }
      throw new NotFollowed();
    }

    callClosure(closure, given, keywords) {
      const { node } = closure;
      if (node.decorator_list?.length) throw new NotFollowed();
      const scope = scopeOfCall(closure, given, keywords);
      this.entered.add(node);
      if (node.type === "Lambda") return this.value(node.body, scope);
      const ending = this.block(node.body, scope);
      return ending instanceof Returned ? ending.value : null;
    }

    /** `map`, of one argument. */
    map(called, value) {
      return itemsIn(value).map((item) => this.call(called, [item], new Map()));
    }

    /** `np.apply_along_axis`, of an array with one axis or two. */
    applyAlongAxis(called, axis, value, ...others) {
      const array = checkedArray(value);
      const axes = array.shape.length;
      if (!isWholeNumber(axis) || axes > 2) throw new NotFollowed();
      if (axis < -axes || axis >= axes) throw new Stops();
      const resultFor = (row) =>
        smallArrayOf(this.call(called, [row, ...others], new Map()));
      if (axes === 1) return resultFor(array);
      const isFirst = Number(axis) % axes === 0;
      const byRows = isFirst ? array.transposed() : array;
      const results = itemsIn(byRows).map(resultFor);
      const areCut = results[0]?.isWhole && !results.every(({ isWhole }) => isWhole);
      if (areCut) throw new NotFollowed(); // NumPy takes the kind of the first
      const result = stackedArrays(results);
      return isFirst ? result.transposed() : result;
    }

    closure(node, around) {
      const values = defaultsOf(node).map(([name, value]) => [
        name,
        this.default(value, around),
      ]);
      return new Closure(node, around, new Map(values));
    }

    default(node, around) {
      const { level } = this;
      try {
        return unshared(this.value(node, around));
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
        const handler = this.statements[statement.type];
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
          if (this.lostIndices.has(target)) {
            const index = this.index(this.lostIndices.get(target), scope);
            this.put(this.named(target, scope), index, value);
            break;
          }
          scope.own.set(target.id, value);
          scope.flags.delete(target.id);
          break;
        case "Tuple":
        case "List":
          this.unpack(target.elts, itemsIn(value), scope);
          break;
        case "Subscript": {
          const owner = this.value(target.value, scope);
          this.put(owner, this.index(target.slice, scope), value);
          break;
        }
        default:
          throw new NotFollowed();
      }
    }

    put(owner, index, value) {
      putItem(owner, index, value);
    }

    unpack(targets, values, scope) {
      if (targets.some(({ type }) => type === "Starred")) throw new NotFollowed();
      if (values.length !== targets.length) throw new Stops();
      for (const [k, target] of targets.entries()) {
        this.assign(target, values[k], scope);
      }
    }

    augmented({ target, op, value }, scope) {
      if (target.type === "Name") {
        // Python stops, unless the name is declared to belong elsewhere.
        if (!scope.own.has(target.id)) throw new NotFollowed();
        const before = this.named(target, scope);
        scope.own.set(target.id, this.changed(op, before, this.value(value, scope)));
      } else if (target.type === "Subscript") {
        const owner = this.value(target.value, scope);
        const index = this.index(target.slice, scope);
        const before = itemAt(owner, index);
        this.put(owner, index, this.changed(op, before, this.value(value, scope)));
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
      if (isChoiceByFlags(test, scope)) {
        for (const node of [isTrue ? orelse : body].flat()) {
          for (const each of python.walk(node)) this.visited.add(each);
        }
      }
      return isTrue ? body : orelse;
    }

    for({ target, iter, body, orelse }, scope) {
      for (const item of this.items(iter, scope)) {
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
      const handler = this.expressions[node.type];
      if (!handler) throw new NotFollowed();
      this.level += 1;
      const value = handler.call(this, node, scope);
      this.level -= 1;
      // Those that were computed, not looked up.
      if (!["Name", "Attribute", "Subscript"].includes(node.type))
        this.countEntries(value);
      return value;
    }

    /** Count the steps that a large array takes, as if it were several. */
    countEntries(value) {
      let size = 0;
      if (value instanceof SmallArray) ({ size } = value);
      else if (Array.isArray(value)) size = value.length;
      if (size <= this.limits.many_entries) return;
      const more = Math.floor(size / this.limits.entries_of_a_step);
      this.steps += more;
      this.stepsOfAll += more;
    }

    /** The items of what is gone over. */
    items(node, scope) {
      return itemsIn(this.value(node, scope));
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
      const isOfArraysAlone = ATTRIBUTES_OF_ARRAYS_ALONE.includes(node.attr);
      if (isItems(owner) && isOfArraysAlone) throw new Stops();
      throw new NotFollowed();
    }

    ofLibrary(owner, node) {
      const name = meaning(node, this.script.imports);
      return vocabulary.walk.named_numbers[name] ?? new Library(name);
    }

    subscript({ value, slice }, scope) {
      const owner = this.value(value, scope);
      return itemAt(owner, this.index(slice, scope));
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

    dictionary({ keys, values }, scope) {
      const dictionary = new Map();
      for (const [k, key] of keys.entries()) {
        if (key === null) throw new NotFollowed(); // the items of another one
        const named = this.value(key, scope);
        putItem(dictionary, named, this.value(values[k], scope));
      }
      return dictionary;
    }

    /** The values of a list or of arguments, starred ones included. */
    values(nodes, scope) {
      return nodes.flatMap((node) =>
        node.type === "Starred"
          ? this.items(node.value, scope)
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
        if (!comparisonHolds(op, left, right)) return false;
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
      for (const each of this.items(first.iter, scope)) {
        this.assign(first.target, each, scope);
        const isMet = first.ifs.every((test) => truthOf(this.value(test, scope)));
        if (isMet) this.generate(item, others, scope, values);
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

  /** Whether a choice depends on flags alone, and so never changes. */
  function isChoiceByFlags(test, scope) {
    if (!scope?.flags.size) return false;
    const names = python.walk(test).filter(({ type }) => type === "Name");
    return names.length > 0 && names.every(({ id }) => scope.flags.has(id));
  }

  /** What the parameters of a function stand for in a call. This throws Stops if the
      arguments do not fit them. */
  function scopeOfCall({ node, around, defaults }, args, keywords) {
    const byPlace = parametersOf(node);
    const every = everyParameterOf(node);
    const byName = [...keywords].filter(([name]) => every.includes(name));
    const others = [...keywords].filter(([name]) => !every.includes(name));
    const { vararg, kwarg } = node.args;
    const hasTooMany = !vararg && args.length > byPlace.length;
    if (hasTooMany || (!kwarg && others.length)) throw new Stops();
    const named = byPlace.slice(0, args.length).map((name, k) => [name, args[k]]);
    const given = new Map([...named, ...byName]);
    if (kwarg) given.set(kwarg.arg, new Map(others));
    if (vararg) given.set(vararg.arg, new Tuple(args.slice(byPlace.length)));
    const scope = new Scope(around);
    scope.own = new Map([...defaults, ...given]);
    if (!every.every((name) => scope.own.has(name))) throw new Stops();
    for (const [name, value] of defaults) {
      if (!given.has(name) && isFlag(value)) scope.flags.add(name);
    }
    return scope;
  }

  /** The defaults of a function, with the names of its parameters. */
  function defaultsOf(definition) {
    const { defaults, kwonlyargs, kw_defaults } = definition.args;
    const byPlace = parametersOf(definition);
    const first = byPlace.length - defaults.length;
    const given = defaults.map((value, k) => [byPlace[first + k], value]);
    for (const [k, { arg }] of kwonlyargs.entries()) {
      if (kw_defaults[k]) given.push([arg, kw_defaults[k]]);
    }
    return given;
  }

  /** A default; nothing is known of a mutable one, which all calls share. */
  function unshared(value) {
    const kinds = [Array, Map, SmallArray];
    const isShared = kinds.some((kind) => value instanceof kind);
    return isShared ? OPAQUE : value;
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
    Subscript(node, scope) {
      return this.subscript(node, scope);
    },
    Tuple({ elts }, scope) {
      return new Tuple(this.values(elts, scope));
    },
    List({ elts }, scope) {
      return this.values(elts, scope);
    },
    Dict(node, scope) {
      return this.dictionary(node, scope);
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

  /** What a computation gives; null if it is not followed, or stops. */
  function ifFollowed(compute) {
    try {
      return compute();
    } catch (error) {
      if (isExpected(error)) return null;
      throw error;
    }
  }

  Object.assign(scripts, { Interpreter, ifFollowed, isExpected, unshared });
}
