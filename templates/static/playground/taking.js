/* Taking away: pictures to save, and the script that draws what the page
   shows with matplotlib. */
"use strict";

{
  const { lengthsOf } = globalThis.gradviz.quiver;
  const { fill } = globalThis.gradviz.sentences;
  const { rangesOf, isSquare } = globalThis.gradviz;

  /* The script, for which the page has a text with holes */

  // A script knows how long its arrows are, but not where f has no gradient: there an
  // arrow may have any length. If that changes the scale, the script gets a number.
  const ALIKE = 0.01;

  /** The parts of the script that depend on the range of x1. */
  function axesOf(texts, values) {
    const ranges = rangesOf(values);
    const { x0, x1 } = ranges;
    const { start: start1, stop: stop1, step: step1 } = x1;
    return {
      axis1: isSquare(ranges) ? "axis" : fill(texts.axis1, { start1, stop1, step1 }),
      gap: Math.abs(step1) < Math.abs(x0.step) ? step1 : x0.step,
    };
  }

  /** The script that draws what is shown. `texts` are the script with its holes, and
      the texts that fill some of them. */
  function scriptOf(texts, shown, settings) {
    const { values } = settings;
    const { f, truth, rows, columns, frame } = shown;
    const { longest: trueLongest } = lengthsOf(truth);
    const { longest: measuredLongest } = lengthsOf(rows.gradient);
    const isAlike = Math.abs(measuredLongest - trueLongest) <= ALIKE * trueLongest;
    const length = isAlike ? texts.length : `${trueLongest || 1}`;
    const isAutomatic = !settings.isTicked("lengths");
    const isThinned = frame.every > 1 && !isAutomatic;
    const { every } = frame;
    return fill(texts.script, {
      ...values,
      ...axesOf(texts, values),
      f: f.source.trim(),
      wrong: columns.measurement.verdict === "raises" ? texts.raises : texts.wrong,
      length,
      sign: settings.isTicked("downhill") ? "-" : "",
      arrow: isAutomatic ? texts.all : texts.arrow,
      scale: isAutomatic ? "None" : "width_of_axes",
      contours: settings.isTicked("contours") ? texts.contours : "",
      thinning: isThinned ? fill(texts.thinning, { every, length }) : "",
    });
  }

  /* Files */

  function save(name, url) {
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
  }

  /** Pictures with what belongs to them, as the address of an SVG. */
  function drawingUrl(svgs, file, source, how) {
    const serializer = new XMLSerializer();
    const [rows, columns] = svgs.map((svg) => serializer.serializeToString(svg));
    const svg = fill(file, {
      correct: rows,
      buggy: columns,
      source,
      how,
      room: `${Math.max(184, 3 * source.length)}`, // for the source on one line
    });
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }

  /** The same picture as the address of a PNG. */
  async function pngUrl(url) {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL();
  }

  globalThis.gradviz.taking = { scriptOf, save, drawingUrl, pngUrl };
}
