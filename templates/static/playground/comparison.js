/* Comparison: what kind of answer a measurement is, from what both calls gave. */
"use strict";

{
  // Slopes up to this size are too small to judge by: the two calls are compared to a
  // millionth.
  const FLAT = 1e-6;

  // Rounding causes an error of about this fraction of the values of f, divided by h.
  const ROUNDING = 2 ** -49;

  // If the error of the call without .T is at least this many times that of the other,
  // the missing .T is partly to blame.
  const TELLING = 2;

  /** The verdict of the call without .T, or why the two calls cannot be compared. */
  function kindOf({ f, points, truth, rows, columns }, h) {
    const { verdict } = columns.measurement;
    const isRounding =
      verdict !== "hidden" &&
      isFiniteEverywhere(columns) &&
      differsByRounding(f, points, columns.measurement, h);
    if (isRounding || areBothWrong(rows.measurement, columns.measurement))
      return "vague";
    if (verdict === "hidden" && isFlat(truth)) return "flat";
    return verdict;
  }

  /** Whether the arrows of each call are right, or null where h, or a kink of f, makes
      some of them wrong: that is not the fault of the call with both .T, nor of one that
      is as good. */
  function rightness(rows, columns) {
    const isBlameless = columns.verdict !== "raises" && isAsGoodAs(columns, rows);
    return {
      rows: rows.verdict === "right" || null,
      columns: columns.verdict === "hidden" || (isBlameless ? null : false),
    };
  }

  function isAsGoodAs(columns, rows) {
    const isAsExact = errorOf(columns) <= TELLING * errorOf(rows);
    return isAsExact && columns.wrong <= rows.wrong;
  }

  /** Whether rounding alone decides what the call without .T gave. */
  function differsByRounding(f, points, measurement, h) {
    const size = Math.hypot(...points.map(f.evaluate));
    return errorOf(measurement) * h < ROUNDING * size;
  }

  /** Whether the step or rounding decides what either call gave. */
  function areBothWrong(rows, columns) {
    if (rows.wrong <= rows.arrows / 2) return false;
    return errorOf(columns) <= TELLING * errorOf(rows);
  }

  function errorOf(measurement) {
    return measurement.max_error ?? 0;
  }

  function isFlat(truth) {
    return !truth.some((slopes) => slopes.some((slope) => Math.abs(slope) > FLAT));
  }

  /** How many points do not count because f has no gradient there. */
  function pointsWithoutGradient([slopes]) {
    return slopes.filter(Number.isNaN).length;
  }

  /** Whether every slope that a call gave is a finite number. */
  function isFiniteEverywhere({ gradient }) {
    return gradient.every((slopes) => slopes.every(isFinite));
  }

  /** Whether every arrow of a call is too short for matplotlib to find its direction,
      like is_flat in gradviz_core/figures/fields.py. */
  function isDrawnToTheRight({ gradient: [along, up] }) {
    const lengths = along.map((slope, k) => Math.hypot(slope, up[k]));
    return lengths.some(Boolean) && lengths.every((length) => 1 + length === 1);
  }

  /** The first form of a sentence that fits, like form_of in forms.py. */
  function formOf(forms, kind, call) {
    const form = forms.find((each) => each.kind === kind && fits(each, call));
    return form ?? { kind, key: kind };
  }

  function fits(form, call) {
    const { max_angle_deg: angle, median_length_ratio: ratio } = call.measurement;
    if ("finite" in form && isFiniteEverywhere(call) !== form.finite) return false;
    if ("angle_up_to" in form && (angle === null || angle > form.angle_up_to))
      return false;
    if (!("ratio_below" in form)) return true;
    return ratio !== null && ratio < form.ratio_below;
  }

  globalThis.gradviz.comparison = {
    ...{ kindOf, rightness, formOf, pointsWithoutGradient, isDrawnToTheRight },
  };
}
