/* Field: the arrows of one plot at their points, and how they compare with slopes. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { isUnknown, nameCalled } = scripts.wholeRuns;
  const { NotFollowed, reshaped, stretched } = scripts.small;

  const TOLERANCE = 2e-3; // of the longest slope, or of a factor
  const SHORTEST = 1e-6; // a longest slope below this is rounding

  // How arrows compare with slopes: exact, or the exact opposite; scaled, all by one
  // factor; along, each by a factor of its own. An empty text stands for none of these.
  const EXACT = "exact";
  const SCALED = "scaled";
  const ALONG = "along";

  /** How arrows that are right may compare with slopes. Their scale is free if it is
      known that slopes are behind them. */
  function rightWays(isScaleKnown) {
    return isScaleKnown ? [EXACT, SCALED, ALONG] : [EXACT];
  }

  /** The arrows of a plot at their points. */
  class Field {
    constructor(node, points, arrows) {
      this.node = node;
      this.points = points;
      this.arrows = arrows;
    }

    /** How the arrows compare with slopes. */
    compared(slopes, isSwapped = false) {
      const arrows = isSwapped ? this.arrows.map(([u, v]) => [v, u]) : this.arrows;
      return compared(arrows, slopes);
    }

    /** Whether the arrows are slopes, or each points along one. */
    shows(slopes) {
      return [EXACT, ALONG].includes(this.compared(slopes));
    }

    /** Whether each arrow points the opposite way of a slope. */
    pointsDown(slopes) {
      const products = this.arrows.map(
        ([u, v], k) => u * slopes[k][0] + v * slopes[k][1],
      );
      const sum = products.reduce((total, each) => total + each, 0);
      return Boolean(this.compared(slopes)) && sum < 0;
    }
  }

  /** How arrows compare with slopes. */
  function compared(arrows, slopes) {
    const lengths = slopes.map((slope) => Math.hypot(...slope));
    const longest = Math.max(0, ...lengths);
    if (!Number.isFinite(longest) || longest < SHORTEST) return "";
    const factors = [];
    for (const [k, [u, v]] of arrows.entries()) {
      if (lengths[k] <= TOLERANCE * longest) continue; // too short to have a direction
      const [du, dv] = slopes[k];
      const factor = (u * du + v * dv) / lengths[k] / lengths[k];
      if (!isMultiple(arrows[k], slopes[k], factor, lengths[k])) return "";
      factors.push(factor);
    }
    const areOfOneSign =
      factors.every((each) => each > 0) || factors.every((each) => each < 0);
    if (!factors.length || !areOfOneSign) return "";
    const [first] = factors;
    const size = Math.abs(first);
    if (factors.some((each) => !(Math.abs(each - first) <= TOLERANCE * size))) {
      return ALONG;
    }
    if (!arrows.every((each, k) => isMultiple(each, slopes[k], first, longest))) {
      return "";
    }
    return Math.abs(size - 1) <= TOLERANCE ? EXACT : SCALED;
  }

  /** Whether an arrow is a slope times a factor, exactly enough for this length. */
  function isMultiple([u, v], [du, dv], factor, length) {
    const off = Math.hypot(u - factor * du, v - factor * dv);
    return off <= TOLERANCE * Math.abs(factor) * length;
  }

  /** Whether numbers differ from others by no more than the tolerance. */
  function areNumbersAlike(some, others) {
    return some.every(
      (each, k) =>
        Math.abs(Number(each) - others[k]) <= TOLERANCE * (1 + Math.abs(others[k])),
    );
  }

  /** The arrows of a plot, one for each point. It throws NotFollowed if it is not known
      which arrow stands where. */
  function fieldOf({ node, places, arrows }) {
    if ([...places, ...arrows].some(isUnknown)) throw new NotFollowed();
    let [x, y] = places;
    const [u, v] = arrows;
    const areTables = arrows.every(({ shape }) => shape.length === 2);
    // matplotlib wants tables.
    if (nameCalled(node) === "streamplot" && !areTables) throw new NotFollowed();
    const isAlongAxes = x.shape.length === 1 && y.shape.length === 1;
    if (isAlongAxes && u.shape.length === 2) {
      const shape = [y.size, x.size];
      y = stretched(reshaped(y, [y.size, 1]), shape);
      x = stretched(x, shape);
    }
    if (new Set([x.size, y.size, u.size, v.size]).size > 1) throw new NotFollowed();
    const [xs, ys, us, vs] = [x, y, u, v].map((each) => each.entries().map(Number));
    const points = xs.map((each, k) => [each, ys[k]]);
    return new Field(
      node,
      points,
      us.map((each, k) => [each, vs[k]]),
    );
  }

  scripts.fields = { EXACT, SCALED, SHORTEST, TOLERANCE };
  Object.assign(scripts.fields, { areNumbersAlike, compared, fieldOf, rightWays });
}
