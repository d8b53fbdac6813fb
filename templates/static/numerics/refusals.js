/* Refusals: input that cannot be measured. The page has words for each reason. */
"use strict";

{
  /** Refuse a reader's input. For a grid the reason is grid, h or truth; for a
      spelling, which goes wrong at a column, it is end, character, unexpected, name,
      index, arity, limit or vector. */
  function refuseInput(reason, column, details) {
    const message = column ? `column ${column}: ${reason}` : reason;
    throw Object.assign(new RangeError(message), details, { column, reason });
  }

  Object.assign(globalThis.gradviz.numerics, {
    refuseInput,
  });
}
