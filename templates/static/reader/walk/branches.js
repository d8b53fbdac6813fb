/* Branches: what names stand for on each way through a script, and on all of them. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { UNKNOWN, areEqual, isOfRoutine, moved, unknownPart, withoutNumbers } =
    scripts;

  /** What names stand for in a branch or a function, on top of what they stand for
      around it. */
  class Names {
    constructor(around = null) {
      this.around = around;
      this.own = new Map(); // null means forgotten
    }

    /** What a name stands for, null if that is not known. */
    get(name) {
      for (let scope = this; scope; scope = scope.around) {
        if (scope.own.has(name)) return scope.own.get(name);
      }
      return null;
    }

    set(name, value) {
      this.own.set(name, value);
    }

    /** What all names stand for. */
    all() {
      return new Map([...(this.around?.all() ?? []), ...this.own]);
    }

    /** What names stand for that were set since an outer scope. */
    changesOf(outer) {
      const changes = new Map();
      for (let scope = this; scope !== outer; scope = scope.around) {
        for (const [name, value] of scope.own) {
          if (!changes.has(name)) changes.set(name, value);
        }
      }
      return changes;
    }

    /** Forget what a name stands for, but not what its numbers may belong to. */
    forget(name) {
      this.own.set(name, eitherOf(null, this.get(name)));
    }
  }

  /** What is known of a value that is one or the other of two; null means forgotten. */
  function eitherOf(one, other) {
    const unknown = unknownPart(one, other);
    if (one === null || other === null) return unknown === UNKNOWN ? null : unknown;
    return commonTo(one, other) ?? unknown;
  }

  /** What two values have in common, null if nothing. Numbers may differ: no finding
      depends on them. */
  function commonTo(one, other) {
    if (one.isMoved || other.isMoved) [one, other] = [one, other].map(moved);
    const isSame = areEqual(one, other);
    const [value, otherValue] = isSame
      ? [one, other]
      : [one, other].map(withoutNumbers);
    if (one.is === "unknown" || !areEqual(value, otherValue)) return null;
    return one.made === other.made ? value : { ...value, made: null };
  }

  /** What is known of the result of two returns; null means no return. */
  function eitherReturn(one, other) {
    return one === null || other === null ? (one ?? other) : eitherOf(one, other);
  }

  /** Whether the same is known of two values, in one turn of a loop and in the next. */
  function areAlike(one, other) {
    if (one === null || other === null) return false;
    if (isOfRoutine(one) && isOfRoutine(other)) {
      const isOfOneLine = one.call.node === other.call.node;
      return isOfOneLine && areEqual({ ...one, call: other.call }, other);
    }
    return areEqual(withoutNumbers(one), withoutNumbers(other));
  }

  scripts.walk = { Names, eitherOf, eitherReturn, areAlike };
}
