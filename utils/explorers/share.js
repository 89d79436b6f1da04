// The settings in one line that can be handed on: as Python code, and on a page without
// Jupyter also as a link.

function asPython(value) {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(asPython).join(", ")}]`;
  return JSON.stringify(value);
}

const changed = ({ defaults }, state) => Object.entries(state).filter(
  ([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name]));

// NetworkPlayground(layers=2): what differs from the class's own start.
function asCall(spec, state) {
  const parts = changed(spec, state).map(([name, value]) => `${name}=${asPython(value)}`);
  return `${spec.name}(${parts.join(", ")})`;
}

const isScalar = (value) => ["number", "string", "boolean"].includes(typeof value);

function asLink(spec, state) {
  const values = new URLSearchParams(
    changed(spec, state).filter(([, value]) => isScalar(value)).map(([name, value]) => [name, value]));
  return `${location.href.split("#")[0]}#${spec.name}?${values}`;
}

// The values that the page's address holds for this explorer; null if there are none.
// What its controls could not show is left out.
function fromLink({ name, defaults, controls }) {
  const [asked, text] = location.hash.slice(1).split("?");
  if (asked !== name || text === undefined) return null;
  const found = {};
  for (const [key, word] of new URLSearchParams(text)) {
    const kind = typeof defaults[key];
    const value = kind === "number" ? Number(word || NaN)
      : kind === "boolean" ? { true: true, false: false }[word] : word;
    const control = controls.find((one) => one.name === key) || {};
    const fits = isScalar(defaults[key]) && typeof value === kind && value === value &&
      !(value < control.low || value > control.high) &&
      (!control.options || control.options.includes(value));
    if (fits) found[key] = control.kind === "slider" ? scaleOf(control).tidy(value) : value;
  }
  return found;
}

// In JupyterLab an address belongs to the notebook, and links would lead nowhere.
const hasLinks = () => !document.body.dataset.jpThemeName;

// The button, and the lines that it opens; they follow the state.
function buildShare(spec, current, withLink) {
  const button = make("button", "explorer-button", { type: "button", textContent: "Share" });
  button.dataset.action = "share";
  const line = (label, text) => {
    const box = make("input", "explorer-line", { type: "text", readOnly: true, id: freshId() });
    box.addEventListener("focus", () => box.select());
    const name = make("label", "explorer-label", { htmlFor: box.id, textContent: label });
    return { box, text, element: make("div", "explorer-share-row", {}, name, box) };
  };
  const lines = [line("As Python code", asCall), ...(withLink ? [line("As a link", asLink)] : [])];
  const element = make("div", "explorer-share", { hidden: true }, ...lines.map((one) => one.element));
  button.setAttribute("aria-expanded", "false");
  const show = (state) => {
    if (!element.hidden) for (const { box, text } of lines) box.value = text(spec, state);
  };
  button.addEventListener("click", () => {
    element.hidden = !element.hidden;
    button.setAttribute("aria-expanded", String(!element.hidden));
    show(current());
    if (!element.hidden) lines[0].box.focus();
  });
  return { button, element, show };
}
