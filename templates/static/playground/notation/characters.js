/* Characters: what is typed otherwise than in Python, before anything is read. */
"use strict";

{
  const INVISIBLE = /\p{Cf}/gu; // soft hyphens, direction marks, zero-width spaces
  const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
  const PLAIN_SUPERSCRIPTS = "0123456789+-";
  const SUBSCRIPTS = "₀₁₂";
  // A sum over all numbers of x, with its limits: from i = 1 to n, say.
  const SUM_SIGN = "sum_over_all";
  const SUM_OVER_ALL =
    /(?:\\sum(?![a-z])|[∑Σ])(?:\s*_\s*(?:[ijk]|\{\s*[ijk]\s*(?:=\s*[01]\s*)?\}))?(?:\s*\^\s*(?:[nNdD]|\{\s*[nNdD]\s*(?:-\s*1\s*)?\}))?/g;
  const CHARACTERS = [
    [INVISIBLE, ""],
    [/[⁰¹²³⁴-⁹⁺⁻]+/g, (run) => `**(${plainSuperscripts(run)})`],
    [/_?[₀₁₂]/g, (mark) => String(SUBSCRIPTS.indexOf(mark.at(-1)))],
    [/[−–—‐‑﹣]/g, "-"],
    [/[×·⋅∙∗•・]/g, "*"],
    [/[÷∕⁄]/g, "/"],
    [/[‖∥]/g, "||"],
    // 3½ is three and a half, not a product.
    [
      /(?<![\w.])(\p{Nd}+)\s?([½⅓⅔¼¾⅛])/gu,
      (mixed, whole, part) => `(${whole}+${plainFraction(part)})`,
    ],
    [/[½⅓⅔¼¾⅛]/g, (part) => `(${plainFraction(part)})`],
    [/√/g, " sqrt "],
    [/ᵢ/g, "_i"],
    [SUM_OVER_ALL, ` ${SUM_SIGN} `],
    [/\\\||\\[lr]Vert\b/g, "||"],
    [/\\[lr]?vert\b/g, "|"],
    [/\\[dt]?frac\s*(\d)\s*(\d)/g, "($1/$2)"],
    [/π/g, " pi "],
    [/^\s*(?:\${1,2}|\\[([])|(?:\${1,2}|\\[)\]])[\s.。]*$/g, ""], // around TeX
    [/^\s*`|`\s*$/g, ""], // around code in Markdown
    [/\\(?:left|right|,|;|!|quad)/g, " "],
    [/\\(?:cdot|times)\b/g, "*"],
    [/\\[dt]frac\b/g, "\\frac"],
    [/\\(?:mathrm|operatorname)\s*\{(\w+)\}/g, " $1 "],
    [/_\{([012ijk])\}/g, "_$1"],
    [/\\(?=[a-z])/g, " "],
    [/#[^\n]*/g, ""],
  ];

  function plainSuperscripts(run) {
    return [...run]
      .map((each) => PLAIN_SUPERSCRIPTS[SUPERSCRIPTS.indexOf(each)])
      .join("");
  }

  function plainFraction(part) {
    return part.normalize("NFKC").replace("⁄", "/");
  }

  function plain(text) {
    let changed = text;
    for (const [pattern, replacement] of CHARACTERS) {
      changed = changed.replace(pattern, replacement);
    }
    return changed.normalize("NFKC").trim();
  }

  Object.assign(globalThis.gradviz.notation, { SUM_SIGN, plain });
}
