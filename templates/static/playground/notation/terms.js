/* Terms: the parts of a spelling. A vector, with one number for each number of x, can be
   summed in two ways: as a whole, with its text inside a sum, or inside the expression
   made from it. */
"use strict";

{
  const { printing } = globalThis.gradviz;
  const { PRODUCT, ATOM, operation } = printing;

  function term(text, binds, summed = null) {
    return { text, binds, isVector: summed !== null, summed };
  }

  /** A term whose sum inside is the sum of all of it. */
  function summedWhole(text, binds) {
    return term(text, binds, { text: `np.sum(${text})`, binds: ATOM });
  }

  function scalarOf(side) {
    return side.isVector ? side.summed : side;
  }

  function joined(left, operator, right) {
    const { text, binds } = operation(left, operator, right);
    if (!left.isVector && !right.isVector) return term(text, binds);
    // A product or a quotient of two vectors can only be summed as a whole.
    if (binds === PRODUCT && left.isVector && right.isVector)
      return summedWhole(text, binds);
    return term(text, binds, operation(scalarOf(left), operator, scalarOf(right)));
  }

  function raised(base, exponent) {
    if (base.text === "np.e") return called("exp", exponent);
    const { text, binds } = operation(base, "**", exponent);
    if (base.isVector) return summedWhole(text, binds);
    if (!exponent.isVector) return term(text, binds);
    return term(text, binds, operation(base, "**", exponent.summed));
  }

  function negative(operand) {
    const { text, binds } = printing.negative(operand);
    if (!operand.isVector) return term(text, binds);
    return term(text, binds, printing.negative(operand.summed));
  }

  function called(name, argument) {
    const { text, binds } = printing.call(name, argument);
    if (!argument.isVector) return term(text, binds);
    return term(text, binds, printing.call(name, argument.summed));
  }

  /** A call that returns one number, whatever its arguments. */
  function reduced(name, ...terms) {
    const { text, binds } = printing.call(name, ...terms);
    return term(text, binds);
  }

  const X = summedWhole("x", ATOM);

  Object.assign(globalThis.gradviz.notation, {
    ...{ term, joined, raised, negative, called, reduced, summedWhole, X },
  });
}
