/* Heads: what precedes the value of a function: a name and its arguments, a lambda, a
   return. */
"use strict";

{
  const NAME = "[A-Za-z]\\w*";
  const NAMES = `\\s*(?<names>${NAME}(?:\\s*,\\s*${NAME})?)\\s*`;
  const HEADS = [
    /^(?:(?:let|consider|define|plot|(?:the\s+)?function)\b|関数|函数|함수|设|令)\s*:?/i,
    /^return\b/,
    new RegExp(`^lambda\\b${NAMES}:`),
    // On one line only: a text with further lines is a script.
    new RegExp(`^def\\s+${NAME}\\s*\\(${NAMES}\\)\\s*:(?![^\\S\\n]*\\n)`),
    new RegExp(`^@\\s*\\(${NAMES}\\)`), // MATLAB
    new RegExp(`^(?:\\(${NAMES}\\)|(?<name>${NAME}))\\s*[-=]>`), // Julia, JavaScript
    // With brackets and underscores, as in Mathematica: f[x_, y_] := x y.
    new RegExp(`^(?:${NAME}\\s*=\\s*)?${NAME}\\s*(?:[([]${NAMES}[)\\]])?\\s*:?=(?!=)`),
  ];

  // Words that say nothing of the value: "x² の平方根" would be another function.
  const TAILS = [
    /\s*(?:です|とする|とします|として|の場合|の勾配|的梯度)$/,
    /\s*(?:으?로|를|을)?\s*(?:해\s?주세요|그려\s?주세요|입니다|일\s?때)$/,
    /[\s,]+(?:where|for)\s[^=<>]*\b(?:in|is|are)\b[^=<>]*$/i,
  ];

  function withoutTail(text) {
    const bare = text.replace(/[;,.。、\s]+$/, "");
    return TAILS.reduce((rest, tail) => rest.replace(tail, ""), bare);
  }

  function headOf(text) {
    for (const head of HEADS) {
      const match = head.exec(text);
      if (match) return match;
    }
    return null;
  }

  /** The value, and the names of the arguments that precede it. */
  function withoutHead(text) {
    let rest = text;
    let names = [];
    for (let head = headOf(rest); head; head = headOf(rest)) {
      const listed = head.groups?.names ?? head.groups?.name;
      if (listed) names = listed.split(",").map(nameAlone);
      rest = rest.slice(head[0].length).trim();
    }
    return { value: withoutTail(rest), names };
  }

  function nameAlone(name) {
    return name.trim().replace(/_$/, "");
  }

  globalThis.gradviz.notation.withoutHead = withoutHead;
}
