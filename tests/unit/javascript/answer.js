// Answers what the tests ask of static/gradviz.js, one JSON line for one: a spelling's values at
// rows of numbers, its gradients at points, its measurement on a grid, the points of a grid, or
// where and why the text is refused.
"use strict";

require(`${process.env.GRADVIZ_SCRIPTS}/gradviz.js`);
const { createInterface } = require("node:readline");
const { parse, measuring, gridPoints } = globalThis.gradviz;

const inPairs = ([first, second]) => Array.from(first, (a, i) => [a, second[i]]);

function measured(f, grid) {
  const steps = measuring(f, grid);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const { points, truth, rows, columns } = step.value;
  return {
    points: inPairs(points),
    truth: inPairs(truth),
    gradients: { rows: inPairs(rows.gradient), columns: inPairs(columns.gradient) },
    rows: rows.measurement,
    columns: columns.measurement,
  };
}

/** The value at a row, null if its shape does not fit. */
function valueAt(f, row) {
  try {
    return f.evaluate(row);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return null;
  }
}

function answer({ text, rows = [], points = [], grid, axis }) {
  try {
    if (axis) return { points: inPairs(gridPoints(...axis)) };
    const f = parse(text);
    return {
      values: rows.map((row) => valueAt(f, row)),
      gradients: points.map(f.gradient),
      measured: grid && measured(f, grid),
    };
  } catch (error) {
    if (error.column) return { column: error.column, message: error.message };
    return { reason: error.reason, crash: error.stack };
  }
}

// What JSON has no number for is sent as a text that Python's float() reads.
const plain = (_, value) =>
  typeof value === "number" && !Number.isFinite(value) ? `${value}` : value;

createInterface({ input: process.stdin }).on("line", (line) => {
  console.log(JSON.stringify(answer(JSON.parse(line)), plain));
});
