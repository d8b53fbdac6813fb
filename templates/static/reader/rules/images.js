/* Images: heights over a grid, or a histogram, drawn with the wrong axis upwards. The
   first axis of an array comes first in NumPy, and a picture draws that axis upwards. A
   square grid and a symmetric example hide that the two have changed places. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { DISTANCE_TOLERANCE, areAlikeAlong, coordinateIn, firstAxisOf, heightsOf } =
    scripts;
  const { dotted, firstAxisOfPlaces, isArray, isItems, isNumber, isOfBoth } = scripts;
  const { lastPart, meaning } = scripts;
  const { replacement, turnedText } = scripts.rules;

  /** Pictures of heights over a grid, or of histograms. */
  function* imageAxes(script) {
    for (const picture of script.observations.pictures) {
      yield* heightsDrawn(script, picture);
    }
  }

  /** Heights over a grid, or a histogram, drawn with the wrong axis upwards. */
  function* heightsDrawn(script, picture) {
    const { node, name, array, arrayNode, isLower } = picture;
    const heights = heightsOf(array);
    if (!heights || hasUnreadPlaces(picture, heights.mesh)) return;
    const { mesh } = heights;
    const first = firstAxisOf(heights);
    const names = namesOf(script, mesh);
    const [likely, isTold] = upwardOf(script, picture, mesh, names);
    const upward = likely ?? 1;
    if (upward === first || (!names && !isTold)) return;
    const coordinates = names ?? ["x0", "x1"];
    const values = {
      array: script.source.text(arrayNode),
      picture: name,
      first: coordinates[first],
      other: coordinates[upward],
    };
    if (!isTold || !heights.isFollowed) {
      yield script.finding("image-axes", "note", node, values);
      return;
    }
    // With the first row at the top, a transpose alone would not mend it.
    const canBeMended = name !== "imshow" || isLower;
    const text = turnedText(script, arrayNode);
    const edits = canBeMended ? [replacement(script.source, arrayNode, text)] : [];
    yield script.finding("image-axes", "error", node, { edits, ...values });
  }

  /** Which coordinate should be vertical, and whether the script says so: by the
      coordinates that the picture gets, or by a label. The names alone, such as X and
      Y, say it only where the picture is drawn over coordinates. */
  function upwardOf(script, picture, mesh, names) {
    const told = upwardCoordinate(picture, mesh);
    if (told !== null) return [told, true];
    if (!names) return [null, false];
    const labelled = upwardByLabel(script, picture, names);
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
    const step = Math.abs(axis.step) * (1 + DISTANCE_TOLERANCE);
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
  function namesOf(script, { node }) {
    const assignments = script.source.nodes.filter(
      ({ type, value }) => type === "Assign" && value === node,
    );
    let pairs = assignments
      .flatMap(({ targets }) => targets)
      .filter(({ type }) => type === "Tuple" || type === "List")
      .map(({ elts }) => elts);
    const name =
      node.type === "Call" ? lastPart(meaning(node.func, script.imports)) : "";
    if (vocabulary.walk.histograms.includes(name)) {
      pairs = name.endsWith("2d") ? [node.args.slice(0, 2)] : [];
    }
    const pair = pairs.find(
      (each) => each.length === 2 && each.every(({ type }) => type === "Name"),
    );
    return pair ? pair.map(({ id }) => id) : null;
  }

  /** Which of `X, Y`, or of `x1, x2`, is usually drawn upwards; null for other
      names. */
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

  Object.assign(scripts.rules, { imageAxes });
}
