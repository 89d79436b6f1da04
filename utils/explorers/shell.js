// The frame around every picture: title, task, canvas, controls, summary, keyboard,
// theme, animation, and the way to Python and back.
//
// An explorer's own file defines `const explorer = {…}` with
//   layout(width, state, numbers, colors) → {height, boxes}, for example from sideBySide(…)
//   compute(state, take)      → the numbers of the picture; left out where Python computes
//                             take(name, own): own, or what the learner's function gives
//   readout(numbers, state)   → what Python gets to see; by default all numbers
//   draw(view)                draws on view.context with new Panel(view, box, …);
//                             a promise if the picture needs time
//   summary(numbers, state)   → the picture in one or two sentences
//   needsScreen               true: Python is told about dark themes and fine screens
// view: {context, width, height, boxes, narrow, colors, state, numbers, handles, repaint,
//   wrong: {name: where the learner's numbers differ from the explorer's own},
//   change(part): new values of the state}

const SUMMARY_DELAY = 400; // ms without a change until a screen reader speaks
const NARROW = 560; // px; below this a figure from Python stands one above the other
const ANSWER_DELAY = 5000; // ms until a picture from Python is called missing
const SOON = 150; // ms in which it is worth waiting for it before the old one is drawn anew

function mount(explorer) {
  return ({ model, el }) => {
    const spec = model.get("spec");
    const fromPython = !explorer.compute;
    const linked = !fromPython && hasLinks() ? fromLink(spec) : null;
    let state = { ...model.get("state"), ...linked };
    let colors, frame = 0, drawnWidth = 0, numbers = null;

    const parts = buildFrame(spec);
    const { root, canvas, stage, live, summaryText, message } = parts;
    root.dataset.source = fromPython ? "python" : "browser";
    const pen = canvas.getContext("2d");
    const view = { context: pen, handles: [], repaint: () => requestPaint(),
      change: (part) => change(part) };

    // ----- state -----
    const change = (part) => {
      state = { ...state, ...part };
      moved = true;
      if (fromPython) send(); // Python can begin before the next frame
      requestPaint(!fromPython);
    };
    let unsent = false, moved = false;
    const requestPaint = (send = false) => {
      unsent ||= send;
      root.dataset.pending = "yes";
      frame ||= requestAnimationFrame(() => paint({ patiently: true }));
    };
    const send = () => {
      unsent = false;
      model.set("state", state);
      if (fromPython) ask();
      model.save_changes();
      if (fromPython && moved) awaitAnswer();
      markPending();
    };
    const unanswered = () => fromPython && model.get("asked") !== model.get("answered");
    let hopeful = 0; // the timer that runs while an answer may come at any moment
    const ask = () => {
      model.set("asked", model.get("asked") + 1);
      clearTimeout(hopeful);
      hopeful = setTimeout(() => {
        hopeful = 0;
        if (unanswered()) requestPaint();
      }, SOON);
    };
    const publish = (readout, summary) => {
      const before = JSON.stringify([model.get("readout"), model.get("summary")]);
      if (JSON.stringify([readout, summary]) === before) return;
      model.set("readout", readout);
      model.set("summary", summary);
      unsent = true;
    };

    // ----- picture -----
    const paint = ({ patiently = false } = {}) => {
      frame = 0;
      for (const control of controls) control.show(state);
      player?.show(state);
      share.show(state);
      if (patiently && hopeful && unanswered()) return; // the new picture is on its way
      if (fromPython) {
        const arrays = decodeArrays(model.get("arrays") || {});
        const picture = model.get("picture");
        const ready = Object.keys(arrays).length > 0 || picture?.data !== undefined;
        const stills = model.get("stills");
        numbers = { ...model.get("readout"), ...arrays, picture, stills, ready };
        say(model.get("summary"));
      } else {
        const { take, wrong, verdict } = takeFrom(model.get("yours"), state);
        numbers = explorer.compute(state, take);
        view.wrong = wrong;
        const readout = explorer.readout ? explorer.readout(numbers, state) : numbers;
        const text = explorer.summary(numbers, state) + verdict();
        say(text);
        publish(readout, text);
      }
      showMessage();
      draw();
      if (unsent) send();
      else markPending();
    };
    const draw = () => {
      const width = Math.max(260, Math.floor(stage.clientWidth || drawnWidth || 640));
      drawnWidth = width;
      const plan = explorer.layout(width, state, numbers, colors);
      const ratio = window.devicePixelRatio || 1;
      const sizes = [Math.round(width * ratio), Math.round(plan.height * ratio)];
      if (canvas.width !== sizes[0] || canvas.height !== sizes[1]) {
        [canvas.width, canvas.height] = sizes;
        canvas.style.width = `${width}px`;
        canvas.style.height = `${plan.height}px`;
      }
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, width, plan.height);
      pen.setLineDash([]);
      Object.assign(view, plan, { width, colors, state, numbers, handles: [] });
      if (!fromPython || numbers.ready) awaitPicture(explorer.draw(view));
      placeHandles(view.handles);
      root.dataset.paints = Number(root.dataset.paints || 0) + 1;
    };

    // A picture that is not up to date (not painted yet, asked from Python, or decoded
    // aside) is marked as pending.
    let decoding = 0;
    const markPending = () => {
      const late = frame > 0 || unanswered() || decoding > 0;
      root.dataset.pending = late ? "yes" : "no";
    };
    const awaitPicture = (picture) => {
      if (!(picture instanceof Promise)) return;
      decoding += 1;
      picture.then(() => { decoding -= 1; markPending(); });
    };

    // ----- words -----
    let spoken = 0;
    const say = (text) => {
      if (summaryText.textContent === text) return;
      summaryText.textContent = text;
      clearTimeout(spoken);
      spoken = setTimeout(() => { live.textContent = text; }, SUMMARY_DELAY);
    };
    const showMessage = (text = model.get("message")) => {
      message.hidden = !text;
      if (message.textContent !== text) message.textContent = text;
      stage.classList.toggle("explorer-failed", Boolean(text));
    };
    let waiting = 0;
    const awaitAnswer = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        if (model.get("answered") === model.get("asked")) return;
        showMessage(model.get("answered")
          ? "Python has not answered yet. Is another cell running?"
          : "Python draws this picture: open the notebook in JupyterLab and run the " +
            "cell. Without Python only the first picture can be shown.");
      }, ANSWER_DELAY);
    };

    // ----- handles: real buttons over the canvas, for pointer, finger and keys -----
    const catchUp = () => {
      if (frame === 0) return;
      cancelAnimationFrame(frame);
      paint();
    };
    const placeHandles = handleLayer(stage, change, catchUp);

    // ----- controls -----
    const reset = () => { player?.pause(); change({ ...spec.start }); };
    const timeline = spec.controls.find((control) => control.plays);
    const player = timeline && buildPlayer(timeline, () => state, change);
    const controls = spec.controls.map((control) => buildControl(control, (part) => {
      if (timeline && control !== timeline) player.pause();
      change(part);
    }));
    arrange(parts.controls, controls);
    if (player) parts.buttons.append(...player.buttons);
    for (const { label, values } of spec.presets) {
      const button = make("button", "explorer-button", { type: "button", textContent: label });
      button.dataset.preset = label;
      button.addEventListener("click", () => {
        player?.pause();
        change({ ...spec.start, ...values });
      });
      parts.presets.append(button);
    }
    parts.presets.hidden = spec.presets.length === 0;
    const again = make("button", "explorer-button", { type: "button", textContent: "Reset" });
    again.dataset.action = "reset";
    again.addEventListener("click", reset);
    const share = buildShare(spec, () => state, !fromPython && hasLinks());
    parts.buttons.append(again, share.button);
    root.append(share.element);

    // JupyterLab takes arrow keys and letters for itself unless they stop here.
    root.addEventListener("keydown", (event) => {
      if (!(event.key === "Enter" && (event.shiftKey || event.ctrlKey))) {
        event.stopPropagation();
      }
    });

    // ----- life -----
    const follow = () => {
      const next = model.get("state");
      if (JSON.stringify(next) === JSON.stringify(state)) return;
      state = { ...next };
      requestPaint();
    };
    const answer = () => {
      clearTimeout(waiting);
      cancelAnimationFrame(frame);
      paint();
    };
    model.on("change:state", follow);
    model.on("change:yours", view.repaint);
    model.on("change:message", view.repaint);
    if (fromPython) model.on("change:answered", answer);
    el.append(root);
    const tellScreen = () => {
      const screen = {
        dark: colors.dark, narrow: stage.clientWidth < NARROW,
        width: Math.round(stage.clientWidth * Math.min(2, window.devicePixelRatio || 1)),
      };
      if (screen.width === 0) return; // not on the page yet
      if (JSON.stringify(screen) === JSON.stringify(model.get("screen"))) return;
      model.set("screen", screen);
      requestPaint(true);
    };
    const retheme = () => {
      colors = readColors(root);
      requestPaint();
      if (explorer.needsScreen) tellScreen();
    };
    const unwatch = watchTheme(() => setTimeout(retheme, 60));
    const resized = new ResizeObserver(() => {
      const isDrawn = Math.floor(stage.clientWidth) === drawnWidth;
      if (isDrawn && colors.font) return; // colors are empty while detached
      retheme(); // also the first time that the page shows it
    });
    resized.observe(stage);
    retheme();
    unsent ||= linked !== null;
    paint();
    if (linked) root.scrollIntoView({ block: "start" });
    return () => {
      player?.pause();
      for (const timer of [hopeful, waiting, spoken]) clearTimeout(timer);
      cancelAnimationFrame(frame);
      resized.disconnect();
      unwatch();
      model.off("change:state", follow);
      model.off("change:yours", view.repaint);
      model.off("change:message", view.repaint);
      if (fromPython) model.off("change:answered", answer);
    };
  };
}

