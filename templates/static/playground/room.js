/* Room: the plot stays in place while a reader types, because the text above it gives up
   no room. It does once something else is chosen, or the width of the page changes. */
"use strict";

{
  /** Keep the room of the parts above while a field has the focus. The function that is
      returned gives it back. */
  function holdRoom(partsAbove, field) {
    const holder = new ResizeObserver((entries) => {
      if (document.activeElement !== field) return;
      for (const { target, borderBoxSize } of entries) {
        const [{ blockSize }] = borderBoxSize;
        target.style.minBlockSize = `${blockSize}px`;
      }
    });

    function giveBack() {
      for (const part of partsAbove) part.style.minBlockSize = "";
    }

    for (const part of partsAbove) holder.observe(part);
    addEventListener("resize", giveBack);
    return giveBack;
  }

  globalThis.gradviz.holdRoom = holdRoom;
}
