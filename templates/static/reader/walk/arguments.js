/* Arguments: the values that a call is given. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { COORDINATES, UNKNOWN, isArray, isItems, unknownPart } = scripts;
  const { unpacked } = scripts.walk;

  /** A call, and what is known of its arguments: by place, with the parts of `*grad`;
      and by name. `names` are those at the place of the call. */
  class Call {
    constructor(node, values, keywords, names) {
      this.node = node;
      this.arguments = values;
      this.keywords = keywords;
      this.names = names;
    }

    /** All values that it is given. */
    get values() {
      return [...this.arguments, ...this.keywords.values()];
    }

    /** The first value that it is given by place. */
    get first() {
      return this.arguments.length ? this.arguments[0] : UNKNOWN;
    }
  }

  /** A call, once its arguments are followed. */
  function callAt(walk, node, names) {
    const values = node.args.flatMap((argument) => argumentsOf(walk, argument, names));
    const keywords = new Map();
    for (const { arg, value } of node.keywords) {
      if (arg) keywords.set(arg, walk.value(value, names));
    }
    return new Call(node, values, keywords, names);
  }

  /** What an argument gives a call by place: one value, or the parts of `*grad`. */
  function argumentsOf(walk, node, names) {
    if (node.type !== "Starred") return [walk.value(node, names)];
    const value = walk.value(node.value, names);
    if (isItems(value)) return value.values;
    const isPair = isArray(value) && value.form === COORDINATES;
    return isPair || value.is === "slopes" ? unpacked(value, 2) : [unknownPart(value)];
  }

  /** The value of a keyword that a call is given; the first one, if it is given twice. */
  function keywordOf(node, name) {
    return node.keywords.find(({ arg }) => arg === name)?.value ?? null;
  }

  Object.assign(scripts.walk, { Call, callAt, keywordOf });
}
