/* Following: a whole script, from its first line to its last. Nothing is run. Each
   value keeps what arrays.js can say about it; what a branch or a loop changes is
   unknown after it, unless both ways agree. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { functionValue } = scripts;
  const { Names, Outline, Walk, followStatement, someInstance, valueOf } = scripts.walk;

  /** Follow a script; gives what a rule may report on. */
  function follow(source, imports, routines) {
    const outline = new Outline(source, imports, routines.areNamesCertain);
    const walk = new Walk(imports, routines, outline, followStatement, valueOf);
    const names = new Names();
    walk.statements(source.tree.body, names);
    // A function that nothing calls may be called by another script.
    for (const node of outline.functions) {
      const definition = walk.plainOf(node);
      if (!walk.entered.has(definition)) enterUncalled(walk, definition, names);
    }
    return walk.observations;
  }

  /** Follow a function that was not called yet; for a method, on an object. */
  function enterUncalled(walk, node, names) {
    const owner = walk.objects.classOf(node);
    const called = owner
      ? walk.objects.bound(node, someInstance(walk, owner, names))
      : functionValue(node, node.name);
    walk.enter(called, new Names(names), new Map());
  }

  Object.assign(scripts.walk, { follow });
}
