/* Plot calls: calls that draw arrows, heights and histograms. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { ENTRY, UNKNOWN, computedOf, hasStarred, histogram, lastPart } = scripts;
  const { keywordOf, pictureOf, quiverOf } = scripts.walk;
  const words = vocabulary.walk;

  /** Note a call that draws; its result, null if none is known. */
  function resultOfPlot(walk, call, fullName) {
    const name = lastPart(fullName);
    if (words.drawing.includes(name) && call.arguments.length >= 4) {
      noteQuiver(walk.observations, call);
      return UNKNOWN;
    }
    if (words.pictures.includes(name) && !hasStarred(call.node)) {
      notePicture(walk.observations, call, name);
    }
    const isHistogram = words.histograms.includes(name);
    return isHistogram ? histogram(call.node, fullName.endsWith("dd")) : null;
  }

  /** Note how a call of quiver takes apart what a routine gave. */
  function noteQuiver(observations, call) {
    const values = call.arguments.slice(0, 4);
    for (const value of values.slice(2)) {
      const isKnown = value.is === "slopes-part" && value.part !== ENTRY;
      if (isKnown) value.call.uses.add(value.part);
      else computedOf(value).call?.uses.add("elsewhere");
    }
    observations.quivers.push(quiverOf(call.node, values));
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
