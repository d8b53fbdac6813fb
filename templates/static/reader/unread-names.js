/* Unread names: where a script will stop, since a name has no value there. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { byPlace, everyParameterOf, meaning, number, ownersOfNames, unread } = scripts;

  // Nodes that assign a value to their own name.
  const NAMED = ["FunctionDef", "AsyncFunctionDef", "ClassDef", "ExceptHandler"];

  /** Where a name is read that has no value, or that replaces a usual module. A fragment
      without imports is exempt: the lines above it may define what it reads. */
  function* namesWithoutValue({ nodes, tree }, imports) {
    const hasAllOfAnother = [...imports.keys()].some((name) => name.startsWith("* "));
    if (!imports.size || hasAllOfAnother) return;
    const { usual, builtin, all_names: allNames } = vocabulary.names;
    const owners = ownersOfNames(tree);
    const given = new Set(namesGiven(nodesOutside(nodes, owners, tree)));
    const hasValue = new Set([...imports.keys(), ...given, ...builtin, ...allNames]);
    for (const name of Object.keys(usual)) if (given.has(name)) hasValue.delete(name);
    yield* namesLost(nodes, owners, [...builtin, ...allNames]);
    for (const { line, id } of arraysNotFilled(nodes, owners, imports))
      yield unread("no-value", line, id);
    for (const node of nodes) {
      const { type, id, line } = node;
      if (type !== "Name" || owners.get(node) !== tree || hasValue.has(id)) continue;
      // Python has many of these:
      if (!id.endsWith("Error")) yield unread("no-value", line, id);
      hasValue.add(id);
    }
  }

  /** All nodes but the names and parameters that belong to one function. Which names
      belong to an asynchronous function is not known. */
  function nodesOutside(nodes, owners, tree) {
    const isAsync = nodes.some(({ type }) => type === "AsyncFunctionDef");
    return nodes.filter((node) => {
      if (node.type === "arg") return isAsync;
      return node.type !== "Name" || owners.get(node) === tree;
    });
  }

  /** Where a name is read that has no value any more, or none yet. It was deleted, or
      belonged to an `except`; its first assignment in a function reads it; or a function
      of Python is called whose name got another value. Functions that are kept while a
      name takes value after value all read the last one. */
  function* namesLost(nodes, owners, ofPython) {
    const lost = ({ line, id }) => unread("no-value", line, id);
    const names = [...owners.keys()].sort(byPlace);
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

  /** Arrays of `np.empty` that are read first, or of which only one entry is set: `v *= 0.9`
      and `v = 0.9 * v` read v. */
  function* arraysNotFilled(nodes, owners, imports) {
    const areOne = (a, b) => a.id === b.id && owners.get(a) === owners.get(b);
    const made = namesOfEmptyArrays(nodes, imports);
    for (const node of nodes) {
      for (const [target, read] of namesReadInSetting(node)) {
        if (!made.some((name) => areOne(name, target))) continue;
        const ofName = [...owners.keys()].filter((each) => areOne(each, target));
        ofName.sort(byPlace);
        if (made.includes(ofName[ofName.indexOf(target) - 1])) yield read;
      }
    }
    for (const name of made) {
      const entries = nodes.filter(
        ({ type, ctx, value }) =>
          type === "Subscript" && ctx === "Store" && areOne(value, name),
      );
      const indices = new Set(entries.map(({ slice }) => number(slice)));
      if (indices.size === 1 && !indices.has(null)) yield name;
    }
  }

  function namesOfEmptyArrays(nodes, imports) {
    const { not_filled: functions } = vocabulary.routines;
    return nodes
      .filter(
        ({ type, targets, value }) =>
          type === "Assign" &&
          targets.length === 1 &&
          targets[0].type === "Name" &&
          value.type === "Call" &&
          functions.includes(meaning(value.func, imports)),
      )
      .map(({ targets: [name] }) => name);
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
