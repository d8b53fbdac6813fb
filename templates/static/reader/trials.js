/* Trials: what a function does with an f and an array, seen by trying it. It is carried
   out on a few small arrays, with an f whose slopes are known and which records its
   arguments. These tell what the function takes for a point; its result tells whether
   it returns the slopes, and in which order. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { ifFollowed, parametersOf } = scripts;
  const { KnownFunction, OPAQUE, REACH } = scripts.values;
  const { Stops, smallArrayOf, areSameShape } = scripts.small;

  // What a routine makes of an array of two dimensions.
  const TAKES = {
    ROWS: "rows", // each row is a point
    COLUMNS: "columns", // each row is a coordinate
    WHOLE: "whole", // all of it is one point
    POINT: "point", // it takes one point, and no such array
    NUMBER: "number", // f gets one number of it at a time
    UNKNOWN: "unknown",
  };
  const { ROWS, COLUMNS, WHOLE, POINT, NUMBER, UNKNOWN } = TAKES;

  // What is tried. No two entries are near each other. Some are zero: a step may depend
  // on the coordinate.
  const A_NUMBER = 1.5;
  const A_POINT = [1.5, -2.5];
  const TALL = [
    [1.5, -2.5],
    [3.5, 0],
    [-4.5, 7.5],
  ];
  const WIDE = [
    [1.5, -2.5, 0],
    [5.5, -4.5, 7.5],
  ];
  const THREE_EQUAL_ROWS = [A_POINT, A_POINT, A_POINT]; // the first of TALL
  const THREE_EQUAL_COLUMNS = [
    [1.5, 1.5, 1.5],
    [5.5, 5.5, 5.5],
  ]; // the first of WIDE
  const POINT_OF_WHOLE_NUMBERS = [3n, -4n];
  const ROWS_OF_WHOLE_NUMBERS = [
    [3n, -4n],
    [5n, 6n],
    [-7n, 8n],
  ];
  const COLUMNS_OF_WHOLE_NUMBERS = [
    [3n, -4n, 5n],
    [6n, -7n, 8n],
  ];
  const A_COLUMN = [[1.5], [-2.5]];
  const ZEROS = [0, 0];
  const TWO_SHEETS = [
    WIDE,
    [
      [2.5, -7.5, 4.5],
      [6.5, -3.5, 8.5],
    ],
  ]; // coordinates on two axes

  // What a routine may stop with an error at.
  const STOPPING = {
    LIST: "list",
    NUMBER: "number",
    MANY_POINTS: "many points", // an array of them
    NOT_FLAT: "not flat", // coordinates in tables, as np.meshgrid returns them
    SEVERAL_VALUES: "several values", // which f returns for an array of many points
    SEVERAL_FOR_A_POINT: "several values for a point", // which f returns for it
  };

  const TOLERANCE = 1e-2; // of a slope, which is computed with a step
  const SHORTEST_STEP = 1e-12; // with a shorter one, rounding spoils the slopes
  // An entry that is moved and put back is off by less: x + h - h.
  const ROUNDING = 1e-12;
  // If a coordinate stays where it was moved to, the slopes of x[0]*x[1] are off by as much. On
  // the book's grid its longest gradient is 2.83, and an arrow counts as wrong, as in a
  // measurement, if it is off by more than 1e-6 * (1 + 2.83).
  const MOST_MOVE = 3.83e-6;

  // Statements that need not be met: they refuse an argument, or compute nothing.
  const BESIDE_THE_POINT = ["Raise", "Pass", "Import", "ImportFrom"];

  // How slopes compare with the exact ones.
  const OUTCOMES = {
    RIGHT: "right",
    SCALED: "scaled", // all of them times the same factor
    PARTIAL: "partial", // some are missing, and are zero
    WRONG: "wrong",
  };
  const { RIGHT, SCALED, PARTIAL, WRONG } = OUTCOMES;

  /** The f of a trial: its slopes differ, and are exact for a step to both sides. They have
      either sign, and where they are small, a step to one side shows. */
  function valueAt(point) {
    let total = 0;
    for (const [k, x] of point.entries()) {
      total += 20 * (k - 1) * x + x * x;
      for (const y of point.slice(0, k)) total += x * y;
    }
    return total;
  }

  /** The exact slopes of this f. */
  function slopesAt(point) {
    const total = point.reduce((sum, x) => sum + x, 0);
    return point.map((x, k) => 20 * (k - 1) + total + x);
  }

  /** An f that gives the first row of what it gets, and so no number. */
  class FirstRow extends KnownFunction {
    answer(values) {
      super.answer(values);
      return smallArrayOf(values[0]).part(0n);
    }
  }

  /** An f that gives all numbers of what it gets, as `x**2` without a sum does. */
  class AllNumbers extends KnownFunction {
    answer(values) {
      super.answer(values);
      return smallArrayOf(values[0]).copied();
    }
  }

  /** One call of a function, carried out: the array as it was `given`; the numbers that
      f was `asked` about in each call; the `result` as an array, null if it is none;
      and whether the call stopped with an error, or else by how much it has `movedBy` a
      number of the array. */
  class Attempt {
    constructor(given, asked, result, movedBy, hasStopped) {
      this.given = given;
      this.asked = asked;
      this.result = result;
      this.movedBy = movedBy;
      this.hasStopped = hasStopped;
    }

    /** Whether f got only points of a kind, each near one of the array. */
    asksFor(kind) {
      const points = this.pointsOf(kind);
      const isNearOne = (numbers) => points.some((point) => isNear(numbers, point));
      return this.asked.length > 0 && this.asked.every(isNearOne);
    }

    pointsOf(kind) {
      const numbers = this.given.entries().map(Number);
      if (kind === NUMBER) return numbers.map((entry) => [entry]);
      if (kind === WHOLE) return [numbers];
      return rowsOf(kind === COLUMNS ? this.given.transposed() : this.given);
    }

    /** The exact slopes in the order of the array, for points of a kind. */
    expected(kind) {
      const byPoint = smallArrayOf(this.pointsOf(kind).map(slopesAt));
      return (kind === COLUMNS ? byPoint.transposed() : byPoint).entries();
    }

    /** How the slopes that came back compare, and what they are multiplied by. */
    outcome(kind) {
      const { result, given } = this;
      const isShaped = result && areSameShape(result.shape, given.shape);
      if (!isShaped) return { outcome: WRONG, factor: 0 };
      return compared(result.entries(), this.expected(kind));
    }

    /** Whether slopes of points of a kind came back in the order of the array. */
    hasOrderOf(kind) {
      return this.asksFor(kind) && this.outcome(kind).outcome !== WRONG;
    }

    /** Whether f got points of a kind, and as many slopes came back as entries. */
    hasShapeOf(kind) {
      const { result, given } = this;
      return Boolean(
        this.asksFor(kind) && result && areSameShape(result.shape, given.shape),
      );
    }
  }

  /** How slopes compare with the exact ones, and what they are multiplied by. */
  function compared(slopes, exact) {
    const factors = slopes.map((slope, k) => Number(slope) / exact[k]);
    const present = factors.filter((factor) => factor !== 0);
    const [factor] = present;
    const areAlike = present.every(
      (each) => Math.abs(each - factor) <= TOLERANCE * Math.abs(factor),
    );
    if (!present.length || !areAlike) return { outcome: WRONG, factor: 0 };
    if (present.length < factors.length) return { outcome: PARTIAL, factor };
    const isOne = Math.abs(factor - 1) <= TOLERANCE;
    return { outcome: isOne ? RIGHT : SCALED, factor };
  }

  /** A function, tried with its f and its array in two places among its parameters.
      `others` are the values of other parameters; one that has none and no default is
      opaque. Whatever is asked of a trial throws NotFollowed if it is not known what the
      function does. */
  class Trial {
    constructor(interpreter, definition, functionParameter, arrayParameter, others) {
      this.interpreter = interpreter;
      this.definition = definition;
      const names = parametersOf(definition);
      this.fName = names[functionParameter];
      this.xName = names[arrayParameter];
      const count = names.length - definition.args.defaults.length;
      const opaque = names.slice(0, count).map((name) => [name, OPAQUE]);
      this.others = new Map([...opaque, ...others]);
      this.argumentsOfF = 1; // at most
      interpreter.entered.clear();
      interpreter.visited.clear();
      this.answers = new Map();
    }

    /** Carry out one call with an array, a list or a number. */
    attempt(given, f = new KnownFunction(valueAt)) {
      const before = smallArrayOf(given);
      f.around = before.entries().map(Number);
      const all = new Map([...this.others, [this.fName, f], [this.xName, given]]);
      let result = null;
      let hasStopped = false;
      try {
        result = this.interpreter.run(this.definition, all);
      } catch (error) {
        if (!(error instanceof Stops)) throw error;
        hasStopped = true;
      }
      this.argumentsOfF = Math.max(this.argumentsOfF, f.mostArguments);
      const movedBy = hasStopped ? 0 : largestMove(before, asArray(given));
      return new Attempt(before, f.asked, asArray(result), movedBy, hasStopped);
    }

    /** Carry out one call, or give null if it cannot be followed. */
    attemptIfFollowed(given, f) {
      return ifFollowed(() => this.attempt(given, f));
    }

    /** What is computed once. */
    once(name, compute) {
      if (!this.answers.has(name)) this.answers.set(name, compute());
      return this.answers.get(name);
    }

    /** One point, as an array with one axis. */
    get point() {
      return this.once("point", () => this.attempt(smallArrayOf(A_POINT)));
    }

    /** One number, for what differentiates a function of one. */
    get number() {
      return this.once("number", () => this.attemptIfFollowed(A_NUMBER));
    }

    /** Three points with two coordinates, one per row, as `np.array([X, Y]).T` is:
        there, the numbers of a row are not side by side, so that `ravel` copies. */
    get tall() {
      return this.once("tall", () => {
        const byCoordinate = smallArrayOf(smallArrayOf(TALL).transposed());
        return this.attempt(byCoordinate.transposed());
      });
    }

    /** Two rows of three numbers: two points, or three points by coordinate. */
    get wide() {
      return this.once("wide", () => this.attempt(smallArrayOf(WIDE)));
    }

    /** What the function makes of an array of two dimensions. */
    get takes() {
      return this.once("takes", () => {
        const isMet = {
          [NUMBER]: () => this.takesNumbers(),
          [COLUMNS]: () => this.takesColumns(),
          [ROWS]: () => this.takesRows(),
          [WHOLE]: () => this.takesTheWhole(),
          [POINT]: () => this.takesAPointAlone(),
        };
        return Object.keys(isMet).find((kind) => isMet[kind]()) ?? UNKNOWN;
      });
    }

    takesNumbers() {
      const { point, number } = this;
      if (point.asksFor(NUMBER)) return this.isOrdered(point, NUMBER);
      if (this.takesOnePoint || !number) return false;
      return this.isOrdered(number, NUMBER);
    }

    takesColumns() {
      const { wide } = this;
      const isOrdered = this.isOrdered(wide, COLUMNS);
      return isOrdered && this.treatsAlike(THREE_EQUAL_COLUMNS, wide);
    }

    takesRows() {
      const { tall, wide } = this;
      if (!this.isOrdered(tall, ROWS)) return false;
      const isAlike = wide.hasStopped || this.isOrdered(wide, ROWS);
      return isAlike && this.treatsAlike(THREE_EQUAL_ROWS, tall);
    }

    /** Whether f gets no more for three equal points than for the first of them. It
        does get more if a step grows shorter from point to point. */
    treatsAlike(equalPoints, usual) {
      const usualNumbers = new Set(usual.asked.map(String));
      const { asked } = this.attempt(smallArrayOf(equalPoints));
      return asked.every((numbers) => usualNumbers.has(String(numbers)));
    }

    takesTheWhole() {
      return [this.tall, this.wide].every((attempt) => this.isOrdered(attempt, WHOLE));
    }

    takesAPointAlone() {
      const attempts = [this.tall, this.wide];
      const areAlike = attempts.every(
        (attempt) => attempt.hasStopped || attempt.asksFor(WHOLE),
      );
      return areAlike && this.takesOnePoint;
    }

    /** Whether a flat array is one point to the function. */
    get takesOnePoint() {
      return this.isOrdered(this.point, ROWS);
    }

    /** Whether points of a kind gave slopes in the order of the array. Where rounding
        spoils them, as many numbers as there are in the array have to do. */
    isOrdered(attempt, kind) {
      return this.hasShortStep ? attempt.hasShapeOf(kind) : attempt.hasOrderOf(kind);
    }

    get hasShortStep() {
      return this.step !== null && this.step < SHORTEST_STEP;
    }

    /** How far the function moves a coordinate that is zero, null if it does not move
        it. */
    get step() {
      return this.once("step", () => {
        const attempt = this.attemptAtZero();
        if (!attempt) return null;
        const moves = attempt.asked.flat().map(Math.abs).filter(Boolean);
        return moves.length ? Math.min(...moves) : null;
      });
    }

    /** Carry out one call with zeros, as a point, as two points or as a number. */
    attemptAtZero() {
      const given = this.point.hasStopped ? [ZEROS, ZEROS] : ZEROS;
      const attempt = this.attemptIfFollowed(smallArrayOf(given));
      return attempt?.asked.length ? attempt : this.attemptIfFollowed(0);
    }

    /** How the slopes of each attempt that counts compare with the exact ones. */
    get outcomes() {
      const { takes } = this;
      if (takes === NUMBER) return this.outcomesOfNumbers();
      const outcomes = [];
      if (this.point.hasShapeOf(ROWS)) outcomes.push(this.point.outcome(ROWS));
      if (takes === ROWS || takes === WHOLE) outcomes.push(this.tall.outcome(takes));
      else if (takes === COLUMNS) outcomes.push(this.wide.outcome(takes));
      return outcomes;
    }

    /** How the slopes of what differentiates a function of one number compare. */
    outcomesOfNumbers() {
      return [this.point, this.number]
        .filter((attempt) => attempt?.asksFor(NUMBER))
        .map((attempt) => attempt.outcome(NUMBER));
    }

    /** Whether all slopes are the exact ones, or too inexact to say. */
    get isRight() {
      return (
        this.hasShortStep || this.outcomes.every(({ outcome }) => outcome === RIGHT)
      );
    }

    /** Whether the array that is given holds other numbers afterwards. */
    get isArrayChanged() {
      return this.movedBy >= ROUNDING;
    }

    /** Whether slopes that are taken next to a moved coordinate count as wrong. They are off
        by as much as that was moved, times how fast the slope changes along it. */
    get showsThatArrayIsChanged() {
      return this.movedBy > MOST_MOVE;
    }

    get movedBy() {
      return Math.max(this.point.movedBy, this.tall.movedBy);
    }

    /** Whether whole numbers give other slopes than the same numbers as floats. */
    get cutsWholeNumbers() {
      const { takes } = this;
      if (takes === NUMBER || takes === UNKNOWN) return false;
      const attempt = this.attempt(smallArrayOf(this.wholeNumbers()));
      if (attempt.hasStopped) return false;
      const { outcome, factor } = attempt.outcome(takes === POINT ? ROWS : takes);
      const usual = this.outcomes.at(-1);
      const difference = Math.abs(factor - usual.factor);
      const isSame = difference <= TOLERANCE * Math.abs(usual.factor);
      return outcome !== usual.outcome || !isSame;
    }

    /** Some points, or one, in the shape that the function takes. */
    points() {
      if (this.takes === POINT) return A_POINT;
      return this.takes === COLUMNS ? WIDE : TALL;
    }

    /** The array of whole numbers that fits what the function takes. */
    wholeNumbers() {
      if (this.takes === POINT) return POINT_OF_WHOLE_NUMBERS;
      return this.takes === COLUMNS ? COLUMNS_OF_WHOLE_NUMBERS : ROWS_OF_WHOLE_NUMBERS;
    }

    /** Whether a point with an axis too many gets slopes, and wrong ones. */
    get misreadsColumns() {
      if (this.takes !== POINT) return false;
      const attempt = this.attemptIfFollowed(smallArrayOf(A_COLUMN));
      if (!attempt?.result || !attempt.asksFor(WHOLE)) return false;
      const slopes = attempt.result.entries();
      const exact = slopesAt(A_POINT);
      return (
        slopes.length === exact.length && compared(slopes, exact).outcome !== RIGHT
      );
    }

    /** The arguments at which it stops with an error. */
    stopsAt() {
      const firstRow = new FirstRow(valueAt);
      const allNumbers = new AllNumbers(valueAt);
      const points = smallArrayOf(this.points());
      const attempts = new Map([
        [STOPPING.LIST, this.attemptIfFollowed([...A_POINT])],
        [STOPPING.NUMBER, this.attemptIfFollowed(A_NUMBER)],
        [STOPPING.NOT_FLAT, this.attemptIfFollowed(smallArrayOf(TWO_SHEETS))],
        [STOPPING.SEVERAL_VALUES, this.attemptIfFollowed(smallArrayOf(WIDE), firstRow)],
        [STOPPING.SEVERAL_FOR_A_POINT, this.attemptIfFollowed(points, allNumbers)],
      ]);
      const kinds = new Set();
      for (const [kind, attempt] of attempts) {
        if (attempt?.hasStopped) kinds.add(kind);
      }
      if (this.tall.hasStopped && this.wide.hasStopped) kinds.add(STOPPING.MANY_POINTS);
      return kinds;
    }

    /** Whether every statement was met in some attempt, except for those that
        refuse. */
    hasVisitedAll() {
      if (areAllVisited(this.interpreter)) return true;
      for (const given of [[...A_POINT], A_NUMBER]) {
        this.attemptIfFollowed(given);
        if (areAllVisited(this.interpreter)) return true;
      }
      return false;
    }
  }

  /** Whether all that matters was met in the functions that were carried out. */
  function areAllVisited({ entered, visited }) {
    return [...entered].every((definition) =>
      partsThatMatter(definition).every((part) => visited.has(part)),
    );
  }

  /** By how much a number of an array has changed; of another shape, without end. */
  function largestMove(before, after) {
    if (!after || `${after.shape}` !== `${before.shape}`) return Infinity;
    const numbers = after.entries().map(Number);
    const moves = before
      .entries()
      .map((entry, k) => Math.abs(Number(entry) - numbers[k]));
    return Math.max(0, ...moves);
  }

  /** What a function gave as one array, if it can be one. */
  function asArray(result) {
    return ifFollowed(() => smallArrayOf(result));
  }

  function rowsOf(array) {
    const rows =
      array.shape.length < 2
        ? [array]
        : Array.from({ length: array.shape[0] }, (_, k) => array.part(BigInt(k)));
    return rows.map((row) => row.entries().map(Number));
  }

  function isNear(numbers, point) {
    return (
      numbers.length === point.length &&
      numbers.every((entry, k) => Math.abs(entry - point[k]) <= REACH)
    );
  }

  /** The statements of a function, and both sides of its choices. What refuses an
      argument, or only prints, need not have been met. */
  function partsThatMatter({ body: ofFunction }) {
    const parts = [];
    const waiting = [{ body: ofFunction }];
    while (waiting.length) {
      const node = waiting.pop();
      const { type, body, orelse, finalbody } = node;
      if (type === "FunctionDef" || type === "Lambda") continue;
      const statements = [body, orelse, finalbody].filter(Array.isArray).flat();
      parts.push(...statements.filter((each) => !isBesideThePoint(each)));
      if (type === "IfExp") parts.push(body, orelse);
      waiting.push(...python.children(node));
    }
    return parts;
  }

  function isBesideThePoint({ type, value }) {
    const isPrint = type === "Expr" && value.func?.id === "print";
    return isPrint || BESIDE_THE_POINT.includes(type);
  }

  Object.assign(scripts, {
    TAKES,
    OUTCOMES,
    TOLERANCE,
    SHORTEST_STEP,
    STOPPING,
    Trial,
    A_POINT,
    areAllVisited,
  });
}
