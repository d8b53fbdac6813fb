/* Angles: plots of slopes whose axes have different scales. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { isArray, lengthOf, meaning } = scripts;
  const { insertionInCall } = scripts.rules;

  /** A plot of slopes whose axes have different scales, without `angles="xy"`. */
  function* angles(script) {
    if (mayHaveEqualAxes(script)) return;
    for (const quiver of script.observations.quivers) {
      const lengths = lengthsOfAxes(quiver);
      if (!showsAnglesOnScreen(script, quiver) || !differInScale(lengths)) continue;
      const [width, height] = lengths.map((each) => `${Number(each.toPrecision(6))}`);
      const { node } = quiver;
      const last = lastArgument(node);
      const edits = [insertionInCall(script.source, last, node, ', angles="xy"')];
      yield script.finding("angles", "note", node, { edits, width, height });
    }
  }

  /** Whether a script may give both axes one scale: `plt.axis("equal")`. */
  function mayHaveEqualAxes({ source }) {
    const { equal_axes: equal } = vocabulary.findings;
    return source.nodes.some(
      ({ type, kind, value }) =>
        type === "Constant" && kind === "str" && equal.includes(value),
    );
  }

  /** Whether slopes are drawn as `quiver` does by default. */
  function showsAnglesOnScreen({ imports }, { node, values }) {
    if (values[2].is !== "slopes-part") return false;
    if (!meaning(node.func, imports).endsWith("quiver")) return false;
    return !node.keywords.some(({ arg }) => arg === "angles" || !arg); // as **options
  }

  /** How long the grid is along each coordinate; nothing without a grid. */
  function lengthsOfAxes({ values: [x] }) {
    if (!isArray(x) || !x.mesh) return [];
    return x.mesh.ranges.map((range) => range && lengthOf(range));
  }

  /** Whether a grid is much longer along one coordinate than along the other. */
  function differInScale(lengths) {
    const known = lengths.filter(Boolean).map(Math.abs);
    if (known.length < 2) return false;
    return Math.max(...known) / Math.min(...known) > vocabulary.findings.most_ratio;
  }

  function lastArgument({ args, keywords }) {
    const given = [...args, ...keywords.map(({ value }) => value)];
    return given.reduce((one, other) => (endsLater(one, other) ? one : other));
  }

  function endsLater(one, other) {
    const isSameLine = one.endLine === other.endLine;
    if (isSameLine) return one.endColumn >= other.endColumn;
    return one.endLine > other.endLine;
  }

  Object.assign(scripts.rules, { angles });
}
