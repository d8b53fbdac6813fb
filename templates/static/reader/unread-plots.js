/* Unread plots: arrows of which nobody knows whether they are those of a gradient. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { dotted, unread } = scripts;
  const { top_down: topDown, turning_axes: turningAxes } = vocabulary.findings;
  const { changing_a_plot: changing } = vocabulary.whole_run;

  /** The plots that the walk reached and that show no result of a routine. Plots that it
      did not reach may be right: code behind a guard, say. */
  function* arrowsOfNoRoutine(source, { quivers }) {
    for (const { node, owners, values } of quivers) {
      const areOfCall =
        [...owners].some((owner) => owner?.uses) ||
        values.some(({ is }) => is === "axis-slope");
      if (!areOfCall) yield unread("arrows", node.line, source.text(node.func));
    }
  }

  /** Every plot in the text, reached or not: it was compared with nothing. */
  function arrowsNotCompared(source) {
    return [...scripts.wholeRuns.quiversIn(source.nodes)].map((node) =>
      unread("arrows", node.line, source.text(node.func)),
    );
  }

  /** The plots whose slopes get a second minus. */
  function negatedTwice(source, plots) {
    return plots.map((node) =>
      unread("two-minuses", node.line, source.text(node.func)),
    );
  }

  /** Where arrows are drawn one by one, or by another name of `quiver`. */
  function* arrowsOfNoPlot(source) {
    const { drawing, drawing_one: drawingOne } = vocabulary.walk;
    const calls = source.nodes.filter(({ type }) => type === "Call");
    const called = new Set(calls.map(({ func }) => func));
    for (const node of source.nodes) {
      const { type, value } = node;
      const isLoop = type === "For";
      const names = isLoop ? drawingOne : drawing;
      let parts = type === "Assign" ? [value] : [];
      if (isLoop) parts = python.walk(node).filter((each) => called.has(each));
      for (const part of parts) {
        if (names.includes(part.attr))
          yield unread("arrows", part.line, source.text(part));
      }
    }
  }

  /** Where arrows keep their angles, and some axes are turned round. */
  function arrowsOnTurnedAxes(source, { quivers }) {
    if (!source.nodes.some(turnsAxes)) return [];
    return quivers
      .map(({ node }) => ({ node, name: source.text(node.func) }))
      .filter(({ node, name }) => name.endsWith("quiver") && !hasAngles(node))
      .map(({ node, name }) => unread("turned-axes", node.line, name));
  }

  function hasAngles({ keywords }) {
    return keywords.some(({ arg }) => arg === "angles");
  }

  /** Where arrows of slopes get angles of their own, or are changed later. */
  function* arrowsOfOtherLooks(source, { differentiations, heights, quivers }) {
    if (!(differentiations.length || heights.size) || !quivers.length) return;
    const plots = new Set(quivers.map(({ node }) => node));
    for (const node of source.nodes) {
      const place = plots.has(node) ? node.func : node;
      const isOfPlot = place !== node && node.keywords.some(maySetAngles);
      const isChange = node.type === "Attribute" && changing.includes(node.attr);
      if (isOfPlot || isChange) yield unread("arrows", node.line, source.text(place));
    }
  }

  /** Whether an argument sets angles that are not those of the arrows. */
  function maySetAngles({ arg, value }) {
    return !arg || (arg === "angles" && !["xy", "uv"].includes(value.value));
  }

  /** Whether a call draws the first row at the top, or turns an axis round. */
  function turnsAxes({ type, func, keywords }) {
    if (type !== "Call" || func.type !== "Attribute") return false;
    if (turningAxes.includes(func.attr)) return true;
    const isUpright = keywords.some(
      ({ arg, value }) => arg === "origin" && value.value === "lower",
    );
    return topDown.includes(func.attr) && !isUpright;
  }

  /** Whether slopes may be taken by hand: `f(x + h, y) - f(x - h, y)`. */
  function differencesIn({ nodes }, imports) {
    const notOfScript = new Set([...imports.keys(), ...vocabulary.names.builtin]);
    const values = new Map(); // names, and the functions whose values they are
    for (const { type, targets, value } of nodes) {
      const isOfOneName = type === "Assign" && targets.length === 1;
      if (isOfOneName && targets[0].type === "Name") {
        values.set(targets[0].id, functionCalled(value));
      }
    }
    const functionBehind = (node) => functionCalled(node) || values.get(node.id) || "";
    return nodes.filter(({ type, op, left, right }) => {
      if (type !== "BinOp" || op !== "Sub") return false;
      const name = functionBehind(left);
      const isOfScript = name && !notOfScript.has(name.split(".")[0]);
      return isOfScript && name === functionBehind(right);
    });
  }

  /** The name of the function that is called, nothing if this is not a call.
      `np.vectorize(f)(x)` and `np.apply_along_axis(f, 1, x)` call f. */
  function functionCalled({ type, func, args }) {
    if (type !== "Call") return "";
    const name = dotted(func);
    const isCalling = vocabulary.walk.calling.includes(name.split(".").at(-1));
    const handedOn = func.type === "Call" ? func.args : isCalling && args;
    return handedOn?.[0]?.id ?? name;
  }

  Object.assign(scripts, {
    arrowsNotCompared,
    arrowsOfNoPlot,
    arrowsOfNoRoutine,
    arrowsOfOtherLooks,
    arrowsOnTurnedAxes,
    differencesIn,
    negatedTwice,
  });
}
