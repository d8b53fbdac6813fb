/* The playground: a reader's own function, measured and drawn as it is typed. gradviz.js computes,
   quiver.js draws, the words stand in the page. The form holds the state, the address repeats it. */
"use strict";

{
  const { parse, measure, measuring, gridPoints, quiver } = globalThis.gradviz;
  const [SLICE, PAUSE] = [8, 400]; // ms: of work at a time; of quiet before the address follows
  const [QUIET, LONGEST] = [900, 300]; // ms before the answer is told; characters that are looked at
  const [form] = document.forms;
  const all = (names) => [...form.querySelectorAll(names)];
  const { words, caption, names, call, script, file, golden } = JSON.parse(
    all("script")[0].textContent,
  );
  const {
    f: spelling,
    start,
    stop,
    step,
    h,
    autoscale,
    downhill,
    contours,
    takes,
  } = form.elements;
  const [
    carried,
    verdict,
    badge,
    sentence,
    mended,
    spoken,
    excerpt,
    mend,
    why,
    pictures,
    readout,
    beside,
    told,
    copy,
    checked,
  ] = all("[data-part]"); // in the order of the page
  const [svgs, inputs, starters] = [".picture > svg", "input", "[name=starter]"].map(
    all,
  );
  const timers = {};

  function postpone(name, work, pause) {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(work, pause);
  }

  /* The work, in slices: a keystroke does not wait for it, and ends what it makes stale */

  function work(steps) {
    const end = Date.now() + SLICE; // which costs less to ask than performance.now
    try {
      let step = steps.next();
      while (!step.done && Date.now() < end) step = steps.next();
      if (step.done) show(step.value);
      else postpone("work", () => work(steps), 0);
    } catch (error) {
      if (!error.reason) throw error;
      explain(error);
    }
  }

  let shown = {}; // what the pictures show, as it was measured
  let here = [1, 0.75]; // the point that is read out

  function* answer() {
    const grid = Object.fromEntries(
      [start, stop, step, h].map((of) => [of.name, of.valueAsNumber]),
    );
    const size = JSON.stringify(grid);
    const key = size + spelling.value;
    const f = parse(spelling.value);
    const found = key === shown.key ? shown : yield* measuring(f, grid);
    const { points, truth, rows, columns } = found;
    const frame = size === shown.size ? shown.frame : quiver.frameOf(points, grid.step);
    for (const [k, { gradient }] of [rows, columns].entries()) {
      const unit = quiver.unitOf(
        frame,
        autoscale.checked ? gradient : truth,
        autoscale.checked,
      );
      if (frame !== shown.frame) quiver.drawAxes(svgs[k], frame);
      yield* quiver.drawField(
        svgs[k],
        frame,
        points,
        gradient,
        downhill.checked ? -unit : unit,
      );
    }
    const { low, span } = frame; // for contours the points stand closer, and reach up to it
    const between = contours.checked
      ? gridPoints(low, low + 1.01 * span, span / 64)
      : [];
    const values = [];
    for (const point of between) {
      const value = f.evaluate(point);
      values.push(value + 0 * value); // nan, where it is infinite
      yield;
    }
    yield* quiver.drawContours(svgs, frame, between, values);
    return { ...found, f, key, size, frame };
  }

  function update() {
    clearTimeout(timers.work);
    beside.textContent = "";
    for (const starter of starters) {
      starter.ariaCurrent = starter.value === spelling.value;
      if (starter.value === spelling.value)
        starter.parentNode.scrollLeft = starter.offsetLeft - 90;
    }
    say("busy", "", words.busy);
    work(answer());
  }

  /* The answer in words */

  const fill = (text, terms) =>
    text.replace(/\{(\w*)\}/g, (_, of) => terms[of].toLocaleString("en"));
  const exact = (value) => written(value, Math.abs(value) < 1e-9 ? 4 : 12); // few of what is left of 0
  const vector = (values, write = exact) => `[${values.map(write).join(", ")}]`;

  /** A number as the build writes it, with at most so many digits, and at least so many. */
  function written(value, most = 6, least = 1) {
    const size = Math.abs(value) || 1;
    const text = (value + 0).toLocaleString("en", {
      // -0 is 0
      notation: size < 1e-4 || size >= 1e6 ? "scientific" : "standard",
      useGrouping: least > 1,
      maximumSignificantDigits: most,
      minimumSignificantDigits: least,
    });
    return text.replace(
      /-|NaN|∞|E.*/g,
      (part) => words.signs[part] ?? part.replace(/./g, (sign) => words.raised[sign]),
    );
  }

  const drawnAs = () => all(":checked + span").map((label) => label.textContent);

  /** Say it at once, and to a screen reader when it has settled. What is not known yet goes. */
  function say(state, kind, text) {
    form.dataset.state = state;
    verdict.dataset.verdict = kind;
    badge.className = `verdict ${kind}`;
    badge.textContent = names[kind]; // or nothing
    sentence.textContent = text;
    takes.disabled = spelling.ariaInvalid = state === "wrong"; // else what is taken would not run
    postpone(
      "say",
      () => {
        spoken.textContent = [badge.parentNode.innerText, ...drawnAs()].join(" ");
      },
      QUIET,
    );
  }

  function show(result) {
    const {
      f,
      truth,
      rows,
      columns: { X, gradient, measurement: columns },
    } = result;
    const { wrong: off, max_error: by } = rows.measurement;
    const {
      arrows,
      verdict: kind,
      max_angle_deg: angle,
      median_length_ratio: ratio,
    } = columns;
    const isFlat =
      kind === "hidden" && !truth.flat().some((slope) => Math.abs(slope) > 1e-6);
    const isWhole = gradient.flat().every(isFinite);
    const left = truth.filter(([a]) => isNaN(a)).length;
    const times = written(ratio < 1 ? 1 / ratio : ratio, 3, 3);
    // Where rounding decides without .T, or the step or rounding decides both calls.
    const size = isWhole && Math.hypot(...X.map(f.evaluate));
    const isVague =
      (kind !== "hidden" && columns.max_error * h.valueAsNumber < 2 ** -49 * size) ||
      (off > arrows / 2 && !(columns.max_error > 2 * by));
    const cause = isVague
      ? "vague"
      : kind === "blank" && !isWhole
        ? "nowhere"
        : isFlat
          ? "flat"
          : kind;
    const factor = caption[ratio < 1 ? "shorter" : "longer"].replace("{}", times);
    const terms = {
      ...columns,
      left,
      off,
      factor,
      zero: arrows - columns.nonzero,
      max_angle: written(angle, 3, 3),
      max_error: written(columns.max_error, 3),
      by: written(by, 3),
    };
    const turn = angle === null ? "_without_angle" : angle > 0.1 ? "" : "_parallel";
    const ofBoth = fill(
      `${left ? caption.left : ""} ${off ? words.inexact : ""}`,
      terms,
    );
    shown = result;
    mended.textContent = ofBoth;
    const said = fill(
      `${words.call} ${caption[cause + turn] ?? caption[cause]}`,
      terms,
    );
    say("", kind, `${said} ${ofBoth}`.replace(...words.single));
    badge.textContent = names[cause]; // none where the two cannot be compared
    why.textContent = fill(words.why[cause], terms);
    read();
    if (!timers.check) postpone("check", check, QUIET);
  }

  /* A problem: where it is, what could stand there, and what is likely meant */

  function explain(error) {
    const { column } = error;
    const text = spelling.value.slice(0, LONGEST);
    // Of a long text the parts beside the place, with the words at their ends whole.
    const [before] = /[\w.]{0,14}.{0,18}$/.exec(text.slice(0, column - 1));
    const [after] = /^.{0,14}[\w.]{0,14}(..?$)?/.exec(text.slice(column - 1));
    const expected = error.expected
      ?.map((name) => words.expected[name] ?? name)
      .join(words.or);
    mend.lastElementChild.textContent = mend.value = column ? meantBy(text) : "";
    const head = (text.startsWith(before) ? "" : "…") + before;
    const place = `${head}${after}${text.endsWith(after) ? "" : "…"}\n${"^".padStart(head.length + 1)}`;
    excerpt.textContent = column && text ? place : "";
    const fault = fill(words.problem[error.reason], { ...error, expected });
    beside.textContent = column ? "" : fault;
    beside.parentNode.open ||= !column; // the fields at fault
    say("wrong", "", fault);
  }

  /** The spelling that a text is likely to mean, or nothing. */
  function meantBy(text) {
    const parameter = RegExp(words.parameter).exec(text)?.[1] ?? "x";
    let meant = text.replace(RegExp(`(?<![.\\w])${parameter}\\b`, "g"), "x");
    for (const [from, to] of words.meant) meant = meant.replace(RegExp(from, "gs"), to);
    for (let mends = 0; mends < 32; mends++) {
      try {
        return parse(meant).source;
      } catch ({ column, found, reason, suggestion }) {
        const name = `(?<=^.{${column - 1}})(np\\.)?${found}`;
        if (suggestion) meant = meant.replace(RegExp(name, "s"), suggestion);
        else if (reason === "vector") meant = `np.sum(${meant})`;
        else return "";
      }
    }
    return "";
  }

  /* One point: what f got there, and what it gave */

  function read(k = shown.frame.nearest(...shown.frame.at(here))) {
    const { f, frame, points, rows, columns } = shown;
    here = points[k];
    const ends = (x) => `${vector(x.slice(0, 2)).slice(0, -1)}, …, ${exact(x.at(-1))}]`;
    const gave = (x) => written(f.evaluate(x));
    const { calls } = columns.measurement; // none are counted where f stopped with an error
    const arrow = (gradient) =>
      vector(gradient, (slope) => written(downhill.checked ? -slope : slope, 4));
    const cells = [
      vector(here),
      columns.X.map((x) => (x.length < 5 ? vector(x) : ends(x))).join("\n"),
      gave(here),
      calls ? columns.X.map(gave).join("\n") : names.raises,
      arrow(rows.gradient[k]),
      calls ? arrow(columns.gradient[k]) : "",
    ];
    for (const cell of all("tbody td")) cell.textContent = cells.shift();
    for (const svg of svgs)
      svg.lastElementChild.setAttribute("transform", `translate(${frame.at(here)})`);
  }

  function point(event) {
    const svg = event.target.closest("svg");
    if (!svg || !shown.frame) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(
      svg.getScreenCTM().inverse(),
    );
    const k = shown.frame.nearest(x, y);
    if (shown.points[k] !== here) read(k);
  }

  const MOVES = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };

  function move(event) {
    const [{ frame }, steps] = [shown, MOVES[event.key]];
    if (!steps || !frame) return;
    event.preventDefault();
    read(
      frame.nearest(...frame.at(here).map((v, axis) => v + frame.cell * steps[axis])),
    );
    postpone(
      "say",
      () => {
        spoken.textContent = readout.innerText;
      },
      0,
    );
  }

  /* The address: what differs from the page as it comes */

  function address() {
    const isSaid = ([name, value]) =>
      name === "f" || value !== form.elements[name].defaultValue;
    return `#${new URLSearchParams([...new FormData(form)].filter(isSaid))}`.replaceAll(
      "+",
      "%20",
    );
  }

  /** Set the form as the address asks, unless it names a place of the page; answer what it holds. */
  function follow() {
    const asked = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"));
    if (location.hash && !inputs.some(({ name }) => asked.has(name)))
      return shown.key || update();
    for (const input of inputs) {
      input.checked = asked.has(input.name);
      if (input.type !== "checkbox")
        input.value = asked.get(input.name) ?? input.defaultValue;
    }
    carried.hidden = !asked.has("f");
    clearTimeout(timers.store);
    update();
  }

  function change() {
    carried.hidden = true;
    copy.textContent = told.textContent = ""; // which were for the function before
    update();
    postpone(
      "store",
      () => spelling.value.length < LONGEST && storeAddress(address()),
      PAUSE,
    );
  }

  /* To take away */

  async function offer(text) {
    copy.textContent = text;
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = words.copied;
    } catch {
      // it is refused, or absent
      getSelection().selectAllChildren(copy);
      told.textContent = words.selected;
    }
  }

  function save(name, url) {
    Object.assign(document.createElement("a"), { href: url, download: name }).click();
    copy.textContent = "";
    told.textContent = fill(words.saved, { name });
  }

  function drawing() {
    const fields = svgs.map((svg) => new XMLSerializer().serializeToString(svg));
    const how = drawnAs().join(". ");
    const room = Math.max(184, 3 * shown.f.source.length); // for it on one line
    return `data:image/svg+xml,${encodeURIComponent(fill(file, { ...fields, ...shown.f, how, room }))}`;
  }

  function savePng() {
    const image = new Image();
    image.onload = () => {
      const { width, height } = image;
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      canvas.getContext("2d").drawImage(image, 0, 0);
      save("gradviz.png", canvas.toDataURL());
    };
    image.src = drawing();
  }

  const TAKES = {
    call: () => offer(call),
    script: () => offer(fill(script, Object.fromEntries(new FormData(form)))),
    link: () => offer(new URL(address(), location).href),
    svg: () => save("gradviz.svg", drawing()),
    png: savePng,
  };

  function use({ name, value }) {
    if (TAKES[name]) return TAKES[name]();
    spelling.value = value; // of a starter, or of a mend, which goes with its problem
    if (name === "mend") spelling.focus();
    change();
  }

  /* This browser's arithmetic against that of the build */

  function check(k = 0, right = 0) {
    const { text, grid, point, figures } = golden[k];
    const found = { ...measure(text, grid), f: parse(text).gradient(point) };
    const isNear = (a, b) => a === b || Math.abs(a - b) <= 1e-6 * (1 + Math.abs(b));
    right += figures.every(([part, name, figure]) => isNear(found[part][name], figure));
    if (golden[++k]) postpone("check", () => check(k, right), 0);
    else
      checked.textContent = fill(right === k ? words.checked : words.unlike, {
        right,
        all: k,
      });
  }

  form.oninput = change;
  form.onsubmit = () => false;
  form.onclick = ({ target }) => {
    const button = target.closest("button");
    if (button?.ariaPressed) button.ariaPressed = button.ariaPressed === "false";
    else if (button) use(button);
  };
  pictures.onpointermove = pictures.onpointerdown = point;
  pictures.onkeydown = move;
  addEventListener("hashchange", follow);
  addEventListener("pageshow", follow); // after Back, a browser restores older fields
  follow();
}
