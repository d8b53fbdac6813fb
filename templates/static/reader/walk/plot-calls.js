/* Plot calls: calls that draw arrows, heights and histograms. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { ENTRY, UNKNOWN, computedOf, hasStarred, histogram, lastPart, textOfTree } =
    scripts;
  const { keywordOf, pictureOf, quiverOf, signed } = scripts.walk;
  const words = vocabulary.walk;

  /** Note a call that draws; its result, null if none is known. */
  function resultOfPlot(walk, call, fullName) {
    const name = lastPart(fullName);
    if (words.drawing.includes(name) && call.arguments.length >= 4) {
      noteQuiver(walk.observations, call.node, arraysDrawn(walk, call));
      return UNKNOWN;
    }
    if (words.pictures.includes(name) && !hasStarred(call.node)) {
      notePicture(walk.observations, call, name);
    }
    const isHistogram = words.histograms.includes(name);
    return isHistogram ? histogram(call.node, fullName.endsWith("dd")) : null;
  }

  /** The arrays of a plot: whole ones where it draws the same part of each. In
      `quiver(X[::2, ::2], Y[::2, ::2], U[::2, ::2], V[::2, ::2])` each slope is at the
      point where it is in the plot of all of them. */
  function arraysDrawn(walk, call) {
    const drawn = call.node.args.slice(0, 4);
    const nodes = drawn.map((node) => (isNegative(node) ? node.operand : node));
    const parts = nodes.filter(({ type }) => type === "Subscript");
    const indices = parts.map(({ slice }) => textOfTree(slice));
    const areOfOneKind = parts.length === 4 && new Set(indices).size === 1;
    if (!areOfOneKind || parts.some(holdsCall)) return call.arguments.slice(0, 4);
    const wholes = parts.map(({ value }) => walk.value(value, call.names));
    const areTurned = wholes.some((each) => each.is === "axis-slope" && each.isTurned);
    if (areTurned) return call.arguments.slice(0, 4);
    return wholes.map((whole, k) =>
      isNegative(drawn[k]) ? signed(drawn[k].op, whole) : whole,
    );
  }

  function isNegative({ type, op }) {
    return type === "UnaryOp" && op === "USub";
  }

  function holdsCall(node) {
    return python
      .walk(node)
      .some(({ type }) => type === "Call" || type === "NamedExpr");
  }

  /** Note how a call of quiver takes apart what a routine gave. */
  function noteQuiver(observations, node, values) {
    for (const value of values.slice(2)) {
      const isKnown = value.is === "slopes-part" && value.part !== ENTRY;
      if (isKnown) value.call.uses.add(value.part);
      else computedOf(value).call?.uses.add("elsewhere");
    }
    observations.quivers.push(quiverOf(node, values));
  }

  /** Note a call that draws an array as it is. */
  function notePicture(observations, { node, arguments: values, keywords }, name) {
    const takesPlaces = name !== "imshow" && values.length > 2;
    const place = takesPlaces ? 2 : 0;
    if (place >= values.length) return;
    const origin = keywordOf(node, "origin");
    const isLower = origin?.kind === "str" && origin.value === "lower";
    const places = takesPlaces ? values.slice(0, 2) : [];
    const extent = keywords.get("extent") ?? null;
    const drawn = [node.args[place], values[place]];
    observations.pictures.push(
      pictureOf(node, name, ...drawn, places, extent, isLower),
    );
  }

  Object.assign(scripts.walk, { resultOfPlot });
}
