/* Stopping: calls of a gradient routine at which a script stops with an error. Each rule holds
   for every array and every f that fits it: what is not certain is not said. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { TAKES, COORDINATES, POINTS, SHEETS, TURNED_SHEETS, OTHER } = scripts;
  const { isArray, isItems, isNumber, parametersOf, RANGE_OF_NUMBERS } = scripts;

  const OF_GRID = [COORDINATES, POINTS];
  const NOT_FLAT = [SHEETS, TURNED_SHEETS];

  /** Why a script stops at a call: the form of the message, and its other named parts; null
      if it is not certain that it does. */
  function stopAt({ routine, f, argument: array, fOfArray }) {
    if (!routine.isFollowed) return null;
    if (isNoFunction(f)) return { form: "no-function" };
    if (isNoArray(array) && routine.needsArray) return { form: "no-array" };
    if (f.is === "function" && routine.takes !== TAKES.COLUMNS) {
      const count = numbersAskedFor(f.node);
      if (count > 1) return { form: "arguments", count: `${count}` };
    }
    if (!isArray(array)) return null;
    const takesPoints = [TAKES.ROWS, TAKES.POINT].includes(routine.takes);
    if (routine.countsEntries && takesPoints && NOT_FLAT.includes(array.form)) {
      return { form: "not-flat" };
    }
    const takesOne = routine.takes === TAKES.POINT;
    if (routine.countsEntries && takesOne && OF_GRID.includes(array.form)) {
      return { form: "many-points" };
    }
    const takesAll = routine.takes === TAKES.WHOLE;
    const isOfGrid = [...OF_GRID, ...NOT_FLAT].includes(array.form);
    if (takesAll && isOfGrid && isArray(fOfArray)) return { form: "several-values" };
    return null;
  }

  function isNoFunction(value) {
    // NumPy's own functions may be arrays of another form: poly1d.
    return isArray(value) ? value.form !== OTHER : isNoArray(value);
  }

  function isNoArray(value) {
    return isItems(value) || value === RANGE_OF_NUMBERS || isNumber(value);
  }

  /** How many arguments a function cannot do without. */
  function numbersAskedFor(definition) {
    return parametersOf(definition).length - definition.args.defaults.length;
  }

  Object.assign(scripts, { stopAt });
}
