/* Records: what a run leaves of the calls that it carried out. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { isAnyNumber } = scripts.small;
  const { isFlag } = scripts.values;

  /** What is not the same in all calls of a function. */
  const VARIES = { is: "varying" };

  /** The arguments of all calls of a function, where they are always the same. */
  class CallsSeen {
    constructor(given, keywords) {
      this.given = given.map((value) => sharedValue(value, value));
      this.keywords = new Map(
        [...keywords].map(([name, value]) => [name, sharedValue(value, value)]),
      );
    }

    /** How many arguments come before those that are always the same. */
    get countOfCoordinates() {
      return this.given.lastIndexOf(VARIES) + 1;
    }

    /** Note another call. */
    meet(given, keywords) {
      const longer = given.length > this.given.length ? given : this.given;
      this.given = longer.map((_, k) => sharedValue(this.given[k], given[k]));
      for (const name of new Set([...this.keywords.keys(), ...keywords.keys()])) {
        const value = sharedValue(this.keywords.get(name), keywords.get(name));
        this.keywords.set(name, value);
      }
    }
  }

  /** A plain value if both are that value. */
  function sharedValue(one, other) {
    const isPlain = isFlag(one) || isAnyNumber(one);
    return isPlain && one === other ? one : VARIES;
  }

  Object.assign(scripts.wholeRuns, { CallsSeen, VARIES });
}
