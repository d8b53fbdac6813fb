/* Quotients of differences, beside the slopes of the known function. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { ifFollowed } = scripts;
  const { TOLERANCE, knownSlopes } = scripts.fields;
  const { smallArrayOf } = scripts.small;

  /** The quotient that a difference is part of, or the difference itself. */
  function quotientOf(difference, nodes) {
    const outer = nodes.find(({ type, operand, left, op }) =>
      type === "BinOp"
        ? left === difference && (op === "Div" || op === "Mult")
        : operand === difference,
    );
    return outer ? quotientOf(outer, nodes) : difference;
  }

  /** By which factor each quotient differs from a slope, null if that is not known.
      Quotients that were never computed are left out. */
  function factorsOf({ records }, fields) {
    const orders = fields.flatMap(({ points }) => [...ordersOfSlopes(points)]);
    const computed = [...records.resultsOfSites].filter(([, values]) => values.length);
    return new Map(
      computed.map(([site, values]) => [site, factorOf(numbersIn(values), orders)]),
    );
  }

  /** The numbers of some results, none if one of them is unknown. */
  function numbersIn(values) {
    const numbers = ifFollowed(() =>
      values.flatMap((value) => smallArrayOf(value).entries()),
    );
    return (numbers ?? []).map(Number);
  }

  /** The known slopes in each order in which a script may compute them. */
  function* ordersOfSlopes(points) {
    const pairs = points.map(knownSlopes);
    for (const first of [0, 1]) {
      const one = pairs.map((pair) => pair[first]);
      const other = pairs.map((pair) => pair[1 - first]);
      yield one;
      yield [...one, ...other];
      yield one.flatMap((slope, k) => [slope, other[k]]);
    }
  }

  /** By which factor numbers differ from slopes in any of these orders. */
  function factorOf(numbers, orders) {
    for (const slopes of orders) {
      const { length } = slopes;
      if (!length || !numbers.length || numbers.length % length) continue;
      const longest = Math.max(...slopes.map(Math.abs));
      const place = slopes.findIndex((slope) => Math.abs(slope) === longest);
      const factor = numbers[place] / (slopes[place] || 1);
      const most = TOLERANCE * Math.abs(factor) * longest;
      const areFitting = numbers.every(
        (each, k) => Math.abs(each - factor * slopes[k % length]) <= most,
      );
      if (longest && factor && areFitting) return factor;
    }
    return null;
  }

  Object.assign(scripts.fields, { factorsOf, quotientOf });
}
