/* Copying: a button in the corner of each block to paste. Without it the block is selected by hand. */
"use strict";

{
  const SHOWN_FOR = 4000; // ms, until the button can be read as what it does again

  const template = document.querySelector(".copying");
  const status = document.querySelector(".copied");

  async function copy(button, code) {
    const { press, copied, selected } = button.dataset;
    let answer = copied;
    try {
      await navigator.clipboard.writeText(code.textContent.trimEnd());
    } catch {
      // The browser has no clipboard for the page, or refuses it.
      getSelection().selectAllChildren(code);
      answer = selected;
    }
    button.textContent = answer;
    status.textContent = answer;
    setTimeout(() => {
      button.textContent = press;
      status.textContent = "";
    }, SHOWN_FOR);
  }

  for (const block of document.querySelectorAll(".to-paste")) {
    const button = template.content.firstElementChild.cloneNode(true);
    const code = block.querySelector("code");
    button.addEventListener("click", () => copy(button, code));
    block.append(button);
  }
}
