// Reads scripts with the file that is named, the published gradviz.js: one JSON line for one.
"use strict";

require(process.argv[2]);
const { createInterface } = require("node:readline");

function answer(text) {
  const start = process.cpuUsage();
  try {
    const result = globalThis.gradviz.read(text);
    const { readings } = result;
    const seconds = process.cpuUsage(start).user / 1e6;
    return { result, readings, seconds };
  } catch (error) {
    return { crash: error.stack };
  }
}

createInterface({ input: process.stdin }).on("line", (line) => {
  console.log(JSON.stringify(answer(JSON.parse(line))));
});
