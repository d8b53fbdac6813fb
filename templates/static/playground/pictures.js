/* Pictures: both fields of a measurement, the contours of f, and the point that is read
   out. The scripts in quiver/ draw what this one chooses. */
"use strict";

{
  const { quiver, turn, gridPoints } = globalThis.gradviz;

  const CONTOUR_CELLS = 64; // along an axis

  const MOVES = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };

  class Pictures {
    /** `svgs` are the drawings of the rows and of the columns; `settings` tell how to
        draw; `onRead` is called with the number of the point to read out. */
    constructor(svgs, settings, onRead) {
      this.svgs = svgs;
      this.settings = settings;
      this.onRead = onRead;
      this.framesDrawn = [];
      this.drawn = null; // the arrows of both calls, placed in their frame
      this.paths = svgs.map((svg) => svg.querySelector(".contours"));
      this.rings = svgs.map((svg) => svg.querySelector(".here"));
      this.shown = null; // the points that the pictures show, and their frame
      this.here = [1, 0.75]; // the point that is read out
      this.pointRead = null; // and its number, once there is a measurement
    }

    /** Draw a measurement of f, in small steps, and return its frame. */
    *drawing(f, measured, frame) {
      const isDownhill = this.settings.isTicked("downhill");
      const arrows = [];
      for (const [k, call] of ["rows", "columns"].entries()) {
        if (frame !== this.framesDrawn[k]) quiver.drawAxes(this.svgs[k], frame);
        this.framesDrawn[k] = frame; // even if the rest stops: for an undone edit
        arrows.push(yield* quiver.arrowsOfCall(frame, measured, call, isDownhill));
        quiver.showArrows(this.svgs[k], frame, arrows[k]);
      }
      this.drawn = { frame, arrows };
      yield* this.drawingContours(f, frame);
    }

    /** Turn the arrows of the other call into those of the call now shown: the one with
        both .T, or the one without. */
    turnTo(isTransposed) {
      if (!this.drawn) return;
      const { frame, arrows } = this.drawn;
      const [shown, other] = isTransposed ? [0, 1] : [1, 0];
      turn(this.svgs[shown], frame, arrows[other], arrows[shown]);
    }

    /** Whether an arrow that begins in the frame ends outside. */
    get isAnyCut() {
      const { frame, arrows } = this.drawn;
      const [width, height] = frame.axes.map(({ length }) => length);
      const isInside = (x, y) => x >= 0 && x <= width && y >= 0 && y <= height;
      return arrows
        .flat()
        .filter(({ right }) => isFinite(right))
        .some(
          ({ x, y, right, down }) => isInside(x, y) && !isInside(x + right, y + down),
        );
    }

    *drawingContours(f, frame) {
      if (!this.settings.isTicked("contours")) {
        for (const path of this.paths) path.removeAttribute("d");
        return;
      }
      const points = contourPoints(frame);
      const values = f.valuesAt(points).map((value) => (isFinite(value) ? value : NaN));
      yield* quiver.drawContours(this.svgs, frame, points, values);
    }

    /** Remember what is shown, and read out the same point as before. */
    show(points, frame) {
      this.shown = { points, frame };
      const [x, y] = frame.at(this.here);
      this.read(frame.nearest(x, y));
    }

    read(k) {
      const { points, frame } = this.shown;
      this.pointRead = k;
      this.here = [points[0][k], points[1][k]];
      const place = `translate(${frame.at(this.here)})`;
      for (const ring of this.rings) ring.setAttribute("transform", place);
      this.onRead(k);
    }

    readAtPointer(event) {
      const svg = event.target.closest("svg");
      if (!svg || !this.shown) return;
      const { clientX, clientY } = event;
      const k = quiver.nearestOnScreen(svg, this.shown.frame, clientX, clientY);
      if (k !== this.pointRead) this.read(k); // a pointer moves often within one cell
    }

    /** Whether a key has moved the point. */
    readByKey(event) {
      const move = MOVES[event.key];
      if (!move || !this.shown) return false;
      event.preventDefault();
      const { frame } = this.shown;
      const [x, y] = frame.at(this.here);
      const [right, down] = move;
      const [width, height] = frame.cells;
      this.read(frame.nearest(x + width * right, y + height * down));
      return true;
    }
  }

  /** Points that are closer together than those of the grid, and reach the frame. */
  function contourPoints({ axes }) {
    const ranges = axes.map(({ low, span }) => ({
      start: low,
      stop: low + 1.01 * span,
      step: span / CONTOUR_CELLS,
    }));
    return gridPoints(...ranges);
  }

  globalThis.gradviz.Pictures = Pictures;
}
