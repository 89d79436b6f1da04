// Keeps one transparent button over every handle of the picture.
// Handles of one group are one stop of the Tab key; Page Up and Page Down go on in it.
// catchUp() paints what was changed since the last frame: a handle moves on from the state
// that it was drawn for, and the next key may come before the next frame.
function handleLayer(stage, change, catchUp) {
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
    const listen = (kind, act) => button.addEventListener(kind, (event) => {
      catchUp();
      if (shown.has(name)) act(event, shown.get(name).handle);
    });
    button.dataset.handle = name;
    let grip = null, begin = null, dragged = false;
    listen("pointerdown", (event, { left, top }) => {
      if (event.button !== 0) return;
      begin = [event.clientX, event.clientY];
      dragged = false;
      grip = [left - event.clientX, top - event.clientY];
      button.setPointerCapture(event.pointerId);
      button.focus({ preventScroll: true });
      event.preventDefault();
    });
    listen("pointermove", (event, handle) => {
      if (!grip) return;
      dragged ||= Math.hypot(event.clientX - begin[0], event.clientY - begin[1]) > 3;
      if (handle.press && !dragged) return; // a click may tremble
      change(handle.place(event.clientX + grip[0], event.clientY + grip[1]));
    });
    // A handle with `press` also answers to a click, Enter and the space bar.
    listen("click", (event, handle) => {
      const byKey = event.detail === 0;
      if (handle.press && (byKey || !dragged)) change(handle.press());
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      button.addEventListener(end, () => { grip = null; });
    }
    button.addEventListener("focus", () => {
      current.set(shown.get(name).handle.group, name);
      for (const other of shown.values()) tabStop(other);
    });
    listen("keydown", (event, handle) => {
      const direction = arrows[event.key];
      const next = direction?.[0] && handle.neighbor?.(direction[0]);
      if (next) { // arrows to the side go to the neighbor where there is one
        shown.get(next).button.focus();
        event.preventDefault();
      } else if (direction) {
        const far = event.shiftKey ? 5 : 1;
        change(handle.nudge(direction[0] * far, direction[1] * far));
        event.preventDefault();
      } else if (event.key === "PageDown" || event.key === "PageUp") {
        const group = [...shown.values()].filter((it) => it.handle.group === handle.group);
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
