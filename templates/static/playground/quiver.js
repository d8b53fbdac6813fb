/* Fields of arrows as SVG in the browser, following gradviz_core/figures/fields.py and
   the look of drawing.py: in the square frame of this site, or in the window of the
   book's script. One path holds all arrows and one all dots, so that a keystroke
   changes a few attributes and creates no element. Points and fields are two columns,
   along x0 and along x1. A generator yields between small steps, so that the page stays
   responsive. */
"use strict";

{
  const { gridPoints, numerics } = globalThis.gradviz;

  const SIDE = 9000; // of the square frame, in units of the drawing: whole ones are fine enough
  const WINDOW_HEIGHT = 6706; // of the axes in the window of the script, as wide as that
  const BOOK_LIMITS = [-2, 2]; // of the axes, as the script of the book sets them
  const LONGEST = 1.25; // the length of the longest correct arrow, in steps of the grid
  const ROOM = 1.1; // around the grid, as a multiple of that length
  const MOST_ACROSS = 60; // arrows along an axis: of more points, only some are drawn

  const OUTSIDE = 3 * SIDE; // an arrow of this length ends outside, as a longer one does
  const WIDEST_DOT = 108;

  /* An arrow, as matplotlib draws it: the width of the shaft is a fraction of the
     frame, and the rest is in shaft widths. An arrow shorter than its head is scaled
     down. */
  const SHAFT = 0.0045 * SIDE;
  const HEAD = 5; // from the tip back to the barbs
  const NECK = 4.5; // from the tip back to the end of the shaft
  const BARB = 1.5; // from the middle of the shaft

  // The room around the axes for their numbers and names, as in a figure of the site,
  // and as in matplotlib's own. `name` is the distance from the axes to the name at the
  // left, `text` the size of the letters.
  const OF_FRAME = {
    left: 1536,
    top: 659,
    right: 439,
    bottom: 1317,
    name: 1080,
    text: 445,
  };
  const OF_WINDOW = {
    left: 1452,
    top: 1045,
    right: 1161,
    bottom: 958,
    name: 1010,
    text: 270,
  };
  const DIGIT = 0.674; // the greatest width of a digit, in letter sizes

  const STRETCH = 256; // arrows, or cells of a contour, that are drawn without a pause

  /* The frame. Along each axis every nth point is drawn, each one of the `cells` away
     from the next. */

  /** An axis from one value to another, so many units of the drawing long. */
  function axisBetween(low, high, length) {
    const span = high - low;

    /** A value, from the lower end of the axis. */
    function place(value) {
      return Math.round(((value - low) / span) * length);
    }

    return { low, span, length, place };
  }

  /** Where a grid lies in the square frame, with room for the longest correct arrow on every
      side. `steps` are those of both axes. */
  function frameOf(points, steps) {
    const { every } = countsOf(points);
    const margin = LONGEST * ROOM * every * Math.min(...steps.map(Math.abs));
    const ends = points.flatMap((axis) => [axis[0], axis.at(-1)]);
    const low = Math.min(...ends) - margin;
    const high = Math.max(...ends) + margin;
    const axes = [axisBetween(low, high, SIDE), axisBetween(low, high, SIDE)];
    return { ...frameWith(points, steps, axes), shaft: SHAFT, isWindow: false };
  }

  /** Where a grid lies in the window of a script, which gives its axes these limits, or
      none; its arrows are turned by the axes, or by the screen ("uv"). */
  function windowOf(points, steps, limits = [null, null], angles = "xy") {
    const lengths = [SIDE, WINDOW_HEIGHT];
    const axes = points.map((values, k) => {
      const [low, high] = limits[k] ?? automaticLimits(values);
      return axisBetween(low, high, lengths[k]);
    });
    const arrowsAcross = Math.sqrt(points[0].length);
    const shaft = (0.06 / Math.min(Math.max(arrowsAcross, 8), 25)) * SIDE;
    return { ...frameWith(points, steps, axes), shaft, isWindow: true, angles };
  }

  /** The limits that the book's script gives to its own grid. */
  function limitsOfBook(points) {
    const ofBook = isBookGrid(points) ? BOOK_LIMITS : null;
    return [ofBook, ofBook];
  }

  function isBookGrid(points) {
    const ofBook = gridPoints(numerics.DEFAULT_GRID);
    return points.every(
      (values, k) =>
        values.length === ofBook[k].length &&
        values.every((value, i) => value === ofBook[k][i]),
    );
  }

  /** The limits that matplotlib leaves around the values of an axis. */
  function automaticLimits(values) {
    const ends = [values[0], values.at(-1)];
    const low = Math.min(...ends);
    const high = Math.max(...ends);
    const margin = 0.05 * (high - low) || 0.05; // even for a single value
    return [low - margin, high + margin];
  }

  /** How many points each axis has, and the step from one that is drawn to the next. */
  function countsOf([x0, x1]) {
    const across = x1.lastIndexOf(x1[0]) + 1; // points along x0, which runs fastest
    const counts = [across, x0.length / across];
    const every = Math.ceil(Math.max(...counts) / MOST_ACROSS);
    return { counts, every };
  }

  function frameWith(points, steps, axes) {
    const { counts, every } = countsOf(points);
    const [across] = counts;
    const [along, up] = axes;
    const cells = axes.map(
      ({ span, length }, k) => ((every * Math.abs(steps[k])) / span) * length,
    );
    const cell = Math.min(...cells);

    /** A point, measured from the upper left corner, as in SVG. */
    function at([x, y]) {
      return [along.place(x), up.length - up.place(y)];
    }

    /** Which drawn value of an axis is nearest to a place. */
    function nearestValue(axis, position) {
      const { low, span, length } = axes[axis];
      const value = low + (position / length) * span;
      const drawn = Math.round((value - points[axis][0]) / steps[axis] / every);
      const most = Math.floor((counts[axis] - 1) / every);
      return every * Math.min(Math.max(drawn, 0), most);
    }

    /** Which drawn point is nearest to a position in the picture. */
    function nearest(x, y) {
      return nearestValue(0, x) + across * nearestValue(1, up.length - y);
    }

    return { axes, counts, every, cell, cells, at, nearest };
  }

  /** Which drawn point of a picture is nearest to a place on the screen. */
  function nearestOnScreen(svg, frame, clientX, clientY) {
    const onScreen = new DOMPoint(clientX, clientY);
    const { x, y } = onScreen.matrixTransform(svg.getScreenCTM().inverse());
    return frame.nearest(x, y);
  }

  /* Arrows and dots */

  /** The drawn length of a vector of length 1. The longest of the field takes one and a
      quarter cells; or, on the automatic scale, as much as matplotlib chooses. */
  function unitOf(frame, field, isAutomatic) {
    const { longest, sum, count } = lengthsOf(field);
    if (isAutomatic) return automaticUnit(sum, count, field[0].length);
    return (LONGEST * frame.cell) / (longest || 1);
  }

  /** Of the finite arrows: the length of the longest, the sum of all lengths, and the
      count. */
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

  /** From the mean of the finite lengths, but the count of all arrows. */
  function automaticUnit(sum, finite, count) {
    return ((SIDE / 1.8) * finite) / sum / Math.max(10, Math.sqrt(count));
  }

  /** The arrows of a field as they lie in the drawing: where each begins, and how far
      it extends right and down from there: nan if it is not drawn. A negative unit
      reverses them all. */
  function* arrowsOf(frame, points, field, unit) {
    const { every } = frame;
    const [across, rows] = frame.counts;
    const wayOf = frame.angles === "xy" ? windowWay(frame, points) : squareWay;
    const sign = Math.sign(unit);
    const arrows = [];
    for (let row = 0; row < rows; row += every) {
      for (let column = 0; column < across; column += every) {
        const k = row * across + column;
        const vector = [field[0][k], field[1][k]];
        const [x, y] = frame.at([points[0][k], points[1][k]]);
        const length = drawnLength(Math.hypot(...vector), unit, frame);
        const [right, up] = length > 0 ? wayOf(vector, sign, k) : [length, length];
        arrows.push({ x, y, right: length * right, down: -length * up });
        if (arrows.length % STRETCH === 0) yield;
      }
    }
    return arrows;
  }

  /** How long a vector of this size is drawn; nan if it is not. */
  function drawnLength(size, unit, { isWindow }) {
    if (!isFinite(size)) return NaN;
    // Where all are zero, matplotlib divides by zero, and draws nothing.
    if (size === 0 && !isWindow) return 0;
    return Math.min(size * Math.abs(unit), OUTSIDE);
  }

  /** The direction of a vector, to the right and up, where both axes have equal units,
      or where it is drawn as if they did. */
  function squareWay(vector, sign) {
    const size = sign * Math.hypot(...vector);
    return vector.map((entry) => entry / size);
  }

  /** The same in the window, as matplotlib finds it: by going a fraction of the vector
      from its point; to the right, if that leads nowhere. */
  function windowWay({ axes }, points) {
    const ends = points.flatMap((values) => [values[0], values.at(-1)]);
    const part = 0.001 * Math.max(...ends.map(Math.abs));

    return (vector, sign, k) => {
      const [right, up] = axes.map(({ span, length }, axis) => {
        const from = points[axis][k];
        const to = from + part * sign * vector[axis];
        return ((to - from) / span) * length;
      });
      const size = Math.hypot(right, up);
      return size > 0 ? [right / size, up / size] : [1, 0];
    };
  }

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

  /* Contours */

  /** Draw the contours of f from its values at points of a grid: interpolated, cell by cell. */
  function* drawContours(svgs, frame, [x0, x1], values) {
    const across = Math.round(Math.sqrt(values.length));
    const levels = levelsOf(values);

    /** Where a contour crosses the side of a cell from one point to another, if it does. */
    function crossing(height, from, to) {
      const share = (height - values[from]) / (values[to] - values[from]);
      const isCrossed = share >= 0 && share < 1; // false for nan
      if (!isCrossed) return [];
      const between = (axis) => axis[from] + share * (axis[to] - axis[from]);
      return [frame.at([between(x0), between(x1)])];
    }

    let path = "";
    for (let k = 0; k + across < values.length; k++) {
      if (k % STRETCH === 0) yield;
      if ((k + 1) % across === 0) continue; // a line ends here, without a cell
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

  /** The heights of ten contours, between values that disregard a pole. */
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

  function placeAt(label, x, y) {
    label.setAttribute("x", x);
    label.setAttribute("y", y);
  }

  function labelLike(model, text, x, y) {
    const label = model.cloneNode();
    label.textContent = text;
    placeAt(label, x, Math.round(y));
    return label;
  }

  /** The step between the numbers of an axis: there are about five of them, or, in the
      window, up to nine, as in matplotlib. */
  function stepBetweenNumbers(span, isWindow) {
    const least = span / (isWindow ? 9 : 5);
    const power = 10 ** Math.floor(Math.log10(least));
    const steps = isWindow ? [1, 2, 2.5, 5, 10] : [1, 2, 5, 10];
    return power * steps.find((times) => times * power >= least);
  }

  /** A number without the noise of its last digits, with a minimum number of decimals,
      and with a true minus sign. */
  function numberText(value, decimals) {
    const rounded = Number(value.toPrecision(12));
    const text = `${rounded}`.includes("e")
      ? `${rounded}`
      : withDecimals(rounded, decimals);
    return text.replace("-", "\u2212");
  }

  function withDecimals(number, decimals) {
    return number.toFixed(Math.max(decimals, decimalsOf(number)));
  }

  function decimalsOf(number) {
    const [, decimals = ""] = `${number}`.split(".");
    return decimals.length;
  }

  /** The numbers of an axis and their places. In the window all have the same number of
      decimals. */
  function numbersOf({ low, span, place }, isWindow) {
    const step = stepBetweenNumbers(span, isWindow);
    const decimals = isWindow ? decimalsOf(Number(step.toPrecision(12))) : 0;
    const numbers = [];
    for (let k = Math.ceil(low / step); k * step <= low + span; k++) {
      numbers.push({ at: place(k * step), text: numberText(k * step, decimals) });
    }
    return numbers;
  }

  /** Draw the frame, its lines and their numbers; the picture is as wide as these need. */
  function drawAxes(svg, { axes, isWindow, cell }) {
    const look = isWindow ? OF_WINDOW : OF_FRAME;
    const sides = axes.map(({ length }) => length);
    const numbers = axes.map((axis) => numbersOf(axis, isWindow));
    drawLines(svg, sides, numbers);
    drawNumbers(svg, sides, numbers, look);
    makeRoom(svg, sides, numbers, look);
    const dots = svg.querySelector(".dots");
    dots.setAttribute("stroke-width", Math.min(WIDEST_DOT, cell / 3)); // so no two touch
  }

  function drawLines(svg, [width, height], [across, upwards]) {
    let lines = "";
    let frame = `M0 0h${width}v${height}h-${width}z`;
    for (const { at } of across) {
      lines += `M${at} 0v${height}`;
      frame += `M${at} ${height}v111`; // a tick
    }
    for (const { at } of upwards) {
      lines += `M0 ${height - at}h${width}`;
      frame += `M0 ${height - at}h-111`;
    }
    svg.querySelector(".lines").setAttribute("d", lines);
    svg.querySelector(".frame").setAttribute("d", frame);
    const inside = svg.querySelector(".inside"); // arrows are clipped to it
    inside.setAttribute("width", width);
    inside.setAttribute("height", height);
  }

  function drawNumbers(svg, [, height], [across, upwards], { text: size }) {
    const group = svg.querySelector(".numbers g");
    const { firstElementChild: along, lastElementChild: up } = group; // to clone
    const labels = [];
    for (const { at, text } of across) {
      labels.push(labelLike(along, text, at, height + 125 + size));
    }
    for (const { at, text } of upwards) {
      labels.push(labelLike(up, text, -222, height - at + 0.36 * size));
    }
    svg.querySelector(".numbers").setAttribute("font-size", size);
    group.replaceChildren(...labels);
  }

  /** Place the names of both axes, and make room for all that is around the frame. */
  function makeRoom(svg, [width, height], [, upwards], look) {
    const { text: size, left, top, right, bottom, name } = look;
    // From the frame to the name at the left, beyond the longest number.
    const widest = Math.max(...upwards.map(({ text }) => text.length));
    const nameAt = Math.max(name, 333 + DIGIT * size * widest);
    const leftmost = Math.max(left, nameAt + size);
    const box = [-leftmost, -top, leftmost + width + right, top + height + bottom];
    svg.setAttribute("viewBox", box);
    placeAt(svg.querySelector(".along"), width / 2, height + 280 + 2 * size);
    placeAt(svg.querySelector(".up"), -height / 2, -nameAt);
  }

  globalThis.gradviz.quiver = {
    ...{ frameOf, windowOf, limitsOfBook, nearestOnScreen },
    ...{ unitOf, lengthsOf, arrowsOf, showArrows, drawContours, drawAxes },
  };
}
