/* The axes around a field: their lines, ticks, numbers and names, in the look of
   gradviz_core/figures/drawing.py or of matplotlib's own window. Where a picture is shown
   small, its letters are larger and its numbers fewer, as in letters_for_a_phone there. */
"use strict";

{
  const WIDEST_DOT = 108; // of an arrow of length zero

  // The room around the axes for their numbers and names, as in a figure of the site,
  // and as a card shows matplotlib's own, without its room for a title. `name` is the distance from the axes to the name at the
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
    top: 229,
    right: 1161,
    bottom: 958,
    name: 1010,
    text: 270,
  };

  // The letters of a picture are the least of these at the next width below its own.
  const LEAST_TEXT_PIXELS = 11;
  const WIDTHS_ON_SCREEN = [510, 420, 350, 290, 250];
  const EVERY_NUMBER_PIXELS = 420; // up to here, the window has room for every second

  const NUMBERS_AT = 222; // from the axes to the numbers at the left
  const GAP = 180; // between these and the name, whose index hangs down
  // In letter sizes:
  const DIGIT = 0.674; // the greatest width of one
  const LINE = 1.2;
  const NAME_HEIGHT = 0.9; // with its index, also in Firefox
  const NAME_REACH = 1.2; // of the name at the left, up and down from its middle
  // How much lower larger letters put the numbers and the name below the axes.
  const NUMBERS_LOWER = 0.8;
  const NAME_LOWER = 0.9;

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

  /* A picture is drawn again when its width on the screen changes. */

  const shown = new WeakMap(); // by picture: its frame and its width, 0 until it is known

  let widthsOnScreen = null; // what watches them, from the first picture on

  function followWidths(entries) {
    for (const { target, contentRect } of entries) {
      const { frame, width } = shown.get(target);
      const isNew = contentRect.width > 0 && contentRect.width !== width;
      if (isNew) drawAt(target, frame, contentRect.width);
    }
  }

  /** Draw the frame, its lines and their numbers; the picture is as wide as these need. */
  function drawAxes(svg, frame) {
    drawAt(svg, frame, shown.get(svg)?.width ?? 0);
    widthsOnScreen ??= new ResizeObserver(followWidths);
    widthsOnScreen.observe(svg);
  }

  function drawAt(svg, frame, width) {
    shown.set(svg, { frame, width });
    const { axes, isWindow, cell } = frame;
    const room = isWindow ? ROOM_OF_WINDOW : ROOM_OF_FRAME;
    const sides = axes.map(({ length }) => length);
    const numbers = axes.map((axis) => numbersOf(axis, isWindow));
    const isNarrow = isWindow && width > 0 && width <= EVERY_NUMBER_PIXELS;
    const size = letterSize(room, sides[0], width);
    const [across, upwards] = numbers;
    const least = isNarrow ? 2 : 1;
    const written = [
      everyNth(across, least, widest(across, size)),
      everyNth(upwards, least, LINE * size),
    ];
    drawLines(svg, sides, numbers);
    drawNumbers(svg, sides, written, room, size);
    makeRoom(svg, sides, written, room, size);
    const dots = svg.querySelector(".dots");
    dots.setAttribute("stroke-width", Math.min(WIDEST_DOT, cell / 3)); // so no two touch
  }

  /** Every nth number of an axis: n is so large that each has this room. */
  function everyNth(numbers, least, room) {
    if (numbers.length < 2) return numbers;
    const [first, second] = numbers;
    const n = Math.max(least, Math.ceil(room / (second.at - first.at)));
    return numbers.filter((_, k) => k % n === 0);
  }

  /** How wide numbers are. A point is half as wide as a digit. */
  function widest(numbers, size) {
    const digits = numbers.map(
      ({ text }) => text.length - (text.includes(".") ? 0.5 : 0),
    );
    return DIGIT * size * Math.max(...digits);
  }

  function letterSize({ left, right, text }, side, width) {
    const known = width || Infinity;
    const next =
      WIDTHS_ON_SCREEN.find((each) => each < known) ?? WIDTHS_ON_SCREEN.at(-1);
    return Math.max(text, (LEAST_TEXT_PIXELS * (left + side + right)) / next);
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

  function drawNumbers(svg, [, height], [across, upwards], room, size) {
    const group = svg.querySelector(".numbers g");
    const { firstElementChild: along, lastElementChild: up } = group; // to clone
    const labels = [];
    const below = height + 125 + room.text + NUMBERS_LOWER * (size - room.text);
    for (const { at, text } of across) labels.push(labelLike(along, text, at, below));
    for (const { at, text } of upwards) {
      labels.push(labelLike(up, text, -NUMBERS_AT, height - at + 0.36 * size));
    }
    svg.querySelector(".numbers").setAttribute("font-size", size);
    group.replaceChildren(...labels);
  }

  /** Place the names of both axes, and make room for all that is around the frame. */
  function makeRoom(svg, [width, height], [, upwards], room, size) {
    const { text, left, top, right, bottom, name } = room;
    const middle = height / 2;
    const reach = NAME_REACH * size;
    const beside = upwards.filter(({ at }) => Math.abs(at - middle) < reach);
    const nameAt = Math.max(name, NUMBERS_AT + widest(beside, size) + GAP);
    const endOfNumbers = NUMBERS_AT + widest(upwards, size);
    const leftmost = Math.max(left, nameAt + NAME_HEIGHT * size, endOfNumbers);
    const lowest = bottom + NAME_LOWER * (size - text);
    const box = [-leftmost, -top, leftmost + width + right, top + height + lowest];
    svg.setAttribute("viewBox", box);
    const below = height + 280 + 2 * text + NAME_LOWER * (size - text);
    placeAt(svg.querySelector(".along"), width / 2, below);
    placeAt(svg.querySelector(".up"), -middle, -nameAt);
  }

  Object.assign(globalThis.gradviz.quiver, { drawAxes });
}
