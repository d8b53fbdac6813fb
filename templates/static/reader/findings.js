/* Findings: what is wrong in a script, or could be, and the line that mends it. One rule a
   method. A rule reports nothing where it does not know: a right script must not be called
   wrong. How bad a finding is, it says honestly: an `error` if the result is wrong, or right
   by luck of this f; a `warning` if it is right until an array is used again; else a
   `note`. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { TAKES, WHOLE, LOW, COORDINATES, POINTS, COLUMN, SHEETS } = scripts;
  const { ORDERS, isAtPoints, isDrawnUnturned, orderOf, orderOfAxes, plotsOf } =
    scripts;
  const { filled, hasStarred, isArray, lastPart, meaning, parametersOf, plainText } =
    scripts;
  const {
    SHORTEST_STEP,
    factorsOfSlopes,
    findingsOfGrids,
    isFollowedToPlots,
    isWronglyReshaped,
  } = scripts;
  const { Uses } = scripts;

  // What becomes a float if a point and a zero are put behind it.
  const WHOLE_NUMBER = /^-?[0-9]+$/;

  /** The rules, and what they go by: the `observations` of a script, and the `words` of each
      code. */
  class Rules {
    constructor(source, imports, routines, definitions, observations, words) {
      this.source = source;
      this.imports = imports;
      this.routines = routines;
      this.definitions = definitions;
      this.observations = observations;
      this.words = words;
      this.uses = new Uses(source, imports);
      this.namesInDefinitions = new Map();
      this.editsOf = new Map(); // by findings
    }

    /** Everything found, in the order of the lines, each once. */
    findings() {
      const findings = [
        ...this.calls(),
        ...this.stops(),
        ...this.writtenSteps(),
        ...this.slips(),
        ...this.inPlace(),
        ...this.histories(),
        ...this.tangents(),
        ...this.axisOrders(),
        ...findingsOfGrids(this),
        ...this.swappedComponents(),
        ...this.angles(),
      ];
      const worst = new Map();
      for (const finding of findings) {
        const place = [finding.code, finding.line, finding.column].join();
        const before = worst.get(place);
        if (!before || isWorse(finding, before)) worst.set(place, finding);
      }
      const reported = [...worst.values()].filter(
        ({ line, end_line, code }) => !this.source.isIgnored(line, end_line, code),
      );
      reported.sort((a, b) => a.line - b.line || a.column - b.column);
      return this.withJointMends(reported);
    }

    /** Findings, of which those whose mends touch the same lines have one mend, that of
        them all. */
    withJointMends(findings) {
      const mended = findings.filter(({ fix }) => fix !== null);
      const joint = new Map();
      while (mended.length) {
        const group = [mended.shift()];
        let last = group[0].end_line;
        while (mended.length && mended[0].line <= last) {
          group.push(mended.shift());
          last = Math.max(last, group.at(-1).end_line);
        }
        if (group.length > 1) {
          const mend = this.mendOfAll(group, last);
          for (const finding of group) joint.set(finding, { ...finding, ...mend });
        }
      }
      return findings.map((finding) => joint.get(finding) ?? finding);
    }

    /** The edits of findings, without those of a finding that all are edits of others. */
    editsOfAll(findings) {
      const edits = [];
      const texts = new Set(); // of edits
      for (const finding of findings) {
        const own = this.editsOf.get(finding);
        if (own.every((edit) => texts.has(JSON.stringify(edit)))) continue;
        edits.push(...own);
        for (const edit of own) texts.add(JSON.stringify(edit));
      }
      return edits;
    }

    mendOfAll(group, endLine) {
      const edits = this.editsOfAll(group);
      const [{ line }] = group;
      if (overlap(edits)) return { fix: null };
      const fix = this.source.mended(edits, line, endLine);
      return { line, end_line: endLine, fix };
    }

    finding(code, severity, node, { edits = [], form = severity, ...values } = {}) {
      let start = this.source.start(node);
      let endLine = start.line;
      let fix = null;
      if (this.canBeMended(node, edits)) {
        [start] = [start, ...edits].sort(scripts.byPlace);
        endLine = Math.max(endLine, ...edits.map((edit) => edit.endLine));
        fix = this.source.mended(edits, start.line, endLine);
      }
      const words = this.words[code];
      const finding = {
        line: start.line,
        column: this.source.charactersBefore(start) + 1,
        code,
        severity,
        message: filled(words[form], values),
        values: { form, ...values },
        end_line: endLine,
        fix,
        url: words.url.replace(/^\//, ""),
      };
      this.editsOf.set(finding, edits);
      return finding;
    }

    /** Whether a mend of these edits would be right, and short enough to be read. */
    canBeMended(node, edits) {
      if (!edits.length || node.inText) return false;
      const first = Math.min(node.line, ...edits.map((edit) => edit.line));
      const last = Math.max(node.line, ...edits.map((edit) => edit.endLine));
      const lines = this.source.lines.slice(first - 1, last);
      return (
        lines.reduce((total, line) => total + line.length, 0) <=
        vocabulary.findings.longest_mend
      );
    }

    /** Insert a text behind a node. */
    insertion(node, text) {
      return editBetween(this.source.end(node), this.source.end(node), text);
    }

    /** Insert a text before a node. */
    insertionBefore(node, text) {
      return editBetween(this.source.start(node), this.source.start(node), text);
    }

    /** Put a text in the place of a node. */
    replacement(node, text) {
      return editBetween(this.source.start(node), this.source.end(node), text);
    }

    /** Put a text in the place of what stands in a node behind its first part. */
    replacementBehind(before, node, text) {
      const start = this.source.endWithin(before, node);
      return editBetween(start, this.source.end(node), text);
    }

    /** Insert further arguments behind one of a call. */
    insertionInCall(argument, call, text) {
      const place = this.source.endWithin(argument, call);
      return editBetween(place, place, text);
    }

    /** Append an attribute to an expression, in parentheses if it needs them. */
    appended(node, text) {
      if (vocabulary.findings.atoms.includes(node.type))
        return [this.insertion(node, text)];
      return [this.insertionBefore(node, "("), this.insertion(node, `)${text}`)];
    }

    /* Calls of a routine */

    *calls() {
      for (const differentiation of this.observations.differentiations) {
        const { argument, argumentNode } = differentiation;
        if (isArray(argument)) {
          if (argument.form === COORDINATES) yield* this.layout(differentiation);
          else if (argument.form === POINTS) {
            yield* this.halfFixOutside(differentiation);
            yield* this.transposedPoints(differentiation);
          } else if (isWronglyReshaped(differentiation, this.observations.quivers))
            yield this.reshape(differentiation);
          else if (argument.form === COLUMN) yield* this.columnVector(differentiation);
          yield* this.kindOfNumbers(differentiation);
        }
        if (this.looksLikeCoordinates(argumentNode)) {
          yield* this.layoutOfFragment(differentiation);
        }
        yield* this.ignoredArgument(differentiation);
      }
    }

    /** One coordinate per row, for a routine that takes rows for points. */
    *layout(differentiation) {
      const { routine, call, argumentNode, isTurnedAtOnce, isOneByOne } =
        differentiation;
      const { node, uses } = call;
      const words = { routine: routine.name };
      if (!routine.isFollowed) {
        if (!routine.isOfLibrary) yield this.finding("layout", "note", node, words);
        return;
      }
      if (routine.takes !== TAKES.ROWS) return;
      if (!isFollowedToPlots(differentiation, this.observations.quivers)) {
        yield this.finding("layout", "note", node, words);
        return;
      }
      if (isOneByOne || this.formsAt(node).size > 1) {
        yield this.finding("layout", "error", node, words);
        return;
      }
      const argumentWithTranspose = this.appended(argumentNode, ".T");
      if (isTurnedAtOnce && !isOnly(uses, "rows")) {
        const edits = argumentWithTranspose;
        yield this.finding("half-fix", "error", node, {
          edits,
          form: "inside",
          ...words,
        });
        return;
      }
      let edits = [...argumentWithTranspose, this.insertion(node, ".T")];
      if (isOnly(uses, "columns")) edits = argumentWithTranspose;
      else if (isTurnedAtOnce) edits = []; // the result is taken apart in yet another way
      yield this.finding("layout", "error", node, { edits, ...words });
    }

    /** The forms of the arrays that a call gets, one time and another. */
    formsAt(node) {
      const ofCall = this.observations.differentiations.filter(
        ({ call }) => call.node === node,
      );
      return new Set(ofCall.map(({ argument }) => argument.form ?? ""));
    }

    /** An array of X and Y, which are likely to be what they are in the book. */
    *layoutOfFragment({ routine, call }) {
      if (![TAKES.ROWS, TAKES.UNKNOWN].includes(routine.takes)) return;
      const form = routine.isFollowed ? "fragment" : "note";
      yield this.finding("layout", "note", call.node, { form, routine: routine.name });
    }

    /** Points by row, and a result whose rows are drawn as coordinates. */
    *halfFixOutside(differentiation) {
      const { routine, call, argument } = differentiation;
      if (routine.takes !== TAKES.ROWS || this.formsAt(call.node).size > 1) return;
      if (!isDrawnUnturned(differentiation)) return;
      const plots = plotsOf(call, this.observations.quivers);
      const areAtPoints = plots.every((quiver) => isAtPoints(quiver, argument));
      const areOfCoordinates = this.uses.areOfCoordinates(call.node);
      const canBeMended =
        areAtPoints && areOfCoordinates && !differentiation.isOneByOne;
      const edits = canBeMended ? [this.insertion(call.node, ".T")] : [];
      const words = { form: "outside", routine: routine.name };
      yield this.finding("half-fix", "error", call.node, { edits, ...words });
    }

    /** Points by row, for a routine that takes one coordinate a row. */
    *transposedPoints(differentiation) {
      const { routine, call, argumentNode } = differentiation;
      if (routine.takes !== TAKES.COLUMNS || !isOnly(call.uses, "columns")) return;
      if (!isFollowedToPlots(differentiation, this.observations.quivers)) return;
      let edits = [];
      if (this.formsAt(call.node).size === 1) {
        edits = [...this.turned(argumentNode), ...this.turned(this.widest(call.node))];
      }
      const words = { routine: routine.name };
      yield this.finding("transposed-points", "error", call.node, { edits, ...words });
    }

    /** Take away the .T behind an expression, or put one there. */
    turned(node) {
      if (node.type !== "Attribute" || node.attr !== "T") {
        return this.appended(node, ".T");
      }
      return [this.replacementBehind(node.value, node, "")];
    }

    /** What stands as `….T` in the script, or an expression itself. */
    widest(node) {
      this.withTranspose ??= new Map(
        this.source.nodes
          .filter(({ type, attr }) => type === "Attribute" && attr === "T")
          .map((each) => [each.value, each]),
      );
      return this.withTranspose.get(node) ?? node;
    }

    /** `reshape(-1, 2)`, where rows and columns are to be exchanged. */
    reshape({ argument: { made }, routine, call }) {
      const isMethod = made?.type === "Call" && made.func.type === "Attribute";
      let edits = [];
      if (isMethod && this.formsAt(call.node).size === 1) {
        edits = [this.replacementBehind(made.func.value, made, ".T")];
      }
      const words = { routine: routine.name };
      return this.finding("reshape", "error", made ?? call.node, { edits, ...words });
    }

    /** A column, for a routine that keeps a view of the entry it moves. */
    *columnVector({ routine, call, argumentNode }) {
      if (routine.misreadsColumns) {
        const edits = this.appended(argumentNode, ".ravel()");
        const words = { routine: routine.name };
        yield this.finding("column-vector", "error", call.node, { edits, ...words });
      }
    }

    /** Whole numbers, or too few digits, for a routine that adds h in place. */
    *kindOfNumbers(differentiation) {
      const { call, argument, argumentNode, origin } = differentiation;
      let { routine } = differentiation;
      if (!routine.cutsWholeNumbers) return;
      const { kind, form } = argument;
      const isOfGrid = form === COORDINATES || form === POINTS;
      if (isOfGrid && !isFollowedToPlots(differentiation, this.observations.quivers)) {
        routine = { ...routine, isFollowed: false };
      }
      if (kind === WHOLE) {
        yield this.wholeNumbers(argument, routine, call.node, "error");
      } else if (routine.isFollowed && hasTooFewDigits(kind, routine.step)) {
        const node = origin?.argumentNode ?? argumentNode;
        const where = origin?.node ?? call.node;
        const edits = this.appended(node, ".astype(float)");
        const words = { routine: routine.name, kind };
        yield this.finding("low-precision", "error", where, { edits, ...words });
      }
    }

    /** Slopes that are written into an array of whole numbers. */
    *writtenSteps() {
      const { steps, differentiations } = this.observations;
      const written = new Set(steps.map(({ array }) => array.made));
      for (const { argument: array, routine, call } of differentiations) {
        const isWhole = isArray(array) && array.kind === WHOLE;
        if (isWhole && array.made && written.has(array.made)) {
          yield this.wholeNumbers(array, routine, call.node, "descent");
        }
      }
    }

    /** Whole numbers, mended where they are made: there the mend lasts. */
    wholeNumbers({ made }, routine, node, form) {
      const words = { routine: routine.name };
      if (!routine.isFollowed) {
        return this.finding("integer", "note", made ?? node, words);
      }
      const calls = this.observations.differentiations.map((each) => each.call.node);
      const mayBeFloats = made && this.uses.mayBeFloats(made, new Set(calls));
      const edits = mayBeFloats ? this.asFloats(made) : [];
      return this.finding("integer", "error", made ?? node, { edits, form, ...words });
    }

    /** Let an expression make floats: by its type, its numbers, or a conversion. */
    asFloats(node) {
      const named = this.namedType(node);
      if (named) return [this.replacement(named, "float")];
      const numbers =
        node.type === "Call" && node.args.length ? leaves(node.args[0]) : [];
      const areWhole = numbers.every((each) =>
        WHOLE_NUMBER.test(this.source.text(each)),
      );
      if (numbers.length && areWhole) {
        return numbers.map((each) => this.insertion(each, ".0"));
      }
      return this.appended(node, ".astype(float)");
    }

    /** The type that a call names: `dtype=int`, or that of `astype`. */
    namedType({ type, func, args, keywords }) {
      if (type !== "Call") return null;
      const keyword = keywords.find(({ arg }) => arg === "dtype");
      if (keyword) return keyword.value;
      const isMethod = func.type === "Attribute" && func.attr === "astype";
      if (isMethod && args.length) return args[0];
      const takesType = vocabulary.findings.typed.includes(meaning(func, this.imports));
      return takesType && args.length > 1 ? args[1] : null;
    }

    /** A function that does not use its argument. */
    *ignoredArgument({ f }) {
      if (f.is !== "function") return;
      const parameters = parametersOf(f.node);
      const [argument] = parameters;
      if (parameters.length === 1 && !this.namesIn(f.node).has(argument)) {
        yield this.finding("ignored-argument", "note", f.node, { argument });
      }
    }

    /** The names that stand in the body of a function. */
    namesIn(definition) {
      if (!this.namesInDefinitions.has(definition)) {
        const nodes = [definition.body].flat().flatMap(python.walk);
        const names = nodes.filter(({ type }) => type === "Name").map(({ id }) => id);
        this.namesInDefinitions.set(definition, new Set(names));
      }
      return this.namesInDefinitions.get(definition);
    }

    /** Whether this is `np.array([X, Y])` in a fragment that leaves out both. */
    looksLikeCoordinates(node) {
      if (node.type !== "Call" || node.args.length !== 1) return false;
      if (meaning(node.func, this.imports) !== "numpy.array") return false;
      if (plainText(node.args[0]) !== "[X, Y]") return false;
      this.assignedNames ??= assignedAmong(this.source.nodes);
      return !this.assignedNames.has("X") && !this.assignedNames.has("Y");
    }

    /* Calls at which the script stops */

    /** Calls that end the script with an error. */
    *stops() {
      for (const node of this.observations.pairsWithoutList) {
        const [first, last] = node.args;
        const isInParentheses =
          this.source.endWithin(first, node).column !== this.source.end(first).column;
        const edits = isInParentheses // in front of which the bracket belongs
          ? []
          : [this.insertionBefore(first, "["), this.insertionInCall(last, node, "]")];
        const array = this.source.text(node.func);
        yield this.finding("stops", "error", node, { edits, form: "no-list", array });
      }
      for (const differentiation of this.observations.differentiations) {
        const stop = scripts.stopAt(differentiation);
        if (!stop) continue;
        const { call, fNode, routine } = differentiation;
        const isOneForm = this.formsAt(call.node).size === 1;
        const edits = isOneForm ? this.mendOfStop(differentiation, stop.form) : [];
        yield this.finding("stops", "error", call.node, {
          edits,
          f: this.source.text(fNode),
          routine: routine.name,
          ...stop,
        });
      }
    }

    mendOfStop(differentiation, form) {
      switch (form) {
        case "arguments":
          return this.fOfPoint(differentiation);
        case "no-function":
          return this.fItself(differentiation.fNode);
        case "no-array":
          return this.arrayOfList(differentiation);
        case "not-flat":
          return this.flattened(differentiation);
        case "many-points":
          return this.oneByOne(differentiation);
        default:
          return [];
      }
    }

    /** `lambda x: f(x[0], x[1])`, for an f of two numbers. */
    fOfPoint({ f, fNode }) {
      const takesTwo = parametersOf(f.node).length === 2;
      const text = this.source.text(fNode);
      if (!takesTwo || fNode.type !== "Name" || text === "x") return [];
      if (!this.takesNumbers(f.node)) return [];
      return [this.replacement(fNode, `lambda x: ${text}(x[0], x[1])`)];
    }

    /** Whether nothing shows that an argument of f is an array, or an object. */
    takesNumbers(definition) {
      const names = parametersOf(definition);
      const { reductions } = vocabulary.walk;
      return !python.walk(definition).some(({ type, value, op, func }) => {
        if (type === "BinOp") return op === "MatMult";
        if (type === "Call") {
          return reductions.includes(lastPart(meaning(func, this.imports)));
        }
        const isOwner = type === "Subscript" || type === "Attribute";
        return isOwner && value.type === "Name" && names.includes(value.id);
      });
    }

    /** `f` in place of `f(x)`. */
    fItself(node) {
      if (node.type !== "Call" || node.func.type !== "Name") return [];
      const { id } = node.func;
      return this.definitions.byName.has(id) ? [this.replacement(node, id)] : [];
    }

    /** Make an array of floats of a list. */
    arrayOfList({ argument, argumentNode: node }) {
      const numpy = nameOfNumpy(this.imports);
      const name = this.source.text(node);
      const isChanged =
        this.isLengthened(name) || (!argument.isList && this.isWrittenByEntry(name));
      if (!numpy || argument.is === "number" || isChanged) return [];
      // Coordinates of many points may want a .T, too.
      if (argument.values?.some(isArray)) return [];
      return [
        this.insertionBefore(node, `${numpy}.array(`),
        this.insertion(node, ", dtype=float)"),
      ];
    }

    /** Whether `name[i] = …` changes it, outside of routines. */
    isWrittenByEntry(name) {
      const bodies = scripts.nodesOfRoutines(this.routines);
      return this.source.nodes.some((node) => {
        const targets = node.targets ?? [node.target];
        const isWritten = targets.some(
          (target) => target?.type === "Subscript" && target.value.id === name,
        );
        return isWritten && !bodies.has(node);
      });
    }

    /** Whether `name += …` changes it: a list becomes longer by that. */
    isLengthened(name) {
      return this.source.nodes.some(
        ({ type, op, target }) =>
          type === "AugAssign" && op === "Add" && target.id === name,
      );
    }

    /** `np.array([X.ravel(), Y.ravel()]).T`, and the other .T. */
    flattened(differentiation) {
      const { argument, argumentNode, routine } = differentiation;
      const { made, form } = argument;
      const isHere = made?.type === "Call" && python.walk(argumentNode).includes(made);
      if (!isHere || routine.takes !== TAKES.ROWS) return [];
      const [coordinates] = made.args;
      if (coordinates.type !== "List" && coordinates.type !== "Tuple") return [];
      const edits = coordinates.elts.flatMap((each) => this.appended(each, ".ravel()"));
      if (form === SHEETS) edits.push(...this.appended(argumentNode, ".T"));
      return [...edits, ...this.turnedResult(differentiation)];
    }

    /** The .T behind a call that gives a row for each point, where it is needed. */
    turnedResult({ call, isTurnedAtOnce }) {
      if (isTurnedAtOnce || isOnly(call.uses, "columns")) return [];
      return [this.insertion(call.node, ".T")];
    }

    /** A call for each point: `np.array([g(f, p) for p in P]).T`. */
    oneByOne(differentiation) {
      const { call, argument, argumentNode } = differentiation;
      const numpy = nameOfNumpy(this.imports);
      if (!numpy || !call.node.args.includes(argumentNode)) return [];
      let points = this.source.text(argumentNode);
      if (argument.form === COORDINATES) {
        const isAtom = vocabulary.findings.atoms.includes(argumentNode.type);
        points = isAtom ? `${points}.T` : `(${points}).T`;
      }
      const names = new Set(python.walk(call.node).map(({ id }) => id));
      let point = "p";
      while (names.has(point)) point += "_";
      return [
        this.insertionBefore(call.node, `${numpy}.array([`),
        this.replacement(argumentNode, point),
        this.insertion(call.node, ` for ${point} in ${points}])`),
        ...this.turnedResult(differentiation),
      ];
    }

    /* The bodies of routines */

    *slips() {
      for (const [definition, routine] of this.routines.own) {
        if (!this.isInUse(definition, routine)) continue;
        const mends = routine.slips.map((slip) => this.mendOfSlip(slip));
        for (const [k, slip] of routine.slips.entries()) {
          const words = { ...slip.words };
          if (slip.code === "precedence") words.number = this.source.text(slip.other);
          // One of them alone does not heal.
          const edits = mends.every((mend) => mend.length) ? mends[k] : [];
          yield this.finding(slip.code, slip.severity, slip.node, { edits, ...words });
        }
        const { step, stepNode } = routine;
        const isShort = step !== null && step < SHORTEST_STEP;
        if (isShort && stepNode && !this.isExample(routine)) {
          yield this.absorption(step, stepNode);
        }
      }
    }

    absorption(step, node) {
      const isLost = step <= vocabulary.findings.lost_step;
      const form = isLost ? "error" : "rounded";
      const edits = [this.replacement(node, "1e-4")];
      const words = { step: this.source.text(node) };
      return this.finding("absorption", "error", node, { edits, form, ...words });
    }

    /** Whether a routine is called, or could be: not if it is defined again. The book's bad
        example is followed by a better one of the same name. */
    isInUse(definition, routine) {
      const { byName, methods } = this.definitions;
      if (methods.has(definition) || byName.get(definition.name) === definition)
        return true;
      return this.isCalled(routine);
    }

    /** Whether a routine may stand there as a bad example: nothing calls it. */
    isExample(routine) {
      return this.routines.own.size > 1 && !this.isCalled(routine);
    }

    isCalled(routine) {
      return this.observations.differentiations.some(
        (each) => each.routine.definition === routine.definition,
      );
    }

    mendOfSlip({ code, node, other, words }) {
      const start = this.source.start(node);
      switch (code) {
        case "precedence":
          return this.oneDivisor(other, node.right);
        case "formula":
          if (other?.type === "BinOp") return this.subtracted(other);
          return other ? [this.replacement(other, `(2 * ${other.id})`)] : [];
        case "one-sided":
          return [this.insertion(node, ` - ${words.step}`)];
        case "early-return": {
          const loop = this.source.start(other);
          const indent = this.source.lines[loop.line - 1].slice(0, loop.column);
          return [editBetween({ line: start.line, column: 0 }, start, indent)];
        }
        case "not-restored":
          return other ? this.putBack(node, words) : [];
        case "lost-index":
          return [this.insertion(node, `[${words.index}]`)];
        default:
          return [];
      }
    }

    /** Put a place back in a line of its own, below the last one of the loop. */
    putBack(last, { place, saved }) {
      const start = this.source.start(last);
      const indent = this.source.lines[start.line - 1].slice(0, start.column);
      if (indent.trim()) return [];
      return [this.insertion(last, `\n${indent}${place} = ${saved}`)];
    }

    /** Put a minus in the place of a plus. */
    subtracted({ left, right }) {
      const start = this.source.end(left);
      const end = this.source.start(right);
      const between = this.source.lines[start.line - 1].slice(start.column, end.column);
      if (start.line !== end.line || between.split("+").length !== 2) return [];
      const column = start.column + between.indexOf("+");
      const place = { line: start.line, column };
      return [editBetween(place, { ...place, column: column + 1 }, "-")];
    }

    /** Divide by a product: `(a / 2) * h` becomes `(a / (2 * h))`. */
    oneDivisor(number, step) {
      const end = this.source.end(number);
      const start = this.source.start(step);
      if (end.line !== start.line) return [];
      const between = this.source.lines[end.line - 1].slice(end.column, start.column);
      const sign = between.replaceAll(")", "");
      const closing = ")".repeat(between.length - sign.length + 1);
      const text = `${sign}${this.source.text(step)}${closing}`;
      return [
        this.insertionBefore(number, "("),
        editBetween(end, this.source.end(step), text),
      ];
    }

    /* Functions that change what they are given */

    /** `x = init_x` and `x -= …`, in a function that hands x to a routine. */
    *inPlace() {
      for (const definition of this.definitions.all) {
        if (this.routines.own.has(definition)) continue;
        const nodes = python.walk(definition);
        const differentiated = this.differentiatedAmong(nodes, definition);
        const changed = changedAmong(nodes);
        const reported = new Set();
        for (const [alias, node] of aliasesAmong(nodes, parametersOf(definition))) {
          const parameter = node.value.id;
          const isChanged = changed.has(alias) && !isCopied(alias, node, nodes);
          const isTrap = differentiated.has(alias) && isChanged;
          if (isTrap && !reported.has(parameter)) {
            reported.add(parameter);
            yield this.inPlaceFinding(definition, parameter, node);
          }
        }
      }
    }

    inPlaceFinding(definition, parameter, node) {
      const words = { function: definition.name };
      const passed = this.observations.passedArguments.filter(
        (each) => each.definition === definition && each.parameter === parameter,
      );
      const areArrays =
        passed.length > 0 && passed.every(({ value }) => isArray(value));
      const edits = areArrays ? this.appended(node.value, ".copy()") : [];
      const used = passed.find((each) => this.isUsedAgain(each));
      if (!used) return this.finding("in-place", "note", node, { edits, ...words });
      words.array = this.source.text(used.argumentNode);
      return this.finding("in-place", "warning", node, { edits, ...words });
    }

    /** `history.append(x)` and `x -= …` in one loop, where x is an array. */
    *histories() {
      this.loops ??= loopsAmong(this.source.nodes);
      for (const { inside } of this.loops) {
        const moved = this.movedIn(inside);
        for (const node of inside) {
          const appended = viewAppended(node);
          const name = appended?.id ?? appended?.value.id;
          if (!moved.has(name)) continue;
          const array = appended.type === "Name" ? appended : appended.value;
          const isKept = this.uses.isKeptOtherwise(array, inside);
          const edits = isKept ? [] : this.appended(appended, ".copy()");
          const words = { form: "history", array: name };
          yield this.finding("in-place", "warning", appended, { edits, ...words });
        }
      }
    }

    /** Names of arrays that a loop differentiates at, and changes in place. */
    movedIn(loop) {
      const changed = changedAmong([...loop]);
      const assignments = [...loop].filter(({ type }) => type === "Assign");
      const replaced = assignments.flatMap(({ targets }) =>
        targets.map(({ id }) => id),
      );
      const moved = this.observations.differentiations
        .filter(({ call, argument }) => loop.has(call.node) && isArray(argument))
        .map(({ argumentNode }) => argumentNode.id)
        .filter((name) => changed.has(name) && !replaced.includes(name));
      return new Set(moved);
    }

    /** The routine that a function calls here, and the array which that is given by its
        place. */
    differentiated({ type, func, args }, definition) {
      if (type !== "Call") return {};
      const routine = this.routines.calledIn(definition, func);
      return { routine, argument: args[routine?.arrayParameter] };
    }

    /** Names at which a function calls a gradient routine. */
    differentiatedAmong(nodes, definition) {
      const names = new Set();
      for (const node of nodes) {
        const { argument } = this.differentiated(node, definition);
        if (argument?.type === "Name") names.add(argument.id);
      }
      return names;
    }

    /** Whether an array that was passed is read again before it is made anew. */
    isUsedAgain({ node, argumentNode }) {
      if (argumentNode.type !== "Name") return false;
      const name = argumentNode.id;
      if (this.isRepeated(node, name)) return true;
      const { owners } = this.uses;
      const uses = usesAmong(owners, owners.get(argumentNode), name);
      const later = uses.filter(({ line }) => line > node.endLine);
      later.sort((one, other) => one.line - other.line);
      // In `x = g(x)` the array is read before the name stands for another one.
      const next = later.filter(({ line }) => line === later[0].line);
      return next.some(({ isRead }) => isRead);
    }

    /** Whether a call is repeated in a loop that does not make the array anew. */
    isRepeated(call, name) {
      this.loops ??= loopsAmong(this.source.nodes);
      return this.loops.some(
        ({ inside, assigned }) => inside.has(call) && !assigned.has(name),
      );
    }

    /* Tangents */

    /** `y = f(x) - d*x`, where d and x are arrays. */
    *tangents() {
      for (const definition of this.definitions.all) {
        const nodes = python.walk(definition);
        const slopes = new Map(this.slopesNamedAmong(nodes, definition));
        const node = nodes.find((each) => slopeOfTangent(each, slopes));
        // Its mend is that of the whole function.
        if (node) yield this.tangent(definition, node, slopeOfTangent(node, slopes));
      }
    }

    /** Names that hold what a gradient routine gave at another name. */
    *slopesNamedAmong(nodes, definition) {
      for (const { type, value, targets } of nodes) {
        if (type !== "Assign") continue;
        const { routine, argument } = this.differentiated(value, definition);
        if (argument?.type !== "Name" || routine.takes === TAKES.NUMBER) continue;
        for (const target of targets) {
          if (target.type === "Name") yield [target.id, argument.id];
        }
      }
    }

    tangent(definition, node, slope) {
      const isCalled = this.observations.passedArguments.some(
        (each) => each.definition === definition,
      );
      const severity = isCalled ? "error" : "note";
      const edits = this.summedProducts(definition, slope);
      const words = {
        product: this.source.text(node.right),
        function: definition.name,
      };
      return this.finding("tangent", severity, node, { edits, ...words });
    }

    /** Add up every product with the slope in a function. */
    summedProducts(definition, slope) {
      const numpy = nameOfNumpy(this.imports);
      if (!numpy) return [];
      const products = python
        .walk(definition)
        .filter((node) => isProduct(node) && !node.inText)
        .filter(({ left, right }) => left.id === slope || right.id === slope);
      return products.flatMap((node) => [
        this.insertionBefore(node, `${numpy}.sum(`),
        this.insertion(node, ")"),
      ]);
    }

    /* Slopes in a plot */

    /** `quiver(X, Y, grad[1], grad[0])`. */
    *swappedComponents() {
      const { differentiations, quivers } = this.observations;
      for (const { routine, call, argument } of differentiations) {
        const takesPoints = [TAKES.ROWS, TAKES.COLUMNS].includes(routine.takes);
        if (!isArray(argument) || !takesPoints) continue;
        for (const quiver of plotsOf(call, quivers)) {
          const part = quiver.values[2].part;
          if (orderOf(quiver, argument, part) === ORDERS.SWAPPED) {
            yield this.swappedFinding(quiver.node);
          }
        }
      }
    }

    /** A plot of slopes whose axes have different scales, without `angles="xy"`. */
    *angles() {
      if (this.hasEqualAxes()) return;
      for (const { node, values } of this.observations.quivers) {
        const [x, , u] = values;
        const areSlopes = u.is === "slopes-part";
        const isQuiver = meaning(node.func, this.imports).endsWith("quiver");
        const isNamed = node.keywords.some(({ arg }) => arg === "angles" || !arg);
        if (!areSlopes || !isQuiver || isNamed || !isArray(x) || !x.mesh) continue;
        const lengths = x.mesh.ranges.map((range) => range?.length ?? null);
        if (!differInScale(lengths)) continue;
        const [width, height] = lengths.map((each) => `${Number(each.toPrecision(6))}`);
        const given = [...node.args, ...node.keywords.map(({ value }) => value)];
        const last = given.reduce((one, other) =>
          endsLater(one, other) ? one : other,
        );
        const edits = [this.insertionInCall(last, node, ', angles="xy"')];
        yield this.finding("angles", "note", node, { edits, width, height });
      }
    }

    /** Whether a script may give both axes one scale: `plt.axis("equal")`. */
    hasEqualAxes() {
      const { equal_axes: equal } = vocabulary.findings;
      return this.source.nodes.some(
        ({ type, kind, value }) =>
          type === "Constant" && kind === "str" && equal.includes(value),
      );
    }

    swappedFinding(node) {
      const words = { horizontal: this.textOfArgument(node, 0) };
      const edits = this.swappedArguments(node);
      return this.finding("swapped-components", "error", node, { edits, ...words });
    }

    /** What a plot is given; of *P, how the book calls its parts. */
    textOfArgument(node, place) {
      return hasStarred(node) ? "XY"[place] : this.source.text(node.args[place]);
    }

    /** Swap the two slopes in a plot. */
    swappedArguments(node) {
      return hasStarred(node) ? [] : this.swapped(node.args[2], node.args[3]);
    }

    /* np.gradient */

    /** Slopes of `np.gradient`, drawn in the order of the array's axes. */
    *axisOrders() {
      const swapped = [];
      const drawnOtherwise = new Set(); // calls of which some plot draws slopes otherwise
      for (const quiver of this.observations.quivers) {
        if (orderOfAxes(quiver) === ORDERS.SWAPPED) {
          swapped.push(quiver);
          continue;
        }
        const slopes = quiver.values.filter((value) => value.is === "axis-slope");
        for (const { call } of slopes) drawnOtherwise.add(call);
      }
      for (const { node, values } of swapped) {
        const { call } = values[2];
        yield this.axisOrder(node, call, !drawnOtherwise.has(call));
      }
    }

    /** Swap two slopes where they are named, if every plot has them swapped. */
    axisOrder(node, call, areAlike) {
      const words = { vertical: this.textOfArgument(node, 1) };
      const hasUnread = this.hasUnreadSpacings(call);
      let edits = areAlike && !hasUnread ? this.swappedNames(call) : [];
      let where = call;
      if (!hasUnread && !edits.length) {
        edits = this.swappedArguments(node);
        where = node;
      }
      return this.finding("axis-order", "error", where, { edits, ...words });
    }

    /** Whether two distances may belong to the slopes as they are named. */
    hasUnreadSpacings(call) {
      const texts = call.args.slice(1).map((spacing) => this.source.text(spacing));
      if (new Set(texts).size < 2) return false;
      const gradients = this.observations.axisGradients;
      return gradients.some((each) => each.node === call && !factorsOfSlopes(each));
    }

    /** Swap the names in `dx, dy = np.gradient(…)`. */
    swappedNames(call) {
      this.targetsOfCalls ??= targetsOfCallsAmong(this.source.nodes);
      const [target, ...more] = this.targetsOfCalls.get(call) ?? [];
      const isPair = target?.type === "Tuple" || target?.type === "List";
      if (more.length || !isPair || target.elts.length !== 2) return [];
      return this.swapped(...target.elts);
    }

    swapped(first, second) {
      return [
        this.replacement(first, this.source.text(second)),
        this.replacement(second, this.source.text(first)),
      ];
    }
  }

  /** What stands in a list, and in lists within it; nothing if it is none. */
  function leaves(node) {
    if (node.type !== "List" && node.type !== "Tuple") return [];
    return node.elts.flatMap((element) => {
      const isList = element.type === "List" || element.type === "Tuple";
      return isList ? leaves(element) : [element];
    });
  }

  /** Whether a grid is much longer along one coordinate than along the other. */
  function differInScale(lengths) {
    const known = lengths.filter(Boolean).map(Math.abs);
    if (known.length < 2) return false;
    return Math.max(...known) / Math.min(...known) > vocabulary.findings.most_ratio;
  }

  function endsLater(one, other) {
    const isSameLine = one.endLine === other.endLine;
    if (isSameLine) return one.endColumn >= other.endColumn;
    return one.endLine > other.endLine;
  }

  function editBetween(start, end, text) {
    return { ...start, endLine: end.line, endColumn: end.column, text };
  }

  /** Whether two edits change the same stretch of the text. */
  function overlap(edits) {
    const inOrder = [...edits].sort(scripts.byPlace);
    return inOrder.slice(1).some((later, k) => {
      const earlier = inOrder[k];
      const isBehind =
        later.line > earlier.endLine ||
        (later.line === earlier.endLine && later.column >= earlier.endColumn);
      return !isBehind;
    });
  }

  /** Whether a finding says more than another one at the same place. */
  function isWorse(finding, other) {
    const { severities } = vocabulary.findings;
    return severities.indexOf(finding.severity) < severities.indexOf(other.severity);
  }

  function isOnly(uses, use) {
    return uses.size === 1 && uses.has(use);
  }

  function nameOfNumpy(imports) {
    const [name] = [...imports].find(([, full]) => full === "numpy") ?? [""];
    return name;
  }

  function assignedAmong(nodes) {
    const assigned = nodes.filter(
      ({ type, ctx }) => type === "Name" && ctx === "Store",
    );
    return new Set(assigned.map(({ id }) => id));
  }

  /** Where a name of a function stands: in which line, and whether it is read there. */
  function usesAmong(owners, owner, name) {
    const uses = [];
    for (const [{ id, line, ctx }, ownerOfUse] of owners) {
      if (ownerOfUse === owner && id === name)
        uses.push({ line, isRead: ctx === "Load" });
    }
    return uses;
  }

  /** What stands in each loop, and the names that are assigned there. */
  function loopsAmong(nodes) {
    const loops = nodes.filter(({ type }) => type === "For" || type === "While");
    return loops.map((loop) => {
      const inside = python.walk(loop);
      return { inside: new Set(inside), assigned: assignedAmong(inside) };
    });
  }

  /** What is assigned from each call. */
  function targetsOfCallsAmong(nodes) {
    const assignments = nodes.filter(
      ({ type, value }) => type === "Assign" && value.type === "Call",
    );
    return new Map(assignments.map(({ value, targets }) => [value, targets]));
  }

  /** Names that are assigned from a parameter as it is, `x = init_x`, and where. */
  function* aliasesAmong(nodes, parameters) {
    for (const node of nodes) {
      if (node.type !== "Assign" || node.value.type !== "Name") continue;
      const [target, ...more] = node.targets;
      const isAlias = target.type === "Name" && parameters.includes(node.value.id);
      if (isAlias && !more.length) yield [target.id, node];
    }
  }

  /** Whether a name gets something else before `name -= …` changes what it had. */
  function isCopied(alias, since, nodes) {
    const ofAlias = ({ type, id }) => type === "Name" && id === alias;
    const later = nodes.filter(({ line }) => line > since.line);
    const changes = later.filter(
      ({ type, target }) => type === "AugAssign" && ofAlias(target),
    );
    const assignments = later.filter(
      ({ type, targets }) => type === "Assign" && targets.some(ofAlias),
    );
    const first = (these) => Math.min(...these.map(({ line }) => line));
    return first(assignments) < first(changes);
  }

  /** Names that `name -= …` changes. */
  function changedAmong(nodes) {
    const changes = nodes.filter(
      ({ type, target }) => type === "AugAssign" && target.type === "Name",
    );
    return new Set(changes.map(({ target }) => target.id));
  }

  /** What is appended in `history.append(x)` and `history.append(x[:])`, else null. */
  function viewAppended({ type, func, args }) {
    if (type !== "Call" || args.length !== 1) return null;
    const [argument] = args;
    const isView = argument.type === "Name" || argument.slice?.type === "Slice";
    return func.type === "Attribute" && func.attr === "append" && isView
      ? argument
      : null;
  }

  /** d in `f(x) - d*x`, if d is a slope at x; else nothing. */
  function slopeOfTangent({ type, op, left, right: product }, slopes) {
    if (type !== "BinOp" || op !== "Sub") return "";
    if (left.type !== "Call" || !isProduct(product)) return "";
    const names = [product.left.id, product.right.id];
    if (slopes.get(names[0]) === names[1]) return names[0];
    return slopes.get(names[1]) === names[0] ? names[1] : "";
  }

  function isProduct({ type, op, left, right }) {
    if (type !== "BinOp" || op !== "Mult") return false;
    return left.type === "Name" && right.type === "Name";
  }

  /** Whether numbers of a kind are too short for a step. */
  function hasTooFewDigits(kind, step) {
    if (!LOW.includes(kind)) return false;
    const sufficient = vocabulary.findings.sufficient_steps[kind];
    return step === null || sufficient === undefined || step < sufficient;
  }

  Object.assign(scripts, { Rules });
}
