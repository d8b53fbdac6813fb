/* Messages: which of the error messages that the site explains a text contains. */
"use strict";

{
  /** The message as the site shows it, if the text has it or one that is explained with it.
      `messages` holds both: the one that is shown, and the others. */
  function messageIn(text, messages) {
    return Object.keys(messages).find((shown) =>
      [shown, ...messages[shown]].some((each) => text.includes(each)),
    );
  }

  const gradviz = (globalThis.gradviz ??= {});
  Object.assign(gradviz, { messageIn });
}
