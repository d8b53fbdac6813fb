/* Turning: the arrows of one call become those of the other one, in the same frame.
   Each tip moves from its old place to its new one: an arrow grows from its own speck,
   and a line that crosses the plot shrinks to its true length. Nothing moves for
   readers who want no motion. */
"use strict";

{
  const { quiver } = globalThis.gradviz;

  const DURATION = 400; // ms

  const turns = new WeakMap(); // by drawing, the request for its next frame

  /** Turn the arrows of a drawing from one field to another, and then do something
      else. A turn already under way there ends. */
  function turn(svg, frame, from, to, afterwards = () => {}) {
    cancelAnimationFrame(turns.get(svg));
    let begun = null;

    function step(now) {
      begun ??= now;
      const share = (now - begun) / DURATION;
      if (share >= 1) {
        finish();
        return;
      }
      quiver.showArrows(svg, frame, between(from, to, eased(share)));
      turns.set(svg, requestAnimationFrame(step));
    }

    function finish() {
      quiver.showArrows(svg, frame, to);
      afterwards();
    }

    if (matchMedia("(prefers-reduced-motion: reduce)").matches) finish();
    else turns.set(svg, requestAnimationFrame(step));
  }

  /** Fast at first, and slow at the end. */
  function eased(share) {
    return 1 - (1 - share) ** 3;
  }

  function between(from, to, share) {
    return to.map((arrow, k) => ({
      x: arrow.x,
      y: arrow.y,
      right: mixed(from[k].right, arrow.right, share),
      down: mixed(from[k].down, arrow.down, share),
    }));
  }

  /** A number part of the way from one to another. What is not drawn, nan, has no
      length. */
  function mixed(start, end, share) {
    const first = start || 0;
    const last = end || 0;
    return first + share * (last - first);
  }

  globalThis.gradviz.turn = turn;
}
