/* A script to paste on the first page: its reader is loaded with the first one, and
   answers from then on. Without JavaScript the field is not shown. */
"use strict";

{
  const { loadScripts } = globalThis.gradvizPage;
  const { LONGEST, pastedText, takeFiles } = globalThis.gradvizPage.wholeTexts;

  const READING_PAUSE = 150; // ms of quiet before a script that is typed is read again

  function startAsking(section) {
    const answered = document.querySelector(".answered");
    const field = section.querySelector("textarea");
    const file = section.querySelector("[type=file]");
    const status = section.querySelector("[role=status]");
    let answer = null; // once it is loaded
    let waiting = null; // the text to answer then
    let received = ""; // the text that was last pasted, or came in a file
    let reading; // the timer of a text that is typed

    function take(text) {
      if (answer) {
        answer.take(text, received);
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
      answer.take(waiting, received);
    }

    /** Answer a text that came at once, from elsewhere. */
    function takeWhole(text) {
      received = text;
      take(text);
    }

    /** Answer as to the longest text: that it is too long. */
    function refuse() {
      take("#".repeat(LONGEST));
    }

    field.addEventListener("paste", (event) => {
      received = pastedText(event);
      if (received.length <= LONGEST) return; // the browser inserts it
      event.preventDefault();
      take(received);
    });
    field.addEventListener("input", ({ inputType }) => {
      clearTimeout(reading);
      const pause = inputType === "insertFromPaste" ? 0 : READING_PAUSE;
      reading = setTimeout(() => take(field.value), pause);
    });
    takeFiles(file, takeWhole, refuse);
    addEventListener("pageshow", () => {
      if (field.value) take(field.value); // restored by the browser
    });
  }

  // A site without the page that checks scripts has no such field.
  const asking = document.querySelector(".asking");
  if (asking) startAsking(asking);
}
