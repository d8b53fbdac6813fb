/* Imported: routines of libraries and of the book. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { STOPPING, TAKES, lastPart, unknownRoutine } = scripts;
  const { routineOf } = scripts.routines;
  const { ROWS, UNKNOWN } = TAKES;

  // The book's own modules, by the last part of their names: what each routine takes.
  const BOOK = new Map(
    Object.entries(vocabulary.routines.book).map(([module, takes]) => [
      module,
      new Map(Object.entries(takes)),
    ]),
  );

  const LIBRARY = new Map(Object.entries(vocabulary.routines.library));

  // A routine by this name, about which no more is known.
  const USUAL_NAME = vocabulary.routines.usual_name;

  const STOPS_OF_THE_BOOK = new Set(Object.values(STOPPING));

  /** A routine of a library by its full name, null if there is none. */
  function libraryRoutine(fullName) {
    const entry = LIBRARY.get(fullName);
    if (!entry) return null;
    const { takes } = entry;
    return routineOf(lastPart(fullName), takes, {
      functionParameter: entry.f,
      arrayParameter: entry.x,
      cutsWholeNumbers: false,
      stopsAt: new Set(takes === TAKES.POINT ? [STOPPING.MANY_POINTS] : []),
      step: null,
      isFollowed: takes !== UNKNOWN,
      isOfLibrary: true,
      mostArguments: entry.arguments,
    });
  }

  /** The gradient that JAX makes of a function, as a routine. */
  function derivativeRoutine(takes) {
    return routineOf(takes === ROWS ? "vmap" : "grad", takes, {
      cutsWholeNumbers: false,
      takesOnePoint: takes !== ROWS,
      step: null,
      isOfLibrary: true,
    });
  }

  /** What is known of a routine from the name that a script imports. */
  function importedRoutine(fullName) {
    const name = lastPart(fullName);
    const module = fullName.slice(0, fullName.length - name.length).replace(/\.$/, "");
    if (module.includes("gradviz_core")) return null;
    if (LIBRARY.has(fullName)) return libraryRoutine(fullName);
    const takes = BOOK.get(lastPart(module))?.get(name);
    if (takes) return routineOf(name, takes, { stopsAt: STOPS_OF_THE_BOOK });
    return name === USUAL_NAME ? unknownRoutine(name) : null;
  }

  /** The routines that a script imports, by the names that it calls them by. */
  function importedRoutines(imports) {
    const routines = new Map([[USUAL_NAME, unknownRoutine(USUAL_NAME)]]); // of a fragment
    for (const [name, full] of imports) {
      if (!name.startsWith("* ")) continue;
      for (const each of routinesOfModule(full, imports)) routines.set(each.name, each);
    }
    if (imports.has(USUAL_NAME)) routines.delete(USUAL_NAME);
    for (const [name, full] of imports) {
      const routine = importedRoutine(full);
      if (routine && !name.startsWith("* ")) routines.set(name, routine);
    }
    return routines;
  }

  /** The routines of a module from which a script imports everything. They are not
      known if there is another such module, which may hide them. */
  function routinesOfModule(module, imports) {
    const others = [...imports].filter(
      ([name, full]) => name.startsWith("* ") && full !== module,
    );
    const { libraries } = vocabulary.names;
    const isAlone = others.every(([, full]) => libraries.includes(full));
    const names = [...(BOOK.get(lastPart(module))?.keys() ?? [])];
    return names.map((name) =>
      isAlone ? importedRoutine(`${module}.${name}`) : unknownRoutine(name),
    );
  }

  Object.assign(scripts.routines, { importedRoutine, importedRoutines });
  Object.assign(scripts, { derivativeRoutine });
}
