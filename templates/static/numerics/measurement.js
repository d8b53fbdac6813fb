/* Measurement: what a layout makes of a function's gradient, against the truth, as in
   gradviz_core/numerics/measurement.py. A point counts if its true gradient is finite;
   L is the largest true length over those. */
"use strict";

{
  const { gradviz } = globalThis;
  const { parse, gridPoints, numerics } = gradviz;
  const { DEFAULT_GRID, emptyField, STEP, numericalGradient } = numerics;
  const { LONGEST_STRETCH, stretches, refuseInput } = numerics;

  // An entry is right if it is off by no more than this, relative to 1 + the largest true
  // length: the central difference with h = 1e-4 stays well below it where f is smooth.
  const TOLERANCE = 1e-6;

  // Arrows this close count as parallel: nobody sees a tenth of a degree.
  const PARALLEL_DEGREES = 0.1;

  // Lengths are wrong by one factor if their ratios spread by no more than a thousandth of
  // their median.
  const EQUAL_RATIOS = 1e-3;

  // A field with fewer than half of the arrows that it should have looks sparse.
  const FEWEST_ARROWS = 0.5;

  /** Measure f in both layouts. Beside its measurement, each has the gradient that the
      routine gave; both share the points and the truth. A function from a script may demand
      that x is two numbers, or that its values are finite: else it raises an error. */
  function* measuring(f, grid = {}, demands = {}) {
    const { x0, x1, h = STEP, ...both } = grid;
    if (!Number.isFinite(h) || h <= 0) refuseInput("h");
    const [range0, range1] = [x0, x1].map((own) => ({
      ...DEFAULT_GRID,
      ...both,
      ...own,
    }));
    const points = gridPoints(range0, range1);
    const options = { h, ...demands };
    const measuringAs = (layout) => measuringLayout(layout, f, points, truth, options);
    const truth = yield* sharing(0, 0.05, exactGradients(f, points));
    const rows = yield* sharing(0.05, 0.15, measuringAs("rows"));
    const columns = yield* sharing(0.15, 1, measuringAs("columns"));
    return { points, truth, rows, columns };
  }

  /** Steps that report their progress as a share of all the work. */
  function* sharing(from, to, steps) {
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      yield from + (to - from) * value;
    }
  }

  function* exactGradients(f, [x0, x1]) {
    const truth = emptyField(x0.length);
    for (const [from, to] of stretches(x0.length, LONGEST_STRETCH)) {
      const gradients = f.gradientsAt([x0.subarray(from, to), x1.subarray(from, to)]);
      truth[0].set(gradients[0], from);
      truth[1].set(gradients[1], from);
      yield to / x0.length;
    }
    if (!truth[0].some((slope) => !Number.isNaN(slope))) refuseInput("truth");
    return truth;
  }

  function* measuringLayout(layout, f, points, truth, options) {
    const { length } = points[0];
    const measurement = {
      argument_shape: [layout === "rows" ? 2 : length],
      calls: null,
      arrows: length,
      nonzero: null,
      wrong: null,
      max_error: null,
      median_length_ratio: null,
      max_angle_deg: null,
      verdict: "raises",
    };
    let gradient;
    try {
      gradient = yield* numericalGradient(f, points, layout, options);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // else f has stopped
      gradient = emptyField(length).map((column) => column.fill(NaN));
      return { gradient, measurement };
    }
    const figures = yield* statistics(truth, gradient, layout);
    return { gradient, measurement: { ...measurement, ...figures } };
  }

  function* statistics([truth0, truth1], [gradient0, gradient1], layout) {
    const halfOfTolerance = TOLERANCE * (0.5 + halfOfLongest(truth0, truth1));
    const ratios = [];
    let nonzero = 0;
    let trueNonzero = 0;
    let wrong = 0;
    let maxError = -Infinity;
    let maxAngle = -Infinity;
    for (const [from, to] of stretches(truth0.length, LONGEST_STRETCH)) {
      for (let i = from; i < to; i++) {
        const t0 = truth0[i];
        const t1 = truth1[i];
        const g0 = gradient0[i];
        const g1 = gradient1[i];
        const hasArrow = isArrow(g0, g1);
        const hasTrueArrow = isArrow(t0, t1);
        if (hasArrow) nonzero += 1;
        if (hasTrueArrow) trueNonzero += 1;
        if (isFinite(t0) && isFinite(t1)) {
          const error0 = Math.abs(g0 - t0);
          const error1 = Math.abs(g1 - t1);
          if (isWrong(error0, error1, halfOfTolerance)) wrong += 1;
          if (isFinite(error0)) maxError = Math.max(maxError, error0);
          if (isFinite(error1)) maxError = Math.max(maxError, error1);
        }
        if (hasArrow && hasTrueArrow) {
          ratios.push(Math.hypot(g0, g1) / Math.hypot(t0, t1));
          maxAngle = Math.max(maxAngle, degreesBetween(g0, g1, t0, t1));
        }
      }
      yield 1;
    }
    const sortedRatios = Float64Array.from(ratios).sort();
    const counts = { nonzero, trueNonzero, wrong };
    return {
      calls: 4 * truth0.length,
      nonzero,
      wrong,
      max_error: finiteOrNull(maxError),
      median_length_ratio: finiteOrNull(medianOf(sortedRatios)),
      max_angle_deg: finiteOrNull(maxAngle),
      verdict: verdictOf(layout, counts, sortedRatios, maxAngle),
    };
  }

  function verdictOf(layout, { nonzero, trueNonzero, wrong }, ratios, maxAngle) {
    if (layout === "rows") return wrong > 0 ? "inexact" : "right";
    if (wrong === 0) return "hidden";
    if (nonzero === 0) return "blank";
    if (nonzero < FEWEST_ARROWS * trueNonzero) return "sparse";
    if (isScaled(ratios, maxAngle)) return "scaled";
    return "plausible";
  }

  /** Half of the largest true length: the whole of it may exceed the largest number where its
      entries do not. */
  function halfOfLongest(truth0, truth1) {
    let longest = 0;
    for (const [i, t0] of truth0.entries()) {
      const length = Math.hypot(t0 / 2, truth1[i] / 2);
      if (length > longest) longest = length; // never true of nan
    }
    return longest;
  }

  /** Whether an entry is off by more than 1e-6 (1 + L); true for nan. In halves, as is L. */
  function isWrong(error0, error1, halfOfTolerance) {
    return !(error0 / 2 <= halfOfTolerance && error1 / 2 <= halfOfTolerance);
  }

  /** Whether all directions are right and all lengths wrong by one factor; false for none. */
  function isScaled(sortedRatios, maxAngle) {
    const spread = sortedRatios.at(-1) - sortedRatios[0];
    const areEqual = spread <= EQUAL_RATIOS * medianOf(sortedRatios);
    return maxAngle <= PARALLEL_DEGREES && areEqual;
  }

  /** Whether a vector is finite, and not exactly zero. */
  function isArrow(a, b) {
    return isFinite(a) && isFinite(b) && (a !== 0 || b !== 0);
  }

  function degreesBetween(a0, a1, b0, b1) {
    const turn = Math.abs(Math.atan2(a0, a1) - Math.atan2(b0, b1));
    return Math.min(turn, 2 * Math.PI - turn) * (180 / Math.PI);
  }

  /** The median of sorted numbers, in which nan comes last. */
  function medianOf(sorted) {
    const last = sorted.length - 1;
    if (last < 0 || Number.isNaN(sorted[last])) return NaN;
    return (sorted[Math.floor(last / 2)] + sorted[Math.ceil(last / 2)]) / 2;
  }

  function finiteOrNull(value) {
    return Number.isFinite(value) ? value : null;
  }

  /** Measure a text on a grid {start, stop, step, h}, or {x0, x1, h} with a range for each
      axis, without a pause. */
  function measure(text, grid) {
    const steps = measuring(parse(text), grid);
    let step = steps.next();
    while (!step.done) step = steps.next();
    const { rows, columns } = step.value;
    return { rows: rows.measurement, columns: columns.measurement };
  }

  Object.assign(gradviz, { PARALLEL_DEGREES, measuring, measure });
}
