/* Slips: the errors that a trial shows in a routine, if its text shows why. A run of the
   whole script shows two of them in quotients outside routines. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { OUTCOMES, TAKES, TOLERANCE } = scripts;
  const { indexText, meaning, number, plainText } = scripts;
  const { isOperation, nameOf, onlyTarget, slipOf } = scripts.routines;

  /** The slips in a function. This throws NotFollowed if it is not known what the
      function does. */
  function slipsIn(body, trial) {
    const outcomes = trial.outcomes.map(({ outcome }) => outcome);
    const slips = [];
    if (outcomes.includes(OUTCOMES.SCALED)) {
      slips.push(...body.nodes.map(precedenceSlip).filter(Boolean));
    }
    if (outcomes.includes(OUTCOMES.PARTIAL)) slips.push(...earlyReturns(body));
    if (trial.isArrayChanged) slips.push(...notRestored(body, trial));
    if (givesOneNumber(trial)) slips.push(...lostIndex(body));
    slips.push(...wrongFormula(body, trial));
    return slips;
  }

  /** The slip of `/ 2*h`, which divides by two and multiplies by h. */
  function precedenceSlip(node) {
    const { left, right } = node;
    const isProduct = isOperation(node, "Mult") && right.type === "Name";
    const isOfQuotient = isProduct && isOperation(left, "Div");
    if (!isOfQuotient || number(left.right) === null) return null;
    return slipOf("precedence", node, left.right, { step: right.id });
  }

  /** The slip of a quotient that is off by a factor: one step for two is 2. */
  function factorSlip(quotient, factor, routine) {
    const { right } = quotient;
    const step = factor === 2 && right.type === "Name" ? right : null;
    return slipOf("formula", quotient, step, { routine, factor: `${factor}` });
  }

  /** Whether a factor that was measured, with a step, stands for this one. */
  function isFactor(measured, factor) {
    return Math.abs(measured - factor) < TOLERANCE;
  }

  /** A return at the end of the loop's body ends the loop after its first turn. It
      belongs after all loops that end with this one. */
  function* earlyReturns(body) {
    for (const loop of body.loops) {
      const last = loop.body.at(-1);
      if (last.type === "Return") {
        yield slipOf("early-return", last, outermost(body, loop));
      }
    }
  }

  /** The outermost loop of which a loop is the last statement. */
  function outermost(body, loop) {
    const outer = body.loops.find((each) => each.body.at(-1) === loop);
    return outer ? outermost(body, outer) : loop;
  }

  /** A loop that leaves a coordinate where it moved it. With a step so short that no slope
      counts as wrong, only the array is changed. */
  function* notRestored(body, { showsThatArrayIsChanged }) {
    const severity = showsThatArrayIsChanged ? "error" : "warning";
    for (const loop of body.loops) {
      const written = entriesWrittenIn(loop).map(plainText);
      const saved = savedIn(loop).find(
        (each) => written.includes(each.entry) && !putsBack(loop, each),
      );
      if (!saved) continue;
      const values = { place: saved.entry, saved: saved.name };
      yield { ...slipOf("not-restored", loop.body.at(-1), loop, values), severity };
    }
  }

  /** Whether the last write to an entry, in every turn, restores what was saved. */
  function putsBack(loop, { entry, name }) {
    if (python.walk(loop).some(({ type }) => type === "Continue")) return false;
    const last = loop.body.findLast((each) => plainText(onlyTarget(each)) === entry);
    return plainText(last?.value) === name;
  }

  /** The entries of arrays that the statements of a loop write, in order. Nested loops
      and choices are not examined. */
  function entriesWrittenIn({ body }) {
    return body.map(onlyTarget).filter((target) => target?.type === "Subscript");
  }

  /** Entries whose number a loop saves, and the names it saves them under. */
  function savedIn({ body }) {
    const entries = [];
    for (const statement of body) {
      const target = onlyTarget(statement);
      if (statement.type !== "Assign" || target?.type !== "Name") continue;
      let { value } = statement;
      if (value.type === "Call" && value.args.length) [value] = value.args; // float(x[i])
      const entry = plainText(value);
      if (value.type === "Subscript" && entry) entries.push({ entry, name: target.id });
    }
    return entries;
  }

  /** Whether one number comes back for a point instead of its slopes. */
  function givesOneNumber({ point }) {
    return point.result && !point.result.shape.length && point.asksFor(TAKES.ROWS);
  }

  /** `grad = …` in the loop, where `grad[i] = …` is meant. */
  function* lostIndex(body) {
    const arrays = new Set(newArrays(body));
    for (const loop of body.loops) {
      const [entry] = entriesWrittenIn(loop);
      const index = entry ? indexText(entry.slice) : "";
      if (!index) continue;
      for (const statement of loop.body) {
        const target = onlyTarget(statement);
        if (target?.type === "Name" && arrays.has(target.id)) {
          const values = { name: target.id, index };
          yield slipOf("lost-index", target, entry.slice, values);
        }
      }
    }
  }

  /** Names of arrays that the function makes for its slopes. */
  function newArrays(body) {
    return body.definition.body.flatMap(({ type, value, targets }) => {
      if (type !== "Assign" || value.type !== "Call") return [];
      const isNew = vocabulary.routines.new_arrays.includes(
        meaning(value.func, body.imports),
      );
      return isNew ? targets.map(nameOf).filter(Boolean) : [];
    });
  }

  /** Slopes that are halved or doubled: divided by one step instead of two, or by two
      instead of one. */
  function* wrongFormula(body, trial) {
    if (!body.differentiates([trial.fName])) return;
    const { definition, divisions } = body;
    for (const factor of [2, 0.5]) {
      const isMeasured = trial.outcomes.some(
        (each) => each.outcome === OUTCOMES.SCALED && isFactor(each.factor, factor),
      );
      if (!isMeasured) continue;
      const slip = factorSlip(divisions[0], factor, definition.name);
      const isCertain = divisions.length === 1; // else another one may be wrong
      yield isCertain ? slip : { ...slip, other: null };
    }
  }

  Object.assign(scripts.routines, { factorSlip, isFactor, precedenceSlip, slipsIn });
}
