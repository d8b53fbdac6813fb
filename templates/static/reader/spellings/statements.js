/* Statements: what those of a function return. */
"use strict";

{
  const { python, scripts } = globalThis.gradviz;
  const { spellings, meaning } = scripts;
  const { X, asTerm, conditionOf, eitherOf, elementsOf, followAssertion } = spellings;
  const { isAboutShape, isCondition, isForOnePoint, itemsOf, joined } = spellings;
  const { refuse, sumOver, termOf } = spellings;

  const LARGEST_BOUND = 100; // of the range of a loop that is followed turn by turn
  const MOST_TURNS = 4;

  /** Follow statements up to a return; its value, or null without one. */
  function returnedBy(speller, statements, values) {
    for (const [i, statement] of statements.entries()) {
      speller.count(statement);
      if (statement.type === "Return") {
        return valueReturned(speller, statement, values);
      }
      if (isChoiceByShape(speller, statement, values)) {
        const { test, body, orelse } = statement;
        const branch = isForOnePoint(speller, test, values) ? body : orelse;
        const value = speller.statements(branch, values);
        if (value) return value;
      } else if (statement.type === "If" && !isGuard(statement)) {
        return pathChosen(speller, statement, statements.slice(i + 1), values);
      } else {
        follow(speller, statement, values);
      }
    }
    return null;
  }

  function valueReturned(speller, statement, values) {
    if (!statement.value) refuse("no-return", statement);
    const value = speller.value(statement.value, values);
    if (isCondition(value)) refuse("expression", statement.value);
    return value;
  }

  function isChoiceByShape(speller, { type, test }, values) {
    return type === "If" && isAboutShape(speller, test, values);
  }

  /** What the statements after an `if` return, with its body or with its `else`. */
  function pathChosen(speller, { test, body, orelse }, rest, values) {
    const condition = conditionOf(speller, test, values);
    const readBranch = (branch) => {
      const value = speller.statements([...branch, ...rest], new Map(values));
      return asTerm(value ?? refuse("no-return", test), test);
    };
    return eitherOf(speller, condition, [body, orelse], readBranch, test);
  }

  function follow(speller, statement, values) {
    const rule = STATEMENTS[statement.type];
    if (rule) rule(speller, statement, values);
    else if (!doesNothing(statement)) refuse("statement", statement);
  }

  const STATEMENTS = {
    Assign: assignAll,
    AnnAssign: assignAnnotated,
    AugAssign: assignAugmented,
    For: followLoop,
    Assert: (speller, node, values) =>
      followAssertion(speller, node, node.test, values),
    If: followGuard,
  };

  /** Whether a statement leaves the value of the function alone. */
  function doesNothing({ type, value }) {
    if (["Pass", "Import", "ImportFrom", "FunctionDef"].includes(type)) return true;
    if (type !== "Expr") return false;
    if (value.type === "Constant") return true; // a docstring
    return value.type === "Call" && meaning(value.func, new Map()) === "print";
  }

  /* Tests that stop the function */

  /** Whether an `if` only stops the function, where x has another shape. */
  function isGuard({ test, body, orelse }) {
    const isOfOne = body.length === 1 && orelse.length === 0;
    const isUnequal = test.type === "Compare" && `${test.ops}` === "NotEq";
    return isOfOne && body[0].type === "Raise" && isUnequal;
  }

  /** Such an `if` asserts that its test is false. */
  function followGuard(speller, statement, values) {
    if (!isGuard(statement)) refuse("statement", statement);
    followAssertion(speller, statement, { ...statement.test, ops: ["Eq"] }, values);
  }

  /* Assignments */

  function assignAll(speller, { targets, value: node }, values) {
    const value = speller.value(node, values);
    for (const target of targets) assign(speller, target, value, values);
  }

  function assignAnnotated(speller, statement, values) {
    if (!statement.value) refuse("statement", statement);
    const value = speller.value(statement.value, values);
    assign(speller, statement.target, value, values);
  }

  function assign(speller, target, value, values) {
    if (target.type === "Name") {
      values.set(target.id, value);
      return;
    }
    if (target.type !== "Tuple" && target.type !== "List") {
      refuse("array-write", target);
    }
    const names = target.elts;
    const items = itemsOf(speller, value, names.length, target);
    if (items.length !== names.length) refuse("name-count", target);
    for (const [k, name] of names.entries()) assign(speller, name, items[k], values);
  }

  function assignAugmented(speller, statement, values) {
    const { target, op } = statement;
    if (target.type !== "Name") refuse("array-write", target);
    const before = speller.term(target, values);
    const isShared = [...values].some(
      ([name, value]) => before.rank > 0 && value === before && name !== target.id,
    );
    if (before === X || before.entries || isShared) {
      refuse("in-place-change", statement);
    }
    const operand = speller.term(statement.value, values);
    values.set(target.id, joined(op, before, operand, statement));
  }

  /* Loops */

  /** Read a loop that adds up one term for each number of x, or for a few. */
  function followLoop(speller, statement, values) {
    if (statement.orelse.length) refuse("loop-else", statement);
    const turns = fewTurns(statement.iter);
    if (turns) followTurns(speller, statement, turns, values);
    else addUp(speller, statement, values);
  }

  function followTurns(speller, { target, body }, turns, values) {
    for (const turn of turns) {
      assign(speller, target, termOf(`${turn}`), values);
      speller.deeper(() => {
        for (const statement of body) {
          speller.count(statement);
          follow(speller, statement, values);
        }
      });
    }
  }

  /** The numbers of `range(2)` and the like, null for another loop. */
  function fewTurns({ type, func, args }) {
    if (type !== "Call" || meaning(func, new Map()) !== "range") return null;
    if (!args.every(({ kind }) => kind === "int")) return null;
    const bounds = args.map(({ value }) => value);
    if (bounds.length !== 1 && bounds.length !== 2) return null;
    if (Math.max(...bounds) > LARGEST_BOUND) return null;
    const [start, stop] = bounds.length === 1 ? [0, ...bounds] : bounds;
    const turns = [];
    for (let turn = start; turn < stop; turn++) turns.push(turn);
    return turns.length <= MOST_TURNS ? turns : null;
  }

  function addUp(speller, { target, iter, body }, values) {
    const elements = elementsOf(speller, target, iter, values);
    const last = body.at(-1);
    const isSum = last.type === "AugAssign" && last.op === "Add";
    if (body.length !== 1 || !isSum) refuse("loop-body", last);
    if (last.target.type !== "Name") refuse("array-write", last);
    const name = last.target.id;
    if (elements.has(name) || usesName(last.value, name)) refuse("self-sum", last);
    const before = speller.term(last.target, values);
    const summand = speller.term(last.value, new Map([...values, ...elements]));
    const total = sumOver(summand, last);
    const isZero = ["0", "0.0", "0."].includes(before.text);
    values.set(name, isZero ? total : joined("Add", before, total, last));
  }

  function usesName(node, name) {
    return python.walk(node).some(({ type, id }) => type === "Name" && id === name);
  }

  Object.assign(spellings, { returnedBy });
}
