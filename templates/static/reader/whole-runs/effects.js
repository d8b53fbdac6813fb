/* Effects: what code may change that is not followed. A run may go on without a value,
   but not without a change that it missed. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { BoundMethod, Instance, Parser, ScriptClass, UnreadClass } = scripts;
  const { Partial, Vectorized } = scripts.wholeRuns;
  const { SmallArray, Tuple } = scripts.small;
  const { Closure, Method, typeNamed } = scripts.values;

  const { unchanging } = vocabulary.walk;
  const changing = [...vocabulary.walk.changing, ...vocabulary.walk.changing_methods];

  // What may be changed, or runs code that changes something.
  const CHANGEABLE = [
    SmallArray,
    Array,
    Map,
    Instance,
    ScriptClass,
    UnreadClass,
    Parser,
    Closure,
    BoundMethod,
    Method,
    Vectorized,
    Partial,
  ];

  // Expressions that run code, so that they may have effects.
  const RUNNING = ["Call", "Lambda", "ListComp", "GeneratorExp", "NamedExpr"];

  /** Whether an expression calls something, so that it may have effects. */
  function runsCode(node) {
    return python.walk(node).some(({ type }) => RUNNING.includes(type));
  }

  /** Whether a function or method of this name changes what it is given. */
  function changes(name) {
    return changing.includes(name) || name.startsWith("__");
  }

  /** Whether a function of NumPy gets an array behind those that it reads. */
  function hasArrayToWrite({ name }, given) {
    const read = vocabulary.walk.inputs[name.split(".").at(-1)] ?? 2;
    return given.slice(read).some(canBeChanged);
  }

  /** Whether a function may change what it is given. */
  function isForeign({ name }) {
    const [first, ...rest] = typeNamed(name).split(".");
    return !(rest.length ? unchanging : vocabulary.names.builtin).includes(first);
  }

  function canBeChanged(value) {
    if (value instanceof Tuple) return value.items.some(canBeChanged);
    return CHANGEABLE.some((kind) => value instanceof kind);
  }

  Object.assign(scripts.wholeRuns, {
    canBeChanged,
    changes,
    hasArrayToWrite,
    isForeign,
    runsCode,
  });
}
