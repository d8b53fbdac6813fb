/* The axes around a field: their lines, ticks, numbers and names, in the look of
   gradviz_core/figures/drawing.py or of matplotlib's own window. */
"use strict";

{
  const WIDEST_DOT = 108; // of an arrow of length zero

  // The room around the axes for their numbers and names, as in a figure of the site,
  // and as in matplotlib's own. `name` is the distance from the axes to the name at the
  // left, `text` the size of the letters.
  const ROOM_OF_FRAME = {
    left: 1536,
    top: 659,
    right: 439,
    bottom: 1317,
    name: 1080,
    text: 445,
  };
  const ROOM_OF_WINDOW = {
    left: 1452,
    top: 1045,
    right: 1161,
    bottom: 958,
    name: 1010,
    text: 270,
  };
  const DIGIT = 0.674; // the greatest width of a digit, in letter sizes

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
    const room = isWindow ? ROOM_OF_WINDOW : ROOM_OF_FRAME;
    const sides = axes.map(({ length }) => length);
    const numbers = axes.map((axis) => numbersOf(axis, isWindow));
    drawLines(svg, sides, numbers);
    drawNumbers(svg, sides, numbers, room);
    makeRoom(svg, sides, numbers, room);
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
  function makeRoom(svg, [width, height], [, upwards], room) {
    const { text: size, left, top, right, bottom, name } = room;
    // From the frame to the name at the left, beyond the longest number.
    const widest = Math.max(...upwards.map(({ text }) => text.length));
    const nameAt = Math.max(name, 333 + DIGIT * size * widest);
    const leftmost = Math.max(left, nameAt + size);
    const box = [-leftmost, -top, leftmost + width + right, top + height + bottom];
    svg.setAttribute("viewBox", box);
    placeAt(svg.querySelector(".along"), width / 2, height + 280 + 2 * size);
    placeAt(svg.querySelector(".up"), -height / 2, -nameAt);
  }

  Object.assign(globalThis.gradviz.quiver, { drawAxes });
}
