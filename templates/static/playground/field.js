/* The field: where an expression is typed, or a script pasted. It grows, restores text
   that a button has replaced, and keeps a script across a reload. */
"use strict";

{
  const MOST_ROWS = 14; // as many as the style sheet shows for a script

  // The content policy of the page wants to know who makes HTML. This is only text.
  const escaping = {
    createHTML: (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;"),
  };
  const html = globalThis.trustedTypes?.createPolicy("text", escaping) ?? escaping;

  class Field {
    /** `key` names the storage of this page. */
    constructor(element, key) {
      this.element = element;
      this.key = key;
      this.growsByStyle = CSS.supports("field-sizing", "content");
      this.lineEnd = "\n"; // of the text from elsewhere; the field itself uses this one
      this.before = null; // the text that was last replaced
      this.after = null; // and its replacement
      this.isReplacing = false;
      this.line = 1; // the one to show of a text that came as a whole
      this.isAsReceived = false; // whether all of the text came at once, from elsewhere
    }

    get text() {
      return this.element.value;
    }

    /** Show another text. Text that would otherwise be lost can be restored. */
    show(text, isLost = false) {
      if (isLost) this.remember(text);
      if (text !== this.text) {
        this.element.value = text;
        this.showLine(1);
      }
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
      this.element.blur(); // so that the focus brings the selection into view
      this.element.setSelectionRange(start, start + lines[number - 1].length);
      this.element.focus();
    }

    /** Remember the line ending of a text that was pasted, or came in a file, and show
        its beginning if nothing else is in the field. A single word has no line ending
        and changes nothing. */
    receive(text) {
      const [lineEnd] = /\r?\n/.exec(text) ?? [this.lineEnd];
      this.lineEnd = lineEnd;
      this.isAsReceived = text.replaceAll("\r\n", "\n") === this.text;
      if (this.isAsReceived) this.showLine(this.line);
    }

    /** Scroll the field to a line, not the page. After a paste, the browser scrolls to the
        cursor, at the end, before it draws. */
    showLine(number) {
      this.line = number;
      this.scrollToLine();
      requestAnimationFrame(() => this.scrollToLine());
    }

    scrollToLine() {
      const { element, line } = this;
      const height = parseFloat(getComputedStyle(element).lineHeight);
      const linesInSight = Math.floor(element.clientHeight / height);
      const linesAbove = line - 1 - Math.floor((linesInSight - 1) / 2);
      element.scrollTop = linesAbove * height; // no line is cut
    }

    /** A text as it leaves the page: with the line endings it came with. */
    withOwnLineEnds(text) {
      return text.replaceAll("\n", this.lineEnd);
    }

    /* Replacing: as if the text were typed, so that the browser can undo it, too. If
       the pressed button keeps the focus, a phone shows no keyboard. */

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

    /** Whether the browser has taken the text as typed. Chromium types lines one after
        the other, with an event for each, which takes seconds for a script: HTML is
        inserted at once. */
    typeOver(text) {
      if (!text) return this.command("delete", "", text);
      const isOfLines = text.includes("\n");
      if (isOfLines && this.command("insertHTML", html.createHTML(text), text))
        return true;
      return this.command("insertText", text, text);
    }

    /** Whether a command of the browser's own editor puts a text in place of the other. */
    command(name, value, text) {
      this.element.focus({ preventScroll: true });
      this.element.select();
      return document.execCommand(name, false, value) && this.text === text;
    }

    get canUndo() {
      return this.before !== null && this.text === this.after;
    }

    undo() {
      this.replace(this.before, true);
      this.before = null;
    }

    /* Keeping a script across a reload: if the browser refuses its storage, the script
       lasts as long as the page. */

    /** The stored text, if any. This also restores its line endings. */
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
        // There is nothing to forget.
      }
    }
  }

  globalThis.gradviz.Field = Field;
}
