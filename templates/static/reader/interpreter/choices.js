/* Choices: those between ways of working, which never change while a script runs. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { truthOf } = scripts.operators;

  /** Carry out one side of a choice; the other one counts as met if flags rule it out. */
  function sideOf(run, { test, body, orelse }, scope) {
    const isTrue = truthOf(run.value(test, scope));
    if (isChoiceByFlags(test, scope)) {
      for (const node of [isTrue ? orelse : body].flat()) {
        for (const each of python.walk(node)) run.visited.add(each);
      }
    }
    return isTrue ? body : orelse;
  }

  /** Whether a choice depends on flags alone, and so never changes. */
  function isChoiceByFlags(test, scope) {
    if (!scope?.flags.size) return false;
    const names = python.walk(test).filter(({ type }) => type === "Name");
    return names.length > 0 && names.every(({ id }) => scope.flags.has(id));
  }

  Object.assign(scripts.interpreter, { sideOf });
}
