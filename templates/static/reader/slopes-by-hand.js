/* Slopes by hand: functions that should give the slopes of another, and give others. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { A_POINT, STEP, TOLERANCE, everyParameterOf, ifFollowed } = scripts;
  const { smallArrayOf } = scripts.small;

  const A_NUMBER = [1.5];

  /** The functions whose names promise slopes, and that give no function's. Each is
      compared with all other functions of the script: `relu_grad` belongs to `relu`. One
      that cannot be carried out is passed over. */
  function slopesByHand(routines, calls, namesRead) {
    if (!routines.areNamesCertain) return [];
    const { all, methods } = routines.definitions;
    const own = all.filter(
      (each) =>
        !methods.has(each) &&
        !routines.own.has(each) &&
        everyParameterOf(each).length === 1,
    );
    const differentiated = calls
      .filter(({ f }) => f.is === "function" && !f.method)
      .map(({ f }) => f.node);
    const names = differentiated.map(({ name }) => name).filter(Boolean);
    return own.filter((each) => {
      if (differentiated.includes(each) || !namesRead.has(each.name)) return false;
      if (!promisesSlopes(each.name, names)) return false;
      const others = [...differentiated, ...own.filter((other) => other !== each)];
      return givesOtherSlopes(routines.interpreter, each, others);
    });
  }

  /** Whether a function is called like `f_grad`, or like `df`. */
  function promisesSlopes(name, differentiated) {
    const { words } = vocabulary.slopes_by_hand;
    const isOfF = differentiated.some((f) => name.startsWith(`d${f}`));
    return isOfF || words.some((word) => name.toLowerCase().includes(word));
  }

  /** Whether a function gives numbers where others have slopes, and none has these. */
  function givesOtherSlopes(interpreter, definition, others) {
    let isComparable = false;
    for (const place of [A_POINT, A_NUMBER]) {
      const given = ifFollowed(() => entriesAt(interpreter, definition, place));
      if (given?.length !== place.length) continue;
      for (const other of others) {
        const slopes = ifFollowed(() => slopesAt(interpreter, other, place));
        if (!slopes) continue;
        isComparable = true;
        if (given.every((entry, k) => areAlike(entry, slopes[k]))) return false;
      }
    }
    return isComparable;
  }

  function areAlike(one, other) {
    return Math.abs(one - other) <= TOLERANCE * (1 + Math.abs(other));
  }

  /** The slopes of f at a place; of each number, if it gives one for each. */
  function slopesAt(interpreter, f, place) {
    return place.map((_, axis) => {
      const [ahead, behind] = [STEP, -STEP].map((move) => {
        const moved = place.map((entry, k) => (k === axis ? entry + move : entry));
        const entries = entriesAt(interpreter, f, moved);
        return entries[axis % entries.length];
      });
      return (ahead - behind) / (2 * STEP);
    });
  }

  /** The numbers that a function gives at a place. */
  function entriesAt(interpreter, definition, place) {
    const [parameter] = everyParameterOf(definition);
    const given = place.length > 1 ? smallArrayOf(place) : place[0];
    const value = interpreter.run(definition, new Map([[parameter, given]]));
    return smallArrayOf(value).entries().map(Number);
  }

  Object.assign(scripts, { slopesByHand });
}
