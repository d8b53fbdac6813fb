/* Compared plots: each plot of a script, beside that of the known function, which takes
   the place of those whose slopes the plots may show. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { SCALED, arePairsAlike, knownSlopes } = scripts.fields;

  // Whether a plot is right as it is, or once its two components are exchanged.
  const RIGHT = "right";
  const SWAPPED = "swapped";

  /** A plot as it is written, the same with the `known` function in the place of others,
      and the functions of the script whose slopes are drawn as it is written. */
  class ComparedPlot {
    constructor(field, known, fits) {
      this.field = field;
      this.known = known;
      this.fits = fits;
    }

    /** Whether no function that was replaced is behind the arrows. */
    get isByHand() {
      return arePairsAlike(this.known.arrows, this.field.arrows);
    }

    /** Whether arrows point down the known function. */
    get pointsDown() {
      return this.known.pointsDown(this.knownSlopes());
    }

    /** Whether arrows point up the known function, though both get a minus. */
    get isNegatedTwice() {
      const components = this.known.node.args.slice(2, 4);
      const haveMinuses =
        components.length === 2 &&
        components.every(({ type, op }) => type === "UnaryOp" && op === "USub");
      return haveMinuses && !this.isByHand && !this.pointsDown;
    }

    /** Whether arrows are slopes of the known function in the place of one alone. In the
        place of each function, it is shifted by another number. */
    showsOneOf(shifts) {
      return this.fits.some(({ candidate, isSwapped }) => {
        const slopes = this.knownSlopes(Number(shifts.get(candidate)));
        return this.known.compared(slopes, isSwapped) !== "";
      });
    }

    /** Whether it is right, or right once its components are exchanged. What is not by
        hand must compare with the known function in one of these ways. */
    state(rightWays) {
      for (const isSwapped of [false, true]) {
        const fits = this.fits.filter((fit) => fit.isSwapped === isSwapped);
        if (!fits.length) continue;
        const isRight = this.isByHand
          ? fits.some(({ how }) => how !== SCALED)
          : rightWays.includes(this.known.compared(this.knownSlopes(), isSwapped));
        if (isRight) return isSwapped ? SWAPPED : RIGHT;
      }
      return "";
    }

    /** The slopes of the known function with this shift. */
    knownSlopes(shift = 0) {
      return this.known.points.map(([x, y]) => knownSlopes([x + shift, y]));
    }
  }

  /** The state of the plots of each call, empty if they differ in it. */
  function statesOf(plots, rightWays) {
    const states = new Map();
    for (const plot of plots) {
      const { node } = plot.field;
      const state = plot.state(rightWays);
      const before = states.get(node) ?? state;
      states.set(node, before === state ? state : "");
    }
    return states;
  }

  Object.assign(scripts.fields, { ComparedPlot, RIGHT, SWAPPED, statesOf });
}
