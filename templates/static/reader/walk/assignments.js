/* Assignments: what names, attributes and entries of arrays are set to. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { FLOAT, UNKNOWN, WHOLE, isArray, isOfRoutine, kindOfNumbers } = scripts;
  const { ownersOf, unknownPart } = scripts;
  const { combined, lose, unpacked } = scripts.walk;

  /** Set a name, several of them, an attribute or an entry to a value. */
  function assign(walk, target, value, names) {
    if (target.type === "Name") {
      names.set(target.id, value);
    } else if (target.type === "Tuple" || target.type === "List") {
      const parts = unpacked(value, target.elts.length);
      for (const [k, element] of target.elts.entries()) {
        assign(walk, element, parts[k], names);
      }
    } else if (target.type === "Starred") {
      assign(walk, target.value, unknownPart(value), names);
    } else {
      store(walk, target, value, names);
    }
  }

  /** Store a value in an attribute, or in an entry of an array or a list. */
  function store(walk, { type, value: container, attr }, value, names) {
    if (type === "Attribute" && container.type === "Name") {
      const owner = names.get(container.id);
      if (owner?.is === "instance") {
        walk.objects.store(owner, attr, value);
        return;
      }
      names.set(container.id, unknownPart(owner)); // P.shape = …
    }
    change(walk, container, names);
    putInto(container, [value], names);
    lose(value);
  }

  /** Note that an array, known by its name here, is changed in place. */
  function change(walk, place, names) {
    const array = walk.value(place, names);
    noteChange(walk, array);
    if (place.type === "Name" && isArray(array)) {
      names.set(place.id, walk.changes.asItIsNow(array));
    }
  }

  function noteChange(walk, value) {
    walk.changes.note(value);
    if (!value.isCopy) walk.observations.changed.add(value.made);
  }

  /** Let a list, or something unknown, hold other values besides its own. */
  function putInto({ type, id }, values, names) {
    const before = type === "Name" ? names.get(id) : null;
    if (before?.is === "items" || before?.is === "unknown") {
      names.set(id, unknownPart(before, ...values));
    }
  }

  /** Follow `x -= …`: an array is changed in place; anything else is made anew. */
  function assignAugmented(walk, { target, op, value }, names) {
    const operand = walk.value(value, names);
    const place = target.type === "Subscript" ? target.value : target;
    noteSlopes(walk, place, operand, names);
    if (target.type !== "Name") {
      change(walk, place, names);
      return;
    }
    const before = walk.valueOfName(target.id, names);
    const isChanged = ownersOf(before).length > 0; // in place
    noteChange(walk, before);
    const after = isChanged
      ? walk.changes.asItIsNow(before)
      : combined(op, before, operand);
    names.set(target.id, after);
  }

  /** Note slopes that are written into an array: `x -= …`, `x[i] = …`. */
  function noteSlopes(walk, node, value, names) {
    const isOfObject = node.type === "Name" || node.type === "Attribute";
    const array = isOfObject ? walk.value(node, names) : UNKNOWN;
    if (!isArray(array)) return;
    const areFloats = isArray(value) && value.kind === FLOAT;
    if (areFloats || isOfRoutine(value)) walk.observations.givenSlopes.push(array);
    if (kindOfNumbers([value]) !== WHOLE) noteCut(walk, array);
  }

  /** Note an array, if numbers written into it may be cut off. */
  function noteCut(walk, array) {
    if (isArray(array) && array.kind === WHOLE) walk.observations.maybeCut.push(array);
  }

  Object.assign(scripts.walk, {
    assign,
    putInto,
    assignAugmented,
    noteCut,
    noteSlopes,
  });
}
