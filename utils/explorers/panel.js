// A panel: one pair of axes on the canvas, and what can be drawn into it.

function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

// A number as the learner reads it, with a true minus sign.
function format(value, digits = 2) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "–";
  const size = Math.abs(value);
  const text = size !== 0 && (size >= 1e5 || size < 0.5 * 10 ** -digits)
    ? size.toExponential(1).replace("e+", "e")
    : size.toFixed(digits);
  return (value < 0 && Number(text) !== 0 ? "−" : "") + text.replace("e-", "e−");
}

// A part of one in percent; the number and its sign stay on one line.
function percent(part, digits = 0) {
  return `${format(100 * part, digits)}\u00a0%`;
}

// Round numbers that cut [low, high] into about `count` parts; at least three of them.
function ticks(low, high, count = 5) {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const fits = [10, 5, 2, 1].map((factor) => power * factor)
    .filter((step) => Math.floor(high / step) - Math.ceil(low / step) >= 2);
  const step = fits.findLast((one) => one >= raw * 0.9) ?? fits[0] ?? power;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const values = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
    values.push({ value: k * step, text: format(k * step || 0, digits) });
  }
  return values;
}

// Ticks at these values, with the values as their text or with another text.
function ticksAt(values, text = String) {
  return values.map((value) => ({ value, text: text(value) }));
}

// Ticks of a logarithmic axis: every `step`-th power of ten from low to high.
function powersOfTen(low, high, step = 1) {
  const values = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) values.push(value);
  return ticksAt(values, (value) =>
    (Math.abs(value) < 3 ? String(10 ** value) : `1e${format(value, 0)}`));
}

// Heights of labels, moved as little as possible until they are `gap` pixels apart.
function spread(heights, gap, low, high) {
  const order = heights.map((height, index) => [height, index]).sort((a, b) => a[0] - b[0]);
  let before = low - gap;
  for (const entry of order) before = entry[0] = Math.max(entry[0], before + gap);
  let after = high + gap;
  for (const entry of order.reverse()) after = entry[0] = Math.min(entry[0], after - gap);
  const moved = [];
  for (const [height, index] of order) moved[index] = height;
  return moved;
}

// Boxes side by side, or one below the other where the page is narrow.
// shares: relative widths; height: of the row; stacked: heights on a narrow page.
function sideBySide(width, { height, shares, stacked, gap = 28, least = 560 }) {
  const boxes = [];
  if (width < least) {
    let top = 0;
    for (const tall of stacked || shares.map(() => height)) {
      boxes.push({ left: 0, top, width, height: tall });
      top += tall + gap / 2;
    }
    return { height: top - gap / 2, boxes, narrow: true };
  }
  const room = width - gap * (shares.length - 1);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let left = 0;
  for (const share of shares) {
    boxes.push({ left, top: 0, width: (room * share) / whole, height });
    left += (room * share) / whole + gap;
  }
  return { height, boxes, narrow: false };
}

class Panel {
  // box: where on the canvas; x, y: ranges of the axes, [low, high].
  // equal: one unit is as long on both axes. bare: no axes, hence no room for ticks.
  // room: pixels kept free at the right, for labels.
  constructor(view, box, { x, y, title, xLabel, yLabel, equal, bare, room = 0 }) {
    Object.assign(this, { view, x, y, title, xLabel, yLabel });
    const margin = bare
      ? { left: 2, right: 2, top: title ? 26 : 2, bottom: 2 }
      : { left: yLabel ? 52 : 42, right: 10, top: title ? 28 : 10,
          bottom: xLabel ? 42 : 24 };
    this.left = box.left + margin.left;
    this.top = box.top + margin.top;
    this.width = Math.max(20, box.width - margin.left - margin.right - room);
    this.height = Math.max(20, box.height - margin.top - margin.bottom);
    if (equal) this.#makeEqual();
    this.right = this.left + this.width;
    this.bottom = this.top + this.height;
  }

