/* Enlarging: the figure of a picture, as large as the screen allows. Without this
   script, the link of a picture opens its file. */
"use strict";

{
  const { opensElsewhere } = globalThis.gradvizPage;
  const dialog = document.querySelector(".enlarged");
  const button = dialog.querySelector("button");
  let opener;

  function enlarge(link) {
    const figure = link.parentElement.cloneNode(true);
    figure.querySelector("a").replaceWith(figure.querySelector("img"));
    figure.prepend(button); // it scrolls by the arrow keys, as the focus is inside
    dialog.replaceChildren(figure);
    opener = link;
    dialog.showModal();
    figure.scrollLeft = (figure.scrollWidth - figure.clientWidth) / 2; // on a phone, its middle
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
