/* Literals: what an expression says by itself, whatever surrounds it. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { dotted, meaning } = scripts;

  // Operators within an index.
  const SIGNS = { Add: "+", Sub: "-", Mult: "*" };

  /** Whether a constant is a number, and neither complex nor a truth value. */
  function isNumeric(node) {
    return node.kind === "int" || node.kind === "float";
  }

  /** A number that is written out, with its sign; null for any other expression, and
      for a number that is too large. */
  function number(node) {
    let sign = 1;
    let inner = node;
    while (inner?.type === "UnaryOp" && inner.op === "USub") {
      sign = -sign;
      inner = inner.operand;
    }
    if (inner?.type !== "Constant" || !isNumeric(inner)) return null;
    const value = sign * inner.value;
    return Number.isFinite(value) ? value : null;
  }

  /** Whether a call has the argument `copy=False`. */
  function isToldToShare({ keywords }) {
    return keywords.some(({ arg, value }) => arg === "copy" && value.kind === "False");
  }

  /** Whether a transpose exchanges two axes, as it does if it names none.
      `array.transpose(1, 0)` is the call of a method; in `np.transpose(array, (1, 0))`
      the array comes first. */
  function exchangesAxes({ args, keywords }, ofMethod) {
    const given = ofMethod ? args : args.slice(1);
    const axes = [...given, ...keywords.map(({ value }) => value)];
    const isList = axes.length === 1 && ["Tuple", "List"].includes(axes[0].type);
    const [first, second, ...others] = (isList ? axes[0].elts : axes).map(number);
    if (first === undefined) return true;
    return first === 1 && second === 0 && !others.length;
  }

  /** Whether this is `np.sqrt(np.finfo(float).eps)`, the usual step of SciPy. */
  function isRootOfEpsilon({ type, func, args }, imports) {
    if (type !== "Call" || args.length !== 1) return false;
    const [{ type: kind, attr, value: limits }] = args;
    if (kind !== "Attribute" || attr !== "eps" || limits.type !== "Call") return false;
    const isRoot = ["numpy.sqrt", "math.sqrt"].includes(meaning(func, imports));
    return isRoot && meaning(limits.func, imports) === "numpy.finfo";
  }

  /** The text of a plain expression, in one form however it is typed. Plain expressions
      are names, whole numbers, a sum or a product of two of them, tuples and lists of
      these, and arrays with such an index. For any other expression the text is
      empty. */
  function plainText(node) {
    switch (node?.type) {
      case "Name":
      case "Attribute":
        return dotted(node);
      case "Constant":
        return constantText(node);
      case "UnaryOp":
        return signedText(node);
      case "BinOp":
        return operationText(node);
      case "Tuple":
        return within("(", itemsText(node), ")");
      case "List":
        return within("[", joined(node.elts), "]");
      case "Subscript":
        return subscriptText(node);
      default:
        return "";
    }
  }

  /** The text of an index, without its brackets. */
  function indexText(node) {
    if (node.type === "Tuple") return itemsText(node);
    if (node.type !== "Slice") return plainText(node);
    const bounds = [node.lower, node.upper];
    if (node.step) bounds.push(node.step);
    const texts = bounds.map(plainText);
    const isPlain = bounds.every((bound, k) => bound === null || texts[k]);
    return isPlain ? texts.join(":") : "";
  }

  function constantText({ kind, value }) {
    if (kind === "None") return "None";
    return kind === "int" && Number.isSafeInteger(value) ? `${value}` : "";
  }

  function signedText({ op, operand }) {
    const text = plainText(operand);
    return op === "USub" && operand.type === "Constant" && text ? `-${text}` : "";
  }

  function operationText({ left, op, right }) {
    const sign = SIGNS[op];
    if (!sign || left.type === "BinOp" || right.type === "BinOp") return "";
    const texts = [plainText(left), plainText(right)];
    return texts.every(Boolean) ? texts.join(` ${sign} `) : "";
  }

  function subscriptText({ value, slice }) {
    const array = plainText(value);
    const index = indexText(slice);
    return array && index ? `${array}[${index}]` : "";
  }

  function itemsText({ elts }) {
    const text = joined(elts);
    return text && elts.length === 1 ? `${text},` : text;
  }

  function joined(nodes) {
    const areNested = ["Subscript", "Tuple", "List"];
    if (nodes.some(({ type }) => areNested.includes(type))) return "";
    const texts = nodes.map(indexText);
    return texts.every(Boolean) ? texts.join(", ") : "";
  }

  function within(opening, text, closing) {
    return text && opening + text + closing;
  }

  Object.assign(scripts, {
    exchangesAxes,
    isNumeric,
    isRootOfEpsilon,
    isToldToShare,
    number,
    plainText,
    indexText,
  });
}
