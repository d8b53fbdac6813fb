// Says as the playground does, in the words it is given, what came of a spelling on a grid:
// one JSON line for one.
"use strict";

require(`${process.env.GRADVIZ_SCRIPTS}/playground-parts.js`);
const { createInterface } = require("node:readline");
const { parse, measuring, Captions } = globalThis.gradviz;
const { useLanguage } = globalThis.gradviz.sentences;

function measured(text, grid) {
  const f = parse(text);
  const steps = measuring(f, grid);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return { ...step.value, f };
}

function said({ strings, text, grid, angles }) {
  useLanguage(strings);
  return new Captions(strings).answer(measured(text, grid), grid.h, angles);
}

createInterface({ input: process.stdin }).on("line", (line) => {
  console.log(JSON.stringify(said(JSON.parse(line))));
});
