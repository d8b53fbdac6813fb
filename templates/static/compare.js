/* Comparing the two pictures of a function, and enlarging any picture. Without it both pairs stand
   one below the other, and the link of a picture opens its file. */
"use strict";

{
  const PAUSE = 400; // ms of quiet before the address follows: browsers count how often it changes

  /* Comparing: the controls hold the state, the address repeats it */

  function startComparer(comparer) {
    const radios = [...comparer.querySelectorAll("[type=radio]")];
    const range = comparer.querySelector("[type=range]");
    const [share, note] = comparer.querySelectorAll(".share, .note");
    const status = comparer.querySelector("[role=status]");
    let writing;

    const find = (name, value) =>
      radios.find((radio) => radio.name === name && radio.value === value);
    const chosen = (name) =>
      radios.find((radio) => radio.name === name && radio.checked);
    const pair = () => comparer.querySelector(`[data-scale=${chosen("scale").value}]`);

    function show() {
      const view = chosen("view");
      if (view.value === "side") delete comparer.dataset.view;
      else comparer.dataset.view = view.value;
      comparer.style.setProperty("--share", `${range.value}%`);
      comparer.dataset.front = range.value < 40 ? "correct" : "buggy";
      share.hidden = !view.dataset.range;
      share.querySelector("span").textContent = view.dataset.range ?? "";
      note.textContent = pair().dataset[view.value] ?? "";
      note.hidden = !note.textContent;
    }

    function tell() {
      const alts = [...pair().querySelectorAll("img")].map((image) => image.alt);
      status.textContent = [note.textContent, ...alts].join(" ").trim();
    }

    function store() {
      storeAddress(
        `#compare=${[chosen("view").value, chosen("scale").value, range.value]}`,
      );
    }

    function choose({ target }) {
      show();
      if (target !== range) tell();
      clearTimeout(writing);
      writing = setTimeout(store, PAUSE);
    }

    /** Set the controls as the address asks, and tell whether it asks for anything here. */
    function follow() {
      clearTimeout(writing);
      const [, view, scale, part] =
        /^#compare=(\w+),(\w+),(\d\d?|100)$/.exec(location.hash) ?? [];
      const place = document.getElementById(location.hash.slice(1));
      const asked = place
        ? [find("scale", place.closest("[data-scale]")?.dataset.scale)]
        : [find("view", view), find("scale", scale)];
      if (!asked.every(Boolean)) return false; // another place, or no state that is known
      for (const radio of asked) radio.checked = true;
      range.value = part ?? range.value;
      show();
      place?.scrollIntoView(); // it was not laid out when the browser looked for it
      return true;
    }

    comparer.addEventListener("input", choose);
    addEventListener("hashchange", () => follow() && tell());
    addEventListener("pageshow", show); // after Back, a browser may restore older choices
    if (!follow()) show();
  }

  /* Enlarging: the figure of the page, as large as the screen allows */

  function startEnlarging(dialog) {
    const button = dialog.querySelector("button");
    let opener;

    function enlarge(link) {
      const figure = link.parentElement.cloneNode(true);
      figure.querySelector("a").replaceWith(figure.querySelector("img"));
      figure.prepend(button); // what scrolls holds what is focused, so the arrow keys move it
      dialog.replaceChildren(figure);
      opener = link;
      dialog.showModal();
    }

    addEventListener("click", (event) => {
      const link = event.target.closest('.picture > a[href$=".svg"]');
      const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      if (!link || modified) return; // the browser follows the link
      event.preventDefault();
      enlarge(link);
    });
    button.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close(); // beside the picture
    });
    // WebKit does not focus a link that is clicked, so it would not know where to return to.
    dialog.addEventListener("close", () => opener.focus({ preventScroll: true }));
  }

  const comparer = document.querySelector(".comparer");
  if (comparer) startComparer(comparer);
  startEnlarging(document.querySelector(".enlarged"));
}
