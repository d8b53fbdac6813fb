/* Unclear: a text that has no certain meaning, and is not mended. */
"use strict";

{
  globalThis.gradviz.notation = {}; // what these files share

  /** A text without a certain meaning. If a rule explains why, `problem` has its
      `reason`; `found`, the part of the text in question; and how often the same part
      occurs `before` it, or nothing if it is the last. */
  class Unclear extends Error {
    constructor(problem = null) {
      super();
      this.problem = problem;
    }
  }

  function unclear(problem) {
    throw new Unclear(problem);
  }

  Object.assign(globalThis.gradviz.notation, { Unclear, unclear });
}
