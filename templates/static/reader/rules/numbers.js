/* Numbers: arrays of whole numbers, or of too few digits, where slopes are added. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { COORDINATES, POINTS, WHOLE, hasTooFewDigits, isArray, meaning } = scripts;
  const { appended, insertion, replacement } = scripts.rules;

  // What becomes a float if a point and a zero are appended.
  const WHOLE_NUMBER = /^-?[0-9]+$/;

  /** Whole numbers, or too few digits, for a routine that adds h in place. */
  function* coarseNumbers(script, differentiation) {
    const { argument: array, routine } = differentiation;
    if (!isArray(array) || !routine.cutsWholeNumbers) return;
    const isCertain = isHarmCertain(script, differentiation);
    if (array.kind === WHOLE) {
      yield wholeNumbers(script, differentiation, "error", isCertain);
    } else if (isCertain && hasTooFewDigits(array.kind, routine.step)) {
      yield lowPrecision(script, differentiation);
    }
  }

  /** Slopes that are written into an array of whole numbers. */
  function* slopesCut(script) {
    const { givenSlopes, differentiations } = script.observations;
    const written = new Set(givenSlopes.map(({ made }) => made));
    for (const differentiation of differentiations) {
      const { argument: array, routine } = differentiation;
      const isWhole = isArray(array) && array.kind === WHOLE;
      if (!isWhole || !array.made || !written.has(array.made)) continue;
      yield wholeNumbers(script, differentiation, "descent", routine.isFollowed);
    }
  }

  /** Whether it is known what happens to the array, and for a grid, what is drawn. */
  function isHarmCertain(script, differentiation) {
    const { argument, routine } = differentiation;
    const isOfGrid = argument.form === COORDINATES || argument.form === POINTS;
    if (isOfGrid && !script.isFollowedToPlots(differentiation)) return false;
    return routine.isFollowed;
  }

  /** Whole numbers, mended where they are made: there the mend lasts. */
  function wholeNumbers(
    script,
    { argument: { made }, routine, call },
    form,
    isCertain,
  ) {
    const node = made ?? call.node;
    const name = { routine: routine.name };
    if (!isCertain) return script.finding("integer", "note", node, name);
    const calls = script.observations.differentiations.map((each) => each.call.node);
    const mayBeFloats = made && script.uses.mayBeFloats(made, new Set(calls));
    const edits = mayBeFloats ? asFloats(script, made) : [];
    return script.finding("integer", "error", node, { edits, form, ...name });
  }

  /** Make an expression give floats: by its type, its numbers, or a conversion. */
  function asFloats(script, node) {
    const { source } = script;
    const type = namedType(script, node);
    if (type) return [replacement(source, type, "float")];
    const numbers =
      node.type === "Call" && node.args.length ? leaves(node.args[0]) : [];
    const areWhole = numbers.every((each) => WHOLE_NUMBER.test(source.text(each)));
    if (numbers.length && areWhole) {
      return numbers.map((each) => insertion(source, each, ".0"));
    }
    return appended(source, node, ".astype(float)");
  }

  /** The type that a call names: `dtype=int`, or that of `astype`. */
  function namedType({ imports }, { type, func, args, keywords }) {
    if (type !== "Call") return null;
    const keyword = keywords.find(({ arg }) => arg === "dtype");
    if (keyword) return keyword.value;
    const isMethod = func.type === "Attribute" && func.attr === "astype";
    if (isMethod && args.length) return args[0];
    const takesType = vocabulary.findings.typed.includes(meaning(func, imports));
    return takesType && args.length > 1 ? args[1] : null;
  }

  /** The items of a list, and of lists within it; nothing for anything else. */
  function leaves(node) {
    if (node.type !== "List" && node.type !== "Tuple") return [];
    return node.elts.flatMap((element) => {
      const isList = element.type === "List" || element.type === "Tuple";
      return isList ? leaves(element) : [element];
    });
  }

  /** Too few digits, mended where the array comes in from outside. */
  function lowPrecision(script, { routine, call, argument, argumentNode, origin }) {
    const node = origin?.node ?? call.node;
    const edits = appended(
      script.source,
      origin?.argumentNode ?? argumentNode,
      ".astype(float)",
    );
    const values = { routine: routine.name, kind: argument.kind };
    return script.finding("low-precision", "error", node, { edits, ...values });
  }

  Object.assign(scripts.rules, { coarseNumbers, slopesCut });
}
