/* Layouts: what x is while f is computed. Many points, each an argument of f, are a
   column for each coordinate; one long row, of which one entry is moved at a time, is
   what the call without .T hands over. Each gives the number of entries of x; the
   columns of a vector; one entry, as a column; and, as a column, the numbers that
   vectors reduce to. */
"use strict";

{
  const { LONGEST_BLOCK, strideOf, stretched } = globalThis.gradviz.numerics;

  function tooFew() {
    throw new RangeError("too few numbers");
  }

  /** NumPy's error for arrays that cannot be combined. */
  function misfit() {
    throw new RangeError("shapes do not fit");
  }

  /** Many points with the same number of coordinates each: a column for each
      coordinate. So a vector has two columns, and a matrix four, row by row. */
  class Points {
    constructor(columns) {
      this.columns = columns;
      this.size = columns.length;
    }

    entry(index) {
      return this.columns.at(index) ?? tooFew();
    }

    reduced({ rule, operand }) {
      return reduceAcross(rule.reduce, operand.read(this));
    }

    /** The entries of an array, each a column, and the array of such entries. */
    entries(columns) {
      return columns;
    }

    stacked(entries) {
      return entries;
    }
  }

  function reduceAcross(reduce, columns) {
    const row = new Float64Array(columns.length);
    const lengths = columns.map((column) => column.length);
    const reduced = new Float64Array(Math.max(...lengths));
    const strides = columns.map(strideOf);
    for (let i = 0; i < reduced.length; i++) {
      for (let k = 0; k < row.length; k++) row[k] = columns[k][strides[k] * i];
      reduced[i] = reduce(row, i);
    }
    return reduced;
  }

  /** One x, however many numbers it has: they are its only column, as are the entries of any
      array. */
  class OneRow {
    constructor(row) {
      this.columns = [row];
      this.size = row.length;
    }

    entry(index) {
      return Float64Array.of(this.columns[0].at(index) ?? tooFew());
    }

    reduced({ rule, operand }) {
      const [row] = operand.read(this);
      return Float64Array.of(rule.reduce(row));
    }

    /** The entries of an array of two, or of two by two. */
    entries([row], rank) {
      if (row.length !== 2 * rank) misfit();
      return Array.from(row, (entry) => Float64Array.of(entry));
    }

    stacked(entries) {
      return [Float64Array.from(entries, ([entry]) => entry)];
    }
  }

  const LONGEST_STRETCH = 1024; // numbers that are computed without a pause
  const WORK_OF_STRETCH = 2 ** 17; // additions without a pause

  /** One x with one entry moved at a time, by h ahead and by h behind. What depends on
      each entry alone is computed in advance: with no entry moved, and with all of them
      moved. */
  class MovingRow {
    constructor(row, h) {
      this.base = row;
      this.ahead = row.map((entry) => entry + h);
      this.behind = row.map((entry) => entry - h);
      this.reductions = new Map(); // by their nodes
    }

    /** Compute the vectors of a tree, and get their reductions ready. */
    *prepare(tree) {
      for (const node of tree.reductions) {
        if (!node.operand.rank) continue;
        const rows = yield* this.rowsOf(node.operand);
        const [base, ahead, behind] = rows;
        const reduceChanged = node.rule.withChange(base);
        this.reductions.set(node, { reduceChanged, ahead, behind });
      }
    }

    *rowsOf(vector) {
      const own = [this.base, this.ahead, this.behind];
      const size = this.base.length;
      const rows = own.map(() => new Float64Array(size));
      for (const [from, to] of stretches(size, LONGEST_STRETCH)) {
        const columns = own.map((row) => row.subarray(from, to));
        const computed = vector.read({ columns, size });
        for (const [k, row] of rows.entries()) row.set(computed[k], from);
        yield;
      }
      return rows;
    }
  }

  /** A stretch of the moves of a row: two for each entry, ahead and behind. */
  class Moves {
    constructor(moving, from, to) {
      this.moving = moving;
      this.from = from;
      this.to = to;
      this.size = moving.base.length;
    }

    column() {
      return new Float64Array(2 * (this.to - this.from));
    }

    entry(index) {
      const { base, ahead, behind } = this.moving;
      const place = index < 0 ? this.size + index : index;
      const column = this.column().fill(base[place] ?? tooFew());
      if (place >= this.from && place < this.to) {
        const k = 2 * (place - this.from);
        column[k] = ahead[place];
        column[k + 1] = behind[place];
      }
      return column;
    }

    reduced(node) {
      const { reduceChanged, ahead, behind } = this.moving.reductions.get(node);
      const column = this.column();
      for (let i = this.from; i < this.to; i++) {
        const k = 2 * (i - this.from);
        column[k] = reduceChanged(i, ahead[i]);
        column[k + 1] = reduceChanged(i, behind[i]);
      }
      return column;
    }
  }

  /** From one index to another, in stretches of this length at most. */
  function* stretches(end, longest) {
    for (let from = 0; from < end; from += longest) {
      yield [from, Math.min(from + longest, end)];
    }
  }

  /** The values of a tree with one entry of x moved at a time, ahead and then behind:
      in stretches, with pauses between small steps of work. */
  function* valuesOfMoves(root, row, h) {
    const isSeparable = root.reductions.every(
      ({ operand }) => !operand.rank || !operand.isMixed,
    );
    // One number has no x[1]: whether f raises then depends on the choice made.
    const isOfNumbers = !root.hasArray && row.length > 1;
    if (isSeparable && isOfNumbers) yield* valuesOfMovesAtOnce(root, row, h);
    else yield* valuesOfMovesOneByOne(root, row, h);
  }

  function* valuesOfMovesAtOnce(root, row, h) {
    const moving = new MovingRow(row, h);
    yield* moving.prepare(root);
    const costs = root.reductions.map(({ rule }) => rule.costOfChange(row.length));
    const longest = Math.ceil(WORK_OF_STRETCH / Math.max(LONGEST_BLOCK, ...costs));
    for (const [from, to] of stretches(row.length, longest)) {
      const [values] = root.read(new Moves(moving, from, to));
      yield { from, to, values: stretched(values, 2 * (to - from)) };
    }
  }

  function* valuesOfMovesOneByOne(root, row, h) {
    const x = row.slice();
    const value = () => root.read(new OneRow(x))[0][0];
    for (const [i, entry] of row.entries()) {
      x[i] = entry + h;
      const ahead = value();
      x[i] = entry - h;
      const behind = value();
      x[i] = entry;
      yield { from: i, to: i + 1, values: [ahead, behind] };
    }
  }

  Object.assign(globalThis.gradviz.numerics, {
    LONGEST_STRETCH,
    stretches,
    Points,
    OneRow,
    reduceAcross,
    misfit,
    valuesOfMoves,
  });
}
