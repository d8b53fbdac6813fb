/* Routines: those that a script has and imports, and what a call makes of them. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { dotted, everyParameterOf, hasStarred, ifFollowed, parametersOf } = scripts;
  const { unknownRoutine } = scripts;
  const { Body, importedRoutine, importedRoutines, routineAt, unclear } =
    scripts.routines;

  /** The routines that a script has, its `own`, by their definitions in the order of
      the text; and those that it imports, by the names under which it calls them. A
      notebook defines a routine again and again: which definition a call means depends
      on its place. */
  class Routines {
    constructor(definitions, imports, interpreter, declaredGlobal) {
      this.definitions = definitions;
      this.imports = imports;
      this.interpreter = interpreter;
      this.own = new Map();
      this.declaredGlobal = declaredGlobal; // names that any call may change
      this.areNamesCertain = true; // none may mean an unseen function
      this.imported = importedRoutines(imports);
      this.tried = new Map();
      this.unsettled = new Set();
    }

    /** The definitions of its own routines that certainly give the slopes. */
    get knownRight() {
      const right = [...this.own].filter(
        ([, { isRight, isFollowed }]) => isRight && isFollowed,
      );
      return new Set(right.map(([definition]) => definition));
    }

    /** Count as unknown the names that a script may import elsewhere. */
    unsettle(names) {
      this.unsettled = names;
      for (const name of names) {
        if (this.imported.has(name)) this.imported.set(name, unknownRoutine(name));
      }
    }

    /** Discard all that is known of the routines: their names may mean others. */
    countAsUnknown() {
      this.areNamesCertain = false;
      for (const [definition, routine] of this.own) {
        this.own.set(definition, { ...unclear(routine), step: null, slips: [] });
      }
      for (const name of this.imported.keys()) {
        this.imported.set(name, unknownRoutine(name));
      }
    }

    /** The routine in `module.routine`, if the module is imported; else null. */
    ofModule(called) {
      const [module, ...rest] = dotted(called).split(".");
      if (!rest.length || !this.imports.has(module)) return null;
      const routine = importedRoutine([this.imports.get(module), ...rest].join("."));
      const isUnsettled = routine !== null && this.unsettled.has(module);
      return isUnsettled ? unknownRoutine(routine.name) : routine;
    }

    /** The routine that a function calls, if it is one. */
    calledIn({ line }, called) {
      if (called.type !== "Name") return this.ofModule(called);
      const definition = this.definitions.nearest(called.id, line);
      return definition ? this.own.get(definition) : this.imported.get(called.id);
    }

    /** A routine, as unknown if it is wrong and no mend of a slip helps. */
    ifExplained(routine) {
      const used = [...routine.uses].map((definition) => this.own.get(definition));
      const slips = used.flatMap((each) => each?.slips ?? []);
      const haveMends = slips.every(({ code, other }) => code !== "formula" || other);
      const isExplained = slips.length > 0 && haveMends;
      return routine.isRight || isExplained ? routine : unclear(routine);
    }

    /** A routine as called on its object, which takes no place among the arguments. */
    asMethod(routine) {
      const { functionParameter: f, arrayParameter: x } = routine;
      return {
        ...routine,
        functionParameter: f - 1,
        arrayParameter: x - 1,
        isMethod: true,
      };
    }

    /** What a routine is with the arguments that a call adds to f and x. An argument may
        choose another way to work, so the routine is tried again. */
    asCalled(routine, call) {
      const { definition, isMethod } = routine;
      if (hasStarred(call)) return unclear(routine);
      if (!definition) return this.elsewhereAsCalled(routine, call);
      const first = isMethod ? 1 : 0;
      const names = parametersOf(definition);
      const given = argumentsByName(names.slice(first), call);
      const hasTooMany = call.args.length > names.length - first;
      const every = everyParameterOf(definition);
      const areKnown = [...given.keys()].every((name) => every.includes(name));
      if (hasTooMany || !areKnown) return unclear(routine); // Python stops
      const positions = [
        routine.functionParameter + first,
        routine.arrayParameter + first,
      ];
      for (const position of positions) given.delete(names[position]);
      if (!given.size) return routine;
      const tried = this.triedWith(given, definition, positions);
      if (!tried) return unclear(routine);
      return isMethod ? this.asMethod(tried) : tried;
    }

    /** What a routine not defined in the script is in a call. */
    elsewhereAsCalled(routine, { args, keywords }) {
      const hasOthers = args.length + keywords.length > routine.mostArguments;
      const isUnclear = hasOthers || this.hasUnusualStep(args, keywords);
      return isUnclear ? unclear(routine) : routine;
    }

    /** Whether a call gives, besides f and x, a step that may spoil the slopes. */
    hasUnusualStep(args, keywords) {
      const { names_of_steps: names, usual_steps: usual } = vocabulary.routines;
      const byName = keywords.filter(({ arg }) => names.includes(arg));
      const steps = this.valuesOf(
        [...args.slice(2), ...byName.map(({ value }) => value)].entries(),
      );
      const [low, high] = usual;
      return ![...(steps?.values() ?? [null])].every((step) => {
        const size = Math.abs(Number(step));
        return low <= size && size <= high;
      });
    }

    /** What a routine is with other arguments, null if that is not known. */
    triedWith(given, definition, positions) {
      const others = this.valuesOf(given);
      if (!others) return null;
      const choice = [...others].map(([name, value]) => `${name}=${textOf(value)}`);
      const key = choice.sort().join();
      const tried = this.tried.get(definition) ?? new Map();
      this.tried.set(definition, tried);
      if (!tried.has(key)) {
        const body = new Body(definition, this.imports);
        const again = routineAt(body, this.interpreter, positions, others);
        tried.set(key, again ? this.ifExplained(again) : null);
      }
      return tried.get(key);
    }

    /** What arguments are, null if one of them is not known. */
    valuesOf(given) {
      const argument = (node) => this.interpreter.argument(node);
      return ifFollowed(
        () => new Map([...given].map(([name, node]) => [name, argument(node)])),
      );
    }
  }

  /** The arguments of a call by the names of the parameters. */
  function argumentsByName(names, { args, keywords }) {
    const given = new Map();
    for (const [k, name] of names.slice(0, args.length).entries()) {
      given.set(name, args[k]);
    }
    for (const { arg, value } of keywords) given.set(arg ?? "**", value);
    return given;
  }

  function textOf(value) {
    return `${typeof value} ${value}`;
  }

  scripts.routines.Routines = Routines;
}
