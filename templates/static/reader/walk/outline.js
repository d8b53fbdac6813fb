/* Outline: what the text of a script says by itself, before a line is followed. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { Classes, exchangesAxes, isDefinition, meaning, nameRead } = scripts;
  const { flagsOf } = scripts.walk;

  /** Where everything is in a script. */
  class Outline {
    constructor(source, imports, areNamesCertain) {
      const { nodes, tree } = source;
      const turned = nodes.map((node) => turnedBy(node, imports));
      // Calls whose result is transposed at once.
      this.turned = new Set(turned.filter((node) => node?.type === "Call"));
      this.functionNames = new Set(nodes.filter(isDefinition).map(({ name }) => name));
      this.outermost = outermostFunctions(tree); // those not nested in another
      // Names that stand for one truth value, wherever they are read.
      this.flags = areNamesCertain ? flagsOf(source) : new Map();
      this.classes = new Classes(nodes);
      this.functions = functionsToBeginWith(nodes);
      this.namesRead = nodes.map(nameRead);
    }

    readsOf(name) {
      return this.namesRead.filter((each) => each === name).length;
    }
  }

  /** The call that is transposed in `call(…).T`, `call(…).transpose()` or
      `np.transpose(call(…))`. */
  function turnedBy(node, imports) {
    const { type, attr, value, func, args } = node;
    if (type === "Attribute" && attr === "T") return value;
    if (type !== "Call") return null;
    if (meaning(func, imports) === "numpy.transpose" && args.length) {
      return exchangesAxes(node, false) ? args[0] : null;
    }
    const isMethod = func.type === "Attribute" && func.attr === "transpose";
    return isMethod && !args.length ? func.value : null;
  }

  /** The functions of a script that are not nested in another function. */
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

  /** The functions of a script, beginning with those that nothing in it names. */
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

  Object.assign(scripts.walk, { Outline });
}
