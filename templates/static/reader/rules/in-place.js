/* In place: arrays that change under another name, or in a list that holds them. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { isArray, parametersOf } = scripts;
  const { appended } = scripts.rules;

  /* Functions that change their arguments */

  /** `x = init_x` and `x -= …`, in a function that hands x to a routine. */
  function* parametersChanged(script) {
    for (const definition of script.definitions.all) {
      if (script.routines.own.has(definition)) continue;
      const nodes = python.walk(definition);
      const differentiated = namesDifferentiated(script, definition, nodes);
      for (const node of aliasesChanged(definition, nodes, differentiated)) {
        yield parameterChanged(script, definition, node.value.id, node);
      }
    }
  }

  /** The names of arrays at which a function calls a gradient routine. */
  function namesDifferentiated(script, definition, nodes) {
    const calls = nodes.map((node) => script.nameDifferentiated(definition, node));
    return new Set(calls.map((call) => call?.name));
  }

  /** Where a parameter gets another name, `x = init_x`, and is changed by it. A routine is
      called at that name, too. The first such name of each parameter is enough. */
  function* aliasesChanged(definition, nodes, differentiated) {
    const parameters = parametersOf(definition);
    const changes = changesByName(nodes);
    const assignments = assignmentsByName(nodes);
    const reported = new Set();
    for (const node of nodes) {
      if (node.type !== "Assign" || node.value.type !== "Name") continue;
      const [target, ...more] = node.targets;
      const { id: name } = node.value;
      if (more.length || !parameters.includes(name) || reported.has(name)) continue;
      const { type, id: alias } = target;
      const isName = type === "Name" && changes.has(alias) && differentiated.has(alias);
      if (!isName || isCopied(node, assignments.get(alias), changes.get(alias)))
        continue;
      reported.add(name);
      yield node;
    }
  }

  /** The statements that change each array: `x -= …`, `x[0] = …`. */
  function changesByName(nodes) {
    const changes = new Map();
    for (const node of nodes) {
      const isAugmented = node.type === "AugAssign";
      for (const target of targetsOf(node)) {
        const isEntry = target.type === "Subscript";
        const array = isEntry ? target.value : target;
        if (array.type === "Name" && (isEntry || isAugmented))
          changes.set(array.id, [...(changes.get(array.id) ?? []), node]);
      }
    }
    return changes;
  }

  /** The statements that assign each name. */
  function assignmentsByName(nodes) {
    const assignments = new Map();
    for (const node of nodes) {
      if (node.type !== "Assign") continue;
      for (const { type, id } of node.targets) {
        if (type === "Name")
          assignments.set(id, [...(assignments.get(id) ?? []), node]);
      }
    }
    return assignments;
  }

  function targetsOf({ type, targets, target }) {
    if (type === "Assign") return targets;
    return type === "AugAssign" ? [target] : [];
  }

  /** Whether a name is assigned again before its array is changed. */
  function isCopied(alias, assignments, changes) {
    const firstBehind = (statements) => {
      const lines = statements.map(({ line }) => line);
      return Math.min(...lines.filter((line) => line > alias.line));
    };
    return firstBehind(assignments) < firstBehind(changes);
  }

  function parameterChanged(script, definition, parameter, node) {
    const values = { function: definition.name };
    const passed = script.observations.passedArguments.filter(
      (each) => each.definition === definition && each.parameter === parameter,
    );
    const areArrays = passed.length > 0 && passed.every(({ value }) => isArray(value));
    const edits = areArrays ? appended(script.source, node.value, ".copy()") : [];
    const used = passed.find((each) => isUsedAgain(script, each));
    if (!used) return script.finding("in-place", "note", node, { edits, ...values });
    values.array = script.source.text(used.argumentNode);
    return script.finding("in-place", "warning", node, { edits, ...values });
  }

  /** Whether an array that was passed is read again before it is made anew. */
  function isUsedAgain(script, { node: call, argumentNode }) {
    if (argumentNode.type !== "Name") return false;
    if (isRepeated(script, call, argumentNode.id)) return true;
    const places = placesOfName(script.uses.owners, argumentNode);
    // As in `x = g(x)`:
    const isRebound = places.some(
      ({ line, isRead }) => call.line <= line && line <= call.endLine && !isRead,
    );
    if (isRebound) return false;
    const later = places.filter(({ line }) => line > call.endLine);
    later.sort((one, other) => one.line - other.line);
    // In `x = g(x)` the array is read before the name stands for another one.
    const next = later.filter(({ line }) => line === later[0].line);
    return next.some(({ isRead }) => isRead);
  }

  /** The lines in which a name of a function occurs, and whether it is read there. */
  function placesOfName(owners, name) {
    const owner = owners.get(name);
    const places = [];
    for (const [{ id, line, ctx }, ownerOfPlace] of owners) {
      const isOfName = ownerOfPlace === owner && id === name.id;
      if (isOfName) places.push({ line, isRead: ctx === "Load" });
    }
    return places;
  }

  /** Whether a call is repeated in a loop that does not make the array anew. */
  function isRepeated({ loops }, call, name) {
    return loops.some(
      ({ inside, assigned }) => inside.has(call) && !assigned.has(name),
    );
  }

  /* Lists that hold the same array again and again */

  /** `history.append(x)`, and `x -= …` or `x = step(x)`, in one loop. */
  function* histories(script) {
    for (const { inside } of script.loops) {
      const moved = new Set([
        ...movedIn(script, inside),
        ...movedByCalls(script, inside),
      ]);
      for (const array of inside) {
        if (array.type !== "Name" || !moved.has(array.id)) continue;
        const view = script.uses.widestView(array);
        if (!script.uses.isAppended(view)) continue;
        const isKept = script.uses.isKeptOtherwise(array, inside);
        const edits = isKept ? [] : appended(script.source, view, ".copy()");
        const values = { form: "history", array: array.id };
        yield script.finding("in-place", "warning", view, { edits, ...values });
      }
    }
  }

  /** Names of arrays that a loop differentiates at, and changes. */
  function movedIn({ observations }, loop) {
    const changes = changesByName([...loop]);
    const madeAnew = namesMadeAnew(loop);
    return observations.differentiations
      .filter(({ call, argument }) => loop.has(call.node) && isArray(argument))
      .map(({ argumentNode }) => argumentNode.id)
      .filter((name) => changes.has(name) && !madeAnew.has(name));
  }

  /** Names of arrays that functions of the script move in a loop. Such a name may stand
      for what the function returns: `x = step(x)`. */
  function movedByCalls(script, loop) {
    const passed = script.observations.passedArguments.filter(
      (each) =>
        loop.has(each.node) &&
        each.argumentNode.type === "Name" &&
        isArray(each.value) &&
        isMoved(script, each),
    );
    const names = passed.map(({ argumentNode }) => argumentNode.id);
    return names.filter((name) => {
      const ofName = passed.filter(({ argumentNode }) => argumentNode.id === name);
      const calls = ofName.map(({ node }) => node);
      return !namesMadeAnew(loop, calls).has(name);
    });
  }

  /** Whether a function changes the array that it is given, and leaves it changed. A
      function that only sets entries may set them back, as a gradient routine does,
      unless it returns the array. */
  function isMoved({ routines }, { definition, parameter }) {
    const nodes = python.walk(definition);
    if (routines.own.has(definition) || namesMadeAnew(nodes).has(parameter))
      return false;
    const changes = changesByName(nodes).get(parameter) ?? [];
    const isWhole = changes.flatMap(targetsOf).some(({ type }) => type === "Name");
    const returned = nodes.filter(({ type }) => type === "Return");
    const names = returned.flatMap(({ value }) => value?.elts ?? [value]);
    const isReturned = names.some((each) => each?.id === parameter);
    return isWhole || (changes.length > 0 && isReturned);
  }

  /** The names that are assigned, but to what these calls return. */
  function namesMadeAnew(nodes, calls = []) {
    const passedOver = new Set();
    const assigned = [];
    for (const node of nodes) {
      if (node.type === "AugAssign") passedOver.add(node.target);
      else if (node.type === "Assign" && calls.includes(node.value))
        node.targets.flatMap(python.walk).forEach((each) => passedOver.add(each));
      else if (node.type === "Name" && node.ctx === "Store") assigned.push(node);
    }
    const anew = assigned.filter((name) => !passedOver.has(name));
    return new Set(anew.map(({ id }) => id));
  }

  Object.assign(scripts.rules, { histories, parametersChanged });
}