function buildFrame(spec) {
  const canvas = make("canvas", "explorer-canvas");
  canvas.setAttribute("role", "img");
  const live = make("p", "explorer-live");
  live.setAttribute("role", "status");
  live.setAttribute("aria-live", "polite");
  const summaryText = make("p", "explorer-summary");
  summaryText.setAttribute("aria-hidden", "true");
  const message = make("div", "explorer-message", { hidden: true });
  message.setAttribute("role", "alert");
  const titleId = freshId();
  const title = make("div", "explorer-title", { id: titleId, textContent: spec.title });
  title.setAttribute("role", "heading");
  title.setAttribute("aria-level", "4");
  canvas.setAttribute("aria-label", `${spec.title}. The text below says what it shows.`);
  const task = make("p", "explorer-task", { textContent: spec.task });
  const stage = make("div", "explorer-stage", {}, canvas, message);
  const controls = make("div", "explorer-controls");
  const presets = make("div", "explorer-presets", {},
    make("span", "explorer-label", { textContent: "Try" }));
  const buttons = make("div", "explorer-buttons");
  const bar = make("div", "explorer-bar", {}, presets, buttons);
  const root = make("section", "explorer", {},
    title, task, stage, summaryText, live, controls, bar);
  root.setAttribute("aria-labelledby", titleId);
  root.dataset.lmSuppressShortcuts = "true";
  return { root, canvas, stage, live, summaryText, message, controls, presets, buttons };
}

