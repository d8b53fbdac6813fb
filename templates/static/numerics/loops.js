/* Loops: one operation along columns, many numbers at a time. A column holds a number
   for each of many points; a column of a single number goes with every number of the
   other: its stride is 0. The operators have loops of their own: calling a function
   costs more than adding.

   Legend, here and in all of numerics: f the function, x one point, v the value of an operation, a,
   b and c the values of its operands, h the step of the difference. */
"use strict";

{
  const gradviz = (globalThis.gradviz ??= {});
  gradviz.numerics = {}; // what these files share

  function strideOf(column) {
    return column.length === 1 ? 0 : 1;
  }

  function addColumns(v, a, b) {
    const strideOfA = strideOf(a);
    const strideOfB = strideOf(b);
    for (let i = 0; i < v.length; i++) {
      v[i] = a[strideOfA * i] + b[strideOfB * i];
    }
  }

  function subtractColumns(v, a, b) {
    const strideOfA = strideOf(a);
    const strideOfB = strideOf(b);
    for (let i = 0; i < v.length; i++) {
      v[i] = a[strideOfA * i] - b[strideOfB * i];
    }
  }

  function multiplyColumns(v, a, b) {
    const strideOfA = strideOf(a);
    const strideOfB = strideOf(b);
    for (let i = 0; i < v.length; i++) {
      v[i] = a[strideOfA * i] * b[strideOfB * i];
    }
  }

  function divideColumns(v, a, b) {
    const strideOfA = strideOf(a);
    const strideOfB = strideOf(b);
    for (let i = 0; i < v.length; i++) {
      v[i] = a[strideOfA * i] / b[strideOfB * i];
    }
  }

  /** The loop of any other operation. */
  function loopOver(compute) {
    return (v, a, b) => {
      const strideOfA = strideOf(a);
      const strideOfB = strideOf(b);
      for (let i = 0; i < v.length; i++) {
        v[i] = compute(a[strideOfA * i], b[strideOfB * i]);
      }
    };
  }

  function loopOfThree(compute) {
    return (v, a, b, c) => {
      const strideOfA = strideOf(a);
      const strideOfB = strideOf(b);
      const strideOfC = strideOf(c);
      for (let i = 0; i < v.length; i++) {
        v[i] = compute(a[strideOfA * i], b[strideOfB * i], c[strideOfC * i]);
      }
    };
  }

  const loopOfPowers = loopOver(power);
  const loopOfVectorPowers = loopOver(powerOfVector);

  function powerColumns(v, a, b) {
    if (b.length === 1 && b[0] === 2) multiplyColumns(v, a, a);
    else loopOfPowers(v, a, b);
  }

  /** An entry of a vector to the power of a number: NumPy takes its root for a half. */
  function powerOfVector(a, b) {
    return b === 0.5 ? Math.sqrt(a) : power(a, b);
  }

  function powerVectorColumns(v, a, b) {
    if (b.length === 1 && b[0] === 2) multiplyColumns(v, a, a);
    else loopOfVectorPowers(v, a, b);
  }

  /** The power of two numbers as C has it, where ** gives nan for some powers of ±1. */
  function power(a, b) {
    if (b === 2) return a * a;
    if (b === 3) return a * a * a;
    if (b === 4) return a * a * (a * a);
    if (a === 1) return 1;
    if (a === -1 && Math.abs(b) === Infinity) return 1;
    return a ** b;
  }

  /** A column of this length of its own. */
  function stretched(column, length) {
    if (column.length === length) return column.slice();
    return new Float64Array(length).fill(column[0]);
  }

  Object.assign(gradviz.numerics, {
    strideOf,
    addColumns,
    subtractColumns,
    multiplyColumns,
    divideColumns,
    powerColumns,
    powerVectorColumns,
    loopOver,
    loopOfThree,
    power,
    stretched,
  });
}
