/* Classes of a script: which ones a run follows, and how it makes their objects. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { Instance, Interpreter, ScriptClass, UnreadClass } = scripts;
  const { attributeOf, fieldsOfNew } = scripts;
  const { Library, Scope, isLibrary } = scripts.values;

  const { plain_bases: plainBases, flags_of_classes: flagsOfClasses } =
    vocabulary.whole_run;
  const { unread_fields: unreadFields, followed_methods: followedMethods } =
    vocabulary.whole_run;

  /** Carry out a class statement; of most other classes nothing is known. */
  function defineClass(
    run,
    { name, body, bases, keywords, decorator_list: decorators },
    scope,
  ) {
    const own = bases.map((base) => run.value(base, scope));
    const values = decorators.map((each) =>
      run.value(functionOfDecorator(each), scope),
    );
    const isRecord =
      values.length === 1 && isLibrary(values[0], "dataclasses.dataclass");
    const isPlain = !keywords.length && (isRecord || !values.length);
    const ofScript = own.filter((base) => base instanceof ScriptClass);
    const areFollowed = isPlain && own.every(isPlainBase) && ofScript.length < 2;
    const plain = body.filter((each) => !isDocstring(each));
    const made = areFollowed
      ? classOf(run, plain, own, isRecord, scope)
      : new UnreadClass();
    scope.own.set(name, made);
  }

  /** A class, unless there is more in it than values and methods. */
  function classOf(run, body, bases, isRecord, scope) {
    const inside = new Scope(scope);
    const [base] = bases.filter((each) => each instanceof ScriptClass);
    const names = new Map(base?.names);
    const fields = [...(base?.fields ?? [])];
    if (isRecord) names.delete("__init__"); // it gets one of its own
    for (const statement of body) {
      const { type, name, target, targets, annotation } = statement;
      if (type === "FunctionDef") {
        const { closure } = Interpreter.prototype;
        inside.own.set(name, closure.call(run, statement, scope));
      } else if (type === "AnnAssign" && target.type === "Name") {
        if (namesIn(annotation).some((each) => unreadFields.includes(each))) {
          return new UnreadClass();
        }
        run.block([statement], inside);
        if (isRecord) fields.push(target.id);
      } else if (type === "Assign" && targets.length === 1 && targets[0].id) {
        run.block([statement], inside);
      } else if (type !== "Pass") {
        return new UnreadClass();
      }
    }
    const special = [...inside.own.keys()].filter((name) => name.startsWith("__"));
    if (!special.every((name) => followedMethods.includes(name))) {
      return new UnreadClass();
    }
    return new ScriptClass(new Map([...names, ...inside.own]), [...new Set(fields)]);
  }

  /** A new object of a class. */
  function newInstance(run, kind, given, keywords) {
    const made = new Instance(kind);
    if (kind.names.has("__init__")) {
      run.call(attributeOf(made, "__init__"), given, keywords);
      return made;
    }
    made.own = fieldsOfNew(kind, given, keywords);
    if (kind.fields.length && kind.names.has("__post_init__")) {
      run.call(attributeOf(made, "__post_init__"), [], new Map());
    }
    return made;
  }

  /** The function of a decorator, whose arguments may be truth values. */
  function functionOfDecorator(node) {
    if (node.type !== "Call" || node.args.length) return node;
    const areFlags = node.keywords.every(
      ({ arg, value }) => flagsOfClasses.includes(arg) && value.type === "Constant",
    );
    return areFlags ? node.func : node;
  }

  /** Whether a base is another class of the script, or adds nothing of its own. */
  function isPlainBase(base) {
    if (base instanceof Library) return plainBases.includes(base.name);
    return base instanceof ScriptClass;
  }

  /** The names in an expression, those of attributes included. */
  function namesIn(node) {
    return python.walk(node).map(({ id, attr }) => id ?? attr);
  }

  function isDocstring({ type, value }) {
    return type === "Expr" && value.type === "Constant";
  }

  Object.assign(scripts.wholeRuns, { defineClass, newInstance });
}
