/* Reductions: the one number that a row reduces to, rounded as NumPy rounds it; and the
   same with one entry changed at a time. The result of the other entries is kept, where
   rounding allows it. */
"use strict";

{
  const LONGEST_BLOCK = 128; // numbers that NumPy adds up without splitting them

  /** The sum of a row, or of a part of it, rounded as NumPy rounds it. */
  function sum(row, start = 0, end = row.length) {
    if (end - start <= LONGEST_BLOCK) return sumOfBlock(row, start, end);
    const middle = middleOf(start, end);
    return sum(row, start, middle) + sum(row, middle, end);
  }

  function middleOf(start, end) {
    return start + 8 * Math.floor((end - start) / 16);
  }

  function sumOfBlock(row, start, end) {
    let i = start;
    let total = 0;
    if (end - start >= 8) {
      let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (; i + 8 <= end; i += 8) {
        a += row[i];
        b += row[i + 1];
        c += row[i + 2];
        d += row[i + 3];
        e += row[i + 4];
        f += row[i + 5];
        g += row[i + 6];
        h += row[i + 7];
      }
      total = a + b + (c + d) + (e + f + (g + h));
    }
    for (; i < end; i++) total += row[i];
    return total;
  }

  /* A row with one entry changed at a time */

  /** A sum, kept block by block: only the block of the entry is added up again. */
  function sumWithChange(row) {
    /** The sums of a part and of its two halves, of their halves, and so on. */
    function partOf(start, end) {
      if (end - start <= LONGEST_BLOCK) {
        return {
          start,
          end,
          total: sumOfBlock(row, start, end),
          left: null,
          right: null,
        };
      }
      const middle = middleOf(start, end);
      const left = partOf(start, middle);
      const right = partOf(middle, end);
      return { start, end, total: left.total + right.total, left, right };
    }

    function changed(part, i) {
      const { start, end, left, right } = part;
      if (left === null) return sumOfBlock(row, start, end);
      if (i < right.start) return changed(left, i) + right.total;
      return left.total + changed(right, i);
    }

    const whole = partOf(0, row.length);
    return (i, value) => {
      const entry = row[i];
      row[i] = value;
      const total = changed(whole, i);
      row[i] = entry;
      return total;
    };
  }

  /** The running results along a row by a rule of two operands. */
  function folded(compute, row) {
    const before = row.slice();
    for (let i = 1; i < row.length; i++) before[i] = compute(before[i - 1], row[i]);
    return before;
  }

  /** The result of a row by a rule of two operands, from its first entry to its
      last. */
  function foldWithChange(compute) {
    return (row) => {
      const before = folded(compute, row);
      return (i, value) => {
        let total = i === 0 ? value : compute(before[i - 1], value);
        for (let k = i + 1; k < row.length; k++) total = compute(total, row[k]);
        return total;
      };
    };
  }

  /** The same by a rule that rounds nothing: what comes after the entry is kept, too. */
  function choiceWithChange(compute) {
    return (row) => {
      const before = folded(compute, row);
      const backwards = folded((a, b) => compute(b, a), row.slice().reverse());
      const after = backwards.reverse();
      return (i, value) => {
        const upToIt = i === 0 ? value : compute(before[i - 1], value);
        return i + 1 < row.length ? compute(upToIt, after[i + 1]) : upToIt;
      };
    };
  }

  function mean(row) {
    return sum(row) / row.length;
  }

  function meanWithChange(row) {
    const total = sumWithChange(row);
    return (i, value) => total(i, value) / row.length;
  }

  function norm(row) {
    return Math.sqrt(sum(row.map((a) => a * a)));
  }

  function normWithChange(row) {
    const total = sumWithChange(row.map((a) => a * a));
    return (i, value) => Math.sqrt(total(i, value * value));
  }

  Object.assign(globalThis.gradviz.numerics, {
    LONGEST_BLOCK,
    sum,
    sumWithChange,
    mean,
    meanWithChange,
    norm,
    normWithChange,
    foldWithChange,
    choiceWithChange,
  });
}
