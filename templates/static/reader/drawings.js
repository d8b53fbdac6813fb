/* Drawings: what a script draws on, and the calls that it does not accept. Nothing is
   drawn. Of figures and axes only their names count, and of heights only their shapes:
   with those that do not fit, matplotlib stops with an error. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { SmallArray, Slice, Stops, Tuple, smallArrayOf } = scripts.small;
  const { areSameShape, isAnyNumber, isWholeNumber } = scripts.small;
  const { itemAt, itemsIn } = scripts.values;
  const { ifFollowed } = scripts;

  const { drawn_on: words, walk } = vocabulary;
  const methodsOfAxes = [...words.methods_of_axes, ...walk.drawing, ...walk.pictures];

  const namedOfQuiver = words.named_of_quiver;

  const FIGURE = "figure";
  const AXES = "axes";
  const PYPLOT = "matplotlib.pyplot";

  /** The script stops at a node, and what is wrong there is known: the `form` of the
      message, and its `values`, texts or nodes that stand for their text. */
  class KnownStop extends Stops {
    constructor(node, form, values) {
      super();
      Object.assign(this, { node, form, values });
    }
  }

  /** Something that only draws, and changes no array: its `kind`, if it is a figure or
      axes, and the `name` of a function or method, with its owner. A method may give
      all `axes` in one row. */
  class Drawing {
    constructor(kind = "", name = "", axes = null) {
      Object.assign(this, { kind, name, axes });
    }
  }

  /** The axes of a figure that has several, in an array; or the rows of one. */
  class AxesArray extends Tuple {
    get hasRows() {
      return this.items.some((each) => each instanceof AxesArray);
    }

    /** All axes in one row. */
    flattened() {
      if (!this.hasRows) return this;
      return new AxesArray(this.items.flatMap(({ items }) => items));
    }

    /** What an index of the array selects. */
    part(index) {
      if (index instanceof Tuple) {
        const [first, second, ...others] = index.items;
        const chosen = this.part(first);
        // There are more indices than dimensions.
        if (others.length || !(chosen instanceof AxesArray)) throw new Stops();
        if (!(first instanceof Slice)) return chosen.part(second);
        return new AxesArray(chosen.items.map((each) => each.part(second)));
      }
      const isSlice = index instanceof Slice;
      if (!isSlice && !isWholeNumber(index)) return new Drawing();
      const chosen = itemAt(new Tuple(this.items), index);
      return isSlice ? new AxesArray(chosen.items) : chosen;
    }
  }

  /* Names */

  /** What draws under the name of a library; a stop if only axes have such a method. */
  function attributeOfPyplot(name, node) {
    const own = name.split(".").at(-1);
    // This draws nothing: pyplot does.
    if (name === `matplotlib.${own}` && methodsOfAxes.includes(own)) throw new Stops();
    const setting = settingOf(own);
    const isOfAxes = setting !== own && !words.set_by_pyplot.includes(own);
    if (name === `${PYPLOT}.${own}` && isOfAxes) {
      const hasOwn = words.set_by_axes.includes(setting);
      throw unknownName(node, hasOwn ? setting : `gca().${own}`);
    }
    return new Drawing("", name);
  }

  /** An attribute of a figure, of axes or of an array of axes; a stop if there is none of
      this name. */
  function attributeOfDrawing(owner, node, isCalled) {
    const { attr: name, value } = node;
    const giving = [...words.giving_axes, ...words.giving_figures];
    // It was not called.
    if (giving.some((each) => owner.name === `${PYPLOT}.${each}`)) throw new Stops();
    const isSet = words.set_by_axes.includes(name);
    const isOfAxes =
      words.set_by_axes.includes(settingOf(name)) || methodsOfAxes.includes(name);
    if (owner instanceof AxesArray) {
      if (name === "flat") return owner.flattened();
      if (isOfAxes) {
        const place = owner.hasRows ? "[0, 0]" : "[0]";
        throw new KnownStop(node, "several-axes", { axes: value, name, place });
      }
      return new Drawing("", "", walk.flattening.includes(name) ? owner : null);
    }
    if (owner.kind === FIGURE && isOfAxes)
      throw new KnownStop(node, "figure", { figure: value, name });
    const isText = name === "title" && !isCalled;
    if (owner.kind === AXES && isSet && !isText) throw unknownName(node, `set_${name}`);
    if (owner.kind === AXES && words.of_pyplot_alone.includes(name)) throw new Stops();
    return new Drawing("", `${owner.kind}.${name}`);
  }

  function settingOf(name) {
    return name.replace(/^set_/, "");
  }

  function unknownName(node, method) {
    const values = { owner: node.value, name: node.attr, method };
    return new KnownStop(node, "unknown-name", values);
  }

  /* Calls */

  /** What a call that draws gives; a stop if matplotlib stops at its arguments. */
  function resultOfDrawing({ name: fullName, axes }, node, given, keywords) {
    if (axes) return axes.flattened();
    const name = fullName.split(".").at(-1);
    if (fullName === `${FIGURE}.subplots`) return axesInRows(given, keywords);
    if (fullName === `${PYPLOT}.subplots`)
      return new Tuple([new Drawing(FIGURE), axesInRows(given, keywords)]);
    if (words.giving_figures.includes(name)) return new Drawing(FIGURE);
    if (words.giving_axes.includes(name)) return new Drawing(AXES);
    if (words.of_heights.includes(name)) checkHeights(node, name, given);
    return new Drawing();
  }

  /** The axes that `plt.subplots` gives, for so many rows and columns. */
  function axesInRows([givenRows, givenColumns], keywords) {
    const rows = keywords.get("nrows") ?? givenRows ?? 1n;
    const columns = keywords.get("ncols") ?? givenColumns ?? 1n;
    const areCounts = isWholeNumber(rows) && isWholeNumber(columns);
    const isShaped = keywords.has("squeeze") || keywords.has("**");
    if (!areCounts || isShaped || rows * columns > words.most_axes)
      return new Drawing();
    const axes = new Drawing(AXES);
    if (rows !== 1n && columns !== 1n) return arrayOf(arrayOf(axes, columns), rows);
    const count = rows * columns;
    return count === 1n ? axes : arrayOf(axes, count);
  }

  function arrayOf(item, count) {
    return new AxesArray(new Array(Math.max(0, Number(count))).fill(item));
  }

  /* Arrows and heights */

  /** Throw a stop if quiver or streamplot does not take its arguments: one with a name
      that it does not know, shapes that do not fit, or not as many colours. */
  function checkArrows(node, given) {
    if (node.func.attr !== "quiver") {
      checkStreams(given.slice(0, 4));
      return;
    }
    const unknown = node.keywords.find(
      ({ arg }) => arg && !namedOfQuiver.includes(arg),
    );
    if (unknown) {
      const values = { name: "quiver", argument: unknown.arg };
      throw new KnownStop(node, "unknown-argument", values);
    }
    const [components, ...others] = given.slice(2).map(shapeOf);
    if (!components) return;
    const colours = others.length === 2 ? others[1] : null;
    const hasOthers = colours && sizeOf(colours) !== sizeOf(components);
    if (components.length > 2 || hasOthers) throw new Stops();
  }

  function checkStreams(given) {
    if (!given.every(shapeOf)) return;
    const [x, y, u, v] = given.map((each) => smallArrayOf(each));
    const along = [numbersAlong(y.transposed()), numbersAlong(x)];
    for (const numbers of along) {
      if (numbers.some((n, k) => k > 0 && numbers[k - 1] >= n)) throw new Stops();
    }
    const shape = along.map(({ length }) => length);
    const isTable = [u, v].every((each) => areSameShape(each.shape, shape));
    if (!isTable) throw new Stops();
  }

  /** The numbers along an axis, which a table repeats in each row. */
  function numbersAlong(array) {
    if (array.shape.length < 2) return array.entries();
    const [first, ...others] = itemsIn(array).map((row) => row.entries());
    const areAlike = others.every((row) => row.every((n, k) => n === first[k]));
    if (!areAlike) throw new Stops();
    return first;
  }

  function sizeOf(shape) {
    return shape.reduce((size, length) => size * length, 1);
  }

  /** Throw a stop if heights do not fit the places at which they are drawn. */
  function checkHeights(node, name, given) {
    const hasPlaces = given.length > 2;
    const place = hasPlaces ? 2 : 0;
    const shape = shapeOf(given[place]);
    if (!shape) return;
    const [x, y] = node.args;
    const heights = node.args[place];
    if (shape.length < 2)
      throw new KnownStop(heights, "flat-heights", { name, heights });
    const [shapeOfX, shapeOfY] = given.map(shapeOf);
    if (!hasPlaces || !shapeOfX || !shapeOfY) return;
    if (areFitting(name, shapeOfX, shapeOfY, shape)) return;
    throw new KnownStop(heights, "heights", {
      name,
      heights,
      shape: asText(shape),
      x,
      x_shape: asText(shapeOfX),
      y,
      y_shape: asText(shapeOfY),
    });
  }

  /** The shape of an array, of a list or of a number; null if it is unknown. */
  function shapeOf(value) {
    const isKnown = value instanceof SmallArray || Array.isArray(value);
    if (!isKnown && !isAnyNumber(value)) return null;
    return ifFollowed(() => smallArrayOf(value).shape);
  }

  /** Whether a function of matplotlib draws heights at places of these shapes. */
  function areFitting(name, x, y, heights) {
    if (words.of_surfaces.includes(name))
      return areStretchable(x, heights) && areStretchable(y, heights);
    const rowsAndColumns = [...y.slice(0, 1), ...x.slice(-1)];
    if (name.startsWith("contour")) {
      const areAlike =
        x.length === 2
          ? areSameShape(x, y) && areSameShape(x, heights)
          : x.length === 1 && y.length === 1;
      return areAlike && areSameShape(rowsAndColumns, heights);
    }
    const fields = heights.slice(0, 2); // behind them may be colours
    const borders = fields.map((length) => length + 1);
    return [fields, borders].some((each) => areSameShape(rowsAndColumns, each));
  }

  function areStretchable(one, other) {
    const lengths = other.toReversed();
    return one
      .toReversed()
      .every((n, k) => [1, n, undefined].includes(lengths[k]) || n === 1);
  }

  /** A shape as Python writes it. */
  function asText(shape) {
    return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  }

  Object.assign(scripts, { AXES, FIGURE, AxesArray, Drawing, KnownStop });
  Object.assign(scripts, { attributeOfDrawing, attributeOfPyplot, checkArrows });
  Object.assign(scripts, { resultOfDrawing });
}
