/* Plot of a page: what the page draws of a script, which needs more than the command asks
   for: a grid whose numbers are known, and a function that can be spelt. */
"use strict";

{
  const { axisLength, gridPoints, parse, scripts } = globalThis.gradviz;
  const { COORDINATES, POINTS, TAKES, isArray, isNumber } = scripts;
  const { callsOfNoCaller, stopAt, takesOneArgument, takesTwo } = scripts;
  const { MATH_DOMAIN } = scripts.spellings;

  /** What only a plot needs, but was not read: functions without a spelling, and grids. */
  function unreadForPlot(differentiations, { source, uses }, functions) {
    const ofNoCaller = callsOfNoCaller(differentiations, uses);
    const reasons = new Map();
    for (const differentiation of differentiations) {
      const { call, routine, f, fNode, argument } = differentiation;
      if (ofNoCaller.has(call.node)) continue;
      // Said instead:
      if (!routine.isFollowed || stopAt(differentiation)) continue;
      const { line } = call.node;
      const isOfGrid = argument.form === POINTS || argument.form === COORDINATES;
      const unread = [];
      if (!isDifferentiated(f, routine, argument)) {
        const refusal = functions.readingOf(f)?.refusal;
        unread.push(
          refusal ?? { code: "f", line, values: { name: source.text(fNode) } },
        );
      }
      const grid = gridOf(argument);
      if (isOfGrid && !grid) {
        unread.push({ code: "grid", line, values: { name: routine.name } });
      }
      if (grid && leavesDomain(functions.readingOf(f), grid, routine.step)) {
        unread.push({ code: "domain", line, values: { name: source.text(fNode) } });
      }
      for (const each of unread) reasons.set(`${each.line} ${each.code}`, each);
    }
    return [...reasons.values()];

    function isDifferentiated(f, { takes, argumentsOfF }, argument) {
      if (f.is !== "function") return false;
      const isOfOne = takesOneArgument(f.node);
      // What differentiates a function of one number needs no spelling.
      if (isNumber(argument) && takes === TAKES.NUMBER) return isOfOne;
      const isOfRightCount = argumentsOfF === 2 ? takesTwo(f.node) : isOfOne;
      return isOfRightCount && functions.readingOf(f).refusal === null;
    }
  }

  /** Whether a function of `math` gets a number for which it has no value, at a point
      of the grid or a step away: there Python stops, and NumPy would go on. */
  function leavesDomain(reading, { x0, x1 }, h) {
    if (!reading?.spelling || !reading.demands.includes(MATH_DOMAIN)) return false;
    const f = parse(reading.spelling);
    const points = gridPoints(x0, x1);
    const areAllNumbers = [-h, h].every((move) =>
      [0, 1].every((axis) => {
        const moved = [...points];
        moved[axis] = points[axis].map((coordinate) => coordinate + move);
        return f.valuesAt(moved).every(Number.isFinite);
      }),
    );
    return !areAllNumbers;
  }

  /** The call that is drawn first, as far as is known. */
  function firstOnGrid(differentiations) {
    const first = differentiations.find(({ argument }) => gridOf(argument));
    return first ?? differentiations[0];
  }

  /** What is said of the call that is drawn first; null if none is. */
  function firstCall(differentiations, functions) {
    const first = firstOnGrid(differentiations);
    if (!first) return null;
    const { call, routine, argument, f } = first;
    return {
      line: call.node.line,
      routine: routine.name,
      takes: routine.isFollowed ? routine.takes : TAKES.UNKNOWN,
      numbers: isArray(argument) ? argument.kind : "",
      reading: functions.readingOf(f),
    };
  }

  /** On which grid, with which h, and in which direction the arrows are drawn. */
  function firstPlot(differentiations, quivers) {
    const first = firstOnGrid(differentiations);
    if (!first) return {};
    const grid = gridOf(first.argument);
    const downhill = quivers.length ? isDownhill(quivers[0]) : null;
    return { grid, h: first.routine.step, downhill };
  }

  /** Whether both slopes of a plot have a minus; null if they are no slopes. */
  function isDownhill({ values }) {
    const [u, v] = values.slice(2).map(({ sign }) => sign);
    if (u === undefined || v === undefined) return null;
    return u < 0 && v < 0;
  }

  /** The grid that an array of points lies on, if its axes are known; else null. */
  function gridOf(argument) {
    const mesh = isArray(argument) && !argument.isMoved && argument.mesh;
    const [x0, x1] = mesh ? mesh.ranges.map((range) => range?.axis ?? null) : [];
    if (!x0 || !x1 || !isGridAxis(x0) || !isGridAxis(x1)) return null;
    return { x0: rangeOf(x0), x1: rangeOf(x1) };
  }

  function rangeOf({ start, stop, step }) {
    return { start, stop, step };
  }

  /** Whether a grid can have such an axis. */
  function isGridAxis({ start, stop, step }) {
    try {
      return axisLength(start, stop, step) > 0;
    } catch (error) {
      if (error.reason !== "grid") throw error;
      return false;
    }
  }

  Object.assign(scripts, { firstCall, firstPlot, unreadForPlot });
}
