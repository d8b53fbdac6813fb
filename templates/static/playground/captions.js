/* Captions: the sentences about a measured function. The page holds the words, and the
   table from gradviz_core/publish/captions/forms.py that says which form of a sentence
   applies; this script fills the holes. */
"use strict";

{
  // Slopes up to this size are too small to judge by: the two calls are compared to a
  // millionth.
  const FLAT = 1e-6;

  // Rounding causes an error of about this fraction of the values of f, divided by h.
  const ROUNDING = 2 ** -49;

  // If the error of the call without .T is at least this many times that of the other,
  // the missing .T is partly to blame.
  const TELLING = 2;

  /* A problem in a text: the text around it, with a mark below */

  const ENDS_BEFORE = /[\w.]{0,14}.{0,18}$/; // keeps its first word whole
  const BEGINS_AFTER = /^.{0,14}[\w.]{0,14}(..?$)?/; // keeps its last word whole

  function excerptAt(column, text) {
    const [before] = ENDS_BEFORE.exec(text.slice(0, column - 1));
    const [after] = BEGINS_AFTER.exec(text.slice(column - 1));
    const cutBefore = text.startsWith(before) ? "" : "…";
    const cutAfter = text.endsWith(after) ? "" : "…";
    const mark = "^".padStart(cutBefore.length + before.length + 1);
    return `${cutBefore}${before}${after}${cutAfter}\n${mark}`;
  }

  /* Numbers. Arithmetic signs are the same in every language; the page says what
     separates digits. */

  const SIGNS = { "-": "−", NaN: "nan", "∞": "inf" };
  const RAISED = [..."⁰¹²³⁴⁵⁶⁷⁸⁹"];
  let separators = { thousands: ",", decimal: "." };

  // Creating a format takes longer than measuring a function.
  const formats = new Map();

  function formatOf(options) {
    const key = JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.NumberFormat("en", options));
    return formats.get(key);
  }

  /** A number as an engine writes it in English, with the signs of the page. */
  function withSigns(text) {
    return text.replace(/-|NaN|∞|,|\.|E.*/g, (part) => {
      if (part === ",") return separators.thousands;
      if (part === ".") return separators.decimal;
      return SIGNS[part] ?? `\u00A0×\u00A010${raised(part.slice(1))}`;
    });
  }

  function raised(exponent) {
    return exponent.replace(/./g, (sign) => RAISED[sign] ?? "⁻");
  }

  /* A sentence of the page, which may have plural forms for its {count} */

  let rules = new Intl.PluralRules("en"); // until the page names its language
  const HOLE = /\{(\w*)\}/;

  /** The form of a sentence that its {count} requires, by Unicode's plural rules. */
  function pluralOf(sentence, { count }) {
    if (typeof sentence === "string") return sentence;
    return sentence[rules.select(count)] ?? sentence.other;
  }

  /** A sentence with its holes, such as {arrows}, filled by texts, counts, or
      elements. */
  function filledParts(sentence, terms) {
    const parts = pluralOf(sentence, terms).split(HOLE);
    return parts.map((part, k) => (k % 2 ? written(terms[part]) : part));
  }

  function fill(sentence, terms) {
    return filledParts(sentence, terms).join("");
  }

  function written(term) {
    return typeof term === "number" ? withSigns(formatOf({}).format(term)) : term;
  }

  /* What kind of answer a measurement is */

  /** The verdict of the call without .T, or why the two calls cannot be compared. */
  function kindOf({ f, points, truth, rows, columns }, h) {
    const { verdict } = columns.measurement;
    const isRounding =
      verdict !== "hidden" &&
      isFiniteEverywhere(columns) &&
      differsByRounding(f, points, columns.measurement, h);
    if (isRounding || areBothWrong(rows.measurement, columns.measurement))
      return "vague";
    if (verdict === "hidden" && isFlat(truth)) return "flat";
    return verdict;
  }

  /** Whether the arrows of each call are right, or null where h, or a kink of f, makes
      some of them wrong: that is not the fault of the call with both .T, nor of one that
      is as good. */
  function rightness(rows, columns) {
    const isBlameless = columns.verdict !== "raises" && isAsGoodAs(columns, rows);
    return {
      rows: rows.verdict === "right" || null,
      columns: columns.verdict === "hidden" || (isBlameless ? null : false),
    };
  }

  function isAsGoodAs(columns, rows) {
    const isAsExact = errorOf(columns) <= TELLING * errorOf(rows);
    return isAsExact && columns.wrong <= rows.wrong;
  }

  /** Whether rounding alone decides what the call without .T gave. */
  function differsByRounding(f, points, measurement, h) {
    const size = Math.hypot(...points.map(f.evaluate));
    return errorOf(measurement) * h < ROUNDING * size;
  }

  /** Whether the step or rounding decides what either call gave. */
  function areBothWrong(rows, columns) {
    if (rows.wrong <= rows.arrows / 2) return false;
    return errorOf(columns) <= TELLING * errorOf(rows);
  }

  function errorOf(measurement) {
    return measurement.max_error ?? 0;
  }

  function isFlat(truth) {
    return !truth.some((slopes) => slopes.some((slope) => Math.abs(slope) > FLAT));
  }

  /** How many points do not count because f has no gradient there. */
  function pointsWithoutGradient([slopes]) {
    return slopes.filter(Number.isNaN).length;
  }

  /** Whether every slope that a call gave is a finite number. */
  function isFiniteEverywhere({ gradient }) {
    return gradient.every((slopes) => slopes.every(isFinite));
  }

  /** Whether every arrow of a call is too short for matplotlib to find its direction,
      like is_flat in drawn.py. */
  function isDrawnToTheRight({ gradient: [along, up] }) {
    const lengths = along.map((slope, k) => Math.hypot(slope, up[k]));
    return lengths.some(Boolean) && lengths.every((length) => 1 + length === 1);
  }

  /** The first form of a sentence that fits, like form_of in forms.py. */
  function formOf(forms, kind, call) {
    const form = forms.find((each) => each.kind === kind && fits(each, call));
    return form ?? { kind, key: kind };
  }

  function fits(form, call) {
    const { max_angle_deg: angle, median_length_ratio: ratio } = call.measurement;
    if ("finite" in form && isFiniteEverywhere(call) !== form.finite) return false;
    if ("angle_up_to" in form && (angle === null || angle > form.angle_up_to))
      return false;
    if (!("ratio_below" in form)) return true;
    return ratio !== null && ratio < form.ratio_below;
  }

  /** The sentences, in the words of a page. */
  function captionsIn({ words, caption, forms, names, number: signs, list, language }) {
    separators = signs;
    rules = new Intl.PluralRules(language.tag);

    /** A number as the build writes it, with a maximum and a minimum number of
        digits. */
    function number(value, most = 6, least = 1) {
      const size = Math.abs(value);
      const isPower = size > 0 && (size < 1e-4 || size >= 1e6);
      const positiveZero = value + 0; // turns -0 into 0
      const format = formatOf({
        notation: isPower ? "scientific" : "standard",
        useGrouping: least > 1,
        maximumSignificantDigits: most,
        minimumSignificantDigits: least,
      });
      return withSigns(format.format(positiveZero));
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
        vector(point),
        points.map(shortVector).join("\n"),
        value(point),
        failed ? names.raises : points.map(value).join("\n"),
        vector(at(rows.gradient), slope),
        failed ? "" : vector(at(columns.gradient), slope),
      ];
    }

    /** A vector, or its first two numbers and its last. */
    function shortVector(x) {
      if (x.length < 5) return vector(x);
      const ends = [exact(x[0]), exact(x[1]), "…", exact(x.at(-1))];
      return `[${ends.join(", ")}]`;
    }

    return { answer, problem, readout, joined, number: exact };
  }

  globalThis.gradviz.captions = { captionsIn, excerptAt, fill, filledParts };
}
