/* The home page: a script to paste, and one picture at a time. What is chosen
   stays chosen in the links further down. Without it both pictures of the first function are
   seen, and each small plot leads to its symptom. */
"use strict";

{
  const { storeAddress, loadScripts, PictureCover } = globalThis.gradvizPage;

  /* A script to paste: what reads it is loaded then, and answers from there on */

  const READING_PAUSE = 150; // ms of quiet before a script that is typed is read again
  const MOST_PASTED = 300_000; // characters: a browser takes seconds to lay out more
  const LARGEST_FILE = 50_000_000; // bytes

  function startAsking(section, answered) {
    const field = section.querySelector("textarea");
    const file = section.querySelector("[type=file]");
    const status = section.querySelector("[role=status]");
    let answer = null; // once it is loaded
    let waiting = null; // the text that is to be answered then
    let reading; // the timer of a text that is typed

    function take(text) {
      if (answer) {
        answer.take(text);
        return;
      }
      if (waiting === null) load();
      waiting = text;
    }

    async function load() {
      status.textContent = section.dataset.waiting;
      try {
        await loadScripts(section.querySelector("template"));
      } catch {
        status.textContent = section.dataset.missing;
        return;
      }
      answer = new globalThis.gradviz.Answer(answered, field);
      status.textContent = "";
      answer.take(waiting);
    }

    async function open(chosen) {
      if (!chosen) return;
      take(chosen.size > LARGEST_FILE ? "#".repeat(MOST_PASTED) : await chosen.text());
    }

    field.addEventListener("paste", (event) => {
      const pasted = event.clipboardData?.getData("text/plain") ?? "";
      if (pasted.length <= MOST_PASTED) return; // the browser puts it in
      event.preventDefault();
      take(pasted);
    });
    field.addEventListener("input", ({ inputType }) => {
      clearTimeout(reading);
      const pause = inputType === "insertFromPaste" ? 0 : READING_PAUSE;
      reading = setTimeout(() => take(field.value), pause);
    });
    file.addEventListener("change", () => {
      open(file.files[0]);
      file.value = ""; // so that the same file can be chosen again
    });
    addEventListener("dragover", (event) => {
      if (event.dataTransfer.types.includes("Files")) event.preventDefault();
    });
    addEventListener("drop", (event) => {
      const [dropped] = event.dataTransfer.files;
      if (!dropped) return; // a text, which the field takes by itself
      event.preventDefault();
      open(dropped);
    });
    addEventListener("pageshow", () => {
      if (field.value) take(field.value); // which a browser has kept
    });
  }

  /* The pictures: a function, with both .T or without */

  const opening = document.querySelector(".opening");
  const pairs = [...opening.querySelectorAll(".pair")];
  const sentences = [...opening.querySelectorAll(".look")];
  const choices = [...opening.querySelectorAll(".plots a")];
  const button = opening.querySelector(".shown > .switch button");
  const status = opening.querySelector(".shown > [role=status]");
  const followers = document.querySelectorAll("[data-follows]");
  let state = { name: choices[0].dataset.function, transposed: false };

  function choiceOf(name) {
    return choices.find((choice) => choice.dataset.function === name);
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
    for (const sentence of sentences) {
      sentence.hidden = sentence.dataset.function !== state.name;
    }
  }

  function visibleImage() {
    const pair = pairs.find((each) => !each.hidden);
    const images = [...pair.querySelectorAll("img")];
    return images.find((each) => each.checkVisibility());
  }

  /** Bring the large picture into sight, with the small ones above it: on a phone it stands
      below the first screen, and a tap would seem to do nothing. */
  function bringIntoSight() {
    if (visibleImage().getBoundingClientRect().bottom <= innerHeight) return;
    shown.querySelector(".heading").scrollIntoView();
  }

  /** Let each link that follows the choice lead to the playground of that function. */
  function showFollowers() {
    const { spelling } = pairs.find((pair) => !pair.hidden).dataset;
    for (const link of followers) {
      link.hash = `#f=${encodeURIComponent(spelling)}`;
      link.querySelector("code").textContent = spelling;
    }
  }

  function show(change) {
    state = { ...state, ...change };
    for (const choice of choices) {
      choice.ariaCurrent = choice.dataset.function === state.name;
    }
    button.setAttribute("aria-pressed", state.transposed);
    opening.dataset.transposed = state.transposed;
    showPictures();
    showFollowers();
  }

  /* The arrows come back: over the picture they move from those of one call to those of the
     other. What computes them is loaded once somebody is near; before that, nothing moves. */

  const shown = opening.querySelector(".shown");
  const cover = new PictureCover(shown);
  const handed = opening.querySelector(".handed [data-part=here]");

  function turnArrows() {
    cover.turn(visibleImage(), "autoscale", state.transposed);
  }

  /** Show the numbers that f got for the arrow that is touched or pointed at. */
  function lightNumbers({ target, clientX, clientY }) {
    const image = target.closest(".picture > a")?.querySelector("img");
    const point = image && cover.pointAt(image, "autoscale", clientX, clientY);
    if (!point) return;
    for (const [axis, value] of point.entries()) {
      handed.children[axis].textContent = `${value}`.replace("-", "\u2212");
    }
    shown.dataset.lit = "";
  }

  function unlightNumbers() {
    delete shown.dataset.lit;
    cover.hideRing();
  }

  shown.addEventListener("pointermove", lightNumbers);
  shown.addEventListener("pointerdown", lightNumbers);
  for (const pair of pairs) pair.addEventListener("pointerleave", unlightNumbers);

  function announce() {
    const images = [...opening.querySelectorAll(".picture img")];
    const visible = images.filter((image) => image.offsetParent);
    status.textContent = visible.map((image) => image.alt).join(" ");
  }

  function choose(change) {
    show(change);
    announce();
    storeAddress(`#show=${state.name}${state.transposed ? ".T" : ""}`);
  }

  for (const choice of choices) {
    const { function: name } = choice.dataset;
    choice.setAttribute("href", `#show=${name}`); // here it is a place of this page
    choice.addEventListener("click", (event) => {
      const isModified =
        event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      if (isModified) return; // the browser follows the link
      event.preventDefault();
      choose({ name, transposed: false });
      bringIntoSight();
    });
  }
  button.addEventListener("click", () => {
    choose({ transposed: !state.transposed });
    turnArrows();
  });
  addEventListener("hashchange", () => {
    const change = addressState();
    if (change.name) choose(change);
  });
  addEventListener("pageshow", () => show({})); // after Back, Chromium restores an older choice
  show(addressState());

  const asking = document.querySelector(".asking");
  if (asking) startAsking(asking, document.querySelector(".answered"));
}
