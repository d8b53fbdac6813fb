/* Script classes: classes of a script that are carried out, and their objects. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { unshared } = scripts;
  const { Stops } = scripts.small;
  const { Closure } = scripts.values;

  /** A class of the script: what the names in its body stand for, those of its bases
      included; and the fields of a dataclass, in order. */
  class ScriptClass {
    constructor(names, fields = []) {
      this.names = names;
      this.fields = fields;
    }
  }

  /** A class of the script that is not followed: what uses it ends the run. */
  class UnreadClass {}

  /** An object of a class, with its attributes. */
  class Instance {
    constructor(kind, own = new Map()) {
      this.kind = kind;
      this.own = own;
    }
  }

  /** A method of an object. */
  class BoundMethod {
    constructor(method, owner) {
      this.method = method;
      this.owner = owner;
    }
  }

  /** An attribute of an object, or of its class. */
  function attributeOf(owner, name) {
    if (owner.own.has(name)) return owner.own.get(name);
    const { names } = owner.kind;
    if (!names.has(name)) throw new Stops();
    const value = names.get(name);
    return value instanceof Closure ? new BoundMethod(value, owner) : value;
  }

  /** The fields of a new object, as a dataclass sets them. */
  function fieldsOfNew({ names, fields }, given, keywords) {
    const areKnown = [...keywords.keys()].every((name) => fields.includes(name));
    if (given.length > fields.length || !areKnown) throw new Stops();
    const values = new Map();
    for (const [k, name] of fields.entries()) {
      if (keywords.has(name)) values.set(name, keywords.get(name));
      else if (k < given.length) values.set(name, given[k]);
      else if (names.has(name)) values.set(name, unshared(names.get(name)));
      else throw new Stops();
    }
    return values;
  }

  Object.assign(scripts, {
    ScriptClass,
    UnreadClass,
    Instance,
    BoundMethod,
    attributeOf,
    fieldsOfNew,
  });
}
