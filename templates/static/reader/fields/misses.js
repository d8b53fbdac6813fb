/* Misses: what arrows show that are not the slopes of the function they belong to. Only what
   holds at every point counts, and what no other purpose of a plot explains. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { EXACT, SHORTEST, TOLERANCE, compared } = scripts.fields;

  const MOST_THAT_FIT = 0.5; // of the points at which a wrong component may be right
  const MOST_THAT_SHOW = 0.1; // of the arrows longer than zero in an empty plot

  const largestOf = (numbers) => Math.max(0, ...numbers.map(Math.abs));
  const isTooShort = (length) => !Number.isFinite(length) || length < SHORTEST;

  /** What a plot shows in place of the slopes of a function or of heights. */
  function* missesOf(field, subjects) {
    for (const { subject, slopes } of subjects) {
      const form = otherArrangement(field, slopes);
      if (form) {
        yield { field, subject, slopes, miss: { form, place: 0 } };
        return;
      }
    }
    const wrong = subjects.flatMap(({ subject, slopes }) => {
      const miss = wrongComponent(field.arrows, slopes);
      return miss ? [{ field, subject, slopes, miss }] : [];
    });
    if (wrong.length === 1) yield wrong[0];
    if (wrong.length || subjects.length !== 1) return;
    const [{ subject, slopes }] = subjects;
    const miss = emptyPlot(field.arrows, slopes);
    if (miss) yield { field, subject, slopes, miss };
  }

  /** How the arrows arrange the slopes otherwise; an empty text if they do not. */
  function otherArrangement(field, slopes) {
    const order = otherOrder(field.points);
    if (order) {
      const atPoints = new Map(field.points.map((point, k) => [`${point}`, slopes[k]]));
      if (field.shows(order.map((point) => atPoints.get(`${point}`)))) {
        return "transposed";
      }
    }
    return compared(inPairs(field.arrows), slopes) === EXACT ? "paired" : "";
  }

  /** The points of a grid column by column, if they are given row by row, and the other
      way round; null if they are no grid. */
  function otherOrder(points) {
    const [xs, ys] = [0, 1].map((axis) => [...new Set(points.map((p) => p[axis]))]);
    const byRows = ys.flatMap((y) => xs.map((x) => [x, y]));
    const byColumns = xs.flatMap((x) => ys.map((y) => [x, y]));
    if (Math.min(xs.length, ys.length) < 2) return null;
    if (arePointsAlike(points, byRows)) return byColumns;
    return arePointsAlike(points, byColumns) ? byRows : null;
  }

  function arePointsAlike(some, others) {
    const areAsMany = some.length === others.length;
    return (
      areAsMany && some.every(([x, y], k) => x === others[k][0] && y === others[k][1])
    );
  }

  /** The arrows whose numbers, one after the other, were cut in two halves. */
  function inPairs(arrows) {
    const numbers = [0, 1].flatMap((axis) => arrows.map((arrow) => arrow[axis]));
    return arrows.map((_, k) => numbers.slice(2 * k, 2 * k + 2));
  }

  /** Which component is no slope where the other is one, and where it shows best; null
      if there is none. A component that is zero everywhere, or the exact opposite, is
      drawn on purpose. */
  function wrongComponent(arrows, slopes) {
    for (const axis of [0, 1]) {
      const along = (pairs, k) => pairs.map((pair) => pair[k]);
      const sign = signOfSlopes(along(arrows, 1 - axis), along(slopes, 1 - axis));
      const drawn = along(arrows, axis);
      const expected = along(slopes, axis).map((slope) => sign * slope);
      if (!sign || !drawn.some(Boolean) || signOfSlopes(drawn, expected)) continue;
      const longest = largestOf([...drawn, ...expected]);
      const off = drawn.map((each, k) => Math.abs(each - expected[k]));
      const fitting = off.filter((each) => each <= TOLERANCE * longest);
      if (Number.isFinite(longest) && fitting.length <= MOST_THAT_FIT * off.length) {
        const place = off.indexOf(Math.max(...off));
        return { form: "component", place, axis, expected: expected[place] };
      }
    }
    return null;
  }

  /** 1 if numbers are slopes along an axis, -1 if all are the opposite, else 0. Slopes that
      are the same everywhere prove nothing. */
  function signOfSlopes(numbers, slopes) {
    const longest = largestOf(slopes);
    const most = TOLERANCE * longest;
    const isLevel = Math.max(...slopes) - Math.min(...slopes) <= most;
    if (isTooShort(longest) || isLevel) return 0;
    const isSign = (sign) =>
      numbers.every((each, k) => Math.abs(each - sign * slopes[k]) <= most);
    return [1, -1].find(isSign) ?? 0;
  }

  /** Where a slope is steepest that is drawn as nothing, if most arrows are; else null. */
  function emptyPlot(arrows, slopes) {
    const lengths = slopes.map((slope) => Math.hypot(...slope));
    const longest = largestOf(lengths);
    if (isTooShort(longest)) return null;
    const steep = [...lengths.keys()].filter((k) => lengths[k] > TOLERANCE * longest);
    const empty = steep.filter((k) => arrows[k].every((each) => each === 0));
    if (steep.length - empty.length > MOST_THAT_SHOW * steep.length) return null;
    const steepest = Math.max(...empty.map((k) => lengths[k]));
    return { form: "empty", place: empty.find((k) => lengths[k] === steepest) };
  }

  Object.assign(scripts.fields, { missesOf });
}
