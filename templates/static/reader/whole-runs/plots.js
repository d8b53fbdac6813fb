/* Plots: the arrows that a call draws. Nothing more depends on what else is drawn, or
   printed, and is only looked at: its values may be unknown. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { Drawing, checkArrows, hasStarred, resultOfDrawing } = scripts;
  const { Abandoned, isUnknown } = scripts.wholeRuns;
  const { SmallArray, areSameShape, smallArrayOf } = scripts.small;
  const { Library } = scripts.values;

  const { drawing, drawing_libraries: drawingLibraries } = vocabulary.walk;

  const { of_heights: ofHeights } = vocabulary.drawn_on;

  const DRAWING = new Drawing();

  /** The calls in a script that draw arrows. */
  function quiversIn(nodes) {
    return new Set(nodes.filter((node) => node.type === "Call" && drawsArrows(node)));
  }

  /** Whether a call draws arrows, or lines along them. */
  function drawsArrows(node) {
    return drawing.includes(nameCalled(node));
  }

  function nameCalled({ func }) {
    return func.attr ?? func.id ?? "";
  }

  function draws(value) {
    return (
      value instanceof Library && drawingLibraries.includes(value.name.split(".")[0])
    );
  }

  /** Carry out what is drawn or printed: nothing more depends on its values. */
  function lookAt(run, nodes, scope) {
    const wasLooking = run.isLooking;
    run.isLooking = true;
    const values = nodes.map((node) => {
      const isAround = node.type === "Starred" || node.type === "FormattedValue";
      return run.value(isAround ? node.value : node, scope);
    });
    run.isLooking = wasLooking;
    return values;
  }

  /** Note the arrows of a plot; what else it gets, such as colours, only looks. */
  function noteArrows(run, node, called, scope) {
    const areStarred = node.args.slice(0, 4).some(({ type }) => type === "Starred");
    const count = areStarred ? node.args.length : 4;
    const given = run.values(node.args.slice(0, count), scope);
    given.push(...lookAt(run, node.args.slice(count), scope));
    const looks = lookAt(
      run,
      node.keywords.map(({ value }) => value),
      scope,
    );
    const keywords = valuesByName(node.keywords, looks);
    const isFlat = given.length === 4 || given.length === 5; // else in space
    if (!(called instanceof Drawing) || !isFlat) throw new Abandoned();
    checkArrows(node, given);
    const areTurned = keywords.has("angles") && !isUsualAngle(keywords.get("angles"));
    if (areTurned) throw new Abandoned();
    const [x, y, u, v] = given
      .slice(0, 4)
      .map((value) => (isUnknown(value) ? value : smallArrayOf(value)));
    run.records.drawn.push({ node, places: [x, y], arrows: [u, v] });
  }

  /** Whether arrows point along their components, or look as if they did. */
  function isUsualAngle(angles) {
    return angles === "xy" || angles === "uv";
  }

  /** The values of arguments by name, those in dictionaries included. */
  function valuesByName(keywords, values) {
    return new Map(
      keywords.flatMap(({ arg }, k) => {
        if (arg) return [[arg, values[k]]];
        if (values[k] instanceof Map) return [...values[k]];
        throw new Abandoned();
      }),
    );
  }

  /** What a call gives that draws or prints. */
  function resultOfCallThatDraws(run, node, called, scope) {
    const { args, keywords } = node;
    const given = lookAt(run, args, scope);
    const values = lookAt(
      run,
      keywords.map(({ value }) => value),
      scope,
    );
    if (!(called instanceof Drawing) || hasStarred(node)) return DRAWING;
    if (ofHeights.includes(nameCalled(node))) noteHeights(run, node, given);
    const options = new Map(keywords.map(({ arg }, k) => [arg || "**", values[k]]));
    return resultOfDrawing(called, node, given, options);
  }

  /** Note heights over a grid, if there is one of each at every point. */
  function noteHeights(run, { args }, given) {
    const tables = given.slice(0, 3);
    const areTables = tables.every(
      (each) => each instanceof SmallArray && each.shape.length === 2,
    );
    if (tables.length < 3 || !areTables) return;
    const [{ shape }] = tables;
    if (!tables.every((each) => areSameShape(each.shape, shape))) return;
    const [xs, ys, heights] = tables.map((each) => each.entries().map(Number));
    const rows = new Array(shape[0])
      .fill(shape[1])
      .map((width, row) =>
        xs
          .slice(row * width, (row + 1) * width)
          .map((x, column) => [x, ys[row * width + column]]),
      );
    run.records.heights.push({ node: args[2], rows, heights });
  }

  Object.assign(scripts.wholeRuns, {
    DRAWING,
    draws,
    drawsArrows,
    lookAt,
    nameCalled,
    noteArrows,
    quiversIn,
    resultOfCallThatDraws,
    valuesByName,
  });
}
