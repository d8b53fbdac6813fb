/* Expressions: the value of each kind of expression. */
"use strict";

{
  const { printing, scripts } = globalThis.gradviz;
  const { spellings, isNumeric, meaning, number } = scripts;
  const { EACH, INDEX, LENGTH, MATH_DOMAIN, TWO_NUMBERS, X, asArray } = spellings;
  const { asTerm, choiceOf, compared, connected, isAboutShape } = spellings;
  const { isAttribute, isCondition, isConnection, isForOnePoint } = spellings;
  const { isOfNumbers, isX, joined, meaningOf, refuse, refuseIndex } = spellings;
  const { shapeOf, sliced, termOf, transposed, valueOfCall } = spellings;

  /** The value of an expression, where the names of the function have these `values`. */
  function valueOf(speller, node, values) {
    const rule = EXPRESSIONS[node.type] ?? refuse("expression", node);
    return rule(speller, node, values);
  }

  function group(speller, { elts }, values) {
    return { items: elts.map((item) => speller.value(item, values)) };
  }

  /* Numbers, names and attributes */

  function numberTerm(speller, node) {
    if (!isNumeric(node)) refuse("no-number", node);
    const text = speller.source.text(node).replaceAll("_", "");
    if (/^0[xob]/i.test(text)) refuse("number-form", node);
    return termOf(text);
  }

  function valueOfName(speller, node, values) {
    const { id } = node;
    if (values.has(id)) return values.get(id);
    const constant = speller.constants.get(id);
    if (constant && !speller.isTooDeep) {
      return speller.within(() => speller.term(constant, new Map()));
    }
    return (
      namedNumber(meaningOf(speller, node)) ?? refuse("no-value", node, { name: id })
    );
  }

  function valueOfAttribute(speller, node, values) {
    const term = namedNumber(meaning(node, speller.imports));
    if (term) return term;
    if (node.attr === "size" && isX(speller, node.value, values)) return LENGTH;
    if (node.attr === "T") {
      const value = speller.valueIfAny(node.value, values);
      if (value?.rank > 0) return transposed(value, node);
    }
    return refuse("attribute", node);
  }

  function namedNumber(full) {
    if (full === "numpy.pi" || full === "math.pi") return termOf("np.pi");
    if (full === "numpy.e" || full === "math.e") return termOf("np.e");
    return null;
  }

  /* Choices and conditions */

  function conditional(speller, { test, body, orelse }, values) {
    if (isAboutShape(speller, test, values)) {
      const branch = isForOnePoint(speller, test, values) ? body : orelse;
      return speller.value(branch, values);
    }
    const condition = conditionOf(speller, test, values);
    const readBranch = (branch) => speller.term(branch, values);
    return eitherOf(speller, condition, [body, orelse], readBranch, test);
  }

  /** A condition, which must not stop a function for want of a value. */
  function conditionOf(speller, node, values) {
    const { value, demands } = speller.withDemands(() => speller.value(node, values));
    if (!isCondition(value) || demands.has(MATH_DOMAIN)) refuse("condition", node);
    return value;
  }

  /** One of two terms. If either demands a shape of x, both have to. */
  function eitherOf(speller, condition, branches, readBranch, node) {
    const [chosen, otherwise] = branches.map((each) =>
      speller.branch(() => readBranch(each)),
    );
    const demands = [...chosen.demands, ...otherwise.demands];
    speller.demands = new Set([...speller.demands, ...demands]);
    if (chosen.demands.has(TWO_NUMBERS) !== otherwise.demands.has(TWO_NUMBERS)) {
      refuse("condition", node);
    }
    return choiceOf(condition, chosen.value, otherwise.value, node);
  }

  /** A comparison, or a chain of them. */
  function comparison(speller, node, values) {
    const operands = [node.left, ...node.comparators];
    const terms = operands.map((each) => speller.term(each, values));
    refuseIndex(terms, node);
    const parts = node.ops.map((op, k) => compared(terms[k], op, terms[k + 1], node));
    return parts.length === 1 ? parts[0] : allOrAny("And", parts, node);
  }

  function connection(speller, node, values) {
    const parts = node.values.map((each) => speller.value(each, values));
    return allOrAny(node.op, parts, node);
  }

  function allOrAny(operator, parts, node) {
    if (!parts.every(isOfNumbers)) refuse("condition", node);
    return connected(operator, parts);
  }

  /* Operators */

  function signed(speller, node, values) {
    const value = speller.value(node.operand, values);
    // ~ of a truth value of Python, such as that of len(x) > 1, is not a truth value.
    const isNot = node.op === "Not" && isOfNumbers(value);
    const isInverted = node.op === "Invert" && value.rank > 0;
    if (isCondition(value) && (isNot || isInverted)) {
      const { rank, isOfTwo } = value;
      return { rank, isOfTwo, isCondition: true, not: value };
    }
    const operand = asTerm(value, node.operand);
    if (node.op === "UAdd") return operand;
    if (node.op !== "USub") refuse("operator", node);
    refuseIndex([operand], node);
    const { text, binds } = printing.negative(operand);
    return termOf(text, binds, shapeOf([operand], node));
  }

  function operation(speller, node, values) {
    const sides = [node.left, node.right];
    const [left, right] = sides.map((side) => speller.value(side, values));
    if (isCondition(left) && isCondition(right) && isConnection(node.op)) {
      return connected(node.op, [left, right]);
    }
    // Next to an array, a list is one, too.
    const hasArray = left.rank > 0 || right.rank > 0;
    const [a, b] = [left, right].map((value) => (hasArray ? asArray(value) : value));
    return joined(node.op, asTerm(a, node.left), asTerm(b, node.right), node);
  }

  /* Parts of values */

  function subscript(speller, node, values) {
    if (isAttribute(node.value, "shape") && number(node.slice) === 0) {
      if (isX(speller, node.value.value, values)) return LENGTH;
    }
    return partOf(speller, speller.value(node.value, values), node.slice, node, values);
  }

  /** What `[0]`, `[0, 1]` or `[:2]` takes from a value. */
  function partOf(speller, value, slice, node, values) {
    if (slice.type === "Slice") return sliced(value, slice, node);
    if (slice.type === "Tuple") {
      return entryOf(speller, value, slice.elts, node, values);
    }
    const index = speller.term(slice, values);
    const items = value.items ?? value.entries;
    if (items) return itemAt(items, index.text, node);
    if (value !== X) refuse("index-of-other", node);
    if (index === INDEX) return EACH;
    if (!["0", "1", "-1", "-2"].includes(index.text)) refuse("index-range", node);
    return termOf(`x[${index.text}]`);
  }

  /** What `[0, 1]` takes from a matrix, and `[..., 0]` from a vector. */
  function entryOf(speller, value, [first, ...more], node, values) {
    if (more.length !== 1) refuse("index", node);
    if (isEllipsis(first) && value.rank === 1) {
      return partOf(speller, value, more[0], node, values);
    }
    if (value.rank !== 2) refuse("index", node);
    const row = partOf(speller, value, first, node, values);
    return partOf(speller, row, more[0], node, values);
  }

  function isEllipsis(node) {
    return node.type === "Constant" && node.kind === "...";
  }

  function itemAt(items, index, node) {
    const item = /^-?\d+$/.test(index) ? items.at(Number(index)) : null;
    return item ?? refuse("index", node);
  }

  const EXPRESSIONS = {
    Constant: numberTerm,
    Name: valueOfName,
    Attribute: valueOfAttribute,
    Call: valueOfCall,
    Tuple: group,
    List: group,
    IfExp: conditional,
    Compare: comparison,
    BoolOp: connection,
    UnaryOp: signed,
    BinOp: operation,
    Subscript: subscript,
  };

  Object.assign(spellings, { conditionOf, eitherOf, valueOf });
}
