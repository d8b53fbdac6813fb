/* Mends: what a text from elsewhere is likely to mean, as a spelling. A rule knows one way to
   write that is not of the language; what is left the parser names. */
"use strict";

{
  const { parse } = globalThis.gradviz;

  const MOST_NAMES = 32; // that are mended in one text

  // What f calls its point, in a def or a lambda.
  const PARAMETER = /\b(?:def\s+\w+\s*\(|lambda)\s*(\w+)\s*[):]/;

  // How far the code of a full-width character is from that of its plain one.
  const FULL_WIDTH = 0xfee0;

  function plainCharacter(fullWidth) {
    return String.fromCharCode(fullWidth.charCodeAt(0) - FULL_WIDTH);
  }

  // In this order, one after the other: a pattern, and what stands in its place.
  const RULES = {
    wideSpace: [/\u3000/g, " "],
    fullWidth: [/[ｘｙ＊＋－／．，（）［］０-９]/g, plainCharacter],
    comment: [/#.*/gs, ""],
    axisByName: [/, *(?:axis|keepdims) *= *[-\w]+/g, ""],
    // A def, a lambda or an assignment, but not the head of a loop or a condition.
    beforeTheValue: [/^(?!.*\b(?:if|for|while|with)\b).*[:=]/gs, ""],
    return: [/\breturn\b/g, ""],
    capitalX: [/\bX\b/g, "x"],
    capitalY: [/\bY\b/g, "y"],
    factor: [/(\d)(?=[xy]\b)/g, "$1*"],
    otherModule: [/\b(?:math|numpy)\./g, "np."],
    caret: [/\^/g, "**"],
    axisByPlace: [
      /\b(np\.(?:sum|prod|mean|max|min))\(([^(),]*), *(?:-?[01]|None) *\)/g,
      "$1($2)",
    ],
    method: [/(\bx|(?<![\w.])\([^()]*\))\.(sum|prod|mean|max|min)\(\)/g, "np.$2($1)"],
    doubleBrackets: [/\b(np\.\w+)\(\(([^()]*)\)\)/g, "$1($2)"],
    dot: [/\bnp\.(?:dot|inner)\( *x *, *x *\)|\bx\.dot\( *x *\)/g, "(x @ x)"],
    squared: [/²/g, "**2"],
    cubed: [/³/g, "**3"],
    timesSign: [/[·×]/g, "*"],
    divisionSign: [/÷/g, "/"],
    minusSign: [/[−–]/g, "-"],
    greekPi: [/π/g, "np.pi"],
    bareProduct: [/(?<!\()\bx *@ *x\b/g, "(x @ x)"],
    subscriptZero: [/₀/g, "0"],
    subscriptOne: [/₁/g, "1"],
    numberedX: [/\bx_?([01])\b/g, "x[$1]"],
    ends: [/^\s+|[;\s]+$/g, ""],
    // Where there is a y, a bare x is the first coordinate.
    xBesideY: [/\bx\b(?! *\[)(?=.*\by\b)|(?<=\by\b.*)\bx\b(?! *\[)/gs, "x[0]"],
    y: [/\by\b/g, "x[1]"],
  };

  /** The text with x for the point of f, whatever f calls it. */
  function withPointAsX(text) {
    const match = PARAMETER.exec(text);
    if (!match) return text;
    return text.replace(RegExp(`(?<![.\\w])${match[1]}\\b`, "g"), "x");
  }

  function applyRules(text) {
    let changed = text;
    for (const [pattern, replacement] of Object.values(RULES)) {
      changed = changed.replace(pattern, replacement);
    }
    return changed;
  }

  /** The text with the name that stands at a column as it is spelled here. */
  function withName(text, { column, found, suggestion }) {
    const before = text.slice(0, column - 1);
    const rest = text.slice(column - 1);
    const names = [`np.${found}`, found];
    const name = names.find((each) => rest.startsWith(each));
    if (name === undefined) return text;
    return before + suggestion + rest.slice(name.length);
  }

  /** The text with what the parser says about it put right; nothing if that is unknown. */
  function mendedBy(error, text) {
    if (error.suggestion) return withName(text, error);
    if (error.reason === "vector") return `np.sum(${text})`;
    return "";
  }

  /** The spelling that a text is likely to mean, or nothing. */
  function meantBy(text) {
    let meant = applyRules(withPointAsX(text));
    for (let mends = 0; mends < MOST_NAMES; mends++) {
      try {
        return parse(meant).source;
      } catch (error) {
        meant = mendedBy(error, meant);
        if (!meant) return "";
      }
    }
    return "";
  }

  globalThis.gradviz.mends = { RULES, meantBy };
}
