/* Statements: how each kind of statement changes what is known. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { IMPORTED, UNKNOWN, classValue, functionValue, isDefinition } = scripts;
  const { meaning, unknownPart } = scripts;
  const { Names, assign, assignAugmented, followFor, followIf } = scripts.walk;
  const { followMatch, followTry, followWhile, followWith } = scripts.walk;
  const { forgetAssigned, noteSlopes } = scripts.walk;

  /** Follow a statement; what it returns from a function, null if it does not. */
  function followStatement(walk, statement, names) {
    const follow = STATEMENTS[statement.type] ?? forgetAssigned;
    return follow(walk, statement, names) ?? null;
  }

  function followAssignment(walk, statement, names) {
    let value = walk.value(statement.value, names);
    if (mayBeUsedUp(walk, statement)) value = unknownPart(value);
    for (const target of statement.targets) {
      if (target.type === "Subscript") noteSlopes(walk, target.value, value, names);
      assign(walk, target, value, names);
    }
  }

  /** Whether a value gives its items once, and its name is read more than once. */
  function mayBeUsedUp({ imports, outline }, { targets, value }) {
    const { gone_over_once: once } = vocabulary.whole_run;
    const isCall = value.type === "Call" && once.includes(meaning(value.func, imports));
    if (!isCall && value.type !== "GeneratorExp") return false;
    return targets.some(({ type, id }) => type === "Name" && outline.readsOf(id) > 1);
  }

  function followAnnotated(walk, { target, value }, names) {
    if (value) assign(walk, target, walk.value(value, names), names);
  }

  function followDelete(walk, { targets }, names) {
    for (const target of targets) assign(walk, target, UNKNOWN, names);
  }

  function followExpression(walk, { value }, names) {
    walk.value(value, names);
  }

  function followReturn(walk, { value }, names) {
    return value && walk.value(value, names);
  }

  /** Note a function. What a decorator makes of it is not followed. */
  function defineFunction(walk, node, names) {
    const decorators = node.decorator_list.map((each) => meaning(each, walk.imports));
    const isPlain = decorators.every((name) => name === "staticmethod");
    const isKnown = isPlain && decorators.length <= 1;
    names.set(node.name, isKnown ? functionValue(node, node.name) : UNKNOWN);
  }

  /** Follow the body of a class, which is known if nothing else defines it. */
  function defineClass(walk, node, names) {
    const inside = new Names(names);
    walk.statements(node.body, inside);
    if (!walk.outline.classes.isPlain(node)) {
      names.set(node.name, UNKNOWN);
      return;
    }
    const owner = classValue(node, inside.own);
    names.set(node.name, owner);
    for (const method of node.body.filter(isDefinition)) {
      walk.objects.addMethod(walk.plainOf(method), owner);
    }
  }

  /** Note names that no longer stand for a function of the script. */
  function followImport(walk, statement, names) {
    const isOfLibrary = vocabulary.names.libraries.includes(statement.module);
    for (const { name, asname } of statement.names) {
      if (name !== "*") names.set(asname ?? name.split(".")[0], IMPORTED);
      if (name !== "*") continue;
      for (const [own, value] of names.own) {
        const mayBeThere = !isOfLibrary || vocabulary.names.by_star.includes(own);
        if (value?.is === "function" && mayBeThere) names.forget(own);
      }
    }
  }

  const STATEMENTS = {
    Assign: followAssignment,
    AnnAssign: followAnnotated,
    AugAssign: assignAugmented,
    Delete: followDelete,
    Expr: followExpression,
    Return: followReturn,
    FunctionDef: defineFunction,
    ClassDef: defineClass,
    Import: followImport,
    ImportFrom: followImport,
    If: followIf,
    For: followFor,
    While: followWhile,
    With: followWith,
    Try: followTry,
    TryStar: followTry,
    Match: followMatch,
  };

  Object.assign(scripts.walk, { followStatement });
}
