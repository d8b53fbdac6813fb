/* Marks: a picture whose arrows are right has a ✓, and one with wrong arrows a ✗. */
"use strict";

{
  /** Show the mark in the label of a picture, or none for null: where it cannot be told
      whether the arrows are right. */
  function showMark(label, isRight) {
    label.querySelector(".mark.correct").hidden = isRight !== true;
    label.querySelector(".mark.buggy").hidden = isRight !== false;
  }

  globalThis.gradviz.showMark = showMark;
}
