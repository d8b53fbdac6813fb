/* Stopping: calls of a gradient routine at which a script stops with an error. Each
   rule holds for every array and every f that fits it: only certain errors are
   reported. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { TAKES, STOPPING, COORDINATES, POINTS, SHEETS, TURNED_SHEETS, OTHER } =
    scripts;
  const { isArray, isNumber, parametersOf, RANGE_OF_NUMBERS } = scripts;

  const OF_GRID = [COORDINATES, POINTS];
  const SHEET_FORMS = [SHEETS, TURNED_SHEETS];

  /** Why a script stops at a call: the form of the message, and its other named parts; null
      if it is not certain that it does. */
  function stopAt({ routine, f, argument: array, fOfArray, stopOfF }) {
    if (!routine.isFollowed) return null;
    if (isNoFunction(f)) return { form: "no-function" };
    if (routine.stopsAt.has(kindOfNoArray(array))) return { form: "no-array" };
    if (f.is === "function" && routine.argumentsOfF === 1) {
      const count = numbersAskedFor(f.node);
      if (count > 1) return { form: "arguments", count: `${count}` };
    }
    if (stopOfF) return { form: stopOfF };
    if (!isArray(array)) return null;
    const isFlat = !SHEET_FORMS.includes(array.form);
    const takesPoints = [TAKES.ROWS, TAKES.POINT].includes(routine.takes);
    if (routine.stopsAt.has(STOPPING.NOT_FLAT) && takesPoints && !isFlat) {
      return { form: "not-flat" };
    }
    const isOfGrid = OF_GRID.includes(array.form);
    const getsMany = routine.takes === TAKES.POINT && isOfGrid;
    if (routine.stopsAt.has(STOPPING.MANY_POINTS) && getsMany) {
      return { form: "many-points" };
    }
    const getsAll = routine.takes === TAKES.WHOLE && (isOfGrid || !isFlat);
    if (routine.stopsAt.has(STOPPING.SEVERAL_VALUES) && getsAll && isArray(fOfArray)) {
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

  /** How many arguments a function cannot do without. */
  function numbersAskedFor(definition) {
    return parametersOf(definition).length - definition.args.defaults.length;
  }

  Object.assign(scripts, { stopAt });
}
