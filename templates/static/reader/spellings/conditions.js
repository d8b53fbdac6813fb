/* Conditions: comparisons, what is made of them, and what they choose. */
"use strict";

{
  const { printing, scripts } = globalThis.gradviz;
  const { spellings } = scripts;
  const { asArray, asTerm, isCondition, refuse, refuseIndex } = spellings;
  const { shapeOf, shortEnough, termOf } = spellings;
  const { ATOM } = printing;

  const COMPARISONS = { Lt: "<", LtE: "<=", Gt: ">", GtE: ">=", Eq: "==", NotEq: "!=" };

  // Conditions that are made of others, entry by entry or of one number.
  const CONNECTIONS = { And: "all", Or: "any", BitAnd: "all", BitOr: "any" };

  function compared(left, operator, right, node) {
    const sign = COMPARISONS[operator];
    if (!sign) refuse("condition", node);
    const sides = [left, right];
    const { text } = printing.comparison(left, sign, right);
    return { ...shapeOf(sides, node), isCondition: true, text, sides };
  }

  function isConnection(operator) {
    return operator in CONNECTIONS;
  }

  function connected(operator, parts) {
    const rank = Math.max(...parts.map((part) => part.rank));
    const sizes = new Set(
      parts.filter((part) => part.rank > 0).map((part) => Boolean(part.isOfTwo)),
    );
    const shape = { rank, isOfTwo: sizes.has(true), meetsOther: sizes.size > 1 };
    return { ...shape, isCondition: true, [CONNECTIONS[operator]]: parts };
  }

  /** One of two terms by a condition on numbers; of each number of x by one on it. */
  function choiceOf(condition, chosen, otherwise, node) {
    return decided(condition, chosen, otherwise, node, (comparison, a, b, shape) => {
      if (shape.isEach) return whereOf(comparison, a, b, shape);
      const areAlike = a.rank === b.rank && Boolean(a.isOfTwo) === Boolean(b.isOfTwo);
      if (comparison.rank > 0 || !areAlike) refuse("condition", node);
      const { text, binds } = printing.choice(a, comparison, b);
      return termOf(text, binds, shapeOf([a, b], node));
    });
  }

  /** What `np.where` chooses of its arguments. */
  function chosenEach(given, node) {
    const [condition, ...values] = given;
    if (given.length !== 3 || node.keywords.length || !isCondition(condition)) {
      refuse("condition", node);
    }
    const [chosen, otherwise] = values.map((value) => asTerm(asArray(value), node));
    return decided(condition, chosen, otherwise, node, whereOf);
  }

  function whereOf(comparison, a, b, shape) {
    return termOf(printing.call("where", comparison, a, b).text, ATOM, shape);
  }

  /** What a condition chooses, where `choose` does it for one comparison, and is given the
      shape of the terms that meet in it. */
  function decided(condition, a, b, node, choose) {
    const { all, any, not, sides } = condition;
    const decide = (part, one, other) => decided(part, one, other, node, choose);
    if (not) return decide(not, b, a);
    if (all) return all.reduceRight((rest, part) => decide(part, rest, b), a);
    if (any) return any.reduceRight((rest, part) => decide(part, a, rest), b);
    const terms = [...sides, a, b];
    refuseIndex(terms, node);
    return shortEnough(choose(condition, a, b, shapeOf(terms, node)), node);
  }

  Object.assign(spellings, {
    choiceOf,
    chosenEach,
    compared,
    connected,
    isConnection,
  });
}
