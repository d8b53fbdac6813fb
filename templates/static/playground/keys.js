/* Keys: the two that this page answers to itself. */
"use strict";

{
  const BEING_COMPOSED = 229; // the key code of every key while a character is composed

  function isCommand(event, key) {
    return event.key === key && (event.ctrlKey || event.metaKey);
  }

  /** Whether a key takes the mend on offer. */
  function takesMend(event) {
    const isComposed = event.isComposing || event.keyCode === BEING_COMPOSED;
    return isCommand(event, "Enter") && !isComposed;
  }

  /** Whether a key undoes while the focus is on the answer: Firefox undoes only in its
      field. */
  function undoesOutside(event) {
    const isTyped = event.target.matches(":is(input,textarea,select)");
    return isCommand(event, "z") && !isTyped;
  }

  globalThis.gradviz.keys = { takesMend, undoesOutside };
}
