/* Changes: numbers that are changed in place, and slopes that are lost from view. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { ENTRY } = scripts;
  const { eachOf, isArray, isItems, isOfRoutine, moved, ownersOf } = scripts;
  const { slopesPart, unknownPart } = scripts;

  /** Whose numbers a script has changed in place so far. */
  class Changes {
    #owners = new Set();

    /** Note that numbers are changed in place: in all that shares them. */
    note(...values) {
      for (const owner of ownersOf(...values)) this.#owners.add(owner);
    }

    /** Note that an expression gives numbers that nothing has changed yet. */
    forget(owner) {
      this.#owners.delete(owner);
    }

    /** What is known of a value whose numbers may have been changed since. */
    asItIsNow(value) {
      if (!this.#owners.size) return value;
      if (isItems(value)) {
        return { ...value, values: value.values.map((each) => this.asItIsNow(each)) };
      }
      if (!ownersOf(value).some((owner) => this.#owners.has(owner))) return value;
      if (value.is === "each") return eachOf(this.asItIsNow(value.item));
      if (isOfRoutine(value)) return slopesPart(value.call, ENTRY);
      return isArray(value) ? moved(value) : unknownPart(value);
    }
  }

  /** Note that the result of a routine goes where it is not followed. */
  function lose(...values) {
    for (const value of values) {
      if (value.is === "slopes") value.call.uses.add("elsewhere");
    }
  }

  Object.assign(scripts.walk, { Changes, lose });
}
