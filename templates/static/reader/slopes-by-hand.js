/* Slopes by hand: functions that should give the slopes of another, and give others. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { A_POINT, STEP, TOLERANCE, everyParameterOf, ifFollowed, nameRead } = scripts;
  const { smallArrayOf } = scripts.small;

  /** The functions whose names promise slopes, and that give no function's, each with the
      code of the reason. Each is compared with all functions of the script: `relu_grad`
      belongs to `relu`. One that cannot be carried out is named, too, unless it does
      something else: it draws or moves a point, and returns nothing, or it gets a
      function. */
  function* slopesByHand(
    { areNamesCertain, definitions, interpreter },
    calls,
    namesRead,
  ) {
    if (!areNamesCertain) return;
    const differentiated = calls.filter(({ f }) => f.is === "function");
    const all = new Set(definitions.byName.values());
    for (const { f } of differentiated) all.add(f.node);
    const functions = [...all].filter((each) => everyParameterOf(each).length === 1);
    for (const each of functions) {
      const { line, name } = each;
      if (!namesRead.has(name) || !promisesSlopes(name, functions)) continue;
      const code = reasonOf(interpreter, each, functions);
      if (code) yield { code, line, name };
    }
  }

  /** Whether a function is called like `f_grad`, or like `df`. */
  function promisesSlopes(promising, functions) {
    const { words } = vocabulary.slopes_by_hand;
    const isOfF = functions.some(({ name }) => promising.startsWith(`d${name}`));
    return isOfF || words.some((word) => promising.toLowerCase().includes(word));
  }

  /** "by-hand" for a function that gives slopes no other has, "f" if that is unknown. */
  function reasonOf(interpreter, definition, others) {
    const given = ifFollowed(() => numbersAt(interpreter, definition, A_POINT));
    if (!given) return isFormula(definition) ? "f" : "";
    if (given.length !== A_POINT.length) return "";
    const slopes = others
      .map((other) => ifFollowed(() => slopesOf(interpreter, other)))
      .filter(Boolean);
    const isWrong = slopes.length > 0 && !slopes.some((each) => each.every(isGiven));
    return isWrong ? "by-hand" : "";

    function isGiven(slope, k) {
      return Math.abs(given[k] - slope) <= TOLERANCE * (1 + Math.abs(slope));
    }
  }

  /** Whether a function returns something, and does not call what it is given. */
  function isFormula(definition) {
    const [parameter] = everyParameterOf(definition);
    const nodes = python.walk(definition);
    const returns = nodes.some(({ type, value }) => type === "Return" && value);
    const isCalled = ({ type, func }) =>
      type === "Call" && nameRead(func) === parameter;
    return returns && !nodes.some(isCalled);
  }

  /** The slopes of f at a point; of each number, if it gives one for each. */
  function slopesOf(interpreter, f) {
    return A_POINT.map((_, axis) => {
      const [ahead, behind] = [STEP, -STEP].map((move) => {
        const moved = A_POINT.map((entry, k) => (k === axis ? entry + move : entry));
        const numbers = numbersAt(interpreter, f, moved);
        return numbers[axis % numbers.length];
      });
      return (ahead - behind) / (2 * STEP);
    });
  }

  /** The numbers that a function gives at a point. One that takes no array, as
      `math.cos(x)` does not, gets number by number. */
  function numbersAt(interpreter, definition, point) {
    const [parameter] = everyParameterOf(definition);
    const numbers = ifFollowed(() => numbersFor(smallArrayOf(point)));
    return numbers ?? point.flatMap(numbersFor);

    function numbersFor(given) {
      const value = interpreter.run(definition, new Map([[parameter, given]]));
      return smallArrayOf(value).entries().map(Number);
    }
  }

  Object.assign(scripts, { slopesByHand });
}
