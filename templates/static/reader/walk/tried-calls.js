/* Tried calls: what a routine is with the f of a call, and whether that f stops. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { COORDINATES, FLOAT, POINTS, TAKES, WHOLE } = scripts;
  const { everyParameterOf, givesSlopesOfCoordinates, isArray, stopOfF } = scripts;
  const { SEVERAL_NUMBERS, STOPPING } = scripts;

  /** A routine as one of coordinates, if it is one with the f of a call. */
  function withThisF(walk, routine, node, f, array) {
    if (!dependsOnF(routine, node) || !areCoordinates(array)) return routine;
    if (!canBeTried(walk, f)) return routine;
    const { interpreter } = walk.routines;
    const { definition } = routine;
    const places = [routine.functionParameter, routine.arrayParameter];
    const givesSlopes = (areWhole) =>
      givesSlopesOfCoordinates(interpreter, definition, places, f.node, areWhole);
    if (!givesSlopes(false)) return routine;
    return {
      ...routine,
      takes: TAKES.COLUMNS,
      cutsWholeNumbers: !definition || !givesSlopes(true),
      stopsAt: new Set(),
      isFollowed: true,
      isRight: true,
    };
  }

  /** Whether a routine may be one of coordinates with the f of a call alone. */
  function dependsOnF({ isFollowed, takes, definition, isMethod, isOfLibrary }, node) {
    const hasOthers = node.args.length + node.keywords.length > 2;
    if (hasOthers || isMethod || isOfLibrary) return false;
    if (!definition) return takes === TAKES.WHOLE;
    return takes === TAKES.WHOLE || takes === TAKES.POINT || !isFollowed;
  }

  /** Whether an array is known to have one coordinate per row. */
  function areCoordinates(array) {
    if (!isArray(array) || array.form !== COORDINATES) return false;
    return array.kind === WHOLE || array.kind === FLOAT;
  }

  /** How a script stops if f gets one of the points of a grid; else null. */
  function stopInF(walk, routine, f, array) {
    const forms = { [TAKES.ROWS]: POINTS, [TAKES.COLUMNS]: COORDINATES };
    const isOfPoints = isArray(array) && array.form === forms[routine.takes];
    if (!isOfPoints || routine.argumentsOfF !== 1 || !canBeTried(walk, f)) return null;
    if (!walk.stopsOfF.has(f.node)) {
      walk.stopsOfF.set(f.node, stopOfF(walk.routines.interpreter, f.node));
    }
    const stop = walk.stopsOfF.get(f.node);
    if (stop !== SEVERAL_NUMBERS) return stop;
    return routine.stopsAt.has(STOPPING.SEVERAL_FOR_A_POINT) ? stop : null;
  }

  /** Whether f is a function of one argument, whose names have one meaning. */
  function canBeTried(walk, { is, node }) {
    if (is !== "function" || !walk.outline.outermost.has(node)) return false;
    return everyParameterOf(node).length === 1 && walk.routines.areNamesCertain;
  }

  Object.assign(scripts.walk, { withThisF, stopInF });
}
