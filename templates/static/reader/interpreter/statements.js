/* Statements: what an interpreter does for each kind, and how a block of them ends. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { NotFollowed, Stops, SmallArray, Tuple, smallArrayOf } = scripts.small;
  const { itemAt } = scripts.values;
  const { areAlike, combined, truthOf } = scripts.operators;
  const { sideOf } = scripts.interpreter;

  /* How a block of statements ends: with null, if it runs to its end */

  class Returned {
    constructor(value) {
      this.value = value;
    }
  }

  const BREAK = { is: "break" };
  const CONTINUE = { is: "continue" };

  const nothing = () => null;

  const STATEMENTS = {
    Return(run, { value }, scope) {
      return new Returned(value ? run.value(value, scope) : null);
    },
    Expr(run, { value }, scope) {
      if (value.type !== "Constant") run.value(value, scope); // a docstring
    },
    Assign(run, { targets, value }, scope) {
      const assigned = run.value(value, scope);
      for (const target of targets) run.assign(target, assigned, scope);
    },
    AnnAssign(run, { target, value }, scope) {
      if (value) run.assign(target, run.value(value, scope), scope);
    },
    AugAssign(run, { target, op, value }, scope) {
      if (target.type === "Name") {
        // Python stops, unless the name is declared to belong elsewhere.
        if (!scope.own.has(target.id)) throw new NotFollowed();
        const before = scope.own.get(target.id);
        scope.own.set(target.id, changed(op, before, run.value(value, scope)));
      } else if (target.type === "Subscript") {
        const owner = run.value(target.value, scope);
        const index = run.index(target.slice, scope);
        const before = itemAt(owner, index);
        run.put(owner, index, changed(op, before, run.value(value, scope)));
      } else {
        throw new NotFollowed();
      }
    },
    If(run, node, scope) {
      return run.block(sideOf(run, node, scope), scope);
    },
    For(run, { target, iter, body, orelse }, scope) {
      for (const item of run.items(iter, scope)) {
        run.assign(target, item, scope);
        const ending = run.block(body, scope);
        if (ending instanceof Returned) return ending;
        if (ending === BREAK) return null;
      }
      return run.block(orelse, scope);
    },
    While(run, { test, body, orelse }, scope) {
      while (truthOf(run.value(test, scope))) {
        run.step();
        const ending = run.block(body, scope);
        if (ending instanceof Returned) return ending;
        if (ending === BREAK) return null;
      }
      return run.block(orelse, scope);
    },
    FunctionDef(run, node, scope) {
      scope.own.set(node.name, run.closure(node, scope));
    },
    Pass: nothing,
    Import: nothing,
    ImportFrom: nothing,
    Break: () => BREAK,
    Continue: () => CONTINUE,
    Raise() {
      throw new Stops();
    },
    Assert(run, { test }, scope) {
      if (!truthOf(run.value(test, scope))) throw new Stops();
    },
  };

  /** What `before += operand` leaves; an array is changed in place. */
  function changed(op, before, operand) {
    const result = combined(op, before, operand);
    if (!(before instanceof SmallArray)) return result;
    const isCut = before.isWhole && !smallArrayOf(result).isWhole;
    const isAlike =
      result instanceof SmallArray && areAlike(result.shape, before.shape);
    if (isCut || !isAlike) throw new Stops();
    before.put(new Tuple([]), result);
    return before;
  }

  Object.assign(scripts.interpreter, { Returned, STATEMENTS });
}
