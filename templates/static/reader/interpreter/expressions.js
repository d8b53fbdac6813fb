/* Expressions: the value of each kind, as an interpreter finds it. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { meaning } = scripts;
  const { sideOf } = scripts.interpreter;
  const { ELLIPSIS, NotFollowed, Stops, SmallArray, Tuple } = scripts.small;
  const { entryByEntry, isAnyNumber } = scripts.small;
  const { Library, Method, Scope } = scripts.values;
  const { isItems, isLibrary, itemAt, kindOf, putItem } = scripts.values;
  const { SIGNS, combined, comparisonHolds, truthOf } = scripts.operators;
  const { ATTRIBUTES, ATTRIBUTES_OF_ARRAYS_ALONE, METHODS } = scripts.numpyFunctions;

  const { largest_integer: largestInteger } = vocabulary.literals;

  function named(run, node, scope) {
    for (let around = scope; around; around = around.around) {
      if (around.own.has(node.id)) return around.own.get(node.id);
    }
    return run.outside(node);
  }

  function attribute(run, node, scope) {
    const owner = run.value(node.value, scope);
    if (owner instanceof Library) return ofLibrary(run, node);
    return attributeOfValue(owner, node.attr);
  }

  /** An attribute of a value, or a method as a value. */
  function attributeOfValue(owner, name) {
    const kind = kindOf(owner);
    const read = ATTRIBUTES.get(kind)?.get(name);
    if (read) return read(owner);
    if (METHODS.get(kind)?.has(name)) return new Method(owner, name);
    if (isItems(owner) && ATTRIBUTES_OF_ARRAYS_ALONE.includes(name)) throw new Stops();
    throw new NotFollowed();
  }

  function ofLibrary(run, node) {
    const name = meaning(node, run.globalNames.imports);
    return vocabulary.walk.named_numbers[name] ?? new Library(name);
  }

  function subscript(run, { value, slice }, scope) {
    const owner = run.value(value, scope);
    return itemAt(owner, run.index(slice, scope));
  }

  function signed(run, { op, operand }, scope) {
    const value = run.value(operand, scope);
    if (op === "Not") return !truthOf(value);
    const sign = SIGNS[op];
    if (!sign || !(isAnyNumber(value) || value instanceof SmallArray)) {
      throw new NotFollowed();
    }
    return entryByEntry(sign, value);
  }

  function allOrAny(run, { op, values }, scope) {
    let value = null;
    for (const operand of values) {
      value = run.value(operand, scope);
      if (truthOf(value) === (op === "Or")) break;
    }
    return value;
  }

  function comparison(run, node, scope) {
    return comparisonFrom(run, node, run.value(node.left, scope), scope);
  }

  /** Whether a comparison holds, whose first value is already there. */
  function comparisonFrom(run, node, first, scope) {
    let left = first;
    for (const [k, op] of node.ops.entries()) {
      const right = run.value(node.comparators[k], scope);
      if (!comparisonHolds(op, left, right)) return false;
      left = right;
    }
    return true;
  }

  function comprehension(run, { elt, generators }, scope) {
    const values = [];
    generate(run, elt, generators, new Scope(scope), values);
    return values;
  }

  function generate(run, item, [first, ...others], scope, values) {
    if (!first) {
      values.push(run.value(item, scope));
      return;
    }
    for (const each of run.items(first.iter, scope)) {
      run.assign(first.target, each, scope);
      const isMet = first.ifs.every((test) => truthOf(run.value(test, scope)));
      if (isMet) generate(run, item, others, scope, values);
    }
  }

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

  const EXPRESSIONS = {
    Constant: (run, node) => constantOf(node),
    Name: named,
    Attribute: attribute,
    Subscript: subscript,
    Tuple: (run, { elts }, scope) => new Tuple(run.values(elts, scope)),
    List: (run, { elts }, scope) => run.values(elts, scope),
    Dict(run, { keys, values }, scope) {
      const dictionary = new Map();
      for (const [k, key] of keys.entries()) {
        if (key === null) throw new NotFollowed(); // the items of another one
        const name = run.value(key, scope);
        putItem(dictionary, name, run.value(values[k], scope));
      }
      return dictionary;
    },
    UnaryOp: signed,
    BinOp(run, { left, op, right }, scope) {
      const first = run.value(left, scope);
      return combined(op, first, run.value(right, scope));
    },
    BoolOp: allOrAny,
    Compare: comparison,
    IfExp(run, node, scope) {
      const side = sideOf(run, node, scope);
      run.visited.add(side);
      return run.value(side, scope);
    },
    Lambda: (run, node, scope) => run.closure(node, scope),
    ListComp: comprehension,
    GeneratorExp: comprehension,
    Call(run, node, scope) {
      const called = run.value(node.func, scope);
      if (isLibrary(called, "print")) return null;
      const given = run.values(node.args, scope);
      const keywords = new Map();
      for (const { arg, value } of node.keywords) {
        if (!arg) throw new NotFollowed();
        keywords.set(arg, run.value(value, scope));
      }
      return run.call(called, given, keywords);
    },
  };

  Object.assign(scripts.interpreter, {
    EXPRESSIONS,
    attributeOfValue,
    comparisonFrom,
    comprehension,
    named,
    ofLibrary,
  });
}
