/* The opening of the home page: one function at a time, on a narrow screen one layout, too. Without
   it the first pair is seen. */
"use strict";

{
  const opening = document.querySelector(".opening");
  const pairs = [...opening.querySelectorAll(".pair")];
  const choices = [...opening.querySelectorAll("input")];
  const button = opening.querySelector("button");
  const status = opening.querySelector("[role=status]");
  let state = { name: choices[0].value, transposed: false };

  function addressState() {
    const [, name, transposed] = /^#show=(\w+)(\.T)?$/.exec(location.hash) ?? [];
    const known = choices.some((choice) => choice.value === name);
    return known ? { name, transposed: Boolean(transposed) } : {};
  }

  function showChoice() {
    const choice = choices.find((choice) => choice.value === state.name);
    const [label, row] = [choice.parentElement, choice.parentElement.parentElement];
    choice.checked = true;
    row.scrollLeft = label.offsetLeft - (row.clientWidth - label.offsetWidth) / 2;
  }

  function showPictures() {
    for (const pair of pairs) {
      pair.hidden = pair.dataset.function !== state.name;
      if (pair.hidden) continue;
      // The picture behind the switch is not seen yet, and must not be waited for.
      for (const image of pair.querySelectorAll("img")) image.loading = "eager";
    }
  }

  function show(change) {
    state = { ...state, ...change };
    button.setAttribute("aria-pressed", state.transposed);
    showChoice();
    showPictures();
  }

  function choose(change) {
    show(change);
    const images = [...opening.querySelectorAll("img")].filter(
      (image) => image.offsetParent,
    );
    status.textContent = images.map((image) => image.alt).join(" ");
    storeAddress(`#show=${state.name}${state.transposed ? ".T" : ""}`);
  }

  for (const choice of choices) {
    choice.addEventListener("change", () => choose({ name: choice.value }));
  }
  button.addEventListener("click", () => choose({ transposed: !state.transposed }));
  addEventListener("hashchange", () => {
    const change = addressState();
    if (change.name) choose(change); // else it is another place of this page
  });
  addEventListener("pageshow", () => show({})); // after Back, Chromium restores an older choice
  show(addressState());
}
