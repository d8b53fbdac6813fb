/* Candidates: the functions of a script whose slopes its arrows may be. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { STEP, ifFollowed, parametersOf } = scripts;
  const { SHORTEST, areNumbersAlike } = scripts.fields;
  const { CallsSeen, VARIES } = scripts.wholeRuns;
  const { NotFollowed, SmallArray, Stops } = scripts.small;
  const { areSameShape, isAnyNumber, smallArrayOf } = scripts.small;

  /** A function of the script that may be the one whose slopes are drawn. */
  class Candidate {
    constructor(run, closure) {
      this.run = run;
      this.closure = closure;
      const needed = parametersOf(closure.node).filter(
        (name) => !closure.defaults.has(name),
      ).length;
      const calls =
        run.records.callsSeen.get(closure.node) ?? new CallsSeen([], new Map());
      this.count = needed <= 2 ? needed : calls.countOfCoordinates;
      this.others = calls.given.slice(this.count);
      this.keywords = calls.keywords;
    }

    /** Its value at a point. It throws NotFollowed if it is no function of a point. */
    value(point) {
      let value = this.result(this.count === 2 ? point : [smallArrayOf(point)]);
      if (value instanceof SmallArray && value.size === 1) [value] = value.entries();
      if (!isAnyNumber(value)) throw new NotFollowed();
      return Number(value);
    }

    /** What it gives at a point, or at many in one array or two. */
    result(coordinates) {
      const { run, closure, others, keywords } = this;
      if ([...others, ...keywords.values()].includes(VARIES)) throw new NotFollowed();
      run.level = 0;
      try {
        return run.call(closure, [...coordinates, ...others], keywords);
      } catch (error) {
        if (error instanceof Stops) throw new NotFollowed();
        throw error;
      }
    }

    /** Its values at points: all at once, if it can be asked so. It throws NotFollowed if
        it is no function of a point. */
    values(points) {
      if (!points.length) return [];
      const along = smallArrayOf(
        [0, 1].map((axis) => points.map((each) => each[axis])),
      );
      const places = [0, Math.floor(points.length / 2)];
      const oneByOne = places.map((k) => this.value(points[k]));
      const ways =
        this.count === 2
          ? [[along.part(0n), along.part(1n)]]
          : [[along], [along.transposed().copied()]];
      for (const coordinates of ways) {
        const array = ifFollowed(() => smallArrayOf(this.result(coordinates)));
        if (!array || !areSameShape(array.shape, [points.length])) continue;
        const values = array.entries().map(Number);
        if (places.every((k, turn) => areClose(values[k], oneByOne[turn])))
          return values;
      }
      return points.map((point) => this.value(point));
    }

    /** Whether it gives a number at the first point of each plot. */
    isOfPoints(fields) {
      const points = fields.flatMap((field) => field.points.slice(0, 1));
      const values = ifFollowed(() => points.map((point) => this.value(point)));
      return Boolean(values?.length) && [1, 2].includes(this.count);
    }

    /** Its slopes at all points, by central differences. */
    slopes(points) {
      const moves = [
        [STEP, 0],
        [0, STEP],
      ];
      const [alongX, alongY] = moves.map(([dx, dy]) => {
        const ahead = this.values(points.map(([x, y]) => [x + dx, y + dy]));
        const behind = this.values(points.map(([x, y]) => [x - dx, y - dy]));
        return ahead.map((each, k) => (each - behind[k]) / (2 * STEP));
      });
      return alongX.map((each, k) => [each, alongY[k]]);
    }
  }

  function areClose(one, other) {
    const largest = Math.max(Math.abs(one), Math.abs(other));
    return Math.abs(one - other) <= Math.max(1e-9 * largest, SHORTEST);
  }

  /** The candidates that are functions of a point, each with its slopes. */
  function* withSlopes(candidates, points) {
    for (const candidate of candidates) {
      const slopes = ifFollowed(() => candidate.slopes(points));
      if (slopes) yield [candidate, slopes];
    }
  }

  /** The functions whose slopes the arrows show, as drawn or exchanged. */
  function* fitsOf(field, slopesOfCandidates) {
    for (const [candidate, slopes] of slopesOfCandidates) {
      for (const isSwapped of [false, true]) {
        const how = field.compared(slopes, isSwapped);
        if (how) yield { candidate, how, isSwapped };
      }
    }
  }

  /** The functions of a point whose values are not drawn as a component. */
  function* subjectsOf(candidates, { arrows, points }) {
    const components = [0, 1].map((axis) => arrows.map((arrow) => arrow[axis]));
    for (const [candidate, slopes] of withSlopes(candidates, points)) {
      const values = ifFollowed(() => candidate.values(points));
      if (!values) continue;
      const isComponent = [1, -1].some((sign) => {
        const signed = values.map((value) => sign * value);
        return components.some((drawn) => areNumbersAlike(drawn, signed));
      });
      if (!isComponent) yield { subject: candidate.closure.node, slopes };
    }
  }

  Object.assign(scripts.fields, { Candidate, fitsOf, subjectsOf, withSlopes });
}
