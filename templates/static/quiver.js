/* Fields of arrows as SVG, after gradviz_core/{quiver,figures}.py. One path holds all arrows and one
   all dots, so that a keystroke changes a few attributes and makes no element. */
"use strict";

{
  const SIDE = 9000; // of the square frame, in units of the drawing: whole ones are fine enough
  const [LONGEST, ROOM] = [1.25, 1.1]; // of the longest correct arrow, in steps of the grid

  /** Where a grid lies in the frame, with room for the longest correct arrow on every side. */
  function frameOf(points, step) {
    const [first] = points[0];
    const [last] = points.at(-1);
    const [across, margin] = [
      Math.sqrt(points.length),
      LONGEST * ROOM * Math.abs(step),
    ];
    const [low, span] = [
      Math.min(first, last) - margin,
      Math.abs(last - first) + 2 * margin,
    ];
    const place = (value) => Math.round(((value - low) / span) * SIDE);
    const at = ([x, y]) => [place(x), SIDE - place(y)];
    const index = (v) => Math.round((low + (v / SIDE) * span - first) / step);
    const near = (v) => Math.min(Math.max(index(v), 0), across - 1);
    const nearest = (x, y) => near(x) + across * near(SIDE - y);
    return {
      across,
      low,
      span,
      place,
      at,
      nearest,
      cell: (Math.abs(step) / span) * SIDE,
    };
  }

  /** The drawn length of a vector of length 1: the longest of the field has its place, or, as
      matplotlib would have it, the mean of those that are numbers, and the count of all. */
  function unitOf(frame, field, isAutomatic) {
    const lengths = field.map(([a, b]) => Math.hypot(a, b)).filter(isFinite);
    const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
    if (!isAutomatic) return (LONGEST * frame.cell) / (longest || 1);
    const sum = lengths.reduce((a, b) => a + b, 0);
    return (
      ((SIDE / 1.8) * lengths.length) / sum / Math.max(10, Math.sqrt(field.length))
    );
  }

  function arrow(x, y, turn, length) {
    const along = (by, size) => [
      Math.round(Math.cos(by) * size),
      Math.round(-Math.sin(by) * size),
    ];
    const [[a, b], [c, d]] = [2.7, -2.7].map((by) =>
      along(turn + by, Math.min(270, length / 2)),
    );
    return `M${x} ${y}l${along(turn, length)}m${a} ${b}l${-a} ${-b}l${c} ${d}`;
  }

  /** Draw a field in small steps: arrows, specks, and a dot for every arrow of length zero. */
  function* drawField(svg, frame, points, field, unit) {
    const dot = Math.min(130, frame.cell / 3); // its width: no two touch
    let arrows = "";
    let dots = "";
    for (const [k, [a, b]] of field.entries()) {
      const [x, y] = frame.at(points[k]);
      const length = Math.min(Math.hypot(a, b) * Math.abs(unit), 3 * SIDE); // the rest is outside
      if (a === 0 && b === 0) dots += `M${x} ${y}h0`;
      else if (length < dot / 2) arrows += `M${x} ${y}h0`;
      else if (length) arrows += arrow(x, y, Math.atan2(b * unit, a * unit), length);
      yield;
    }
    svg.querySelector(".dots").setAttribute("d", dots);
    svg.querySelector(".dots").setAttribute("font-size", dot);
    svg.querySelector(".arrows").setAttribute("d", arrows);
    svg.querySelector(".arrows").setAttribute("font-size", Math.max(80, dot)); // wide enough to see
  }

  /** Draw the contours of f from its values at points of a grid: interpolated, cell by cell. */
  function* drawContours(svgs, frame, points, values) {
    const [across, finite] = [
      Math.sqrt(points.length),
      values.filter(isFinite).sort((a, b) => a - b),
    ];
    const [least, most] = [0.02, 0.98].map((part) => finite.at(part * finite.length)); // no pole
    const crossing = (height) => (k, side, corners) => {
      const next = corners[(side + 1) % 4];
      const share = (height - values[k]) / (values[next] - values[k]);
      if (share < 0 || !(share < 1)) return []; // nan, too
      return [
        frame.at(points[k].map((from, i) => from + share * (points[next][i] - from))),
      ];
    };
    let path = "";
    for (let k = 0; k + across < values.length; k++) {
      const corners = [k, k + 1, k + 1 + across, k + across];
      for (let level = 0.05; (k + 1) % across && level < 1; level += 0.1) {
        const ends = corners.flatMap(crossing(least + (most - least) * level));
        path += ends.map((end, n) => `${n % 2 ? "L" : "M"}${end}`).join("");
      }
      yield;
    }
    for (const svg of svgs) svg.querySelector(".contours").setAttribute("d", path);
  }

  function labelAs(model, textContent, x, y) {
    const label = Object.assign(model.cloneNode(), { textContent });
    label.setAttribute("x", x);
    label.setAttribute("y", y);
    return label;
  }

  /** Draw the frame, its lines and their numbers; the picture is as wide as these need. */
  function drawAxes(svg, { low, span, place }) {
    const power = 10 ** Math.floor(Math.log10(span / 5));
    const step = power * [1, 2, 5, 10].find((times) => times * power >= span / 5);
    const group = svg.querySelector(".numbers g");
    const numbers = [];
    let lines = `M0 0h${SIDE}v${SIDE}h-${SIDE}z`;
    let room = 0;
    for (let k = Math.ceil(low / step); k * step <= low + span; k++) {
      const at = place(k * step);
      lines += `M${at} 0v${SIDE}M0 ${SIDE - at}h${SIDE}`;
      const text = `${Number((k * step).toPrecision(12))}`.replace("-", "\u2212");
      room = Math.max(room, 250 + 310 * text.length);
      numbers.push(labelAs(group.children[0], text, at, SIDE + 430));
      numbers.push(labelAs(group.children[1], text, -150, SIDE - at + 130));
    }
    svg.setAttribute("viewBox", [-room, -400, SIDE + 1.5 * room, 10430]);
    svg.querySelector(".lines").setAttribute("d", lines);
    group.replaceChildren(...numbers);
  }

  globalThis.gradviz.quiver = { frameOf, unitOf, drawField, drawContours, drawAxes };
}
