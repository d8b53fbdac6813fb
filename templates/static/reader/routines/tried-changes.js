/* Tried changes: slips that show only because the routine is right without them. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { isOperation, nameOf, onlyTarget, slipOf } = scripts.routines;

  /** Where a step back may be missing: `x[i] = saved`, and `f(x)`. */
  function* missingSteps({ definition, divisions, nodes }, fName) {
    const divisors = divisions.flatMap(({ right }) => python.walk(right));
    const steps = new Set(divisors.map(nameOf).filter(Boolean));
    if (steps.size !== 1) return;
    const [step] = steps;
    const values = { routine: definition.name, step };
    for (const node of nodes) {
      const moved = movedBy(node, fName);
      if (moved?.type === "Name") yield slipOf("one-sided", moved, null, values);
    }
  }

  /** What a node writes into an array, or hands to f first. */
  function movedBy(node, fName) {
    const { type, func, args, value } = node;
    if (type === "Assign" && onlyTarget(node)?.type === "Subscript") return value;
    return type === "Call" && nameOf(func) === fName ? args[0] : null;
  }

  /** Sums that perhaps should be differences. */
  function* sums({ definition, nodes }) {
    const additions = nodes.filter((each) => isOperation(each, "Add"));
    if (additions.length > vocabulary.routines.most_sums) return;
    for (const addition of additions) {
      const values = { form: "added", routine: definition.name };
      yield slipOf("formula", addition, addition, values);
    }
  }

  /** A copy of a function whose loops put back what they move at their end. */
  function withEntriesPutBack(moved, definition) {
    const nodes = python.walk(definition);
    const changed = copyOf(definition);
    const copies = python.walk(changed);
    for (const { other: loop, values } of moved) {
      const assignment = `${values.place} = ${values.saved}\n`;
      copies[nodes.indexOf(loop)].body.push(...python.parse(assignment).body);
    }
    return changed;
  }

  function copyOf(definition) {
    return JSON.parse(JSON.stringify(definition));
  }

  /** A copy of a function, in which a slip is mended. */
  function changedAs({ node, values }, definition) {
    const index = python.walk(definition).indexOf(node);
    const changed = copyOf(definition);
    const copy = python.walk(changed)[index];
    if (copy.type === "BinOp") {
      copy.op = "Sub";
    } else {
      const left = { ...copy };
      const right = { ...copy, id: values.step };
      Object.assign(copy, { type: "BinOp", op: "Sub", left, right });
      delete copy.id;
    }
    return changed;
  }

  Object.assign(scripts.routines, {
    missingSteps,
    sums,
    changedAs,
    withEntriesPutBack,
  });
}
