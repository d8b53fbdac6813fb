/* Formulas: what is no script, and may be a formula as it is written elsewhere. */
"use strict";

{
  const { gradviz } = globalThis;
  const { readScript } = gradviz.scripts;

  /** What a script says, and whether a text had to be changed to be read: then `mended` is
      true, and each thing that the text can mean is a function without a name. What is said
      is taken from `words`, the tables `finding` and `unread` of a language. */
  function read(text, words = gradviz.words) {
    const result = readScript(text, words);
    if (result.functions.length === 0 && result.findings.length === 0) {
      const meanings = gradviz.notation.meanings(text);
      if (meanings.length > 0) adopt(result, meanings);
    }
    const [first] = result.functions;
    if (first?.name === null) result.mended = first.spelling !== text.trim();
    return result;
  }

  function adopt(result, meanings) {
    result.functions = meanings.map(({ spelling }) => ({
      line: 1,
      name: null,
      spelling,
    }));
    result.unread = [];
  }

  Object.assign(gradviz, { read });
}
