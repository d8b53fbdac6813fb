// Draws as the playground does, into a stand-in for an SVG, one JSON line for one, and gives the
// attributes that the script has set.
"use strict";

globalThis.ResizeObserver = class {
  observe() {} // no picture is shown
};
require(`${process.env.GRADVIZ_SCRIPTS}/playground-parts.js`);
const { createInterface } = require("node:readline");
const { frameOf, limitsOfBook, unitOf, arrowsOf } = globalThis.gradviz.quiver;
const { showArrows, drawContours, drawAxes } = globalThis.gradviz.quiver;

function element(kind) {
  const attributes = { kind };
  return {
    attributes,
    setAttribute: (name, value) => {
      attributes[name] = value;
    },
    cloneNode: () => element(kind),
  };
}

/** An SVG with the parts that the script looks for. */
function picture() {
  const parts = new Map();
  const numbers = element("numbers");
  numbers.firstElementChild = element("along");
  numbers.lastElementChild = element("up");
  numbers.replaceChildren = (...labels) => {
    numbers.labels = labels;
  };
  parts.set(".numbers g", numbers);
  const svg = element("svg");
  svg.querySelector = (name) => {
    if (!parts.has(name)) parts.set(name, element(name));
    return parts.get(name);
  };
  return svg;
}

/** How often a generator yields, and what it returns. */
function finish(steps) {
  let yields = 0;
  let step = steps.next();
  while (!step.done) {
    yields += 1;
    step = steps.next();
  }
  return { yields, value: step.value };
}

const inColumns = (pairs) => [0, 1].map((k) => pairs.map((pair) => Number(pair[k])));

function drawn(question) {
  const { points: pairs, steps, field, values, clicks = [] } = question;
  const { automatic, reversed, unit: given } = question;
  const points = inColumns(pairs);
  const frame = frameOf(points, steps);
  const svg = picture();
  const { counts, every, cell, cells } = frame;
  const [{ low, span }] = frame.axes; // equal ones
  const answer = { counts, every, low, span, cell, cells };
  answer.limits = limitsOfBook(points);
  answer.places = pairs.map(frame.at);
  answer.nearest = clicks.map(([x, y]) => frame.nearest(x, y));
  if (field) {
    const arrows = inColumns(field);
    answer.unit = given ? Number(given) : unitOf(frame, arrows, automatic);
    const unit = reversed ? -answer.unit : answer.unit;
    const { yields, value } = finish(arrowsOf(frame, points, arrows, unit));
    answer.yields = yields;
    showArrows(svg, frame, value);
    answer.arrows = svg.querySelector(".arrows").attributes;
    answer.dots = svg.querySelector(".dots").attributes;
  }
  if (values) {
    const other = picture();
    finish(drawContours([svg, other], frame, points, values.map(Number)));
    answer.contours = [svg, other].map(
      (each) => each.querySelector(".contours").attributes.d,
    );
  }
  drawAxes(svg, frame);
  answer.lines = svg.querySelector(".lines").attributes.d;
  answer.frame = svg.querySelector(".frame").attributes.d;
  answer.name = svg.querySelector(".up").attributes.y;
  answer.box = svg.attributes.viewBox;
  answer.labels = svg
    .querySelector(".numbers g")
    .labels.map(({ attributes, textContent }) => ({
      ...attributes,
      text: textContent,
    }));
  return answer;
}

createInterface({ input: process.stdin }).on("line", (line) => {
  console.log(JSON.stringify(drawn(JSON.parse(line))));
});
