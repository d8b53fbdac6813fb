/* Routine: what is known of a gradient routine, and of each slip in its body. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { UNKNOWN } = scripts.TAKES;

  const BOOK_STEP = 1e-4;

  /** What is known of a routine: what it takes; its definition, if that is in the
      script; the positions of f and of the array among its parameters; whether whole
      numbers cut off what it adds to them, and whether a column gets other slopes than
      a flat point; whether it takes a flat array for one point, and what it stops with
      an error at; its h, and where that is given; whether this is certain, because its
      body was carried out, or because it is the book's own; whether it gives the
      slopes; the functions that were carried out for it; the slips in its body; whether
      the first parameter of its definition is the object that it belongs to; whether it
      is one of SciPy's or of JAX's; and how many arguments leave it as it is, if its
      definition is not in the script. */
  function routineOf(name, takes, facts) {
    return {
      name,
      takes,
      definition: null,
      functionParameter: 0,
      arrayParameter: 1,
      cutsWholeNumbers: true,
      misreadsColumns: false,
      takesOnePoint: true,
      argumentsOfF: 1, // at most
      stopsAt: new Set(),
      step: BOOK_STEP,
      stepNode: null,
      isFollowed: true,
      isRight: true,
      uses: new Set(),
      slips: [],
      isMethod: false,
      isOfLibrary: false,
      mostArguments: 2,
      ...facts,
    };
  }

  /** Something wrong in the body of a routine: where, what else its mend needs, and the
      named parts of its message. */
  function slipOf(code, node, other = null, values = {}) {
    return { code, node, other, values, severity: "error" };
  }

  function unknownRoutine(name) {
    return routineOf(name, UNKNOWN, { step: null, isFollowed: false });
  }

  /** A routine about which nothing is certain. */
  function unclear(routine) {
    return { ...routine, takes: UNKNOWN, isFollowed: false };
  }

  scripts.routines = { routineOf, slipOf, unclear };
  Object.assign(scripts, { unknownRoutine });
}
