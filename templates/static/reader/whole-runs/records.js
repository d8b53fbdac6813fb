/* Records: what a run leaves of what it carried out. */
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

  /** What a run leaves, and of the operations at some `sites`. */
  class Records {
    drawn = []; // the plots: each with its node, its places and its arrows
    heights = []; // that are drawn besides, as contours or as a surface
    ownCalls = []; // of watched functions, and those that get a table
    placesOfTables = new Map(); // which argument of a call was one
    callsSeen = new Map(); // what each function got in all its calls
    functionsMade = new Map(); // by their definitions
    partials = new Map(); // from calls of functools.partial to their functions
    stop = null; // the error with which the script stops, and its line
    stopLine = 0;

    constructor(sites) {
      this.resultsOfSites = new Map([...sites].map((site) => [site, []]));
      this.functionsOfSites = new Map([...sites].map((site) => [site, new Set()]));
    }

    /** Note what a function of the script gets. */
    noteCall(definition, given, keywords) {
      const calls = this.callsSeen.get(definition);
      if (calls) calls.meet(given, keywords);
      else this.callsSeen.set(definition, new CallsSeen(given, keywords));
    }
  }

  /** A plain value if both are that value. */
  function sharedValue(one, other) {
    const isPlain = isFlag(one) || isAnyNumber(one);
    return isPlain && one === other ? one : VARIES;
  }

  Object.assign(scripts.wholeRuns, { CallsSeen, Records, VARIES });
}
