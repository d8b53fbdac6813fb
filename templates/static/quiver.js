/* Fields of arrows as SVG in the browser, after gradviz_core/figures/fields.py, in the look of
   drawing.py. One path holds all arrows and one all dots, so that a keystroke changes a few
   attributes and makes no element. A generator yields between small steps, so that a page stays
   quick. */
"use strict";

{
  const SIDE = 9000; // of the square frame, in units of the drawing: whole ones are fine enough
  const LONGEST = 1.25; // the length of the longest correct arrow, in steps of the grid
  const ROOM = 1.1; // around the grid, as a multiple of that length

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

  /* The frame */

  /** Where a grid lies in the frame, with room for the longest correct arrow on every side. */
  function frameOf(points, step) {
    const [first] = points[0];
    const [last] = points.at(-1);
    const across = Math.sqrt(points.length); // points of an axis
    const margin = LONGEST * ROOM * Math.abs(step);
    const low = Math.min(first, last) - margin;
    const span = Math.abs(last - first) + 2 * margin;
    const cell = (Math.abs(step) / span) * SIDE;

    /** A coordinate, from the lower end of its axis. */
    function place(value) {
      return Math.round(((value - low) / span) * SIDE);
    }

    /** A point, from the upper left corner, as SVG has it. */
    function at([x0, x1]) {
      return [place(x0), SIDE - place(x1)];
    }

    /** Which value of the axis is nearest to a place. */
    function nearestValue(position) {
      const value = low + (position / SIDE) * span;
      const index = Math.round((value - first) / step);
      return Math.min(Math.max(index, 0), across - 1);
    }

    /** Which point is nearest to a position in the picture. */
    function nearest(x, y) {
      return nearestValue(x) + across * nearestValue(SIDE - y);
    }

    return { across, low, span, cell, place, at, nearest };
  }

  /* Arrows and dots */

  /** The drawn length of a vector of length 1. The longest of the field takes a step and a
      quarter; or, on the automatic scale, it is as matplotlib chooses it. */
  function unitOf(frame, field, isAutomatic) {
    const lengths = field.map(([a, b]) => Math.hypot(a, b)).filter(isFinite);
    if (isAutomatic) return automaticUnit(lengths, field.length);
    const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
    return (LONGEST * frame.cell) / (longest || 1);
  }

  /** By the mean of the lengths that are numbers, but the count of all arrows. */
  function automaticUnit(lengths, count) {
    const sum = lengths.reduce((a, b) => a + b, 0);
    return ((SIDE / 1.8) * lengths.length) / sum / Math.max(10, Math.sqrt(count));
  }

  /** An arrow as an outline, from its tail along one side to the tip, and back. */
  function arrowPath(x, y, turn, length) {
    const size = Math.min(SHAFT, length / HEAD);
    const neck = length - NECK * size;
    const barb = length - HEAD * size;
    const right = Math.cos(turn);
    const up = Math.sin(turn);

    /** A corner, so far along the arrow and to its left; y grows downwards in an SVG. */
    function corner([along, aside]) {
      const left = aside * size;
      return [x + along * right - left * up, y - along * up - left * right].map(
        Math.round,
      );
    }

    const corners = [
      [0, 0.5],
      [neck, 0.5],
      [barb, BARB],
      [length, 0],
      [barb, -BARB],
      [neck, -0.5],
      [0, -0.5],
    ];
    return `M${corners.map(corner).join("L")}z`;
  }

  /** Draw a field in small steps: arrows, specks, and a dot for every arrow of length zero. */
  function* drawField(svg, frame, points, field, unit) {
    const widthOfDot = Math.min(WIDEST_DOT, frame.cell / 3); // so no two touch
    let arrows = "";
    let dots = "";
    for (const [k, [a, b]] of field.entries()) {
      const [x, y] = frame.at(points[k]);
      const length = Math.min(Math.hypot(a, b) * Math.abs(unit), OUTSIDE);
      if (a === 0 && b === 0) {
        dots += `M${x} ${y}h0`;
      } else if (length < SHAFT) {
        arrows += `M${x + SPECK} ${y}l-10-18h-20l-10 18 10 18h20z`; // as wide as a shaft
      } else if (!Number.isNaN(length)) {
        const turn = Math.atan2(b * unit, a * unit);
        arrows += arrowPath(x, y, turn, length);
      }
      yield;
    }
    svg.querySelector(".arrows").setAttribute("d", arrows);
    const path = svg.querySelector(".dots");
    path.setAttribute("d", dots);
    path.setAttribute("stroke-width", widthOfDot);
  }

  /* Contours */

  /** Draw the contours of f from its values at points of a grid: interpolated, cell by cell. */
  function* drawContours(svgs, frame, points, values) {
    const across = Math.sqrt(points.length);
    const levels = levelsOf(values);

    /** Where a contour crosses the side of a cell from one point to another, if it does. */
    function crossing(height, from, to) {
      const share = (height - values[from]) / (values[to] - values[from]);
      const isCrossed = share >= 0 && share < 1; // not where it is nan
      if (!isCrossed) return [];
      const start = points[from];
      const end = points[to];
      const between = (axis) => start[axis] + share * (end[axis] - start[axis]);
      return [frame.at([between(0), between(1)])];
    }

    let path = "";
    for (let k = 0; k + across < values.length; k++) {
      const isCell = (k + 1) % across !== 0; // beside the last point of a line there is none
      const corners = [k, k + 1, k + 1 + across, k + across];
      for (const height of isCell ? levels : []) {
        const ends = corners.flatMap((corner, side) =>
          crossing(height, corner, corners[(side + 1) % 4]),
        );
        path += pathThrough(ends);
      }
      yield;
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
