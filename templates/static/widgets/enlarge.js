/* Enlarging: the figure of a picture, as large as the screen allows. On a phone it is
   first as wide as the screen, and another tap makes it larger than that. Without this
   script, the link of a picture opens its file. */
"use strict";

{
  const { opensElsewhere } = globalThis.gradvizPage;
  const dialog = document.querySelector(".enlarged");
  const button = dialog.querySelector("button");
  let opener;

  function enlarge(link) {
    const figure = link.parentElement.cloneNode(true);
    const frame = figure.querySelector("a");
    frame.replaceChildren(figure.querySelector("img"));
    frame.removeAttribute("href");
    frame.addEventListener("click", () => resize(figure));
    figure.prepend(button); // it scrolls by the arrow keys, as the focus is inside
    dialog.replaceChildren(figure);
    opener = link;
    dialog.showModal();
  }

  /** On a phone, make a figure wider than the screen, or again as wide. */
  function resize(figure) {
    figure.classList.toggle("large");
    figure.scrollLeft = (figure.scrollWidth - figure.clientWidth) / 2; // its middle
  }

  addEventListener("click", (event) => {
    const link = event.target.closest('.picture > a[href$=".svg"]');
    if (!link || opensElsewhere(event)) return; // the browser follows the link
    event.preventDefault();
    enlarge(link);
  });
  button.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    const isBesidePicture = event.target === dialog;
    if (isBesidePicture) dialog.close();
  });
  // WebKit does not focus a clicked link, so it would not know where to return.
  dialog.addEventListener("close", () => opener.focus({ preventScroll: true }));
}
