/* Parts: the elements of a page that its scripts fill, by the names that its template gives
   them; and how a text gets into one. */
"use strict";

{
  /** The parts of an element by name. */
  function partsOf(root) {
    const parts = [...root.querySelectorAll("[data-part]")];
    return Object.fromEntries(parts.map((part) => [part.dataset.part, part]));
  }

  /** Write a text only if it has changed, so that the page is not laid out again for
      nothing. Nodes are removed only if necessary, because a removal ends a run of
      typing in Chromium: an undo would then take back a single letter. */
  function write(part, text) {
    if (part.textContent === text) return;
    const [node, ...others] = part.childNodes;
    const isText = node?.nodeName === "#text" && others.length === 0;
    if (isText) node.data = text;
    else part.textContent = text;
  }

  Object.assign(globalThis.gradviz, { partsOf, write });
}
