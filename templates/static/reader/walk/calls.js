/* Calls: what is called, and which part of the walk knows the result. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { RANGE_OF_NUMBERS, UNKNOWN } = scripts;
  const { dotted, eachOf, everyParameterOf, hasStarred, heightsOfArguments } = scripts;
  const { isNumber, itemOf, sequenceOf, meaning, numberValue, ownersOf } = scripts;
  const { unknownPart } = scripts;
  const { Names, callAt, calledRoutine, differentiated, lose } = scripts.walk;
  const { newInstance, noteCut, ofEach, partOrComputed, putInto } = scripts.walk;
  const { resultOfFunction, resultOfMethod, resultOfNumpy } = scripts.walk;
  const { resultOfPlot, slopesOfDerivative, slopesOfRoutine } = scripts.walk;
  const words = vocabulary.walk;

  /** Follow a call; what is known of its result. */
  function resultOfCall(walk, node, names) {
    const call = callAt(walk, node, names);
    const written = call.keywords.get("out") ?? UNKNOWN;
    walk.changes.note(written);
    noteCut(walk, written);
    const routine = calledRoutine(walk, node, names);
    if (routine) return slopesOfRoutine(walk, call, routine);
    let called = UNKNOWN;
    if (node.func.type === "Attribute") {
      const receiver = walk.value(node.func.value, names);
      if (receiver.is === "generator") {
        return resultOfNumpy(walk, call, `random.${node.func.attr}`);
      }
      const result = resultOfArray(walk, call, node.func, receiver);
      if (result) return result;
      if (receiver.is === "instance") {
        called = walk.objects.attributeOf(receiver, node.func.attr);
      }
    } else {
      called = walk.value(node.func, names);
    }
    const own = resultOfOwn(walk, call, called);
    if (own) return own;
    const fullName = meaning(node.func, walk.imports);
    const result = resultOfLibrary(walk, call, fullName);
    return result ?? unfollowed(walk, call, called, fullName);
  }

  /** The result of a method of an array, or of what may be one; else null. */
  function resultOfArray(walk, call, method, receiver) {
    // Such as x.sort() and points.append(x).
    if (isChanging(method.attr)) {
      walk.changes.note(receiver);
      if (call.arguments.length) noteCut(walk, receiver);
      putInto(method.value, call.arguments, call.names);
    }
    const result = resultOfMethod(walk, call.node, receiver);
    if (result) return result;
    if (!ownersOf(receiver).length) return null;
    lose(...call.arguments);
    return partOrComputed(method.attr, [receiver]);
  }

  /** Whether a method changes its object, such as `__iadd__`, the one behind `x +=
      1`. */
  function isChanging(method) {
    const isOperation = method.startsWith("__i") || method === "__setitem__";
    return isOperation || words.changing_methods.includes(method);
  }

  /** The result of a function, a class or a derivative of the script; else null. */
  function resultOfOwn(walk, call, called) {
    switch (called.is) {
      case "function":
        return resultOfFunction(walk, call, called);
      case "class":
        return newInstance(walk, called, call.names, call.arguments, call.keywords);
      case "derivative":
        return slopesOfDerivative(walk, call, called);
      default:
        return null;
    }
  }

  /** The result of what a library or Python itself has under a name; else null. */
  function resultOfLibrary(walk, call, fullName) {
    const result =
      differentiated(walk, call, fullName) ?? resultOfPlot(walk, call, fullName);
    if (result) return result;
    return fullName.startsWith("numpy.")
      ? resultOfNumpy(walk, call, fullName.slice("numpy.".length))
      : resultOfBuiltin(walk, call, fullName);
  }

  /** The results of functions of Python itself on arrays; else null. */
  function resultOfBuiltin(walk, call, name) {
    const { node, arguments: values, first } = call;
    if (name === "range") return RANGE_OF_NUMBERS;
    if (["zip", "enumerate", "map"].includes(name)) {
      const isPlain = values.length && !hasStarred(node);
      return isPlain ? iterated(walk, call, name) : null;
    }
    if (values.length !== 1) return null;
    if (name === "list" || name === "tuple") {
      const isList = ["items", "range", "each", "slopes"].includes(first.is);
      return isList ? first : eachOf(itemOf(first));
    }
    const isNumberType = name === "float" || name === "int";
    return isNumberType ? asNumber(first, name === "int") : null;
  }

  /** The items that `zip`, `enumerate` and `map` give in turn. */
  function iterated(walk, { node, names, first, arguments: values }, name) {
    if (name === "zip") return eachOf(sequenceOf(values.map(itemOf)));
    if (name === "enumerate") {
      return eachOf(sequenceOf([numberValue(null, true), itemOf(first)]));
    }
    const [called, array, ...more] = values;
    if (called.is !== "function" || !array || more.length)
      return unknownPart(...values);
    const parameters = everyParameterOf(called.node).slice(0, 1);
    const bound = new Map(parameters.map((parameter) => [parameter, itemOf(array)]));
    const element = walk.enter(called, new Names(names), bound);
    return ofEach(walk, element, array, node.args[1]);
  }

  /** What `int` or `float` makes of a value. */
  function asNumber(value, isWhole) {
    if (!isNumber(value)) return numberValue(null, isWhole);
    const coordinate = isWhole === value.isWhole ? value.coordinate : null;
    return numberValue(null, isWhole, { mesh: value.mesh, coordinate });
  }

  /** The possible result of a call that is not followed; notes what it may do. */
  function unfollowed(walk, call, called, fullName) {
    const { values } = call;
    const isLooking = words.looking.includes(fullName);
    if (!isLooking) lose(...values);
    if (!leavesArraysAlone(walk, call.node.func, fullName))
      walk.changes.note(...values);
    const heights = isLooking ? null : heightsOfArguments(values);
    return heights ?? unknownPart(called, ...values);
  }

  /** Whether what is called is of Python or a library, and changes no array. */
  function leavesArraysAlone(walk, called, fullName) {
    const { type, id, attr } = called;
    if (type !== "Name" && type !== "Attribute") return false;
    const isOfLibrary = words.unchanging.includes(fullName.split(".")[0]);
    const isOfModule = walk.imports.has(dotted(called).split(".")[0]);
    const isMethod = type === "Attribute" && !isOfModule;
    const isOfPython = vocabulary.names.builtin.includes(fullName);
    const isNotOfScript = isOfLibrary || isOfPython || isMethod;
    return isNotOfScript && !walk.outline.functionNames.has(attr ?? id);
  }

  Object.assign(scripts.walk, { resultOfCall });
}
