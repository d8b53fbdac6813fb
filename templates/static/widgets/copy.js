/* Copying: a button in the corner of each block to paste, and of the lines that mend
   others. Without this script, they are selected by hand. */
"use strict";

{
  const SHOWN_FOR = 4000; // ms until the button shows its own label again

  const template = document.querySelector(".copying");
  const status = document.querySelector(".copied");

  /** Put a text on the clipboard; tell whether the browser allowed it. */
  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copiedByCommand(text); // there is no clipboard, or no access to it
    }
  }

  /** Put a text on the clipboard as was done before there was an interface to it: the
      browsers inside of some apps know no other way. */
  function copiedByCommand(text) {
    const copy = (event) => {
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
    };
    document.addEventListener("copy", copy);
    const isCopied = document.execCommand("copy");
    document.removeEventListener("copy", copy);
    return isCopied;
  }

  async function press(button, text, place) {
    const labels = button.dataset;
    const isCopied = await copied(text);
    if (!isCopied) getSelection().selectAllChildren(place);
    say(button, isCopied ? labels.copied : labels.selected, labels.press);
  }

  /** Say on a button for a while what came of a press, in place of its own label. */
  function say(button, answer, label) {
    button.textContent = answer;
    status.textContent = answer;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, SHOWN_FOR);
  }

  /** Say on another button, or on a part of one, that a text is copied. */
  function sayCopied(button, label) {
    say(button, template.content.firstElementChild.dataset.copied, label);
  }

  /** A button that copies a text, or else selects it on the page. */
  function copyButton(text, place) {
    const button = template.content.firstElementChild.cloneNode(true);
    button.addEventListener("click", () => press(button, text, place));
    return button;
  }

  for (const block of document.querySelectorAll(".to-paste, .paste")) {
    const code = block.querySelector("pre > code");
    block.prepend(copyButton(code.textContent.trimEnd(), code));
  }
  for (const mend of document.querySelectorAll(".change > .correct > dd")) {
    const lines = [...mend.children].map((line) => line.textContent);
    mend.append(copyButton(lines.join("\n"), mend));
  }

  // For what is found, or asked for, later.
  Object.assign(globalThis.gradvizPage, { copied, copyButton, sayCopied });
}
