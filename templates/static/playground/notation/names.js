/* Names: the functions and the constants of a formula, as other libraries and languages
   name them, too. */
"use strict";

{
  const { functions } = globalThis.gradviz;
  const { SAME_AS } = globalThis.gradviz.printing;

  const MODULES =
    /^(?:np|numpy|math|Math|jnp|jax\.numpy|torch|cp|cupy|tf|tf\.math|K)\./;
  const FUNCTIONS = new Set(); // of one number, or of each number of a vector
  const PAIRS = new Set();
  const REDUCTIONS = new Set();
  for (const [name, { reduce, partials }] of functions) {
    if (partials.length === 2) PAIRS.add(name);
    else if (!reduce) FUNCTIONS.add(name);
    else if (!name.includes(".")) REDUCTIONS.add(name);
  }

  // From other libraries and languages.
  const SAME_ELSEWHERE = new Map([
    ["ln", "log"],
    ["sgn", "sign"],
    ["reduce_sum", "sum"],
    ["reduce_mean", "mean"],
  ]);
  const CONSTANTS = {
    __proto__: null,
    pi: "np.pi",
    Pi: "np.pi",
    PI: "np.pi",
    e: "np.e",
  };

  function nameInLanguage(name) {
    return SAME_AS.get(name) ?? SAME_ELSEWHERE.get(name) ?? name;
  }

  /** The name of a function of the language, or of one like it; else nothing. */
  function functionNamed(name) {
    const last = name.replace(MODULES, "");
    const own = nameInLanguage(last);
    const isOfLanguage = functions.has(own) || ["power", "dot"].includes(own);
    return isOfLanguage ? own : "";
  }

  /** Whether a name is that of a function or a constant. */
  function isKnown(name) {
    const isFunction = functionNamed(name) || functionNamed(name.toLowerCase());
    return Boolean(isFunction) || name.replace(MODULES, "") in CONSTANTS;
  }

  Object.assign(globalThis.gradviz.notation, {
    ...{ MODULES, FUNCTIONS, PAIRS, REDUCTIONS, CONSTANTS },
    ...{ nameInLanguage, functionNamed, isKnown },
  });
}
