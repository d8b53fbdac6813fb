/* Grid rules: slopes, heights and histograms that meet the wrong axis of a grid. NumPy goes along
   the first axis of an array first, and a picture draws that axis upwards. So for an array
   over a grid three things can change places: the distances that `np.gradient` is given, its
   two results, and the two axes of an image. In each case a square grid and a symmetric
   example hide it. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { ORDERS, areAlikeAlong, areEqual, coordinateIn, firstAxisOf, heightsOf } =
    scripts;
  const { dotted, firstAxisOfPlaces, hasStarred, isArray, isItems, isNumber } = scripts;
  const { lastPart, meaning, numberValue, orderOfAxes } = scripts;

  // How exactly a distance has to be that of the grid.
  const TOLERANCE = 1e-6;

  // Other factors would be written with an exponent.
  const SMALLEST = 1e-3;
  const LARGEST = 1e4;

  /** What is wrong with what stands over a grid, in a script with its `rules`. */
  function* findingsOfGrids(rules) {
    const { axisGradients, pictures, quivers } = rules.observations;
    const drawn = new Set(slopesDrawn(quivers).map(({ call }) => call));
    const scaled = scaledCalls(quivers);
    for (const gradient of axisGradients) {
      const { node } = gradient;
      if (drawn.has(node)) yield* spacing(rules, gradient, scaled.has(node));
    }
    for (const quiver of quivers) {
      if (orderOfAxes(quiver) === ORDERS.TRANSPOSED)
        yield transposedSlopes(rules, quiver);
    }
    for (const picture of pictures) yield* imageAxes(rules, picture);
  }

  function slopesDrawn(quivers) {
    const values = quivers.flatMap((quiver) => quiver.values);
    return values.filter(({ is }) => is === "axis-slope");
  }

  /* The distances between the points, in np.gradient */

  /** The calls of `np.gradient` whose results are multiplied, then drawn. */
  function scaledCalls(quivers) {
    const scaled = slopesDrawn(quivers).filter(({ isScaled }) => isScaled);
    return new Set(scaled.map(({ call }) => call));
  }

  /** Distances that are missing, exchanged, or not those of the grid. */
  function* spacing(rules, gradient, isScaled) {
    const { node, spacings, isPlain } = gradient;
    const edits = mendOfSpacing(rules, gradient);
    const sheet = spacingOfTwoAxes(gradient);
    if (sheet) {
      const words = { form: "spacing", spacing: rules.source.text(sheet) };
      yield rules.finding("stops", "error", node, { edits, ...words });
      return;
    }
    if (isScaled) return; // by the spacing, perhaps, and a mend would divide by it twice
    const factors = factorsOfSlopes(gradient) ?? factorsOfOne(gradient);
    if (!factors) {
      if (isPlain && !spacings.length) {
        yield rules.finding("spacing", "note", node, { edits });
      }
    } else if (!areClose(...factors)) {
      yield rules.finding("spacing", "error", node, { edits });
    } else if (!areClose(factors[0], 1)) {
      // Each arrow has its direction, and all are longer, or shorter, by one factor.
      const factor = rounded(factors[0]);
      yield rules.finding("spacing", "note", node, { edits, form: "factor", factor });
    }
  }

  /** Whether it is known what `np.gradient` makes of the distances that it gets. */
  function isSpacingRead(gradient, isScaled) {
    if (isScaled) {
      const factors = factorsOfSlopes(gradient);
      return Boolean(factors?.every((factor) => areClose(factor, 1)));
    }
    // If none is given and the grid is not known, a note says so.
    const isMissing = gradient.isPlain && !gradient.spacings.length;
    if (isMissing || spacingOfTwoAxes(gradient)) return true;
    return Boolean(factorsOfSlopes(gradient) ?? factorsOfOne(gradient));
  }

  /** Three digits of a factor, as both readers write them. */
  function rounded(factor) {
    const isPlain = SMALLEST <= Math.abs(factor) && Math.abs(factor) <= LARGEST;
    return isPlain ? `${Number(factor.toPrecision(3))}` : "…";
  }

  /** What the slopes along either axis of the array are multiplied by: what the points are
      apart, divided by what `np.gradient` takes for that. */
  function factorsOfSlopes({ heights, spacings, isPlain }) {
    if (!isPlain || spacings.length > 2) return null;
    const first = firstAxisOf(heights);
    const [one = numberValue(1, true), other = one] = spacings;
    const factors = [
      factorOf(heights, first, one),
      factorOf(heights, 1 - first, other),
    ];
    return factors.includes(null) ? null : factors;
  }

  /** The same for one distance that is not known, if it cannot fit both axes. */
  function factorsOfOne(gradient) {
    const [only, ...more] = gradient.spacings;
    if (!only || more.length || isArray(only)) return null;
    const factors = factorsOfSlopes({ ...gradient, spacings: [] });
    return factors && !areClose(...factors) ? factors : null;
  }

  function factorOf({ mesh }, coordinate, given) {
    const axis = mesh.ranges[coordinate]?.axis ?? null;
    if (isArray(given)) {
      if (given.isSquare) return null;
      if (coordinateIn(mesh, given) === coordinate || isOfBoth(mesh, given)) return 1;
      if (given.isMoved || !axis || !given.axis) return null;
      // np.gradient refuses coordinates of another number.
      const isAsLong = countOf(axis) === countOf(given.axis);
      return isAsLong ? axis.step / given.axis.step : null;
    }
    return isNumber(given) && axis && given.value ? axis.step / given.value : null;
  }

  /** Whether an array holds the numbers along both axes, which are the same. */
  function isOfBoth(mesh, array) {
    const [numbers] = mesh.ranges;
    if (!numbers || array.isMoved || !areAlikeAlong(mesh)) return false;
    const isOne = array.made !== null && array.made === numbers.made;
    return isOne || (array.axis !== null && areEqual(array.axis, numbers.axis));
  }

  function countOf({ start, stop, step }) {
    return Math.ceil((stop - start) / step);
  }

  function areClose(one, other) {
    return Math.abs(one - other) <= TOLERANCE * Math.abs(other);
  }

  /** X in `np.gradient(Z, X, Y)`, at which NumPy stops. */
  function spacingOfTwoAxes({ node, spacings, isPlain }) {
    if (!isPlain || spacings.length !== 2) return null;
    const place = spacings.findIndex(({ isSquare }) => isSquare);
    return place === -1 ? null : node.args[place + 1];
  }

  /** Hand on the coordinates along each axis of the array: `np.gradient(Z, y, x)`. */
  function mendOfSpacing(rules, gradient) {
    const { node, heights, coordinates, isPlain } = gradient;
    const isOtherwise = rules.observations.axisGradients.some(
      (each) => each.node === node && each.coordinates.join() !== coordinates.join(),
    );
    const first = firstAxisOf(heights);
    const texts = [coordinates[first], coordinates[1 - first]];
    if (isOtherwise || !texts.every(Boolean) || !isPlain) return [];
    const [array, ...given] = node.args;
    if (!given.length) {
      return [rules.insertionInCall(array, node, `, ${texts.join(", ")}`)];
    }
    if (given.length === 1) {
      return [
        rules.replacement(given[0], texts[0]),
        rules.insertionInCall(given[0], node, `, ${texts[1]}`),
      ];
    }
    if (given.length !== 2) return [];
    const others = areExchanged(gradient)
      ? given.map((each) => rules.source.text(each)).reverse()
      : texts;
    return given.map((each, k) => rules.replacement(each, others[k]));
  }

  /** Whether two distances are those of the grid, each for the other axis. */
  function areExchanged({ heights, spacings }) {
    const first = firstAxisOf(heights);
    const factors = [1 - first, first].map((coordinate, k) =>
      factorOf(heights, coordinate, spacings[k]),
    );
    return factors.every((factor) => factor !== null && areClose(factor, 1));
  }

  /* The two results of np.gradient */

  /** `quiver(X, Y, dx.T, dy.T)`: transposed, where they were to be exchanged. */
  function transposedSlopes(rules, { node, values: [x, , u] }) {
    const isExchanged = u.coordinate !== coordinateIn(u.mesh, x);
    const formOfTurned = isExchanged ? "exchanged" : "error";
    const form = u.isTurned ? formOfTurned : "missing";
    let edits = [];
    if (!hasStarred(node)) {
      const nodes = node.args.slice(2, 4);
      const texts = nodes.map((each) => textTurned(rules, each));
      if (isExchanged) texts.reverse();
      edits = nodes.map((each, k) => rules.replacement(each, texts[k]));
    }
    return rules.finding("transposed-slopes", "error", node, { edits, form });
  }

  /** The text of an array with a .T more, or with one less. */
  function textTurned(rules, node) {
    if (node.type === "UnaryOp" && node.op === "USub") {
      return `-${textTurned(rules, node.operand)}`;
    }
    const inner = insideOfTranspose(rules, node);
    if (inner) return rules.source.text(inner);
    const text = rules.source.text(node);
    const isAtom = vocabulary.findings.atoms.includes(node.type);
    return isAtom ? `${text}.T` : `(${text}).T`;
  }

  /** What `Z.T`, `Z.transpose()` or `np.transpose(Z)` turns, else null. */
  function insideOfTranspose(rules, { type, attr, value, func, args, keywords }) {
    if (type === "Attribute" && attr === "T") return value;
    if (type !== "Call" || keywords.length) return null;
    if (meaning(func, rules.imports) === "numpy.transpose" && args.length === 1) {
      return args[0];
    }
    const isMethod = func.type === "Attribute" && func.attr === "transpose";
    return isMethod && !args.length ? func.value : null;
  }

  /* Images */

  /** Heights over a grid, or a histogram, with the other axis upwards. */
  function* imageAxes(rules, picture) {
    const { node, name, array, arrayNode, isLower } = picture;
    const heights = heightsOf(array);
    if (!heights || hasUnreadPlaces(picture, heights.mesh)) return;
    const { mesh } = heights;
    const first = firstAxisOf(heights);
    const names = namesOf(rules, mesh);
    const [likely, isTold] = upwardOf(rules, picture, mesh, names);
    const upward = likely ?? 1;
    if (upward === first || (!names && !isTold)) return;
    const coordinates = names ?? ["x0", "x1"];
    const words = {
      array: rules.source.text(arrayNode),
      picture: name,
      first: coordinates[first],
      other: coordinates[upward],
    };
    if (!isTold || !heights.isFollowed) {
      yield rules.finding("image-axes", "note", node, words);
      return;
    }
    // With the first row at the top, a transpose alone would not make it right.
    const canBeMended = name !== "imshow" || isLower;
    const text = textTurned(rules, arrayNode);
    const edits = canBeMended ? [rules.replacement(arrayNode, text)] : [];
    yield rules.finding("image-axes", "error", node, { edits, ...words });
  }

  /** Which coordinate is to be vertical, and whether the script says so: by the coordinates
      that the picture gets, or by a label. The names alone, such as X and Y, say it only
      where the picture is drawn over coordinates. */
  function upwardOf(rules, picture, mesh, names) {
    const told = upwardCoordinate(picture, mesh);
    if (told !== null) return [told, true];
    if (!names) return [null, false];
    const labelled = upwardByLabel(rules, picture, names);
    if (labelled !== null) return [labelled, picture.isGraph];
    const likely = upwardByNames(names);
    const isOverCoordinates = picture.places.length > 0 || picture.extent !== null;
    return [likely, likely !== null && isOverCoordinates];
  }

  /** Which coordinate a picture is told to draw upwards, null if it is not told. */
  function upwardCoordinate({ places, extent }, mesh) {
    if (places.length) return firstAxisOfPlaces(mesh, places);
    if (!extent || !isItems(extent) || extent.values.length !== 4) return null;
    const bounds = extent.values;
    const coordinates = bounds.map((bound) => coordinateIn(mesh, bound));
    if (["0,0,1,1", "1,1,0,0"].includes(coordinates.join())) return coordinates[2];
    if (areAlikeAlong(mesh)) return null;
    const isUpward = (upward) =>
      reaches(mesh, 1 - upward, bounds.slice(0, 2)) &&
      reaches(mesh, upward, bounds.slice(2));
    return [0, 1].find(isUpward) ?? null;
  }

  /** Whether a coordinate goes from one number to another, to within a step. */
  function reaches(mesh, coordinate, [low, high]) {
    const axis = mesh.ranges[coordinate]?.axis;
    if (!axis || !isNumber(low) || !isNumber(high)) return false;
    if (low.value === null || high.value === null) return false;
    const step = Math.abs(axis.step) * (1 + TOLERANCE);
    const isStart = Math.abs(low.value - axis.start) <= step;
    return isStart && Math.abs(high.value - axis.stop) <= step;
  }

  /** Whether a picture is given coordinates, and it is not known which. */
  function hasUnreadPlaces(picture, mesh) {
    const { places } = picture;
    if (!places.length || upwardCoordinate(picture, mesh) !== null) return false;
    return !places.every((place) => isArray(place) && isOfBoth(mesh, place));
  }

  /** What a script calls the coordinates of a grid, or of a histogram; else null. */
  function namesOf(rules, { node }) {
    const assignments = rules.source.nodes.filter(
      ({ type, value }) => type === "Assign" && value === node,
    );
    let pairs = assignments
      .flatMap(({ targets }) => targets)
      .filter(({ type }) => type === "Tuple" || type === "List")
      .map(({ elts }) => elts);
    const name =
      node.type === "Call" ? lastPart(meaning(node.func, rules.imports)) : "";
    if (vocabulary.walk.histograms.includes(name)) {
      pairs = name.endsWith("2d") ? [node.args.slice(0, 2)] : [];
    }
    const pair = pairs.find(
      (each) => each.length === 2 && each.every(({ type }) => type === "Name"),
    );
    return pair ? pair.map(({ id }) => id) : null;
  }

  /** Which of `X, Y`, or of `x1, x2`, is usually drawn upwards; null of other names. */
  function upwardByNames(names) {
    const [first, second] = names.map((name) => name.toLowerCase());
    const letters = first[0] + second[0];
    if (letters === "xy" || letters === "yx") return letters === "xy" ? 1 : 0;
    const areNumbered = [first, second].every((name) => /[0-9]$/.test(name));
    if (!areNumbered || first.slice(0, -1) !== second.slice(0, -1)) return null;
    return first < second ? 1 : 0;
  }

  /** The coordinate after which the horizontal axis is not named; null if that is not known. */
  function upwardByLabel({ source, imports }, { node }, names) {
    const labels = source.nodes.filter(({ type, func, args }) => {
      if (type !== "Call" || args[0]?.kind !== "str") return false;
      const isLabel = ["xlabel", "set_xlabel"].includes(
        lastPart(meaning(func, imports)),
      );
      return isLabel && ownerOf(func) === ownerOf(node.func);
    });
    const letters = labels.map(({ args: [text] }) =>
      text.value.toLowerCase().replace(/[^a-z0-9]/g, ""),
    );
    const named = names.findIndex((name) => {
      const isNamed = (label) => label === name.toLowerCase();
      return letters.length > 0 && letters.every(isNamed);
    });
    return named === -1 ? null : 1 - named;
  }

  /** `plt`, or `ax`, of a call of its function. */
  function ownerOf(called) {
    return dotted(called).split(".").slice(0, -1).join(".");
  }

  Object.assign(scripts, {
    factorsOfSlopes,
    findingsOfGrids,
    isSpacingRead,
    scaledCalls,
  });
}
