/* Definitions: the functions of a script, and what names stand for outside them. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { isRootOfEpsilon, number } = scripts;

  /** The functions of a script: `all` of them, in the order of the text; those that are
      `methods` of a class; and `byName` those that a plain name can stand for, which a
      method is not. If a name is defined more than once, the last definition counts. */
  class Definitions {
    constructor(nodes) {
      const classes = nodes.filter(({ type }) => type === "ClassDef");
      this.methods = new Set(classes.flatMap(({ body }) => body));
      this.all = nodes.filter(({ type }) => type === "FunctionDef");
      this.all.sort((one, other) => one.line - other.line);
      const plain = this.all.filter((definition) => !this.methods.has(definition));
      this.byName = new Map(plain.map((definition) => [definition.name, definition]));
      this.named = new Map(plain.map(({ name }) => [name, []]));
      for (const definition of plain) this.named.get(definition.name).push(definition);
    }

    /** The last definition of a name above a line, or else the first below it. */
    nearest(name, line) {
      const same = this.named.get(name) ?? [];
      return same.findLast((definition) => definition.line <= line) ?? same[0];
    }

    /** The functions whose names never stand for two different ones. */
    unambiguous() {
      const only = new Map();
      for (const [name, same] of this.named) {
        const isOne = same.length === 1 || new Set(same.map(textOfTree)).size === 1;
        if (isOne) only.set(name, same.at(-1));
      }
      return only;
    }
  }

  const PLACES = ["line", "column", "endLine", "endColumn"];

  /** What a tree says, wherever it stands. */
  function textOfTree(tree) {
    return JSON.stringify(tree, (key, value) =>
      PLACES.includes(key) ? undefined : value,
    );
  }

  /** What the names of a script stand for outside its functions. */
  function globalNamesOf(definitions, imports, { tree, nodes }, declaredGlobal) {
    const functions = definitions.unambiguous();
    const stored = new Map();
    for (const name of namesStoredOutside(tree)) {
      stored.set(name, (stored.get(name) ?? 0) + 1);
    }
    const constants = new Map();
    for (const [name, value] of numbersAssigned(tree, imports)) {
      const isOther = [functions, imports, declaredGlobal].some((names) =>
        names.has(name),
      );
      if (stored.get(name) === 1 && !isOther) constants.set(name, value);
    }
    const named = [...stored.keys(), ...definitions.byName.keys()];
    const rebound = new Set([
      ...named.filter((name) => !constants.has(name) && !functions.has(name)),
      ...[...stored.keys()].filter((name) => functions.has(name)),
      ...importedBehind(functions, nodes),
      ...declaredGlobal,
    ]);
    return { imports, functions, constants, rebound };
  }

  /** Each `name = number` outside functions, classes and loops. */
  function* numbersAssigned(tree, imports) {
    for (const { type, targets, value } of tree.body) {
      if (type !== "Assign" || targets.length !== 1) continue;
      const [target] = targets;
      const isNumber = number(value) !== null || isRootOfEpsilon(value, imports);
      if (target.type === "Name" && isNumber) yield [target.id, value];
    }
  }

  /** The names assigned outside functions, once for each assignment. */
  function namesStoredOutside(tree) {
    const names = [];
    const waiting = [tree];
    while (waiting.length) {
      const node = waiting.pop();
      if (node.type === "Name" && node.ctx !== "Load") names.push(node.id);
      const isOfFunction = node.type === "FunctionDef" || node.type === "Lambda";
      if (!isOfFunction) waiting.push(...python.children(node));
    }
    return names;
  }

  /** The functions whose names stand for an import further down. */
  function importedBehind(functions, nodes) {
    const behind = [];
    for (const node of nodes) {
      if (node.type !== "Import" && node.type !== "ImportFrom") continue;
      for (const { name, asname } of node.names) {
        const definition = functions.get(asname ?? name);
        if (definition && definition.line < node.line) behind.push(definition.name);
      }
    }
    return behind;
  }

  Object.assign(scripts, { textOfTree, Definitions, globalNamesOf });
}
