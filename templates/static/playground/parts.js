/* Parts: the elements of a page that its scripts fill, by the names that its template gives
   them. */
"use strict";

{
  /** Parts of an element by their names; a missing one is an error at once. */
  function partsOf(root, ...names) {
    const named = names.map((name) => {
      const part = root.querySelector(`[data-part="${name}"]`);
      if (!part) throw new Error(`the page has no part ${name}`);
      return [name, part];
    });
    return Object.fromEntries(named);
  }

  /** Those that _script.html and _script_links.html have, for the view of a script. */
  function scriptPartsOf(root) {
    return {
      ...partsOf(root, "script", "summary", "pasted", "findings", "rest", "mending"),
      ...partsOf(root, "copied", "knowing", "notes", "unchecked", "unread", "leads"),
      ...partsOf(root, "choosing", "functions", "about", "alone", "links"),
      entry: root.querySelector("[data-part=entry]"), // which a site may not have
    };
  }

  Object.assign(globalThis.gradviz, { partsOf, scriptPartsOf });
}
