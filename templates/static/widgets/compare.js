/* Comparing the two pictures of a function: the controls hold the state; the address
   repeats it. Without this script, both pairs are shown, one below the other. */
"use strict";

{
  const { storeAddress, PictureCover } = globalThis.gradvizPage;
  const PAUSE = 400; // ms of quiet before the address follows: browsers count how often it changes

  const comparer = document.querySelector(".comparer");
  const radios = [...comparer.querySelectorAll("[type=radio]")];
  const range = comparer.querySelector("[type=range]");
  const share = comparer.querySelector(".share");
  const status = comparer.querySelector("[role=status]");
  const button = comparer.querySelector(".switch button");
  const cover = new PictureCover(comparer, () => [
    pair().querySelector(".pair"),
    chosen("scale").value,
  ]);
  let storing;

  function radioOf(name, value) {
    return radios.find((radio) => radio.name === name && radio.value === value);
  }

  function chosen(name) {
    return radios.find((radio) => radio.name === name && radio.checked);
  }

  function pair() {
    return comparer.querySelector(`[data-scale=${chosen("scale").value}]`);
  }

  /** Whether its pictures stand one above the other, as on a phone. */
  function isStacked() {
    const [first, second] = pair().querySelectorAll(".picture");
    return first.offsetLeft === second.offsetLeft;
  }

  /** Make room on a phone: one picture at a time, with the choices below it. */
  function makeRoom() {
    check([radioOf("view", "press")]);
    comparer.append(...comparer.querySelectorAll(".choice"));
  }

  function show() {
    const view = chosen("view");
    if (view.value === "side") delete comparer.dataset.view;
    else comparer.dataset.view = view.value;
    comparer.dataset.chosenScale = chosen("scale").value;
    comparer.style.setProperty("--share", `${range.value}%`);
    share.hidden = !view.dataset.range;
    share.querySelector("span").textContent = view.dataset.range ?? "";
    const pictures = pair().querySelector(".pictures");
    const isThere = share.parentElement === pictures; // and may be in mid-drag
    if (!share.hidden && !isThere) pictures.append(share);
  }

  function announce() {
    const images = [...pair().querySelectorAll("img")];
    const visible = images.filter((image) => image.checkVisibility());
    const alts = visible.map((image) => image.alt);
    status.textContent = alts.join(" ");
  }

  function store() {
    const state = [chosen("view").value, chosen("scale").value, range.value];
    storeAddress(`#compare=${state}`);
  }

  function change(event) {
    show();
    // Hearing both alt texts again at each step of the slider would be too much.
    if (event.target !== range) announce();
    clearTimeout(storing);
    storing = setTimeout(store, PAUSE);
  }

  /** Show the picture of the other call, with its arrows in motion. */
  function pressTransposes() {
    const isTransposed = comparer.dataset.transposed === "false";
    comparer.dataset.transposed = isTransposed;
    button.ariaPressed = isTransposed;
    const role = isTransposed ? "correct" : "buggy";
    const image = pair().querySelector(`.${role} img`);
    image.loading = "eager";
    cover.turn(image, chosen("scale").value, isTransposed);
    status.textContent = image.alt;
  }

  /** Check the radios; do nothing and return false unless all of them exist. */
  function check(asked) {
    if (asked.includes(undefined)) return false;
    for (const radio of asked) radio.checked = true;
    return true;
  }

  /** Follow an address such as #compare=swipe,same,50; false for any other. */
  function followState() {
    const match = /^#compare=(\w+),(\w+),(\d\d?|100)$/.exec(location.hash);
    if (!match) return false;
    const [, view, scale, percent] = match;
    if (!check([radioOf("view", view), radioOf("scale", scale)])) return false;
    range.value = percent;
    show();
    return true;
  }

  /** Show the pair that holds this element of the page; false if none does. */
  function followPlace(place) {
    const scale = place.closest("[data-scale]")?.dataset.scale;
    if (!check([radioOf("scale", scale)])) return false;
    show();
    place.scrollIntoView(); // it was not laid out when the browser looked for it
    return true;
  }

  /** Do what the address asks for; false if it asks for nothing here. */
  function follow() {
    clearTimeout(storing);
    const place = document.getElementById(location.hash.slice(1));
    return place ? followPlace(place) : followState();
  }

  comparer.addEventListener("input", change);
  button.addEventListener("click", pressTransposes);
  addEventListener("hashchange", () => {
    if (follow()) announce();
  });
  addEventListener("pageshow", show); // after Back, a browser may restore older choices
  if (isStacked()) makeRoom();
  if (!follow()) show();
}
