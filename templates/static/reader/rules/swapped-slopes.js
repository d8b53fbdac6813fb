/* Swapped slopes: plots that draw each slope along the axis of the other. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { ORDERS, TAKES, factorsOfSlopes, firstAxisOf, hasStarred, isArray } = scripts;
  const { orderOf, orderOfAxes, plotsOf, slopesDrawn } = scripts;
  const { exchange } = scripts.rules;

  /** `quiver(X, Y, grad[1], grad[0])`. */
  function* swappedComponents(script) {
    const { differentiations, quivers } = script.observations;
    for (const { routine, call, argument } of differentiations) {
      const takesPoints = [TAKES.ROWS, TAKES.COLUMNS].includes(routine.takes);
      if (!isArray(argument) || !takesPoints) continue;
      for (const quiver of plotsOf(call, quivers)) {
        const { node, values: shown } = quiver;
        if (orderOf(quiver, argument, shown[2].part) !== ORDERS.SWAPPED) continue;
        const edits = exchangedArguments(script, node);
        const values = { horizontal: textOfArgument(script, node, 0) };
        yield script.finding("swapped-components", "error", node, { edits, ...values });
      }
    }
  }

  /* Slopes of np.gradient */

  /** Slopes of `np.gradient`, drawn in the order of the array's axes. */
  function* axisOrders(script) {
    const { quivers } = script.observations;
    const isSwapped = (quiver) => orderOfAxes(quiver) === ORDERS.SWAPPED;
    const others = quivers.filter((quiver) => !isSwapped(quiver));
    const drawnOtherwise = new Set(slopesDrawn(others).map(({ call }) => call));
    for (const { node, values } of quivers.filter(isSwapped)) {
      const [, , slope] = values;
      yield axisOrder(script, node, slope, !drawnOtherwise.has(slope.call));
    }
  }

  /** Exchange two slopes where they are named, if every plot has them swapped. */
  function axisOrder(script, plot, slope, areAlike) {
    const { call } = slope;
    // A plot whose slopes are swapped is given x0 first, and then x1.
    const axis = textOfArgument(script, plot, firstAxisOfHeights(script, slope));
    let node = call;
    let edits = [];
    if (!hasUnreadSpacings(script, call)) {
      if (areAlike) edits = exchangedNames(script, call);
      if (!edits.length) {
        node = plot;
        edits = exchangedArguments(script, plot);
      }
    }
    return script.finding("axis-order", "error", node, { edits, axis });
  }

  /** The coordinate along which `np.gradient` gives the slope first. */
  function firstAxisOfHeights({ observations }, { call, mesh }) {
    const gradient = observations.axisGradients.find(
      ({ node, heights }) => node === call && heights.mesh === mesh,
    );
    return firstAxisOf(gradient.heights);
  }

  /** Whether two distances may belong to the slopes as they are named. */
  function hasUnreadSpacings({ observations, source }, call) {
    const texts = call.args.slice(1).map((spacing) => source.text(spacing));
    if (new Set(texts).size < 2) return false;
    const gradients = observations.axisGradients;
    return gradients.some((each) => each.node === call && !factorsOfSlopes(each));
  }

  /** Exchange the names in `dx, dy = np.gradient(…)`. */
  function exchangedNames({ source }, call) {
    const assigned = source.nodes.find(
      ({ type, value }) => type === "Assign" && value === call,
    );
    const [target, ...more] = assigned?.targets ?? [];
    const isPair = target?.type === "Tuple" || target?.type === "List";
    if (more.length || !isPair || target.elts.length !== 2) return [];
    return exchange(source, ...target.elts);
  }

  /* Arguments of a plot */

  /** What a plot is given; of *P, how the book calls its parts. */
  function textOfArgument({ source }, plot, place) {
    return hasStarred(plot) ? "XY"[place] : source.text(plot.args[place]);
  }

  /** Exchange the two slopes in a plot. */
  function exchangedArguments({ source }, plot) {
    return hasStarred(plot) ? [] : exchange(source, plot.args[2], plot.args[3]);
  }

  Object.assign(scripts.rules, { axisOrders, swappedComponents });
}
