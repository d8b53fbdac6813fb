/* Unread names: where a script will stop, since a name has no value there. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { everyParameterOf, meaning, ownersOfNames, unread } = scripts;

  // Nodes that assign a value to their own name.
  const NAMED = ["FunctionDef", "AsyncFunctionDef", "ClassDef", "ExceptHandler"];

  /** Where a name is read that has no value, or that replaces a usual module. A fragment
      without imports is exempt: the lines above it may define what it reads. */
  function* namesWithoutValue({ nodes, tree }, imports) {
    const hasAllOfAnother = [...imports.keys()].some((name) => name.startsWith("* "));
    if (!imports.size || hasAllOfAnother) return;
    const { usual, builtin, all_names: allNames } = vocabulary.names;
    const given = new Set(namesGiven(nodes));
    const hasValue = new Set([...imports.keys(), ...given, ...builtin, ...allNames]);
    for (const name of Object.keys(usual)) if (given.has(name)) hasValue.delete(name);
    yield* namesLost(nodes, ownersOfNames(tree), [...builtin, ...allNames]);
    for (const { type, id, line } of nodes) {
      if (type !== "Name" || hasValue.has(id)) continue;
      // Python has many of these:
      if (!id.endsWith("Error")) yield unread("no-value", line, id);
      hasValue.add(id);
    }
  }

  /** Where a name is read that has no value any more, or none yet. It was deleted, or
      belonged to an `except`; its first assignment in a function reads it; or a function
      of Python is called whose name got another value. Functions that are kept while a
      name takes value after value all read the last one. */
  function* namesLost(nodes, owners, ofPython) {
    const lost = ({ line, id }) => unread("no-value", line, id);
    const names = [...owners.keys()].sort(
      (one, other) => one.line - other.line || one.column - other.column,
    );
    const firstSet = ({ id }, owner) =>
      names.find(
        (each) => each.id === id && each.ctx === "Store" && owners.get(each) === owner,
      );
    for (const node of nodes) {
      for (const { id, after } of endsOfNames(node)) {
        const later = names.find((each) => each.id === id && each.line > after);
        if (later?.ctx === "Load") yield lost(later);
      }
      for (const name of namesBoundLate(node)) yield lost(name);
      for (const [target, read] of namesReadInSetting(node)) {
        const owner = owners.get(read);
        if (owner.args && firstSet(read, owner) === target) {
          if (!everyParameterOf(owner).includes(read.id)) yield lost(read);
        }
      }
      const { type, func } = node;
      if (type === "Call" && ofPython.includes(func.id)) {
        if (firstSet(func, owners.get(func))) yield lost(func);
      }
    }
  }

  /** The names that have no value behind a statement, and its last line. */
  function endsOfNames({ type, name, targets, endLine: after }) {
    if (type === "ExceptHandler" && name) return [{ id: name, after }];
    const deleted = type === "Delete" ? targets : [];
    return deleted.filter(({ id }) => id).map(({ id }) => ({ id, after }));
  }

  /** The names of a loop that functions read which are kept in a list. A function that is
      called in the same turn is not meant. */
  function namesBoundLate(node) {
    let targets = [node.target];
    let functions = [];
    if (node.type === "ListComp") {
      targets = node.generators.map(({ target }) => target);
      functions = node.elt.type === "Tuple" ? node.elt.elts : [node.elt];
    } else if (node.type === "For") {
      functions = python
        .walk(node)
        .filter(
          (each) =>
            each.type === "Call" && scripts.wholeRuns.nameCalled(each) === "append",
        )
        .flatMap(({ args }) => args);
    }
    return functions
      .filter(({ type }) => type === "Lambda")
      .flatMap((each) => {
        const own = everyParameterOf(each);
        const late = targets.flatMap(namesIn).filter(({ id }) => !own.includes(id));
        return namesIn(each.body).filter(({ id }) => late.some((one) => one.id === id));
      });
  }

  function namesIn(node) {
    return python.walk(node).filter(({ type }) => type === "Name");
  }

  /** The names that an assignment sets, each with where it is read before. */
  function namesReadInSetting({ type, target, targets, value }) {
    if (type === "AugAssign") return target.type === "Name" ? [[target, target]] : [];
    if (type !== "Assign") return [];
    const read = namesIn(value);
    return targets
      .filter((each) => each.type === "Name")
      .flatMap((each) => read.filter(({ id }) => id === each.id).map((r) => [each, r]));
  }

  /** The names that a script assigns, other than by its first import. */
  function* namesGiven(nodes) {
    const imported = new Map();
    for (const { type, ctx, id, name, arg, names } of nodes) {
      if (type === "Name" && ctx !== "Load") yield id;
      else if (NAMED.includes(type) && name) yield name;
      else if (type === "arg") yield arg;
      else if (type === "Import") {
        for (const { name: full, asname } of names) {
          const own = asname ?? full;
          if ((imported.get(own) ?? full) !== full) yield own;
          imported.set(own, imported.get(own) ?? full);
        }
      }
    }
  }

  /** Where a NumPy name is read that newer versions no longer have. */
  function* removedNames(source, imports) {
    for (const node of source.nodes) {
      if (node.type !== "Attribute") continue;
      const full = meaning(node, imports);
      const isRemoved = vocabulary.names.removed.some(
        (name) => full === `numpy.${name}`,
      );
      if (isRemoved) {
        yield unread("removed", node.line, source.text(node));
      }
    }
  }

  Object.assign(scripts, { namesWithoutValue, removedNames });
}
