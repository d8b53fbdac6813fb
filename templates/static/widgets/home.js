/* The home page: the lines to copy, and one picture at a time. The function that is chosen stays
   chosen in the links further down. Without it both pictures of the first function are seen. */
"use strict";

{
  const { storeAddress } = globalThis.gradvizPage;

  /* The lines to copy */

  function startCopying(section) {
    const button = section.querySelector("button");
    const code = section.querySelector("pre > code");
    const status = section.querySelector("[role=status]");

    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        status.textContent = button.dataset.copied;
      } catch {
        // The browser has no clipboard for the page, or refuses it.
        getSelection().selectAllChildren(code);
        status.textContent = button.dataset.selected;
      }
    });
  }

  /* The pictures: a function, with both .T or without */

  const opening = document.querySelector(".opening");
  const pairs = [...opening.querySelectorAll(".pair")];
  const choices = [...opening.querySelectorAll("input")];
  const button = opening.querySelector(".switch > .call > button");
  const status = opening.querySelector(".choosing [role=status]");
  const followers = document.querySelectorAll("[data-follows]");
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

  function showPictures() {
    for (const pair of pairs) {
      pair.hidden = pair.dataset.function !== state.name;
      if (pair.hidden) continue;
      // The picture behind the switch is not seen yet, and must not be waited for.
      for (const image of pair.querySelectorAll("img")) image.loading = "eager";
    }
  }

  /** Let each link that follows the choice lead to the playground of that function. */
  function showFollowers(spelling) {
    for (const link of followers) {
      link.hash = `#f=${encodeURIComponent(spelling)}`;
      link.querySelector("code").textContent = spelling;
    }
  }

  function show(change) {
    state = { ...state, ...change };
    const choice = choiceOf(state.name);
    choice.checked = true;
    button.setAttribute("aria-pressed", state.transposed);
    opening.dataset.transposed = state.transposed;
    showPictures();
    showFollowers(choice.parentElement.textContent);
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

  const paste = document.querySelector(".paste");
  if (paste) startCopying(paste);
}
