// The frame around every picture: title, task, canvas, controls, summary, keyboard,
// theme, animation, and the way to Python and back.
//
// An explorer's own file defines `const explorer = {…}` with
//   layout(width, state, numbers) → {height, boxes}, for example from sideBySide(…)
//   compute(state)            → the numbers of the picture; left out where Python computes
//   readout(numbers, state)   → what Python gets to see; by default all numbers
//   draw(view)                draws on view.context with new Panel(view, box, …)
//   summary(numbers, state)   → the picture in one or two sentences
//   needsScreen               true: Python is told about dark themes and fine screens
// view: {context, width, height, boxes, narrow, colors, state, numbers, handles, repaint}

const SUMMARY_DELAY = 400; // ms without a change until a screen reader speaks
const CALM_PER_SECOND = 2; // steps a second for those who asked for less motion
const NARROW = 560; // px; below this a figure from Python stands one above the other
const ANSWER_DELAY = 5000; // ms until a picture from Python is called missing

function mount(explorer) {
  return ({ model, el }) => {
    const spec = model.get("spec");
    let state = { ...model.get("state") };
    let colors, frame = 0, drawnWidth = 0, numbers = null;
    const fromPython = !explorer.compute;

    const parts = buildFrame(spec);
    const { root, canvas, stage, live, summaryText, message } = parts;
    const pen = canvas.getContext("2d");
    const view = { context: pen, handles: [], repaint: () => requestPaint() };

    // ----- state -----
    const change = (part) => {
      state = { ...state, ...part };
      requestPaint(true);
    };
    let unsent = false;
    const requestPaint = (send = false) => {
      unsent ||= send;
      frame ||= requestAnimationFrame(paint);
    };
    const send = () => {
      unsent = false;
      model.set("state", state);
      if (fromPython) model.set("asked", model.get("asked") + 1);
      model.save_changes();
      if (fromPython) awaitAnswer();
    };
    const publish = (readout, summary) => {
      const before = JSON.stringify([model.get("readout"), model.get("summary")]);
      if (JSON.stringify([readout, summary]) === before) return;
      model.set("readout", readout);
      model.set("summary", summary);
      unsent = true;
    };

    // ----- picture -----
    const paint = () => {
      frame = 0;
      for (const control of controls) control.show(state);
      player?.show(state);
      if (fromPython) {
        const arrays = decodeArrays(model.get("arrays") || {});
        const picture = model.get("picture");
        const ready = Object.keys(arrays).length > 0 || picture?.data !== undefined;
        numbers = { ...model.get("readout"), ...arrays, picture, ready };
        say(model.get("summary"));
        showMessage();
      } else {
        numbers = explorer.compute(state);
        const readout = explorer.readout ? explorer.readout(numbers, state) : numbers;
        const text = explorer.summary(numbers, state);
        say(text);
        publish(readout, text);
      }
      draw();
      if (unsent) send();
    };
    const draw = () => {
      const width = Math.max(260, Math.floor(stage.clientWidth || drawnWidth || 640));
      drawnWidth = width;
      const plan = explorer.layout(width, state, numbers);
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
      if (!fromPython || numbers.ready) explorer.draw(view);
      placeHandles(view.handles);
      root.dataset.paints = Number(root.dataset.paints || 0) + 1;
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
    const placeHandles = handleLayer(stage, change);

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
    parts.buttons.append(again);

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
    const answer = () => { clearTimeout(waiting); requestPaint(); };
    model.on("change:state", follow);
    if (fromPython) model.on("change:answered", answer);
    el.append(root);
    const tellScreen = () => {
      const screen = {
        dark: colors.dark, ratio: Math.min(2, window.devicePixelRatio || 1),
        narrow: stage.clientWidth > 0 && stage.clientWidth < NARROW,
      };
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
      if (Math.floor(stage.clientWidth) === drawnWidth) return;
      retheme(); // also the first time that the page shows it
    });
    resized.observe(stage);
    retheme();
    paint();
    return () => {
      player?.pause();
      clearTimeout(waiting);
      clearTimeout(spoken);
      cancelAnimationFrame(frame);
      resized.disconnect();
      unwatch();
      model.off("change:state", follow);
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

// Play, step and back for the slider that is time.
function buildPlayer(timeline, current, change) {
  const { name, low, high, step } = timeline;
  const button = (text, action) => {
    const made = make("button", "explorer-button", { type: "button", textContent: text });
    made.dataset.action = action;
    return made;
  };
  const back = button("Back", "back");
  const play = button("Play", "play");
  const forward = button("Step", "step");
  play.classList.add("explorer-main");
  let timer = 0;
  const move = (by) => change({ [name]: clamp(current()[name] + by * step, low, high) });
  const pause = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  };
  const start = () => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const rate = calm ? Math.min(CALM_PER_SECOND, timeline.per_second) : timeline.per_second;
    if (current()[name] >= high) change({ [name]: low });
    play.textContent = "Pause";
    timer = setInterval(() => {
      if (!play.isConnected || current()[name] >= high) pause();
      else move(1);
    }, 1000 / rate);
  };
  play.addEventListener("click", () => (timer ? pause() : start()));
  back.addEventListener("click", () => { pause(); move(-1); });
  forward.addEventListener("click", () => { pause(); move(1); });
  const show = (state) => {
    back.disabled = state[name] <= low;
    forward.disabled = state[name] >= high;
  };
  return { buttons: [play, back, forward], pause, show };
}

// Keeps one transparent button over every handle of the picture.
// Handles of one group are one stop of the Tab key; Page Up and Page Down go on in it.
function handleLayer(stage, change) {
  const shown = new Map();
  const current = new Map(); // group → name of the handle that Tab reaches
  const arrows = {
    ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
  };
  const describe = ({ label, at, along, step }) => {
    const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const where = [];
    if (along !== "y") where.push(`x ${format(at[0], digits)}`);
    if (along !== "x") where.push(`y ${format(at[1], digits)}`);
    return `${label}, ${where.join(", ")}. Move it with the arrow keys.`;
  };
  const create = (name) => {
    const button = make("button", "explorer-handle", { type: "button" });
    const handle = () => shown.get(name).handle;
    button.dataset.handle = name;
    let grip = null;
    button.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const { left, top } = handle();
      grip = [left - event.clientX, top - event.clientY];
      button.setPointerCapture(event.pointerId);
      button.focus({ preventScroll: true });
      event.preventDefault();
    });
    button.addEventListener("pointermove", (event) => {
      if (grip) change(handle().place(event.clientX + grip[0], event.clientY + grip[1]));
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      button.addEventListener(end, () => { grip = null; });
    }
    button.addEventListener("focus", () => {
      current.set(handle().group, name);
      for (const other of shown.values()) tabStop(other);
    });
    button.addEventListener("keydown", (event) => {
      const direction = arrows[event.key];
      if (direction) {
        const far = event.shiftKey ? 5 : 1;
        change(handle().nudge(direction[0] * far, direction[1] * far));
        event.preventDefault();
      } else if (event.key === "PageDown" || event.key === "PageUp") {
        const group = [...shown.values()].filter((it) => it.handle.group === handle().group);
        const here = group.findIndex((it) => it.handle.name === name);
        const by = event.key === "PageDown" ? 1 : group.length - 1;
        group[(here + by) % group.length].button.focus();
        event.preventDefault();
      }
    });
    return button;
  };
  const tabStop = ({ button, handle }) => {
    button.tabIndex = current.get(handle.group) === handle.name ? 0 : -1;
  };
  return (handles) => {
    for (const handle of handles) {
      if (!shown.has(handle.name)) {
        const button = create(handle.name);
        shown.set(handle.name, { button, handle });
        stage.append(button);
      }
      if (!current.has(handle.group)) current.set(handle.group, handle.name);
      const { button } = Object.assign(shown.get(handle.name), { handle });
      const size = Math.max(24, 2 * handle.size + 14);
      Object.assign(button.style, {
        left: `${handle.left - size / 2}px`, top: `${handle.top - size / 2}px`,
        width: `${size}px`, height: `${size}px`,
      });
      button.setAttribute("aria-label", describe(handle));
      button.dataset.along = handle.along;
      tabStop({ button, handle });
    }
    for (const [name, { button, handle }] of shown) {
      if (handles.some((one) => one.name === name)) continue;
      button.remove();
      shown.delete(name);
      if (current.get(handle.group) === name) current.delete(handle.group);
    }
  };
}

// Raw numbers from Python: {name: {shape, data}} → {name: {shape, values}}.
function decodeArrays(arrays) {
  return Object.fromEntries(Object.entries(arrays).map(([name, { shape, data }]) => {
    const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
    return [name, { shape, values: new Float32Array(bytes) }];
  }));
}
