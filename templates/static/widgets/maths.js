/* The maths font, ahead of the style sheet: in time for the first paint, or not shown at
   all. */
"use strict";

// From disk, a browser refuses to load it this way.
if (location.protocol !== "file:") {
  const link = document.createElement("link");
  link.rel = "preload";
  link.as = "font";
  link.crossOrigin = "";
  link.href = new URL("../maths.woff2", document.currentScript.src);
  document.head.append(link);
}
