/* Captions: the sentences about a measured function. The page holds the words, and the
   table from gradviz_core/publish/captions/forms.py that says which form of a sentence
   applies; this script fills the holes. */
"use strict";

{
  const { numberAs, fill } = globalThis.gradviz.sentences;
  const { kindOf, rightness, formOf } = globalThis.gradviz.comparison;
  const { pointsWithoutGradient, isDrawnToTheRight } = globalThis.gradviz.comparison;

  /** The sentences, in the words of a page. */
  function captionsIn({ words, caption, forms, names, list, language }) {
    /** A number as the build writes it, with a maximum and a minimum number of
        digits. */
    function number(value, most = 6, least = 1) {
      const size = Math.abs(value);
      const isPower = size > 0 && (size < 1e-4 || size >= 1e6);
      const positiveZero = value + 0; // turns -0 into 0
      const options = {
        notation: isPower ? "scientific" : "standard",
        useGrouping: least > 1,
        maximumSignificantDigits: most,
        minimumSignificantDigits: least,
      };
      return numberAs(options, positiveZero);
    }

    /** A number that a reader typed, with all its digits, save for what is left of 0. */
    function exact(value) {
      return number(value, Math.abs(value) < 1e-9 ? 4 : 12);
    }

    function vector(values, write = exact) {
      return `[${values.map(write).join(", ")}]`;
    }

    /** The sentences in a row, without the empty ones. */
    function joined(sentences) {
      return sentences.filter(Boolean).join(language.between_sentences);
    }

    function termsOf(measurement) {
      const { arrows, nonzero, wrong, median_length_ratio: ratio } = measurement;
      return {
        arrows,
        wrong,
        drawn: nonzero,
        zero: arrows - nonzero,
        times: number(ratio < 1 ? 1 / ratio : ratio, 3, 3),
        max_angle: number(measurement.max_angle_deg, 3, 3),
      };
    }

    /** What holds for both calls: points without a gradient, wrong arrows of the
        correct call. */
    function ofBothCalls({ truth, rows }) {
      const { arrows, wrong: count, max_error: error } = rows.measurement;
      const left = pointsWithoutGradient(truth);
      const by = number(error, 3);
      return joined([
        left > 0 && fill(caption.left, { left, arrows }),
        count > 0 && fill(words.inexact, { count, arrows, by }),
      ]);
    }

    /** How many arrows of a call are not numbers, and so are not drawn, if any are. */
    function ofMissing({ gradient: [along, up], measurement }) {
      if (measurement.verdict === "raises") return "";
      const isDrawn = along.map((slope, k) => isFinite(slope) && isFinite(up[k]));
      const count = isDrawn.filter((each) => !each).length;
      return count > 0 ? fill(caption.missing, { count }) : "";
    }

    /** The sentence about the call without .T. In a window, with its `angles` and
        automatic scale, the result may look different. */
    function sentenceOf(key, call, angles) {
      const isAboutCall = key !== "vague" && key !== "flat";
      if (!angles || !isAboutCall) return caption[key];
      const { as_script: ofScript } = caption;
      if (angles === "xy" && isDrawnToTheRight(call)) return ofScript.flat;
      return ofScript[key] ?? caption[key];
    }

    /** The answer to a measurement with this h: a badge, a sentence, the reason, and for
        each call whether its arrows are right, null if that cannot be told, and how many are
        missing. The sentence describes the plot in a window with these angles, if there is one. */
    function answer(result, h, angles) {
      const kind = kindOf(result, h);
      const { measurement } = result.columns;
      const ofBoth = ofBothCalls(result);
      const ofCall = fill(words.call, { count: measurement.arrows });
      const form = formOf(forms.caption, kind, result.columns);
      const terms = termsOf(measurement);
      const count = terms[form.count ?? "wrong"];
      const sentence = sentenceOf(form.key, result.columns, angles);
      const ofBuggy = fill(sentence, { ...terms, count });
      const reason = formOf(forms["playground.why"], kind, result.columns);
      const isComparable = kind in names;
      return {
        verdict: measurement.verdict,
        badge: isComparable ? names[kind] : "",
        isRight: isComparable
          ? rightness(result.rows.measurement, measurement)
          : { rows: null, columns: null },
        sentence: joined([ofCall, ofBuggy, ofBoth]),
        ofBoth,
        missing: { rows: ofMissing(result.rows), columns: ofMissing(result.columns) },
        why: words.why[reason.key],
      };
    }

    /** What is wrong with a text, or a grid. */
    function problem(error) {
      const expected = error.expected?.map((name) => words.expected[name] ?? name);
      const terms = { ...error, expected: expected?.join(list.or) };
      return fill(words.problem[error.reason] ?? words.limit[error.of], terms);
    }

    /** For one point, in both calls: what f received, what it returned, and the
        arrow. */
    function readout({ f, points, rows, columns }, k, isDownhill) {
      const at = ([along0, along1]) => [along0[k], along1[k]];
      const point = at(points);
      const failed = columns.measurement.verdict === "raises";
      const value = (x) => number(f.evaluate(x));
      const slope = (entry) => number(isDownhill ? -entry : entry, 4);
      return [
        points.map(shortVector).join("\n"),
        vector(point),
        failed ? names.raises : points.map(value).join("\n"),
        value(point),
        failed ? "" : vector(at(columns.gradient), slope),
        vector(at(rows.gradient), slope),
      ];
    }

    /** A vector, or its first two numbers and its last. */
    function shortVector(x) {
      if (x.length < 5) return vector(x);
      const ends = [exact(x[0]), exact(x[1]), "…", exact(x.at(-1))];
      return `[${ends.join(", ")}]`;
    }

    return { answer, problem, readout, joined, exact };
  }

  globalThis.gradviz.captions = { captionsIn };
}
