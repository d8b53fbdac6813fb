/* Book: the routine of the book's chapter, as shown in gradviz_core/book.py, on a copy
   of the points and in both layouts. With the points in rows, each is an argument of f;
   without .T, each column of coordinates is one. These are generators that pause
   between small steps of long work, so that the page stays responsive: each pause says
   how much is done, from 0 to 1. */
"use strict";

{
  const { LONGEST_STRETCH, stretches, emptyField } = globalThis.gradviz.numerics;

  const STEP = 1e-4;

  /** Differentiate f by the central difference, in the layout "rows" or "columns". */
  function numericalGradient(f, points, layout, options) {
    const gradientOf = layout === "rows" ? gradientOfRows : gradientOfColumns;
    return gradientOf(f, points, options);
  }

  function* gradientOfRows(f, [x0, x1], { h, mustBeFinite }) {
    const slopes = emptyField(x0.length);
    for (const [from, to] of stretches(x0.length, LONGEST_STRETCH)) {
      const stretch = [x0.subarray(from, to), x1.subarray(from, to)];
      for (const [k, column] of stretch.entries()) {
        const ahead = column.map((coordinate) => coordinate + h);
        const behind = column.map((coordinate) => coordinate - h);
        const valuesAhead = f.valuesAt(withColumn(stretch, k, ahead));
        const valuesBehind = f.valuesAt(withColumn(stretch, k, behind));
        if (mustBeFinite) [valuesAhead, valuesBehind].forEach(refuseNonFinite);
        for (const [i, value] of valuesAhead.entries()) {
          slopes[k][from + i] = (value - valuesBehind[i]) / (2 * h);
        }
      }
      yield to / x0.length;
    }
    return slopes;
  }

  function* gradientOfColumns(f, points, { h, mustBeFinite, mustBeTwo }) {
    const slopes = emptyField(points[0].length);
    for (const [k, row] of points.entries()) {
      if (mustBeTwo && row.length !== 2) throw new RangeError("not two numbers");
      for (const stretch of f.valuesOfMoves(row, h)) {
        if (stretch) {
          const { from, to, values } = stretch;
          if (mustBeFinite) refuseNonFinite(values);
          for (let i = from; i < to; i++) {
            const n = 2 * (i - from);
            slopes[k][i] = (values[n] - values[n + 1]) / (2 * h);
          }
        }
        yield (k + (stretch?.to ?? 0) / row.length) / 2;
      }
    }
    return slopes;
  }

  function withColumn(columns, k, column) {
    return columns.map((other, n) => (n === k ? column : other));
  }

  function refuseNonFinite(values) {
    if (!values.every(isFinite)) throw new RangeError("not finite");
  }

  Object.assign(globalThis.gradviz.numerics, {
    STEP,
    numericalGradient,
  });
}
