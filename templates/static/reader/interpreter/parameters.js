/* Parameters: what those of a function stand for in a call, and their defaults. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { everyParameterOf, parametersOf } = scripts;
  const { Stops, SmallArray, Tuple } = scripts.small;
  const { OPAQUE, Scope, isFlag } = scripts.values;

  /** What the parameters of a function stand for in a call. This throws Stops if the
      arguments do not fit them. */
  function scopeOfCall({ node, around, defaults }, args, keywords) {
    const byPlace = parametersOf(node);
    const every = everyParameterOf(node);
    const byName = [...keywords].filter(([name]) => every.includes(name));
    const others = [...keywords].filter(([name]) => !every.includes(name));
    const { vararg, kwarg } = node.args;
    const hasTooMany = !vararg && args.length > byPlace.length;
    if (hasTooMany || (!kwarg && others.length)) throw new Stops();
    const named = byPlace.slice(0, args.length).map((name, k) => [name, args[k]]);
    const given = new Map([...named, ...byName]);
    if (kwarg) given.set(kwarg.arg, new Map(others));
    if (vararg) given.set(vararg.arg, new Tuple(args.slice(byPlace.length)));
    const scope = new Scope(around);
    scope.own = new Map([...defaults, ...given]);
    if (!every.every((name) => scope.own.has(name))) throw new Stops();
    for (const [name, value] of defaults) {
      if (!given.has(name) && isFlag(value)) scope.flags.add(name);
    }
    return scope;
  }

  /** The defaults of a function, with the names of its parameters. */
  function defaultsOf(definition) {
    const { defaults, kwonlyargs, kw_defaults } = definition.args;
    const byPlace = parametersOf(definition);
    const first = byPlace.length - defaults.length;
    const given = defaults.map((value, k) => [byPlace[first + k], value]);
    for (const [k, { arg }] of kwonlyargs.entries()) {
      if (kw_defaults[k]) given.push([arg, kw_defaults[k]]);
    }
    return given;
  }

  /** A default; nothing is known of a mutable one, which all calls share. */
  function unshared(value) {
    const kinds = [Array, Map, SmallArray];
    const isShared = kinds.some((kind) => value instanceof kind);
    return isShared ? OPAQUE : value;
  }

  scripts.interpreter = { defaultsOf, scopeOfCall };
  Object.assign(scripts, { unshared });
}
