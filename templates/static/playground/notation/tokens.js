/* Tokens: the numbers, names and symbols of a formula. */
"use strict";

{
  const { unclear, functionNamed } = globalThis.gradviz.notation;

  const TOKEN =
    /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?<symbol>\*\*|\.\^|\.\*|\.\/|\|\||[<>=!]=|[-+*/^()[\]{},|@=.<>]))/y;

  // Tables keyed by typed text have no prototype: "constructor" would be found in it.
  const SAME_SYMBOL = { __proto__: null, "^": "**", ".^": "**", ".*": "*", "./": "/" };

  function tokensOf(text) {
    const tokens = [];
    let position = 0;
    while (position < text.length) {
      TOKEN.lastIndex = position;
      const match = TOKEN.exec(text);
      if (!match) unclear();
      const { number, name, symbol } = match.groups;
      const first = tokens.length;
      position += match[0].length;
      if (number) tokens.push({ kind: "number", text: number });
      else if (name) tokens.push(...namesIn(name));
      else tokens.push(symbolTyped(symbol));
      tokens[first].isOnNewLine = /^\s*\n/.test(match[0]);
      tokens[first].isApart = /^\s/.test(match[0]);
    }
    return tokens;
  }

  function symbolTyped(symbol) {
    const text = SAME_SYMBOL[symbol] ?? symbol;
    return { kind: "symbol", text, isCaret: symbol.endsWith("^") };
  }

  // Words of several names: xy and x0x1 are products, and sinx is sin x.
  const PRODUCT_OF_NAMES = /^(?:[xy](?:_?[012])?){2,}$/;
  const FUNCTIONS_OF_NAMES = /^(?:(?:sin|cos|tan|exp|log|ln|sqrt)[xy])+$/;
  const NAMES_IN_PRODUCT = /[xy](?:_?[012])?/g;
  const NAMES_IN_FUNCTIONS = /[xy]|[a-wz]+/g;

  function namesIn(word) {
    let names = [word];
    if (PRODUCT_OF_NAMES.test(word)) names = word.match(NAMES_IN_PRODUCT);
    else if (FUNCTIONS_OF_NAMES.test(word)) names = word.match(NAMES_IN_FUNCTIONS);
    return names.map((text) => ({ kind: "name", text }));
  }

  /** The tokens, with x(1) and x(2), if both occur, as x[0] and x[1], as in MATLAB. */
  function withIndices(tokens) {
    const places = [...tokens.keys()].filter((k) => isLikeAnIndex(tokens.slice(k)));
    const indices = new Set(places.map((k) => tokens[k + 2].text));
    const isFromOne = indices.size === 2 && indices.has("1") && indices.has("2");
    if (!isFromOne) return tokens;
    const changed = [...tokens];
    for (const k of places) {
      changed[k + 1] = { kind: "symbol", text: "[" };
      changed[k + 2] = { kind: "number", text: `${tokens[k + 2].text - 1}` };
      changed[k + 3] = { kind: "symbol", text: "]" };
    }
    return changed;
  }

  /** Whether tokens begin with a name and a single number in brackets. */
  function isLikeAnIndex([name, open, number, end]) {
    const isNumber = number?.kind === "number";
    const isAlone = open?.text === "(" && isNumber && end?.text === ")";
    return isAlone && name.kind === "name" && !functionNamed(name.text);
  }

  Object.assign(globalThis.gradviz.notation, { tokensOf, withIndices, isLikeAnIndex });
}
