/* Each row: what a script computes row by row, in a comprehension or by `map`. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { ONE_POINT, POINTS, TAKES } = scripts;
  const { areEqual, eachOf, isArray, isItems, itemOf, stacked } = scripts;

  /** The result for each item of an array, computed by a node. */
  function ofEach(walk, element, array, node) {
    const isOfRow = element.is === "slopes" && areOfEachRow(walk, array, node, element);
    return isOfRow ? element : eachOf(element);
  }

  /** Note a call for each row of an array as one for all of them. */
  function areOfEachRow(walk, array, node, slopes) {
    const last = walk.observations.differentiations.at(-1);
    if (slopes.isTurned || last?.call !== slopes.call) return false;
    const { argument } = last;
    const item = itemOf(array);
    if (!isArray(argument) || !last.routine.takesOnePoint) return false;
    if (isArray(array) && array.mesh && areEqual(argument, item)) {
      Object.assign(last, { argument: array, argumentNode: node });
    } else if (argument.form === ONE_POINT && meshesOf(item).includes(argument.mesh)) {
      last.argument = { ...argument, form: POINTS };
    } else {
      return false;
    }
    const routine = { ...last.routine, takes: TAKES.ROWS, stopsAt: new Set() };
    Object.assign(last, { routine, isOneByOne: true });
    return true;
  }

  /** The grids whose points are the items of a list, in order. */
  function meshesOf(item) {
    if (isItems(item)) return [stacked(item, ""), ...item.values].flatMap(meshesOf);
    return isArray(item) && item.form === ONE_POINT && item.mesh ? [item.mesh] : [];
  }

  Object.assign(scripts.walk, { ofEach });
}
