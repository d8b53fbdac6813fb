/* The maths font, ahead of the style sheet: in time for the first paint, or not shown at all. */
"use strict";

if (location.protocol !== "file:") {
  // from disk, a browser refuses
  const href = new URL("maths.woff2", document.currentScript.src);
  const given = { rel: "preload", as: "font", crossOrigin: "", href };
  document.head.append(Object.assign(document.createElement("link"), given));
}
