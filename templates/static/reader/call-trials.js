/* Call trials: a routine with the f of the script, or that f alone, carried out. `trials` tries
   a routine with an f of its own. But some routines are right only with an f that takes arrays
   for coordinates, and some f stop with an error at a single point. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { A_POINT, areAllVisited, everyParameterOf, parametersOf, isExpected } =
    scripts;
  const { NotFollowed, Stops, SmallArray, smallArrayOf, isAnyNumber, areSameShape } =
    scripts.small;
  const { itemsIn } = scripts.values;

  // Three points, one coordinate per row, with small numbers: f may contain an
  // exponential.
  const COORDINATES = [
    [1.5, -2.5, 0.5],
    [2.5, -1.5, 3.5],
  ];
  const WHOLE_COORDINATES = [
    [2n, -3n, 1n],
    [3n, -2n, 4n],
  ];

  const STEP = 1e-4; // as in the book
  const TOLERANCE = 1e-3; // of a slope, relative to 1

  // How a script stops if its f receives one point, an array of two numbers.
  const ERROR_IN_F = "error-in-f";
  const NO_VALUE = "no-value";
  const SEVERAL_NUMBERS = "several-numbers"; // with most routines, not with all

  // Nodes whose outcome may differ for other numbers.
  const CHOICES = ["If", "IfExp", "While", "Raise", "Assert"];

  /** How a script stops if f receives a point, null if that is not certain. With
      SEVERAL_NUMBERS, it depends on the routine whether it stops. */
  function stopOfF(interpreter, f) {
    interpreter.entered.clear();
    const [parameter] = everyParameterOf(f);
    let value = null;
    let hasStopped = false;
    try {
      value = interpreter.run(f, new Map([[parameter, smallArrayOf(A_POINT)]]));
    } catch (error) {
      if (error instanceof NotFollowed) return null;
      if (!(error instanceof Stops)) throw error;
      hasStopped = true;
    }
    const nodes = [...interpreter.entered].flatMap((each) => python.walk(each));
    if (nodes.some(({ type }) => CHOICES.includes(type))) return null;
    if (hasStopped) return ERROR_IN_F;
    if (value === null) return NO_VALUE;
    return areSeveral(value) ? SEVERAL_NUMBERS : null;
  }

  /** Whether what f gave for one point is more than one number. */
  function areSeveral(value) {
    if (value instanceof SmallArray) return value.size > 1;
    return Array.isArray(value) && value.length > 1;
  }

  /** Whether a routine, with f and the array at two places among its parameters,
      returns the slopes of this f for one coordinate per row; the coordinates may be
      whole numbers. A routine like the book's own, which takes an array for one point,
      does not count. */
  function givesSlopesOfCoordinates(interpreter, routine, places, f, areWhole) {
    interpreter.entered.clear();
    interpreter.visited.clear();
    const given = smallArrayOf(areWhole ? WHOLE_COORDINATES : COORDINATES);
    const before = given.copied();
    let slopes = null;
    let exact = null;
    try {
      slopes = routine
        ? smallArrayOf(slopesOfRoutine(interpreter, routine, places, f, given))
        : slopesOfTheWhole(interpreter, f, given);
      exact = slopesAtColumns(interpreter, f, before);
    } catch (error) {
      if (isExpected(error)) return false;
      throw error;
    }
    const isLeftAlone = `${given.entries()}` === `${before.entries()}`;
    const hasShape = areSameShape(slopes.shape, before.shape);
    if (!isLeftAlone || !hasShape || !areAllVisited(interpreter)) return false;
    return slopes
      .entries()
      .every(
        (slope, k) =>
          Math.abs(Number(slope) - exact[k]) <= TOLERANCE * (1 + Math.abs(exact[k])),
      );
  }

  function slopesOfRoutine(interpreter, routine, places, f, array) {
    const names = parametersOf(routine);
    const [fName, arrayName] = places.map((place) => names[place]);
    const values = new Map([
      [fName, interpreter.closure(f, null)],
      [arrayName, array],
    ]);
    return interpreter.run(routine, values);
  }

  /** What the book's routine that takes a whole array for one point returns. */
  function slopesOfTheWhole(interpreter, f, array) {
    const slopes = array.copied(false);
    for (const [place, entry] of array.entries().entries()) {
      const [ahead, behind] = [STEP, -STEP].map((move) => {
        const moved = array.copied(false);
        moved.numbers[place] = Number(entry) + move;
        return numberAt(interpreter, f, moved);
      });
      slopes.numbers[place] = (ahead - behind) / (2 * STEP);
    }
    return slopes;
  }

  /** The slopes of f at the points of an array, in the order of its entries. */
  function slopesAtColumns(interpreter, f, coordinates) {
    const points = itemsIn(coordinates.transposed()).map((row) => row.entries());
    return [0, 1].flatMap((axis) =>
      points.map((point) => {
        const ahead = valueBeside(interpreter, f, point, axis, STEP);
        const behind = valueBeside(interpreter, f, point, axis, -STEP);
        return (ahead - behind) / (2 * STEP);
      }),
    );
  }

  /** The value of f next to a point, moved along one axis. */
  function valueBeside(interpreter, f, point, axis, move) {
    const moved = point.map(Number);
    moved[axis] += move;
    return numberAt(interpreter, f, smallArrayOf(moved));
  }

  /** The number that f returns for an array. */
  function numberAt(interpreter, f, array) {
    const [parameter] = everyParameterOf(f);
    const value = interpreter.run(f, new Map([[parameter, array]]));
    if (!isAnyNumber(value)) throw new NotFollowed();
    return Number(value);
  }

  Object.assign(scripts, {
    STEP,
    TOLERANCE,
    SEVERAL_NUMBERS,
    givesSlopesOfCoordinates,
    stopOfF,
  });
}
