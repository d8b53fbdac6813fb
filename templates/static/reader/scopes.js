/* Scopes: to which function a name belongs. x in a function that assigns it is another
   name than x outside. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { everyParameterOf } = scripts;

  const FUNCTIONS = ["FunctionDef", "Lambda"];
  const SCOPES = [...FUNCTIONS, "ListComp", "SetComp", "DictComp", "GeneratorExp"];

  /** For each name, the function or comprehension that it belongs to; a name that
      belongs to none belongs to the module. */
  function ownersOfNames(tree) {
    const owners = new Map();
    const namesOf = new Map();
    const waiting = [{ node: tree, around: [] }];
    while (waiting.length) {
      const { node, around } = waiting.pop();
      let inside = around;
      if (node.type === "Name") {
        const owner = around.findLast((scope) => namesOf.get(scope).has(node.id));
        owners.set(node, owner ?? tree);
      } else if (SCOPES.includes(node.type)) {
        namesOf.set(node, namesGivenIn(node));
        inside = [...around, node];
      }
      for (const child of python.children(node)) {
        waiting.push({ node: child, around: inside });
      }
    }
    return owners;
  }

  /** The names that a function or a comprehension gives a value of its own. */
  function namesGivenIn(scope) {
    const outside = new Set();
    const stored = new Set();
    const waiting = [...python.children(scope)];
    while (waiting.length) {
      const node = waiting.pop();
      if (node.type === "Global" || node.type === "Nonlocal") {
        for (const name of node.names) outside.add(name);
      } else if (node.type === "Name" && node.ctx !== "Load") {
        stored.add(node.id);
      }
      if (!SCOPES.includes(node.type)) waiting.push(...python.children(node));
    }
    const parameters = FUNCTIONS.includes(scope.type) ? everyParameterOf(scope) : [];
    const own = [...stored].filter((name) => !outside.has(name));
    return new Set([...parameters, ...own]);
  }

  Object.assign(scripts, { ownersOfNames });
}
