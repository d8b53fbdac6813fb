/* The named functions of a script, as spellings: those that a page can offer to draw. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { Spellings, number, parametersOf, takesOneArgument } = scripts;

  // Methods that change an array.
  const MUTATING = ["fill", "sort", "put", "partition", "resize", "itemset"];

  /** The functions of a script, and its lambdas that have a name. */
  class NamedFunctions {
    #spellings;
    #source;
    #names; // by functions of one argument

    constructor(source, imports, definitions) {
      const lambdas = new Map(namedLambdas(source.nodes));
      const byName = new Map([...lambdas, ...definitions.byName]);
      this.#source = source;
      this.#spellings = new Spellings(source, imports, byName, constantsOf(source));
      const all = [...definitions.all.map((node) => [node.name, node]), ...lambdas];
      /** Each with its name, in the order of the lines. */
      this.all = all.sort(([, one], [, other]) => one.line - other.line);
      this.ofOneArgument = this.all.filter(([, each]) => isOfOneArgument(each));
      this.#names = new Map(this.ofOneArgument.map(([name, node]) => [node, name]));
    }

    /** The readings of the functions of one argument; without these, of the script itself,
        if it is an expression in x, or the body of a function of x. */
    readings() {
      const readings = this.ofOneArgument.map(([name, node]) =>
        this.#spellings.read(name, node),
      );
      if (readings.length || this.#source.unread.length) return readings;
      const reading = this.#readingOfFormula(this.#source.tree.body);
      return reading && reading.spelling !== null ? [reading] : [];
    }

    #readingOfFormula(body) {
      const last = body.at(-1);
      if (last?.type === "Return") return this.#spellings.readBody(body);
      const isAlone = last?.type === "Expr" && body.length === 1;
      return isAlone ? this.#spellings.readExpression(last.value) : null;
    }

    /** The readings of the functions of two numbers that can be drawn: f(x, y). */
    pairs() {
      return this.all
        .filter(([, definition]) => takesTwo(definition))
        .map(([name, definition]) => this.#spellings.readPair(name, definition))
        .filter(({ spelling }) => spelling !== null);
    }

    /** The reading of what is differentiated. A lambda may have a name. */
    readingOf({ is, node, name }) {
      if (is !== "function" || !node) return null;
      const own = this.#names.get(node) ?? name;
      if (takesOneArgument(node)) return this.#spellings.read(own, node);
      return takesTwo(node) ? this.#spellings.readPair(own, node) : null;
    }
  }

  function isOfOneArgument(definition) {
    const { vararg, kwarg, kwonlyargs } = definition.args;
    const isOpen = vararg || kwarg || kwonlyargs.length;
    const [first] = parametersOf(definition);
    return takesOneArgument(definition) && !isOpen && first !== "self";
  }

  function takesTwo(definition) {
    return parametersOf(definition).length === 2 && !takesOneArgument(definition);
  }

  function* namedLambdas(nodes) {
    for (const { type, value, targets } of nodes) {
      if (type !== "Assign" || value.type !== "Lambda") continue;
      for (const target of targets) {
        if (target.type === "Name") yield [target.id, value];
      }
    }
  }

  /** Names that are given a number or an array once, at the top of the script. */
  function constantsOf({ nodes, tree }) {
    const changeable = changeableNames(nodes);
    const stored = new Map();
    for (const { type, ctx, id } of nodes) {
      if (type === "Name" && ctx === "Store") stored.set(id, (stored.get(id) ?? 0) + 1);
    }
    const constants = new Map();
    for (const { type, targets, value } of tree.body) {
      if (type !== "Assign" || targets.length !== 1) continue;
      const [{ type: targetType, id }] = targets;
      const isConstant = targetType === "Name" && stored.get(id) === 1;
      const isFixed = isArrayOfList(value) && !changeable.has(id);
      if (isConstant && (isFixed || number(value) !== null)) constants.set(id, value);
    }
    return constants;
  }

  function isArrayOfList({ type, func, args }) {
    if (type !== "Call" || !["Name", "Attribute"].includes(func.type)) return false;
    return (
      ["array", "asarray"].includes(func.attr ?? func.id) && args[0]?.type === "List"
    );
  }

  /** Names whose array may change, since it is written into, or has another name, too. */
  function changeableNames(nodes) {
    const names = new Set();
    for (const { type, targets, target, value, func } of nodes) {
      const isMethod = type === "Call" && func.type === "Attribute";
      if (isMethod && MUTATING.includes(func.attr)) names.add(func.value.id);
      if (type === "Assign") names.add(value.id);
      for (const each of [...(targets ?? []), target]) names.add(innermost(each)?.id);
    }
    return names;
  }

  /** What `a[0] = …`, `a.flat = …` and the like write into. */
  function innermost(node) {
    let inner = node;
    while (inner?.type === "Subscript" || inner?.type === "Attribute") {
      inner = inner.value;
    }
    return inner === node ? null : inner;
  }

  Object.assign(scripts, { NamedFunctions, takesTwo });
}
