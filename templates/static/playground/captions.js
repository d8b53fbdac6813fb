/* Captions: the sentences about a measured function. The page holds the words, and the
   table from gradviz_core/publish/captions/forms.py that says which form of a sentence
   applies; this script fills the holes. */
"use strict";

{
  const { numberAs, fill } = globalThis.gradviz.sentences;
  const { kindOf, rightness, formOf } = globalThis.gradviz.comparison;
  const { pointsWithoutGradient, isDrawnToTheRight } = globalThis.gradviz.comparison;

  /** The sentences, in the words of a page. */
  class Captions {
    constructor({ words, caption, forms, names, list, language }) {
      this.words = words;
      this.caption = caption;
      this.forms = forms;
      this.names = names;
      this.or = list.or;
      this.betweenSentences = language.between_sentences;
    }

    /** The answer to a measurement with this h: a badge, a sentence, the reason, and for
        each call whether its arrows are right, null if that cannot be told, and how many are
        missing. The sentence describes the plot in a window with these angles, if there is one. */
    answer(result, h, angles) {
      const kind = kindOf(result, h);
      const { measurement } = result.columns;
      const ofBoth = this.#ofBothCalls(result);
      const ofCall = fill(this.words.call, { count: measurement.arrows });
      const ofBuggy = this.#ofBuggyCall(kind, result.columns, angles);
      const reason = formOf(this.forms["playground.why"], kind, result.columns);
      const isComparable = kind in this.names;
      return {
        verdict: measurement.verdict,
        badge: isComparable ? this.names[kind] : "",
        isRight: isComparable
          ? rightness(result.rows.measurement, measurement)
          : { rows: null, columns: null },
        sentence: this.joined([ofCall, ofBuggy, ofBoth]),
        ofBoth,
        missing: {
          rows: this.#ofMissing(result.rows),
          columns: this.#ofMissing(result.columns),
        },
        why: this.words.why[reason.key],
      };
    }

    /** What holds for both calls: points without a gradient, wrong arrows of the
        correct call. */
    #ofBothCalls({ truth, rows }) {
      const { arrows, wrong: count, max_error: error } = rows.measurement;
      const left = pointsWithoutGradient(truth);
      const by = number(error, 3);
      return this.joined([
        left > 0 && fill(this.caption.left, { left, arrows }),
        count > 0 && fill(this.words.inexact, { count, arrows, by }),
      ]);
    }

    /** The sentence about the call without .T. In a window, with its `angles` and
        automatic scale, the result may look different. */
    #ofBuggyCall(kind, call, angles) {
      const form = formOf(this.forms.caption, kind, call);
      const terms = termsOf(call.measurement);
      const count = terms[form.count ?? "wrong"];
      return fill(this.#sentenceOf(form.key, call, angles), { ...terms, count });
    }

    #sentenceOf(key, call, angles) {
      const isAboutCall = key !== "vague" && key !== "flat";
      if (!angles || !isAboutCall) return this.caption[key];
      const { as_script: ofScript } = this.caption;
      if (angles === "xy" && isDrawnToTheRight(call)) return ofScript.flat;
      return ofScript[key] ?? this.caption[key];
    }

    /** How many arrows of a call are not numbers, and so are not drawn, if any are. */
    #ofMissing({ gradient: [along, up], measurement }) {
      if (measurement.verdict === "raises") return "";
      const isDrawn = along.map((slope, k) => isFinite(slope) && isFinite(up[k]));
      const count = isDrawn.filter((each) => !each).length;
      return count > 0 ? fill(this.caption.missing, { count }) : "";
    }

    /** What is wrong with a text, or a grid. */
    problem(error) {
      const { words } = this;
      const expected = error.expected?.map((name) => words.expected[name] ?? name);
      const terms = { ...error, expected: expected?.join(this.or) };
      return fill(words.problem[error.reason] ?? words.limit[error.of], terms);
    }

    /** For one point, in both calls: what f received, what it returned, and the
        arrow. */
    readout({ f, points, rows, columns }, k, isDownhill) {
      const at = ([along0, along1]) => [along0[k], along1[k]];
      const point = at(points);
      const failed = columns.measurement.verdict === "raises";
      const value = (x) => number(f.evaluate(x));
      const slope = (entry) => number(isDownhill ? -entry : entry, 4);
      return [
        points.map(shortVector).join("\n"),
        vector(point),
        failed ? this.names.raises : points.map(value).join("\n"),
        value(point),
        failed ? "" : vector(at(columns.gradient), slope),
        vector(at(rows.gradient), slope),
      ];
    }

    /** The sentences in a row, without the empty ones. */
    joined(sentences) {
      return sentences.filter(Boolean).join(this.betweenSentences);
    }
  }

  /** The numbers of a call, by the names that sentences have for them. */
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
  function exactNumber(value) {
    return number(value, Math.abs(value) < 1e-9 ? 4 : 12);
  }

  function vector(values, write = exactNumber) {
    return `[${values.map(write).join(", ")}]`;
  }

  /** A vector, or its first two numbers and its last. */
  function shortVector(x) {
    if (x.length < 5) return vector(x);
    const ends = [exactNumber(x[0]), exactNumber(x[1]), "…", exactNumber(x.at(-1))];
    return `[${ends.join(", ")}]`;
  }

  Object.assign(globalThis.gradviz, { Captions, exactNumber });
}
