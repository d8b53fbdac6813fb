/* Transposed slopes: both results of `np.gradient`, each drawn at another point. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { ORDERS, coordinateIn, hasStarred, orderOfAxes } = scripts;
  const { replacement, turnedText } = scripts.rules;

  /** `quiver(X, Y, dx.T, dy.T)`: transposed, where they should be exchanged. */
  function* transposedSlopes(script) {
    for (const quiver of script.observations.quivers) {
      if (orderOfAxes(quiver) !== ORDERS.TRANSPOSED) continue;
      const { node } = quiver;
      const [x, , slope] = quiver.values;
      const isExchanged = slope.coordinate !== coordinateIn(slope.mesh, x);
      const slopes = hasStarred(node) ? [] : node.args.slice(2, 4);
      const texts = slopes.map((each) => turnedText(script, each));
      if (isExchanged) texts.reverse();
      const edits = slopes.map((each, k) => replacement(script.source, each, texts[k]));
      const formOfTurned = isExchanged ? "exchanged" : "error";
      const form = slope.isTurned ? formOfTurned : "missing";
      yield script.finding("transposed-slopes", "error", node, { edits, form });
    }
  }

  Object.assign(scripts.rules, { transposedSlopes });
}
