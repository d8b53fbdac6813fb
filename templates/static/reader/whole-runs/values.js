/* Values that only a whole run knows, and what it asks of values. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { Drawing } = scripts;
  const { NotFollowed, SmallArray, isWholeNumber, smallArrayOf } = scripts.small;
  const { Library, OPAQUE, isItems, itemsIn } = scripts.values;

  scripts.wholeRuns = {};

  /** A statement was left halfway, so that nothing is known of what it changes. */
  class Abandoned extends NotFollowed {}

  /** What can be gone over once: it is followed only where it is used up at once. */
  class OnePass extends Array {}

  /** What `np.vectorize` gives. */
  class Vectorized {
    constructor(called) {
      this.called = called;
    }
  }

  /** What `jax.grad` gives. */
  class Differentiated {
    constructor(called, place = null, isElementwise = false) {
      Object.assign(this, { called, place, isElementwise });
    }
  }

  /** What `jax.vmap` gives. */
  class Mapped {
    constructor(called) {
      this.called = called;
    }
  }

  /** What `functools.partial` gives. */
  class Partial {
    constructor(called, given, keywords) {
      Object.assign(this, { called, given, keywords });
    }
  }

  function isUnknown(value) {
    return value === OPAQUE || value instanceof Drawing;
  }

  /** Whether this stands for a type, as `NDArray` and `tuple` do. */
  function isOfTypes(value) {
    if (!(value instanceof Library)) return false;
    const { types, of_types: modules } = vocabulary.whole_run;
    const module = value.name.split(".").slice(0, -1).join(".");
    return modules.includes(module) || types.includes(value.name);
  }

  /* Arrays */

  /** A value that does not change when an array does. */
  function asItIs(value) {
    return isArrayLike(value) ? smallArrayOf(value) : value;
  }

  /** Whether this is an array, or a list of arrays. */
  function isArrayLike(value) {
    if (!isItems(value)) return value instanceof SmallArray;
    const items = itemsIn(value);
    return items.length > 0 && items.every((each) => each instanceof SmallArray);
  }

  function isTable(value) {
    if (!isArrayLike(value)) return false;
    return (isItems(value) ? itemsIn(value) : value.shape).length === 2;
  }

  /** Whether no number has a part behind the point. */
  function areWhole(value) {
    const entries = smallArrayOf(value).entries();
    return entries.every((entry) => isWholeNumber(entry) || Number.isInteger(entry));
  }

  function turned(value) {
    return isTable(value) ? smallArrayOf(value).transposed() : value;
  }

  Object.assign(scripts.wholeRuns, {
    Abandoned,
    Differentiated,
    Mapped,
    OnePass,
    Partial,
    Vectorized,
    areWhole,
    asItIs,
    isOfTypes,
    isTable,
    isUnknown,
    turned,
  });
}
