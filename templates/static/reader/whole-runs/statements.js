/* Statements: what a whole run carries out of them besides those of a trial. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { Abandoned, defineClass, isUnknown } = scripts.wholeRuns;

  const STATEMENTS = {
    ...scripts.interpreter.STATEMENTS,
    Assign(run, { targets, value }, scope) {
      const isUnpacked = targets.length === 1 && areTargets(targets[0]);
      const assigned = isUnpacked
        ? run.anyValue(value, scope)
        : run.value(value, scope);
      for (const target of targets) run.assign(target, assigned, scope);
    },
    With(run, { items, body }, scope) {
      for (const { context_expr: context, optional_vars: target } of items) {
        const value = run.value(context, scope);
        if (!isUnknown(value)) throw new Abandoned();
        if (target) run.assign(target, value, scope);
      }
      return run.block(body, scope);
    },
    ClassDef: defineClass,
    Import: forgetImported,
    ImportFrom: forgetImported,
  };

  function areTargets({ type }) {
    return type === "Tuple" || type === "List";
  }

  /** An imported name no longer stands for what the script called so before. */
  function forgetImported(run, { names }, scope) {
    for (const { name, asname } of names) {
      if (name === "*") throw new Abandoned(); // any name may stand for something else now
      scope.own.delete(asname || name.split(".")[0]);
    }
  }

  Object.assign(scripts.wholeRuns, { STATEMENTS, areTargets });
}
