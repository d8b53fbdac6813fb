/* Parts: the elements of a page that its scripts fill, by the names that its template gives
   them; and how a text gets into one. */
"use strict";

{
  /** The parts of an element by name; a missing one is an error at once. */
  function partsOf(root, ...names) {
    const named = names.map((name) => {
      const part = root.querySelector(`[data-part="${name}"]`);
      if (!part) throw new Error(`the page has no part ${name}`);
      return [name, part];
    });
    return Object.fromEntries(named);
  }

  /** The parts of _script.html and _script_links.html, for the view of a script. */
  function scriptPartsOf(root) {
    return {
      ...partsOf(root, "script", "summary", "pasted", "findings", "rest", "mending"),
      ...partsOf(root, "copied", "knowing", "notes", "unchecked", "unread", "leads"),
      ...partsOf(root, "choosing", "functions", "about", "alone", "links"),
      entry: root.querySelector("[data-part=entry]"), // which a site may lack
    };
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

  Object.assign(globalThis.gradviz, { partsOf, scriptPartsOf, write });
}
