/* The playground: a reader's own function or script, measured and drawn as it is typed.

   Its parts, which this script puts together:

     field.js          the text; address.js keeps it, typed.js tells its kind
     settings.js       the grid, h, and how to draw
     sliced-work.js    measuring and drawing, a slice of time after another
     pictures.js       both fields; stage.js tells which one is in front
     answer-view.js    the answer in words, and the state of the page
     takes.js          what a reader takes away
     room.js, keys.js  the plot stays in place; two keys

   Once the first plot is drawn, static/reader.js is loaded, and from it:

     offers.js         what a formula was likely meant to be
     pasted-script.js  what is said of a script, and its mends */
"use strict";

{
  const { parse, measuring, quiver, notebook, typed } = globalThis.gradviz;
  const { partsOf, write, postpone, cancel } = globalThis.gradviz;
  const { Field, Settings, Address, SlicedWork, Pictures, Stage } = globalThis.gradviz;
  const { AnswerView, Captions, takesOf, holdRoom, keys, excerptAt } =
    globalThis.gradviz;
  const { useLanguage, fill } = globalThis.gradviz.sentences;
  const { wholeTexts, loadScripts } = globalThis.gradvizPage;
  const { LONGEST_SCRIPT } = wholeTexts;

  const SOON = 50; // ms after the first answer, until the reader of scripts is loaded
  const READING_PAUSE = 150; // ms of quiet before a script that is typed is read again
  const ADDRESS_PAUSE = 400; // ms of quiet before the address follows

  const SHOWN_BEFORE = 90; // pixels of the row in view before the current starter

  /* The page, and what works on it */

  const [form] = document.forms;
  const fields = form.elements;
  const texts = JSON.parse(form.querySelector("script").textContent);
  const { words } = texts;
  useLanguage(texts);
  const captions = new Captions(texts);
  const parts = partsOf(form);
  const starters = [...form.querySelectorAll("[name=starter]")];
  const svgs = [".correct > svg", ".buggy > svg"].map((of) => form.querySelector(of)); // of the rows, of the columns

  const field = new Field(fields.f, `gradviz-script ${location.pathname}`);
  const settings = new Settings(form);
  const page = { form, parts, svgs, texts, words, captions, field, settings };
  const address = new Address(field, settings);
  const pictures = new Pictures(svgs, settings, (k) => answerView.readOut(k));
  const stage = new Stage(form, pictures);
  const answerView = new AnswerView(page, {
    spokenFirst: () => (view?.isShown ? [view.spoken()] : []),
    onSay: loadReaderSoon,
  });
  const work = new SlicedWork({ onDone: show, onBusy: sayBusy, onProblem: explain });
  const { takes, handOut } = takesOf(page, address, answerView);
  const giveBackRoom = holdRoom(
    [parts.script, parts.answer, parts.problem],
    field.element,
  );

  // Once the reader of scripts is loaded:
  let offers = null; // of what a formula was likely meant to be
  let pastedScript = null; // what is done with a script
  let view = null; // of that script

  let isWhole = false; // whether the text was pasted or chosen, not typed
  let pasted = ""; // the last text that the browser was left to insert
  let isTouched = false; // since the page follows an address
  let scriptOfNotebook = null; // of the last notebook

  /* What a text is: an expression; a script that the page can say something about; or
     neither */

  function update() {
    work.stop();
    cancel("read");
    offers?.cancel();
    write(parts.fault, "");
    markStarter();
    fields.undo.hidden = !field.canUndo;
    const { text } = field;
    let f;
    try {
      f = parse(typed.withoutLineEnds(text));
    } catch (error) {
      if (!error.reason) throw error;
      updateOther(text, error);
      return;
    }
    view?.leave();
    write(parts.message, "");
    start(f);
  }

  /** Answer a text that is not an expression. */
  function updateOther(text, error) {
    const script = notebook.scriptOf(text);
    if (script !== null) {
      showNotebook(script);
      return;
    }
    if (view && view.text === text) {
      view.draw(); // what was said about an error message remains
      return;
    }
    write(parts.message, "");
    if (text.length > LONGEST_SCRIPT) {
      view?.leave();
      const sentence = fill(words.reading.too_long, { most: LONGEST_SCRIPT });
      explain({ sentence });
    } else if (view?.isShown && !isWhole) {
      postpone("read", () => pastedScript.answer(text, error), READING_PAUSE);
    } else if (pastedScript) {
      pastedScript.answer(text, error);
    } else if (typed.isOfLines(text)) {
      waitForReader();
    } else {
      explain(error);
    }
  }

  /** Show the code of a notebook in place of its file. */
  function showNotebook(script) {
    scriptOfNotebook = script;
    field.show(script);
    update();
  }

  function markStarter() {
    for (const starter of starters) {
      const isCurrent = starter.value === field.text;
      if (starter.ariaCurrent === `${isCurrent}`) continue;
      starter.ariaCurrent = isCurrent;
      if (isCurrent) starter.parentNode.scrollLeft = starter.offsetLeft - SHOWN_BEFORE;
    }
  }

  /* An expression is measured and drawn */

  function start(f, demands = {}) {
    const { size } = settings;
    write(parts.cost, isFinite(size.count) ? fill(words.cost, size) : "");
    work.start(answering(f, demands));
  }

  function* answering(f, demands) {
    const { grid } = settings;
    const { shown } = answerView;
    const key = JSON.stringify([grid, f.source, demands]);
    const isMeasured = key === shown.key;
    const result = isMeasured ? shown : yield* measuring(f, grid, demands);
    const window = settings.isTicked("lengths") ? null : windowOfScript();
    const frameKey = JSON.stringify([grid, window]);
    const isFramed = frameKey === shown.frameKey;
    const frame = isFramed ? shown.frame : frameFor(result.points, grid, window);
    yield* pictures.drawing(f, result, frame);
    return { ...result, f, key, frameKey, frame };
  }

  /** What is known of the window of the pasted script, if its field is drawn. */
  function windowOfScript() {
    const isOfScript = view?.isShown && view.reading.call;
    return isOfScript ? view.reading.window : {};
  }

  function frameFor(points, { x0, x1 }, window) {
    const steps = [x0.step, x1.step];
    if (!window) return quiver.frameOf(points, steps);
    return quiver.windowOf(points, steps, window);
  }

  function show(result) {
    const answer = answerTo(result);
    answerView.show(result, answer);
    view?.sayWhatIsCounted(answer.isRight.columns === false);
    pictures.show(result.points, result.frame);
    showSigns(result.frame);
  }

  /** Show what those signs mean that the pictures have as they are drawn. */
  function showSigns({ isWindow }) {
    parts["sign-point"].hidden = !isWindow;
    parts["sign-dot"].hidden = isWindow;
    parts["sign-speck"].hidden = isWindow;
    parts["sign-cut"].hidden = !pictures.isAnyCut;
  }

  /** The answer to a measurement. Beside a script that was not checked there is no
      verdict: it would be taken for a verdict on the script. */
  function answerTo(result) {
    const { angles } = result.frame; // those of a window: true lengths have none
    const answer = captions.answer(result, settings.grid.h, angles);
    const marks = view?.marksOf(answer.isRight) ?? answer.isRight;
    if (!view?.isShown || view.isJudged) {
      return { ...answer, marks, meaning: texts.meanings[answer.verdict] };
    }
    const { ofBoth, isRight } = answer;
    const sentence = captions.joined([view.disclaimer, ofBoth]);
    return { verdict: "", badge: "", sentence, ofBoth, why: "", isRight, marks };
  }

  function sayBusy() {
    const seconds = work.secondsLeft;
    const sentence = seconds === null ? words.busy : words.busy_for;
    parts.progress.value = work.share;
    answerView.say("busy", { sentence: fill(sentence, { ...settings.size, seconds }) });
  }

  function interrupt() {
    work.pause();
    answerView.say("stopped", { sentence: words.stopped });
  }

  /* A problem of the text, or of the grid, is explained */

  function explain(error, reading = null) {
    const isOfGrid = canBeMendedByGrid(error);
    if (!isOfGrid) forgetPictures();
    const problem = error.column ? { ...error, ...problemIn(field.text) } : error;
    const { column, sentence = captions.problem(problem) } = problem;
    let state = "wrong";
    if (column && field.text) state = "wrong-text";
    else if (isOfGrid) state = "wrong-grid";
    if (column) explainText(column, reading);
    else if (error.reason) explainGrid(sentence);
    answerView.say(state, { sentence });
  }

  /** Show the place of a problem in the text, and what was likely meant. */
  function explainText(column, reading) {
    const text = field.text.slice(0, typed.LONGEST);
    write(parts.excerpt, text && excerptAt(column, text));
    offers?.show(field.text, reading, isWhole);
  }

  /** Repeat a problem beside the grid fields. */
  function explainGrid(sentence) {
    write(parts.excerpt, "");
    offers?.hide();
    write(parts.fault, sentence);
    parts.fault.parentNode.open = true;
  }

  /** What notation.js says about the problem of a formula, once it is loaded. */
  function problemIn(text) {
    return globalThis.gradviz.notation?.problemIn(text);
  }

  /** Whether the grid fields can mend a problem. They also can where f has no gradient,
      but not while f is being typed. */
  function canBeMendedByGrid({ reason }) {
    const isTyping = document.activeElement === field.element;
    return ["grid", "h"].includes(reason) || (reason === "truth" && !isTyping);
  }

  /** Hide pictures of a text that is gone. While a reader types, they show the text of
      a moment ago. */
  function forgetPictures() {
    if (isWhole || !field.text.trim()) answerView.forget();
  }

  /* The reader of scripts is loaded after the first answer: an expression does not need
     it. Until then, a script waits for it. */

  let reader = "wanted"; // then loading, then loaded or missing

  function loadReaderSoon() {
    const isToLoad = reader === "wanted" && answerView.state !== "busy";
    if (isToLoad) postpone("load", loadReader, SOON);
  }

  function loadReader() {
    if (reader !== "wanted") return;
    reader = "loading";
    loadScripts(parts.reader).then(welcomeReader, missReader);
  }

  function welcomeReader() {
    reader = "loaded";
    const { Offers, PastedScript, textsWithReader } = globalThis.gradviz;
    Object.assign(words, textsWithReader.words); // those about scripts among them
    offers = new Offers(page);
    pastedScript = new PastedScript(pageOfScripts, textsWithReader.messages);
    ({ view } = pastedScript);
    if (answerView.state === "waiting" || answerView.isWrong) update();
  }

  function missReader() {
    reader = "missing";
    if (answerView.state === "waiting") update();
  }

  /** What the page gives to a script, and lets it do. */
  const pageOfScripts = {
    ...page,
    stage,
    answerView,
    handOut,
    explain,
    forgetPictures,
    replace,
    draw: start,
    isWhole: () => isWhole,
    isOfNotebook: (text) => text === scriptOfNotebook,
  };

  function waitForReader() {
    const { waiting, missing } = words.reading;
    if (reader === "missing") {
      answerView.say("wrong", { sentence: missing });
    } else {
      answerView.say("waiting", { sentence: waiting });
      loadReader();
    }
  }

  /* The text is replaced: by a button, a paste or a file */

  function replace(text, keepsFocus) {
    field.replace(text, keepsFocus);
    fields.undo.hidden = !field.canUndo;
  }

  function undo() {
    field.undo();
    fields.undo.hidden = true;
    field.element.focus();
  }

  function paste(event) {
    pasted = wholeTexts.pastedText(event);
    const isShort = pasted.length <= wholeTexts.LONGEST && !notebook.cellsOf(pasted);
    // A script replaces the example into which a tap has put the cursor.
    const isBesideExample =
      typed.isOfLines(pasted) && field.text === field.element.defaultValue;
    if (isShort && !isBesideExample) return; // the browser inserts it
    event.preventDefault();
    takeWhole(pasted);
  }

  /** Take a text that came at once; from a notebook, its code. */
  function takeWhole(text) {
    const script = notebook.scriptOf(text);
    if (script !== null) scriptOfNotebook = script;
    const shorter = script ?? text;
    if (shorter.length > wholeTexts.LONGEST) {
      refuse();
      return;
    }
    replace(shorter, false);
    field.receive(shorter);
  }

  function refuse() {
    explain({ sentence: fill(words.reading.refused, { most: wholeTexts.LONGEST }) });
  }

  /* The page follows its address, and the address what a reader changes */

  /** Show what the address asks for, or the current state if it names a place on the
      page. */
  function follow() {
    const { query } = address;
    if (!address.isOfState(query) && answerView.state) return;
    const text = address.textAskedBy(query);
    adopt(text, settings.askedBy(query), query.has("f"));
  }

  function adopt(text, values, isCarried) {
    const isScript = Boolean(view?.isShown);
    parts.carried.hidden = !isCarried;
    isTouched = false;
    isWhole = true;
    cancel("keep");
    const isShown = JSON.stringify(values) === JSON.stringify(settings.values);
    if (isShown && text === field.text && answerView.state) return;
    view?.leave();
    settings.values = values;
    field.show(text, isScript);
    giveBackRoom();
    update();
  }

  const TYPED = /^(?:insert(?!From)|delete)/; // and not pasted, say

  function change(event) {
    isTouched = true;
    isWhole = field.isReplacing || !TYPED.test(event.inputType);
    parts.carried.hidden = true;
    // They belonged to the previous function.
    write(parts.copy, "");
    write(parts.status, "");
    field.fit();
    if (event.inputType === "insertFromPaste") field.receive(pasted);
    if (isWhole) giveBackRoom();
    update();
    postpone("keep", keep, ADDRESS_PAUSE);
  }

  function keep() {
    cancel("keep");
    address.keep(Boolean(view?.isShown));
  }

  /* The buttons by name. One that replaces the text keeps the focus, unless it
     disappears with its problem. */

  const PRESSES = {
    ...takes,
    starter: ({ value }) => replace(value, true),
    mend: ({ value }) => replace(value, false),
    other: ({ value }) => replace(value, false),
    alone: ({ value }) => replace(value, false),
    undo,
    mended: ({ firstElementChild: label }) => pastedScript.copyMended(label),
    "mend-script": () => pastedScript.mend(),
    line: ({ value }) => field.select(Number(value)),
    pause: interrupt,
    resume: () => work.resume(),
  };

  /** Take the first mend on offer. */
  function takeMend() {
    const buttons = [...form.querySelectorAll("[name=mend-script], [name=mend]")];
    buttons.find((button) => button.checkVisibility())?.click();
  }

  function press(button) {
    if (button === stage.button) stage.turnTo(!stage.isTransposed);
    else PRESSES[button.name]?.(button); // one that copies does so by itself
  }

  /* What a reader does */

  field.element.onkeydown = (event) => {
    if (!keys.takesMend(event)) return;
    event.preventDefault();
    takeMend();
  };
  document.addEventListener("keydown", (event) => {
    if (!keys.undoesOutside(event) || !field.canUndo) return;
    event.preventDefault();
    undo();
  });
  field.element.onpaste = paste;
  // While a character is being composed, the field holds a text that nobody means.
  field.element.addEventListener("compositionend", () =>
    change({ inputType: "insertText" }),
  );
  wholeTexts.takeFiles(fields.file, takeWhole, refuse);
  form.oninput = (event) => {
    const { target } = event;
    if (target.name === "function") {
      view.choose(target.value);
    } else if (target === fields.registry) {
      const { value } = target;
      target.value = "";
      replace(value, true);
    } else if (target !== fields.file && !event.isComposing) {
      change(event);
    }
  };
  form.onsubmit = () => false;
  form.onclick = (event) => {
    const button = event.target.closest("button");
    if (button) press(button);
  };
  parts.pictures.onpointermove = (event) => pictures.readAtPointer(event);
  parts.pictures.onpointerdown = (event) => pictures.readAtPointer(event);
  parts.pictures.onkeydown = (event) => {
    if (pictures.readByKey(event)) answerView.speakPoint();
  };
  addEventListener("hashchange", follow);
  addEventListener("pageshow", () => {
    if (!isTouched) follow(); // after Back, a browser restores older fields
  });
  addEventListener("pagehide", () => {
    if (isTouched) keep();
  });
  follow();
}
