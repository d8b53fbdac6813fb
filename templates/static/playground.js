/* The playground: a reader's own function, measured and drawn as it is typed. numerics.js
   computes, quiver.js draws, captions.js says what came of it, mends.js what a wrong text is
   likely to mean. The form holds the state, the address repeats it. */
"use strict";

{
  const { parse, measure, measuring, gridPoints, quiver } = globalThis.gradviz;
  const { excerptAt, fill, captionsIn } = globalThis.gradviz.captions;
  const { meantBy } = globalThis.gradviz.mends;
  const { storeAddress } = globalThis.gradvizPage;

  const AT_ONCE = 40; // ms of work before the page says that it is busy
  const SLICE = 12; // ms of work at a time from then on
  const ADDRESS_PAUSE = 400; // ms of quiet before the address follows
  const QUIET = 900; // ms of quiet before the answer is told
  const LONGEST = 300; // characters of a text that are looked at
  const CONTOUR_CELLS = 64; // along an axis
  const SHOWN_BEFORE = 90; // pixels of the row that stay in sight before the current starter

  /* The parts of the page */

  const [form] = document.forms;
  const fields = form.elements;
  const spelling = fields.f;
  const inputs = [...form.querySelectorAll("input")];
  const starters = [...form.querySelectorAll("[name=starter]")];
  const svgs = [...form.querySelectorAll(".picture > svg")]; // of the rows, of the columns
  const parts = {}; // by name
  for (const part of form.querySelectorAll("[data-part]")) {
    parts[part.dataset.part] = part;
  }
  const data = JSON.parse(form.querySelector("script").textContent);
  const { words, golden } = data;
  const captions = captionsIn(data);

  /* What is shown */

  let shown = {}; // what the pictures show, as it was measured
  let here = [1, 0.75]; // the point that is read out

  /* Work that waits. Each kind of work has a name, and waits once. */

  const timers = {};

  function postpone(name, job, pause) {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(job, pause);
  }

  /* The answer: most come at once, with the keystroke. What takes longer goes on in slices,
     and a keystroke ends what it makes stale. */

  function workOn(steps, time = SLICE) {
    const end = Date.now() + time; // which costs less to ask than performance.now
    try {
      let step = steps.next();
      while (!step.done && Date.now() < end) step = steps.next();
      if (step.done) {
        show(step.value);
      } else {
        say("busy", { verdict: "", badge: "", sentence: words.busy });
        postpone("work", () => workOn(steps), 0);
      }
    } catch (error) {
      if (!error.reason) throw error;
      explain(error);
    }
  }

  function* answering() {
    const grid = gridAsked();
    const gridKey = JSON.stringify(grid);
    const key = gridKey + spelling.value;
    const f = parse(spelling.value);
    const isMeasured = key === shown.key;
    const result = isMeasured ? shown : yield* measuring(f, grid);
    const isFramed = gridKey === shown.gridKey;
    const frame = isFramed ? shown.frame : quiver.frameOf(result.points, grid.step);
    yield* drawingFields(result, frame);
    yield* drawingContours(f, frame);
    return { ...result, f, key, gridKey, frame };
  }

  function gridAsked() {
    return {
      start: fields.start.valueAsNumber,
      stop: fields.stop.valueAsNumber,
      step: fields.step.valueAsNumber,
      h: fields.h.valueAsNumber,
    };
  }

  const framesDrawn = [];

  function* drawingFields({ points, truth, rows, columns }, frame) {
    const isAutomatic = fields.autoscale.checked;
    const isDownhill = fields.downhill.checked;
    for (const [k, { gradient }] of [rows, columns].entries()) {
      const unit = quiver.unitOf(frame, isAutomatic ? gradient : truth, isAutomatic);
      const signedUnit = isDownhill ? -unit : unit;
      if (frame !== framesDrawn[k]) quiver.drawAxes(svgs[k], frame);
      framesDrawn[k] = frame; // also if the rest is given up, for an edit that is undone
      yield* quiver.drawField(svgs[k], frame, points, gradient, signedUnit);
    }
  }

  function* drawingContours(f, frame) {
    if (!fields.contours.checked) {
      yield* quiver.drawContours(svgs, frame, [[], []], []);
      return;
    }
    const points = contourPoints(frame);
    const values = f.valuesAt(points).map((value) => (isFinite(value) ? value : NaN));
    yield* quiver.drawContours(svgs, frame, points, values);
  }

  /** Points that stand closer than those of the grid, and reach up to the frame. */
  function contourPoints({ low, span }) {
    return gridPoints(low, low + 1.01 * span, span / CONTOUR_CELLS);
  }

  function update() {
    clearTimeout(timers.work);
    parts.fault.textContent = "";
    delete form.dataset.wrong;
    markStarter();
    workOn(answering(), AT_ONCE);
  }

  function markStarter() {
    for (const starter of starters) {
      const isCurrent = starter.value === spelling.value;
      starter.ariaCurrent = isCurrent;
      if (isCurrent) starter.parentNode.scrollLeft = starter.offsetLeft - SHOWN_BEFORE;
    }
  }

  /* The answer in words */

  /** Say it at once, and to a screen reader when it has settled. The state is busy, wrong,
      or nothing where there is an answer. The style sheet follows the form's attributes:
      data-state, data-wrong (text, nothing or grid), data-typing, data-drawn. */
  function say(state, { verdict, badge, sentence }) {
    const isWrong = state === "wrong";
    form.dataset.state = state;
    parts.verdict.dataset.verdict = verdict;
    parts.badge.className = `verdict ${verdict}`;
    parts.badge.textContent = badge;
    parts.sentence.textContent = sentence;
    spelling.ariaInvalid = isWrong;
    fields.takes.disabled = isWrong; // what is taken would not run
    postpone("say", tellAnswer, QUIET);
  }

  function tellAnswer() {
    const answer = parts.badge.parentNode.innerText;
    parts.spoken.textContent = [answer, ...waysToDraw()].join(" ");
  }

  /** What is chosen of how the fields are drawn. */
  function waysToDraw() {
    const labels = [...form.querySelectorAll(":checked + span")];
    return labels.map((label) => label.textContent);
  }

  function show(result) {
    shown = result;
    form.dataset.drawn = "";
    const answer = captions.answer(result, fields.h.valueAsNumber);
    say("", answer);
    parts.both.textContent = answer.ofBoth;
    parts.why.textContent = answer.why;
    const [x, y] = shown.frame.at(here);
    read(shown.frame.nearest(x, y));
    if (!timers.check) postpone("check", check, QUIET);
  }

  /* A problem: where it is, what could stand there, and what is likely meant */

  function explain(error) {
    const { column } = error;
    const text = spelling.value.slice(0, LONGEST);
    const sentence = captions.problem(error);
    if (column) explainText(column, text);
    else explainGrid(sentence);
    say("wrong", { verdict: "", badge: "", sentence });
  }

  function explainText(column, text) {
    form.dataset.wrong = text ? "text" : "nothing";
    parts.excerpt.textContent = text && excerptAt(column, text);
    offerMend(meantBy(text));
  }

  /** Say it beside the fields at fault, too. */
  function explainGrid(sentence) {
    form.dataset.wrong = "grid";
    parts.excerpt.textContent = "";
    offerMend("");
    parts.fault.textContent = sentence;
    parts.fault.parentNode.open = true;
  }

  function offerMend(text) {
    parts.mend.value = text;
    parts.mend.lastElementChild.textContent = text;
  }

  /* One point: what f got there, and what it gave */

  function read(k) {
    const cells = form.querySelectorAll("tbody td");
    const texts = captions.readout(shown, k, fields.downhill.checked);
    here = pointAt(k);
    for (const [i, cell] of cells.entries()) cell.textContent = texts[i];
    for (const svg of svgs) {
      const ring = svg.lastElementChild;
      ring.setAttribute("transform", `translate(${shown.frame.at(here)})`);
    }
  }

  function pointAt(k) {
    const [x0, x1] = shown.points;
    return [x0[k], x1[k]];
  }

  function readAtPointer(event) {
    const svg = event.target.closest("svg");
    if (!svg || !shown.frame) return;
    const onScreen = new DOMPoint(event.clientX, event.clientY);
    const { x, y } = onScreen.matrixTransform(svg.getScreenCTM().inverse());
    const k = shown.frame.nearest(x, y);
    read(k);
  }

  const MOVES = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };

  function readByKey(event) {
    const { frame } = shown;
    const move = MOVES[event.key];
    if (!move || !frame) return;
    event.preventDefault();
    const [x, y] = frame.at(here);
    const [right, down] = move;
    read(frame.nearest(x + frame.cell * right, y + frame.cell * down));
    postpone("say", tellPoint, 0);
  }

  function tellPoint() {
    parts.spoken.textContent = parts.readout.innerText;
  }

  /* The address: what differs from the page as it comes */

  function address() {
    const entries = [...new FormData(form)].filter(
      ([name, value]) => name === "f" || value !== fields[name].defaultValue,
    );
    const query = new URLSearchParams(entries).toString();
    return `#${query.replaceAll("+", "%20")}`;
  }

  /** Show what the address asks for, or what there is if it names a place of the page. */
  function follow() {
    const query = location.hash.slice(1).replaceAll("+", "%2B");
    const asked = new URLSearchParams(query);
    const isState = !location.hash || inputs.some(({ name }) => asked.has(name));
    if (isState) {
      setFields(asked);
      update();
    } else if (!shown.key) {
      update();
    }
  }

  function setFields(asked) {
    for (const input of inputs) {
      if (input.type === "checkbox") input.checked = asked.has(input.name);
      else input.value = asked.get(input.name) ?? input.defaultValue;
    }
    parts.carried.hidden = !asked.has("f");
    clearTimeout(timers.store);
  }

  function change() {
    parts.carried.hidden = true;
    // They were for the function before.
    parts.copy.textContent = "";
    parts.status.textContent = "";
    update();
    postpone("store", store, ADDRESS_PAUSE);
  }

  function store() {
    if (spelling.value.length < LONGEST) storeAddress(address());
  }

  /* To take away */

  async function offer(text) {
    parts.copy.textContent = text;
    try {
      await navigator.clipboard.writeText(text);
      parts.status.textContent = words.copied;
    } catch {
      // The browser has no clipboard for the page, or refuses it.
      getSelection().selectAllChildren(parts.copy);
      parts.status.textContent = words.selected;
    }
  }

  function save(name, url) {
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    parts.copy.textContent = "";
    parts.status.textContent = fill(words.saved, { name });
  }

  /** Both pictures with what belongs to them, as the address of an SVG. */
  function drawing() {
    const serializer = new XMLSerializer();
    const [rows, columns] = svgs.map((svg) => serializer.serializeToString(svg));
    const { source } = shown.f;
    const svg = fill(data.file, {
      0: rows,
      1: columns,
      source,
      how: waysToDraw().join(". "),
      room: Math.max(184, 3 * source.length), // for the source on one line
    });
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }

  function savePng() {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = image.width;
      canvas.height = image.height;
      canvas.getContext("2d").drawImage(image, 0, 0);
      save("gradviz.png", canvas.toDataURL());
    };
    image.src = drawing();
  }

  function scriptAsked() {
    return fill(data.script, Object.fromEntries(new FormData(form)));
  }

  const TAKES = {
    call: () => offer(data.call),
    script: () => offer(scriptAsked()),
    link: () => offer(new URL(address(), location).href),
    svg: () => save("gradviz.svg", drawing()),
    png: savePng,
  };

  /* The buttons: one that stays pressed, those to take away, a starter, and a mend, which
     goes with its problem and so cannot keep the focus */

  function press(button) {
    const { name, value, ariaPressed } = button;
    if (ariaPressed) {
      const isPressed = ariaPressed === "false";
      button.ariaPressed = isPressed;
      button.closest(".stage").dataset.transposed = isPressed;
    } else if (TAKES[name]) {
      TAKES[name]();
    } else {
      spelling.value = value;
      if (name === "mend") spelling.focus();
      change();
    }
  }

  /* This browser's arithmetic against that of the build, one golden case at a time */

  function check(k = 0, right = 0) {
    const rightSoFar = agrees(golden[k]) ? right + 1 : right;
    const next = k + 1;
    if (next < golden.length) {
      postpone("check", () => check(next, rightSoFar), 0);
    } else {
      parts.checked.textContent = captions.checked(rightSoFar, golden.length);
    }
  }

  function agrees({ text, grid, point, figures }) {
    const found = { ...measure(text, grid), f: parse(text).gradient(point) };
    return figures.every(([part, name, figure]) => isNear(found[part][name], figure));
  }

  function isNear(a, b) {
    return a === b || Math.abs(a - b) <= 1e-6 * (1 + Math.abs(b));
  }

  spelling.onfocus = () => (form.dataset.typing = "");
  spelling.onblur = () => delete form.dataset.typing;
  form.oninput = change;
  form.onsubmit = () => false;
  form.onclick = (event) => {
    const button = event.target.closest("button");
    if (button) press(button);
  };
  parts.pictures.onpointermove = readAtPointer;
  parts.pictures.onpointerdown = readAtPointer;
  parts.pictures.onkeydown = readByKey;
  addEventListener("hashchange", follow);
  addEventListener("pageshow", follow); // after Back, a browser restores older fields
  follow();
}
