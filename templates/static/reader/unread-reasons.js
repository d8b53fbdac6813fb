/* Unread reasons: why something in a script was not followed, and in which order. */
"use strict";

{
  const { scripts } = globalThis.gradviz;

  function unread(code, line, name) {
    return { code, line, values: { name } };
  }

  /** Each reason once, in the order of the lines. */
  function reasonsInOrder(reasons) {
    const places = new Map();
    for (const reason of reasons) places.set(`${reason.line} ${reason.code}`, reason);
    return [...places.values()].sort(
      (one, other) => one.line - other.line || (one.code < other.code ? -1 : 1),
    );
  }

  Object.assign(scripts, { reasonsInOrder, unread });
}
