/* Fields of arrows as SVG, after gradviz_core/{quiver,figures}.py: one path holds all arrows and one
   all dots, so that a keystroke changes a few attributes and makes no element. */
"use strict";

{
  const SIDE = 9000; // of the square frame, in units of the drawing: whole ones are fine enough
  const [WIDTH, HEIGHT, TITLE] = [10200, 10100, 700];
  const [LONGEST, ROOM] = [1.25, 1.1]; // of the longest correct arrow, in steps of the grid
  const [HEAD, SPECK] = [270, 80]; // an arrow that is no longer than a speck is drawn as one
  const LEVELS = 9;
  const isFinitePair = (a, b) => Number.isFinite(a) && Number.isFinite(b);

  function element(name, attributes = {}, text = "") {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  }

  /** Where a grid lies in the frame, with room for the longest correct arrow on every side. */
  function frameOf(points, step) {
    const across = Math.round(Math.sqrt(points.length / 2));
    const margin = LONGEST * ROOM * Math.abs(step);
    const low = Math.min(points[0], points.at(-1)) - margin;
    const span = Math.abs(points.at(-1) - points[0]) + 2 * margin;
    const place = (value) => Math.round(((value - low) / span) * SIDE);
    const at = (k) => [place(points[2 * k]), SIDE - place(points[2 * k + 1])];
    const nearest = (x, y) => [x, SIDE - y].reduceRight((line, v) => {
      const k = Math.round(((v / SIDE) * span - margin) / Math.abs(step));
      return line * across + Math.min(Math.max(k, 0), across - 1);
    }, 0);
    return { across, step: Math.abs(step), low, span, place, at, nearest };
  }

  /** The drawn length of a vector of length 1: the longest correct arrow has its place, or, as
      matplotlib would have it, the mean of the field's own. */
  function unitOf(frame, field, isAutomatic) {
    let [sum, most, count] = [0, 0, 0];
    for (let k = 0; k < field.length; k += 2) {
      if (!isFinitePair(field[k], field[k + 1])) continue;
      const length = Math.hypot(field[k], field[k + 1]);
      [sum, most, count] = [sum + length, Math.max(most, length), count + 1];
    }
    if (isAutomatic) return SIDE / (1.8 * (sum / count) * Math.max(10, Math.sqrt(count)));
    return (SIDE * LONGEST * frame.step) / (frame.span * most);
  }

  function arrow(x, y, turn, length) {
    const head = Math.min(HEAD, length / 2);
    const side = (by) => [Math.cos(turn + by), -Math.sin(turn + by)].map((v) => Math.round(v * head));
    const [[a, b], [c, d]] = [side(2.7), side(-2.7)];
    const [dx, dy] = [Math.round(Math.cos(turn) * length), -Math.round(Math.sin(turn) * length)];
    return `M${x} ${y}l${dx} ${dy}m${a} ${b}l${-a} ${-b}l${c} ${d}`;
  }

  /** Draw a field in small steps: arrows, specks, and a dot for every arrow of length zero. */
  function* drawField(svg, frame, field, unit) {
    let [moving, still] = ["", ""];
    for (let k = 0; k < field.length / 2; k++) {
      const [a, b, [x, y]] = [field[2 * k], field[2 * k + 1], frame.at(k)];
      const length = Math.min(Math.hypot(a, b) * Math.abs(unit), 3 * SIDE); // the rest is outside
      if (a === 0 && b === 0) still += `M${x} ${y}h0`;
      else if (length <= SPECK) moving += `M${x} ${y}h0`;
      else if (length > 0) moving += arrow(x, y, Math.atan2(b * unit, a * unit), length);
      yield;
    }
    svg.querySelector(".arrows").setAttribute("d", moving);
    svg.querySelector(".dots").setAttribute("d", still);
  }

  /** Draw the contours of f from its values at the points: by linear interpolation, cell by cell. */
  function* drawContours(svg, frame, values) {
    const finite = values.filter(Number.isFinite);
    const [least, most] = [Math.min(...finite), Math.max(...finite)];
    let path = "";
    for (let k = 0; k + frame.across < values.length; k++) {
      if ((k + 1) % frame.across === 0) continue;
      const corners = [k, k + 1, k + 1 + frame.across, k + frame.across];
      for (let level = 1; level <= LEVELS; level++) {
        path += crossings(frame, values, corners, least + ((most - least) * level) / (LEVELS + 1));
      }
      yield;
    }
    svg.querySelector(".contours").setAttribute("d", path);
  }

  function crossings(frame, values, corners, height) {
    if (!corners.every((k) => Number.isFinite(values[k]))) return "";
    const found = corners.flatMap((k, side) => {
      const next = corners[(side + 1) % 4];
      if (values[k] < height === values[next] < height) return [];
      const share = (height - values[k]) / (values[next] - values[k]);
      const [from, to] = [frame.at(k), frame.at(next)];
      return [from.map((v, axis) => Math.round(v + share * (to[axis] - v))).join(" ")];
    });
    return found.map((place, k) => (k % 2 ? "L" : "M") + place).join("");
  }

  /** Draw the frame, its lines and their numbers. */
  function drawAxes(svg, { low, span, place }) {
    const power = 10 ** Math.floor(Math.log10(span / 6));
    const step = power * [1, 2, 5, 10].find((times) => times * power >= span / 6);
    const [lines, texts] = [[`M0 0h${SIDE}v${SIDE}h-${SIDE}z`], []];
    for (let k = Math.ceil(low / step); k * step <= low + span; k++) {
      const at = place(k * step);
      const number = String(Number((k * step).toPrecision(6))).replace("-", "\u2212");
      lines.push(`M${at} 0v${SIDE}M0 ${SIDE - at}h${SIDE}`);
      texts.push(element("text", { x: at, y: SIDE + 480 }, number));
      texts.push(element("text", { x: -150, y: SIDE - at + 130, "text-anchor": "end" }, number));
    }
    svg.querySelector(".lines").setAttribute("d", lines.join(""));
    svg.querySelector(".numbers").replaceChildren(...texts);
  }

  function paint(from, to) {
    to.setAttribute("color", getComputedStyle(from).color);
    [...from.children].forEach((child, k) => paint(child, to.children[k]));
  }

  /** Fields side by side as a file of their own, in the colours they have on the page. */
  function fileOf(svgs, titles, ground) {
    const all = { viewBox: `0 0 ${WIDTH * svgs.length} ${HEIGHT + TITLE}` };
    const size = { width: 480 * svgs.length, height: Math.round((480 * (HEIGHT + TITLE)) / WIDTH) };
    const file = element("svg", { ...all, ...size, "font-family": "sans-serif" });
    file.append(element("rect", { width: "100%", height: "100%", fill: ground }));
    svgs.forEach((svg, k) => {
      const copy = svg.cloneNode(true);
      paint(svg, copy);
      const box = { x: WIDTH * k, y: TITLE, width: WIDTH, height: HEIGHT };
      for (const [name, value] of Object.entries(box)) copy.setAttribute(name, value);
      const place = { x: WIDTH * k + 1000, y: TITLE - 100, "font-size": 420 };
      file.append(copy, element("text", { ...place, fill: getComputedStyle(svg).color }, titles[k]));
    });
    return { ...size, text: new XMLSerializer().serializeToString(file) };
  }

  Object.assign(globalThis.gradviz, {
    quiver: { frameOf, unitOf, drawField, drawContours, drawAxes, fileOf },
  });
}
