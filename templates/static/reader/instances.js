/* Instances: which classes of a script, and which attributes, can be followed. An
   attribute can, if one statement sets it, or if only the statements of `__init__` do:
   then it does not depend on the order in which methods are called. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { dotted, lastPart } = scripts;

  const CONSTRUCTOR = "__init__";

  function isDefinition({ type }) {
    return type === "FunctionDef" || type === "AsyncFunctionDef";
  }

  /** The name that a method has for its object, self; nothing if it has none. */
  function receiverOf(method) {
    const [first] = [...method.args.posonlyargs, ...method.args.args];
    return first && !method.decorator_list.length ? first.arg : "";
  }

  /** The classes of a script, and what their methods store in their objects. */
  class Classes {
    constructor(nodes) {
      const classes = nodes.filter(({ type }) => type === "ClassDef");
      this.bases = new Set(classes.flatMap(basesOf));
      // By class and attribute: for each statement that sets it, whether it is one of
      // `__init__`; and the attributes that `self.x -= …` changes.
      this.statements = new Map(classes.map((owner) => [owner, new Map()]));
      this.changed = new Map(classes.map((owner) => [owner, new Set()]));
      const ofMethods = new Set();
      const augmentations = nodes.filter(({ type }) => type === "AugAssign");
      const augmented = new Set(augmentations.map(({ target }) => target));
      for (const owner of classes) {
        for (const { stored, isOfConstructor } of storedInMethods(owner)) {
          ofMethods.add(stored);
          const { attr } = stored;
          const statements = this.statements.get(owner);
          if (augmented.has(stored)) this.changed.get(owner).add(attr);
          else statements.set(attr, [...(statements.get(attr) ?? []), isOfConstructor]);
        }
      }
      // An attribute set from elsewhere may belong to any object.
      const setElsewhere = nodes.filter(
        (node) =>
          node.type === "Attribute" && node.ctx !== "Load" && !ofMethods.has(node),
      );
      this.setElsewhere = new Set(setElsewhere.map(({ attr }) => attr));
      this.isClosed = !nodes.some(
        ({ type, id }) => type === "Name" && id === "setattr",
      );
    }

    /** Whether the body of a class alone defines it, and every object of it. */
    isPlain(owner) {
      const isBare = !owner.decorator_list.length && !owner.keywords.length;
      const bases = basesOf(owner);
      const isOfObject = bases.every((name) => name === "object") && bases.length <= 1;
      return isBare && isOfObject && !this.bases.has(owner.name);
    }

    /** Whether objects of a class have an attribute of their own. */
    has(owner, name) {
      return this.statements.get(owner).has(name) || this.setElsewhere.has(name);
    }

    /** Whether the value of such an attribute is known. */
    isFollowed(owner, name) {
      const statements = this.statements.get(owner).get(name) ?? [];
      const isSettled = statements.length === 1 || statements.every(Boolean);
      return this.isClosed && isSettled && !this.setElsewhere.has(name);
    }

    /** Whether `self.name -= …` changes an attribute somewhere. */
    isChanged(owner, name) {
      return this.changed.get(owner).has(name);
    }
  }

  function basesOf({ bases }) {
    return bases.map((base) => lastPart(dotted(base)));
  }

  /** The attributes that methods set, and whether `__init__` itself does. */
  function* storedInMethods(owner) {
    for (const method of owner.body.filter(isDefinition)) {
      const receiver = receiverOf(method);
      for (const statement of method.body) {
        const isPlain = ["Assign", "AnnAssign"].includes(statement.type);
        const isOfConstructor = method.name === CONSTRUCTOR && isPlain;
        for (const stored of python.walk(statement)) {
          if (isSetOn(stored, receiver)) yield { stored, isOfConstructor };
        }
      }
    }
  }

  function isSetOn({ type, value, ctx }, receiver) {
    if (type !== "Attribute" || ctx === "Load") return false;
    return value.type === "Name" && value.id === receiver;
  }

  Object.assign(scripts, { CONSTRUCTOR, Classes, isDefinition, receiverOf });
}
