/* Room: the plot stays in place while a reader types, because the text above it gives up
   no room. It does once something else is chosen, or the width of the page changes. */
"use strict";

{
  /** Keep the room of the parts above while a field has the focus. The function that is
      returned gives it back. */
  function holdRoom(partsAbove, field) {
    const holder = new ResizeObserver(() => {
      if (document.activeElement === field) hold();
    });

    function hold() {
      for (const part of partsAbove) {
        const { height } = part.getBoundingClientRect();
        part.style.minBlockSize = `${height}px`;
      }
    }

    function giveBack() {
      for (const part of partsAbove) part.style.minBlockSize = "";
    }

    for (const part of partsAbove) holder.observe(part);
    field.addEventListener("focus", hold);
    addEventListener("resize", giveBack);
    return giveBack;
  }

  globalThis.gradviz.holdRoom = holdRoom;
}