// Check boxes that follow each other share a row.
function arrange(grid, controls) {
  let row = null;
  for (const { element } of controls) {
    if (!element.classList.contains("explorer-check")) {
      row = null;
      grid.append(element);
      continue;
    }
    if (!row) {
      row = make("div", "explorer-checks");
      grid.append(row);
    }
    row.append(element);
  }
}

// Hands on the numbers of the learner's function, where they belong to this state, and
// notes where they differ from the explorer's own.
function takeFrom({ name, state: asked, arrays = {} } = {}, state) {
  const isNow = JSON.stringify(asked) === JSON.stringify(state);
  const yours = isNow ? decodeArrays(arrays) : {};
  const wrong = {};
  let count = 0, bad = 0;
  const take = (part, own) => {
    if (!yours[part]) return own;
    const values = [...yours[part].values], { shape } = yours[part];
    if (own) {
      const flat = own.flat(Infinity);
      const differs = values.map((value, k) =>
        Math.abs(value - flat[k]) > 1e-6 + 1e-4 * Math.abs(flat[k])); // they are float32
      wrong[part] = nest(differs, shape);
      count += differs.length;
      bad += differs.filter(Boolean).length;
    }
    return nest(values, shape);
  };
  take.has = (part) => part in yours;
  const verdict = () => (count === 0 ? "" : bad === 0
    ? ` Your ${name} gives the same ${count} numbers.`
    : ` Your ${name} gives other numbers in ${bad} of ${count} places, marked in red.`);
  return { take, wrong, verdict };
}

// A flat list as a list of lists of this shape.
function nest(values, [count, ...inner]) {
  if (inner.length === 0) return values;
  const size = values.length / count;
  return Array.from({ length: count }, (_, k) =>
    nest(values.slice(k * size, (k + 1) * size), inner));
}

// Raw numbers from Python: {name: {shape, data}} → {name: {shape, values}}.
function decodeArrays(arrays) {
  return Object.fromEntries(Object.entries(arrays).map(([name, { shape, data }]) => {
    const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
    return [name, { shape, values: new Float32Array(bytes) }];
  }));
}
