/* Objects: the classes of a script as they are met, their objects and methods. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { UNKNOWN } = scripts;
  const { functionValue, instanceOf, isArray, moved, receiverOf } = scripts;
  const { unknownPart } = scripts;
  const { lose } = scripts.walk;

  /** The methods of the classes met, and the objects made. `classes` say which
      attributes can be followed; `changes`, whose numbers were changed in place;
      `observations` get the arrays that are read after that. */
  class Objects {
    #classes;
    #changes;
    #observations;
    #classOf = new Map(); // by methods
    #unbound = new Map(); // by methods
    #instances = new Map(); // by classes

    constructor(classes, changes, observations) {
      this.#classes = classes;
      this.#changes = changes;
      this.#observations = observations;
    }

    /** Note to which class a method belongs. */
    addMethod(method, owner) {
      this.#classOf.set(method, owner);
    }

    /** A new object of a class, before its constructor has run. */
    addInstance(owner) {
      const instance = instanceOf(owner);
      this.#instances.set(owner, [...(this.#instances.get(owner) ?? []), instance]);
      return instance;
    }

    /** The only object that a script has made of a class, null if there are several. */
    onlyInstance(owner) {
      const instances = this.#instances.get(owner) ?? [];
      return instances.length === 1 ? instances[0] : null;
    }

    /** The class whose objects get a function as a method of theirs, null if none does. */
    classOf(definition) {
      const owner = this.#classOf.get(definition) ?? null;
      return owner && receiverOf(definition) ? owner : null;
    }

    /** A method of an object as a function of its other parameters. */
    bound(method, instance) {
      if (!this.#unbound.has(method)) {
        this.#unbound.set(method, withoutReceiver(method));
      }
      return functionValue(this.#unbound.get(method), method.name, method, instance);
    }

    /** What is known of an attribute, or of a method. */
    attributeOf(instance, name) {
      const owner = instance.of;
      if (this.#classes.has(owner.node, name)) return this.#storedIn(instance, name);
      const value = owner.names.get(name) ?? UNKNOWN;
      if (value.is !== "function") return this.#changes.asItIsNow(value);
      return this.classOf(value.node) ? this.bound(value.node, instance) : value;
    }

    /** Store a value in an attribute, if it can be followed. */
    store(instance, name, value) {
      const isFollowed = this.#classes.isFollowed(instance.of.node, name);
      if (isFollowed) instance.attributes.set(name, value);
      else lose(value);
    }

    /** What is known of an attribute that an object has of its own. */
    #storedIn(instance, name) {
      const attribute = instance.attributes.get(name) ?? UNKNOWN;
      const stored = this.#changes.asItIsNow(attribute);
      if (!this.#classes.isChanged(instance.of.node, name)) {
        this.#observations.noteRead(attribute, stored);
        return stored;
      }
      return isArray(stored) ? moved(stored) : unknownPart(stored);
    }
  }

  /** A method without its first parameter: self. */
  function withoutReceiver(method) {
    const { posonlyargs, args } = method.args;
    const others = posonlyargs.length
      ? { ...method.args, posonlyargs: posonlyargs.slice(1) }
      : { ...method.args, args: args.slice(1) };
    return { ...method, args: others };
  }

  Object.assign(scripts.walk, { Objects });
}
