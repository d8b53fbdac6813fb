/* Whole texts: what a reader pastes, or takes from a file. A file is read here and sent
   nowhere. */
"use strict";

{
  const LONGEST = 300_000; // characters: a browser takes seconds to lay out more
  const LONGEST_SCRIPT = 30_000; // characters: to follow more may take seconds
  const LARGEST_FILE = 50_000_000; // bytes

  /** The text that is pasted, or none if it is something else. */
  function pastedText({ clipboardData }) {
    return clipboardData?.getData("text/plain") ?? "";
  }

  /** Take the text of each file that is chosen, or dropped on the page. One that is too
      large is not read, but refused. */
  function takeFiles(input, take, refuse) {
    async function open(file) {
      if (!file) return;
      if (file.size > LARGEST_FILE) refuse();
      else take(await file.text());
    }

    input.addEventListener("change", () => {
      open(input.files[0]);
      input.value = ""; // so that the same file can be chosen again
    });
    addEventListener("dragover", (event) => {
      if (event.dataTransfer.types.includes("Files")) event.preventDefault();
    });
    addEventListener("drop", (event) => {
      const [file] = event.dataTransfer.files;
      if (!file) return; // dropped text goes into the field by itself
      event.preventDefault();
      open(file);
    });
  }

  globalThis.gradvizPage.wholeTexts = {
    ...{ LONGEST, LONGEST_SCRIPT, pastedText, takeFiles },
  };
}
