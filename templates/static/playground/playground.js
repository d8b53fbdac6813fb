/* The playground: a reader's own function or script, measured and drawn as it is typed.
   static/numerics.js computes, pictures.js draws, captions.js describes the result.
   Once the first plot is drawn, static/reader.js is loaded: its notation.js says what a
   formula is likely to mean, its script-view.js what is wrong in a script. The form
   holds what was typed and chosen; the address repeats it. */
"use strict";

{
  const { parse, measuring, quiver, notebook, taking } = globalThis.gradviz;
  const { Field, Pictures, partsOf, scriptPartsOf } = globalThis.gradviz;
  const { excerptAt, fill, captionsIn } = globalThis.gradviz.captions;
  const { storeAddress, wholeTexts } = globalThis.gradvizPage;

  const AT_ONCE = 40; // ms of work before the page says that it is busy
  const SLICE = 12; // ms of work at a time from then on
  const SOON = 50; // ms after the first answer, until the reader of scripts is loaded
  const READING_PAUSE = 150; // ms of quiet before a script that is typed is read again
  const HALF_TYPED_PAUSE = 2000; // ms of quiet before a problem of a line is told
  const ADDRESS_PAUSE = 400; // ms of quiet before the address follows
  const QUIET = 900; // ms of quiet before the answer is spoken
  const ESTIMATE_AFTER = 500; // ms of work, from which the rest is estimated

  const LONGEST = 300; // characters of an expression that are examined
  const LONGEST_SCRIPT = 30_000;
  const SHOWN_BEFORE = 90; // pixels of the row in view before the current starter

  /* The parts of the page */

  const [form] = document.forms;
  const fields = form.elements;
  const field = new Field(fields.f, `gradviz-script ${location.pathname}`);
  const inputs = [...form.querySelectorAll("input:not([type=file])")]; // of grid and drawing
  const starters = [...form.querySelectorAll("[name=starter]")];
  const svgs = [...form.querySelectorAll(".picture > svg")]; // of the rows, of the columns
  const cells = [...form.querySelectorAll("tbody td")];
  const offers = [...form.querySelectorAll(".offer")];
  const pictureLabels = [...form.querySelectorAll(".picture > .label > [data-usual]")];
  const stage = form.querySelector(".stage");
  const switchButton = form.querySelector(".switch button");
  const parts = {
    ...partsOf(
      form,
      "answer",
      "verdict",
      "badge",
      "meaning",
      "sentence",
      "both",
      "why",
    ),
    ...partsOf(form, "spoken"),
    ...partsOf(form, "problem", "excerpt", "two", "progress", "carried", "pictures"),
    ...partsOf(form, "thinned", "readout", "fault", "cost", "status", "copy", "reader"),
    ...partsOf(form, "message"),
    ...scriptPartsOf(form),
  };
  const embedded = JSON.parse(form.querySelector("script").textContent);
  let { words } = embedded;
  const captions = captionsIn(embedded);
  const pictures = new Pictures(svgs, isTicked, readOut);

  function isTicked(name) {
    return fields[name].checked;
  }

  /** Write a text only if it has changed, so that the page is not laid out again for
      nothing. Nodes are removed only if necessary, because a removal ends a run of
      typing in Chromium: an undo would then take back a single letter. */
  function write(part, text) {
    if (part.textContent === text) return;
    const [node, ...others] = part.childNodes;
    const isText = node?.nodeName === "#text" && others.length === 0;
    if (isText) node.data = text;
    else part.textContent = text;
  }

  /* What is shown */

  let shown = {}; // the measurement that the pictures show
  let view = null; // of a script, once its files are loaded

  /* The state of the page is one word on the form, and the style sheet follows it:

     answered          what is typed is measured and drawn
     busy, stopped     it is being measured, or a reader has stopped that
     wrong-text        something is wrong at a place in the text
     wrong-grid        the grid or h is wrong, as their fields say, too
     wrong             nothing can be measured for another reason
     waiting           a script waits until its reader is loaded
     apart             a script was read, but none of it is drawn

     Before the first plot there is none to dim: the word then begins with "first-", and is
     "first" alone until something is said. */

  let answerState = ""; // the same without its prefix; empty at first

  function setState(state) {
    answerState = state;
    const isFirst = shown.key === undefined;
    const word = isFirst ? `first-${state}` : state;
    if (form.dataset.state !== word) form.dataset.state = word;
  }

  function isWrong() {
    return answerState.startsWith("wrong");
  }

  /* Waiting work. Each kind of work has a name, and waits only once. */

  const timers = {};

  function postpone(name, job, pause) {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(job, pause);
  }

  /* The answer. Most answers come at once, with the keystroke. Longer work continues in
     slices, and a keystroke ends the work that it makes stale. */

  let work = null; // the work begun last

  function start(f, demands = {}) {
    clearTimeout(timers.work);
    work = { steps: answering(f, demands), begun: Date.now(), share: 0 };
    const size = sizeOf(gridAsked());
    write(parts.cost, isFinite(size.count) ? fill(words.cost, size) : "");
    goOn(AT_ONCE);
  }

  function goOn(time) {
    const end = Date.now() + time; // cheaper than performance.now
    try {
      let step = work.steps.next();
      while (!step.done && Date.now() < end) step = work.steps.next();
      if (step.done) {
        show(step.value);
      } else {
        work.share = step.value ?? work.share;
        sayBusy();
        postpone("work", () => goOn(SLICE), 0);
      }
    } catch (error) {
      if (!error.reason) throw error;
      explain(error);
    }
  }

  function sayBusy() {
    const spent = Date.now() - work.begun;
    const left = (spent / work.share) * (1 - work.share);
    const isKnown = spent > ESTIMATE_AFTER && isFinite(left);
    const seconds = Math.ceil(left / 1000);
    const terms = { ...sizeOf(gridAsked()), seconds };
    parts.progress.value = work.share;
    say("busy", { sentence: fill(isKnown ? words.busy_for : words.busy, terms) });
  }

  function interrupt() {
    clearTimeout(timers.work);
    work.stopped = Date.now();
    say("stopped", { sentence: words.stopped });
  }

  function resume() {
    work.begun += Date.now() - work.stopped; // so that the estimate leaves the pause out
    goOn(SLICE);
  }

  function* answering(f, demands) {
    const grid = gridAsked();
    const key = JSON.stringify([grid, f.source, demands]);
    const isMeasured = key === shown.key;
    const result = isMeasured ? shown : yield* measuring(f, grid, demands);
    const window = isTicked("lengths") ? null : windowAsked(result.points);
    const frameKey = JSON.stringify([grid, window]);
    const isFramed = frameKey === shown.frameKey;
    const frame = isFramed ? shown.frame : frameFor(result.points, grid, window);
    yield* pictures.drawing(f, result, frame);
    return { ...result, f, key, frameKey, frame };
  }

  /** The limits and the angles of the window that shows the plot: those of the pasted
      script, or of the book's. */
  function windowAsked(points) {
    const isOfScript = view?.isShown && view.reading.call;
    const { limits, angles } = (isOfScript && view.reading.window) || {};
    return {
      limits: limits ?? quiver.limitsOfBook(points),
      angles: angles ?? "xy",
    };
  }

  function frameFor(points, { x0, x1 }, window) {
    const steps = [x0.step, x1.step];
    if (!window) return quiver.frameOf(points, steps);
    return quiver.windowOf(points, steps, window.limits, window.angles);
  }

  function gridAsked() {
    const x0 = rangeAsked((name) => fields[name]);
    // What is not typed for x1 is taken from x0.
    const x1 = rangeAsked((name) => fields[filledName(name)]);
    return { x0, x1, h: fields.h.valueAsNumber };
  }

  function rangeAsked(fieldOf) {
    const names = ["start", "stop", "step"];
    return Object.fromEntries(names.map((name) => [name, fieldOf(name).valueAsNumber]));
  }

  function filledName(name) {
    return fields[`${name}1`].value ? `${name}1` : name;
  }

  /** How many points a grid has, and how many calls of f each picture takes. */
  function sizeOf({ x0, x1 }) {
    const [across, rows] = [x0, x1].map(({ start: first, stop: end, step }) =>
      Math.ceil((end - first) / step),
    );
    const count = across * rows;
    return { count, calls: 4 * count };
  }

  /* What a text is: an expression; a script that the page can say something about; or
     neither */

  let isWhole = false; // whether the text was pasted or chosen, not typed

  function update() {
    clearTimeout(timers.work);
    clearTimeout(timers.read);
    for (const k of offers.keys()) clearTimeout(timers[`offer ${k}`]);
    write(parts.fault, "");
    markStarter();
    fields.undo.hidden = !field.canUndo;
    const { text } = field;
    let f;
    try {
      f = parse(withoutLineEnds(text));
    } catch (error) {
      if (!error.reason) throw error;
      updateOther(text, error);
      return;
    }
    leaveScript();
    write(parts.message, "");
    start(f);
  }

  /** The text with blanks for the line ends around it, which mean nothing. */
  function withoutLineEnds(text) {
    if (text.length > LONGEST) return text; // the parser says that it is too long
    const inner = text.trim();
    const first = text.indexOf(inner);
    const blank = (part) => part.replace(/[\n\r]/g, " ");
    return (
      blank(text.slice(0, first)) + inner + blank(text.slice(first + inner.length))
    );
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
      leaveScript();
      const sentence = fill(words.reading.too_long, { most: LONGEST_SCRIPT });
      explain({ sentence });
    } else if (view?.isShown && !isWhole) {
      postpone("read", () => readScript(text, error), READING_PAUSE);
    } else if (view) {
      readScript(text, error);
    } else if (isOfLines(text)) {
      waitForReader(text);
    } else {
      explain(error);
    }
  }

  let scriptOfNotebook = null; // of the last notebook

  /** Show the code of a notebook in place of its file. */
  function showNotebook(script) {
    scriptOfNotebook = script;
    field.show(script);
    update();
  }

  function isOfLines(text) {
    return text.trim().includes("\n");
  }

  function readScript(text, error) {
    const { isScript } = globalThis.gradviz.scriptView;
    const reading = globalThis.gradviz.read(text, words);
    const link = view.linkOfMessage(text);
    const { message } = words.reading;
    const isShown = isScript(text, reading, link !== null);
    if (link) parts.message.replaceChildren(...(isShown ? [message, " "] : []), link);
    if (isShown && view.isHalfTyped(reading) && !isWhole) {
      say("wrong", { sentence: words.reading.nothing_read });
      postpone("read", () => view.show(text, reading), HALF_TYPED_PAUSE);
    } else if (isShown) {
      view.show(text, reading);
    } else if (link) {
      leaveScript();
      forgetPictures();
      say("apart", { sentence: message });
    } else {
      leaveScript();
      explain(error, reading);
    }
  }

  function leaveScript() {
    view?.leave();
  }

  function markStarter() {
    for (const starter of starters) {
      const isCurrent = starter.value === field.text;
      if (starter.ariaCurrent === `${isCurrent}`) continue;
      starter.ariaCurrent = isCurrent;
      if (isCurrent) starter.parentNode.scrollLeft = starter.offsetLeft - SHOWN_BEFORE;
    }
  }

  /* The reader of scripts is loaded after the first answer: an expression does not need
     it. Until then, a script waits for it. */

  let reader = "wanted"; // then loading, then loaded or missing

  function loadReader() {
    if (reader !== "wanted") return;
    reader = "loading";
    const loading = document.importNode(parts.reader.content, true);
    const scripts = [...loading.children]; // its words, then the reader itself
    for (const script of scripts) {
      script.async = false; // in this order
      script.onerror = missReader;
    }
    scripts.at(-1).onload = welcomeReader;
    document.head.append(...scripts);
  }

  function welcomeReader() {
    if (reader === "missing") return; // its words failed to load
    reader = "loaded";
    const { scriptView, said } = globalThis.gradviz;
    const { messages } = said;
    words = said.words; // including those about scripts
    view = new scriptView.ScriptView({ parts, words, captions, page, messages });
    if (answerState === "waiting" || isWrong()) update();
  }

  function missReader() {
    reader = "missing";
    if (answerState === "waiting") update();
  }

  function waitForReader() {
    const isMissing = reader === "missing";
    const { waiting, missing } = words.reading;
    say(isMissing ? "wrong" : "waiting", { sentence: isMissing ? missing : waiting });
    loadReader();
  }

  /** What the view of a script does with the page. */
  const page = {
    draw: start,
    sayApart,
    settings,
    setSettings,
    switchTo,
    setOutcome,
    isOfNotebook: (text) => text === scriptOfNotebook,
  };

  /** Say why nothing of a script is drawn. If it cannot be read while it is being
      typed, more is to come, and its last plot stays. */
  function sayApart(sentence) {
    if (!isWhole && view.isHalfTyped(view.reading)) {
      say("wrong", { sentence: words.reading.nothing_read });
    } else {
      forgetPictures();
      say("apart", { sentence });
    }
  }

  /** How the fields are drawn, and on which grid. */
  function settings() {
    return Object.fromEntries(
      inputs.map((input) => [
        input.name,
        input.type === "checkbox" ? input.checked : input.value,
      ]),
    );
  }

  function setSettings(values) {
    for (const input of inputs) {
      const value = values[input.name];
      if (input.type === "checkbox") input.checked = value;
      else input.value = value;
    }
  }

  /* The answer in words */

  /** Say it at once, and to a screen reader when it has settled. */
  function say(state, { verdict = "", badge = "", meaning = "", sentence }) {
    setState(state);
    parts.verdict.dataset.verdict = verdict;
    parts.badge.className = `verdict ${verdict}`;
    write(parts.badge, badge);
    write(parts.meaning, meaning);
    write(parts.sentence, sentence);
    field.element.ariaInvalid = isWrong();
    fields.takes.disabled = state !== "answered"; // a copy would be of something else
    postpone("say", tellAnswer, QUIET);
    if (state !== "busy" && reader === "wanted") postpone("load", loadReader, SOON);
  }

  function tellAnswer() {
    const findings = view?.isShown ? [view.spoken()] : [];
    const [inWords] = [...parts.verdict.children].filter((p) => p.checkVisibility());
    const answer = inWords.innerText;
    const sentences = captions.joined([...findings, answer]);
    write(parts.spoken, [sentences, ...waysToDraw()].join(" "));
  }

  /** The chosen way to draw the fields. */
  function waysToDraw() {
    const labels = [...form.querySelectorAll("[type=checkbox]:checked + span")];
    return labels.map((label) => label.textContent);
  }

  function show(result) {
    shown = result;
    const answer = answerTo(result);
    const meaning = embedded.meanings[answer.verdict] ?? "";
    say("answered", { ...answer, meaning });
    write(parts.both, answer.ofBoth);
    write(parts.why, answer.why);
    const { every } = shown.frame;
    write(parts.thinned, every > 1 ? fill(words.thinned, { every }) : "");
    pictures.show(shown.points, shown.frame);
  }

  /** The answer to a measurement. Beside a script that was not checked there is no
      verdict: it would be taken for a verdict on the script. */
  function answerTo(result) {
    const { angles } = result.frame; // those of a window: true lengths have none
    const answer = captions.answer(result, fields.h.valueAsNumber, angles);
    if (!view?.isShown || view.isJudged) return answer;
    const { ofBoth } = answer;
    const sentence = captions.joined([view.disclaimer, ofBoth]);
    return { verdict: "", badge: "", sentence, ofBoth, why: "" };
  }

  function readOut(k) {
    const texts = captions.readout(shown, k, isTicked("downhill"));
    for (const [i, cell] of cells.entries()) write(cell, texts[i]);
  }

  function tellPoint() {
    write(parts.spoken, parts.readout.innerText);
  }

  /* A problem: where it is, what could be there instead, and what was likely meant */

  function explain(error, reading = null) {
    if (!isOfGrid(error)) forgetPictures();
    const problem = error.column ? { ...error, ...problemIn(field.text) } : error;
    const { column, sentence = captions.problem(problem) } = problem;
    let state = "wrong";
    if (column && field.text) state = "wrong-text";
    else if (isOfGrid(error)) state = "wrong-grid";
    if (column) explainText(column, reading);
    else if (error.reason) explainGrid(sentence);
    say(state, { sentence });
  }

  /** Hide pictures of a text that is gone. While a reader types, they show the text of
      a moment ago. */
  function forgetPictures() {
    if (isWhole || !field.text.trim()) shown = {};
  }

  /** Whether the grid fields can mend the problem. They also can where f has no
      gradient, but not while f is being typed. */
  function isOfGrid({ reason }) {
    const isTyping = document.activeElement === field.element;
    return ["grid", "h"].includes(reason) || (reason === "truth" && !isTyping);
  }

  function explainText(column, reading) {
    const text = field.text.slice(0, LONGEST);
    write(parts.excerpt, text && excerptAt(column, text));
    offerMends(meantBy(text, reading));
  }

  /** Repeat the problem beside the grid fields. */
  function explainGrid(sentence) {
    write(parts.excerpt, "");
    offerMends([]);
    write(parts.fault, sentence);
    parts.fault.parentNode.open = true;
  }

  function paste(event) {
    const pasted = wholeTexts.pastedText(event);
    const isShort = pasted.length <= wholeTexts.LONGEST && !notebook.cellsOf(pasted);
    // A script replaces the example into which a tap has put the cursor.
    const isBesideExample =
      pasted.trim().includes("\n") && field.text === field.element.defaultValue;
    if (isShort && !isBesideExample) return; // the browser inserts it
    event.preventDefault();
    takeWhole(pasted);
  }

  /** Take a text that came at once; from a notebook, its code. */
  function takeWhole(text) {
    const script = notebook.scriptOf(text);
    if (script !== null) scriptOfNotebook = script;
    const shorter = script ?? text;
    if (shorter.length > wholeTexts.LONGEST) refuse();
    else replace(shorter, false);
  }

  function refuse() {
    explain({ sentence: fill(words.reading.refused, { most: wholeTexts.LONGEST }) });
  }

  /** What notation.js says about the problem of a formula, once it is loaded. */
  function problemIn(text) {
    return globalThis.gradviz.notation?.problemIn(text);
  }

  /** What a whole text is likely to mean: as a formula, or as Python. */
  function meantBy(text, reading) {
    const { notation } = globalThis.gradviz; // which is loaded with the reader
    if (!notation || field.text.length > LONGEST) return [];
    const meanings = notation.meanings(text);
    const spelling = reading?.functions[0]?.spelling;
    if (meanings.length > 0 || !spelling) return meanings;
    return [{ spelling, sum: "", parts: notation.marked(text, spelling) }];
  }

  /** Offer the likely meanings; while a reader types, only after a pause: this removes
      nodes, which ends a run of typing. */
  function offerMends(meanings) {
    const areTwo = meanings.length > 1;
    parts.two.hidden = !areTwo;
    parts.excerpt.hidden = areTwo; // their changes are marked
    for (const [k, offer] of offers.entries()) {
      const meaning = meanings[k];
      const isSame = meaning?.spelling === offer.firstElementChild.value;
      offer.hidden = !meaning || !isSame;
      if (!meaning) continue;
      if (isWhole || isSame) showOffer(offer, meaning, areTwo);
      else
        postpone(`offer ${k}`, () => showOffer(offer, meaning, areTwo), READING_PAUSE);
    }
  }

  function showOffer(offer, { spelling, sum, parts: pieces }, areTwo) {
    const [button, note] = offer.children;
    if (button.value !== spelling) {
      button.value = spelling;
      button.lastElementChild.replaceChildren(...pieces.map(markedPiece));
    }
    write(note, areTwo ? words.mends[sum] : "");
    offer.hidden = false;
  }

  function markedPiece({ text, isChanged }) {
    if (!isChanged) return text;
    const mark = document.createElement("mark");
    mark.append(text);
    return mark;
  }

  /* The plot stays in place while a reader types: the text above it gives up no room.
     It does once something else is chosen, or the width of the page changes. */

  const ABOVE_THE_PLOT = [parts.script, parts.answer, parts.problem];

  const holder = new ResizeObserver((entries) => {
    if (document.activeElement !== field.element) return;
    for (const { target, borderBoxSize } of entries) {
      const [{ blockSize }] = borderBoxSize;
      target.style.minBlockSize = `${blockSize}px`;
    }
  });
  for (const part of ABOVE_THE_PLOT) holder.observe(part);

  function giveBackRoom() {
    for (const part of ABOVE_THE_PLOT) part.style.minBlockSize = "";
  }

  /* The address: what differs from the page as loaded. It holds a function, never a
     script: that is kept in the page's storage. */

  let isTouched = false; // since the page follows an address

  function address(spelling) {
    const query = new URLSearchParams({ f: spelling });
    for (const input of inputs) {
      const { name, type, value, checked, defaultValue, defaultChecked } = input;
      if (checked !== defaultChecked) query.set(name, checked ? "on" : "off");
      if (type !== "checkbox" && value !== defaultValue) query.set(name, value);
    }
    return `#${`${query}`.replaceAll("+", "%20")}`;
  }

  /** Show what the address asks for, or the current state if it names a place on the
      page. */
  function follow() {
    const query = location.hash.slice(1).replaceAll("+", "%2B");
    const asked = new URLSearchParams(query);
    const names = ["f", ...inputs.map(({ name }) => name)];
    const isState = !location.hash || names.some((name) => asked.has(name));
    if (isState || !answerState)
      adopt(textAsked(asked), settingsAsked(asked), asked.has("f"));
  }

  function adopt(text, newSettings, isCarried) {
    const isScript = Boolean(view?.isShown);
    parts.carried.hidden = !isCarried;
    isTouched = false;
    isWhole = true;
    clearTimeout(timers.store);
    const isShown = JSON.stringify(newSettings) === JSON.stringify(settings());
    if (isShown && text === field.text && answerState) return;
    leaveScript();
    setSettings(newSettings);
    field.show(text, isScript);
    giveBackRoom();
    update();
  }

  function textAsked(asked) {
    const stored = field.recall();
    const isStored = !asked.has("f") || isSameExpression(stored, asked.get("f"));
    const { defaultValue } = field.element;
    return isStored ? (stored ?? defaultValue) : asked.get("f");
  }

  /** Whether a text is the one in an address, apart from the line ends around it. */
  function isSameExpression(text, asked) {
    return text !== null && withoutLineEnds(text) === asked;
  }

  function settingsAsked(asked) {
    return Object.fromEntries(
      inputs.map(({ name, type, defaultValue, defaultChecked }) => {
        const text = asked.get(name);
        if (type !== "checkbox") return [name, text ?? defaultValue];
        return [name, text === null ? defaultChecked : text !== "off"];
      }),
    );
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
    if (isWhole) giveBackRoom();
    update();
    postpone("store", store, ADDRESS_PAUSE);
  }

  function store() {
    clearTimeout(timers.store);
    const { text } = field;
    const isOfAddress = !view?.isShown && text.length < LONGEST && !isOfLines(text);
    const without = location.pathname + location.search;
    storeAddress(isOfAddress ? address(withoutLineEnds(text)) : without);
    if (isOfAddress && !text.includes("\n")) field.forget();
    else field.store();
  }

  /* Taking away */

  async function handOut(text, status) {
    parts.copy.textContent = text;
    const isCopied = await taking.copied(text);
    if (!isCopied) getSelection().selectAllChildren(parts.copy);
    status.textContent = isCopied ? words.copied : words.selected;
  }

  function save(name, url) {
    taking.save(name, url);
    parts.copy.textContent = "";
    parts.status.textContent = fill(words.saved, { name });
  }

  function drawing() {
    const how = waysToDraw().join(" · ");
    return taking.drawingUrl(svgs, embedded.file, shown.f.source, how);
  }

  function scriptAsked() {
    return taking.scriptOf(embedded.script, shown, settings(), isTicked);
  }

  const TAKES = {
    call: () => handOut(embedded.call, parts.status),
    script: () => handOut(scriptAsked(), parts.status),
    link: () => handOut(new URL(address(shown.f.source), location).href, parts.status),
    svg: () => save("gradviz.svg", drawing()),
    png: async () => save("gradviz.png", await taking.pngUrl(drawing())),
  };

  /* The buttons by name. One that replaces the text keeps the focus, unless it
     disappears with its problem. */

  const PRESSES = {
    ...TAKES,
    starter: ({ value }) => replace(value, true),
    mend: ({ value }) => replace(value, false),
    other: ({ value }) => replace(value, false),
    alone: ({ value }) => replace(value, false),
    undo,
    mended: copyMended,
    "mend-script": mendScript,
    line: ({ value }) => field.select(Number(value)),
    pause: interrupt,
    resume,
  };

  function press(button) {
    if (button === switchButton) turnTo(button.ariaPressed === "false");
    else PRESSES[button.name](button);
  }

  function switchTo(isPressed) {
    switchButton.ariaPressed = isPressed;
    stage.dataset.transposed = isPressed;
  }

  /** Switch to the other call, and let its arrows emerge from the ones shown. */
  function turnTo(isPressed) {
    switchTo(isPressed);
    pictures.turnTo(isPressed);
  }

  /** Say on the page what a script draws by itself: `mended` with both .T, and `before` if
      that is the work of this page; nothing if it draws the picture without. */
  function setOutcome(outcome) {
    if (outcome) stage.dataset.outcome = outcome;
    else delete stage.dataset.outcome;
    const isBefore = outcome === "mended before";
    for (const label of pictureLabels) {
      const { usual, mended } = label.dataset;
      write(label, isBefore ? mended : usual);
    }
  }

  function replace(text, keepsFocus) {
    field.replace(text, keepsFocus);
    fields.undo.hidden = !field.canUndo;
  }

  function undo() {
    field.undo();
    fields.undo.hidden = true;
    field.element.focus();
  }

  /** The current script with all its mends, even if it has not been read again yet. */
  function mendedScript() {
    return globalThis.gradviz.scriptView.mended(field.text, words);
  }

  /** Put the mended script on the clipboard, and show what it draws. */
  async function copyMended() {
    await handOut(field.withOwnLineEnds(mendedScript()), parts.copied);
    if (answerState !== "answered") return;
    if (stage.dataset.transposed === "false") turnTo(true);
    parts.pictures.scrollIntoView({ block: "nearest" }); // further down on a phone
  }

  function mendScript() {
    const { reading } = view;
    const before = reading.alone ?? field.text;
    replace(mendedScript(), true);
    view.showMended(before, reading);
    parts.copied.textContent = words.reading.mended;
  }

  /** Take the first mend on offer. */
  function takeMend() {
    const buttons = [...form.querySelectorAll("[name=mend-script], [name=mend]")];
    buttons.find((button) => button.checkVisibility())?.click();
  }

  const BEING_COMPOSED = 229; // the key code of every key while a character is composed

  function takeMendByKey(event) {
    const isComposed = event.isComposing || event.keyCode === BEING_COMPOSED;
    const isAsked = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (!isAsked || isComposed) return;
    event.preventDefault();
    takeMend();
  }

  /** Undo with the key even when the focus is on the answer: Firefox undoes only in its
      field. */
  function undoByKey(event) {
    const isAsked = event.key === "z" && (event.ctrlKey || event.metaKey);
    const isTyped = event.target.matches(":is(input,textarea,select)");
    if (!isAsked || isTyped || !field.canUndo) return;
    event.preventDefault();
    undo();
  }

  /* What a reader does */

  field.element.onkeydown = takeMendByKey;
  document.addEventListener("keydown", undoByKey);
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
    if (pictures.readByKey(event)) postpone("say", tellPoint, 0);
  };
  addEventListener("resize", giveBackRoom);
  addEventListener("hashchange", follow);
  addEventListener("pageshow", () => {
    if (!isTouched) follow(); // after Back, a browser restores older fields
  });
  addEventListener("pagehide", () => {
    if (isTouched) store();
  });
  follow();
}
