/* Stopping: calls of a gradient routine at which a script stops with an error. Each rule
   holds for every array and every f that it covers: anything uncertain is left unsaid. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { TAKES, STOPPING, COORDINATES, POINTS, SHEETS, TURNED_SHEETS, OTHER } =
    scripts;
  const { isArray, isNumber, parametersOf, RANGE_OF_NUMBERS } = scripts;

  const OF_GRID = [COORDINATES, POINTS];
  const SHEET_FORMS = [SHEETS, TURNED_SHEETS];

  /** Why a script stops at a call: the form of the message, and its other named values;
      null if that is not certain. */
  function stopAt({ routine, f, argument: array, fOfArray, stopOfF }) {
    if (!routine.isFollowed) return null;
    if (isNoFunction(f)) return { form: "no-function" };
    if (routine.stopsAt.has(kindOfNoArray(array))) return { form: "no-array" };
    if (f.is === "function" && routine.argumentsOfF === 1) {
      const count = numbersAskedFor(f.node);
      if (count > 1) return { form: "arguments", count: `${count}` };
    }
    if (stopOfF) return { form: stopOfF };
    return isArray(array) ? stopAtArray(routine, array.form, isArray(fOfArray)) : null;
  }

  /** Why a routine stops at an array, where f may give several values. */
  function stopAtArray({ takes, stopsAt }, form, givesSeveral) {
    const takesOnePoint = takes === TAKES.POINT;
    const takesPoints = takesOnePoint || takes === TAKES.ROWS;
    const takesAll = takes === TAKES.WHOLE;
    const isOfGrid = OF_GRID.includes(form);
    const isOfSheets = SHEET_FORMS.includes(form);
    if (stopsAt.has(STOPPING.NOT_FLAT) && takesPoints && isOfSheets) {
      return { form: "not-flat" };
    }
    if (stopsAt.has(STOPPING.MANY_POINTS) && takesOnePoint && isOfGrid) {
      return { form: "many-points" };
    }
    const givesTooMany = givesSeveral && (isOfGrid || isOfSheets);
    if (stopsAt.has(STOPPING.SEVERAL_VALUES) && takesAll && givesTooMany) {
      return { form: "several-values" };
    }
    return null;
  }

  function isNoFunction(value) {
    // NumPy's own functions have another form and no kind: poly1d.
    if (isArray(value)) return value.form !== OTHER || value.kind !== "";
    return kindOfNoArray(value) !== null;
  }

  function kindOfNoArray(value) {
    if (isNumber(value) && !value.mesh) return STOPPING.NUMBER; // not of an array
    const isList = ["items", "each"].includes(value.is) || value === RANGE_OF_NUMBERS;
    return isList ? STOPPING.LIST : null;
  }

  /** The number of positional parameters without a default. */
  function numbersAskedFor(definition) {
    return parametersOf(definition).length - definition.args.defaults.length;
  }

  Object.assign(scripts, { stopAt });
}
