/* Angles: plots of slopes whose axes have different scales. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { isArray, lengthOf, meaning, number } = scripts;
  const { insertionInCall } = scripts.rules;

  /** A plot of slopes whose axes have different scales, without `angles="xy"`. All arrows
      are slopes if a run of the script has shown that. */
  function* angles(script, areSlopes = false) {
    if (script.source.nodes.some(mayGiveOneScale)) return;
    const proportions = proportionsOfFigures(script);
    for (const quiver of script.observations.quivers) {
      const lengths = lengthsOfAxes(quiver);
      const drawsSlopes = areSlopes || quiver.values[2].is === "slopes-part";
      if (!drawsSlopes || !showsAnglesOnScreen(script, quiver)) continue;
      if (!differInScale(lengths, proportions)) continue;
      const [width, height] = lengths.map((each) => `${Number(each.toPrecision(6))}`);
      const { node } = quiver;
      const last = lastArgument(node);
      const edits = [insertionInCall(script.source, last, node, ', angles="xy"')];
      yield script.finding("angles", "note", node, { edits, width, height });
    }
  }

  /** Whether this may give both axes one scale: `plt.axis("equal")`, `add_axes`. */
  function mayGiveOneScale(node) {
    const { equal_axes: equal, shaping } = vocabulary.findings;
    if (node.type === "Constant" && node.kind === "str") {
      return equal.includes(node.value) || shaping.includes(node.value);
    }
    if (node.type !== "Call") return false;
    const name = node.func.attr ?? node.func.id;
    const isPlaced = name === "axes" && node.args.length > 0;
    if (isPlaced || shaping.includes(name)) return true;
    const aspects = valuesOfKeyword(node, "aspect");
    if (name === "set_aspect") aspects.push(...node.args.slice(0, 1));
    return aspects.some(mayBeEqual);
  }

  function mayBeEqual(aspect) {
    const isAutomatic = aspect.type === "Constant" && aspect.value === "auto";
    return !isAutomatic && [null, 1].includes(number(aspect));
  }

  /** The ratio of width to height of each figure with a size of its own; null for a
      size that is not written out. */
  function proportionsOfFigures({ source }) {
    const calls = source.nodes.filter(({ type }) => type === "Call");
    return calls.flatMap((call) => valuesOfKeyword(call, "figsize")).map(proportionOf);
  }

  function proportionOf({ type, elts }) {
    const isPair = (type === "Tuple" || type === "List") && elts.length === 2;
    const [width, height] = isPair ? elts.map(number) : [];
    return width && height ? width / height : null;
  }

  function valuesOfKeyword({ keywords }, name) {
    return keywords.filter(({ arg }) => arg === name).map(({ value }) => value);
  }

  /** Whether arrows are drawn as `quiver` does by default. */
  function showsAnglesOnScreen({ imports }, { node }) {
    if (!meaning(node.func, imports).endsWith("quiver")) return false;
    return !node.keywords.some(({ arg }) => arg === "angles" || !arg); // as **options
  }

  /** How long the grid is along each coordinate; nothing without a grid. */
  function lengthsOfAxes({ values: [x] }) {
    if (!isArray(x) || !x.mesh) return [];
    return x.mesh.ranges.map((range) => range && lengthOf(range));
  }

  /** Whether a grid has coordinates that differ in scale in each of these figures. */
  function differInScale(lengths, proportions) {
    const known = lengths.filter(Boolean);
    if (known.length < 2) return false;
    const [width, height] = known;
    return [1, ...proportions].every(
      (proportion) => proportion !== null && areUnlike(width / height, proportion),
    );
  }

  /** Whether one proportion of a width and a height is far from another one. */
  function areUnlike(one, other) {
    return Math.max(one / other, other / one) > vocabulary.findings.most_ratio;
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
