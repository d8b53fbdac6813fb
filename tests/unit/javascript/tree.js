// Parses Python as the reader of scripts does, one JSON line for one: a row for each node of the tree,
// or where and why it is no Python.
"use strict";

require(`${process.env.GRADVIZ_SCRIPTS}/gradviz.js`);
const { createInterface } = require("node:readline");
const { parse, walk, PythonError } = globalThis.gradviz.python;

function row(node) {
  const { type, line, column, endLine, endColumn } = node;
  const name = node.id ?? node.attr ?? node.arg ?? node.name ?? null;
  const operators = [node.op, node.ops].flat().filter(Boolean);
  const isNumber = node.kind === "int" || node.kind === "float";
  const value = isNumber ? String(node.value) : (node.kind ?? null);
  const ctx = node.ctx ?? null;
  return [type, [line, column, endLine, endColumn], name, operators, value, ctx];
}

function answer(text) {
  try {
    return { rows: walk(parse(text)).map(row) };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { line: error.line, reason: error.message };
  }
}

createInterface({ input: process.stdin }).on("line", (line) => {
  console.log(JSON.stringify(answer(JSON.parse(line))));
});
