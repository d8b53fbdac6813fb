/* Observations: what a script does that a rule may report on. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { ownersOf } = scripts;

  /** What a walk notes of a script. */
  class Observations {
    constructor() {
      this.differentiations = []; // calls of a gradient routine
      this.quivers = []; // calls that draw arrows
      this.passedArguments = []; // arguments passed to functions of the script
      this.givenSlopes = []; // arrays into which slopes, or other floats, are written
      this.maybeCut = []; // arrays of whole numbers into which floats may be written
      this.derivatives = new Map(); // calls of jax.grad, and whether its result is called
      this.heights = new Map(); // calls of np.gradient, and whether they are followed
      this.axisGradients = []; // those that are followed, with all their arguments
      this.pictures = []; // calls that draw an array as it is
      this.pairsWithoutList = []; // np.array(X, Y)
      this.changed = new Set(); // where arrays were made that are changed in place
      this.readLater = new Set(); // and those read elsewhere then
      this.skipped = []; // statements that never run
      this.isWhole = true; // false if the walk was too long, and was cut off
    }

    /** Note an array that is read where its numbers have been changed elsewhere. */
    noteRead(before, now) {
      const isChanged = before.isMoved !== now.isMoved;
      if (isChanged && !before.isCopy) this.readLater.add(before.made);
    }
  }

  /** A call of `quiver`, with its four arrays; all that their numbers belong to, and
      the calls whose results it draws. */
  function quiverOf(node, values) {
    const owners = new Set([...ownersOf(...values), ...values.map(({ call }) => call)]);
    return { node, values, owners };
  }

  /** A call that draws an array as it is; the arrays of its horizontal and vertical
      places, where it is given them; and whether its first row is at the bottom, where
      `imshow` is told so. Unless it is a printed matrix, it is a graph with two
      axes. */
  function pictureOf(node, name, arrayNode, array, places, extent, isLower) {
    const isGraph = name !== "imshow" || isLower || extent !== null;
    return { node, name, arrayNode, array, places, extent, isLower, isGraph };
  }

  Object.assign(scripts.walk, { Observations, quiverOf, pictureOf });
}
