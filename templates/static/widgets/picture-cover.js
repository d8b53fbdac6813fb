/* The arrows come back: over a picture, the arrows of one call move into those of the
   other. The scripts for this are loaded once somebody is near; until then, nothing
   moves. */
"use strict";

{
  const { loadScripts } = globalThis.gradvizPage;

  class PictureCover {
    /** `root` holds the pictures, and the templates of _turning.html; `pairInSight`
        returns the pair of pictures now shown, and its scale. */
    constructor(root, pairInSight) {
      this.pairInSight = pairInSight;
      const part = (name) => root.querySelector(`[data-part=${name}]`);
      this.scripts = part("turning");
      this.svg = document.importNode(part("window").content, true).firstElementChild;
      this.ring = this.svg.querySelector(".here");
      this.fields = new Map(); // by function and scale, once they are computed
      this.frame = null; // whose axes are drawn
      for (const kind of ["pointerover", "focusin", "touchstart"]) {
        const options = { once: true, passive: true };
        root.addEventListener(kind, () => this.load(), options);
      }
    }

    async load() {
      try {
        await loadScripts(this.scripts);
      } catch {
        return; // pictures then change at once
      }
      this.fieldsOf(...this.pairInSight()); // so that the first press need not wait for it
    }

    get isLoaded() {
      return Boolean(globalThis.gradviz?.turn);
    }

    get isTurning() {
      return "turning" in this.svg.dataset;
    }

    /** The arrows of both calls in the frame of a pair of pictures. */
    fieldsOf(pair, scale) {
      const { gradviz } = globalThis;
      const { function: name, spelling, grid } = pair.dataset;
      const key = `${name} ${scale}`;
      if (!this.fields.has(key)) {
        const [start, stop, step] = grid.split(" ").map(Number);
        const f = gradviz.parse(spelling);
        this.fields.set(key, gradviz.fieldsOf(f, { start, stop, step }, scale));
      }
      return this.fields.get(key);
    }

    /** Let the arrows of the picture now shown emerge from those of the other call. */
    turn(image, scale, isTransposed) {
      if (!this.isLoaded) return;
      const { turn } = globalThis.gradviz;
      const { frame, rows, columns } = this.fieldsOf(image.closest(".pair"), scale);
      const [from, to] = isTransposed ? [columns, rows] : [rows, columns];
      const { dataset } = this.svg;
      this.hideRing();
      this.cover(image, frame);
      dataset.turning = "";
      turn(this.svg, frame, from, to, () => delete dataset.turning);
    }

    /** Cover a picture, with its axes. A pointer that moves asks for this many times a
        second: what lies there already is not drawn again. */
    cover(image, frame) {
      const isThere = image.nextElementSibling === this.svg && frame === this.frame;
      if (isThere) return;
      this.frame = frame;
      globalThis.gradviz.quiver.drawAxes(this.svg, frame);
      image.after(this.svg);
    }

    /** The drawn point nearest to a place on the screen, with a ring around it; null
        while that is not known. */
    pointAt(image, scale, clientX, clientY) {
      if (!this.isLoaded || this.isTurning) return null;
      const { frame, points } = this.fieldsOf(image.closest(".pair"), scale);
      this.cover(image, frame);
      const { quiver } = globalThis.gradviz;
      const k = quiver.nearestOnScreen(this.svg, frame, clientX, clientY);
      const point = points.map((values) => values[k]);
      this.ring.setAttribute("transform", `translate(${frame.at(point)})`);
      this.ring.setAttribute("visibility", "visible");
      return point;
    }

    hideRing() {
      this.ring.setAttribute("visibility", "hidden");
    }
  }

  globalThis.gradvizPage.PictureCover = PictureCover;
}
