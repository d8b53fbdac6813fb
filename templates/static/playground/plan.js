/* The plan: which function of a script the page draws, on which grid, or why it draws
   none. */
"use strict";

{
  const { isSquare } = globalThis.gradviz;

  /** The functions that can be drawn, as read: the one in the call first; those of two
      numbers only if there is no other. */
  function drawable({ readings, pairs, call }) {
    const all = call?.reading ? [call.reading, ...readings] : readings;
    const spelled = all.filter(({ spelling }) => spelling !== null);
    const byName = new Map();
    for (const one of spelled.length > 0 ? spelled : pairs) {
      if (!byName.has(one.name)) byName.set(one.name, one);
    }
    return [...byName.values()];
  }

  /** The function that the script hands to its routine first, or else its first one. */
  function firstOf({ call }, functions) {
    const isFirst = !call || functions[0]?.name === call.reading?.name;
    return isFirst ? (functions[0] ?? null) : null;
  }

  /** The name of the sentence about drawing a function, and whether it is drawn. */
  function planOf({ call, grid, downhill, hasSubject, hasUnfollowed, unread }, chosen) {
    const isUnreadable = unread.length > 0 && !hasSubject;
    if (isUnreadable) return { isDrawn: false, about: "unreadable" };
    if (!call && hasUnfollowed) return { isDrawn: false, about: "unfollowed" };
    if (!chosen) return { isDrawn: false, about: "unspelled" };
    if (!call) return { isDrawn: true, about: "no_call" };
    if (call.takes !== "rows") return { isDrawn: false, about: `takes_${call.takes}` };
    if (chosen.isPair) return { isDrawn: false, about: "pair_to_rows" };
    if (call.numbers === "whole") return { isDrawn: false, about: "whole_numbers" };
    if (call.numbers.startsWith("float") && call.numbers !== "float") {
      return { isDrawn: false, about: "low_numbers" };
    }
    if (!grid) return { isDrawn: false, about: "no_grid" };
    const shape = isSquare(grid) ? "grid" : "rectangle";
    return { isDrawn: true, about: downhill ? `${shape}_downhill` : shape };
  }

  /** A grid as the fields of the page hold it: those of x1 are empty if it is
      square. */
  function settingsOf(grid) {
    const { start: start1, stop: stop1, step: step1 } = grid.x1;
    return isSquare(grid) ? grid.x0 : { ...grid.x0, start1, stop1, step1 };
  }

  globalThis.gradviz.plan = { drawable, firstOf, planOf, settingsOf };
}
