/* A script to paste on the first page: its reader is loaded with the first one, and
   answers from then on. Without JavaScript the field is not shown. */
"use strict";

{
  const { loadScripts } = globalThis.gradvizPage;

  const READING_PAUSE = 150; // ms of quiet before a script that is typed is read again
  const MOST_PASTED = 300_000; // characters: a browser takes seconds to lay out more
  const LARGEST_FILE = 50_000_000; // bytes

  function startAsking(section) {
    const answered = document.querySelector(".answered");
    const field = section.querySelector("textarea");
    const file = section.querySelector("[type=file]");
    const status = section.querySelector("[role=status]");
    let answer = null; // once it is loaded
    let waiting = null; // the text to answer then
    let reading; // the timer of a text that is typed

    function take(text) {
      if (answer) {
        answer.take(text);
        return;
      }
      if (waiting === null) load();
      waiting = text;
    }

    async function load() {
      status.textContent = section.dataset.waiting;
      try {
        await loadScripts(section.querySelector("template"));
      } catch {
        status.textContent = section.dataset.missing;
        return;
      }
      answer = new globalThis.gradviz.Answer(answered, field);
      status.textContent = "";
      answer.take(waiting);
    }

    async function open(chosen) {
      if (!chosen) return;
      take(chosen.size > LARGEST_FILE ? "#".repeat(MOST_PASTED) : await chosen.text());
    }

    field.addEventListener("paste", (event) => {
      const pasted = event.clipboardData?.getData("text/plain") ?? "";
      if (pasted.length <= MOST_PASTED) return; // the browser inserts it
      event.preventDefault();
      take(pasted);
    });
    field.addEventListener("input", ({ inputType }) => {
      clearTimeout(reading);
      const pause = inputType === "insertFromPaste" ? 0 : READING_PAUSE;
      reading = setTimeout(() => take(field.value), pause);
    });
    file.addEventListener("change", () => {
      open(file.files[0]);
      file.value = ""; // so that the same file can be chosen again
    });
    addEventListener("dragover", (event) => {
      if (event.dataTransfer.types.includes("Files")) event.preventDefault();
    });
    addEventListener("drop", (event) => {
      const [dropped] = event.dataTransfer.files;
      if (!dropped) return; // dropped text goes into the field by itself
      event.preventDefault();
      open(dropped);
    });
    addEventListener("pageshow", () => {
      if (field.value) take(field.value); // restored by the browser
    });
  }

  // A site without the page that checks scripts has no such field.
  const asking = document.querySelector(".asking");
  if (asking) startAsking(asking);
}
