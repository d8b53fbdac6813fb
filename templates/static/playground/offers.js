/* Offers: what a text was likely meant to be, each in a button that takes it. They are
   loaded with notation.js, which knows what is meant. */
"use strict";

{
  const { write, postpone, cancel, typed, notation } = globalThis.gradviz;

  const OFFER_PAUSE = 150; // ms of quiet before another meaning is offered

  class Offers {
    constructor({ form, parts, words }) {
      this.parts = parts;
      this.words = words;
      this.elements = [...form.querySelectorAll(".offer")];
    }

    /** Offer what is likely meant by a whole text. */
    show(text, reading, isWhole) {
      this.offer(meantBy(text, reading), isWhole);
    }

    hide() {
      this.offer([], true);
    }

    /** Make no offer that still waits for its pause. */
    cancel() {
      for (const k of this.elements.keys()) cancel(`offer ${k}`);
    }

    /** Offer these meanings; while a reader types, only after a pause: this removes
        nodes, which ends a run of typing. */
    offer(meanings, isWhole) {
      const areTwo = meanings.length > 1;
      this.parts.two.hidden = !areTwo;
      this.parts.excerpt.hidden = areTwo; // their changes are marked
      for (const [k, element] of this.elements.entries()) {
        const meaning = meanings[k];
        const isSame = meaning?.spelling === element.firstElementChild.value;
        element.hidden = !meaning || !isSame;
        if (!meaning) continue;
        const show = () => this.fill(element, meaning, areTwo);
        if (isWhole || isSame) show();
        else postpone(`offer ${k}`, show, OFFER_PAUSE);
      }
    }

    fill(element, { spelling, sum, parts: pieces }, areTwo) {
      const [button, note] = element.children;
      if (button.value !== spelling) {
        button.value = spelling;
        button.lastElementChild.replaceChildren(...pieces.map(markedPiece));
      }
      write(note, areTwo ? this.words.mends[sum] : "");
      element.hidden = false;
    }
  }

  /** What a text is likely to mean: as a formula, or as Python. */
  function meantBy(text, reading) {
    if (text.length > typed.LONGEST) return [];
    const meanings = notation.meanings(text);
    const spelling = reading?.functions[0]?.spelling;
    if (meanings.length > 0 || !spelling) return meanings;
    return [{ spelling, sum: "", parts: notation.marked(text, spelling) }];
  }

  function markedPiece({ text, isChanged }) {
    if (!isChanged) return text;
    const mark = document.createElement("mark");
    mark.append(text);
    return mark;
  }

  globalThis.gradviz.Offers = Offers;
}
