/* The field: where an expression is typed, or a script pasted. It grows, gives back what a
   button has replaced, and keeps a script over a reload. */
"use strict";

{
  const MOST_ROWS = 14; // as many as the style sheet shows of a script

  class Field {
    /** `key` names the storage of this page. */
    constructor(element, key) {
      this.element = element;
      this.key = key;
      this.growsByStyle = CSS.supports("field-sizing", "content");
      this.lineEnd = "\n"; // of what was pasted; a field itself has this one
      this.before = null; // what was replaced last
      this.after = null; // and by what
      this.isReplacing = false;
      element.addEventListener("paste", (event) => this.noteLineEnd(event));
    }

    get text() {
      return this.element.value;
    }

    /** Show another text. What cannot be had again otherwise can be brought back. */
    show(text, isLost = false) {
      if (isLost) this.remember(text);
      if (text !== this.text) this.element.value = text;
      this.fit();
    }

    fit() {
      if (!this.growsByStyle)
        this.element.rows = this.text.split("\n", MOST_ROWS).length;
    }

    /** Select a line, and scroll to it. */
    select(number) {
      const lines = this.text.split("\n");
      const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
      this.element.blur(); // what is selected then comes into sight with the focus
      this.element.setSelectionRange(start, start + lines[number - 1].length);
      this.element.focus();
    }

    /** Know the line end of a text that is pasted. A word has none, and changes nothing. */
    noteLineEnd({ clipboardData }) {
      const pasted = clipboardData?.getData("text/plain") ?? "";
      const [lineEnd] = /\r?\n/.exec(pasted) ?? [this.lineEnd];
      this.lineEnd = lineEnd;
    }

    /** A text as it is to leave the page: with the line ends that it came with. */
    withOwnLineEnds(text) {
      return text.replaceAll("\n", this.lineEnd);
    }

    /* Replacing: as if it were typed, so that the browser can undo it, too. Where the button
       that was pressed keeps the focus, a phone shows no keyboard. */

    replace(text, keepsFocus) {
      const focused = document.activeElement;
      const isTyped = !(keepsFocus && matchMedia("(hover: none)").matches);
      this.remember(text);
      this.isReplacing = true;
      if (!(isTyped && this.typeOver(text))) {
        this.show(text);
        this.element.dispatchEvent(new Event("input", { bubbles: true }));
      }
      this.isReplacing = false;
      if (keepsFocus) focused.focus({ preventScroll: true });
    }

    remember(after) {
      this.before = this.text;
      this.after = after;
    }

    /** Whether the browser has taken the text as typed. */
    typeOver(text) {
      this.element.focus({ preventScroll: true });
      this.element.select();
      const command = text ? "insertText" : "delete";
      return document.execCommand(command, false, text) && this.text === text;
    }

    get canUndo() {
      return this.before !== null && this.text === this.after;
    }

    undo() {
      this.replace(this.before, true);
      this.before = null;
    }

    /* A script over a reload: where a browser refuses its storage, it lasts as long as the
       page. */

    /** The text that was stored, if there is one. Its line ends are known again, too. */
    recall() {
      try {
        const { text, lineEnd } = JSON.parse(sessionStorage[this.key]);
        this.lineEnd = lineEnd;
        return text;
      } catch {
        return null;
      }
    }

    store() {
      try {
        const { text, lineEnd } = this;
        sessionStorage[this.key] = JSON.stringify({ text, lineEnd });
      } catch {
        // The storage is refused, or full.
      }
    }

    forget() {
      try {
        delete sessionStorage[this.key];
      } catch {
        // There is nothing that could be forgotten.
      }
    }
  }

  globalThis.gradviz.Field = Field;
}
