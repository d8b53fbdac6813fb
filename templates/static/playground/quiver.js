/* Fields of arrows as SVG in the browser, after gradviz_core/figures/fields.py, in the look of
   drawing.py. One path holds all arrows and one all dots, so that a keystroke changes a few
   attributes and makes no element. Points and fields are two columns, along x0 and along x1.
   A generator yields between small steps, so that a page stays quick. */
"use strict";

{
  const SIDE = 9000; // of the square frame, in units of the drawing: whole ones are fine enough
  const LONGEST = 1.25; // the length of the longest correct arrow, in steps of the grid
  const ROOM = 1.1; // around the grid, as a multiple of that length
  const MOST_ACROSS = 60; // arrows along an axis: of more points, only some are drawn

  const OUTSIDE = 3 * SIDE; // an arrow of this length ends outside, as a longer one does
  const WIDEST_DOT = 108;

  /* An arrow, as matplotlib draws it: the shaft is a part of the frame wide, and the rest is in
     widths of the shaft. One that is shorter than a head is a small one. */
  const SHAFT = 0.0045 * SIDE;
  const HEAD = 5; // from the tip back to the barbs
  const NECK = 4.5; // from the tip back to the end of the shaft
  const BARB = 1.5; // from the middle of the shaft
  const SPECK = 20; // half as wide as a shaft

  const NAME = 1080; // from the frame to the name of the axis at the left, as in a figure
  const DIGIT = 300; // the width of a digit, at most

  const STRETCH = 256; // arrows, or cells of a contour, that are drawn without a pause

  /* The frame */

  /** Where a grid lies in the frame, with room for the longest correct arrow on every side.
      Of each axis every so many points are drawn, each one of the `cells` from the next;
      `steps` are those of both axes. */
  function frameOf(points, steps) {
    const [x0, x1] = points;
    const across = x1.lastIndexOf(x1[0]) + 1; // points along x0, which runs fastest
    const counts = [across, x0.length / across];
    const every = Math.ceil(Math.max(...counts) / MOST_ACROSS);
    const apart = steps.map((step) => every * Math.abs(step));
    const margin = LONGEST * ROOM * Math.min(...apart);
    const ends = points.flatMap((axis) => [axis[0], axis.at(-1)]);
    const low = Math.min(...ends) - margin;
    const span = Math.max(...ends) + margin - low;
    const cells = apart.map((distance) => (distance / span) * SIDE);
    const cell = Math.min(...cells);

    /** A coordinate, from the lower end of its axis. */
    function place(value) {
      return Math.round(((value - low) / span) * SIDE);
    }

    /** A point, from the upper left corner, as SVG has it. */
    function at([x, y]) {
      return [place(x), SIDE - place(y)];
    }

    /** Which value of an axis is drawn nearest to a place. */
    function nearestValue(axis, position) {
      const value = low + (position / SIDE) * span;
      const drawn = Math.round((value - points[axis][0]) / steps[axis] / every);
      const most = Math.floor((counts[axis] - 1) / every);
      return every * Math.min(Math.max(drawn, 0), most);
    }

    /** Which point is drawn nearest to a position in the picture. */
    function nearest(x, y) {
      return nearestValue(0, x) + across * nearestValue(1, SIDE - y);
    }

    return { counts, every, low, span, cell, cells, place, at, nearest };
  }

  /* Arrows and dots */

  /** The drawn length of a vector of length 1. The longest of the field takes one and a
      quarter cells; or, on the automatic scale, it is as matplotlib chooses it. */
  function unitOf(frame, field, isAutomatic) {
    const { longest, sum, count } = lengthsOf(field);
    if (isAutomatic) return automaticUnit(sum, count, field[0].length);
    return (LONGEST * frame.cell) / (longest || 1);
  }

  /** Of the arrows that are finite: how long the longest is, and all together; their count. */
  function lengthsOf([alongX0, alongX1]) {
    let longest = 0;
    let sum = 0;
    let count = 0;
    for (let k = 0; k < alongX0.length; k++) {
      const length = Math.hypot(alongX0[k], alongX1[k]);
      if (!isFinite(length)) continue;
      longest = Math.max(longest, length);
      sum += length;
      count += 1;
    }
    return { longest, sum, count };
  }

  /** By the mean of the lengths that are finite, but the count of all arrows. */
  function automaticUnit(sum, finite, count) {
    return ((SIDE / 1.8) * finite) / sum / Math.max(10, Math.sqrt(count));
  }

  /** An arrow as an outline, from its tail along one side to the tip, and back. Its direction
      has the length 1, and y grows downwards in an SVG. */
  function arrowPath(x, y, right, down, length) {
    const size = Math.min(SHAFT, length / HEAD);

    /** A corner so far along the arrow, and so far aside of it. */
    function corner(along, aside) {
      const cornerX = Math.round(x + along * right + aside * down);
      const cornerY = Math.round(y + along * down - aside * right);
      return `${cornerX},${cornerY}`;
    }

    const half = size / 2;
    const barb = BARB * size;
    const neck = length - NECK * size;
    const head = length - HEAD * size;
    const there = `M${corner(0, half)}L${corner(neck, half)}L${corner(head, barb)}`;
    const back = `L${corner(head, -barb)}L${corner(neck, -half)}L${corner(0, -half)}z`;
    return `${there}L${corner(length, 0)}${back}`;
  }

  /** An arrow too short to show its direction: as wide as a shaft. */
  function speckPath(x, y) {
    return `M${x + SPECK} ${y}l-10-18h-20l-10 18 10 18h20z`;
  }

  /** Draw a field in small steps: arrows, specks, and a dot for every arrow of length zero.
      Where an arrow is not finite, there is nothing. */
  function* drawField(svg, frame, [x0, x1], [alongX0, alongX1], unit) {
    const { every, place } = frame;
    const [across, rows] = frame.counts;
    const widthOfDot = Math.min(WIDEST_DOT, frame.cell / 3); // so no two touch
    const sign = Math.sign(unit);
    let arrows = "";
    let dots = "";
    let drawn = 0;
    for (let row = 0; row < rows; row += every) {
      for (let column = 0; column < across; column += every) {
        const k = row * across + column;
        const size = Math.hypot(alongX0[k], alongX1[k]);
        if (!isFinite(size)) continue;
        const x = place(x0[k]);
        const y = SIDE - place(x1[k]);
        const length = Math.min(size * Math.abs(unit), OUTSIDE);
        if (size === 0) {
          dots += `M${x} ${y}h0`;
        } else if (length < SHAFT) {
          arrows += speckPath(x, y);
        } else {
          const right = (sign * alongX0[k]) / size;
          const down = (-sign * alongX1[k]) / size;
          arrows += arrowPath(x, y, right, down, length);
        }
        drawn += 1;
        if (drawn % STRETCH === 0) yield;
      }
    }
    svg.querySelector(".arrows").setAttribute("d", arrows);
    const path = svg.querySelector(".dots");
    path.setAttribute("d", dots);
    path.setAttribute("stroke-width", widthOfDot);
  }

  /* Contours */

  /** Draw the contours of f from its values at points of a grid: interpolated, cell by cell. */
  function* drawContours(svgs, frame, [x0, x1], values) {
    const across = Math.round(Math.sqrt(values.length));
    const levels = levelsOf(values);

    /** Where a contour crosses the side of a cell from one point to another, if it does. */
    function crossing(height, from, to) {
      const share = (height - values[from]) / (values[to] - values[from]);
      const isCrossed = share >= 0 && share < 1; // not where it is nan
      if (!isCrossed) return [];
      const between = (axis) => axis[from] + share * (axis[to] - axis[from]);
      return [frame.at([between(x0), between(x1)])];
    }

    let path = "";
    for (let k = 0; k + across < values.length; k++) {
      if (k % STRETCH === 0) yield;
      if ((k + 1) % across === 0) continue; // beside the last point of a line is no cell
      const corners = [k, k + 1, k + 1 + across, k + across];
      const heights = corners.map((corner) => values[corner]).filter(isFinite);
      const least = Math.min(...heights);
      const most = Math.max(...heights);
      for (const height of levels) {
        if (height < least || height > most) continue;
        const ends = corners.flatMap((corner, side) =>
          crossing(height, corner, corners[(side + 1) % 4]),
        );
        path += pathThrough(ends);
      }
    }
    for (const svg of svgs) svg.querySelector(".contours").setAttribute("d", path);
  }

  /** The heights of ten contours, between values that leave a pole out of account. */
  function levelsOf(values) {
    const sorted = values.filter(isFinite).sort((a, b) => a - b);
    const least = sorted.at(0.02 * sorted.length);
    const most = sorted.at(0.98 * sorted.length);
    const levels = [];
    for (let share = 0.05; share < 1; share += 0.1) {
      levels.push(least + (most - least) * share);
    }
    return levels;
  }

  /** From one crossing to the next, and from a third to a fourth. */
  function pathThrough(ends) {
    return ends.map((end, n) => `${n % 2 === 0 ? "M" : "L"}${end}`).join("");
  }

  /* Axes */

  function labelLike(model, text, x, y) {
    const label = model.cloneNode();
    label.textContent = text;
    label.setAttribute("x", x);
    label.setAttribute("y", y);
    return label;
  }

  /** The step between numbers of an axis: there are about five. */
  function stepBetweenNumbers(span) {
    const power = 10 ** Math.floor(Math.log10(span / 5));
    return power * [1, 2, 5, 10].find((times) => times * power >= span / 5);
  }

  /** A number without the noise of its last digits, and with a minus sign. */
  function numberText(value) {
    const rounded = Number(value.toPrecision(12));
    return `${rounded}`.replace("-", "\u2212");
  }

  /** Draw the frame, its lines and their numbers; the picture is as wide as these need. */
  function drawAxes(svg, { low, span, place }) {
    const step = stepBetweenNumbers(span);
    const group = svg.querySelector(".numbers g");
    const [along, up] = group.children;
    const labels = [];
    let lines = "";
    let frame = `M0 0h${SIDE}v${SIDE}h-${SIDE}z`;
    let name = NAME; // from the frame to the name at the left, beyond the longest number
    for (let k = Math.ceil(low / step); k * step <= low + span; k++) {
      const at = place(k * step);
      const text = numberText(k * step);
      lines += `M${at} 0v${SIDE}M0 ${SIDE - at}h${SIDE}`;
      frame += `M${at} ${SIDE}v111M0 ${SIDE - at}h-111`; // ticks
      labels.push(labelLike(along, text, at, SIDE + 570));
      labels.push(labelLike(up, text, -222, SIDE - at + 160));
      name = Math.max(name, 333 + DIGIT * text.length);
    }
    const left = name + 456;
    svg.setAttribute("viewBox", [-left, -659, left + SIDE + 439, 10976]);
    svg.querySelector(".lines").setAttribute("d", lines);
    svg.querySelector(".frame").setAttribute("d", frame);
    svg.querySelector(".up").setAttribute("y", -name);
    group.replaceChildren(...labels);
  }

  globalThis.gradviz.quiver = { frameOf, unitOf, drawField, drawContours, drawAxes };
}
