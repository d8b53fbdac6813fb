/* Interpreter: carries out a function of a script node by node, on small arrays. None
   of it is run as JavaScript. Whatever is not listed here, and whatever takes too many
   steps, is not followed: then nothing may be concluded. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { meaning, unshared } = scripts;
  const { EXPRESSIONS, STATEMENTS, Returned, named } = scripts.interpreter;
  const { defaultsOf, scopeOfCall } = scripts.interpreter;
  const { NotFollowed, Stops, SmallArray, Tuple, Slice } = scripts.small;
  const { isWholeNumber, isAnyNumber, smallArrayOf, stackedArrays } = scripts.small;
  const { OPAQUE, Library, Method, Closure, KnownFunction } = scripts.values;
  const { isFlag, isLibrary, itemsIn, kindOf, putItem, typeNamed } = scripts.values;
  const { FUNCTIONS, METHODS, callListed, checkedArray } = scripts.numpyFunctions;

  /** Carries out functions of a script, given its `imports`, its `functions` and
      `constants` by name, and the names that are `rebound`: those that stand for more
      than one thing, or for something else. */
  class Interpreter {
    constructor(globalNames) {
      this.globalNames = globalNames;
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
      const { constants, imports } = this.globalNames;
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
        const ending = handler(this, statement, scope);
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
            this.put(named(this, target, scope), index, value);
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

    /* Expressions */

    value(node, scope) {
      this.step();
      const handler = this.expressions[node.type];
      if (!handler) throw new NotFollowed();
      this.level += 1;
      const value = handler(this, node, scope);
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

    /** What a name stands for outside all functions. */
    outside(node) {
      const { imports, functions, constants, rebound } = this.globalNames;
      if (constants.has(node.id)) return this.value(constants.get(node.id), null);
      if (rebound.has(node.id)) throw new NotFollowed();
      const definition = functions.get(node.id);
      return definition
        ? this.closure(definition, null)
        : new Library(meaning(node, imports));
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
          ? this.items(node.value, scope)
          : [this.value(node, scope)],
      );
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

  Object.assign(scripts, { Interpreter, ifFollowed, isExpected });
}
