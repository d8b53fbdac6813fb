/* Calls: of the functions of the script, of methods, and of NumPy, of `math` and of
   Python. */
"use strict";

{
  const { functions, printing, scripts } = globalThis.gradviz;
  const { spellings, isFloatType, lastPart, meaning } = scripts;
  const { parametersOf, plainText, starModules } = scripts;
  const { COORDINATES, LENGTH, MATH_DOMAIN, TWO_NUMBERS, X } = spellings;
  const { asArray, asTerm, chosenEach, dot, elementsOf, isGroup } = spellings;
  const { isOneNumber, isWholeArray, joined, refuse } = spellings;
  const { refuseIndex, shapeOf, sumOver, termOf } = spellings;
  const { ATOM, SAME_AS } = printing;

  const BUILTINS = ["abs", "sum", "max", "min", "pow", "float", "len"];

  const REDUCTIONS = ["sum", "prod", "mean", "max", "min"];

  // All numbers of one point stand along these axes.
  const AXES_OF_ONE_POINT = ["0", "-1", "None"];

  const MODULES = ["", "numpy", "numpy.linalg", "math"];

  // Of these, `math` raises where NumPy gives nan or inf.
  const RAISES_IN_MATH =
    "log log2 log10 log1p sqrt arcsin arccos exp expm1 sinh cosh".split(" ");

  function valueOfCall(speller, node, values) {
    const { func, keywords } = node;
    const definition = ownFunction(speller, func, values);
    if (definition) {
      if (keywords.length) refuse("keyword", node);
      const given = valuesGiven(speller, node, values);
      return speller.within(() => resultOf(speller, definition, given, node));
    }
    if (func.type === "Attribute") {
      const receiver = speller.valueIfAny(func.value, values);
      if (receiver) {
        return resultOfMethod(speller, asTerm(receiver, func.value), node, values);
      }
    }
    const full = meaningOf(speller, func);
    const name = lastPart(full);
    const module = full.slice(0, full.length - name.length).replace(/\.$/, "");
    if (!MODULES.includes(module)) refuse("function", node, { name: full });
    return resultOfLibrary(speller, module, name, node, values);
  }

  /** What a name stands for, even if everything in its module is imported. */
  function meaningOf({ imports }, node) {
    const full = meaning(node, imports);
    const modules = starModules(imports);
    // NumPy has functions of its own under some names of Python.
    const isReplaced = REDUCTIONS.includes(full) && modules.includes("numpy");
    const isBuiltin = BUILTINS.includes(full) && !isReplaced;
    if (full.includes(".") || isBuiltin) return full;
    const module = modules.find((each) => each === "numpy" || each === "math");
    if (module) return `${module}.${full}`;
    return imports.size ? full : `numpy.${full}`;
  }

  /* Functions of the script */

  /** The function of the script that is called, if it is one. */
  function ownFunction({ definitions }, node, values) {
    if (node.type === "Lambda") return node;
    if (node.type !== "Name" || values.has(node.id)) return null;
    return definitions.get(node.id) ?? null;
  }

  /** The values of the arguments of a call. */
  function valuesGiven(speller, node, values) {
    const given = [];
    for (const argument of node.args) {
      if (argument.type === "Starred") {
        const value = speller.value(argument.value, values);
        for (const item of itemsOf(speller, value, 2, argument)) given.push(item);
      } else {
        given.push(speller.value(argument, values));
      }
    }
    return given;
  }

  /** The items of a group, the entries of an array, or those of x, which then has to have
      as many as are asked for. */
  function itemsOf(speller, value, count, node) {
    const items = value.items ?? value.entries;
    if (items) return items;
    if (value !== X || count !== 2) refuse("unpacking", node);
    speller.demands.add(TWO_NUMBERS);
    return COORDINATES;
  }

  /** What a function of the script returns for these arguments. */
  function resultOf(speller, definition, given, node) {
    if (speller.isTooDeep) refuse("calls-too-deep", node);
    const values = bound(speller, definition, given, node);
    const { type, body } = definition;
    if (type === "Lambda") return speller.value(body, values);
    return speller.statements(body, values) ?? refuse("no-return", definition);
  }

  /** What the parameters of a function stand for in a call. */
  function bound(speller, definition, given, node) {
    const { vararg, kwonlyargs, kwarg, defaults } = definition.args;
    if (vararg || kwonlyargs.length || kwarg) refuse("open-parameters", node);
    const names = parametersOf(definition);
    const missing = names.length - given.length;
    if (missing < 0 || missing > defaults.length) refuse("argument-count", node);
    const values = new Map(given.map((value, k) => [names[k], value]));
    const left = missing ? defaults.slice(-missing) : [];
    for (const [k, value] of left.entries()) {
      values.set(names[given.length + k], speller.term(value, new Map()));
    }
    return values;
  }

  /* Methods */

  /** The result of `x.sum()` and the like. */
  function resultOfMethod(speller, receiver, node, values) {
    const name = node.func.attr;
    const rule = METHODS.get(name);
    // A number of Python has no such methods.
    const result = receiver.isVector && rule?.(speller, receiver, node, values);
    return result || refuse("method", node, { name });
  }

  const METHODS = new Map([
    ["copy", copied],
    ["flatten", flattened],
    ["ravel", flattened],
    ["astype", castToFloats],
    ["dot", productWith],
    ["clip", clipped],
    ...REDUCTIONS.map((name) => [name, reduced]),
  ]);

  // Each of these gives nothing for arguments that it does not know.

  function copied(speller, receiver, { args }) {
    return !args.length && receiver;
  }

  function flattened(speller, receiver, { args }) {
    return !args.length && receiver.rank === 1 && receiver;
  }

  function castToFloats({ imports }, receiver, node) {
    const { args, keywords } = node;
    if (args.length !== 1 || keywords.length) return null;
    return isFloatType(args[0], imports) ? receiver : refuse("type", node);
  }

  function productWith(speller, receiver, node, values) {
    const { args } = node;
    if (args.length !== 1) return null;
    const other = asArray(speller.value(args[0], values));
    return dot(receiver, asTerm(other, args[0]), node);
  }

  function clipped(speller, receiver, node, values) {
    const { args, keywords } = node;
    if (args.length !== 2 || keywords.length) return null;
    const limits = args.map((each) => speller.term(each, values));
    return spelledCall(speller, "numpy", "clip", [receiver, ...limits], node);
  }

  function reduced(speller, receiver, { func, args, keywords }) {
    const isFlat = receiver.rank === 1 || !keywords.length;
    const isOfAll = !receiver.isEach && isFlat && isOverOnePoint(keywords);
    if (args.length || !isOfAll) return null;
    return termOf(printing.call(func.attr, receiver).text);
  }

  /** Whether a reduction goes over all numbers of one point. */
  function isOverOnePoint(keywords) {
    return keywords.every(
      ({ arg, value }) =>
        arg === "axis" && AXES_OF_ONE_POINT.includes(plainText(value)),
    );
  }

  /* NumPy, `math` and Python */

  function resultOfLibrary(speller, module, name, node, values) {
    const sum = sumOfComprehension(speller, module, name, node, values);
    if (sum) return sum;
    const { value: given, demands } = speller.withDemands(() =>
      valuesGiven(speller, node, values),
    );
    const isOfNumpy = module === "numpy";
    if (isOfNumpy && ["array", "asarray"].includes(name)) {
      return sameArray(speller, given, node);
    }
    const total = reductionOfGroup(name, given, node);
    if (total) return total;
    if (isOfNumpy && name === "where") {
      // It also computes what it does not choose.
      if (demands.has(MATH_DOMAIN)) refuse("condition", node);
      return chosenEach(given, node);
    }
    const arrays = isOfNumpy ? given.map(asArray) : given;
    const terms = arrays.map((value) => asTerm(value, node));
    if (node.keywords.length && !hasAxisAlone(module, name, terms, node)) {
      refuse("keyword", node);
    }
    if (module === "") refuseArrayAsNumber(name, terms, node);
    if (terms.length === 2 && REDUCTIONS.includes(name) && isOfNumpy) {
      const axis = terms.pop().text;
      if (terms[0].rank > 1 || !AXES_OF_ONE_POINT.includes(axis)) refuse("axis", node);
    }
    return spelledCall(speller, module, name, terms, node);
  }

  /** The sum of `sum(t**2 for t in x)`. */
  function sumOfComprehension(speller, module, name, node, values) {
    const [comprehension] = node.args;
    const kinds = ["GeneratorExp", "ListComp"];
    if (node.args.length !== 1 || !kinds.includes(comprehension.type)) return null;
    const [generator, ...more] = comprehension.generators;
    const isPlain = !more.length && !generator.ifs.length && !node.keywords.length;
    if (name !== "sum" || !isPlain || module === "math") refuse("comprehension", node);
    const { target, iter } = generator;
    const elements = elementsOf(speller, target, iter, values);
    const inner = new Map([...values, ...elements]);
    return sumOver(speller.term(comprehension.elt, inner), node);
  }

  /** What `np.array` makes an array of. */
  function sameArray({ imports }, given, node) {
    if (given.length !== 1) refuse("array-of-several", node);
    const areFloats = node.keywords.every(
      ({ arg, value }) => arg === "dtype" && isFloatType(value, imports),
    );
    if (!areFloats) refuse("type", node);
    return asArray(given[0]);
  }

  /** The value of `np.sum([a, b])` and the like, of a few values that are written out. */
  function reductionOfGroup(name, given, node) {
    if (given.length !== 1) return null;
    const [{ items = [], entries = items }] = given;
    const operators = new Map([
      ["sum", "Add"],
      ["prod", "Mult"],
      ["product", "Mult"],
    ]);
    const operator = operators.get(name);
    const areNumbers = entries.length > 0 && entries.every(isOneNumber);
    if (operator && areNumbers) {
      return entries.reduce((total, item) => joined(operator, total, item, node));
    }
    if (isGroup(given[0]) && isGroup(asArray(given[0]))) refuse("group", node);
    return null;
  }

  /** Whether the named arguments of a call are an axis that holds all numbers of x. */
  function hasAxisAlone(module, name, terms, { keywords }) {
    if (module === "" || !isOverOnePoint(keywords)) return false;
    const own = SAME_AS.get(name) ?? name;
    if (terms.some((term) => term.rank > 1)) return false;
    if (own === "linalg.norm") return terms.every((term) => term.isVector);
    return REDUCTIONS.includes(own);
  }

  /** Refuse what Python's own sum, max and min refuse: a single number, and a
      comparison of arrays. */
  function refuseArrayAsNumber(name, terms, node) {
    if (!REDUCTIONS.includes(name)) return;
    const areArrays = terms.map(isWholeArray);
    const isRefused = terms.length === 1 ? !areArrays[0] : areArrays.includes(true);
    if (isRefused) refuse("function", node, { name });
  }

  function spelledCall(speller, module, givenName, terms, node) {
    const hasArray = terms.some(isWholeArray);
    const isOfMath = module === "math";
    if (isOfMath && hasArray) {
      refuse("array-as-number", node, { name: `math.${givenName}` });
    }
    const plain = terms.length === 1 && plainResult(givenName, terms[0], node);
    if (plain) return plain;
    const name = languageName(module, givenName, terms);
    if (module === "numpy.linalg" && name !== "linalg.norm") {
      refuse("function", node, { name: `np.linalg.${name}` });
    }
    if (terms.length === 2) {
      if (name === "dot") return dot(...terms, node);
      if (name === "power") return joined("Pow", ...terms, node);
    }
    const rule = functions.get(name) ?? refuse("not-in-language", node, { name });
    if (rule.partials.length !== terms.length) {
      refuse("function-arguments", node, { name });
    }
    if (isOfMath && RAISES_IN_MATH.includes(name)) speller.demands.add(MATH_DOMAIN);
    refuseIndex(terms, node);
    const { text } = printing.call(name, ...terms);
    if (!rule.reduce) return termOf(text, ATOM, shapeOf(terms, node));
    if (terms.some((term) => term.isEach)) {
      refuse("one-at-a-time", node, { name: `np.${name}` });
    }
    return termOf(text); // one number
  }

  /** What `len` and `float` give, which a spelling does without; null for other calls. */
  function plainResult(name, term, node) {
    if (name === "len" && term === X) return LENGTH;
    if (name === "len" && term.entries) return termOf("2");
    if (name !== "float" && name !== "float64") return null;
    if (isWholeArray(term)) refuse("array-as-number", node, { name: "float" });
    return term;
  }

  /** The name that the language has for a function. */
  function languageName(module, givenName, terms) {
    const name = SAME_AS.get(givenName) ?? givenName;
    const isOfTwo =
      ["max", "min"].includes(name) && terms.length === 2 && module === "";
    return isOfTwo ? `${name}imum` : name;
  }

  Object.assign(spellings, { itemsOf, meaningOf, resultOf, valueOfCall });
}
