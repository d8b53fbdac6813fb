/* Comparing the two pictures of a function, letting the arrows of one become those of the other,
   and enlarging any picture. Without it both pairs stand one below the other, and the link of a
   picture opens its file. */
"use strict";

{
  const { storeAddress } = globalThis.gradvizPage;
  const PAUSE = 400; // ms of quiet before the address follows: browsers count how often it changes

  /* Scripts that are loaded later: each once, and in their order */

  const loading = new Map(); // by their addresses

  function loadScripts({ content }) {
    return Promise.all([...content.children].map(loadScript));
  }

  function loadScript(inTemplate) {
    const script = document.importNode(inTemplate, true);
    const { src } = script;
    if (!loading.has(src)) {
      const loaded = new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = reject;
      });
      loading.set(src, loaded);
      script.async = false; // one after the other
      document.head.append(script);
    }
    return loading.get(src);
  }

  /* The arrows come back: over a picture they move from those of one call to those of the other.
     What computes them is loaded once somebody is near; before that, nothing moves. */

  class PictureCover {
    /** `root` holds the pictures, and the templates of _turning.html. */
    constructor(root) {
      const part = (name) => root.querySelector(`[data-part=${name}]`);
      this.scripts = part("turning");
      this.svg = document.importNode(part("window").content, true).firstElementChild;
      this.ring = this.svg.querySelector(".here");
      this.fields = new Map(); // by function and scale, once they are computed
      for (const kind of ["pointerover", "focusin", "touchstart"]) {
        const options = { once: true, passive: true };
        root.addEventListener(kind, () => this.load(), options);
      }
    }

    load() {
      loadScripts(this.scripts).catch(() => {}); // then pictures change at once
    }

    get isLoaded() {
      return Boolean(globalThis.gradviz?.turn);
    }

    get isTurning() {
      return "turning" in this.svg.dataset;
    }

    /** The arrows of both calls in the frame of a picture. */
    fieldsOf(image, scale) {
      const { gradviz } = globalThis;
      const { function: name, spelling, grid } = image.closest(".pair").dataset;
      const key = `${name} ${scale}`;
      if (!this.fields.has(key)) {
        const [start, stop, step] = grid.split(" ").map(Number);
        const f = gradviz.parse(spelling);
        this.fields.set(key, gradviz.fieldsOf(f, { start, stop, step }, scale));
      }
      return this.fields.get(key);
    }

    /** Let the arrows of a picture that is seen now come out of those of the other call. */
    turn(image, scale, isTransposed) {
      if (!this.isLoaded) return;
      const { quiver, turn } = globalThis.gradviz;
      const { frame, rows, columns } = this.fieldsOf(image, scale);
      const [from, to] = isTransposed ? [columns, rows] : [rows, columns];
      const { dataset } = this.svg;
      quiver.drawAxes(this.svg, frame);
      this.hideRing();
      image.after(this.svg);
      dataset.turning = "";
      turn(this.svg, frame, from, to, () => delete dataset.turning);
    }

    /** The point that is drawn nearest to a place on the screen, with a ring around it; null
        while that is not known. */
    pointAt(image, scale, clientX, clientY) {
      if (!this.isLoaded || this.isTurning) return null;
      const { frame, points } = this.fieldsOf(image, scale);
      globalThis.gradviz.quiver.drawAxes(this.svg, frame);
      image.after(this.svg);
      const onScreen = new DOMPoint(clientX, clientY);
      const { x, y } = onScreen.matrixTransform(this.svg.getScreenCTM().inverse());
      const k = frame.nearest(x, y);
      const point = points.map((values) => values[k]);
      this.ring.setAttribute("transform", `translate(${frame.at(point)})`);
      this.ring.setAttribute("visibility", "visible");
      return point;
    }

    hideRing() {
      this.ring.setAttribute("visibility", "hidden");
    }
  }

  Object.assign(globalThis.gradvizPage, { loadScripts, PictureCover });

  /* Comparing: the controls hold the state, the address repeats it */

  function startComparer(comparer) {
    const radios = [...comparer.querySelectorAll("[type=radio]")];
    const range = comparer.querySelector("[type=range]");
    const share = comparer.querySelector(".share");
    const status = comparer.querySelector("[role=status]");
    const button = comparer.querySelector(".switch button");
    const cover = new PictureCover(comparer);
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

    function show() {
      const view = chosen("view");
      if (view.value === "side") delete comparer.dataset.view;
      else comparer.dataset.view = view.value;
      comparer.dataset.chosenScale = chosen("scale").value;
      comparer.style.setProperty("--share", `${range.value}%`);
      share.hidden = !view.dataset.range;
      share.querySelector("span").textContent = view.dataset.range ?? "";
      const pictures = pair().querySelector(".pictures");
      const isThere = share.parentElement === pictures; // and is perhaps being dragged
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
      // To hear both alt texts again at each step of the slider would be too much.
      if (event.target !== range) announce();
      clearTimeout(storing);
      storing = setTimeout(store, PAUSE);
    }

    /** Show the picture of the other call, with its arrows on their way. */
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

    /** Check the radios; false, and nothing is done, unless all of them are there. */
    function check(asked) {
      if (asked.includes(undefined)) return false;
      for (const radio of asked) radio.checked = true;
      return true;
    }

    /** Follow an address such as #compare=swipe,same,50; false if it is none. */
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
      const isModified =
        event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      if (!link || isModified) return; // the browser follows the link
      event.preventDefault();
      enlarge(link);
    });
    button.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      const isBesidePicture = event.target === dialog;
      if (isBesidePicture) dialog.close();
    });
    // WebKit does not focus a link that is clicked, so it would not know where to return to.
    dialog.addEventListener("close", () => opener.focus({ preventScroll: true }));
  }

  const comparer = document.querySelector(".comparer");
  if (comparer) startComparer(comparer);
  startEnlarging(document.querySelector(".enlarged"));
}
