/* Body: the text of a function that may be a routine. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { parametersOf } = scripts;
  const { isOperation, isSum, nameOf, onlyTarget } = scripts.routines;

  /** A function, and the nodes that identify a routine: its `nodes`, statement by
      statement, in each those above before those below; and among these the `calls`,
      the `loops`, and the `divisions`. `imports` say what the names of the script stand
      for. */
  class Body {
    constructor(definition, imports) {
      this.definition = definition;
      this.imports = imports;
      this.parameters = parametersOf(definition);
      this.nodes = definition.body.flatMap(python.walk);
      this.calls = this.nodes.filter(({ type }) => type === "Call");
      this.loops = this.nodes.filter(({ type }) => type === "For" || type === "While");
      this.divisions = this.nodes.filter((node) => isOperation(node, "Div"));
    }

    /** The possible positions of f and the array among the parameters. */
    positions() {
      const { calls, divisions, parameters } = this;
      // A routine calls what it differentiates, and divides the result; or it hands it
      // on.
      const called = new Set(calls.flatMap(({ args }) => args).map(nameOf));
      if (divisions.length) {
        for (const { func } of calls) called.add(nameOf(func));
      }
      const positions = [];
      for (const [k, fName] of parameters.slice(0, 2).entries()) {
        if (!called.has(fName) && !this.takesDifferenceOf(fName)) continue;
        for (const other of parameters.slice(0, 3).keys()) {
          if (other !== k) positions.push([k, other]);
        }
      }
      return positions;
    }

    /** Whether this calls one of some functions twice, and divides. */
    differentiates(fNames) {
      const callsOfF = this.calls.filter(({ func }) => fNames.includes(nameOf(func)));
      return callsOfF.length >= 2 && this.divisions.length > 0;
    }

    /** Whether this subtracts two values of a function, each at a moved point. So does a
        routine that multiplies by its step, or forgets it. */
    takesDifferenceOf(fName) {
      const calls = this.calls.filter(({ func }) => nameOf(func) === fName);
      if (!calls.length) return false;
      const assigned = this.nodes.filter(onlyTarget);
      const moved = movedNames(assigned);
      const values = calls.filter(({ args }) =>
        args.some((point) => isSum(point) || moved.has(nameOf(point))),
      );
      const names = assigned
        .filter(({ value }) => values.includes(value))
        .map((node) => nameOf(onlyTarget(node)))
        .filter(Boolean);
      const isValue = (node) => values.includes(node) || names.includes(nameOf(node));
      return this.nodes.some(
        (node) => isOperation(node, "Sub") && isValue(node.left) && isValue(node.right),
      );
    }
  }

  /** The names of arrays that are sums, or that are written into. */
  function movedNames(assigned) {
    const names = assigned.map((node) => {
      const target = onlyTarget(node);
      if (target.type === "Subscript") return nameOf(target.value);
      return isSum(node.value) ? nameOf(target) : "";
    });
    return new Set(names.filter(Boolean));
  }

  scripts.routines.Body = Body;
}
