/* Names: what a dotted name of a script means, by the script's imports. `np.sin`,
   `numpy.sin`, `torch.sin` and a bare `sin` after `from numpy import *` are one
   function, and `math.sin` is another. A name that a script imports from nowhere, such
   as `np` in a fragment, means what it usually does.

   The scripts in this folder read as gradviz_core/scripts/ does: a change here needs
   the same change in the module of the same name there. */
"use strict";

{
  const { vocabulary } = globalThis.gradviz;
  const scripts = (globalThis.gradviz.scripts ??= {});

  // What a fragment that does not import it is likely to mean.
  const USUAL = new Map(Object.entries(vocabulary.names.usual));

  // Functions of NumPy that scripts call by their bare names.
  const BY_STAR = vocabulary.names.by_star;

  // Libraries with the same names as NumPy, for all that a script of gradients needs.
  const LIKE_NUMPY = vocabulary.names.like_numpy;

  /** What the names that a script imports, anywhere in it, stand for: a map from a name
      to a full name. */
  function importsOf(nodes) {
    return new Map(namesImported(nodes));
  }

  /** The names that a script imports from one place or from another. It does so where
      `except ImportError` replaces a missing module. A module of the book counts as
      one, in whichever folder it is. */
  function unsettledImports(nodes) {
    const first = new Map();
    const unsettled = new Set();
    for (const [name, full] of namesImported(nodes)) {
      const ending = full.split(".").slice(-2).join(".");
      if (!first.has(name)) first.set(name, ending);
      if (first.get(name) !== ending) unsettled.add(name);
    }
    return unsettled;
  }

  /** Each name that is imported, and what it stands for, each time. */
  function* namesImported(nodes) {
    for (const node of nodes) {
      if (node.type === "Import") {
        for (const { name, asname } of node.names) {
          const [top] = name.split(".");
          yield asname ? [asname, name] : [top, top];
        }
      } else if (node.type === "ImportFrom") {
        const module = ".".repeat(node.level) + node.module;
        for (const { name, asname } of node.names) {
          if (name === "*") yield [`* ${module}`, module];
          else yield [asname ?? name, `${module}.${name}`];
        }
      }
    }
  }

  /** `a.b.c` for a name or an attribute of one, else nothing. */
  function dotted(node) {
    let attributes = "";
    let inner = node;
    while (inner.type === "Attribute") {
      attributes = `.${inner.attr}${attributes}`;
      inner = inner.value;
    }
    return inner.type === "Name" ? inner.id + attributes : "";
  }

  /** The full name of what a name or an attribute stands for. Libraries like NumPy are
      called `numpy`. A name that is imported from nowhere comes back as it is. */
  function meaning(node, imports) {
    const name = dotted(node);
    if (!name) return "";
    if (!meanings.has(imports)) meanings.set(imports, new Map());
    const known = meanings.get(imports);
    if (!known.has(name)) known.set(name, meaningOfName(name, imports));
    return known.get(name);
  }

  // By the imports of a script, the meanings that were asked for.
  const meanings = new WeakMap();

  function meaningOfName(name, imports) {
    const [first, ...rest] = name.split(".");
    const isOfStar = BY_STAR.includes(name) && !imports.has(name);
    if (isOfStar && starModules(imports).includes("numpy")) return `numpy.${name}`;
    const full = [imports.get(first) ?? USUAL.get(first) ?? first, ...rest].join(".");
    // A module of the reader's own that imports NumPy: c.np.array.
    if (full.includes(".np.")) return `numpy.${full.split(".np.").at(-1)}`;
    const library = LIKE_NUMPY.find((each) => full.startsWith(`${each}.`));
    return library ? `numpy${full.slice(library.length)}` : full;
  }

  /** The modules from which everything is imported. */
  function starModules(imports) {
    const modules = [];
    for (const [name, module] of imports) {
      if (name.startsWith("* ")) {
        modules.push(LIKE_NUMPY.includes(module) ? "numpy" : module);
      }
    }
    return modules;
  }

  /** The last part of a dotted name. */
  function lastPart(name) {
    return name.slice(name.lastIndexOf(".") + 1);
  }

  /** Whether a call is given something as `*values`. */
  function hasStarred({ args }) {
    return args.some(({ type }) => type === "Starred");
  }

  /** The names of the parameters that can be given by position. */
  function parametersOf(lambdaOrDef) {
    const { posonlyargs, args } = lambdaOrDef.args;
    return [...posonlyargs, ...args].map(({ arg }) => arg);
  }

  /** Whether a function can be called with one argument, and is meant to be. */
  function takesOneArgument(lambdaOrDef) {
    const { length } = parametersOf(lambdaOrDef);
    return length === 1 || length - lambdaOrDef.args.defaults.length === 1;
  }

  /** The names of all parameters. */
  function everyParameterOf(lambdaOrDef) {
    const { vararg, kwonlyargs, kwarg } = lambdaOrDef.args;
    const others = [vararg, ...kwonlyargs, kwarg].filter(Boolean);
    return [...parametersOf(lambdaOrDef), ...others.map(({ arg }) => arg)];
  }

  /** Whether names of a script may stand for something that its text does not show.
      They may after `exec`, after `globals()[name] = …`, and where the code of a
      function is replaced. Asking whether a name is in `globals()` changes nothing. */
  function canSetNamesUnseen(nodes, imports) {
    const comparisons = nodes.filter(({ type }) => type === "Compare");
    const compared = new Set(comparisons.flatMap(({ comparators }) => comparators));
    return nodes.some((node) => !compared.has(node) && canSetNames(node, imports));
  }

  function canSetNames(node, imports) {
    const { all_names: allNames, function_parts: functionParts } = vocabulary.names;
    switch (node.type) {
      case "Call": {
        const called = dotted(node.func);
        return called === "exec" || (allNames.includes(called) && !node.args.length);
      }
      case "Assign":
        return node.targets.some(
          (target) =>
            functionParts.includes(target.attr) ||
            (target.attr && meaning(target, imports).startsWith("numpy.")),
        );
      case "Attribute":
        return dotted(node) === "sys.modules";
      default:
        return false;
    }
  }

  /** Whether this names float64. */
  function isFloatType(node, imports) {
    if (node.type === "Constant") {
      return node.kind === "str" && vocabulary.types.float_texts.includes(node.value);
    }
    return vocabulary.types.float.includes(meaning(node, imports));
  }

  /** The name that is read here, of a variable or of an attribute. */
  function nameRead({ type, ctx, id, attr }) {
    if (type === "Name" && ctx === "Load") return id;
    return type === "Attribute" ? attr : "";
  }

  Object.assign(scripts, {
    canSetNamesUnseen,
    importsOf,
    unsettledImports,
    dotted,
    meaning,
    isFloatType,
    starModules,
    lastPart,
    nameRead,
    hasStarred,
    parametersOf,
    takesOneArgument,
    everyParameterOf,
  });
}
