/* The playground: a reader's own function, measured and drawn as it is typed. The words stand in the
   page, the arithmetic in gradviz.js, the drawing in quiver.js. The fields of the form hold the
   state, and the address repeats it. */
"use strict";

{
  const { parse, measuring, quiver } = globalThis.gradviz;
  const [SLICE, PAUSE, QUIET] = [12, 400, 900]; // ms: of work, between writes, before it is told
  const form = document.querySelector(".trial");
  const [all, find] = [(names) => [...form.querySelectorAll(names)], (name) => form.querySelector(name)];
  const { words, caption, alt, names, pair, script, golden } = JSON.parse(find("script").textContent);
  const { f: spelling, start, stop, step, h, autoscale, downhill, contours } = form.elements;
  const inputs = [...form.elements].filter((element) => element.localName === "input");
  const [verdict, problem, told, readout] = ["#verdict", "#problem", ".copied", "tbody"].map(find);
  const [svgs, flip] = [all("svg"), find(".switch button")];
  const timers = {}; // of what happens later, by name

  function postpone(name, work, pause) {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(work, pause);
  }

  /* Words and numbers */

  const fill = (text, terms) => text.replace(/\{(\w*)\}/g, (_, name) => terms[name]);
  const plain = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });

  function written(value) {
    const size = Math.abs(value);
    const isPlain = size === 0 || (size >= 1e-4 && size < 1e7) || !Number.isFinite(size);
    return (isPlain ? plain.format(value) : value.toPrecision(3)).replace("-", "\u2212");
  }

  const vector = (values) => `[${Array.from(values, written).join(", ")}]`;

  function row(values) {
    if (values.length < 5) return vector(values);
    return `[${written(values[0])}, ${written(values[1])}, …, ${written(values.at(-1))}]`;
  }

  function termsOf(measurement) {
    const { argument_shape: [size], arrows, nonzero, max_error: error } = measurement;
    const [ratio, angle] = [measurement.median_length_ratio ?? 1, measurement.max_angle_deg ?? 0];
    const factor = written(Math.max(ratio, 1 / ratio));
    return {
      ...measurement, title: spelling.value, shape: `(${size},)`, drawn: nonzero,
      zero: arrows - nonzero, max_angle: written(angle), max_error: written(error ?? 0),
      factor: fill(ratio < 1 ? caption.shorter : caption.longer, { "": factor }),
    };
  }

  function captionOf({ verdict: name, max_angle_deg: angle }) {
    if (name !== "plausible" || angle > 0.1) return caption[name] ?? words.why[name];
    return angle === null ? caption.plausible_without_angle : caption.plausible_parallel;
  }

  /* The work: in slices, so that a keystroke never waits, and ends what it makes stale */

  function run(steps, done) {
    const [start, detail] = [performance.now(), []];
    const slice = () => {
      const begin = performance.now();
      let step = steps.next();
      while (!step.done && performance.now() < begin + SLICE) step = steps.next();
      if (step.done) done(step.value);
      else postpone("work", slice, 0);
      detail.push(performance.now() - begin);
      if (!step.done) return;
      performance.clearMeasures("answer"); // else they would pile up
      performance.measure("answer", { start, detail });
    };
    clearTimeout(timers.work);
    slice();
  }

  let shown = {}; // what the pictures show, measured
  let here = 0; // the point that is read out

  function* answer() {
    const grid = { start, stop, step, h };
    for (const name of Object.keys(grid)) grid[name] = grid[name].valueAsNumber;
    const key = JSON.stringify([spelling.value, grid]);
    if (key === shown.key) return yield* draw(shown);
    const f = parse(spelling.value);
    const found = yield* measuring(f, grid);
    return yield* draw({ ...found, key, f, frame: quiver.frameOf(found.points, grid.step) });
  }

  function* draw(result) {
    const { frame, points, f, truth } = result;
    const fields = [result.rows.gradient, result.columns.gradient];
    for (const [k, field] of fields.entries()) {
      const unit = quiver.unitOf(frame, autoscale.checked ? field : truth, autoscale.checked);
      if (frame !== shown.frame) quiver.drawAxes(svgs[k], frame);
      yield* quiver.drawField(svgs[k], frame, field, downhill.checked ? -unit : unit);
    }
    const values = contours.checked ? [] : null;
    for (let k = 0; values && k < points.length; k += 2) {
      values.push(f.evaluate(points.subarray(k, k + 2)));
      yield;
    }
    yield* quiver.drawContours(svgs[0], frame, values ?? []);
    return result;
  }

  function update() {
    setState("busy");
    try {
      run(answer(), show);
    } catch (error) {
      if (!error.reason) throw error;
      explain(error);
    }
  }

  /** What is known is shown; what is not known yet must not be taken for it. */
  function setState(state, name = "", text = words.busy) {
    form.dataset.state = state;
    problem.hidden = state !== "wrong";
    if (name) verdict.dataset.verdict = name;
    else delete verdict.dataset.verdict;
    const [badge, said] = verdict.firstChild.children;
    badge.className = `verdict ${name}`;
    badge.textContent = names[name] ?? "";
    said.textContent = text;
    // A screen reader hears what has settled, and not what is passed on the way.
    postpone("tell", () => { verdict.lastChild.textContent = `${badge.textContent} ${text}`; }, QUIET);
    spelling.setAttribute("aria-invalid", state === "wrong");
  }

  function show(result) {
    const [rows, columns] = [result.rows.measurement, result.columns.measurement];
    const [terms, kind] = [termsOf(columns), columns.verdict];
    const left = result.truth.filter((value, k, all) => k % 2 && !isFinite(value + all[k - 1]));
    const sentences = [captionOf(columns)];
    if (left.length) sentences.push(words.left);
    if (rows.verdict === "inexact") sentences.push(words.inexact);
    shown = result;
    setState("", kind, fill(sentences.join(" "), { ...terms, left: left.length, off: rows.wrong }));
    find(".why").textContent = fill(words.why[kind], terms);
    svgs[0].setAttribute("aria-label", fill(alt.correct, termsOf(rows)));
    svgs[1].setAttribute("aria-label", fill(alt[kind] ?? words.why[kind], terms));
    read(Math.min(here, rows.arrows - 1));
    if (timers.check === undefined) postpone("check", () => run(check(), report), QUIET);
  }

  /* Problems: where, what could stand there, and what is likely meant */

  function explain(error) {
    const [excerpt, mend] = problem.children;
    const text = spelling.value.slice(0, 300);
    const expected = error.expected?.map((name) => words.expected[name] ?? name).join(", ");
    mend.value = error.column ? meant(spelling.value) : "";
    mend.hidden = !mend.value;
    mend.lastChild.textContent = mend.value;
    excerpt.hidden = !error.column;
    excerpt.textContent = `${text}\n${"^".padStart(error.column)}`;
    setState("wrong", "", fill(words.problem[error.reason], { ...error, expected }));
    excerpt.scrollLeft = (excerpt.scrollWidth * error.column) / text.length - excerpt.clientWidth / 2;
  }

  const DEFINITION = /^(?:def\s+\w+\s*\((.*?)\).*?:|(?:\w+\s*=\s*)?lambda\s*(.*?):|\w+\s*\(([^()]*)\)\s*=|)\s*(?:return\b)?(.*)/;
  const MEANT = [
    [/\b(?:math|numpy)\./g, "np."], [/\^/g, "**"], [/²/g, "**2"], [/[·×]/g, "*"], [/−/g, "-"],
    [/\bx_?([01])\b/g, "x[$1]"], [/x₀/g, "x[0]"], [/x₁/g, "x[1]"],
  ];

  /** The spelling that a text is likely to mean, or nothing. */
  function meant(text) {
    if (text.length > 999) return "";
    const [, ...parts] = DEFINITION.exec(text.trim());
    const names = parts.find(Boolean).split(",").map((name) => name.trim());
    let mended = parts[3];
    if (parts[3] !== parts.find(Boolean)) {
      names.forEach((name, k) => {
        const to = names.length > 1 ? `x[${k}]` : "x";
        mended = mended.replace(RegExp(`(?<![.\\w])${name.match(/^\w*/)[0]}\\b`, "g"), to);
      });
    }
    for (const [from, to] of MEANT) mended = mended.replace(from, to);
    for (let tries = 0; tries < 32; tries++) {
      try {
        return parse(mended).source.trim();
      } catch ({ column, found, reason, suggestion }) {
        const [before, after] = [mended.slice(0, column - 1), mended.slice(column - 1)];
        if (reason === "vector") mended = `np.sum(${mended})`;
        else if (suggestion) mended = before + after.replace(RegExp(`(np\\.)?${found}`), suggestion);
        else return "";
      }
    }
    return "";
  }

  /* One point: what f got there, and what it gave */

  function read(k) {
    const { points, f, frame, rows, columns } = shown;
    const [at, sides] = [(array) => array.subarray(2 * k, 2 * k + 2), [0, 1]];
    const X = sides.map((axis) => points.filter((_, i) => i % 2 === axis));
    const gave = (x) => written(f.evaluate(x));
    const stopped = columns.measurement.calls === null;
    const cells = [
      [vector(at(points))], [vector(at(points)), X.map(row).join("\n")],
      [gave(at(points)), stopped ? names.raises : X.map(gave).join("\n")],
      [vector(at(rows.gradient)), stopped ? "" : vector(at(columns.gradient))],
    ];
    cells.forEach((texts, line) => texts.forEach((text, k) => {
      readout.rows[line].cells[k + 1].textContent = text;
    }));
    const [cx, cy] = frame.at(k);
    for (const svg of svgs) {
      svg.lastElementChild.setAttribute("cx", cx);
      svg.lastElementChild.setAttribute("cy", cy);
    }
    here = k;
  }

  function point(event) {
    const svg = event.target.closest("svg");
    if (!svg || !shown.frame) return;
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const k = shown.frame.nearest(place.x, place.y);
    if (k !== here) read(k);
  }

  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

  function move(event) {
    if (!MOVES[event.key] || !shown.frame) return;
    const { across } = shown.frame;
    const [x, y] = MOVES[event.key];
    const [column, line] = [(here % across) + x, Math.floor(here / across) + y];
    event.preventDefault();
    if (Math.min(column, line) < 0 || Math.max(column, line) >= across) return;
    read(line * across + column);
    told.textContent = [...readout.rows].map((line) => line.textContent).join("; ");
  }

  /* The address: what differs from the page as it comes */

  const isFlag = (input) => input.type === "checkbox";

  function address() {
    const changed = inputs.filter((input) => (
      isFlag(input) ? input.checked : input === spelling || input.value !== input.defaultValue
    ));
    return `#${changed.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, "%25"));
    } catch {
      return text;
    }
  }

  function store() {
    if (address().length > 4000) return;
    try {
      // Replaced, not pushed: Back leaves the page, whatever was tried on it.
      history.replaceState(null, "", address());
    } catch {
      // too often in a short time: the page is right, only its address lags
    }
  }

  /** Set the fields as the address asks, unless it names a place of the page. */
  function follow() {
    clearTimeout(timers.store);
    const asked = new Map(location.hash.slice(1).split("&").map((part) => {
      const [name, ...rest] = part.split("=");
      return [name, decoded(rest.join("="))];
    }));
    if (location.hash && !inputs.some(({ name }) => asked.has(name))) return;
    for (const input of inputs) {
      if (isFlag(input)) input.checked = asked.has(input.name);
      else input.value = asked.get(input.name) ?? input.defaultValue;
    }
    const [carried] = all(".carried");
    carried.hidden = !asked.has("f");
    carried.lastChild.textContent = spelling.value.slice(0, 300);
    update();
  }

  function change() {
    find(".carried").hidden = true;
    update();
    postpone("store", store, PAUSE);
  }

  /* To take away */

  function save(name, url) {
    const link = document.createElement("a");
    Object.assign(link, { href: url, download: name }).click();
    told.textContent = fill(words.saved, { name });
  }

  function copy(text) {
    const box = find(".copy");
    box.hidden = false;
    box.textContent = text;
    getSelection().selectAllChildren(box);
    told.textContent = words.selected;
    navigator.clipboard?.writeText(text).then(() => { told.textContent = words.copied; }, () => {});
  }

  function file() {
    const ground = getComputedStyle(find(".picture")).backgroundColor;
    return quiver.fileOf(svgs, [pair.correct, pair.buggy], ground);
  }

  const svgUrl = ({ text }) => `data:image/svg+xml,${encodeURIComponent(text)}`;

  function savePng() {
    const drawing = file();
    const image = new Image();
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: 2 * drawing.width, height: 2 * drawing.height });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      save("gradviz.png", canvas.toDataURL());
    });
    image.src = svgUrl(drawing);
  }

  const TAKES = {
    call: () => copy(pair.call),
    script: () => copy(fill(script, Object.fromEntries(inputs.map(({ name, value }) => [name, value])))),
    link: () => copy(location.href.replace(/#.*|$/, address())),
    svg: () => save("gradviz.svg", svgUrl(file())),
    png: savePng,
  };

  /* The arithmetic of this browser against that of the build */

  function* check() {
    const near = (found, wanted) => Math.abs(found - wanted) <= 1e-6 * (1 + Math.abs(wanted));
    let right = 0;
    for (const { text, grid, where, values, figures } of golden) {
      const { truth, rows, columns } = yield* measuring(parse(text), grid);
      const found = [rows.gradient, truth, columns.gradient, truth].flatMap((array) => (
        [...array.subarray(2 * where, 2 * where + 2)]
      ));
      const told = [rows, columns].flatMap(({ measurement: { verdict, calls, nonzero, wrong } }) => (
        [verdict, calls, nonzero, wrong]
      ));
      right += found.every((value, k) => near(value, values[k])) && `${told}` === `${figures}`;
    }
    return right;
  }

  function report(right) {
    const text = right === golden.length ? words.checked : words.unlike;
    find("footer").textContent = fill(text, { right, all: golden.length });
  }

  /* What the reader does */

  function use({ name, value }) {
    if (TAKES[name]) TAKES[name]();
    if (!value) return;
    spelling.value = value; // of a starter, or of a mend
    spelling.focus({ preventScroll: true });
    change();
  }

  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button === flip) flip.setAttribute("aria-pressed", flip.ariaPressed === "false");
    else if (button) use(button);
  });
  for (const name of ["pointermove", "pointerdown"]) find(".pictures").addEventListener(name, point);
  find(".pictures").addEventListener("keydown", move);
  addEventListener("hashchange", follow);
  addEventListener("pageshow", follow); // after Back, a browser restores older fields
  follow();
}
