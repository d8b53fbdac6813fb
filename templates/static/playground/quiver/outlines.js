/* The outlines of arrows, as matplotlib draws them: one path holds all arrows and one all
   dots, so that a keystroke changes a few attributes and creates no element. */
"use strict";

{
  // In widths of the shaft. An arrow shorter than its head is scaled down.
  const HEAD = 5; // from the tip back to the barbs
  const NECK = 4.5; // from the tip back to the end of the shaft
  const BARB = 1.5; // from the middle of the shaft

  /** An arrow as an outline, from its tail along one side to the tip, and back. Its direction
      has the length 1, and y grows downwards in an SVG. */
  function arrowPath({ x, y, right, down }, length, shaft) {
    const size = Math.min(shaft, length / HEAD) / length;

    /** A corner at a distance along the arrow and a distance to its side, as fractions
        of its length. */
    function corner(along, aside) {
      const cornerX = Math.round(x + along * right + aside * down);
      const cornerY = Math.round(y + along * down - aside * right);
      return `${cornerX},${cornerY}`;
    }

    const half = size / 2;
    const barb = BARB * size;
    const neck = 1 - NECK * size;
    const head = 1 - HEAD * size;
    const there = `M${corner(0, half)}L${corner(neck, half)}L${corner(head, barb)}`;
    const back = `L${corner(head, -barb)}L${corner(neck, -half)}L${corner(0, -half)}z`;
    return `${there}L${corner(1, 0)}${back}`;
  }

  /** An arrow too short to show its direction: as wide as a shaft. */
  function speckPath(x, y, shaft) {
    const radius = Math.floor(shaft / 2);
    const half = radius / 2;
    const high = Math.round(0.9 * radius);
    return `M${x + radius} ${y}l-${half}-${high}h-${radius}l-${half} ${high} ${half} ${high}h${radius}z`;
  }

  /** Show arrows, specks, and a dot for every arrow of length zero. The script draws
      specks for these as well, or nothing if there are no others. */
  function showArrows(svg, frame, arrows) {
    const { shaft, isWindow } = frame;
    let outlines = "";
    let dots = "";
    for (const arrow of arrows) {
      const length = Math.hypot(arrow.right, arrow.down);
      if (Number.isNaN(length)) continue;
      const { x, y } = arrow;
      if (length === 0 && !isWindow) dots += `M${x} ${y}h0`;
      else if (length < shaft) outlines += speckPath(x, y, shaft);
      else outlines += arrowPath(arrow, length, shaft);
    }
    svg.querySelector(".arrows").setAttribute("d", outlines);
    svg.querySelector(".dots").setAttribute("d", dots);
  }

  Object.assign(globalThis.gradviz.quiver, { showArrows });
}
