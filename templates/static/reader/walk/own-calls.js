/* Own calls: calls of the functions and classes of the script itself. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { CONSTRUCTOR, UNKNOWN } = scripts;
  const { everyParameterOf, hasStarred, heightsOf, heightsOfArguments } = scripts;
  const { isItems, number, parametersOf } = scripts;
  const { Names } = scripts.walk;

  /** Follow a call into a function of the script; what it returns. */
  function resultOfFunction(walk, call, called) {
    const { node } = call;
    const definition = called.method ?? called.node;
    const parameters = parametersOf(called.node);
    const values = valuesByParameter(call, parameters);
    const defaults = numbersByDefault(walk, call, called.node);
    const passed = [];
    if (definition.type === "FunctionDef") {
      for (const [parameter, argumentNode] of nodesByParameter(node, parameters)) {
        const value = values.get(parameter);
        passed.push({ node, definition, parameter, argumentNode, value });
      }
    }
    for (const argument of passed) {
      walk.observations.passedArguments.push(argument);
      walk.passing.push(argument);
    }
    const bound = new Map([...defaults, ...values]);
    const { differentiations } = walk.observations;
    const callsBefore = differentiations.length;
    const returned = walk.enter(called, new Names(call.names), bound);
    walk.passing.length -= passed.length;
    const takesNoSlopes = callsBefore === differentiations.length;
    if (takesNoSlopes && returnsNothing(definition))
      renameAsMoved(walk, passed, call.names);
    const heights = heightsOfArguments(call.values);
    if (!heights) return returned;
    const isOverGrid = heightsOf(returned) || isItems(returned);
    return hasOneCourse(definition) && isOverGrid ? returned : heights;
  }

  function returnsNothing(definition) {
    if (definition.type === "Lambda") return false;
    return !python
      .walk(definition)
      .some(({ type, value }) => type === "Return" && value);
  }

  /** Let names stand for arrays as a function has moved them: `opt.update(x, g)`. It
      returns nothing, so to move them is what it is for. Another name of such an array,
      `start = x`, is still one that shows the change. */
  function renameAsMoved(walk, passed, names) {
    for (const { argumentNode, value } of passed) {
      const { type, id } = argumentNode;
      if (type === "Name") names.set(id, walk.changes.asItIsNow(value));
    }
  }

  /** What a call gives to the parameters of a function. */
  function valuesByParameter(call, parameters) {
    const byPlace = parameters.slice(0, call.arguments.length);
    const values = new Map(byPlace.map((name, k) => [name, call.arguments[k]]));
    for (const [name, value] of call.keywords) {
      if (parameters.includes(name)) values.set(name, value);
    }
    return values;
  }

  /** The numbers that parameters have by default, if no star gives another. */
  function numbersByDefault(walk, call, definition) {
    const hasKeywords = call.node.keywords.some(({ arg }) => !arg); // **more
    if (hasKeywords || hasStarred(call.node)) return [];
    const { defaults } = definition.args;
    const names = parametersOf(definition);
    const withDefault = names.slice(names.length - defaults.length);
    return withDefault
      .map((name, k) => [name, defaults[k]])
      .filter(([, node]) => number(node) !== null)
      .map(([name, node]) => [name, walk.value(node, call.names)]);
  }

  /** The nodes of these values. After a star, places are not certain. */
  function nodesByParameter(node, parameters) {
    const args = hasStarred(node) ? [] : node.args;
    const byPlace = parameters.slice(0, args.length);
    const nodes = new Map(byPlace.map((name, k) => [name, args[k]]));
    for (const { arg, value } of node.keywords) {
      if (parameters.includes(arg)) nodes.set(arg, value);
    }
    return nodes;
  }

  /** The result of a function of one argument and without branches for an array. */
  function applied(walk, f, array, names) {
    if (f.is !== "function" || everyParameterOf(f.node).length !== 1) return UNKNOWN;
    const [parameter] = everyParameterOf(f.node);
    const result = walk.enter(f, new Names(names), new Map([[parameter, array]]));
    return hasOneCourse(f.node) ? result : UNKNOWN;
  }

  /** Whether a function runs from its first line to a return in its last. */
  function hasOneCourse({ type, body }) {
    if (type === "Lambda") return true;
    const isPlain = (statement) =>
      statement.type === "Assign" || statement.type === "Expr";
    return body.at(-1).type === "Return" && body.slice(0, -1).every(isPlain);
  }

  /** A new object of a class, once its constructor is followed. */
  function newInstance(walk, owner, names, values = [], keywords = new Map()) {
    const instance = walk.objects.addInstance(owner);
    const constructor = owner.names.get(CONSTRUCTOR);
    if (constructor?.is === "function") {
      const called = walk.objects.bound(constructor.node, instance);
      const parameters = parametersOf(called.node).slice(0, values.length);
      const given = parameters.map((name, k) => [name, values[k]]);
      walk.enter(called, new Names(names), new Map([...given, ...keywords]));
    }
    return instance;
  }

  /** The only object that a script makes of a class, or any object. */
  function someInstance(walk, owner, names) {
    return walk.objects.onlyInstance(owner) ?? newInstance(walk, owner, names);
  }

  Object.assign(scripts.walk, { resultOfFunction, applied, newInstance, someInstance });
}
