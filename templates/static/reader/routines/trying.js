/* Trying: what a function is as a routine, found by carrying it out. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { TAKES, Trial, number } = scripts;
  const { NotFollowed } = scripts.small;
  const {
    Body,
    changedAs,
    missingSteps,
    routineOf,
    slipsIn,
    sums,
    withEntriesPutBack,
  } = scripts.routines;
  const { UNKNOWN } = TAKES;

  /** What a function is as a routine, null if it is not a routine. */
  function triedRoutine(body, interpreter) {
    for (const positions of body.positions()) {
      const routine = routineAt(body, interpreter, positions, new Map());
      if (routine) return routine;
    }
    return null;
  }

  /** What a function is, with f and the array in two positions among its parameters, and
      with the values of others. */
  function routineAt(body, interpreter, positions, others) {
    const { definition, imports, parameters } = body;
    const routine = asTried(body, interpreter, positions, others);
    if (routine?.slips.some(isNotRestored)) {
      return withCertainMends(routine, body, interpreter, positions, others);
    }
    if (isLong(body)) return routine;
    for (const slip of changesToTry(body, routine, parameters[positions[0]])) {
      const mended = new Body(changedAs(slip, definition), imports);
      const right = asTried(mended, interpreter, positions, others);
      if (right && isSound(right)) {
        const uses = new Set([...right.uses, definition]);
        return { ...right, definition, isRight: false, uses, slips: [slip] };
      }
    }
    return routine;
  }

  /** Whether a function is too long to be tried once more with a change. */
  function isLong({ nodes }) {
    return nodes.length > vocabulary.routines.most_nodes;
  }

  function isNotRestored({ code }) {
    return code === "not-restored";
  }

  /** A routine. Its entries can be put back only if a trial shows that. The end of the
      loop may be too late: the index may have moved on, the name of the old number may
      hold another one, or the loop may have ended early. */
  function withCertainMends(routine, body, interpreter, positions, others) {
    const moved = routine.slips.filter(isNotRestored);
    if (!isLong(body)) {
      const mended = new Body(withEntriesPutBack(moved, body.definition), body.imports);
      const restored = asTried(mended, interpreter, positions, others);
      if (restored && lacksOnly(moved, restored, routine)) return routine;
    }
    const slips = routine.slips.map((slip) =>
      moved.includes(slip) ? { ...slip, other: null } : slip,
    );
    return { ...routine, slips };
  }

  /** Whether a mended routine has all slips of a routine but these, and no others. */
  function lacksOnly(moved, restored, routine) {
    const others = routine.slips.filter((slip) => !moved.includes(slip));
    const remaining = new Set(others.map(({ code }) => code));
    const codes = new Set(restored.slips.map(({ code }) => code));
    const isExplained = restored.isRight || codes.size > 0;
    const areSame =
      codes.size === remaining.size && [...codes].every((code) => remaining.has(code));
    return restored.isFollowed && isExplained && areSame;
  }

  /** Slips that may explain why a function gives no slopes, or wrong ones. */
  function changesToTry(body, routine, fName) {
    if (routine?.slips.some(isHalving)) return missingSteps(body, fName);
    if (isUnexplained(routine) && body.differentiates([fName])) return sums(body);
    return [];
  }

  function isHalving({ code, values }) {
    return code === "formula" && values.factor === "0.5";
  }

  /** Whether a function gives no slopes, and no slip in it says why. */
  function isUnexplained(routine) {
    return !routine || !(routine.isRight || routine.slips.length);
  }

  function isSound({ isRight, isFollowed, slips }) {
    return isRight && isFollowed && !slips.length;
  }

  /** What a trial shows a function to be, null if it is not a routine. */
  function asTried(body, interpreter, positions, others) {
    const { definition } = body;
    let trial = new Trial(interpreter, definition, ...positions, others);
    try {
      const slips = slipsIn(body, trial);
      const lost = slips.filter(({ code }) => code === "lost-index");
      // This hides what else the routine does.
      if (lost.length) {
        for (const { node, other } of lost) interpreter.lostIndices.set(node, other);
        trial = new Trial(interpreter, definition, ...positions, others);
        slips.push(...slipsIn(body, trial));
      }
      return routineShownBy(trial, body, positions, slips);
    } catch (error) {
      if (error instanceof NotFollowed) return null;
      throw error;
    }
  }

  /** What a trial shows, null if the function is not a routine. The order of the
      questions matters: some of them carry out the function once more, and
      `hasVisitedAll` and `entered` cover all calls before them. */
  function routineShownBy(trial, body, positions, slips) {
    const { takes, cutsWholeNumbers } = trial;
    if (takes === UNKNOWN && !slips.length) return null;
    const { misreadsColumns, takesOnePoint, isRight, step } = trial;
    const isFollowed = takes !== UNKNOWN && trial.hasVisitedAll();
    const stopsAt = trial.stopsAt();
    const [functionParameter, arrayParameter] = positions;
    const { definition } = body;
    return routineOf(definition.name, isFollowed ? takes : UNKNOWN, {
      definition,
      functionParameter,
      arrayParameter,
      cutsWholeNumbers,
      misreadsColumns,
      takesOnePoint,
      argumentsOfF: trial.argumentsOfF,
      stopsAt,
      step,
      stepNode: nodeOfStep(step, body),
      isFollowed,
      isRight,
      uses: new Set(trial.interpreter.entered),
      slips,
    });
  }

  /** Where the step is written, as a default or in an assignment. */
  function nodeOfStep(step, { definition, nodes }) {
    if (!step) return null;
    const assignments = nodes.filter(({ type }) => type === "Assign");
    const values = assignments.map(({ value }) => value);
    const written = [...definition.args.defaults, ...values];
    return written.find((node) => number(node) === step) ?? null;
  }

  Object.assign(scripts.routines, { triedRoutine, routineAt });
}