  #makeEqual() {
    const unit = Math.min(
      this.width / (this.x[1] - this.x[0]), this.height / (this.y[1] - this.y[0]),
    );
    const width = unit * (this.x[1] - this.x[0]);
    const height = unit * (this.y[1] - this.y[0]);
    this.left += (this.width - width) / 2;
    this.width = width;
    this.height = height;
  }

  px(x) {
    return this.left + ((x - this.x[0]) / (this.x[1] - this.x[0])) * this.width;
  }

  py(y) {
    return this.bottom - ((y - this.y[0]) / (this.y[1] - this.y[0])) * this.height;
  }

  get pen() {
    return this.view.context;
  }

  get colors() {
    return this.view.colors;
  }

  // Axes with ticks; xTicks, yTicks: [{value, text}], or about how many.
  axes({ xTicks = Math.max(2, this.width / 80), yTicks = Math.max(2, this.height / 55),
         grid = true } = {}) {
    const { pen, colors } = this;
    const xs = Array.isArray(xTicks) ? xTicks : ticks(...this.x, xTicks);
    const ys = Array.isArray(yTicks) ? yTicks : ticks(...this.y, yTicks);
    pen.lineWidth = 1;
    pen.strokeStyle = colors.faint;
    if (grid) {
      for (const { value } of xs) this.#rule(this.px(value), this.top, "down");
      for (const { value } of ys) this.#rule(this.left, this.py(value), "across");
    }
    pen.strokeStyle = fade(colors.quiet, 0.6);
    this.#rule(this.left, this.bottom, "across");
    this.#rule(this.left, this.top, "down");
    const style = { color: colors.quiet, size: 11 };
    for (const { value, text } of xs) {
      this.write(text, this.px(value), this.bottom + 13, { ...style, align: "center" });
    }
    for (const { value, text } of ys) {
      this.write(text, this.left - 7, this.py(value), { ...style, align: "right" });
    }
    this.labels();
    return this;
  }

  labels() {
    const { pen, colors } = this;
    if (this.title) {
      this.write(this.title, this.left, this.top - 14, { weight: 600, size: 13 });
    }
    const style = { color: colors.quiet, size: 12, align: "center" };
    if (this.xLabel) {
      this.write(this.xLabel, this.left + this.width / 2, this.bottom + 31, style);
    }
    if (this.yLabel) {
      pen.save();
      pen.translate(this.left - 40, this.top + this.height / 2);
      pen.rotate(-Math.PI / 2);
      this.write(this.yLabel, 0, 0, style);
      pen.restore();
    }
  }

  #rule(x, y, direction) {
    const { pen } = this;
    pen.beginPath();
    pen.moveTo(Math.round(x) + 0.5, Math.round(y) + 0.5);
    if (direction === "down") pen.lineTo(Math.round(x) + 0.5, this.bottom);
    else pen.lineTo(this.right, Math.round(y) + 0.5);
    pen.stroke();
  }

  // Text at a place on the canvas, in pixels.
  write(text, left, top, { color = this.colors.ink, size = 12, align = "left",
                           weight = 400, halo = false } = {}) {
    const { pen } = this;
    pen.font = `${weight} ${size}px ${this.colors.font}`;
    pen.textAlign = align;
    pen.textBaseline = "middle";
    if (halo) {
      pen.lineJoin = "round";
      pen.lineWidth = 4;
      pen.strokeStyle = fade(this.colors.paper, 0.85);
      pen.strokeText(text, left, top);
    }
    pen.fillStyle = color;
    pen.fillText(text, left, top);
    return pen.measureText(text).width;
  }

  // Text at a place of the axes; dx, dy in pixels. It stays inside the panel.
  text(text, x, y, { dx = 0, dy = 0, ...style } = {}) {
    const { pen } = this;
    pen.font = `${style.weight || 400} ${style.size || 12}px ${this.colors.font}`;
    const long = pen.measureText(text).width;
    const before = { left: 0, center: long / 2, right: long }[style.align || "left"];
    const left = clamp(this.px(x) + dx, this.left + before + 2,
      Math.max(this.left + before + 2, this.right - long + before));
    const top = clamp(this.py(y) + dy, this.top + 8, this.bottom - 8);
    this.write(text, left, top, { halo: true, ...style });
  }

  // Draws with everything outside the panel cut off.
  inside(draw) {
    this.pen.save();
    this.pen.beginPath();
    this.pen.rect(this.left, this.top, this.width, this.height);
    this.pen.clip();
    draw();
    this.pen.restore();
  }

  // points: [[x, y], …]
  line(points, { color = this.colors.ink, width = 2, dash = [], fill } = {}) {
    const { pen } = this;
    this.inside(() => {
      pen.beginPath();
      for (const [x, y] of points) {
        pen.lineTo(clamp(this.px(x), -1e5, 1e5), clamp(this.py(y), -1e5, 1e5));
      }
      pen.lineWidth = width;
      pen.lineJoin = pen.lineCap = "round";
      pen.setLineDash(dash);
      pen.strokeStyle = color;
      if (fill) {
        pen.closePath();
        pen.fillStyle = fill;
        pen.fill();
      }
      if (width > 0) pen.stroke();
    });
  }

  // A dashed line over the whole height, where the learner looks.
  upright(x) {
    this.line([[x, this.y[0]], [x, this.y[1]]],
      { color: fade(this.colors.quiet, 0.7), width: 1, dash: [3, 4] });
  }

  // The graph of a function of x.
  curve(f, style) {
    const count = Math.round(this.width);
    const points = [];
    for (let k = 0; k <= count; k++) {
      const x = this.x[0] + ((this.x[1] - this.x[0]) * k) / count;
      points.push([x, f(x)]);
    }
    this.line(points, style);
  }

  dot(x, y, style) {
    this.mark(this.px(x), this.py(y), style);
  }

  // A dot at a place on the canvas, in pixels.
  mark(left, top, { color = this.colors.ink, shape = "circle", size = 5, hollow = false,
                    rim = this.colors.paper } = {}) {
    const { pen } = this;
    this.#trace(shape, left, top, size);
    pen.setLineDash([]);
    pen.fillStyle = hollow ? this.colors.paper : color;
    pen.fill();
    pen.lineWidth = hollow ? 2 : 1.25;
    pen.strokeStyle = hollow ? color : rim;
    pen.stroke();
  }

  // Crosses out what is wrong, at a place on the canvas, in pixels.
  cross(left, top, { color = this.colors.red, size = 5, width = 2 } = {}) {
    const { pen } = this;
    pen.setLineDash([]);
    pen.lineWidth = width;
    pen.strokeStyle = color;
    for (const way of [1, -1]) {
      pen.beginPath();
      pen.moveTo(left - size, top - way * size);
      pen.lineTo(left + size, top + way * size);
      pen.stroke();
    }
  }

  // A circle around something that needs attention.
  ring(x, y, { color = this.colors.red, size = 9, width = 1.5 } = {}) {
    const { pen } = this;
    this.#trace("circle", this.px(x), this.py(y), size);
    pen.lineWidth = width;
    pen.strokeStyle = color;
    pen.stroke();
  }

  #trace(shape, left, top, size) {
    const { pen } = this;
    pen.beginPath();
    if (shape === "square") {
      pen.rect(left - size * 0.9, top - size * 0.9, size * 1.8, size * 1.8);
    } else if (shape === "triangle") {
      pen.moveTo(left, top - size * 1.2);
      pen.lineTo(left + size * 1.1, top + size * 0.8);
      pen.lineTo(left - size * 1.1, top + size * 0.8);
      pen.closePath();
    } else if (shape === "diamond") {
      pen.moveTo(left, top - size * 1.25);
      pen.lineTo(left + size * 1.25, top);
      pen.lineTo(left, top + size * 1.25);
      pen.lineTo(left - size * 1.25, top);
      pen.closePath();
    } else if (shape === "down") {
      pen.moveTo(left, top + size * 1.2);
      pen.lineTo(left + size * 1.1, top - size * 0.8);
      pen.lineTo(left - size * 1.1, top - size * 0.8);
      pen.closePath();
    } else if (shape === "plus") {
      const arm = size * 1.2, half = size * 0.45;
      const turns = [[-half, -arm], [half, -arm], [half, -half], [arm, -half], [arm, half],
        [half, half], [half, arm], [-half, arm], [-half, half], [-arm, half],
        [-arm, -half], [-half, -half]];
      for (const [dx, dy] of turns) pen.lineTo(left + dx, top + dy);
      pen.closePath();
    } else {
      pen.arc(left, top, size, 0, 2 * Math.PI);
    }
  }

  arrow(from, to, { color = this.colors.ink, width = 2, head = 8 } = {}) {
    const { pen } = this;
    const start = [this.px(from[0]), this.py(from[1])], end = [this.px(to[0]), this.py(to[1])];
    const long = Math.hypot(end[0] - start[0], end[1] - start[1]);
    if (long < 1) return;
    const [ux, uy] = [(end[0] - start[0]) / long, (end[1] - start[1]) / long];
    pen.strokeStyle = pen.fillStyle = color;
    pen.lineWidth = width;
    pen.setLineDash([]);
    pen.beginPath();
    pen.moveTo(...start);
    pen.lineTo(end[0] - ux * head * 0.8, end[1] - uy * head * 0.8);
    pen.stroke();
    pen.beginPath();
    pen.moveTo(...end);
    pen.lineTo(end[0] - ux * head - uy * head * 0.5, end[1] - uy * head + ux * head * 0.5);
    pen.lineTo(end[0] - ux * head + uy * head * 0.5, end[1] - uy * head - ux * head * 0.5);
    pen.closePath();
    pen.fill();
  }

  // A filled rectangle between two corners given on the axes.
  bar(x0, y0, x1, y1, { color = this.colors.blue, stroke } = {}) {
    const { pen } = this;
    const left = this.px(Math.min(x0, x1)), right = this.px(Math.max(x0, x1));
    const top = this.py(Math.max(y0, y1)), bottom = this.py(Math.min(y0, y1));
    this.inside(() => {
      pen.fillStyle = color;
      pen.fillRect(left, top, right - left, bottom - top);
      if (stroke) {
        pen.strokeStyle = stroke;
        pen.lineWidth = 1;
        pen.strokeRect(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1);
      }
    });
  }

  // A picture over the whole panel: color(row, column) → "rgb(…)"; row 0 is at the top.
  picture(rows, columns, color, { smooth = false } = {}) {
    const buffer = new OffscreenCanvas(columns, rows);
    const pen = buffer.getContext("2d");
    const image = pen.createImageData(columns, rows);
    for (let row = 0, k = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const [red, green, blue] = color(row, column);
        image.data[k++] = red;
        image.data[k++] = green;
        image.data[k++] = blue;
        image.data[k++] = 255;
      }
    }
    pen.putImageData(image, 0, 0);
    this.pen.imageSmoothingEnabled = smooth;
    this.pen.drawImage(buffer, this.left, this.top, this.width, this.height);
  }

  // Something that the learner can move, by pointer and by arrow keys.
  // at: [x, y]; move(x, y) → the values of the state that change; along: "xy", "x", "y".
  handle({ name, label, at, move, along = "xy", step = 0.1, group = name, size = 5 }) {
    const snap = (value, [low, high]) =>
      clamp(Number((Math.round(value / step) * step).toPrecision(12)), low, high);
    this.view.handles.push({
      name, label, group, size, along, step,
      left: this.px(at[0]), top: this.py(at[1]), at,
      place: (left, top) => move(
        along === "y" ? at[0] : snap(
          this.x[0] + ((left - this.left) / this.width) * (this.x[1] - this.x[0]), this.x),
        along === "x" ? at[1] : snap(
          this.y[0] + ((this.bottom - top) / this.height) * (this.y[1] - this.y[0]), this.y),
      ),
      nudge: (dx, dy) => move(
        along === "y" ? at[0] : snap(at[0] + dx * step, this.x),
        along === "x" ? at[1] : snap(at[1] + dy * step, this.y),
      ),
    });
  }
}
