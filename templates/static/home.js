/* The opening of the home page: one function at a time, and on a narrow screen one layout.
   Without it the first pair is seen. */
"use strict";

{
  const { storeAddress } = globalThis.gradvizPage;
  const opening = document.querySelector(".opening");
  const pairs = [...opening.querySelectorAll(".pair")];
  const choices = [...opening.querySelectorAll("input")];
  const stage = opening.querySelector(".stage");
  const button = opening.querySelector("button");
  const status = opening.querySelector("[role=status]");
  let state = { name: choices[0].value, transposed: false };

  function choiceOf(name) {
    return choices.find((choice) => choice.value === name);
  }

  /** The state that the address asks for; nothing if it is another place of this page. */
  function addressState() {
    const match = /^#show=(\w+)(\.T)?$/.exec(location.hash);
    if (!match) return {};
    const [, name, transposed] = match;
    if (!choiceOf(name)) return {};
    return { name, transposed: Boolean(transposed) };
  }

  /** Check the choice, and scroll it to the middle of its row. */
  function showChoice() {
    const choice = choiceOf(state.name);
    const label = choice.parentElement;
    const row = label.parentElement;
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
    stage.dataset.transposed = state.transposed;
    showChoice();
    showPictures();
  }

  function announce() {
    const images = [...opening.querySelectorAll("img")];
    const visible = images.filter((image) => image.offsetParent);
    status.textContent = visible.map((image) => image.alt).join(" ");
  }

  function choose(change) {
    show(change);
    announce();
    storeAddress(`#show=${state.name}${state.transposed ? ".T" : ""}`);
  }

  for (const choice of choices) {
    choice.addEventListener("change", () => choose({ name: choice.value }));
  }
  button.addEventListener("click", () => choose({ transposed: !state.transposed }));
  addEventListener("hashchange", () => {
    const change = addressState();
    if (change.name) choose(change);
  });
  addEventListener("pageshow", () => show({})); // after Back, Chromium restores an older choice
  show(addressState());
}
