/* Ranges: those of both axes, from the values of the fields. What is left empty for x1 is
   that of x0. */
"use strict";

{
  const NAMES = ["start", "stop", "step"];

  function rangeOf(valueOf) {
    return Object.fromEntries(NAMES.map((name) => [name, valueOf(name)]));
  }

  /** The ranges of x0 and of x1, as they are typed. */
  function rangesOf(values) {
    const x0 = rangeOf((name) => values[name]);
    const x1 = rangeOf((name) => {
      const own = values[`${name}1`];
      return own === "" ? values[name] : own;
    });
    return { x0, x1 };
  }

  /** The same as numbers, with h. */
  function gridOf(values) {
    const { x0, x1 } = rangesOf(values);
    return {
      x0: rangeOf((name) => parseFloat(x0[name])),
      x1: rangeOf((name) => parseFloat(x1[name])),
      h: parseFloat(values.h),
    };
  }

  function isSquare({ x0, x1 }) {
    return NAMES.every((name) => x0[name] === x1[name]);
  }

  Object.assign(globalThis.gradviz, { rangesOf, gridOf, isSquare });
}
