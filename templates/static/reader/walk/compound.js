/* Compound statements: if, for, while, with, try and match. What they change is less
   certain after them. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { UNKNOWN, isArray, itemOf, unknownPart } = scripts;
  const { Names, areAlike, assign, eitherOf, eitherReturn, isMainGuard, truthOf } =
    scripts.walk;
  const words = vocabulary.walk;

  /** Follow both branches of an if, or the only one that ever runs. */
  function followIf(walk, { test, body, orelse }, names) {
    if (isMainGuard(test)) return walk.statements(body, names);
    walk.value(test, names);
    const truth = truthOf(test, walk.outline.flags);
    if (truth === null) return followBranches(walk, [body, orelse], names);
    walk.observations.skipped.push(...(truth ? orelse : body));
    return walk.statements(truth ? body : orelse, names);
  }

  /** Follow a loop over items. */
  function followFor(walk, statement, names) {
    const item = itemOf(walk.value(statement.iter, names));
    return followLoop(walk, statement, item, names);
  }

  /** Follow a loop without items; its test is ignored. */
  function followWhile(walk, statement, names) {
    return followLoop(walk, statement, UNKNOWN, names);
  }

  /** Follow the body of a with statement. */
  function followWith(walk, { items, body }, names) {
    for (const { context_expr: context, optional_vars: target } of items) {
      const within = unknownPart(walk.value(context, names));
      if (target) assign(walk, target, within, names);
    }
    return walk.statements(body, names);
  }

  /** Follow the body of a try, then a handler, or the else. */
  function followTry(walk, { body, handlers, orelse, finalbody }, names) {
    const tried = walk.statements(body, names);
    const bodies = handlers.map((handler) => handler.body);
    const behind = followBranches(walk, [...bodies, orelse], names);
    const last = walk.statements(finalbody, names);
    return eitherReturn(eitherReturn(tried, behind), last);
  }

  /** Follow each case of a match as if it, or none, might run. */
  function followMatch(walk, { subject, cases }, names) {
    walk.value(subject, names);
    for (const { captured, guard } of cases) {
      for (const name of captured) names.forget(name);
      if (guard) walk.value(guard, names);
    }
    return followBranches(walk, [...cases.map(({ body }) => body), []], names);
  }

  /** Follow a loop; keep what is the same whether it runs or not. */
  function followLoop(walk, statement, item, names) {
    walk.loops += 1;
    const [lastTurn, returned] = followTurns(walk, statement, item, names);
    walk.loops -= 1;
    for (const [name, value] of lastTurn.changesOf(names)) {
      names.set(name, eitherOf(names.get(name), value));
    }
    if (statement.type === "For") assign(walk, statement.target, item, names);
    return eitherReturn(returned, walk.statements(statement.orelse, names));
  }

  /** Follow the first turns of a loop, until a turn changes nothing any more. If none
      is like the one before, another one is followed that may be any turn. Gives the
      names after the last turn, and what the turns return from a function. */
  function followTurns(walk, statement, item, names) {
    let turn = names;
    let returned = null;
    for (let k = 0; k < firstTurns(walk); k++) {
      const before = turn;
      turn = new Names(before);
      returned = eitherReturn(returned, followTurn(walk, statement, item, turn));
      const isSettled = [...turn.own].every(([name, value]) =>
        areAlike(before.get(name), value),
      );
      if (isSettled) return [turn, returned];
    }
    for (const each of statement.body) forgetAssigned(walk, each, names);
    turn = new Names(names);
    returned = eitherReturn(returned, followTurn(walk, statement, item, turn));
    return [turn, returned];
  }

  function followTurn(walk, statement, item, names) {
    if (statement.type === "For")
      assign(walk, statement.target, walk.changes.asItIsNow(item), names);
    return walk.statements(statement.body, names);
  }

  /** How many first turns are followed: none for a loop deep within others. */
  function firstTurns(walk) {
    const isDeep = walk.loops > words.most_loops;
    return isDeep ? 0 : words.first_turns;
  }

  /** Forget what a statement changes, in a loop that comes back, or of another kind. An array
      that is changed in place, `x -= …`, stays what it is. */
  function forgetAssigned(walk, statement, names) {
    const nodes = python.walk(statement);
    const augmented = nodes.filter(({ type }) => type === "AugAssign");
    const changedInPlace = new Set(augmented.map(({ target }) => target));
    for (const node of nodes) {
      if (node.type !== "Name") continue;
      walk.steps += 1;
      const isKept = isArray(names.get(node.id)) && changedInPlace.has(node);
      if (node.ctx !== "Load" && !isKept) names.forget(node.id);
    }
  }

  /** Follow branches side by side; keep what is the same after all of them. */
  function followBranches(walk, bodies, names) {
    let returned = null;
    const outcomes = [];
    for (const body of bodies) {
      const outcome = new Names(names);
      returned = eitherReturn(returned, walk.statements(body, outcome));
      outcomes.push(outcome);
    }
    const changed = new Set(outcomes.flatMap(({ own }) => [...own.keys()]));
    for (const name of changed) {
      const values = outcomes.map((outcome) => outcome.get(name));
      names.set(
        name,
        values.reduce((one, other) => eitherOf(one, other)),
      );
    }
    return returned;
  }

  Object.assign(scripts.walk, {
    followIf,
    followFor,
    followWhile,
    followWith,
    followTry,
    followMatch,
    forgetAssigned,
  });
}
