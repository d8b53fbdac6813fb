/* The pictures of the home page: one function at a time, with both .T or without. The
   choice carries over to the links further down. At first the first function is shown,
   and none is marked: nobody has said yet which plot is theirs. Without this script,
   both pictures of the first function are shown, and each small plot leads to its
   symptom. */
"use strict";

{
  const { storeAddress, opensElsewhere, PictureCover } = globalThis.gradvizPage;

  // Of every picture here: that of the book's script.
  const SCALE = "autoscale";

  const opening = document.querySelector(".opening");
  const gallery = opening.querySelector(".shown");
  const pairs = [...opening.querySelectorAll(".pair")];
  const sentences = [...opening.querySelectorAll(".look")];
  const choices = [...opening.querySelectorAll(".plots a")];
  const button = gallery.querySelector(":scope > .switch button");
  // What the lines to paste replace, above them; null where the site offers none.
  const lines = opening.querySelector(".paste > p");
  const status = gallery.querySelector(":scope > [role=status]");
  const followers = document.querySelectorAll("[data-follows]");
  let state = {
    name: choices[0].dataset.function,
    transposed: false,
    isChosen: false,
  };

  function choiceOf(name) {
    return choices.find((choice) => choice.dataset.function === name);
  }

  /** The state that the address asks for; nothing if it is another place of this page. */
  function addressState() {
    const match = /^#show=(\w+)(\.T)?$/.exec(location.hash);
    if (!match) return {};
    const [, name, transposed] = match;
    if (!choiceOf(name)) return {};
    return { name, transposed: Boolean(transposed), isChosen: true };
  }

  function showPictures() {
    for (const pair of pairs) {
      pair.hidden = pair.dataset.function !== state.name;
      if (pair.hidden) continue;
      // The picture that the switch hides is not needed yet, and must not be waited
      // for.
      for (const image of pair.querySelectorAll("img")) image.loading = "eager";
    }
  }

  /** Show the sentence of the plot that is chosen, or else ask for a choice. */
  function showSentence() {
    const shown = state.isChosen ? state.name : "";
    for (const sentence of sentences) {
      sentence.hidden = sentence.dataset.function !== shown;
    }
  }

  function pairInSight() {
    return pairs.find((pair) => !pair.hidden);
  }

  function imageInSight() {
    const images = [...pairInSight().querySelectorAll("img")];
    return images.find((image) => image.checkVisibility());
  }

  /** Bring what begins with one element and ends with another into view, no farther than
      it takes. Of what is higher than the screen, the end stays below it. */
  function bringIntoSight(first, last = first) {
    const { top } = first.getBoundingClientRect();
    const beyond = last.getBoundingClientRect().bottom - innerHeight;
    globalThis.scrollBy({ top: Math.min(top, Math.max(beyond, 0)) });
  }

  /** Bring the plot that a control has changed into view. The lines to paste stay on the
      screen if most of the picture fits below them, and else the control. */
  function bringPlotIntoSight(control) {
    const picture = imageInSight().parentElement;
    const top = lines?.getBoundingClientRect().top ?? 0;
    const room = innerHeight - (button.getBoundingClientRect().bottom - top);
    const isRoomy = lines !== null && room > (2 / 3) * picture.offsetHeight;
    bringIntoSight(isRoomy ? lines : control, picture);
  }

  /** The field or the button of the section that a link leads to, if it has one. */
  function controlBehind(link) {
    const target = document.getElementById(link.hash.slice(1));
    const section = target?.closest("section");
    return section?.querySelector("textarea") ?? section?.querySelector("button");
  }

  /** Bring a control into view with its section, and give it the focus. */
  function bringToHand(control) {
    bringIntoSight(control.closest("section"));
    control.focus({ preventScroll: true });
  }

  /** Point each link that follows the choice to the playground of that function. */
  function showFollowers() {
    const { spelling } = pairInSight().dataset;
    for (const link of followers) {
      link.hash = `#f=${encodeURIComponent(spelling)}`;
      link.querySelector("code").textContent = spelling;
    }
  }

  function show(change) {
    state = { ...state, ...change };
    for (const choice of choices) {
      choice.ariaCurrent = state.isChosen && choice.dataset.function === state.name;
    }
    button.setAttribute("aria-pressed", state.transposed);
    opening.dataset.transposed = state.transposed;
    showPictures();
    showSentence();
    showFollowers();
  }

  /* The arrows come back: over the picture, the arrows of one call move into those of
     the other. The scripts for this are loaded once somebody is near; until then,
     nothing moves. */

  const cover = new PictureCover(gallery, () => [pairInSight(), SCALE]);
  const handed = opening.querySelector(".handed [data-part=here]");

  function turnArrows() {
    cover.turn(imageInSight(), SCALE, state.transposed);
  }

  /** Show the numbers that f received for the arrow touched or pointed at. */
  function lightNumbers({ target, clientX, clientY }) {
    const image = target.closest(".picture > a")?.querySelector("img");
    const point = image && cover.pointAt(image, SCALE, clientX, clientY);
    if (!point) return;
    for (const [axis, value] of point.entries()) {
      const text = `${value}`.replace("-", "\u2212");
      const cell = handed.children[axis];
      if (cell.textContent !== text) cell.textContent = text; // else nothing is laid out
    }
    gallery.dataset.lit = "";
  }

  function unlightNumbers() {
    delete gallery.dataset.lit;
    cover.hideRing();
  }

  gallery.addEventListener("pointermove", lightNumbers);
  gallery.addEventListener("pointerdown", lightNumbers);
  for (const pair of pairs) pair.addEventListener("pointerleave", unlightNumbers);

  function say(change) {
    show(change);
    status.textContent = imageInSight().alt;
    if (!state.isChosen) return;
    storeAddress(`#show=${state.name}${state.transposed ? ".T" : ""}`);
  }

  function choose(change) {
    say({ ...change, isChosen: true });
  }

  for (const choice of choices) {
    const { function: name } = choice.dataset;
    choice.setAttribute("href", `#show=${name}`); // here it is a place on this page
    choice.addEventListener("click", (event) => {
      if (opensElsewhere(event)) return; // the browser follows the link
      event.preventDefault();
      choose({ name, transposed: false });
      bringPlotIntoSight(choice);
    });
  }
  button.addEventListener("click", () => {
    say({ transposed: !state.transposed }); // which chooses no plot
    bringPlotIntoSight(button);
    turnArrows();
  });
  for (const link of opening.querySelectorAll("p [href^='#']")) {
    link.addEventListener("click", (event) => {
      const control = controlBehind(link);
      if (!control || opensElsewhere(event)) return; // the browser follows the link
      event.preventDefault();
      bringToHand(control);
      if (link.closest(".look")) control.click(); // which copies the lines, as it says
    });
  }
  addEventListener("hashchange", () => {
    const change = addressState();
    if (change.name) choose(change);
  });
  addEventListener("pageshow", () => show({})); // after Back, Chromium restores an older choice
  show(addressState());
}
