/* Uses: what else is done with what a mend would change. A mend of one line is wrong if
   another line relied on the old text. Any use that is not known to tolerate the mend
   speaks against it. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { dotted, isFloatType, isToldToShare, lastPart, meaning, nameRead, number } =
    scripts;
  const { ownersOfNames, parametersOf } = scripts;

  // What holds an array itself, so that later changes of the array show there.
  const KEEPING = ["List", "Tuple", "Set", "Dict", "Yield"];

  // What may have the numbers of its parts.
  const VALUES = [
    "Attribute",
    "Await",
    "BinOp",
    "BoolOp",
    "Call",
    "Dict",
    "DictComp",
    "IfExp",
    "FormattedValue",
    "GeneratorExp",
    "JoinedStr",
    "Lambda",
    "List",
    "ListComp",
    "NamedExpr",
    "Set",
    "SetComp",
    "Slice",
    "Starred",
    "Subscript",
    "Tuple",
    "UnaryOp",
    "Yield",
    "YieldFrom",
    "keyword",
  ];

  /** The node right around each of some nodes. */
  function nodesAround(nodes) {
    const around = new Map();
    for (const node of nodes) {
      for (const child of python.children(node)) around.set(child, node);
    }
    return around;
  }

  /** Where the names of a script are read, and what surrounds these places. */
  class Uses {
    constructor(source, imports) {
      this.source = source;
      this.imports = imports;
      this.functions = source.nodes.filter(({ type }) => type === "FunctionDef");
    }

    /** The function that each name belongs to, or the module. */
    get owners() {
      this.ownersByName ??= ownersOfNames(this.source.tree);
      return this.ownersByName;
    }

    /** The node right around a node. */
    around(node) {
      this.aroundNodes ??= nodesAround(this.source.nodes);
      return this.aroundNodes.get(node);
    }

    /** Where the variable is read that stands here, or changed in place: `name -= …` reads
        it, too. */
    readsOf(name) {
      return this.readsWithin(this.owners.get(name), name.id);
    }

    /** Where a variable of a function or of the module is read. */
    readsWithin(owner, name) {
      this.reads ??= this.readsByOwner();
      return this.reads.get(owner)?.get(name) ?? [];
    }

    readsByOwner() {
      const reads = new Map();
      for (const [name, owner] of this.owners) {
        const isChanged = this.around(name)?.type === "AugAssign";
        if (!isChanged && name.ctx !== "Load") continue;
        if (!reads.has(owner)) reads.set(owner, new Map());
        const ofOwner = reads.get(owner);
        ofOwner.set(name.id, [...(ofOwner.get(name.id) ?? []), name]);
      }
      return reads;
    }

    /* Results that get a .T */

    /** Whether all uses of a result take each row for a coordinate. */
    areOfCoordinates(result, followed = new Set()) {
      const around = this.around(result);
      switch (around?.type) {
        case "UnaryOp":
          return this.areOfCoordinates(around, followed);
        case "Starred":
          return this.isDrawn(around);
        case "Attribute": {
          const call = this.around(around);
          return makesTwoRows(call) && this.areOfCoordinates(call, followed);
        }
        case "Subscript":
          return around.value === result && this.isCoordinate(around);
        case "Assign":
          return around.targets.every((each) => this.namesCoordinates(each, followed));
        default:
          return false;
      }
    }

    /** Whether a name stands for rows of coordinates, or two names for one each. */
    namesCoordinates(target, followed) {
      if (target.type === "Tuple" || target.type === "List") {
        return target.elts.length === 2;
      }
      if (target.type !== "Name") return false;
      if (followed.has(target.id)) return true;
      followed.add(target.id);
      return this.readsOf(target).every((read) =>
        this.areOfCoordinates(read, followed),
      );
    }

    /** Whether `grad[0]` is drawn, or is next to `grad[1]`. */
    isCoordinate(part) {
      if (rowOf(part) === null) return false;
      return this.isDrawn(part) || this.isBesideOtherRow(part);
    }

    /** Whether a plot of arrows gets a part, or the name that it has. */
    isDrawn(part) {
      if (this.isInPlot(part)) return true;
      const around = this.around(part);
      if (around.type === "UnaryOp") return this.isDrawn(around);
      if (around.type !== "Assign") return false;
      const [target, ...more] = around.targets;
      if (more.length || target.type !== "Name") return false;
      const reads = this.readsOf(target);
      return reads.some((read) => this.isInPlot(read));
    }

    /** Whether this is in an argument of a call that draws arrows. */
    isInPlot(node) {
      for (let each = node; each; each = this.around(each)) {
        const name = each.type === "Call" ? meaning(each.func, this.imports) : "";
        if (vocabulary.walk.drawing.includes(lastPart(name))) return true;
      }
      return false;
    }

    /** Whether an assignment takes both rows. */
    isBesideOtherRow(part) {
      let statement = part;
      while (statement && statement.type !== "Assign") {
        statement = this.around(statement);
      }
      if (!statement || part.value.type !== "Name") return false;
      const parts = python
        .walk(statement.value)
        .filter(
          ({ type, value }) => type === "Subscript" && value.id === part.value.id,
        );
      const rows = new Set(parts.map(rowOf));
      return rows.has(0) && rows.has(1);
    }

    /* Arrays that get a .copy() */

    /** Whether an array is kept by more than `history.append(x)` in a loop. A copy
        there leaves the others as they are: `history = [x]` before the loop, or `old =
        x`. What only begins after the loop holds its last values. An array whose
        entries the loop sets anew is not a point that moves from turn to turn. */
    isKeptOtherwise(array, loop) {
      const lastLine = Math.max(...[...loop].map(({ endLine }) => endLine ?? 0));
      const early = this.readsOf(array).filter(({ line }) => line <= lastLine);
      return early.some((read) => this.isKeptAt(read, loop));
    }

    isKeptAt(read, loop) {
      const node = this.widestView(read);
      const around = this.around(node);
      if (around.type === "Subscript" && around.value === node)
        return loop.has(around) && this.isSetAnew(around);
      if (node.type === "Subscript" && node.ctx !== "Load")
        return loop.has(node) && this.isSetAnew(node);
      if (this.isAppended(node)) return !loop.has(around);
      if (this.isInserted(node) || this.isPutAway(node)) return true;
      if (around.type === "Assign") {
        const isCopied = around.targets.every((each) => this.isEntryOfArray(each));
        return around.value === node && !isCopied;
      }
      return KEEPING.includes(around.type) && !this.isLetGo(around);
    }

    /** Whether a function of the script gets this and puts it into a list. */
    isPutAway(node) {
      const around = this.around(node);
      if (around.type !== "Call") return false;
      const views = this.parametersGiven(node, around).map((each) =>
        this.widestView(each),
      );
      return views.some((each) => this.isAppended(each) || this.isInserted(each));
    }

    /** Whether a list is returned at once, or NumPy makes an array of it. */
    isLetGo(items) {
      const around = this.around(items);
      return around?.type === "Return" || this.isCallOfNumPy(around);
    }

    isCallOfNumPy(node) {
      if (node?.type !== "Call") return false;
      return meaning(node.func, this.imports).startsWith("numpy.");
    }

    /** Whether this is a part of an array of NumPy, into which numbers are copied. */
    isEntryOfArray({ type, value: array }) {
      if (type !== "Subscript" || array.type !== "Name") return false;
      const owner = this.owners.get(array);
      const values = this.valuesAssigned(owner, array.id);
      return values.length > 0 && values.every((each) => this.isCallOfNumPy(each));
    }

    /** The expressions that are assigned to a variable of a function or the module. */
    valuesAssigned(owner, name) {
      const assignments = this.source.nodes.filter(({ type }) => type === "Assign");
      const ofName = assignments.filter(({ targets }) =>
        targets.some((each) => each.id === name && this.owners.get(each) === owner),
      );
      return ofName.map(({ value }) => value);
    }

    /** Whether entries of an array are set to what is not made of them: `x[0] = k` does
        so, `x[0] = x[0] - 1` does not. */
    isSetAnew(part) {
      const statement = this.around(part);
      if (statement.type !== "Assign" || !statement.targets.includes(part))
        return false;
      const array = dotted(part.value);
      return python.walk(statement.value).every((each) => nameRead(each) !== array);
    }

    /* Arrays whose numbers have other names */

    /** The longest expression around an array that has the same numbers: its entries
        change when those of the array do, as in `x[:]` and `x.ravel()`. */
    widestView(array) {
      let widest = array;
      for (let view = array; view; view = this.viewAround(view)) widest = view;
      return widest;
    }

    viewAround(array) {
      const { views } = vocabulary.uses;
      const around = this.around(array);
      switch (around.type) {
        case "Subscript":
          return around.value === array && isSlice(around.slice) ? around : null;
        case "Attribute": {
          if (around.attr === "T") return around;
          const call = this.around(around);
          const isMethod = call.type === "Call" && call.func === around;
          return isMethod && views.includes(around.attr) ? call : null;
        }
        case "Call":
          return around.args[0] === array && this.isViewOfFloats(around)
            ? around
            : null;
        default:
          return null;
      }
    }

    /** Whether a function of NumPy gives the very array of floats that it is given.
        `np.asarray(x, dtype=np.float32)` is a copy, as is `np.array(x)`. */
    isViewOfFloats(call) {
      const { func, args, keywords } = call;
      const others = keywords.filter(({ arg }) => arg !== "copy");
      const types = [...args.slice(1), ...others.map(({ value }) => value)];
      const [library, ...names] = meaning(func, this.imports).split(".");
      const name = names.join(".");
      const isView =
        vocabulary.uses.views.includes(name) ||
        (name === "array" && isToldToShare(call));
      const areFloats = types.every((each) => isFloatType(each, this.imports));
      return library === "numpy" && isView && areFloats;
    }

    /** Whether a list gets this at its end. */
    isAppended(node) {
      const around = this.around(node);
      if (around.type !== "Call" || !isAppend(around)) return false;
      return around.args.length === 1 && around.args[0] === node;
    }

    /** Whether a list gets this at another place. */
    isInserted(node) {
      const { type, func, args } = this.around(node);
      if (type !== "Call" || func.type !== "Attribute") return false;
      return vocabulary.uses.inserting.includes(func.attr) && args.includes(node);
    }

    /* Arrays that are changed where others see it */

    /** Whether an array is changed in place, and is kept as it is elsewhere: whatever
        holds it then has the last values, as with `start = x` before `x -= …`. A
        history that grows in a loop has its own finding. */
    isChangedWhileKept(array) {
      const reads = this.placesOf(array);
      const changes = reads.filter((read) => this.isChangedAt(read));
      return reads.some(
        (read) => this.isKeptAt(read, new Set()) && this.showsChange(read, changes),
      );
    }

    /** Whether a function changes an array that it is given as a parameter. */
    isChangedIn(definition, parameter) {
      if (this.valuesAssigned(definition, parameter).length) return false;
      const reads = this.readsWithin(definition, parameter);
      return reads.some((read) => this.isChangedAt(read));
    }

    /** The places of a variable, or of an attribute such as `self.x`. */
    placesOf(array) {
      if (array.type === "Name") return this.readsOf(array);
      const name = dotted(array);
      return this.source.nodes.filter(
        (each) => name && each.type === "Attribute" && dotted(each) === name,
      );
    }

    /** Whether this is the x of `x -= …`, of `x[0] = …`, or of `x = step(x)`. */
    isChangedAt(read) {
      const part = this.around(read);
      if (part.type === "AugAssign") return part.target === read;
      if (part.type === "Call")
        return this.parametersGiven(read, part).some((each) => this.isMovedBy(each));
      return part.type === "Subscript" && part.value === read && part.ctx !== "Load";
    }

    /** Whether this is the x of `x -= …` in a function that gives x no new array. */
    isMovedBy(parameter) {
      if (this.around(parameter).type !== "AugAssign") return false;
      return !this.valuesAssigned(this.owners.get(parameter), parameter.id).length;
    }

    /** Whether an array is changed after it is kept here, and no finding says so. An
        attribute may be: its methods are called in any order. */
    showsChange(read, changes) {
      if (read.type === "Attribute") return changes.length > 0;
      const loopsOfChanges = changes.flatMap((change) => this.loopsAround(change));
      const shared = this.loopsAround(read).find((loop) =>
        loopsOfChanges.includes(loop),
      );
      if (shared && !this.makesAnew(shared, read))
        return !this.isAppended(this.widestView(read));
      return changes.some(({ line }) => line > read.line);
    }

    /** Whether each turn of a loop gives a name an array of NumPy's that is new. */
    makesAnew(loop, array) {
      return loop.body.some(({ type, targets, value }) => {
        if (type !== "Assign" || targets.length > 1 || value.type !== "Call")
          return false;
        const name = meaning(value.func, this.imports);
        const isView = vocabulary.uses.views.includes(lastPart(name));
        const isOfArray = dotted(targets[0]) === dotted(array);
        return isOfArray && name.startsWith("numpy.") && !isView;
      });
    }

    /** The loops around a node, the innermost first. */
    loopsAround(node) {
      const loops = [];
      for (let each = node; each; each = this.around(each)) {
        if (each.type === "For" || each.type === "While") loops.push(each);
      }
      return loops;
    }

    /* Functions that nothing calls */

    /** Whether an array is a parameter of a function that the script never names. A function
        that draws arrows does not count, nor does one that Python calls itself, as it does
        `__call__`. */
    isOfNoCaller(array) {
      const definition = array.type === "Name" ? this.owners.get(array) : null;
      if (definition?.type !== "FunctionDef" || definition.decorator_list.length)
        return false;
      const { name } = definition;
      if (name.startsWith("__") || this.namesRead.has(name)) return false;
      const isParameter = parametersOf(definition).includes(array.id);
      const isRebound = this.assignedNames.get(definition)?.has(array.id);
      return isParameter && !isRebound && !this.drawsArrows(definition);
    }

    /** The names of all variables and attributes that are read. */
    get namesRead() {
      this.readNames ??= new Set(this.source.nodes.map(nameRead));
      return this.readNames;
    }

    /** The names that each function assigns. */
    get assignedNames() {
      this.namesByFunction ??= this.findAssignedNames();
      return this.namesByFunction;
    }

    findAssignedNames() {
      const names = new Map();
      for (const [{ id, ctx }, owner] of this.owners) {
        if (ctx === "Load") continue;
        if (!names.has(owner)) names.set(owner, new Set());
        names.get(owner).add(id);
      }
      return names;
    }

    drawsArrows({ line: first, endLine: last }) {
      const { drawing } = vocabulary.walk;
      this.drawingNodes ??= this.source.nodes.filter((node) =>
        drawing.includes(nameRead(node)),
      );
      return this.drawingNodes.some(({ line }) => first <= line && line <= last);
    }

    /* Steps that are cut short */

    /** Whether a loop around a node always ends in its first turn. */
    isInSingleTurn(node) {
      const isEnd = ({ type }) => type === "Return" || type === "Break";
      return this.loopsAround(node).some(({ body }) => body.some(isEnd));
    }

    /** Whether one slope is taken of a call, and one coordinate moved by it: `x[0] -=
        …`, before `x[1] -= …`. The other slope then belongs to another point. */
    isOfHalfAStep(call, array) {
      const isSingle = this.around(call).type === "Subscript";
      if (!isSingle || array.type !== "Name") return false;
      return this.readsOf(array).some((read) => this.isMovedAt(read));
    }

    /** Whether this is the x of `x[0] -= …`, or the first of `x[0] = x[0] - …`. */
    isMovedAt(read) {
      const part = this.around(read);
      const { type, target, targets, value } = this.around(part);
      if (part.type !== "Subscript" || part.slice.type === "Slice") return false;
      if (type === "AugAssign") return target === part;
      if (type !== "Assign" || !targets.includes(part)) return false;
      const nodes = python.walk(value);
      return this.readsOf(read).some((each) => nodes.includes(each));
    }

    /** Why a loop makes all steps by slopes at one point, if it does: it does "not-again"
        compute them, `x -= lr * g` below `g = slopes(f, x)`; or it has "not-moved" their
        point, `x -= lr * slopes(f, init_x)`, or an `x_new` that x never gets. A loop that
        tries another f, or another length of the step, is not meant, nor one in which
        the array is moved by another name. */
    reasonOfSameSteps(call, array, isMoved) {
      const loopsOfCall = this.loopsAround(call);
      for (const slopes of this.placesOfResult(call)) {
        const loops = this.loopsAround(slopes);
        if (!loops.length) continue;
        const areAround = loopsOfCall.every((loop) => loops.includes(loop));
        const isInMore = areAround && loops.length > loopsOfCall.length;
        if (isInMore && this.repeatsStep(slopes, loops[0])) return "not-again";
        const shared = loops.find((loop) => loopsOfCall.includes(loop));
        if (!shared || isMoved || array.type !== "Name") continue;
        const changing = this.namesChangedBy(python.walk(shared));
        if (python.walk(call).some((node) => changing.has(nameRead(node)))) continue;
        const isIdle = this.isOfIdleUpdate(slopes, array);
        if (isIdle || this.isSameStep(slopes, changing)) return "not-moved";
      }
      return "";
    }

    /** Whether a loop makes one step in all turns, by slopes from outside it. */
    repeatsStep(slopes, loop) {
      const changing = this.namesChangedBy(python.walk(loop));
      return !changing.has(nameRead(slopes)) && this.isSameStep(slopes, changing);
    }

    /** The names that are assigned, or whose arrays are changed. */
    namesChangedBy(nodes) {
      const names = nodes.filter(({ type }) => type === "Name");
      const changing = names.filter(
        (name) => name.ctx !== "Load" || this.isChangedAt(name),
      );
      return new Set(changing.map(({ id }) => id));
    }

    /** The statement around a node, and whether the node is subtracted there. */
    wayOutOf(node) {
      let isSubtracted = false;
      let inner = node;
      let statement = this.around(node);
      for (;;) {
        const { type, op, right } = statement;
        const isMinus = op === "Sub" && (!right || right === inner);
        if (isMinus || op === "USub") isSubtracted = true;
        if (!VALUES.includes(type)) return { statement, isSubtracted };
        inner = statement;
        statement = this.around(inner);
      }
    }

    /** Where the result of a call is used: there, or by its name. */
    placesOfResult(call) {
      const { type, targets } = this.around(call);
      const isOne = type === "Assign" && targets.length === 1;
      return isOne && targets[0].type === "Name" ? this.readsOf(targets[0]) : [call];
    }

    /** Whether slopes move something beside their point, or the same each turn. */
    isSameStep(slopes, changing) {
      const { statement, isSubtracted } = this.wayOutOf(slopes);
      const target = targetOf(statement);
      if (!isSubtracted || !target.type) return false;
      if (movesItself(statement)) return true;
      const own = [slopes, target.value ?? target].map(nameRead);
      const names = python.walk(statement).map(nameRead);
      return !names.some((name) => changing.has(name) && !own.includes(name));
    }

    /** Whether slopes are given to a function of the script, with the point that it ought to
        move: `update(x, g)`. */
    isOfIdleUpdate(slopes, array) {
      const { type, value } = this.wayOutOf(slopes).statement;
      if (type !== "Expr" || value.type !== "Call") return false;
      const isOwn = this.functions.some(({ name }) => name === nameRead(value.func));
      return isOwn && value.args.some((each) => nameRead(each) === array.id);
    }

    /** Whether slopes are added to something in each turn that nothing else reads: a
        velocity, `v = momentum * v - lr * g`, that x does not get. */
    hasSumNeverRead(call, array) {
      return this.placesOfResult(call).some((slopes) => {
        const total = this.targetAround(slopes);
        if (total.type !== "Name" || total.id === nameRead(array)) return false;
        const reads = this.readsOf(total);
        const isOfOwnSum = (read) => dotted(this.targetAround(read)) === total.id;
        return reads.length > 0 && reads.every(isOfOwnSum);
      });
    }

    targetAround(node) {
      return targetOf(this.wayOutOf(node).statement);
    }

    /** Whether slopes change after a list got them: `grads.append(g)`, `g /= 2`. */
    isResultChangedWhileKept(call) {
      const reads = this.placesOfResult(call);
      const changes = reads.filter((read) => this.isChangedAt(read));
      return reads.some(
        (read) =>
          this.isKeptAt(read, new Set()) &&
          changes.some(({ line }) => line > read.line),
      );
    }

    /* Whole numbers that become floats */

    /** Whether whole numbers may become floats: none is an index, a size, or given to a
        call that is not known to take floats. */
    mayBeFloats(array, routineCalls) {
      const followed = new Set([array]);
      for (const node of followed) {
        const around = this.around(node); // a set grows while it is iterated
        if (this.needsWholeNumbers(node, around, routineCalls)) return false;
        for (const use of this.nextUses(node, around, routineCalls)) followed.add(use);
      }
      return true;
    }

    needsWholeNumbers(node, around, routineCalls) {
      switch (around.type) {
        case "Subscript": {
          if (around.slice !== node) return false;
          const name = meaning(around.value, this.imports);
          return !vocabulary.uses.no_index.includes(name);
        }
        case "BinOp":
          return (
            around.left.type === "List" || scripts.operators.BITWISE.includes(around.op)
          );
        case "Call":
          if (around.func === node || routineCalls.has(around)) return false;
          return !this.takesFloats(around);
        default:
          return false;
      }
    }

    /** Whether a call takes floats, as far as its name says. */
    takesFloats({ func }) {
      const { uses: words, walk, names } = vocabulary;
      const fullName = meaning(func, this.imports);
      const [library] = fullName.split(".");
      if (library === "numpy") {
        const lists = words.lists_of_walk.map((each) => walk[each]);
        const name = fullName.slice(library.length + 1);
        return [words.of_numpy, ...lists].some((list) => list.includes(name));
      }
      if (library === "matplotlib") return true;
      if (func.type !== "Name") {
        const isOfModule = [...this.imports.values()].includes(library);
        return !isOfModule && !words.of_whole_numbers.includes(func.attr ?? "");
      }
      const isForeign = this.imports.has(func.id) || names.builtin.includes(func.id);
      return words.of_python.includes(func.id) || !isForeign;
    }

    /** Where the values that hold numbers of a node are used. */
    nextUses(node, around, routineCalls) {
      switch (around.type) {
        case "Attribute":
          return vocabulary.uses.apart.includes(around.attr) ? [] : [around];
        case "Call": {
          // Slopes are floats anyway, and a length never is.
          const isLooking = vocabulary.walk.looking.includes(around.func.id);
          if (isLooking || routineCalls.has(around)) return [];
          return [...this.parametersGiven(node, around), around];
        }
        case "Assign":
          return this.readsIn(around.targets);
        case "For":
        case "comprehension":
          return around.iter === node ? this.readsIn([around.target]) : [];
        case "AugAssign":
        case "AnnAssign":
          return around.value === node ? this.readsIn([around.target]) : [];
        default:
          return VALUES.includes(around.type) ? [around] : [];
      }
    }

    /** Where the names that are assigned to are read. */
    readsIn(targets) {
      return targets.flatMap((target) => {
        switch (target.type) {
          case "Name":
            return this.readsOf(target);
          case "Tuple":
          case "List":
            return this.readsIn(target.elts);
          case "Subscript":
          case "Starred":
            return this.readsIn([target.value]);
          default:
            return [];
        }
      });
    }

    /** Where the parameters of a function of the script that a call sets are read. */
    parametersGiven(node, { func, args }) {
      const own = this.functions.filter(
        ({ name }) => func.type === "Name" && name === func.id,
      );
      return own.flatMap((definition) => {
        const parameters = parametersOf(definition);
        const names = parameters.filter((_, k) => args[k] === node);
        if (node.type === "keyword") names.push(node.arg);
        return names.flatMap((name) => this.readsWithin(definition, name));
      });
    }
  }

  /** The target of an assignment that has only one, else no node. */
  function targetOf({ type, target, targets }) {
    if (type === "AugAssign") return target;
    return type === "Assign" && targets.length === 1 ? targets[0] : {};
  }

  /** Whether this is `x -= …`, or `x = x - …`. */
  function movesItself(statement) {
    const name = dotted(targetOf(statement));
    const isRead = (node) => dotted(node) === name;
    const isSum = statement.type === "AugAssign";
    return name !== "" && (isSum || python.walk(statement.value).some(isRead));
  }

  /** Which row `grad[0]` or `grad[0, :]` takes, null if it is not a row. */
  function rowOf({ slice }) {
    if (slice.type !== "Tuple" || slice.elts.length !== 2) return number(slice);
    const [first, second] = slice.elts;
    return second.type === "Slice" ? number(first) : null;
  }

  /** Whether this is `grad.reshape(2, …)`, which only coordinates need. */
  function makesTwoRows({ type, func, args }) {
    const isReshape = type === "Call" && func.attr === "reshape";
    return isReshape && args.length > 1 && number(args[0]) === 2;
  }

  /** Whether this is the index of `x[:]`, or of `x[...]`. */
  function isSlice({ type, kind }) {
    return type === "Slice" || (type === "Constant" && kind === "...");
  }

  function isAppend({ func }) {
    return func.type === "Attribute" && func.attr === "append";
  }

  Object.assign(scripts, { Uses });
}
