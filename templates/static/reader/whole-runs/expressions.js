/* Expressions: what a whole run carries out of them besides those of a trial. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { AXES, AxesArray, Drawing, KnownStop } = scripts;
  const { Instance, Parser, ScriptClass, attributeOf } = scripts;
  const { attributeOfDrawing, attributeOfPyplot } = scripts;
  const { attributeOfValue, comparisonFrom, comprehension, ofLibrary } =
    scripts.interpreter;
  const { Abandoned, OnePass, call, changes, draws, isOfTypes, isUnknown } =
    scripts.wholeRuns;
  const { lookAt, runsCode } = scripts.wholeRuns;
  const { NotFollowed, SmallArray, stackedArrays } = scripts.small;
  const { OPAQUE, Library, Method, isLibrary, itemAt, kindOf } = scripts.values;
  const { maskOf } = scripts.operators;
  const { METHODS } = scripts.numpyFunctions;
  const { asColumns, counted, evenlySpaced, gridOfAxes } = scripts.arrayFunctions;

  const { drawing } = vocabulary.walk;
  const { changing_a_plot: changingAPlot } = vocabulary.whole_run;

  function attribute(run, node, scope) {
    const isCalled = run.called.has(node);
    // It may draw under another name.
    if (drawing.includes(node.attr) && !isCalled) throw new Abandoned();
    if (changingAPlot.includes(node.attr)) throw new Abandoned();
    const owner = run.value(node.value, scope);
    if (owner instanceof Drawing || owner instanceof AxesArray)
      return attributeOfDrawing(owner, node, isCalled);
    if (isUnknown(owner)) return owner;
    const isHidden = node.attr.startsWith("__");
    if (owner instanceof Instance && !isHidden) return attributeOf(owner, node.attr);
    if (owner instanceof ScriptClass && owner.names.has(node.attr)) {
      return owner.names.get(node.attr);
    }
    if (owner instanceof Parser) return new Method(owner, node.attr);
    if (owner instanceof Library) return attributeOfLibrary(run, node);
    const isFollowed = METHODS.get(kindOf(owner))?.has(node.attr);
    const isCollection = owner instanceof SmallArray || Array.isArray(owner);
    if (isCollection && changes(node.attr) && !isFollowed) throw new Abandoned();
    return attributeOfValue(owner, node.attr);
  }

  function attributeOfLibrary(run, node) {
    const found = ofLibrary(run, node);
    if (draws(found)) return attributeOfPyplot(found.name, node);
    return isLibrary(found, "sys.argv") ? ["script.py"] : found;
  }

  function subscript(run, node, scope) {
    const owner = run.value(node.value, scope);
    if (owner instanceof Drawing && owner.kind === AXES) {
      throw new KnownStop(node, "one-axes", { axes: node.value });
    }
    if (isUnknown(owner)) return owner;
    const { slice } = node;
    if (owner instanceof AxesArray) return owner.part(run.index(slice, scope));
    if (isLibrary(owner, "numpy.mgrid")) return gridOfRanges(run, slice, scope);
    if (isLibrary(owner, "numpy.c_") && slice.type === "Tuple") {
      return asColumns(run.values(slice.elts, scope));
    }
    if (isOfTypes(owner) && !runsCode(slice)) return OPAQUE;
    return itemAt(owner, run.index(slice, scope));
  }

  /** `np.mgrid`, of two ranges. */
  function gridOfRanges(run, { type, elts }, scope) {
    if (type !== "Tuple" || elts.length !== 2) throw new NotFollowed();
    const along = elts.map((range) => numbersOfRange(run, range, scope));
    return stackedArrays(gridOfAxes(...along, "ij"));
  }

  function numbersOfRange(run, { type, lower, upper, step }, scope) {
    if (type !== "Slice" || !lower || !upper) throw new NotFollowed();
    const [start, stop] = [run.value(lower, scope), run.value(upper, scope)];
    if (step?.type === "Constant" && step.kind === "complex") {
      const count = BigInt(Math.trunc(step.value));
      return evenlySpaced(start, stop, count, null);
    }
    const by = step ? run.value(step, scope) : null;
    return counted(start, stop, by);
  }

  function comparison(run, node, scope) {
    const left = run.value(node.left, scope);
    if (node.ops.length === 1 && left instanceof SmallArray) {
      return maskOf(node.ops[0], left, run.value(node.comparators[0], scope));
    }
    return comparisonFrom(run, node, left, scope);
  }

  const EXPRESSIONS = {
    ...scripts.interpreter.EXPRESSIONS,
    Attribute: attribute,
    Subscript: subscript,
    Compare: comparison,
    Call: call,
    /** What it prints matters to no plot; what it calls may. */
    JoinedStr(run, { values }, scope) {
      lookAt(run, values, scope);
      return OPAQUE;
    },
    GeneratorExp: (run, node, scope) => OnePass.from(comprehension(run, node, scope)),
  };

  Object.assign(scripts.wholeRuns, { EXPRESSIONS });
}
