/* Command lines: what `argparse` gives a script that is run without any arguments. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { Instance, ScriptClass } = scripts;
  const { NotFollowed, Tuple } = scripts.small;
  const { Library, isLibrary } = scripts.values;

  const { about_a_parser: aboutAParser } = vocabulary.whole_run;

  /** What `argparse.ArgumentParser` gives: the defaults of its arguments. */
  class Parser {
    defaults = new Map();
  }

  /** `argparse.ArgumentParser`, with nothing but texts about the script. */
  function parserOf(given, keywords) {
    const arePlain = [...keywords.keys()].every((name) => aboutAParser.includes(name));
    if (given.length || !arePlain) throw new NotFollowed();
    return new Parser();
  }

  /** `add_argument`, of an argument that may be left out. */
  function addArgument([parser, ...names], keywords) {
    const areTexts = names.every((name) => typeof name === "string");
    if (!names.length || !areTexts) throw new NotFollowed();
    const isOption = names[0].startsWith("-") || keywords.get("nargs") === "?";
    const isNeeded = keywords.has("required") && keywords.get("required") !== false;
    if (isNeeded || !isOption) throw new NotFollowed();
    const name = keywords.get("dest") ?? attributeNamed(names);
    const value = defaultOf(keywords);
    if (!parser.defaults.has(name)) parser.defaults.set(name, value);
    return null;
  }

  /** The attribute for an option: that of its first long name, if any. */
  function attributeNamed(names) {
    const long = names.find((name) => name.startsWith("--"));
    return (long ?? names[0]).replace(/^-+/, "").replaceAll("-", "_");
  }

  function defaultOf(keywords) {
    const value = keywords.get("default") ?? null;
    const action = keywords.get("action") ?? "store";
    if (action === "store_true" || action === "store_false") {
      return keywords.has("default") ? value : action === "store_false";
    }
    const isStored =
      action === "store" || isLibrary(action, "argparse.BooleanOptionalAction");
    if (!isStored) throw new NotFollowed();
    const type = keywords.get("type") ?? new Library("str");
    if (typeof value === "string" && !isLibrary(type, "str")) throw new NotFollowed();
    return value;
  }

  /** `parse_args`, of no texts. */
  function argumentsOf(parser, texts) {
    const areNone = texts === null || (Array.isArray(texts) && !texts.length);
    if (!areNone) throw new NotFollowed();
    return new Instance(new ScriptClass(new Map()), new Map(parser.defaults));
  }

  const METHODS_OF_PARSERS = new Map(
    Object.entries({
      add_argument: ["**", addArgument],
      add_argument_group: ["parser title description", (parser) => parser],
      parse_args: ["parser texts", argumentsOf],
      parse_known_args: [
        "parser texts",
        (parser, texts) => new Tuple([argumentsOf(parser, texts), []]),
      ],
    }),
  );

  Object.assign(scripts, { METHODS_OF_PARSERS, Parser, parserOf });
}
