// Builds the controls that Python describes, and keeps them equal to the state.
// Each builder returns {element, show(state)}; `change(part)` asks for a new state.

function make(tag, className, properties = {}, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  Object.assign(element, properties);
  element.append(...children);
  return element;
}

let lastId = 0;
function freshId() {
  lastId += 1;
  return `explorer-${lastId}-${Math.random().toString(36).slice(2, 8)}`;
}

const LOG_POSITIONS = 240;

// Positions of the range input: the values themselves, or their logarithms.
function scaleOf({ low, high, step, log }) {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  if (!log) {
    return {
      attributes: { min: low, max: high, step },
      position: (value) => value,
      value: (position) => position,
      tidy: (value) =>
        Number(clamp(low + Math.round((value - low) / step) * step, low, high)
          .toFixed(digits)),
    };
  }
  const ratio = Math.log(high / low);
  return {
    attributes: { min: 0, max: LOG_POSITIONS, step: 1 },
    position: (value) => Math.round((Math.log(value / low) / ratio) * LOG_POSITIONS),
    value: (position) =>
      Number((low * Math.exp((ratio * position) / LOG_POSITIONS)).toPrecision(3)),
    tidy: (value) => clamp(value, low, high),
  };
}

function buildSlider(control, change) {
  const { name, label } = control;
  const scale = scaleOf(control);
  const id = freshId();
  const text = make("label", "explorer-label", { htmlFor: id, textContent: label });
  const range = make("input", "explorer-range", { type: "range", id });
  const box = make("input", "explorer-number", { type: "number" });
  Object.assign(range, scale.attributes);
  Object.assign(box, {
    min: control.low, max: control.high, step: control.log ? "any" : control.step,
  });
  range.dataset.name = box.dataset.name = name;
  box.setAttribute("aria-label", `${label}, number`);
  range.addEventListener("input", () => {
    change({ [name]: scale.tidy(scale.value(Number(range.value))) });
  });
  const read = () => {
    if (box.value === "" || !Number.isFinite(Number(box.value))) return;
    change({ [name]: scale.tidy(Number(box.value)) });
  };
  box.addEventListener("input", () => {
    const value = Number(box.value);
    if (value >= control.low && value <= control.high) read();
  });
  const show = (state) => {
    const value = state[name];
    range.value = scale.position(value);
    range.setAttribute("aria-valuetext", String(value));
    const part = (range.value - range.min) / (range.max - range.min);
    range.style.setProperty("--explorer-part", `${100 * part}%`);
    if (box !== box.getRootNode().activeElement || Number(box.value) !== value) {
      box.value = value;
    }
  };
  box.addEventListener("change", () => {
    read();
    if (box.value === "") change({});
  });
  return { element: make("div", "explorer-slider", {}, text, range, box), show };
}

function buildButtons(control, change) {
  const name = freshId();
  const id = freshId();
  const text = make("span", "explorer-label", { id, textContent: control.label });
  const group = make("div", "explorer-segments");
  group.setAttribute("role", "radiogroup");
  group.setAttribute("aria-labelledby", id);
  const inputs = control.options.map((option) => {
    const input = make("input", "", { type: "radio", name, value: option });
    input.dataset.name = control.name;
    input.addEventListener("change", () => change({ [control.name]: option }));
    group.append(make("label", "", {}, input, make("span", "", { textContent: option })));
    return input;
  });
  const show = (state) => {
    for (const input of inputs) input.checked = input.value === state[control.name];
  };
  return { element: make("div", "explorer-choice", {}, text, group), show };
}

function buildList(control, change) {
  const id = freshId();
  const text = make("label", "explorer-label", { htmlFor: id, textContent: control.label });
  const list = make("select", "explorer-select", { id });
  list.dataset.name = control.name;
  for (const option of control.options) {
    list.append(make("option", "", { value: option, textContent: option }));
  }
  list.addEventListener("change", () => change({ [control.name]: list.value }));
  const show = (state) => { list.value = state[control.name]; };
  return { element: make("div", "explorer-choice", {}, text, list), show };
}

function buildCheck(control, change) {
  const input = make("input", "", { type: "checkbox" });
  input.dataset.name = control.name;
  input.addEventListener("change", () => change({ [control.name]: input.checked }));
  const text = make("span", "", { textContent: control.label });
  const element = make("label", "explorer-check", {}, input, text);
  return { element, show: (state) => { input.checked = state[control.name]; } };
}

const MOST_BUTTONS = 4;

function buildControl(control, change) {
  const build = {
    slider: buildSlider,
    choice: (control.options || []).length > MOST_BUTTONS ? buildList : buildButtons,
    check: buildCheck,
  }[control.kind];
  const built = build(control, change);
  const conditions = Object.entries(control.when || {});
  const show = (state) => {
    built.element.hidden = !conditions.every(([name, value]) =>
      Array.isArray(value) ? value.includes(state[name]) : state[name] === value);
    built.show(state);
  };
  return { element: built.element, show };
}
