/* Spacing: the distances between the points that `np.gradient` is given. The first axis
   of an array comes first in NumPy, and a picture draws that axis upwards. A square
   grid hides that two distances have changed places. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { areClose, areExchanged, factorsKnown, firstAxisOf } = scripts;
  const { scaledCalls, sheetAmongSpacings, slopesDrawn } = scripts;
  const { exchange, insertionInCall, replacement } = scripts.rules;

  // Other numbers would need an exponent.
  const SMALLEST = 1e-3;
  const LARGEST = 1e4;

  /** Distances that are missing, exchanged, or not those of the grid. */
  function* spacing(script) {
    const { axisGradients, quivers } = script.observations;
    const callsDrawn = new Set(slopesDrawn(quivers).map(({ call }) => call));
    const scaled = scaledCalls(quivers);
    for (const gradient of axisGradients) {
      if (!callsDrawn.has(gradient.node)) continue;
      const edits = mendOfSpacing(script, gradient);
      const sheet = sheetAmongSpacings(gradient);
      if (sheet) {
        const values = { form: "spacing", spacing: script.source.text(sheet) };
        yield script.finding("stops", "error", gradient.node, { edits, ...values });
      } else if (!scaled.has(gradient.node)) {
        // Perhaps scaled by the spacing: then a mend would divide by it twice.
        yield* wrongLengths(script, gradient, edits);
      }
    }
  }

  /** Slopes that are, or may be, multiplied by a factor. */
  function* wrongLengths(script, gradient, edits) {
    const { node, spacings, isPlain } = gradient;
    const factors = factorsKnown(gradient);
    if (!factors) {
      if (isPlain && !spacings.length) {
        yield script.finding("spacing", "note", node, { edits });
      }
    } else if (!areClose(...factors)) {
      yield script.finding("spacing", "error", node, { edits });
    } else if (!areClose(factors[0], 1)) {
      // Each arrow has its direction, and all are longer, or shorter, by one factor.
      const factor = rounded(factors[0]);
      yield script.finding("spacing", "note", node, { edits, form: "factor", factor });
    }
  }

  /** A number to three digits, as both readers write it. */
  function rounded(number) {
    const isPlain = SMALLEST <= Math.abs(number) && Math.abs(number) <= LARGEST;
    return isPlain || number === 0 ? `${Number(number.toPrecision(3))}` : "…";
  }

  /** Pass on the coordinates along each axis of the array: `np.gradient(Z, y, x)`. */
  function mendOfSpacing(script, gradient) {
    const { source } = script;
    const { node: call, heights, coordinates, isPlain } = gradient;
    const differ = script.observations.axisGradients.some(
      (each) => each.node === call && each.coordinates.join() !== coordinates.join(),
    );
    const along = firstAxisOf(heights);
    const texts = [coordinates[along], coordinates[1 - along]];
    if (differ || !texts.every(Boolean) || !isPlain) return [];
    const [array, first, second] = call.args;
    switch (call.args.length) {
      case 1:
        return [insertionInCall(source, array, call, `, ${texts.join(", ")}`)];
      case 2:
        return [
          replacement(source, first, texts[0]),
          insertionInCall(source, first, call, `, ${texts[1]}`),
        ];
      case 3:
        if (areExchanged(gradient)) return exchange(source, first, second);
        return [
          replacement(source, first, texts[0]),
          replacement(source, second, texts[1]),
        ];
      default:
        return [];
    }
  }

  Object.assign(scripts.rules, { rounded, spacing });
}
